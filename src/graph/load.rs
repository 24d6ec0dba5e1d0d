//! Articles into the store. [`ArticleGraph`]s, one by one → both layers of the graph, whole or not at all.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNodeRef, Quad};
use oxigraph::store::{StorageError, Transaction};

use super::claims::ArticleGraph;
use super::iri;
use super::resolve::{self, Touched};
use super::store::{Store, StoreError};
use super::vocab::{LOADS, ig, schema};

/// Articles written in one commit.
const ARTICLES_AT_ONCE: usize = 512;
/// A load of at most this many articles is one transaction.
const ARTICLES_OF_ONE_TRANSACTION: usize = 64;

/// What a load did with one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was not there.
    New,
    /// It was there with another text.
    Replaced,
    /// It is there already.
    Unchanged,
}

/// A load under way.
pub struct Load<'a> {
    store: &'a mut Store,
    pending: BTreeMap<String, ArticleGraph>,
    /// Whether articles were written whose subjects are not resolved yet.
    flushed: bool,
    /// The day of loading.
    day: Option<String>,
}

impl<'a> Load<'a> {
    pub(super) const fn new(store: &'a mut Store) -> Self {
        Self { store, pending: BTreeMap::new(), flushed: false, day: None }
    }

    /// Notes the day, such as "2025-03-01", at every article that is put in.
    #[must_use]
    pub fn on(mut self, day: &str) -> Self {
        self.day = Some(day.to_owned());
        self
    }

    /// What putting in an article with this id, hash and name would do; lets a load skip what it knows before reading closely.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn arrival(&self, id: &str, hash: &str, identifier: &str) -> Result<Arrival, StoreError> {
        let (known_hash, known_identifier) = if let Some(graph) = self.pending.get(id) {
            (Some(graph.hash.clone()), Some(graph.identifier.clone()))
        } else {
            let node = iri::article(id);
            let graph = GraphNameRef::NamedNode(node.as_ref());
            (self.store.value(node.as_ref(), ig::HASH, graph)?, self.store.value(node.as_ref(), schema::IDENTIFIER, graph)?)
        };
        let (Some(known_hash), known_identifier) = (known_hash, known_identifier.unwrap_or_default()) else { return Ok(Arrival::New) };
        // One text under several names keeps the name that comes first in the alphabet, whatever the order of loading.
        let same = known_hash == hash || iri::is_of_text(id);
        Ok(match known_identifier.as_str().cmp(identifier) {
            Ordering::Less if same => Arrival::Unchanged,
            Ordering::Equal if known_hash == hash => Arrival::Unchanged,
            _ => Arrival::Replaced,
        })
    }

    /// Puts an article in.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn put(&mut self, graph: ArticleGraph) -> Result<Arrival, StoreError> {
        let arrival = self.arrival(&graph.id, &graph.hash, &graph.identifier)?;
        if arrival != Arrival::Unchanged {
            self.pending.insert(graph.id.clone(), graph);
            if self.pending.len() >= ARTICLES_AT_ONCE {
                self.flush()?;
            }
        }
        Ok(arrival)
    }

    /// Completes the load: both layers stand.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn finish(mut self) -> Result<(), StoreError> {
        if self.flushed || self.pending.len() > ARTICLES_OF_ONE_TRANSACTION {
            self.flush()?;
            return self.store.refresh();
        }
        let mut transaction = self.store.oxigraph().start_transaction()?;
        put_graphs(&mut transaction, self.pending.values())?;
        transaction.extend(self.pending.keys().filter_map(|id| loaded(id, self.day.as_deref())).collect::<Vec<_>>().iter());
        resolve::refresh(&mut transaction, Touched::default())?;
        Ok(transaction.commit()?)
    }

    /// Writes the pending articles' graphs.
    fn flush(&mut self) -> Result<(), StoreError> {
        let mut changed = Vec::new();
        let mut new = Vec::new();
        for (id, graph) in std::mem::take(&mut self.pending) {
            let node = iri::article(&id);
            if self.store.oxigraph().contains_named_graph(node.as_ref())? {
                changed.push(graph);
            } else {
                new.extend(graph.quads);
                new.push(resolve::pending(node.as_ref()));
                new.extend(loaded(&id, self.day.as_deref()));
            }
        }
        if !changed.is_empty() {
            let mut transaction = self.store.oxigraph().start_transaction()?;
            put_graphs(&mut transaction, &changed)?;
            transaction.extend(changed.iter().filter_map(|graph| loaded(&graph.id, self.day.as_deref())).collect::<Vec<_>>().iter());
            transaction.commit()?;
        }
        self.store.insert_bulk(new)?;
        self.flushed = true;
        Ok(())
    }
}

