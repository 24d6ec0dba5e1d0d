//! Shapes out of Turtle.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef};

use super::Severity;

/// Where SHACL's words live.
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";

/// Why shapes cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShapeError {
    /// The text is not Turtle.
    #[error("the shapes are no Turtle: {0}")]
    Syntax(#[from] RdfSyntaxError),
    /// A shape asks for what this reader does not know.
    #[error("{shape}: sh:{word} is not supported")]
    Unsupported {
        /// The shape.
        shape: String,
        /// SHACL's word.
        word: String,
    },
    /// A word of SHACL has a value that it cannot have.
    #[error("{shape}: sh:{word} has no usable value")]
    Unusable {
        /// The shape.
        shape: String,
        /// SHACL's word.
        word: String,
    },
    /// A constraint's query cannot be asked.
    #[error("a constraint in SPARQL: {0}")]
    Query(#[from] crate::graph::QueryError),
    /// The database below failed.
    #[error("the store failed: {0}")]
    Storage(#[from] oxigraph::store::StorageError),
}

/// All shapes.
#[derive(Clone, Debug)]
pub struct Shapes {
    pub(super) shapes: Vec<Shape>,
}

/// What holds for nodes, or for the values of one of their properties.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) name: String,
    /// Classes whose instances it is about.
    pub(super) targets: Vec<NamedNode>,
    pub(super) path: Option<Path>,
    pub(super) message: Option<String>,
    pub(super) severity: Severity,
    pub(super) constraints: Vec<Constraint>,
    /// Shapes of properties.
    pub(super) properties: Vec<Shape>,
}

/// One step from a node to values.
#[derive(Clone, Debug)]
pub(super) enum Path {
    /// From subject to objects.
    Forth(NamedNode),
    /// From object to subjects.
    Back(NamedNode),
}

impl Path {
    /// The property, in whichever direction it is followed.
    pub(super) const fn property(&self) -> &NamedNode {
        match self {
            Self::Forth(property) | Self::Back(property) => property,
        }
    }
}

/// What must hold.
#[derive(Clone, Debug)]
pub(super) enum Constraint {
    MinCount(usize),
    MaxCount(usize),
    Datatype(NamedNode),
    Class(NamedNode),
    /// IRI, literal, blank node: which of them are allowed.
    NodeKind {
        iri: bool,
        literal: bool,
        blank: bool,
    },
    In(BTreeSet<String>),
    HasValue(Term),
    /// By a regular expression of SPARQL.
    Pattern(String),
    /// Lower bound; whether the bound itself is allowed.
    Least(f64, bool),
    /// Upper bound; whether the bound itself is allowed.
    Most(f64, bool),
    Or(Vec<Shape>),
    And(Vec<Shape>),
    Sparql {
        select: String,
        message: Option<String>,
    },
}

impl Shapes {
    /// Reads shapes.
    pub fn parse(turtle: &str) -> Result<Self, ShapeError> {
        let mut graph = Graph::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let quad = quad?;
            graph.insert(&oxigraph::model::Triple::new(quad.subject, quad.predicate, quad.object));
        }
        let reader = Reader { graph: &graph };
        let target = sh("targetClass");
        let roots: BTreeMap<String, NamedOrBlankNode> =
            graph.triples_for_predicate(target.as_ref()).map(|triple| (triple.subject.to_string(), triple.subject.into_owned())).collect();
        let shapes = roots.values().map(|root| reader.shape(root.as_ref())).collect::<Result<_, _>>()?;
        Ok(Self { shapes })
    }
}

/// One of SHACL's words.
pub(super) fn sh(word: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{word}"))
}

struct Reader<'a> {
    graph: &'a Graph,
}

