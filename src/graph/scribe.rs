//! Writes article graphs with one set of names and one extractor. `Scribe` + `Article` + `ArticleFacts` → `ArticleGraph`.

use super::claims::{self, ArticleGraph, article_graph};
use super::names::Names;
use crate::article::Article;
use crate::fact::ArticleFacts;
use crate::lexicon::{Lexicon, LexiconError};

/// The folders of the ontology that decide what an article yields.
const DECISIVE: [&str; 4] = ["gazetteer", "lexicon", "patterns", "scorers"];

/// Knows the names of the gazetteer, and which extractor read the articles.
#[derive(Clone, Debug)]
pub struct Scribe {
    names: Names,
    extractor: String,
}

impl Scribe {
    /// A scribe for facts that this lexicon yields, under settings such as "confidence from 0.8", or none.
    pub fn new(lexicon: &Lexicon, settings: &str) -> Result<Self, LexiconError> {
        let digest = lexicon.files().digest(&DECISIVE)?;
        let comma = if settings.is_empty() { "" } else { ", " };
        let extractor = format!("{}, ontology {}{comma}{settings}", claims::EXTRACTOR, &digest[..12]);
        Ok(Self { names: Names::new(lexicon)?, extractor })
    }

    /// Name, version and data of the extractor.
    #[must_use]
    pub fn extractor(&self) -> &str {
        &self.extractor
    }

    /// The hash that the article's graph will bear, known before any fact is.
    #[must_use]
    pub fn hash(&self, article: &Article) -> String {
        claims::hash(article, &self.extractor)
    }

    /// The article's graph.
    #[must_use]
    pub fn graph(&self, article: &Article, facts: &ArticleFacts) -> ArticleGraph {
        article_graph(article, facts, &self.names, &self.extractor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extractor_names_its_version_data_and_settings() {
        let lexicon = Lexicon::embedded().unwrap();
        let plain = Scribe::new(&lexicon, "").unwrap();
        let strict = Scribe::new(&lexicon, "confidence from 0.8").unwrap();
        assert!(plain.extractor().starts_with("investgraph "), "{}", plain.extractor());
        assert_eq!(strict.extractor(), format!("{}, confidence from 0.8", plain.extractor()));
        assert_ne!(plain.hash(&Article::default()), strict.hash(&Article::default()));
    }
}
