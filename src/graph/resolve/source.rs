//! Reads quads, from the store or from a transaction that sees its own writes.

use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use oxigraph::store::{QuadIter, StorageError, Transaction};

use crate::graph::vocab::BASE;

/// Where quads are read from: a store, or a transaction that sees its own writes.
pub trait QuadSource {
    /// The quads that match; `None` matches everything, for the graph also the default graph.
    fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_>;
}

impl QuadSource for oxigraph::store::Store {
    fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_> {
        self.quads_for_pattern(subject, predicate, object, graph)
    }
}

impl QuadSource for Transaction<'_> {
    fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_> {
        self.quads_for_pattern(subject, predicate, object, graph)
    }
}

/// All objects of a subject and predicate.
pub(super) fn objects(
    source: &impl QuadSource,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
    graph: GraphNameRef<'_>,
) -> Result<Vec<Term>, StorageError> {
    source.quads(Some(subject.into()), Some(predicate), None, Some(graph)).map(|quad| quad.map(|quad| quad.object)).collect()
}

/// The IRI, if the term is one.
pub(super) fn iri_of(term: Term) -> Option<String> {
    if let Term::NamedNode(node) = term { Some(node.into_string()) } else { None }
}

/// The first part of one of our IRIs: "company", "investment", …
pub(super) fn folder_of(node: NamedNodeRef<'_>) -> Option<&str> {
    node.as_str().strip_prefix(BASE)?.split('/').next()
}
