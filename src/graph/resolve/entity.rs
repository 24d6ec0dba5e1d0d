//! Companies, places, initiatives, bodies, persons and countries out of their mentions.
//!
//! Mentions are one entity when they share an `ig:matchKey`; this is the place for finer rules.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::source::{QuadSource, folder_of, iri_of, objects};
use super::support::{Support, Tally};
use super::triple::{Description, Triple, Value};
use crate::graph::iri;
use crate::graph::vocab::{BASE, ig, skos};

/// A country, as the articles that speak of it describe it.
pub(super) fn country(source: &impl QuadSource, country: &NamedNode) -> Result<BTreeSet<Triple>, StorageError> {
    let mut description = Description::new(country);
    let mut names = Tally::default();
    let mut codes = Tally::default();
    for quad in source.quads(Some(country.as_ref().into()), None, None, None) {
        let quad = quad?;
        let GraphName::NamedNode(article) = quad.graph_name else { continue };
        let Some(value) = Value::of(&quad.object) else { continue };
        if quad.predicate == skos::PREF_LABEL {
            names.add(value, &Support::of_article(article.as_str()));
        } else if quad.predicate == ig::CODE {
            codes.add(value, &Support::of_article(article.as_str()));
        } else if quad.predicate == rdf::TYPE {
            description.add(rdf::TYPE, value);
            description.add_iri(ig::MENTIONED_IN, article.as_str());
        }
    }
    if let Some(name) = names.best() {
        description.add(skos::PREF_LABEL, name);
    }
    if let Some(code) = codes.best() {
        description.add(ig::CODE, code);
    }
    Ok(description.triples)
}

/// An entity as one article names it.
struct Mention {
    node: NamedNode,
    article: NamedNode,
}

/// All mentions that make this entity.
fn mentions_of(source: &impl QuadSource, entity: &NamedNode) -> Result<Vec<Mention>, StorageError> {
    let Some(key) = entity.as_str().strip_prefix(BASE) else { return Ok(Vec::new()) };
    let key = Literal::from(key);
    let mut mentions = Vec::new();
    for quad in source.quads(None, Some(ig::MATCH_KEY), Some(key.as_ref().into()), None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(node), GraphName::NamedNode(article)) = (quad.subject, quad.graph_name) {
            mentions.push(Mention { node, article });
        }
    }
    Ok(mentions)
}

/// The entity that a mention belongs to; a country is its own.
pub(super) fn entity_of(
    source: &impl QuadSource,
    node: NamedNodeRef<'_>,
    graph: GraphNameRef<'_>,
) -> Result<Option<NamedNode>, StorageError> {
    if folder_of(node) == Some("country") {
        return Ok(Some(node.into_owned()));
    }
    let keys = objects(source, node, ig::MATCH_KEY, graph)?;
    Ok(keys.into_iter().find_map(|key| if let Term::Literal(key) = key { Some(iri::entity(key.value())) } else { None }))
}

/// An entity out of all its mentions.
pub(super) fn entity(source: &impl QuadSource, entity: &NamedNode) -> Result<BTreeSet<Triple>, StorageError> {
    let mut description = Description::new(entity);
    let mut names = Tally::default();
    let mut reference_names = Tally::default();
    let mut all_names = BTreeSet::new();
    for Mention { node, article } in mentions_of(source, entity)? {
        let graph = GraphNameRef::NamedNode(article.as_ref());
        let support = Support::of_article(article.as_str());
        description.add_iri(ig::MENTIONED_IN, article.as_str());
        description.add_iri(ig::MENTIONED_AS, node.as_str());
        for quad in source.quads(Some(node.as_ref().into()), None, None, Some(graph)) {
            let quad = quad?;
            let Some(value) = Value::of(&quad.object) else { continue };
            if quad.predicate == rdf::TYPE || quad.predicate == ig::LOCATED_IN {
                description.add(quad.predicate.as_ref(), value);
            } else if quad.predicate == skos::PREF_LABEL {
                names.add(value.clone(), &support);
                all_names.insert(value);
            } else if quad.predicate == skos::ALT_LABEL {
                all_names.insert(value);
            } else if quad.predicate == ig::REFERENCE_NAME {
                reference_names.add(value, &support);
            }
        }
        relations(source, node.as_ref(), graph, &mut description)?;
    }
    let name = reference_names.best().or_else(|| names.best());
    for other in all_names {
        if Some(&other) != name.as_ref() {
            description.add(skos::ALT_LABEL, other);
        }
    }
    if let Some(name) = name {
        description.add(skos::PREF_LABEL, name);
    }
    Ok(description.triples)
}

/// Adds what the article's relation claims say of a mention.
fn relations(
    source: &impl QuadSource,
    node: NamedNodeRef<'_>,
    graph: GraphNameRef<'_>,
    description: &mut Description,
) -> Result<(), StorageError> {
    for quad in source.quads(None, Some(rdf::SUBJECT), Some(node.into()), Some(graph)) {
        let NamedOrBlankNode::NamedNode(claim) = quad?.subject else { continue };
        let predicate = objects(source, claim.as_ref(), rdf::PREDICATE, graph)?.into_iter().find_map(iri_of);
        let object = objects(source, claim.as_ref(), rdf::OBJECT, graph)?.into_iter().find_map(iri_of);
        let (Some(predicate), Some(object)) = (predicate, object) else { continue };
        let Some(object) = entity_of(source, NamedNodeRef::new_unchecked(&object), graph)? else { continue };
        // Two names of one article may turn out to be one firm; it does not own itself.
        if object.as_str() != description.subject {
            description.add_iri(NamedNodeRef::new_unchecked(&predicate), object.as_str());
        }
    }
    Ok(())
}
