//! What we know, as data: loads and checks the CSV and TOML files of `ontology/`.
//!
//! The files are built into the binary; a folder of the same layout can stand in for them. Every error names file and line.

mod boilerplate;
mod clusters;
mod features;
mod files;
mod function_words;
mod gazetteer;
mod names;
mod patterns;
mod phrase;
mod quantity;
mod scorer;
mod scorers;
mod table;
mod word_classes;

use std::path::Path;

pub use boilerplate::{Boilerplate, Cue};
pub use clusters::Clusters;
pub use features::Features;
pub use files::{Files, LexiconError};
pub use function_words::FunctionWords;
pub use gazetteer::{Body, Company, Country, Currency, Gazetteer, Initiative, Place, PlaceKind};
pub use names::{NameEntry, NameIndex, NameKind};
pub use patterns::{Pattern, Patterns, Trigger};
pub use phrase::{Anchor, Phrases, word_key};
pub use quantity::{Bound, CurrencyCode, NotACode, Per, QuantityRows, QuantityWords, rows, words};
pub use scorer::{HIDDEN, Probabilities, Scorer, Weights, softmax};
pub use scorers::{Candidate, Judge, Scorers, Task};
pub use word_classes::{Class, Words};

use crate::text::Abbreviations;

/// All word lists and name lists, checked and indexed.
#[derive(Debug)]
pub struct Lexicon {
    gazetteer: Gazetteer,
    names: NameIndex,
    words: Words,
    clusters: Clusters,
    patterns: Patterns,
    quantities: QuantityWords,
    scorers: Scorers,
    files: Files,
}

impl Lexicon {
    /// Loads the data that is built into the binary.
    ///
    /// # Errors
    /// When a file of the ontology is not sound; the error names file and line.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::load(&Files::Embedded)
    }

    /// Loads the data from a folder laid out as `ontology/`.
    ///
    /// # Errors
    /// When a file is missing or not sound; the error names file and line.
    pub fn from_dir(dir: &Path) -> Result<Self, LexiconError> {
        Self::load(&Files::Dir(dir.to_path_buf()))
    }

    fn load(files: &Files) -> Result<Self, LexiconError> {
        // The clusters take about as long as all the rest, so they load beside it.
        std::thread::scope(|scope| {
            let clusters = scope.spawn(|| Clusters::load(files));
            let gazetteer = Gazetteer::load(files)?;
            let words = Words::load(files)?;
            let names = NameIndex::build(&gazetteer, &words);
            let patterns = Patterns::load(files)?;
            let quantities = QuantityWords::new(&QuantityRows::load(files)?);
            let scorers = Scorers::load(files)?;
            let clusters = clusters.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok(Self { gazetteer, names, words, clusters, patterns, quantities, scorers, files: files.clone() })
        })
    }

    /// The lists of names.
    #[must_use]
    pub const fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The index of all names, for matching in text.
    #[must_use]
    pub const fn names(&self) -> &NameIndex {
        &self.names
    }

    /// The classes of words.
    #[must_use]
    pub const fn words(&self) -> &Words {
        &self.words
    }

    /// The clusters of words that are used alike.
    #[must_use]
    pub const fn clusters(&self) -> &Clusters {
        &self.clusters
    }

    /// Words of money, counts and years.
    #[must_use]
    pub const fn quantities(&self) -> &QuantityWords {
        &self.quantities
    }

    /// The learned judges of candidates.
    #[must_use]
    pub const fn scorers(&self) -> &Scorers {
        &self.scorers
    }

    /// Puts another scorer in the place of a task's, to measure it.
    pub fn set_scorer(&mut self, task: Task, scorer: Scorer) {
        self.scorers.set(task, scorer);
    }

    /// The patterns and their triggers.
    #[must_use]
    pub const fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// Words that keep their full stop.
    #[must_use]
    pub const fn abbreviations(&self) -> &Abbreviations {
        self.words.abbreviations()
    }

    /// The files that the lexicon was loaded from.
    #[must_use]
    pub const fn files(&self) -> &Files {
        &self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_data_is_sound() {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        assert!(lexicon.gazetteer().country("FR").is_some_and(|c| c.adjectives.iter().any(|a| a == "French")));
    }
}
