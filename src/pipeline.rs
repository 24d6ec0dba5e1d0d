//! Article → [`ArticleFacts`]: the one place where the stages of extraction meet.

use crate::article::Article;
use crate::fact::{ArticleFacts, Reading, assemble};
use crate::lexicon::{Judge, Lexicon};
use crate::text::Document;

/// Extracts facts from articles. Holds the lexicon and nothing else: extraction is a pure function of article and lexicon.
#[derive(Debug)]
pub struct Extractor {
    lexicon: Lexicon,
}

impl Extractor {
    /// An extractor that knows what the lexicon knows.
    #[must_use]
    pub const fn new(lexicon: Lexicon) -> Self {
        Self { lexicon }
    }

    /// What the extractor knows.
    #[must_use]
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The facts of one article.
    #[must_use]
    pub fn extract(&self, article: &Article) -> ArticleFacts {
        self.extract_judged(article, &mut self.lexicon.scorers())
    }

    /// The facts of one article, with every learned decision made by `judge`.
    pub fn extract_judged(&self, article: &Article, judge: &mut impl Judge) -> ArticleFacts {
        let doc = Document::read(&article.text, self.lexicon.abbreviations());
        let reading = Reading::new(&doc, &self.lexicon, judge);
        assemble(&article.article, &reading, judge)
    }
}
