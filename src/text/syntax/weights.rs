//! Reads trained weights where they lie in the binary: nothing is parsed, copied or allocated.
//!
//! A table has 2^k rows of `W` bytes. A feature's hash picks the row; the row holds one signed weight a class, and in
//! its last byte the shift that all of them are scaled by. Features that meet in a row share it, as they did in training.

/// Rows of weights over features, addressed by hash.
#[derive(Clone, Copy, Debug)]
pub struct Table<const W: usize> {
    rows: &'static [[u8; W]],
    shift: u32,
}

impl<const W: usize> Table<W> {
    /// Views bytes as rows; what does not fill a power of two of rows is left out.
    pub const fn new(bytes: &'static [u8]) -> Self {
        let (rows, _) = bytes.as_chunks::<W>();
        Self { rows, shift: 32 - rows.len().ilog2() }
    }

    /// Scores the classes: the sum of the features' rows. The last entry means nothing.
    #[inline]
    pub fn score(&self, features: &[u32]) -> [i16; W] {
        let mut scores = [0_i16; W];
        for &feature in features {
            let Some(row) = self.rows.get((feature >> self.shift) as usize) else { continue };
            let scale = u32::from(row[W - 1]);
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score = score.wrapping_add(i16::from(weight.cast_signed()).wrapping_shl(scale));
            }
        }
        scores
    }
}

/// A set of the word forms seen in training, kept as one bit a hash. A few unseen forms pass.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    bits: &'static [u8],
    shift: u32,
}

impl Known {
    /// Views bytes, a power of two of them, as a set.
    pub const fn new(bits: &'static [u8]) -> Self {
        Self { bits, shift: 32 - bits.len().ilog2() - 3 }
    }

    /// Byte and bit of a form's hash, in a set of 2^`32 - shift` bits.
    pub const fn position(hash: u32, shift: u32) -> (usize, u8) {
        let bit = hash.wrapping_mul(0x9E37_79B1) >> shift;
        ((bit >> 3) as usize, 1 << (bit & 7))
    }

    /// Tells whether a form with this hash was seen in training.
    pub fn contains(&self, hash: u32) -> bool {
        let (byte, bit) = Self::position(hash, self.shift);
        self.bits.get(byte).is_some_and(|bits| bits & bit != 0)
    }
}

/// Collects the hashes of a decision's features. Each call is a template of its own.
#[derive(Debug)]
pub struct Features<const N: usize> {
    hashes: [u32; N],
    len: usize,
}

impl<const N: usize> Features<N> {
    /// Starts without features.
    #[inline]
    pub const fn new() -> Self {
        Self { hashes: [0; N], len: 0 }
    }

    /// Adds a feature of two values. What exceeds `N` is dropped.
    #[inline(always)]
    pub fn add(&mut self, first: u32, second: u32) {
        let salt = (self.len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let pair = u64::from(first) | u64::from(second) << 32;
        let mixed = (pair.wrapping_add(salt)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let folded = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        if let Some(slot) = self.hashes.get_mut(self.len) {
            *slot = (folded >> 32) as u32;
            self.len += 1;
        }
    }

    /// Hashes so far.
    #[inline]
    pub fn as_slice(&self) -> &[u32] {
        &self.hashes[..self.len]
    }
}

impl<const N: usize> Default for Features<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// Index of the highest score among the first `classes`, the first on a tie.
#[inline]
pub fn best<const W: usize>(scores: &[i16; W], classes: usize) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate().take(classes) {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_scaled_by_its_last_byte() {
        static BYTES: [u8; 8] = [1, 0xFF, 2, 1, 5, 0, 0, 0];
        let table = Table::<4>::new(&BYTES);
        assert_eq!(table.score(&[0, u32::MAX])[..3], [7, -2, 4]);
    }
}
