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
        let kept = [rdf::TYPE, schema::HEADLINE, schema::URL, schema::PUBLISHER, schema::DATE_PUBLISHED, ig::HASH];
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

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::fact::{Bound, Investment};
    use crate::graph::sample::{articles, dump, graph, load, lyon, lyon_facts, money, store};

    fn rows(sparql: &str) -> Vec<String> {
        rows_of(&store(articles()), sparql)
    }

    fn rows_of(store: &crate::graph::Store, sparql: &str) -> Vec<String> {
        let show = |term: &Option<oxigraph::model::Term>| match term {
            Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
            Some(term) => term.to_string().rsplit(['/', '#']).next().unwrap_or_default().trim_end_matches('>').to_owned(),
            None => String::new(),
        };
        let mut rows: Vec<String> =
            store.select(sparql).unwrap().rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" | ")).collect();
        rows.sort();
        rows
    }

    #[test]
    fn mentions_of_one_name_are_one_entity() {
        assert_eq!(
            rows("SELECT ?n (COUNT(?a) AS ?articles) { ?c a ig:Company ; skos:prefLabel ?n ; ig:mentionedIn ?a } GROUP BY ?c ?n"),
            ["Borealis | 1", "Helio Cloud | 2", "Helio Group | 1", "Kaveri Steel | 1"]
        );
        assert_eq!(rows("SELECT ?n { ?c skos:prefLabel 'Helio Cloud' ; skos:altLabel ?n }"), ["Helio"]);
    }

    #[test]
    fn relations_lead_from_entity_to_entity() {
        assert_eq!(
            rows("SELECT ?s ?p ?o { VALUES ?p { ig:subsidiaryOf ig:basedIn ig:participatesIn ig:initiativeOf } ?s ?p ?o }"),
            [
                "choose-rhone | initiativeOf | FR",
                "helio-cloud | participatesIn | choose-rhone",
                "helio-cloud | subsidiaryOf | helio-group",
                "helio-group | basedIn | DK"
            ]
        );
    }

    #[test]
    fn an_investment_carries_all_that_its_claim_says() {
        assert_eq!(
            rows(
                "SELECT ?who ?where ?place ?under ?amount ?currency ?bound ?other ?jobs ?until ?confidence {
                   ?i a ig:Investment ; ig:kind ig:project ; ig:stage ig:planned ; ig:investor ?who ; ig:country ?where ; ig:place ?place ;
                      ig:initiative ?under ; ig:amount ?amount ; ig:currency ?currency ; ig:bound ?bound ; ig:jobs ?jobs ; ig:until ?until ;
                      ig:confidence ?confidence ; ig:equivalent/ig:amount ?other }"
            ),
            ["helio-cloud | FR | lyon | choose-rhone | 1500000000 | EUR | min | 1600000000 | 900 | 2028 | 0.9"]
        );
        assert_eq!(
            rows("SELECT ?who ?n ?b { ?j a ig:JobCommitment ; ig:company ?who ; ig:jobs ?n ; ig:jobsBound ?b }"),
            ["helio-group | 300 | about"]
        );
    }

    #[test]
    fn evidence_is_reached_from_the_investment() {
        assert_eq!(
            rows(
                "SELECT ?slot ?quote { ?i a ig:Investment ; ig:claimedIn ?c .
                   GRAPH ?a { ?c ig:evidence ?e . ?e ig:slot ?slot ; oa:exact ?quote } }"
            ),
            ["amount | more than €1.5 billion", "investor | Helio Cloud"]
        );
    }

    #[test]
    fn loading_again_changes_nothing() {
        let mut store = store(articles());
        let before = dump(&store);
        load(&mut store, articles());
        assert_eq!(dump(&store), before);
    }

    #[test]
    fn neither_order_nor_batches_matter() {
        let whole = dump(&store(articles()));
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut store = crate::graph::Store::in_memory().unwrap();
            for at in order {
                load(&mut store, [articles().swap_remove(at)]);
            }
            assert_eq!(dump(&store), whole, "{order:?}");
        }
    }

    #[test]
    fn a_removed_article_leaves_no_residue() {
        for gone in 0..3 {
            let mut store = store(articles());
            let mut others = articles();
            let id = others.remove(gone).id;
            store.remove(&id).unwrap();
            assert_eq!(dump(&store), dump(&crate::graph::sample::store(others)), "without article {gone}");
        }
        let mut store = store(articles());
        for article in articles() {
            store.remove(&article.id).unwrap();
        }
        assert_eq!(dump(&store), "");
    }

    #[test]
    fn a_changed_article_replaces_what_rested_on_it() {
        let mut facts = lyon_facts();
        facts.investments =
            vec![Investment { amount: Some(money(7, "DKK", Bound::Exact)), equivalents: Vec::new(), ..facts.investments.swap_remove(0) }];
        facts.relations.clear();
        let changed = graph(&Article { text: "Helio Cloud puts 7 crowns into Lyon.".into(), ..lyon() }, &facts);
        let mut changing = store(articles());
        load(&mut changing, [changed.clone()]);
        let fresh = store(articles().into_iter().skip(1).chain([changed]));
        assert_eq!(dump(&changing), dump(&fresh));
        assert_eq!(rows_of(&changing, "SELECT ?a { ?i ig:amount ?a ; ig:currency 'DKK' }"), ["7"]);
        assert!(rows_of(&changing, "SELECT ?s { ?s ig:subsidiaryOf ?o }").is_empty());
    }

    #[test]
    fn the_default_graph_follows_from_the_named_graphs() {
        let mut store = store(articles());
        let before = dump(&store);
        store.rebuild().unwrap();
        assert_eq!(dump(&store), before);
    }

    #[test]
    fn a_load_that_was_killed_is_finished_by_the_next() {
        let whole = dump(&store(articles()));
        let mut killed = crate::graph::Store::in_memory().unwrap();
        // The first article's graph stands, but nothing was resolved.
        killed.oxigraph().extend(articles().swap_remove(0).quads).unwrap();
        load(&mut killed, articles());
        assert_eq!(dump(&killed), whole);
    }
}
