//! The store on disk. Article graphs in, both layers of the graph out; one writer, any number of readers.
//!
//! A writer holds the store alone; readers open it read-only and never wait. Every change is a transaction: a small load is one as a
//! whole; a large one commits whole articles as it goes and then brings the default graph up to date (see [`super::resolve`]).

use std::path::{Path, PathBuf};
use std::{fs, io};

use oxigraph::model::{GraphNameRef, Literal, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef};
use oxigraph::store::{QuadIter, StorageError};

use super::curation::DecisionError;
use super::load::Load;
use super::resolve::{self, Difference, QuadSource, QuadTarget, Touched};
use super::vocab::{LOADS, ig, schema};
use super::{iri, write};

/// From this many quads on, the bulk loader is faster than a transaction; both are atomic.
const QUADS_WORTH_BULK: usize = 2_000;
/// Megabytes that the bulk loader may fill before it writes.
const BULK_MEGABYTES: usize = 128;

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A reader was given a path where nothing is.
    #[error("{}: there is no store; `investgraph load` makes one", .0.display())]
    Missing(PathBuf),
    /// The path is a file, or a folder of other things.
    #[error("{}: is not a store; give --store a store, a new folder or an empty one", .0.display())]
    NotAStore(PathBuf),
    /// Another writer has it.
    #[error("{}: the store is being written by another program; try again when that is done", .0.display())]
    InUse(PathBuf),
    /// The folder cannot be made or written.
    #[error("{}: the store cannot be written: {source}", path.display())]
    Unwritable {
        /// The store's folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No article has this id or URL.
    #[error("no article \"{0}\" in the store; `investgraph articles` lists them")]
    NoArticle(String),
    /// No decision has this id.
    #[error("no decision \"{0}\" in the store; `investgraph decisions` lists them")]
    NoDecision(String),
    /// What was to be imported is no decision.
    #[error(transparent)]
    Decision(DecisionError),
    /// The database below failed.
    #[error("the store failed: {0}")]
    Storage(#[from] StorageError),
}

/// An open store.
pub struct Store {
    inner: oxigraph::store::Store,
}

/// An article in the store, as `articles` lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredArticle {
    /// The day of publication.
    pub published: Option<String>,
    /// The id.
    pub id: String,
    /// The name under which it was read.
    pub identifier: Option<String>,
    /// The headline.
    pub headline: Option<String>,
    /// The paper or agency.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// How many investments, job numbers and relations it claims.
    pub claims: usize,
}

