//! What stands in the articles' own graphs: the words behind each fact, read one article at a time.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef};
use oxigraph::store::StorageError;

use crate::graph::vocab::{ig, local_name, oa, schema};
use crate::graph::{Store, StoreError};

/// One quote behind one slot of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimEvidence {
    /// The investment or job commitment, or a relation's subject, predicate (local name) and object.
    pub fact: Vec<String>,
    /// The article's claim.
    pub claim: String,
    /// The slot that the words fill.
    pub slot: String,
    /// The article's own words.
    pub quote: String,
    /// First character, counted in Unicode scalar values.
    pub start: usize,
    /// Character after the last, counted in Unicode scalar values.
    pub end: usize,
    /// The article.
    pub article: String,
}

/// An article's row: its IRI and the cells name, headline, URL, publisher, date, language.
pub(super) struct ArticleRow {
    pub(super) iri: String,
    pub(super) cells: [String; 6],
}

/// All articles of the default graph in the order of their IRIs.
pub(super) fn read_articles(store: &Store) -> Result<Vec<ArticleRow>, StoreError> {
    let properties = [schema::IDENTIFIER, schema::HEADLINE, schema::URL, schema::PUBLISHER, schema::DATE_PUBLISHED, schema::IN_LANGUAGE];
    let mut rows = Vec::new();
    for quad in quads(store, None, Some(rdf::TYPE), Some(schema::NEWS_ARTICLE.into()), GraphNameRef::DefaultGraph) {
        let NamedOrBlankNode::NamedNode(article) = quad?.subject else { continue };
        let mut cells: [String; 6] = Default::default();
        for (cell, property) in cells.iter_mut().zip(properties) {
            let values = quads(store, Some(article.as_ref()), Some(property), None, GraphNameRef::DefaultGraph);
            *cell = values.map(|quad| Ok(text(&quad?.object))).min_by(by_text).transpose()?.unwrap_or_default();
        }
        rows.push(ArticleRow { iri: article.into_string(), cells });
    }
    rows.sort_by(|a, b| a.iri.cmp(&b.iri));
    Ok(rows)
}

/// Hands on every piece of evidence, ordered by article, claim, place in the text and slot.
pub fn read_evidence<E: From<StoreError>>(store: &Store, mut take: impl FnMut(ClaimEvidence) -> Result<(), E>) -> Result<(), E> {
    let resolved = resolved(store).map_err(StoreError::from)?;
    for article in read_articles(store)? {
        let mut found = evidence_of(store, &article.iri, &resolved).map_err(StoreError::from)?;
        found.sort_by(|a, b| order(a).cmp(&order(b)));
        found.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}

/// What each claim, and each entity as one article names it, stands for in the default graph. Looked up, never listed.
fn resolved(store: &Store) -> Result<HashMap<String, String>, StorageError> {
    let mut resolved = HashMap::new();
    for property in [ig::CLAIMED_IN, ig::MENTIONED_AS] {
        for quad in quads(store, None, Some(property), None, GraphNameRef::DefaultGraph) {
            let quad = quad?;
            resolved.insert(text(&quad.object), subject(quad.subject));
        }
    }
    Ok(resolved)
}

fn evidence_of(store: &Store, article: &str, resolved: &HashMap<String, String>) -> Result<Vec<ClaimEvidence>, StorageError> {
    let graph = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(article));
    let mut triples: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut links: Vec<(String, String)> = Vec::new();
    for quad in quads(store, None, None, None, graph) {
        let quad = quad?;
        let wanted = [ig::SLOT, oa::EXACT, oa::START, oa::END, rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT];
        if quad.predicate == ig::EVIDENCE_OF {
            links.push((subject(quad.subject), text(&quad.object)));
        } else if wanted.contains(&quad.predicate.as_ref()) {
            triples.insert((subject(quad.subject), quad.predicate.into_string()), text(&quad.object));
        }
    }
    let value = |node: &str, property: NamedNodeRef<'_>| triples.get(&(node.to_owned(), property.as_str().to_owned()));
    let stands_for = |node: &str| resolved.get(node).map_or(node, String::as_str).to_owned();
    let evidence = links.into_iter().filter_map(|(claim, evidence)| {
        let fact = match (value(&claim, rdf::SUBJECT), value(&claim, rdf::PREDICATE), value(&claim, rdf::OBJECT)) {
            (Some(subject), Some(predicate), Some(object)) => {
                let predicate = local_name(NamedNodeRef::new_unchecked(predicate)).to_owned();
                vec![stands_for(subject), predicate, stands_for(object)]
            }
            _ => vec![stands_for(&claim)],
        };
        Some(ClaimEvidence {
            fact,
            slot: value(&evidence, ig::SLOT)?.clone(),
            quote: value(&evidence, oa::EXACT)?.clone(),
            start: value(&evidence, oa::START)?.parse().ok()?,
            end: value(&evidence, oa::END)?.parse().ok()?,
            claim,
            article: article.to_owned(),
        })
    });
    Ok(evidence.collect())
}

fn quads(
    store: &Store,
    subject: Option<NamedNodeRef<'_>>,
    property: Option<NamedNodeRef<'_>>,
    object: Option<TermRef<'_>>,
    graph: GraphNameRef<'_>,
) -> impl Iterator<Item = Result<Quad, StorageError>> {
    store.oxigraph().quads_for_pattern(subject.map(NamedOrBlankNodeRef::from), property, object, Some(graph))
}

fn subject(node: NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.into_string(),
        NamedOrBlankNode::BlankNode(node) => node.into_string(),
    }
}

fn text(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

fn by_text(a: &Result<String, StorageError>, b: &Result<String, StorageError>) -> std::cmp::Ordering {
    match (a, b) {
        (Ok(a), Ok(b)) => a.cmp(b),
        // An error comes first, so that it is not passed over.
        (Err(_), _) => std::cmp::Ordering::Less,
        (_, Err(_)) => std::cmp::Ordering::Greater,
    }
}

fn order(evidence: &ClaimEvidence) -> ((&str, u32), usize, usize, &str) {
    (natural(&evidence.claim), evidence.start, evidence.end, &evidence.slot)
}

/// "…#i10" after "…#i9".
fn natural(claim: &str) -> (&str, u32) {
    let name = claim.trim_end_matches(|c: char| c.is_ascii_digit());
    (name, claim[name.len()..].parse().unwrap_or_default())
}
