//! Phrases over word keys. "upward of" is found when it ends, or starts, at a given word.

use rustc_hash::FxHashMap;

use crate::text::key_of;

/// Phrases with a value each, found by their first or last word; the longest wins.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    anchored: FxHashMap<u64, Vec<(Vec<u64>, T)>>,
    anchor: Anchor,
}

/// Which end of a phrase is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Phrases are read onwards from their first word.
    First,
    /// Phrases are read back from their last word.
    Last,
}

impl<T> Phrases<T> {
    /// No phrases yet.
    #[must_use]
    pub fn new(anchor: Anchor) -> Self {
        Self { anchored: FxHashMap::default(), anchor }
    }

    /// Adds a phrase; its words are parted by white space or hyphens. Of two equal phrases the first stays.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut keys: Vec<u64> =
            phrase.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).map(word_key).collect();
        if self.anchor == Anchor::Last {
            keys.reverse();
        }
        let Some(&first) = keys.first() else { return };
        let list = self.anchored.entry(first).or_default();
        if list.iter().all(|(known, _)| *known != keys) {
            let at = list.partition_point(|(known, _)| known.len() >= keys.len());
            list.insert(at, (keys, value));
        }
    }

    /// Whether a phrase may start (or end) with the word.
    #[must_use]
    pub fn anchors(&self, key: u64) -> bool {
        self.anchored.contains_key(&key)
    }

    /// The longest phrase whose words are `key_at(0)`, `key_at(1)`, … away from the anchored end; with its number of words.
    pub fn find(&self, key_at: impl Fn(usize) -> u64) -> Option<(usize, &T)> {
        let list = self.anchored.get(&key_at(0))?;
        list.iter().find(|(keys, _)| keys.iter().enumerate().skip(1).all(|(i, &k)| key_at(i) == k)).map(|(keys, value)| (keys.len(), value))
    }
}

/// The key of a word, without the full stop of an abbreviation.
#[must_use]
pub fn word_key(word: &str) -> u64 {
    let bare = word.trim_end_matches('.');
    key_of(if bare.is_empty() { word } else { bare })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_phrase_wins_from_either_end() {
        for (anchor, text) in [(Anchor::First, ["up", "to", "some"]), (Anchor::Last, ["to", "up", "well"])] {
            let mut phrases = Phrases::new(anchor);
            phrases.add("up", 1);
            phrases.add("to", 2);
            phrases.add("up to", 3);
            let keys = text.map(word_key);
            assert_eq!(phrases.find(|i| keys.get(i).copied().unwrap_or(0)), Some((2, &3)));
        }
    }
}