impl Store {
    /// An empty store that is gone with the program.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self { inner: oxigraph::store::Store::new()? })
    }

    /// Opens a store for writing; makes it when the folder is new or empty.
    ///
    /// # Errors
    /// When the folder holds something else, is in use or cannot be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        match kind_of(path) {
            PathKind::Other => return Err(StoreError::NotAStore(path.to_owned())),
            PathKind::Nothing => fs::create_dir_all(path).map_err(|source| StoreError::Unwritable { path: path.to_owned(), source })?,
            PathKind::Store => {}
        }
        oxigraph::store::Store::open(path).map(|inner| Self { inner }).map_err(|error| opening_failed(path, error))
    }

    /// Opens a store for writing that must be there already.
    ///
    /// # Errors
    /// When there is no store, or it is in use or cannot be written.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if matches!(kind_of(path), PathKind::Nothing) {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Self::open(path)
    }

    /// Opens a store for reading, also while another program writes to it.
    ///
    /// # Errors
    /// When there is no store.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        match kind_of(path) {
            PathKind::Nothing => return Err(StoreError::Missing(path.to_owned())),
            PathKind::Other => return Err(StoreError::NotAStore(path.to_owned())),
            PathKind::Store => {}
        }
        oxigraph::store::Store::open_read_only(path).map(|inner| Self { inner }).map_err(|error| opening_failed(path, error))
    }

    /// The database below, for what has no method here.
    #[must_use]
    pub const fn oxigraph(&self) -> &oxigraph::store::Store {
        &self.inner
    }

    /// Begins a load; articles are put in one by one, and [`Load::finish`] completes it.
    ///
    /// Dropped unfinished, it leaves whole articles only, and the next load goes on where it stopped.
    #[must_use]
    pub const fn load(&mut self) -> Load<'_> {
        Load::new(self)
    }

    /// Takes an article out, with all that rested on it alone.
    ///
    /// # Errors
    /// When no article has this id, IRI, URL or name, or the database below fails.
    pub fn remove(&mut self, article: &str) -> Result<StoredArticle, StoreError> {
        let Some(found) = self.find_article(article)? else { return Err(StoreError::NoArticle(article.to_owned())) };
        let mut transaction = self.inner.start_transaction()?;
        super::load::remove_graph(&mut transaction, iri::article(&found.id).as_ref())?;
        resolve::refresh(&mut transaction, Touched::default())?;
        transaction.commit()?;
        Ok(found)
    }

    /// All articles, the oldest first.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn articles(&self) -> Result<Vec<StoredArticle>, StoreError> {
        let mut articles = Vec::new();
        for graph in self.inner.named_graphs() {
            let NamedOrBlankNode::NamedNode(graph) = graph? else { continue };
            if let Some(id) = iri::article_id_of(graph.as_ref()) {
                articles.push(self.article(id)?);
            }
        }
        articles.sort();
        Ok(articles)
    }

    /// All quads, sorted: equal graphs give equal dumps. When articles were loaded is no part of it.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn quads(&self) -> Result<Vec<Quad>, StoreError> {
        let is_kept = |quad: &Result<Quad, _>| quad.as_ref().map_or(true, |quad: &Quad| quad.graph_name != LOADS.into());
        let mut quads = self.inner.iter().filter(is_kept).collect::<Result<Vec<_>, StorageError>>()?;
        write::sort_quads(&mut quads);
        Ok(quads)
    }

    /// Computes the default graph from the named graphs alone; a sound store is left as it is.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.inner.clear_graph(GraphNameRef::DefaultGraph)?;
        let articles = self.articles()?;
        self.insert_bulk(articles.iter().map(|article| resolve::pending(iri::article(&article.id).as_ref())))?;
        self.refresh()
    }

    /// Brings the default graph up to date, in parts.
    pub(super) fn refresh(&self) -> Result<(), StoreError> {
        Ok(resolve::refresh(&mut Direct(self), Touched::default())?)
    }

    pub(super) fn insert_bulk(&self, quads: impl IntoIterator<Item = Quad>) -> Result<(), StorageError> {
        let mut loader = self.inner.bulk_loader().with_max_memory_size_in_megabytes(BULK_MEGABYTES);
        loader.load_quads(quads)?;
        loader.commit()
    }

    fn article(&self, id: &str) -> Result<StoredArticle, StoreError> {
        let node = iri::article(id);
        let graph = GraphNameRef::NamedNode(node.as_ref());
        let mut article = StoredArticle { id: id.to_owned(), ..StoredArticle::default() };
        let fields = [
            (schema::IDENTIFIER, &mut article.identifier),
            (schema::HEADLINE, &mut article.headline),
            (schema::PUBLISHER, &mut article.publisher),
            (schema::DATE_PUBLISHED, &mut article.published),
            (schema::URL, &mut article.url),
        ];
        for (predicate, field) in fields {
            *field = self.value(node.as_ref(), predicate, graph)?;
        }
        article.claims = self.inner.quads(None, Some(ig::CONFIDENCE), None, Some(graph)).count();
        Ok(article)
    }

    pub(super) fn value(
        &self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
        graph: GraphNameRef<'_>,
    ) -> Result<Option<String>, StorageError> {
        let quad = self.inner.quads(Some(subject.into()), Some(predicate), None, Some(graph)).next().transpose()?;
        Ok(quad.and_then(|quad| match quad.object {
            Term::NamedNode(node) => Some(node.into_string()),
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::BlankNode(_) => None,
        }))
    }

    /// Finds an article by id, IRI or URL, or else by the name under which it was read.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn find_article(&self, wanted: &str) -> Result<Option<StoredArticle>, StoreError> {
        let url = crate::article::Article { url: Some(wanted.to_owned()), ..crate::article::Article::default() };
        let by_iri = iri::article_id_of(NamedNodeRef::new_unchecked(wanted)).map(str::to_owned);
        for id in [wanted.to_owned(), iri::article_id(&url)].into_iter().chain(by_iri) {
            let Ok(node) = oxigraph::model::NamedNode::new(iri::article(&id).into_string()) else { continue };
            if self.inner.contains_named_graph(node.as_ref())? {
                return Ok(Some(self.article(&id)?));
            }
        }
        let name = Literal::from(wanted);
        for quad in self.inner.quads(None, Some(schema::IDENTIFIER), Some(name.as_ref().into()), None) {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject
                && let Some(id) = iri::article_id_of(node.as_ref())
            {
                return Ok(Some(self.article(id)?));
            }
        }
        Ok(None)
    }
}

/// Writes what belongs together at once, and what comes next after it: for changes too large for one transaction.
struct Direct<'a>(&'a Store);

