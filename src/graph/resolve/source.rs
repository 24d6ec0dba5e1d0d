//! Reads and writes quads, in the store or in a transaction that sees its own writes.

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef};
use oxigraph::store::{QuadIter, StorageError, Transaction};

use super::Difference;
use crate::graph::vocab::{BASE, ig};

/// The default graph, where the resolved things stand.
pub(super) const RESOLVED: GraphNameRef<'static> = GraphNameRef::DefaultGraph;

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

/// Where a difference is written, and can be read at once.
pub trait QuadTarget: QuadSource {
    /// Takes out and puts in.
    fn apply(&mut self, difference: Difference) -> Result<(), StorageError>;
}

impl QuadTarget for Transaction<'_> {
    fn apply(&mut self, difference: Difference) -> Result<(), StorageError> {
        for quad in &difference.remove {
            self.remove(quad);
        }
        self.extend(&difference.insert);
        Ok(())
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

/// All subjects that lead to an object, each with the named graph that says so; the default graph is left out.
pub(super) fn claims_about(
    source: &impl QuadSource,
    predicate: NamedNodeRef<'_>,
    object: TermRef<'_>,
    graph: Option<GraphNameRef<'_>>,
) -> Result<Vec<(NamedNode, NamedNode)>, StorageError> {
    let mut found = Vec::new();
    for quad in source.quads(None, Some(predicate), Some(object), graph) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(subject), GraphName::NamedNode(graph)) = (quad.subject, quad.graph_name) {
            found.push((subject, graph));
        }
    }
    Ok(found)
}

/// The first text of a subject and predicate.
pub(super) fn text(
    source: &impl QuadSource,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
    graph: GraphNameRef<'_>,
) -> Result<Option<String>, StorageError> {
    Ok(objects(source, subject, predicate, graph)?.into_iter().find_map(text_of))
}

/// The literal's text, if the term is one.
pub(super) fn text_of(term: Term) -> Option<String> {
    if let Term::Literal(literal) = term { Some(literal.value().to_owned()) } else { None }
}

/// The entity that a mention was resolved to; a country is its own.
pub(super) fn entity_of(source: &impl QuadSource, mention: NamedNodeRef<'_>) -> Result<Option<NamedNode>, StorageError> {
    if folder_of(mention) == Some("country") {
        return Ok(Some(mention.into_owned()));
    }
    let quad = source.quads(None, Some(ig::MENTIONED_AS), Some(mention.into()), Some(RESOLVED)).next().transpose()?;
    Ok(quad.and_then(|quad| if let NamedOrBlankNode::NamedNode(entity) = quad.subject { Some(entity) } else { None }))
}

/// The IRI, if the term is one.
pub(super) fn iri_of(term: Term) -> Option<String> {
    if let Term::NamedNode(node) = term { Some(node.into_string()) } else { None }
}

/// The first part of one of our IRIs: "company", "investment", …
pub(super) fn folder_of(node: NamedNodeRef<'_>) -> Option<&str> {
    node.as_str().strip_prefix(BASE)?.split('/').next()
}
