//! What a check found.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};

use super::shape::sh;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The graph is not sound.
    #[default]
    Violation,
    /// Worth a look.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Violation, Self::Warning, Self::Info];

    /// SHACL's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Violation => "Violation",
            Self::Warning => "Warning",
            Self::Info => "Info",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// How much it weighs.
    pub severity: Severity,
    /// The node that breaks the shape.
    pub node: Term,
    /// The property, where it is about one.
    pub path: Option<NamedNode>,
    /// The value, where it is about one.
    pub value: Option<Term>,
    /// What is wrong.
    pub message: String,
    /// The shape's name.
    pub shape: String,
}

/// All findings, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Violation>,
}

impl Report {
    /// How many findings of a severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether the graph is sound.
    #[must_use]
    pub fn conforms(&self) -> bool {
        self.count(Severity::Violation) == 0
    }

    /// The report in SHACL's own words.
    #[must_use]
    pub fn quads(&self) -> Vec<Quad> {
        let report = BlankNode::new_unchecked("report");
        let quad = |subject: &BlankNode, predicate: NamedNode, object: Term| {
            Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph)
        };
        let conforms = Literal::new_typed_literal(self.conforms().to_string(), xsd::BOOLEAN);
        let mut quads =
            vec![quad(&report, rdf::TYPE.into_owned(), sh("ValidationReport").into()), quad(&report, sh("conforms"), conforms.into())];
        for (at, finding) in self.findings.iter().enumerate() {
            let result = BlankNode::new_unchecked(format!("result{at}"));
            quads.push(quad(&report, sh("result"), result.clone().into()));
            quads.push(quad(&result, rdf::TYPE.into_owned(), sh("ValidationResult").into()));
            quads.push(quad(&result, sh("focusNode"), finding.node.clone()));
            quads.push(quad(&result, sh("resultSeverity"), sh(finding.severity.name()).into()));
            quads.push(quad(&result, sh("resultMessage"), Literal::from(finding.message.as_str()).into()));
            if let Some(path) = &finding.path {
                quads.push(quad(&result, sh("resultPath"), path.clone().into()));
            }
            if let Some(value) = &finding.value {
                quads.push(quad(&result, sh("value"), value.clone()));
            }
        }
        quads
    }
}
