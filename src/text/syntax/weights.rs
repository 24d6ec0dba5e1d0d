//! Reads trained weights where they lie in the binary: nothing is parsed, copied or allocated.
//!
//! A file holds an [`Index`] of the features that training kept and, in the same order, a row of weights for each.
//! A feature's hash picks a bucket of four prints; the print that equals the hash's low half names the row. Features
//! that training did not keep have no row and no say.

/// Bytes of a print.
const PRINT: usize = 2;
/// Prints of a bucket.
const BUCKET: usize = 4;

/// Places of features, addressed by hash.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    buckets: &'a [[u8; PRINT * BUCKET]],
    shift: u32,
}

impl<'a> Index<'a> {
    /// Views bytes as buckets; there must be a power of two of them.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        let (buckets, _) = bytes.as_chunks();
        Self { buckets, shift: 32 - buckets.len().ilog2() }
    }

    /// Bucket and print of a hash, among 2^`32 - shift` buckets.
    #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
    #[must_use]
    pub const fn position(hash: u32, shift: u32) -> (usize, u16) {
        ((hash >> shift) as usize, hash as u16 | 1)
    }

    /// Row of a feature.
    #[inline]
    #[must_use]
    pub fn find(&self, hash: u32) -> Option<usize> {
        let (row, known) = self.look_up(hash);
        known.then_some(row)
    }

    /// Row of a feature, and whether it has one. Without a branch, so that the processor looks up many at a time.
    #[inline]
    fn look_up(&self, hash: u32) -> (usize, bool) {
        let (at, print) = Self::position(hash, self.shift);
        let prints = self.buckets.get(at).map_or(0, |bucket| u64::from_le_bytes(*bucket));
        let (slot, known) = matching(prints, print);
        (at * BUCKET + slot, known)
    }
}

/// Place of a print among four, and whether it is there.
#[inline]
const fn matching(prints: u64, print: u16) -> (usize, bool) {
    const LOW: u64 = 0x0001_0001_0001_0001;
    // A print that matches becomes zero; the lowest zero is found by what a borrow leaves.
    let differing = prints ^ (print as u64).wrapping_mul(LOW);
    let zeros = differing.wrapping_sub(LOW) & !differing & (LOW << 15);
    (((zeros | 1 << 63).trailing_zeros() / 16) as usize, zeros != 0)
}

/// Rows of weights over features. A row holds a signed weight a class, and in its last byte the shift that scales them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<const W: usize> {
    index: Index<'static>,
    rows: &'static [[u8; W]],
}

impl<const W: usize> Table<W> {
    /// Views bytes as index and rows.
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        let (index, rows) = split::<W>(bytes);
        Self { index, rows }
    }

    /// Scores the classes: the sum of the features' rows. The last entry means nothing.
    #[inline]
    pub(super) fn score<const N: usize>(&self, features: &Features<N>) -> [i16; W] {
        let mut found = [0; N];
        let mut count = 0;
        for &feature in features.as_slice() {
            let (row, known) = self.index.look_up(feature);
            if let Some(slot) = found.get_mut(count) {
                *slot = row;
            }
            count += usize::from(known);
        }
        let mut scores = [0_i16; W];
        for row in found.iter().take(count).filter_map(|&row| self.rows.get(row)) {
            let scale = u32::from(row[W - 1]);
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score = score.wrapping_add(i16::from(weight.cast_signed()).wrapping_shl(scale));
            }
        }
        scores
    }
}

/// A bucket of four prints with their weights for the first class and for the second.
type PairBucket = [[[u8; PRINT]; BUCKET]; 3];

/// Pairs of weights over features, beside their prints: a bucket is four prints, then the four weights of each class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairs {
    buckets: &'static [PairBucket],
    shift: u32,
}

impl Pairs {
    /// Views bytes as buckets; there must be a power of two of them.
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        let (buckets, _) = bytes.as_chunks().0.as_chunks().0.as_chunks();
        Self { buckets, shift: 32 - buckets.len().ilog2() }
    }

    /// Scores two classes against a third one that has 0.
    #[inline]
    pub(super) fn score(&self, features: &[u32]) -> [i16; 2] {
        // A sum for each place of a bucket: all places are compared and added at once, without a branch.
        let mut sums = [[0_u16; BUCKET]; 2];
        for &feature in features {
            let (at, print) = Index::position(feature, self.shift);
            let Some([prints, first, second]) = self.buckets.get(at) else { continue };
            for slot in 0..BUCKET {
                let mask = u16::from(u16::from_le_bytes(prints[slot]) == print).wrapping_neg();
                sums[0][slot] = sums[0][slot].wrapping_add(u16::from_le_bytes(first[slot]) & mask);
                sums[1][slot] = sums[1][slot].wrapping_add(u16::from_le_bytes(second[slot]) & mask);
            }
        }
        sums.map(|sums| sums.into_iter().fold(0, u16::wrapping_add).cast_signed())
    }
}