impl QuadSource for Direct<'_> {
    fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_> {
        self.0.inner.quads_for_pattern(subject, predicate, object, graph)
    }
}

impl QuadTarget for Direct<'_> {
    fn apply(&mut self, difference: Difference) -> Result<(), StorageError> {
        if difference.remove.is_empty() && difference.insert.len() >= QUADS_WORTH_BULK {
            return self.0.insert_bulk(difference.insert);
        }
        let mut transaction = self.0.inner.start_transaction()?;
        transaction.apply(difference)?;
        transaction.commit()
    }
}

enum PathKind {
    /// No such path, or an empty folder.
    Nothing,
    /// A folder that holds a database.
    Store,
    /// A file, or a folder of other things.
    Other,
}

fn kind_of(path: &Path) -> PathKind {
    if path.join("CURRENT").is_file() {
        return PathKind::Store;
    }
    match fs::read_dir(path) {
        Ok(mut entries) => {
            if entries.next().is_none() {
                PathKind::Nothing
            } else {
                PathKind::Other
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => PathKind::Other,
        Err(_) => PathKind::Nothing,
    }
}

/// Tells a lock and a folder without rights from other failures; the database below gives only text.
fn opening_failed(path: &Path, error: StorageError) -> StoreError {
    let text = error.to_string();
    if text.contains("lock") && (text.contains("LOCK") || text.contains("lock hold")) && !text.contains("Permission denied") {
        return StoreError::InUse(path.to_owned());
    }
    match error {
        StorageError::Io(source) if text.contains("Permission denied") || text.contains("Read-only") => {
            StoreError::Unwritable { path: path.to_owned(), source }
        }
        StorageError::Io(source) if source.kind() == io::ErrorKind::NotFound => StoreError::NotAStore(path.to_owned()),
        StorageError::Corruption(_) => StoreError::NotAStore(path.to_owned()),
        error => StoreError::Storage(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{articles, dump, graph, load, rival, rival_facts};

    #[test]
    fn a_store_keeps_its_articles() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/store");
        let mut store = Store::open(&path).unwrap();
        load(&mut store, articles());
        let before = dump(&store);
        let reader = Store::open_read_only(&path).unwrap();
        assert_eq!(dump(&reader), before, "a reader beside the writer");
        drop((store, reader));
        assert_eq!(dump(&Store::open(&path).unwrap()), before);
    }

    #[test]
    fn what_is_no_store_is_told_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let other = dir.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("letter.txt"), "Dear all").unwrap();
        for path in [&other, &other.join("letter.txt")] {
            assert!(matches!(Store::open(path), Err(StoreError::NotAStore(_))), "{path:?}");
            assert!(matches!(Store::open_read_only(path), Err(StoreError::NotAStore(_))), "{path:?}");
        }
        assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
        assert!(matches!(Store::open_read_only(&dir.path().join("nothing")), Err(StoreError::Missing(_))));
        assert!(matches!(Store::open(&other.join("letter.txt/below")), Err(StoreError::Unwritable { .. } | StoreError::NotAStore(_))));
        fs::write(dir.path().join("CURRENT"), "MANIFEST-000001\n").unwrap();
        let error = Store::open_read_only(dir.path()).err().unwrap();
        assert!(matches!(error, StoreError::NotAStore(_)), "{error}");
    }

    #[test]
    fn a_second_writer_is_told_to_wait() {
        let dir = tempfile::tempdir().unwrap();
        let _first = Store::open(dir.path()).unwrap();
        let error = Store::open(dir.path()).err().unwrap();
        assert!(matches!(error, StoreError::InUse(_)), "{error}");
    }

    #[test]
    fn articles_are_listed_and_found_by_id_iri_url_and_name() {
        let store = crate::graph::sample::store(articles());
        let list = store.articles().unwrap();
        let names: Vec<_> = list.iter().filter_map(|article| article.identifier.as_deref()).collect();
        assert_eq!(names, ["alone", "lyon", "rival"]);
        assert_eq!(list[1].claims, 6);
        let lyon = &list[1];
        for wanted in [&lyon.id, iri::article(&lyon.id).as_str(), "https://paper.example/helio-lyon", "lyon"] {
            assert_eq!(store.find_article(wanted).unwrap().as_ref(), Some(lyon), "{wanted}");
        }
        assert_eq!(store.find_article("nobody").unwrap(), None);
        assert!(matches!(
            crate::graph::sample::store([graph(&rival(), &rival_facts())]).remove("no such \u{0}"),
            Err(StoreError::NoArticle(_))
        ));
    }
}
