//! Reads the words that bound a number. "at least an additional $5m" → at least.

use super::piece::{Gap, PieceKind, Pieces};
use crate::lexicon::{Bound, QuantityWords};

/// A bound beside a number, by pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BoundAt {
    pub(super) bound: Bound,
    /// First piece of its words.
    pub(super) first: usize,
    /// Piece after the last.
    pub(super) end: usize,
}

const MOST_SKIPPED: usize = 3;

/// The bound whose words end at piece `at`, end excluded; "another", "a total of" and the like may stand between.
pub(super) fn bound_before(pieces: &Pieces<'_>, at: usize, words: &QuantityWords) -> Option<BoundAt> {
    let mut end = at;
    for _ in 0..=MOST_SKIPPED {
        let (length, phrase) = words.bounds_before.find(|back| pieces.key_before(end, back))?;
        let first = end - length;
        let Some(bound) = phrase.bound else {
            end = first;
            continue;
        };
        let before = pieces.key_before(first, 0);
        return (!phrase.not_after.contains(&before)).then_some(BoundAt { bound, first, end });
    }
    None
}

/// Where the words between a number at `at` and its bound, and the bound, begin.
pub(super) fn start_with_bound(pieces: &Pieces<'_>, at: usize, words: &QuantityWords) -> usize {
    bound_before(pieces, at, words).map_or(at, |bound| bound.first)
}

/// The bound whose words begin at piece `at`: "or more", "-plus", "+".
pub(super) fn bound_after(pieces: &Pieces<'_>, at: usize, words: &QuantityWords) -> Option<BoundAt> {
    let (length, phrase) = words.bounds_after.find(|onward| pieces.key(at + onward))?;
    let bound = phrase.bound?;
    let piece = pieces.list.get(at)?;
    let end = at + length;
    let is_tied = piece.gap != Gap::Space;
    let is_sound = match piece.kind {
        PieceKind::Mark(_) => is_tied,
        _ => length > 1 || is_tied || pieces.is_stop(end),
    };
    is_sound.then_some(BoundAt { bound, first: at, end })
}
