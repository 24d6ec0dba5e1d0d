//! Linear scorers with readable weights. Features of a candidate → a probability for each class.
//!
//! A scorer is a softmax over the sum of its features' weights (multinomial logistic regression). Its weights are a CSV table
//! in `ontology/scorers/`, one feature a row and one class a column, so that every decision can be read and explained.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::files::{Files, LexiconError};
use crate::text::key_of;

/// The features of one candidate; each is a template with up to two words.
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

    /// Features that keep their names, for training and for explanations.
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

    /// Adds a copy of every feature so far, crossed with a word: the feature as it counts in one kind of case.
    pub fn cross(&mut self, word: &str) {
        let word_key = key_of(word);
        for i in 0..self.keys.len() {
            self.keys.push(mix(self.keys[i], word_key));
            if let Some(names) = &mut self.names {
                names.push(format!("{}{CROSS}{word}", names[i]));
            }
        }
    }

    fn push(&mut self, template: &str, first: u64, second: u64, name: impl Fn() -> String) {
        let key = mix(mix(key_of(template), first), second);
        if self.keys.contains(&key) {
            return;
        }
        self.keys.push(key);
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

fn mix(hash: u64, key: u64) -> u64 {
    (hash.rotate_left(23) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Parts a crossed feature from the word that it is crossed with.
const CROSS: char = '×';

/// The key of a feature by its name, as [`Features`] makes it.
fn key_of_name(name: &str) -> u64 {
    if let Some((rest, word)) = name.rsplit_once(CROSS) {
        return mix(key_of_name(rest), key_of(word));
    }
    let (template, words) = name.split_once('=').unwrap_or((name, ""));
    let has_words = name.contains('=');
    let (first, second) = match words.split_once('|') {
        Some((first, second)) => (key_of(first), key_of(second)),
        None => (if has_words { key_of(words) } else { 0 }, 0),
    };
    mix(mix(key_of(template), first), second)
}

/// A probability for each class.
pub type Probabilities = SmallVec<[f32; 8]>;

/// A multinomial logistic regression over hashed features.
#[derive(Debug, Default, Clone)]
pub struct Scorer {
    classes: Vec<String>,
    rows: FxHashMap<u64, u32>,
    weights: Vec<f32>,
}

/// The feature that every candidate has.
pub const BIAS: &str = "bias";

impl Scorer {
    /// A scorer from its weights: for each feature name one weight a class.
    #[must_use]
    pub fn from_weights(classes: Vec<String>, weights: &[(String, Vec<f32>)]) -> Self {
        let mut scorer = Self { classes, ..Self::default() };
        for (name, row) in weights {
            scorer.insert(name, row.iter().copied());
        }
        scorer
    }

    fn insert(&mut self, name: &str, row: impl Iterator<Item = f32>) {
        let index = u32::try_from(self.weights.len() / self.classes.len().max(1)).unwrap_or(u32::MAX);
        self.rows.insert(key_of_name(name), index);
        self.weights.extend(row);
    }

    pub(super) fn load(files: &Files, file: &str) -> Result<Self, LexiconError> {
        let text = files.read(file)?;
        let mut lines = text.lines().enumerate();
        let header = lines.next().map_or("", |(_, line)| line);
        let mut scorer = Self { classes: header.split('\t').skip(1).map(str::to_owned).collect(), ..Self::default() };
        for (number, line) in lines {
            let fault = |message: &str| LexiconError::line(file, number as u64 + 1, message);
            let mut fields = line.split('\t');
            let name = fields.next().unwrap_or_default();
            let row: Result<SmallVec<[f32; 8]>, _> = fields.map(str::parse::<f32>).collect();
            let row = row.map_err(|_| fault("a weight is no number"))?;
            if row.len() != scorer.classes.len() {
                return Err(fault("not one weight for each class"));
            }
            scorer.insert(name, row.into_iter());
        }
        Ok(scorer)
    }

    /// The names of the classes, in the order of the probabilities.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The probability of each class.
    #[must_use]
    pub fn probabilities(&self, features: &Features) -> Probabilities {
        let n = self.classes.len();
        let mut sums: Probabilities = SmallVec::from_elem(0.0, n);
        let bias = mix(mix(key_of(BIAS), 0), 0);
        for key in features.keys.iter().chain(std::iter::once(&bias)) {
            if let Some(&row) = self.rows.get(key) {
                let start = row as usize * n;
                for (sum, weight) in sums.iter_mut().zip(&self.weights[start..start + n]) {
                    *sum += weight;
                }
            }
        }
        softmax(&mut sums);
        sums
    }

    /// The probability of the last class: of "yes" where the classes are "no" and "yes".
    #[must_use]
    pub fn probability(&self, features: &Features) -> f32 {
        self.probabilities(features).last().copied().unwrap_or(0.0)
    }

    /// The features that speak most for a class, with their weights against the mean of the others.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a handful of classes")]
    pub fn reasons(&self, features: &Features, class: usize, most: usize) -> Vec<(String, f32)> {
        let n = self.classes.len();
        let mut reasons: Vec<(String, f32)> = Vec::new();
        for (key, name) in features.keys.iter().zip(features.names().unwrap_or_default()) {
            if let Some(&row) = self.rows.get(key) {
                let row = &self.weights[row as usize * n..row as usize * n + n];
                let mean = row.iter().sum::<f32>() / row.len() as f32;
                reasons.push((name.clone(), row[class] - mean));
            }
        }
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        reasons.truncate(most);
        reasons
    }
}

/// Turns sums into probabilities, in place.
fn softmax(sums: &mut [f32]) {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for sum in &mut *sums {
        *sum = (*sum - most).exp();
        total += *sum;
    }
    for sum in sums {
        *sum /= total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_features_have_the_same_keys() {
        let mut features = Features::named();
        features.add("plain");
        features.add1("next", "Invests");
        features.add2("pair", "Café", "b");
        features.cross("total");
        let names = features.names().map(<[String]>::to_vec).unwrap_or_default();
        for (key, name) in features.keys().iter().zip(&names) {
            assert_eq!(*key, key_of_name(name), "{name}");
        }
    }

    #[test]
    fn probabilities_follow_the_weights() {
        let weights = vec![(BIAS.to_owned(), vec![1.0, 0.0]), ("good".to_owned(), vec![0.0, 3.0])];
        let scorer = Scorer::from_weights(vec!["no".into(), "yes".into()], &weights);
        let mut features = Features::named();
        assert!(scorer.probability(&features) < 0.5);
        features.add("good");
        assert!(scorer.probability(&features) > 0.8);
        assert_eq!(scorer.reasons(&features, 1, 3)[0].0, "good");
    }
}
