//! The small words of English, by which a text in English is known at a glance. "The plant will be built in Lyon" → 4 of 7 words.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::files::{Files, LexiconError};

/// Articles, prepositions, pronouns, auxiliary verbs.
#[derive(Debug)]
pub struct FunctionWords(FxHashSet<String>);

#[derive(Deserialize)]
struct Row {
    word: String,
}

impl FunctionWords {
    /// Reads the list.
    ///
    /// # Errors
    /// When the file is missing or a row is not sound; the error names file and line.
    pub fn load(files: &Files) -> Result<Self, LexiconError> {
        let rows = files.rows::<Row>("lexicon/function_words.csv")?;
        Ok(Self(rows.into_iter().map(|(_, row)| row.word.to_lowercase()).collect()))
    }

    /// How many of the first words of a text, at most `most`, are such words, and how many words were looked at.
    #[must_use]
    pub fn count(&self, text: &str, most: usize) -> (usize, usize) {
        let mut found = 0;
        let mut all = 0;
        let mut lower = String::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(most) {
            all += 1;
            lower.clear();
            lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            found += usize::from(self.0.contains(&lower));
        }
        (found, all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_counted_whatever_their_case() {
        let words = FunctionWords::load(&Files::Embedded).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(words.count("THE plant will be built in Lyon", 100), (4, 7));
        assert_eq!(words.count("The the plant the", 3), (2, 3));
        assert_eq!(words.count("", 3), (0, 0));
    }
}
