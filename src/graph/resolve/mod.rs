//! Joins what the articles say. Named graphs of all articles → the default graph, once for each real thing.
//!
//! Every resolved thing is a *subject* of the default graph, and its triples are a function of the named graphs alone: of the
//! articles and of the user's decisions. A refresh looks only at what the changed articles touch, computes that anew and writes the
//! difference, so that an incremental load ends in the same graph as a load of everything at once, at a cost that follows the change.
//!
//! 1. `identity`: which mentions are one entity, among all that are connected by names with those of the changed articles. Where an
//!    old mention moves to another entity, its article counts as changed.
//! 2. `entity`: the description of every entity that a changed article mentions.
//! 3. `cluster`: which claims tell of one investment, among all that are alike to those of the changed articles, and to those alike
//!    to these; `event` describes each.
//! 4. The articles' own records.
//!
//! A changed article bears `ig:pending` in the default graph until the last step is done. A load that is killed in between is thus
//! finished by the next one.

mod claim;
mod cluster;
mod country;
mod entity;
mod event;
mod facts;
mod identity;
mod likeness;
mod mention;
mod source;
mod support;
#[cfg(test)]
mod tests;
mod triple;

use std::collections::BTreeSet;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use super::curation::Decisions;
use super::iri;
use super::vocab::{ig, schema};
pub use facts::{print_of, prints_of};
use identity::Component;
pub use source::{QuadSource, QuadTarget};
use source::{RESOLVED, entity_of, folder_of, objects, text_of};
use triple::{Description, Triple, Value};

/// Changed articles whose part of the graph is brought up to date in one go.
const ARTICLES_AT_ONCE: usize = 4_000;

/// Quads to take out of and to put into the default graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// No longer true.
    pub remove: Vec<Quad>,
    /// Newly true.
    pub insert: Vec<Quad>,
}

impl Difference {
    fn between(old: &BTreeSet<Triple>, new: BTreeSet<Triple>, difference: &mut Self) {
        difference.remove.extend(old.difference(&new).cloned().map(Triple::into_quad));
        difference.insert.extend(new.into_iter().filter(|triple| !old.contains(triple)).map(Triple::into_quad));
    }
}

/// What is to be computed anew besides what the pending articles touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Keys of names.
    pub keys: BTreeSet<String>,
    /// Entities.
    pub entities: BTreeSet<String>,
}

/// The mark of an article whose change the default graph does not show yet.
#[must_use]
pub fn pending(article: NamedNodeRef<'_>) -> Quad {
    Quad::new(article.into_owned(), ig::PENDING, Literal::new_typed_literal("true", xsd::BOOLEAN), GraphName::DefaultGraph)
}

/// Brings the default graph up to date with the pending articles and with what else is touched.
pub fn refresh(target: &mut impl QuadTarget, mut touched: Touched) -> Result<(), StorageError> {
    let decisions = Decisions::read(target)?;
    forget_inferred(target, &touched)?;
    loop {
        let mut articles = pending_articles(target)?;
        if articles.is_empty() && touched == Touched::default() {
            return Ok(());
        }
        while articles.len() > ARTICLES_AT_ONCE {
            articles.pop_last();
        }
        refresh_part(target, articles, std::mem::take(&mut touched), &decisions)?;
    }
}

/// Takes out what rules inferred, should the default graph be about to change.
fn forget_inferred(target: &mut impl QuadTarget, touched: &Touched) -> Result<(), StorageError> {
    let graphs = super::infer::graphs(target)?;
    if graphs.is_empty() || *touched == Touched::default() && pending_articles(target)?.is_empty() {
        return Ok(());
    }
    let mut difference = Difference::default();
    for graph in graphs {
        difference.remove.extend(target.quads(None, None, None, Some(graph.as_ref().into())).collect::<Result<Vec<_>, _>>()?);
    }
    target.apply(difference)
}

fn pending_articles(source: &impl QuadSource) -> Result<BTreeSet<String>, StorageError> {
    let mut articles = BTreeSet::new();
    for quad in source.quads(None, Some(ig::PENDING), None, Some(RESOLVED)) {
        if let NamedOrBlankNode::NamedNode(article) = quad?.subject {
            articles.insert(article.into_string());
        }
    }
    Ok(articles)
}

fn refresh_part(
    target: &mut impl QuadTarget,
    mut articles: BTreeSet<String>,
    touched: Touched,
    decisions: &Decisions,
) -> Result<(), StorageError> {
    let mut keys = touched.keys;
    for article in &articles {
        let article = NamedNodeRef::new_unchecked(article);
        keys.extend(mention::keys_in(target, article)?);
        for entity in mentioned_in(target, article)? {
            keys.extend(objects(target, entity.as_ref(), ig::NAME_KEY, RESOLVED)?.into_iter().filter_map(text_of));
        }
    }
    let difference = identities(target, &keys, &mut articles, decisions)?;
    target.apply(difference)?;

    let difference = entities(target, &articles, touched.entities, decisions)?;
    target.apply(difference)?;

    let difference = facts::facts(target, &articles, decisions)?;
    target.apply(difference)?;

    let mut difference = Difference::default();
    for article in &articles {
        let article = NamedNode::new_unchecked(article.as_str());
        let old = described(target, article.as_ref())?;
        Difference::between(&old, record(target, &article)?, &mut difference);
    }
    target.apply(difference)
}

/// What the default graph says is mentioned in an article: entities and facts.
fn mentioned_in(source: &impl QuadSource, article: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StorageError> {
    let mut found = Vec::new();
    for quad in source.quads(None, Some(ig::MENTIONED_IN), Some(article.into()), Some(RESOLVED)) {
        if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
            found.push(subject);
        }
    }
    Ok(found)
}

