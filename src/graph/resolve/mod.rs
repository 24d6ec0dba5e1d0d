//! Joins what the articles say. Named graphs of all articles → the default graph, once for each real thing.
//!
//! Every resolved thing is a *subject* of the default graph, and its triples are a function of the named graphs alone.
//! A refresh looks only at subjects that the changed articles touch: those that already bear `ig:mentionedIn` of such an
//! article, and those that its present claims lead to. For each it computes the triples anew and writes the difference, so that an
//! incremental load ends in the same graph as a load of everything at once, at a cost that follows the change.
//!
//! Which articles have changed is read off the store itself: an article's record in the default graph carries the hash of
//! the named graph that was resolved. A load that is killed between the two layers is thus finished by the next one.
//!
//! Entities are one when they share an `ig:matchKey`: the gazetteer's id, or else the normalised name. Finer resolution
//! belongs into `entity` (which mentions make one entity) and `event` (which claims make one investment);
//! the rest works on clusters already.

mod entity;
mod event;
mod source;
mod support;
mod triple;

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use super::iri;
use super::vocab::{ig, schema};
pub use source::QuadSource;
use source::{folder_of, iri_of, objects};
use triple::{Description, Triple, Value};

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

/// What the changed articles touch, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Subjects of the default graph to compute anew, with the claims that they may rest on.
    subjects: BTreeMap<String, BTreeSet<String>>,
    /// The articles themselves.
    articles: BTreeSet<String>,
}

impl Touched {
    /// How many subjects are to be computed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.subjects.len() + self.articles.len()
    }

    /// Whether the default graph is up to date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Parts of at most `size` subjects. The articles' records come last: only when they stand is the refresh complete.
    pub fn parts(self, size: usize) -> impl Iterator<Item = Self> {
        let mut subjects = self.subjects.into_iter().peekable();
        let mut articles = Some(self.articles);
        std::iter::from_fn(move || {
            if subjects.peek().is_some() {
                Some(Self { subjects: subjects.by_ref().take(size.max(1)).collect(), articles: BTreeSet::new() })
            } else {
                articles.take().map(|articles| Self { subjects: BTreeMap::new(), articles })
            }
        })
    }
}

/// Finds the articles whose named graph is not the one that was resolved, and all that they touch.
///
/// # Errors
/// When the store cannot be read.
pub fn touched(source: &impl QuadSource) -> Result<Touched, StorageError> {
    let mut resolved = BTreeMap::new();
    let mut present = BTreeMap::new();
    for quad in source.quads(None, Some(ig::HASH), None, None) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(article), Term::Literal(hash)) = (quad.subject, quad.object) else { continue };
        let side = if quad.graph_name.is_default_graph() { &mut resolved } else { &mut present };
        side.insert(article.into_string(), hash.value().to_owned());
    }
    let mut touched = Touched::default();
    for (article, hash) in &present {
        if resolved.get(article) != Some(hash) {
            touched.articles.insert(article.clone());
        }
    }
    touched.articles.extend(resolved.into_keys().filter(|article| !present.contains_key(article)));
    for article in touched.articles.clone() {
        touch_known(source, &article, &mut touched.subjects)?;
        touch_claimed(source, &article, &mut touched.subjects)?;
    }
    Ok(touched)
}

/// Adds the subjects that rested on the article when it was last resolved.
fn touch_known(source: &impl QuadSource, article: &str, subjects: &mut BTreeMap<String, BTreeSet<String>>) -> Result<(), StorageError> {
    let article = NamedNodeRef::new_unchecked(article);
    for quad in source.quads(None, Some(ig::MENTIONED_IN), Some(article.into()), Some(GraphNameRef::DefaultGraph)) {
        let NamedOrBlankNode::NamedNode(subject) = quad?.subject else { continue };
        let claims = objects(source, subject.as_ref(), ig::CLAIMED_IN, GraphNameRef::DefaultGraph)?;
        subjects.entry(subject.into_string()).or_default().extend(claims.into_iter().filter_map(iri_of));
    }
    Ok(())
}

/// Adds the subjects that the article's present claims lead to.
fn touch_claimed(source: &impl QuadSource, article: &str, subjects: &mut BTreeMap<String, BTreeSet<String>>) -> Result<(), StorageError> {
    let graph = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(article));
    for quad in source.quads(None, Some(ig::MATCH_KEY), None, Some(graph)) {
        if let Term::Literal(key) = quad?.object {
            subjects.entry(iri::entity(key.value()).into_string()).or_default();
        }
    }
    for quad in source.quads(None, Some(rdf::TYPE), None, Some(graph)) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(class)) = (quad.subject, quad.object) else { continue };
        if class == ig::COUNTRY {
            subjects.entry(subject.into_string()).or_default();
        } else if let Some(folder) = claim_folder(class.as_ref()) {
            let resolved = iri::resolved_claim(folder, subject.as_ref()).into_string();
            subjects.entry(resolved).or_default().insert(subject.into_string());
        }
    }
    Ok(())
}

/// Computes the touched subjects anew and compares them with the default graph.
///
/// # Errors
/// When the store cannot be read.
pub fn difference(source: &impl QuadSource, touched: &Touched) -> Result<Difference, StorageError> {
    let mut difference = Difference::default();
    for (subject, claims) in &touched.subjects {
        let subject = NamedNode::new_unchecked(subject.as_str());
        let old = described(source, subject.as_ref())?;
        let new = match folder_of(subject.as_ref()) {
            Some("country") => entity::country(source, &subject)?,
            Some("investment") => event::resolved(source, &subject, ig::INVESTMENT, &event::claims_of(claims))?,
            Some("job") => event::resolved(source, &subject, ig::JOB_COMMITMENT, &event::claims_of(claims))?,
            _ => entity::entity(source, &subject)?,
        };
        Difference::between(&old, new, &mut difference);
    }
    for article in &touched.articles {
        let article = NamedNode::new_unchecked(article.as_str());
        let old = described(source, article.as_ref())?;
        Difference::between(&old, record(source, &article)?, &mut difference);
    }
    Ok(difference)
}

/// What the default graph says of a subject now, with the sums that belong to it.
fn described(source: &impl QuadSource, subject: NamedNodeRef<'_>) -> Result<BTreeSet<Triple>, StorageError> {
    let mut triples = BTreeSet::new();
    for quad in source.quads(Some(subject.into()), None, None, Some(GraphNameRef::DefaultGraph)) {
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
        let kept = [rdf::TYPE, schema::HEADLINE, schema::URL, schema::PUBLISHER, schema::DATE_PUBLISHED, schema::IDENTIFIER, ig::HASH];
        if kept.contains(&quad.predicate.as_ref())
            && let Some(object) = Value::of(&quad.object)
        {
            description.add(quad.predicate.as_ref(), object);
        }
    }
    Ok(description.triples)
}

fn claim_folder(class: NamedNodeRef<'_>) -> Option<&'static str> {
    if class == ig::INVESTMENT_CLAIM {
        Some("investment")
    } else if class == ig::JOB_CLAIM {
        Some("job")
    } else {
        None
    }
}
