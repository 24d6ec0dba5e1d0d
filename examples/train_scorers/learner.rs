//! Fits the networks of the scorers: stochastic gradient descent with one step size a row of weights (Adagrad by rows, after Duchi et al. 2011) and dropout
//! of features and hidden units (Srivastava et al. 2014).

use std::collections::HashMap;

use investgraph::lexicon::{HIDDEN, Task, Weights, softmax};

use crate::oracle::Example;

/// A feature must be seen in this many articles.
const ARTICLES: u32 = 3;
/// Times that the examples are gone through.
const EPOCHS: usize = 8;
/// Share of features left out at each step.
const FEATURE_DROPOUT: f32 = 0.2;
/// Share of hidden units left out at each step.
const HIDDEN_DROPOUT: f32 = 0.3;
/// First step of a weight.
const RATE: f32 = 0.05;
/// What the sum of squared gradients of a weight starts from.
const CAUTION: f32 = 0.3;
/// How strongly weights are drawn to zero at each step.
const DECAY: f32 = 2e-4;

/// Numbers that only look random: the same ones at each run (splitmix64, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn float(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            let j = (self.next() % (i as u64 + 1)) as usize;
            list.swap(i, j);
        }
    }
}

/// The features that enough articles have, in order.
fn kept(examples: &[&Example]) -> Vec<u64> {
    // For each feature the number of its articles and the last of them; examples of an article stand together.
    let mut seen: HashMap<u64, (u32, u32)> = HashMap::new();
    for example in examples {
        for &key in &example.keys {
            let entry = seen.entry(key).or_insert((0, u32::MAX));
            if entry.1 != example.article {
                *entry = (entry.0 + 1, example.article);
            }
        }
    }
    let mut keys: Vec<u64> = seen.into_iter().filter(|(_, (articles, _))| *articles >= ARTICLES).map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys
}

/// Rows of weights with the squared gradients that each row has seen.
struct Layer {
    width: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Layer {
    fn new(width: usize, weights: Vec<f32>) -> Self {
        Self { width, squares: vec![CAUTION; weights.len() / width.max(1)], weights }
    }

    /// One step down for a row.
    fn step(&mut self, row: usize, gradient: &[f32], decay: f32, rate: f32) {
        let square = &mut self.squares[row];
        *square += gradient.iter().map(|g| g * g).sum::<f32>() / self.width as f32;
        let (rate, keep) = (rate / square.sqrt(), 1.0 - rate * decay);
        for (w, g) in self.weights[row * self.width..(row + 1) * self.width].iter_mut().zip(gradient) {
            *w = w.mul_add(keep, -rate * g);
        }
    }
}

/// Fits the network of one task.
pub(crate) fn fit(task: Task, examples: &[&Example]) -> Weights {
    let classes = task.classes().len();
    let keys = kept(examples);
    let index: HashMap<u64, u32> = keys.iter().enumerate().map(|(i, k)| (*k, i as u32)).collect();
    let rows: Vec<(Vec<u32>, usize)> =
        examples.iter().map(|e| (e.keys.iter().filter_map(|k| index.get(k).copied()).collect(), e.label)).collect();
    let mut random = Random(task as u64 + 1);
    let mut around =
        |rows: usize, width: usize, size: f32| Layer::new(width, (0..rows * width).map(|_| (random.float() - 0.5) * 2.0 * size).collect());
    let mut hidden = around(keys.len(), HIDDEN, 0.05);
    let mut deep = around(classes, HIDDEN, 0.3);
    let mut wide = around(keys.len(), classes, 0.0);
    let mut hidden_bias = around(1, HIDDEN, 0.1);
    let mut bias = around(1, classes, 0.0);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut chosen: Vec<u32> = Vec::new();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let rate = RATE * (1.0 - epoch as f32 / EPOCHS as f32);
        for &example in &order {
            let (features, label) = &rows[example];
            chosen.clear();
            chosen.extend(features.iter().copied().filter(|_| random.float() >= FEATURE_DROPOUT));
            let scale = 1.0 / (1.0 - FEATURE_DROPOUT);
            let mut sums = [0.0_f32; HIDDEN];
            let mut scores = bias.weights.clone();
            for &f in &chosen {
                let f = f as usize;
                for (sum, w) in sums.iter_mut().zip(&hidden.weights[f * HIDDEN..(f + 1) * HIDDEN]) {
                    *sum += w;
                }
                for (score, w) in scores.iter_mut().zip(&wide.weights[f * classes..(f + 1) * classes]) {
                    *score += w * scale;
                }
            }
            // How a unit passes on its sum: not at all below zero or when left out.
            let mut gate = [0.0_f32; HIDDEN];
            for ((gate, sum), b) in gate.iter_mut().zip(&mut sums).zip(&hidden_bias.weights) {
                *sum = sum.mul_add(scale, *b);
                let open = *sum > 0.0 && random.float() >= HIDDEN_DROPOUT;
                *gate = if open { 1.0 / (1.0 - HIDDEN_DROPOUT) } else { 0.0 };
            }
            for (class, score) in scores.iter_mut().enumerate() {
                let weights = &deep.weights[class * HIDDEN..(class + 1) * HIDDEN];
                *score += weights.iter().zip(&sums).zip(&gate).map(|((w, s), g)| w * s * g).sum::<f32>();
            }
            softmax(&mut scores);
            scores[*label] -= 1.0;
            let mut back = [0.0_f32; HIDDEN];
            for (class, delta) in scores.iter().enumerate() {
                let weights = &deep.weights[class * HIDDEN..(class + 1) * HIDDEN];
                for ((b, w), g) in back.iter_mut().zip(weights).zip(&gate) {
                    *b += delta * w * g;
                }
            }
            for (class, delta) in scores.iter().enumerate() {
                let mut gradient = [0.0_f32; HIDDEN];
                for ((out, s), g) in gradient.iter_mut().zip(&sums).zip(&gate) {
                    *out = delta * s * g;
                }
                deep.step(class, &gradient, DECAY, rate);
            }
            hidden_bias.step(0, &back, 0.0, rate);
            bias.step(0, &scores, 0.0, rate);
            for b in &mut back {
                *b *= scale;
            }
            for score in &mut scores {
                *score *= scale;
            }
            for &f in &chosen {
                hidden.step(f as usize, &back, DECAY, rate);
                wide.step(f as usize, &scores, DECAY, rate);
            }
        }
    }
    let mut start = [0.0; HIDDEN];
    start.copy_from_slice(&hidden_bias.weights);
    Weights { keys, hidden: hidden.weights, wide: wide.weights, hidden_bias: start, deep: deep.weights, bias: bias.weights }
}