/// The keys of an entity's mentions.
pub fn keys_of(source: &impl QuadSource, entity: NamedNodeRef<'_>) -> Result<BTreeSet<String>, StorageError> {
    let mut keys = BTreeSet::new();
    for mention in objects(source, entity, ig::MENTIONED_AS, RESOLVED)? {
        let Term::NamedNode(mention) = mention else { continue };
        let Some(article) = iri::article_id_of(mention.as_ref()).map(iri::article) else { continue };
        keys.extend(source::text(source, mention.as_ref(), ig::MATCH_KEY, article.as_ref().into())?);
    }
    Ok(keys)
}

/// Resolves the mentions that these keys lead to. Articles of mentions that move become articles to refresh.
fn identities(
    source: &impl QuadSource,
    keys: &BTreeSet<String>,
    articles: &mut BTreeSet<String>,
    decisions: &Decisions,
) -> Result<Difference, StorageError> {
    let mut difference = Difference::default();
    let mut seen = BTreeSet::new();
    let mut moved = BTreeSet::new();
    for key in keys {
        if seen.contains(key) {
            continue;
        }
        for (mention, entity) in Component::around(source, key, decisions, &mut seen)?.resolved(source, decisions)? {
            let node = NamedNode::new_unchecked(mention.node);
            let entity = iri::entity(&entity);
            let old = entity_of(source, node.as_ref())?;
            if old.as_ref() == Some(&entity) {
                continue;
            }
            difference.insert.push(mentioned_as(entity, node.clone()));
            if let Some(old) = old {
                difference.remove.push(mentioned_as(old, node));
            }
            moved.insert(mention.article);
        }
    }
    for article in articles.iter() {
        let article = NamedNodeRef::new_unchecked(article);
        let present: BTreeSet<NamedNode> = mention::nodes_in(source, article)?.into_iter().collect();
        for entity in mentioned_in(source, article)? {
            for mention in objects(source, entity.as_ref(), ig::MENTIONED_AS, RESOLVED)? {
                let Term::NamedNode(mention) = mention else { continue };
                let gone = iri::article_id_of(mention.as_ref()) == iri::article_id_of(article) && !present.contains(&mention);
                if gone {
                    difference.remove.push(mentioned_as(entity.clone(), mention));
                }
            }
        }
    }
    for article in moved {
        if articles.insert(article.clone()) {
            difference.insert.push(pending(NamedNodeRef::new_unchecked(&article)));
        }
    }
    Ok(difference)
}

fn mentioned_as(entity: NamedNode, mention: NamedNode) -> Quad {
    Quad::new(entity, ig::MENTIONED_AS, mention, GraphName::DefaultGraph)
}

/// Describes the entities that the articles mention, and those that they mentioned when they were last resolved.
fn entities(
    source: &impl QuadSource,
    articles: &BTreeSet<String>,
    mut subjects: BTreeSet<String>,
    decisions: &Decisions,
) -> Result<Difference, StorageError> {
    for article in articles {
        let article = NamedNodeRef::new_unchecked(article);
        subjects
            .extend(mentioned_in(source, article)?.into_iter().filter(|subject| is_named(subject.as_ref())).map(NamedNode::into_string));
        for node in mention::nodes_in(source, article)? {
            subjects.extend(entity_of(source, node.as_ref())?.map(NamedNode::into_string));
        }
    }
    let mut difference = Difference::default();
    for subject in subjects {
        let subject = NamedNode::new_unchecked(subject);
        let old = described(source, subject.as_ref())?;
        Difference::between(&old, entity::entity(source, &subject, decisions)?, &mut difference);
    }
    country::countries(source, articles, &mut difference)?;
    Ok(difference)
}

/// Whether a subject is an entity with mentions: neither a fact nor a country.
fn is_named(subject: NamedNodeRef<'_>) -> bool {
    !is_fact(subject) && folder_of(subject) != Some("country")
}

/// Whether a subject is an investment or a job commitment.
fn is_fact(subject: NamedNodeRef<'_>) -> bool {
    matches!(folder_of(subject), Some("investment" | "job"))
}

/// What the default graph says of a subject now, with the sums that belong to it.
fn described(source: &impl QuadSource, subject: NamedNodeRef<'_>) -> Result<BTreeSet<Triple>, StorageError> {
    let mut triples = BTreeSet::new();
    for quad in source.quads(Some(subject.into()), None, None, Some(RESOLVED)) {
        let quad = quad?;
        if quad.predicate == ig::EQUIVALENT
            && let Term::NamedNode(sum) = &quad.object
        {
            triples.extend(described(source, sum.as_ref())?);
        }
        let Some(object) = Value::of(&quad.object) else { continue };
        triples.insert(Triple { subject: subject.as_str().to_owned(), predicate: quad.predicate.into_string(), object });
    }
    Ok(triples)
}

/// The article's record in the default graph; empty when the article is gone.
fn record(source: &impl QuadSource, article: &NamedNode) -> Result<BTreeSet<Triple>, StorageError> {
    let mut description = Description::new(article);
    for quad in source.quads(Some(article.as_ref().into()), None, None, Some(article.as_ref().into())) {
        let quad = quad?;
        let kept = [rdf::TYPE, schema::HEADLINE, schema::URL, schema::PUBLISHER, schema::DATE_PUBLISHED, ig::HASH];
        if kept.contains(&quad.predicate.as_ref())
            && let Some(object) = Value::of(&quad.object)
        {
            description.add(quad.predicate.as_ref(), object);
        }
    }
    Ok(description.triples)
}
