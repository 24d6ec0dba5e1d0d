//! Words that are used alike. "brewer", "winemaker" → one cluster, so that what is learned of one word holds for the others.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::files::{Files, LexiconError};
use crate::text::key_of;

const FILE: &str = "lexicon/word_clusters.csv";

/// The clusters of words.
#[derive(Debug, Default)]
pub struct Clusters {
    of_word: FxHashMap<u64, u16>,
}

#[derive(Deserialize)]
struct Row {
    cluster: u16,
    /// Parted by blanks.
    words: String,
}

impl Clusters {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let mut clusters = Self::default();
        for (line, row) in files.rows::<Row>(FILE)? {
            for word in row.words.split(' ') {
                if clusters.of_word.insert(key_of(word), row.cluster).is_some() {
                    return Err(LexiconError::line(FILE, line, format!("\"{word}\" is in two clusters")));
                }
            }
        }
        Ok(clusters)
    }

    /// The cluster of a word by its key.
    #[must_use]
    pub fn of(&self, key: u64) -> Option<u16> {
        self.of_word.get(&key).copied()
    }
}
