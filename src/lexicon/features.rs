//! What speaks for and against a decision. "lead-in, into" → a key; a candidate is the bag of its keys.

use crate::text::key_of;

/// The features of one candidate; each is a template with up to two words. A feature that is added twice counts twice.
#[derive(Debug, Default)]
pub struct Features {
    keys: Vec<u64>,
    names: Option<Vec<String>>,
}

impl Features {
    /// Features without their names, for scoring.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Features that keep their names, for study.
    #[must_use]
    pub fn named() -> Self {
        Self { keys: Vec::new(), names: Some(Vec::new()) }
    }

    /// Removes all features.
    pub fn clear(&mut self) {
        self.keys.clear();
        if let Some(names) = &mut self.names {
            names.clear();
        }
    }

    /// Adds a feature without words.
    pub fn add(&mut self, template: &str) {
        self.push(template, 0, 0, || template.to_owned());
    }

    /// Adds a feature with one word.
    pub fn add1(&mut self, template: &str, word: &str) {
        self.push(template, key_of(word), 0, || format!("{template}={}", word.to_lowercase()));
    }

    /// Adds a feature with two words.
    pub fn add2(&mut self, template: &str, first: &str, second: &str) {
        self.push(template, key_of(first), key_of(second), || format!("{template}={}|{}", first.to_lowercase(), second.to_lowercase()));
    }

    /// Adds a feature with a number and a word.
    pub fn add_number(&mut self, template: &str, number: u16, word: &str) {
        self.push(template, u64::from(number) + 1, key_of(word), || format!("{template}=#{number}|{}", word.to_lowercase()));
    }

    /// Adds a copy of every feature so far, crossed with a word: the feature as it counts in one kind of case.
    pub fn cross(&mut self, word: &str) {
        let word_key = key_of(word);
        for i in 0..self.keys.len() {
            self.keys.push(mix(self.keys[i], word_key));
            if let Some(names) = &mut self.names {
                names.push(format!("{}×{word}", names[i]));
            }
        }
    }

    /// Adds features by their keys.
    pub fn extend(&mut self, keys: &[u64]) {
        self.keys.extend_from_slice(keys);
    }

    #[inline]
    fn push(&mut self, template: &str, first: u64, second: u64, name: impl Fn() -> String) {
        self.keys.push(mix(mix(key_of(template), first), second));
        if let Some(names) = &mut self.names {
            names.push(name());
        }
    }

    /// The hashed features.
    #[must_use]
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The features' names, when they are kept.
    #[must_use]
    pub fn names(&self) -> Option<&[String]> {
        self.names.as_deref()
    }
}

const fn mix(hash: u64, key: u64) -> u64 {
    (hash.rotate_left(23) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_with_keys_and_case_does_not_count() {
        let mut features = Features::named();
        features.add("plain");
        features.add1("next", "Invests");
        features.add2("pair", "Café", "b");
        features.cross("total");
        assert_eq!(
            features.names().unwrap(),
            ["plain", "next=invests", "pair=café|b", "plain×total", "next=invests×total", "pair=café|b×total"]
        );
        let mut lower = Features::new();
        lower.add1("next", "invests");
        assert_eq!(lower.keys()[0], features.keys()[1]);
        let mut keys = features.keys().to_vec();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 6);
    }
}
