//! Tags words with their part of speech, from left to right.
//!
//! "The plant will employ 300" → `Det Noun AuxModal VerbBase Num`. An averaged perceptron: every word's features,
//! among them the two tags before it, vote on its tag.

use super::upos::Tag;
use super::weights::{Features, Table, best};
use super::word::{Code, SHAPE_CAPITAL, SHAPE_CAPITALS, SHAPE_LOWER};

/// Bytes of a row of the tagger's weights: a weight a tag, and the shift.
pub const TAG_WIDTH: usize = 32;
/// Stands for the tag before the first word.
pub const NO_TAG: u32 = 31;
/// Templates of the tagger.
pub const TAG_FEATURES: usize = 14;

/// Tells whether most words of a sentence are capitalised, as in a headline.
#[must_use]
pub fn is_title(codes: &[Code]) -> bool {
    let count = |wanted: &[u32]| codes.iter().filter(|code| wanted.contains(&(code.shape & 7))).count();
    let (capital, lower) = (count(&[SHAPE_CAPITAL, SHAPE_CAPITALS]), count(&[SHAPE_LOWER]));
    capital >= 4 && capital > 2 * lower
}

/// Features of the word at `at`, after the tags `before` (second to last, last).
#[inline]
pub fn tag_features(codes: &[Code], at: usize, before: (u32, u32), title: bool, features: &mut Features<TAG_FEATURES>) {
    let none = Code::default();
    let code = |offset: isize| at.checked_add_signed(offset).and_then(|index| codes.get(index)).unwrap_or(&none);
    let (word, next, last) = (code(0), code(1), code(-1));
    let shape = word.shape | u32::from(at == 0) << 8 | u32::from(title) << 9;
    *features = Features::new();
    features.add(word.lower, 0);
    features.add(word.ending(1), 0);
    features.add(word.ending(2), shape);
    features.add(word.ending(3), 0);
    features.add(word.ending(4), 0);
    features.add(word.prefix, 0);
    features.add(before.1, 0);
    features.add(before.0 << 5 | before.1, 0);
    features.add(word.lower, before.1);
    features.add(word.ending(3), before.1);
    features.add(last.lower, 0);
    features.add(next.lower, 0);
    features.add(next.ending(2), word.ending(2));
    features.add(0, 0);
}

/// Tags a sentence. Mentions keep the tag of their class.
pub(super) fn tag_into(table: &Table<TAG_WIDTH>, codes: &[Code], class_tag: impl Fn(usize) -> Option<Tag>, tags: &mut Vec<Tag>) {
    tags.clear();
    let title = is_title(codes);
    let mut before = (NO_TAG, NO_TAG);
    let mut features = Features::new();
    for at in 0..codes.len() {
        let tag = class_tag(at).unwrap_or_else(|| {
            tag_features(codes, at, before, title, &mut features);
            Tag::ALL[best(&table.score(&features), Tag::ALL.len())]
        });
        tags.push(tag);
        before = (before.1, tag as u32);
    }
}
