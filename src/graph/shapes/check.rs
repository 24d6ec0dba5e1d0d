//! Holds the store against the shapes.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term};
use oxigraph::sparql::QueryResults;
use oxigraph::store::StorageError;

use super::report::{Report, Violation};
use super::shape::{Constraint, Path, Shape, ShapeError, Shapes};
use crate::graph::vocab::local_name;
use crate::graph::{QueryError, Store};

impl Shapes {
    /// All that breaks the shapes.
    pub fn check(&self, store: &Store) -> Result<Report, ShapeError> {
        let checker = Checker { store };
        let mut report = Report::default();
        for shape in &self.shapes {
            let nodes = checker.instances(&shape.targets)?;
            for constraint in &shape.constraints {
                if let Constraint::Sparql { select, message } = constraint {
                    checker.ask(shape, select, message.as_deref(), &nodes, &mut report)?;
                }
            }
            for node in nodes.values() {
                checker.node(shape, node, &mut report)?;
            }
        }
        report
            .findings
            .sort_by_cached_key(|finding| (finding.severity, finding.shape.clone(), finding.node.to_string(), finding.message.clone()));
        report.findings.dedup();
        Ok(report)
    }
}

struct Checker<'a> {
    store: &'a Store,
}

impl Checker<'_> {
    fn instances(&self, classes: &[oxigraph::model::NamedNode]) -> Result<BTreeMap<String, NamedOrBlankNode>, StorageError> {
        let mut nodes = BTreeMap::new();
        for class in classes {
            for quad in self.store.oxigraph().quads_for_pattern(None, Some(rdf::TYPE), Some(class.as_ref().into()), None) {
                let node = quad?.subject;
                nodes.insert(node.to_string(), node);
            }
        }
        Ok(nodes)
    }

    /// Asks a constraint in SPARQL, and keeps what it says of nodes that the shape is about.
    fn ask(
        &self,
        shape: &Shape,
        select: &str,
        message: Option<&str>,
        nodes: &BTreeMap<String, NamedOrBlankNode>,
        report: &mut Report,
    ) -> Result<(), ShapeError> {
        let QueryResults::Solutions(rows) = self.store.query_all_graphs(select)? else { return Err(QueryError::NotRows.into()) };
        for row in rows {
            let row = row.map_err(QueryError::from)?;
            let Some(node) = row.get("this").cloned() else { continue };
            if nodes.contains_key(&node.to_string()) {
                let message = message.or(shape.message.as_deref()).unwrap_or("breaks a rule of its shape").to_owned();
                report.findings.push(Violation {
                    severity: shape.severity,
                    path: None,
                    value: row.get("value").cloned(),
                    message,
                    shape: shape.name.clone(),
                    node,
                });
            }
        }
        Ok(())
    }

    /// Adds what is wrong with one node.
    fn node(&self, shape: &Shape, node: &NamedOrBlankNode, report: &mut Report) -> Result<(), StorageError> {
        self.values(shape, &[node.clone().into()], node, report)?;
        for property in &shape.properties {
            let values = self.follow(node, property.path.as_ref())?;
            self.values(property, &values, node, report)?;
        }
        Ok(())
    }

    /// Adds what is wrong with values of a node; for a shape of nodes, the node is its own value.
    fn values(&self, shape: &Shape, values: &[Term], node: &NamedOrBlankNode, report: &mut Report) -> Result<(), StorageError> {
        let mut found = |value: Option<&Term>, message: String| {
            let path = shape.path.as_ref().map(|path| path.property().clone());
            let message = shape.message.clone().unwrap_or(message);
            let (node, shape_name) = (node.clone().into(), shape.name.clone());
            report.findings.push(Violation { severity: shape.severity, node, path, value: value.cloned(), message, shape: shape_name });
        };
        for constraint in &shape.constraints {
            match constraint {
                Constraint::MinCount(least) if values.len() < *least => {
                    found(None, format!("has {} {}, needs {least}", values.len(), name(shape)));
                }
                Constraint::MaxCount(most) if values.len() > *most => {
                    found(None, format!("has {} {}, may have {most}", values.len(), name(shape)));
                }
                Constraint::HasValue(wanted) if !values.contains(wanted) => found(None, format!("lacks {wanted}")),
                Constraint::MinCount(_) | Constraint::MaxCount(_) | Constraint::HasValue(_) | Constraint::Sparql { .. } => {}
                constraint => {
                    for value in values {
                        if let Some(message) = self.wrong(constraint, value)? {
                            found(Some(value), message);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// What is wrong with one value, if anything.
    fn wrong(&self, constraint: &Constraint, value: &Term) -> Result<Option<String>, StorageError> {
        let (holds, otherwise) = match constraint {
            Constraint::Datatype(datatype) => (
                matches!(value, Term::Literal(literal) if literal.datatype() == datatype.as_ref()),
                format!("is no {}", local_name(datatype.as_ref())),
            ),
            Constraint::Class(class) => (self.is_a(value, class.as_ref())?, format!("is no {}", local_name(class.as_ref()))),
            Constraint::NodeKind { iri, literal, blank } => (
                match value {
                    Term::NamedNode(_) => *iri,
                    Term::Literal(_) => *literal,
                    Term::BlankNode(_) => *blank,
                },
                "is of another kind of node".to_owned(),
            ),
            Constraint::In(allowed) => (allowed.contains(&value.to_string()), "is none of the allowed values".to_owned()),
            Constraint::Pattern(pattern) => (self.matches(pattern, value), format!("does not match {pattern}")),
            Constraint::Least(bound, itself) => {
                let holds = number(value).is_some_and(|number| number > *bound || *itself && number >= *bound);
                (holds, format!("is not {} {bound}", if *itself { "at least" } else { "more than" }))
            }
            Constraint::Most(bound, itself) => {
                let holds = number(value).is_some_and(|number| number < *bound || *itself && number <= *bound);
                (holds, format!("is not {} {bound}", if *itself { "at most" } else { "less than" }))
            }
            Constraint::Or(shapes) => (self.any(shapes, value)?, "fits none of the alternatives".to_owned()),
            Constraint::And(shapes) => (self.all(shapes, value)?, "does not fit all that it must".to_owned()),
            _ => (true, String::new()),
        };
        Ok((!holds).then_some(otherwise))
    }

    fn any(&self, shapes: &[Shape], value: &Term) -> Result<bool, StorageError> {
        for shape in shapes {
            if self.fits(shape, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn all(&self, shapes: &[Shape], value: &Term) -> Result<bool, StorageError> {
        for shape in shapes {
            if !self.fits(shape, value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a node fits a shape; an alternative may be a shape of one of its properties.
    fn fits(&self, shape: &Shape, value: &Term) -> Result<bool, StorageError> {
        let Some(node) = subject_of(value).map(NamedOrBlankNodeRef::into_owned) else { return Ok(false) };
        let mut report = Report::default();
        if shape.path.is_some() {
            let values = self.follow(&node, shape.path.as_ref())?;
            self.values(shape, &values, &node, &mut report)?;
        } else {
            self.node(shape, &node, &mut report)?;
        }
        Ok(report.findings.is_empty())
    }

    fn follow(&self, node: &NamedOrBlankNode, path: Option<&Path>) -> Result<Vec<Term>, StorageError> {
        let store = self.store.oxigraph();
        let mut values = BTreeSet::new();
        let mut found = Vec::new();
        let mut add = |value: Term| {
            if values.insert(value.to_string()) {
                found.push(value);
            }
        };
        match path {
            None => {}
            Some(Path::Forth(path)) => {
                for quad in store.quads_for_pattern(Some(node.as_ref()), Some(path.as_ref()), None, None) {
                    add(quad?.object);
                }
            }
            Some(Path::Back(path)) => {
                let object = Term::from(node.clone());
                for quad in store.quads_for_pattern(None, Some(path.as_ref()), Some(object.as_ref()), None) {
                    add(quad?.subject.into());
                }
            }
        }
        Ok(found)
    }

    fn is_a(&self, value: &Term, class: NamedNodeRef<'_>) -> Result<bool, StorageError> {
        let Some(node) = subject_of(value) else { return Ok(false) };
        Ok(self.store.oxigraph().quads_for_pattern(Some(node), Some(rdf::TYPE), Some(class.into()), None).next().transpose()?.is_some())
    }

    /// By SPARQL's own regular expressions.
    fn matches(&self, pattern: &str, value: &Term) -> bool {
        let text = match value {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::BlankNode(_) => return false,
        };
        let literal = |text: &str| oxigraph::model::Literal::from(text).to_string();
        let ask = format!("ASK {{ FILTER(REGEX({}, {})) }}", literal(&text), literal(pattern));
        matches!(self.store.query(&ask), Ok(QueryResults::Boolean(true)))
    }
}

fn name(shape: &Shape) -> &str {
    match &shape.path {
        Some(path) => local_name(path.property().as_ref()),
        None => "values",
    }
}

fn number(value: &Term) -> Option<f64> {
    if let Term::Literal(literal) = value { literal.value().parse().ok() } else { None }
}

fn subject_of(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        Term::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::*;
    use crate::graph::sample::{articles, store};
    use crate::lexicon::Files;

    fn shapes() -> Shapes {
        Shapes::parse(&Files::Embedded.read("shapes.ttl").unwrap()).unwrap()
    }

    #[test]
    fn a_loaded_store_is_sound() {
        let report = shapes().check(&store(articles())).unwrap();
        assert!(report.conforms(), "{:#?}", report.findings);
    }

    #[test]
    fn every_flaw_is_found() {
        let base = "PREFIX e: <https://w3id.org/investgraph/> ";
        for (flaw, part) in [
            ("INSERT DATA { e:x a ig:Investment ; ig:kind ig:project ; ig:stage ig:planned ; ig:claimedIn e:c }", "investor"),
            ("DELETE { ?i ig:kind ?k } WHERE { ?i a ig:Investment ; ig:kind ?k }", "kind"),
            ("DELETE { ?i ig:amount ?a } INSERT { ?i ig:amount 0.0 } WHERE { ?i a ig:Investment ; ig:amount ?a }", "positive"),
            ("DELETE { ?i ig:currency ?a } INSERT { ?i ig:currency 'euro' } WHERE { ?i a ig:Investment ; ig:currency ?a }", "ISO 4217"),
            ("DELETE { ?c ig:code ?a . GRAPH ?g { ?c ig:code ?a } } WHERE { GRAPH ?g { ?c ig:code ?a } }", "code"),
            ("INSERT { ?c ig:subsidiaryOf ?c } WHERE { ?c a ig:Company ; ig:mentionedIn ?a }", "own"),
            (
                "INSERT { ?c ig:basedIn <https://w3id.org/investgraph/country/FR>, <https://w3id.org/investgraph/country/DK> } WHERE { ?c a ig:Company ; ig:mentionedIn ?a }",
                "seat",
            ),
            ("DELETE { GRAPH ?g { ?e oa:start ?s } } INSERT { GRAPH ?g { ?e oa:start 3 } } WHERE { GRAPH ?g { ?e oa:start ?s } }", "text"),
        ] {
            let prefixes = crate::graph::vocab::PREFIXES.map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}> ")).concat();
            let store = store(articles());
            store.oxigraph().update(format!("{base}{prefixes}{flaw}").as_str()).unwrap();
            let report = shapes().check(&store).unwrap();
            let found = report.findings.iter().any(|finding| finding.message.contains(part));
            assert!(found, "{flaw}: {:#?}", report.findings);
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let turtle = "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:s> sh:targetClass <x:c> ; sh:closed true .";
        assert_eq!(Shapes::parse(turtle).unwrap_err().to_string(), "x:s: sh:closed is not supported");
        assert!(matches!(Shapes::parse("nonsense"), Err(ShapeError::Syntax(_))));
    }

    #[test]
    fn alternatives_and_severities_are_read() {
        let turtle = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ig: <https://w3id.org/investgraph/ontology#> .
            <x:s> sh:targetClass ig:Company ; sh:severity sh:Warning ; sh:message \"neither seat nor owner\" ;
              sh:or ( [ sh:path ig:basedIn ; sh:minCount 1 ] [ sh:property [ sh:path ig:subsidiaryOf ; sh:minCount 1 ] ] [ sh:path ig:nameKey ; sh:maxCount 0 ] ) .";
        let report = Shapes::parse(turtle).unwrap().check(&store(articles())).unwrap();
        assert_eq!(report.count(Severity::Warning), 2, "{:#?}", report.findings);
        assert!(report.conforms());
        assert!(report.quads().len() > 10);
    }
}
