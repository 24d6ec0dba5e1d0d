//! Small networks that decide. Features of a candidate → a probability for each class.
//!
//! Every feature has a row of weights: some for the hidden units, one for each class. The rows of a candidate's features are
//! added up; the hidden sums pass a rectifier and a second layer, the class sums go straight to the softmax, so that the whole is a
//! multinomial logistic regression over features with a correction for how they act together (a wide and deep network,
//! Cheng et al. 2016). Rows are stored as bytes, each layer with one scale.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::Features;
use super::files::{Files, LexiconError};

/// A probability for each class.
pub type Probabilities = SmallVec<[f32; 8]>;

/// Number of hidden units.
pub const HIDDEN: usize = 32;

/// What a file of weights begins with.
const MAGIC: &[u8; 8] = b"igscore1";

/// The weights of a network as they are learned.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// The features by their keys.
    pub keys: Vec<u64>,
    /// For each feature its [`HIDDEN`] weights, one feature after the other.
    pub hidden: Vec<f32>,
    /// For each feature its weight for each class.
    pub wide: Vec<f32>,
    /// What the hidden sums start from.
    pub hidden_bias: [f32; HIDDEN],
    /// For each class its weights of the hidden units.
    pub deep: Vec<f32>,
    /// What the class sums start from.
    pub bias: Vec<f32>,
}

/// A network over hashed features.
#[derive(Debug, Clone, Default)]
pub struct Scorer {
    classes: usize,
    /// Number of slots less one, a power of two less one.
    mask: usize,
    /// For each slot the upper half of its key and its row, counted from 1; 0 where the slot is free. Eight bytes each, little-endian.
    slots: Cow<'static, [u8]>,
    /// Rows of [`HIDDEN`] and `classes` weights.
    rows: Cow<'static, [u8]>,
    hidden_scale: f32,
    wide_scale: f32,
    hidden_bias: [f32; HIDDEN],
    deep: Vec<f32>,
    bias: Vec<f32>,
}

impl Scorer {
    /// Packs weights.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "rounded into a byte, a key cut into halves")]
    pub fn new(weights: &Weights) -> Self {
        let classes = weights.bias.len();
        let scale = |list: &[f32]| list.iter().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs())) / 127.0;
        let (hidden_scale, wide_scale) = (scale(&weights.hidden), scale(&weights.wide));
        let size = (weights.keys.len() * 2).next_power_of_two().max(2);
        let mask = size - 1;
        let mut slots = vec![0_u8; size * 8];
        let mut rows = Vec::with_capacity(weights.keys.len() * (HIDDEN + classes));
        for (row, &key) in weights.keys.iter().enumerate() {
            let mut at = key as usize & mask;
            while slots[at * 8 + 4..at * 8 + 8] != [0; 4] {
                at = (at + 1) & mask;
            }
            slots[at * 8..at * 8 + 4].copy_from_slice(&((key >> 32) as u32).to_le_bytes());
            slots[at * 8 + 4..at * 8 + 8].copy_from_slice(&(row as u32 + 1).to_le_bytes());
            let pack = |w: &f32, scale: f32| ((w / scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
            rows.extend(weights.hidden[row * HIDDEN..(row + 1) * HIDDEN].iter().map(|w| pack(w, hidden_scale)));
            rows.extend(weights.wide[row * classes..(row + 1) * classes].iter().map(|w| pack(w, wide_scale)));
        }
        Self {
            classes,
            mask,
            slots: slots.into(),
            rows: rows.into(),
            hidden_scale,
            wide_scale,
            hidden_bias: weights.hidden_bias,
            deep: weights.deep.clone(),
            bias: weights.bias.clone(),
        }
    }

    /// The scorer as a file.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "numbers of classes and rows")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in [self.classes, self.mask, self.rows.len()] {
            bytes.extend((number as u32).to_le_bytes());
        }
        let floats = [self.hidden_scale, self.wide_scale].into_iter().chain(self.hidden_bias);
        for float in floats.chain(self.deep.iter().copied()).chain(self.bias.iter().copied()) {
            bytes.extend(float.to_le_bytes());
        }
        bytes.extend_from_slice(&self.slots);
        bytes.extend_from_slice(&self.rows);
        bytes
    }

    /// Reads what [`Scorer::to_bytes`] wrote; nothing when it is no such file.
    #[must_use]
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let mut at = 0;
        let mut four = || -> Option<[u8; 4]> {
            at += 4;
            bytes.get(at - 4..at)?.try_into().ok()
        };
        let magic = [four()?, four()?].concat();
        let (classes, mask, length) = (number(four()?), number(four()?), number(four()?));
        if magic != MAGIC || classes == 0 || classes > 64 {
            return None;
        }
        let (hidden_scale, wide_scale) = (f32::from_le_bytes(four()?), f32::from_le_bytes(four()?));
        let mut hidden_bias = [0.0; HIDDEN];
        for bias in &mut hidden_bias {
            *bias = f32::from_le_bytes(four()?);
        }
        let mut floats = |count: usize| (0..count).map(|_| four().map(f32::from_le_bytes)).collect::<Option<Vec<f32>>>();
        let (deep, bias) = (floats(classes * HIDDEN)?, floats(classes)?);
        let rows_at = at + (mask + 1) * 8;
        let end = rows_at + length;
        if end != bytes.len() || !(mask + 1).is_power_of_two() {
            return None;
        }
        let (slots, rows) = match bytes {
            Cow::Borrowed(bytes) => (Cow::Borrowed(bytes.get(at..rows_at)?), Cow::Borrowed(bytes.get(rows_at..end)?)),
            Cow::Owned(bytes) => (bytes.get(at..rows_at)?.to_vec().into(), bytes.get(rows_at..end)?.to_vec().into()),
        };
        Some(Self { classes, mask, slots, rows, hidden_scale, wide_scale, hidden_bias, deep, bias })
    }

    pub(super) fn load(files: &Files, file: &str) -> Result<Self, LexiconError> {
        let fault = || LexiconError::line(file, 1, "no file of weights, or of another version; train_scorers writes them");
        Self::from_bytes(files.read_bytes(file)?).ok_or_else(fault)
    }

    /// Number of classes.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.classes
    }

    /// The probability of each class.
    #[must_use]
    pub fn probabilities(&self, features: &Features) -> Probabilities {
        let width = HIDDEN + self.classes;
        let mut hidden = [0_i32; HIDDEN];
        let mut wide: SmallVec<[i32; 8]> = SmallVec::from_elem(0, self.classes);
        for &key in features.keys() {
            let Some(row) = self.row(key) else { continue };
            let Some((first, rest)) = self.rows[row * width..(row + 1) * width].split_first_chunk::<HIDDEN>() else { continue };
            for (sum, &weight) in hidden.iter_mut().zip(first) {
                *sum += i32::from(weight.cast_signed());
            }
            for (sum, &weight) in wide.iter_mut().zip(rest) {
                *sum += i32::from(weight.cast_signed());
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "sums of some hundred bytes")]
        let float = |sum: i32| sum as f32;
        let mut active = [0.0_f32; HIDDEN];
        for ((active, &sum), bias) in active.iter_mut().zip(&hidden).zip(&self.hidden_bias) {
            *active = float(sum).mul_add(self.hidden_scale, *bias).max(0.0);
        }
        let mut sums: Probabilities = (0..self.classes)
            .map(|class| {
                let deep = &self.deep[class * HIDDEN..(class + 1) * HIDDEN];
                let deep: f32 = active.iter().zip(deep).map(|(a, w)| a * w).sum();
                float(wide[class]).mul_add(self.wide_scale, self.bias[class]) + deep
            })
            .collect();
        softmax(&mut sums);
        sums
    }

    /// The row of a feature.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a key cut into halves")]
    fn row(&self, key: u64) -> Option<usize> {
        let upper = (key >> 32) as u32;
        let mut at = key as usize & self.mask;
        loop {
            let slot = self.slots[at * 8..].first_chunk::<8>()?;
            let slot = u64::from_le_bytes(*slot);
            if slot >> 32 == 0 {
                return None;
            }
            if slot as u32 == upper {
                return Some((slot >> 32) as usize - 1);
            }
            at = (at + 1) & self.mask;
        }
    }
}

