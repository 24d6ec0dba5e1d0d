//! Weighs what claims say against each other. Values with their articles → the best supported one.

use std::collections::{BTreeMap, BTreeSet};

/// What stands behind one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Support {
    article: String,
    /// In hundredths.
    confidence: u32,
}

impl Support {
    /// An article's word, without a figure for how sure the extractor is.
    #[must_use]
    pub(super) fn of_article(article: &str) -> Self {
        Self { article: article.to_owned(), confidence: 100 }
    }

    /// An article's claim with the extractor's confidence from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to 0 … 100 before")]
    pub(super) fn of_claim(article: &str, confidence: f64) -> Self {
        Self { article: article.to_owned(), confidence: (confidence.clamp(0.0, 1.0) * 100.0).round() as u32 }
    }

    /// The confidence in hundredths.
    #[must_use]
    pub(super) const fn confidence(&self) -> u32 {
        self.confidence
    }
}

/// Counts who says what, whatever the order of the asking.
#[derive(Clone, Debug)]
pub(super) struct Tally<V> {
    values: BTreeMap<V, BTreeSet<(String, u32)>>,
}

impl<V> Default for Tally<V> {
    fn default() -> Self {
        Self { values: BTreeMap::new() }
    }
}

impl<V: Ord> Tally<V> {
    /// Notes that `support` stands behind `value`.
    pub(super) fn add(&mut self, value: V, support: &Support) {
        self.values.entry(value).or_default().insert((support.article.clone(), support.confidence));
    }

    /// Whether somebody stands behind a value.
    #[must_use]
    pub(super) fn holds(&self, value: &V) -> bool {
        self.values.contains_key(value)
    }

    /// The best value among those that pass.
    #[must_use]
    pub(super) fn best_of(mut self, passes: impl Fn(&V) -> bool) -> Option<V> {
        self.values.retain(|value, _| passes(value));
        self.best()
    }

    /// The value that most articles give, then the surest; among equals the last in the values' own order.
    #[must_use]
    pub(super) fn best(self) -> Option<V> {
        let rank = |supports: &BTreeSet<(String, u32)>| {
            let articles = supports.iter().map(|(article, _)| article).collect::<BTreeSet<_>>().len();
            let surest = supports.iter().map(|&(_, confidence)| confidence).max().unwrap_or_default();
            (articles, surest)
        };
        self.values.into_iter().max_by_key(|(_, supports)| rank(supports)).map(|(value, _)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(entries: &[(&'static str, &str, f64)]) -> Tally<&'static str> {
        let mut tally = Tally::default();
        for (value, article, confidence) in entries {
            tally.add(*value, &Support::of_claim(article, *confidence));
        }
        tally
    }

    #[test]
    fn more_articles_outweigh_a_surer_one() {
        assert_eq!(tally(&[("1.2", "a", 0.5), ("1.2", "b", 0.5), ("1.3", "c", 0.9)]).best(), Some("1.2"));
        assert_eq!(tally(&[("1.2", "a", 0.5), ("1.2", "a", 0.6), ("1.3", "c", 0.9)]).best(), Some("1.3"));
    }

    #[test]
    fn the_order_of_claims_does_not_matter() {
        let one = tally(&[("x", "a", 0.5), ("y", "b", 0.5)]).best();
        let other = tally(&[("y", "b", 0.5), ("x", "a", 0.5)]).best();
        assert_eq!(one, other);
        assert_eq!(tally(&[]).best(), None);
    }
}