const fn split<const W: usize>(bytes: &[u8]) -> (Index<'_>, &[[u8; W]]) {
    let rows = bytes.len() / (PRINT + W);
    let (index, rows) = bytes.split_at(rows * PRINT);
    (Index::new(index), rows.as_chunks().0)
}

/// A set of the word forms seen in training, kept as one bit a hash. A few unseen forms pass.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    bits: &'static [u8],
    shift: u32,
}

impl Known {
    /// Views bytes, a power of two of them, as a set.
    #[must_use]
    pub const fn new(bits: &'static [u8]) -> Self {
        Self { bits, shift: 32 - bits.len().ilog2() - 3 }
    }

    /// Byte and bit of a form's hash, in a set of 2^`32 - shift` bits.
    #[must_use]
    pub const fn position(hash: u32, shift: u32) -> (usize, u8) {
        let bit = hash.wrapping_mul(0x9E37_79B1) >> shift;
        ((bit >> 3) as usize, 1 << (bit & 7))
    }

    /// Tells whether a form with this hash was seen in training.
    #[must_use]
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
    #[must_use]
    pub const fn new() -> Self {
        Self { hashes: [0; N], len: 0 }
    }

    /// Adds a feature of two values. What exceeds `N` is dropped.
    #[expect(clippy::inline_always, reason = "the number of the template becomes a constant")]
    #[expect(clippy::cast_possible_truncation, reason = "some dozens of templates")]
    #[inline(always)]
    pub fn add(&mut self, first: u32, second: u32) {
        let pair = u64::from(first) | u64::from(second) << 32;
        let mixed = (pair.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32;
        let salt = (self.len as u32).wrapping_mul(0x9E37_79B9);
        if let Some(slot) = self.hashes.get_mut(self.len) {
            *slot = mixed.wrapping_add(salt);
            self.len += 1;
        }
    }

    /// Keeps the first `len` features.
    #[inline]
    pub(super) fn truncate(&mut self, len: usize) {
        self.len = len.min(self.len);
    }

    /// Hashes so far.
    #[inline]
    #[must_use]
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
pub(super) fn best<const W: usize>(scores: &[i16; W], classes: usize) -> usize {
    let scores = scores.get(..classes).unwrap_or(scores);
    let most = scores.iter().fold(i16::MIN, |most, &score| most.max(score));
    scores.iter().position(|&score| score == most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTS: [u8; 8] = [0, 0, 7, 0, 0, 0, 9, 1];

    #[test]
    fn a_feature_is_found_by_its_print() {
        let index = Index { buckets: &[PRINTS, PRINTS], shift: 31 };
        assert_eq!(index.find(7), Some(1));
        assert_eq!(index.find(0x8000_0109), Some(7));
        assert_eq!(index.find(11), None);
    }

    fn features(hashes: [u32; 3]) -> Features<3> {
        Features { hashes, len: 3 }
    }

    #[test]
    fn a_row_is_scaled_by_its_last_byte() {
        static ROWS: [[u8; 4]; 4] = [[9; 4], [1, 0xFF, 2, 1], [9; 4], [5, 0, 0, 0]];
        static BUCKETS: [[u8; 8]; 1] = [PRINTS];
        let table = Table { index: Index { buckets: &BUCKETS, shift: 31 }, rows: &ROWS };
        assert_eq!(table.score(&features([7, 0x0109, 11]))[..3], [7, -2, 4]);
    }

    #[test]
    fn pairs_are_summed_over_the_known_features() {
        const NONE: [u8; 2] = [0; 2];
        static BUCKETS: [PairBucket; 1] =
            [[[NONE, [7, 0], NONE, [9, 1]], [NONE, [10, 0], NONE, [1, 0]], [NONE, [0xFD, 0xFF], NONE, [0, 1]]]];
        let pairs = Pairs { buckets: &BUCKETS, shift: 31 };
        assert_eq!(pairs.score(&[7, 0x0109, 11]), [11, 253]);
    }
}
