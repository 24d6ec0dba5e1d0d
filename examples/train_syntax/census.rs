//! Counts features over sentences, and keeps the most frequent ones.

use std::cmp::Reverse;

use investgraph::text::syntax::training::Index;
use rustc_hash::FxHashMap;

/// Number of sentences that a feature occurs in. Counted in two passes, so that rare features take no memory.
pub(crate) struct Census {
    /// First pass, by the high bits of the hash: sentences, and the last one counted.
    rough: Vec<(u16, u32)>,
    /// Second pass, of those that the first counted `least` times.
    exact: FxHashMap<u32, (u32, u32)>,
    least: u32,
}

impl Census {
    /// Starts a count of the features in at least so many sentences.
    pub(crate) fn new(least: u32) -> Self {
        Self { rough: vec![(0, 0); 1 << 24], exact: FxHashMap::default(), least }
    }

    /// Counts the features of a decision. Sentences are numbered from 1.
    pub(crate) fn count(&mut self, features: &[u32], sentence: u32, second_pass: bool) {
        for &feature in features {
            let rough = &mut self.rough[(feature >> 8) as usize];
            if second_pass {
                if u32::from(rough.0) >= self.least {
                    let entry = self.exact.entry(feature).or_insert((0, 0));
                    if entry.1 != sentence {
                        *entry = (entry.0 + 1, sentence);
                    }
                }
            } else if rough.1 != sentence {
                *rough = (rough.0.saturating_add(1), sentence);
            }
        }
    }

    /// Index of the most frequent features, at most 2^`bits` of them.
    pub(crate) fn index(self, bits: u32) -> Vec<u8> {
        let enough = self.exact.iter().filter(|(_, (count, _))| *count >= self.least);
        let mut ranked: Vec<(Reverse<u32>, u32)> = enough.map(|(&feature, &(count, _))| (Reverse(count), feature)).collect();
        ranked.sort_unstable();
        let mut prints = vec![[0_u16; 4]; 1 << (bits - 2)];
        let mut placed = 0;
        for &(_, feature) in &ranked {
            let (bucket, print) = Index::position(feature, 34 - bits);
            if prints[bucket].contains(&print) {
                continue;
            }
            if let Some(slot) = prints[bucket].iter_mut().find(|slot| **slot == 0) {
                *slot = print;
                placed += 1;
            }
        }
        println!("{} features in {} or more sentences, {placed} kept", ranked.len(), self.least);
        prints.into_iter().flatten().flat_map(u16::to_le_bytes).collect()
    }
}
