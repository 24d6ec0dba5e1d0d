//! Companies, places, initiatives, bodies and persons out of their mentions.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::source::{QuadSource, RESOLVED, entity_of, iri_of, objects};
use super::support::{Support, Tally};
use super::triple::{Description, Triple, Value};
use crate::graph::curation::Decisions;
use crate::graph::iri;
use crate::graph::vocab::{ig, skos};

/// An entity out of all its mentions, which are resolved already.
pub(super) fn entity(source: &impl QuadSource, entity: &NamedNode, decisions: &Decisions) -> Result<BTreeSet<Triple>, StorageError> {
    let mut description = Description::new(entity);
    let mut names = Tally::default();
    let mut reference_names = Tally::default();
    let mut all_names = BTreeSet::new();
    for mention in objects(source, entity.as_ref(), ig::MENTIONED_AS, RESOLVED)? {
        let Term::NamedNode(node) = mention else { continue };
        let Some(article) = iri::article_id_of(node.as_ref()).map(iri::article) else { continue };
        let graph = GraphNameRef::NamedNode(article.as_ref());
        let support = Support::of_article(article.as_str());
        description.add_iri(ig::MENTIONED_IN, article.as_str());
        description.add_iri(ig::MENTIONED_AS, node.as_str());
        for quad in source.quads(Some(node.as_ref().into()), None, None, Some(graph)) {
            let quad = quad?;
            let Some(value) = Value::of(&quad.object) else { continue };
            if quad.predicate == rdf::TYPE {
                description.add(rdf::TYPE, value);
            } else if quad.predicate == ig::LOCATED_IN {
                add_link(source, ig::LOCATED_IN, &quad.object, &mut description)?;
            } else if quad.predicate == skos::PREF_LABEL {
                names.add(value.clone(), &support);
                all_names.insert(value);
            } else if quad.predicate == skos::ALT_LABEL {
                all_names.insert(value);
            } else if quad.predicate == ig::REFERENCE_NAME {
                reference_names.add(value, &support);
            } else if quad.predicate == ig::MATCH_KEY || quad.predicate == ig::ALIAS_KEY {
                description.add(ig::NAME_KEY, value);
            }
        }
        relations(source, node.as_ref(), graph, decisions, &mut description)?;
    }
    if description.triples.is_empty() {
        return Ok(description.triples);
    }
    let given = decisions.name_of(entity.as_str()).map(Value::plain);
    let name = given.clone().or_else(|| reference_names.best()).or_else(|| names.best());
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
    decisions: &Decisions,
    description: &mut Description,
) -> Result<(), StorageError> {
    for quad in source.quads(None, Some(rdf::SUBJECT), Some(node.into()), Some(graph)) {
        let NamedOrBlankNode::NamedNode(claim) = quad?.subject else { continue };
        let predicate = objects(source, claim.as_ref(), rdf::PREDICATE, graph)?.into_iter().find_map(iri_of);
        let object = objects(source, claim.as_ref(), rdf::OBJECT, graph)?.into_iter().find_map(iri_of);
        let (Some(predicate), Some(object)) = (predicate, object) else { continue };
        let Some(object) = entity_of(source, NamedNodeRef::new_unchecked(&object))? else { continue };
        // Two names of one article may turn out to be one firm; it does not own itself.
        if object.as_str() != description.subject && !decisions.rejects_relation(&description.subject, &predicate, object.as_str()) {
            description.add_iri(NamedNodeRef::new_unchecked(&predicate), object.as_str());
        }
    }
    Ok(())
}

/// Adds a link to what an object of the article was resolved to.
fn add_link(
    source: &impl QuadSource,
    predicate: NamedNodeRef<'_>,
    object: &Term,
    description: &mut Description,
) -> Result<(), StorageError> {
    let Term::NamedNode(node) = object else { return Ok(()) };
    if let Some(target) = entity_of(source, node.as_ref())?
        && target.as_str() != description.subject
    {
        description.add_iri(predicate, target.as_str());
    }
    Ok(())
}