impl Reader<'_> {
    fn objects(&self, subject: NamedOrBlankNodeRef<'_>, word: &str) -> Vec<Term> {
        let predicate = sh(word);
        self.graph.objects_for_subject_predicate(subject, predicate.as_ref()).map(TermRef::into_owned).collect()
    }

    fn shape(&self, node: NamedOrBlankNodeRef<'_>) -> Result<Shape, ShapeError> {
        let text = |word| self.objects(node, word).into_iter().find_map(text_of);
        let path = self.path(node)?;
        let name = match (node, &path) {
            (NamedOrBlankNodeRef::NamedNode(node), _) => crate::graph::vocab::local_name(node).to_owned(),
            (_, Some(path)) => format!("the shape of {}", crate::graph::vocab::local_name(path.property().as_ref())),
            _ => "a shape".to_owned(),
        };
        let severity = self.objects(node, "severity").into_iter().find_map(Severity::of).unwrap_or_default();
        let mut shape = Shape {
            targets: self.objects(node, "targetClass").into_iter().filter_map(node_of).collect(),
            message: text("message"),
            constraints: Vec::new(),
            properties: Vec::new(),
            name,
            path,
            severity,
        };
        for triple in self.graph.triples_for_subject(node) {
            let Some(word) = triple.predicate.as_str().strip_prefix(SH) else { continue };
            self.add(&mut shape, word, triple.object)?;
        }
        // The order of a graph is none; that of a report is.
        shape.constraints.sort_by_cached_key(|constraint| format!("{constraint:?}"));
        shape.properties.sort_by_cached_key(|property| format!("{:?}", property.path));
        Ok(shape)
    }

    fn path(&self, node: NamedOrBlankNodeRef<'_>) -> Result<Option<Path>, ShapeError> {
        let Some(path) = self.objects(node, "path").into_iter().next() else { return Ok(None) };
        match path {
            Term::NamedNode(path) => Ok(Some(Path::Forth(path))),
            Term::BlankNode(step) => {
                let back = self.objects(step.as_ref().into(), "inversePath").into_iter().find_map(node_of);
                back.map(Path::Back).map(Some).ok_or_else(|| unsupported(node, "path"))
            }
            Term::Literal(_) => Err(unsupported(node, "path")),
        }
    }

    fn add(&self, shape: &mut Shape, word: &str, object: TermRef<'_>) -> Result<(), ShapeError> {
        let unusable = || ShapeError::Unusable { shape: shape.name.clone(), word: word.to_owned() };
        let node = || node_of(object.into_owned()).ok_or_else(unusable);
        let number = || text_of(object.into_owned()).and_then(|text| text.parse::<f64>().ok()).ok_or_else(unusable);
        let count = || text_of(object.into_owned()).and_then(|text| text.parse::<usize>().ok()).ok_or_else(unusable);
        let constraint = match word {
            "targetClass" | "path" | "message" | "severity" | "name" | "description" | "order" | "group" | "flags" => return Ok(()),
            "property" => {
                let property = subject_of(object).ok_or_else(unusable)?;
                shape.properties.push(self.shape(property)?);
                return Ok(());
            }
            "minCount" => Constraint::MinCount(count()?),
            "maxCount" => Constraint::MaxCount(count()?),
            "datatype" => Constraint::Datatype(node()?),
            "class" => Constraint::Class(node()?),
            "nodeKind" => node_kind(&node()?).ok_or_else(unusable)?,
            "in" => Constraint::In(self.list(object).iter().map(ToString::to_string).collect()),
            "hasValue" => Constraint::HasValue(object.into_owned()),
            "pattern" => Constraint::Pattern(text_of(object.into_owned()).ok_or_else(unusable)?),
            "minInclusive" => Constraint::Least(number()?, true),
            "minExclusive" => Constraint::Least(number()?, false),
            "maxInclusive" => Constraint::Most(number()?, true),
            "maxExclusive" => Constraint::Most(number()?, false),
            "or" => Constraint::Or(self.shapes(object)?),
            "and" => Constraint::And(self.shapes(object)?),
            "sparql" => {
                let constraint = subject_of(object).ok_or_else(unusable)?;
                let select = self.objects(constraint, "select").into_iter().find_map(text_of).ok_or_else(unusable)?;
                Constraint::Sparql { select, message: self.objects(constraint, "message").into_iter().find_map(text_of) }
            }
            _ => return Err(ShapeError::Unsupported { shape: shape.name.clone(), word: word.to_owned() }),
        };
        shape.constraints.push(constraint);
        Ok(())
    }

    fn shapes(&self, list: TermRef<'_>) -> Result<Vec<Shape>, ShapeError> {
        self.list(list).iter().filter_map(|item| subject_of(item.as_ref())).map(|node| self.shape(node)).collect()
    }

    /// The items of an RDF list.
    fn list(&self, list: TermRef<'_>) -> Vec<Term> {
        let mut items = Vec::new();
        let mut rest = list.into_owned();
        while let Some(node) = subject_of(rest.as_ref()) {
            let Some(first) = self.graph.object_for_subject_predicate(node, rdf::FIRST) else { break };
            items.push(first.into_owned());
            let Some(next) = self.graph.object_for_subject_predicate(node, rdf::REST).map(TermRef::into_owned) else { break };
            rest = next;
        }
        items
    }
}

fn unsupported(node: NamedOrBlankNodeRef<'_>, word: &str) -> ShapeError {
    ShapeError::Unsupported { shape: node.to_string(), word: word.to_owned() }
}

fn node_kind(kind: &NamedNode) -> Option<Constraint> {
    let (iri, literal, blank) = match kind.as_str().strip_prefix(SH)? {
        "IRI" => (true, false, false),
        "Literal" => (false, true, false),
        "BlankNode" => (false, false, true),
        "BlankNodeOrIRI" => (true, false, true),
        "BlankNodeOrLiteral" => (false, true, true),
        "IRIOrLiteral" => (true, true, false),
        _ => return None,
    };
    Some(Constraint::NodeKind { iri, literal, blank })
}

fn node_of(term: Term) -> Option<NamedNode> {
    if let Term::NamedNode(node) = term { Some(node) } else { None }
}

fn text_of(term: Term) -> Option<String> {
    if let Term::Literal(literal) = term { Some(Literal::value(&literal).to_owned()) } else { None }
}

fn subject_of(term: TermRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        TermRef::NamedNode(node) => Some(node.into()),
        TermRef::BlankNode(node) => Some(node.into()),
        TermRef::Literal(_) => None,
    }
}

impl Severity {
    fn of(term: Term) -> Option<Self> {
        let node = node_of(term)?;
        let word = NamedNodeRef::from(&node).as_str().strip_prefix(SH)?.to_owned();
        Self::ALL.into_iter().find(|severity| severity.name() == word)
    }
}
