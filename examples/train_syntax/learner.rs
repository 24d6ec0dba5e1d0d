//! Learns weights by the averaged perceptron, and draws the seeded chance that training needs.

use investgraph::text::syntax::training::Index;

/// A seeded source of chance (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number from 0 to `bound`, `bound` excluded.
    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below a usize")]
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Brings items into a random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// Weights in training. `drift` sums each change times the moment it was made, which gives the mean over time.
pub(crate) struct Learner<'a, const W: usize> {
    index: Index<'a>,
    weights: Vec<[f32; W]>,
    drift: Vec<[f32; W]>,
    clock: f32,
}

impl<'a, const W: usize> Learner<'a, W> {
    /// Starts with weights of zero for the features of an index.
    pub(crate) fn new(index: &'a [u8]) -> Self {
        let rows = index.len() / 2;
        Self { index: Index::new(index), weights: vec![[0.0; W]; rows], drift: vec![[0.0; W]; rows], clock: 1.0 }
    }

    /// Rows of those features that have one.
    pub(crate) fn rows(&self, features: &[u32], rows: &mut Vec<usize>) {
        rows.clear();
        rows.extend(features.iter().filter_map(|&feature| self.index.find(feature)));
    }

    /// Sums the weights of rows.
    pub(crate) fn score(&self, rows: &[usize]) -> [f32; W] {
        let mut scores = [0.0; W];
        for &row in rows {
            for (score, weight) in scores.iter_mut().zip(&self.weights[row]) {
                *score += weight;
            }
        }
        scores
    }

    /// Lets a moment pass; if the guess was wrong, moves the weights towards the right class.
    pub(crate) fn learn(&mut self, rows: &[usize], right: usize, guess: usize) {
        if right != guess {
            for &row in rows {
                self.weights[row][right] += 1.0;
                self.weights[row][guess] -= 1.0;
                self.drift[row][right] += self.clock;
                self.drift[row][guess] -= self.clock;
            }
        }
        self.clock += 1.0;
    }

    /// Ends the training with the weights' means over time.
    pub(crate) fn finish(mut self) -> Vec<[f32; W]> {
        for (weights, drift) in self.weights.iter_mut().zip(&self.drift) {
            for (weight, drift) in weights.iter_mut().zip(drift) {
                *weight -= drift / self.clock;
            }
        }
        self.weights
    }

    /// Takes finished weights, to score with them.
    pub(crate) fn with(index: &'a [u8], weights: Vec<[f32; W]>) -> Self {
        Self { index: Index::new(index), weights, drift: Vec::new(), clock: 1.0 }
    }
}

/// Sums weights learned from the same sentences in different orders.
pub(crate) fn add<const W: usize>(sum: &mut Vec<[f32; W]>, weights: Vec<[f32; W]>) {
    if sum.is_empty() {
        *sum = weights;
        return;
    }
    for (sum, weight) in sum.iter_mut().flatten().zip(weights.into_iter().flatten()) {
        *sum += weight;
    }
}

/// Index of the highest score, the first on a tie.
pub(crate) fn argmax(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, class| if scores[class] > scores[best] { class } else { best })
}