const fn number(bytes: [u8; 4]) -> usize {
    u32::from_le_bytes(bytes) as usize
}

/// Turns sums into probabilities, in place.
pub fn softmax(sums: &mut [f32]) {
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

    fn features(words: &[&str]) -> Features {
        let mut features = Features::new();
        for word in words {
            features.add(word);
        }
        features
    }

    /// A scorer of "good" and "odd", of which each speaks for "yes" and both together for "no".
    fn scorer() -> Scorer {
        let mut weights = Weights { bias: vec![1.0, -1.0], deep: vec![0.0; 2 * HIDDEN], ..Weights::default() };
        weights.keys = features(&["good", "odd"]).keys().to_vec();
        weights.wide = vec![-2.0, 2.0, -2.0, 2.0];
        weights.hidden = vec![0.0; 2 * HIDDEN];
        (weights.hidden[0], weights.hidden[HIDDEN]) = (1.0, 1.0);
        weights.hidden_bias[0] = -1.0;
        (weights.deep[0], weights.deep[HIDDEN]) = (6.0, -6.0);
        Scorer::new(&weights)
    }

    #[test]
    fn features_act_alone_and_together() {
        let scorer = scorer();
        let yes = |words: &[&str]| scorer.probabilities(&features(words))[1];
        assert!(yes(&[]) < 0.2);
        assert!(yes(&["unknown"]) < 0.2);
        assert!(yes(&["good"]) > 0.8);
        assert!(yes(&["odd"]) > 0.8);
        assert!(yes(&["good", "odd"]) < 0.2);
    }

    #[test]
    fn a_file_gives_the_same_scorer_back_and_a_cut_one_none() {
        let scorer = scorer();
        let bytes = scorer.to_bytes();
        let again = Scorer::from_bytes(Cow::Owned(bytes.clone())).unwrap();
        let candidate = features(&["good", "other"]);
        assert_eq!(scorer.probabilities(&candidate), again.probabilities(&candidate));
        for cut in [0, 7, 40, bytes.len() - 1] {
            assert!(Scorer::from_bytes(Cow::Owned(bytes[..cut].to_vec())).is_none(), "{cut}");
        }
    }
}