/// Puts articles' graphs in the place of those that they had before.
pub(super) fn put_graphs<'a>(
    transaction: &mut Transaction<'_>,
    graphs: impl IntoIterator<Item = &'a ArticleGraph>,
) -> Result<(), StorageError> {
    for graph in graphs {
        remove_graph(transaction, iri::article(&graph.id).as_ref())?;
        transaction.extend(&graph.quads);
    }
    Ok(())
}

/// When an article was loaded, in the graph of loads.
fn loaded(id: &str, day: Option<&str>) -> Option<Quad> {
    Some(Quad::new(iri::article(id), ig::LOADED, Literal::new_typed_literal(day?, xsd::DATE), LOADS))
}

/// Takes an article's graph out; the default graph follows with the next refresh.
pub(super) fn remove_graph(transaction: &mut Transaction<'_>, article: NamedNodeRef<'_>) -> Result<(), StorageError> {
    transaction.remove_named_graph(article)?;
    let loads = transaction.quads_for_pattern(Some(article.into()), None, None, Some(LOADS.into())).collect::<Result<Vec<_>, _>>()?;
    for quad in &loads {
        transaction.remove(quad);
    }
    transaction.insert(&resolve::pending(article));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{dump, graph, load, lyon, lyon_facts};

    #[test]
    fn arrivals_tell_new_changed_and_known_articles_apart() {
        let mut store = Store::in_memory().unwrap();
        let first = graph(&lyon(), &lyon_facts());
        let mut changed = lyon();
        changed.text.push_str(" More later.");
        let changed = graph(&changed, &lyon_facts());
        let mut load = store.load();
        assert_eq!(load.put(first.clone()).unwrap(), Arrival::New);
        assert_eq!(load.put(first.clone()).unwrap(), Arrival::Unchanged);
        load.finish().unwrap();
        let mut load = store.load();
        assert_eq!(load.put(first).unwrap(), Arrival::Unchanged);
        assert_eq!(load.put(changed).unwrap(), Arrival::Replaced);
        load.finish().unwrap();
        assert_eq!(store.articles().unwrap().len(), 1);
    }

    #[test]
    fn a_load_too_large_for_one_transaction_ends_as_many_small_ones() {
        let many = || {
            (0..150).map(|number| {
                let mut article = lyon();
                article.url = Some(format!("https://paper.example/{number}"));
                graph(&article, &lyon_facts())
            })
        };
        let dir = tempfile::tempdir().unwrap();
        let mut large = Store::open(dir.path()).unwrap();
        load(&mut large, many());
        let mut small = Store::in_memory().unwrap();
        many().for_each(|article| load(&mut small, [article]));
        assert_eq!(dump(&large), dump(&small));
        // Once more, half of it changed.
        let changed = many().step_by(2).map(|mut article| {
            let quads = article.quads.iter().filter(|quad| quad.predicate != ig::HASH).cloned();
            let hash = Quad::new(iri::article(&article.id), ig::HASH, Literal::from("new"), iri::article(&article.id));
            article.quads = quads.chain([hash]).collect();
            article.hash = "new".into();
            article
        });
        load(&mut large, changed.clone());
        changed.for_each(|article| load(&mut small, [article]));
        assert_eq!(dump(&large), dump(&small));
    }

    #[test]
    fn one_text_under_two_names_ends_the_same_in_any_order() {
        let named = |name: &str| {
            let mut article = crate::graph::sample::alone();
            article.article = name.into();
            article.title = Some(format!("Headline {name}"));
            graph(&article, &crate::graph::sample::alone_facts())
        };
        let ends: Vec<String> = [["a", "b"], ["b", "a"]]
            .iter()
            .map(|order| {
                let mut store = Store::in_memory().unwrap();
                for name in order {
                    load(&mut store, [named(name)]);
                }
                dump(&store)
            })
            .collect();
        assert_eq!(ends[0], ends[1]);
        let mut store = Store::in_memory().unwrap();
        load(&mut store, [named("a"), named("b")]);
        let mut again = store.load();
        for name in ["a", "b"] {
            assert_eq!(again.put(named(name)).unwrap(), Arrival::Unchanged);
        }
    }
}
