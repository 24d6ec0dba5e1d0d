//! Triples of the default graph with an order, so that they can be compared and come out the same each time.

use std::collections::BTreeSet;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

/// A triple of the default graph, with an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Triple {
    pub(super) subject: String,
    pub(super) predicate: String,
    pub(super) object: Value,
}

/// An IRI or a literal, with an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    /// An IRI.
    Iri(String),
    /// Lexical form, datatype, language.
    Literal(String, String, Option<String>),
}

impl Value {
    pub(super) fn of(term: &Term) -> Option<Self> {
        match term {
            Term::NamedNode(node) => Some(Self::Iri(node.as_str().to_owned())),
            Term::Literal(literal) => Some(Self::Literal(
                literal.value().to_owned(),
                literal.datatype().as_str().to_owned(),
                literal.language().map(str::to_owned),
            )),
            Term::BlankNode(_) => None,
        }
    }

    /// A plain text.
    pub(super) fn plain(text: &str) -> Self {
        Self::Literal(text.to_owned(), xsd::STRING.as_str().to_owned(), None)
    }

    fn into_term(self) -> Term {
        match self {
            Self::Iri(iri) => NamedNode::new_unchecked(iri).into(),
            Self::Literal(value, _, Some(language)) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
            Self::Literal(value, datatype, None) => Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into(),
        }
    }
}

impl Triple {
    pub(super) fn into_quad(self) -> Quad {
        Quad::new(
            NamedNode::new_unchecked(self.subject),
            NamedNode::new_unchecked(self.predicate),
            self.object.into_term(),
            GraphName::DefaultGraph,
        )
    }
}

/// Collects the triples of one subject.
pub(super) struct Description {
    pub(super) subject: String,
    pub(super) triples: BTreeSet<Triple>,
}

impl Description {
    pub(super) fn new(subject: &NamedNode) -> Self {
        Self { subject: subject.as_str().to_owned(), triples: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, predicate: NamedNodeRef<'_>, object: Value) {
        self.triples.insert(Triple { subject: self.subject.clone(), predicate: predicate.as_str().to_owned(), object });
    }

    pub(super) fn add_iri(&mut self, predicate: NamedNodeRef<'_>, object: &str) {
        self.add(predicate, Value::Iri(object.to_owned()));
    }
}
