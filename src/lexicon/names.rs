//! Finds gazetteer names in text: the longest name that begins at a token.
//!
//! A name is kept as one hash over its tokens' keys; matching tries the longest possible length first.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::gazetteer::Gazetteer;
use super::word_classes::Words;
use crate::text::{Shape, Token, tokenize};

/// What a name may stand for; the number is the index in the gazetteer's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A country's name.
    Country(u32),
    /// A country's adjective: "French".
    Adjective(u32),
    /// A country's inhabitants: "Britons".
    Inhabitant(u32),
    /// A country's capital, which is a city and may stand for the government.
    Capital(u32),
    /// Another seat of its government: "Downing Street".
    Seat(u32),
    /// A place.
    Place(u32),
    /// A company.
    Company(u32),
    /// An initiative.
    Initiative(u32),
    /// A public body.
    Body(u32),
    /// A newspaper or agency.
    Source(u32),
    /// A given name.
    FirstName,
}

/// What stands under one name.
#[derive(Debug, Clone, Default)]
pub struct NameEntry {
    /// All that the name may mean.
    pub kinds: SmallVec<[NameKind; 2]>,
    /// The name is written in capitals only: "BP".
    all_capitals: bool,
    /// Some bearer writes the name with a small first letter: "eBay".
    small: bool,
    /// Only companies bear the name, and their last word has a capital: "U.S. Bank" is not "US bank".
    proper: bool,
}

/// All names of the gazetteer, for matching over tokens.
#[derive(Debug, Default)]
pub struct NameIndex {
    entries: FxHashMap<u64, u32>,
    list: Vec<NameEntry>,
    /// For each first token: the lengths of names that begin with it, as a bit set.
    lengths: FxHashMap<u64, u32>,
    /// The same for the few names that begin with a small letter.
    small_lengths: FxHashMap<u64, u32>,
}

const MAX_TOKENS: usize = 12;
/// About as many names are known.
const NAMES: usize = 50_000;

impl NameIndex {
    pub(super) fn build(gazetteer: &Gazetteer, words: &Words) -> Self {
        let mut index = Self::default();
        index.entries.reserve(NAMES);
        index.lengths.reserve(NAMES / 2);
        let mut tokens = Vec::new();
        let mut add = |name: &str, kind: NameKind| {
            tokens.clear();
            tokenize(name, 0, name.len(), words.abbreviations(), &mut tokens);
            index.add(&tokens, kind);
        };
        let number = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
        for (i, c) in gazetteer.countries().iter().enumerate() {
            let i = number(i);
            for name in std::iter::once(&c.name).chain(&c.aliases) {
                add(name, NameKind::Country(i));
            }
            for name in &c.adjectives {
                add(name, NameKind::Adjective(i));
            }
            for name in &c.inhabitants {
                add(name, NameKind::Inhabitant(i));
            }
            add(&c.capital, NameKind::Capital(i));
            for name in &c.seats {
                add(name, NameKind::Seat(i));
            }
        }
        for (i, p) in gazetteer.places().iter().enumerate() {
            for name in std::iter::once(&p.name).chain(&p.aliases) {
                add(name, NameKind::Place(number(i)));
            }
        }
        for (i, c) in gazetteer.companies().iter().enumerate() {
            for name in std::iter::once(&c.name).chain(&c.aliases) {
                add(name, NameKind::Company(number(i)));
            }
        }
        for (i, x) in gazetteer.initiatives().iter().enumerate() {
            for name in std::iter::once(&x.name).chain(&x.aliases) {
                add(name, NameKind::Initiative(number(i)));
            }
        }
        for (i, b) in gazetteer.bodies().iter().enumerate() {
            for name in std::iter::once(&b.name).chain(&b.aliases) {
                add(name, NameKind::Body(number(i)));
            }
        }
        for (i, name) in gazetteer.sources().iter().enumerate() {
            add(name, NameKind::Source(number(i)));
        }
        for name in gazetteer.first_names() {
            add(name, NameKind::FirstName);
        }
        index
    }

    fn add(&mut self, tokens: &[Token], kind: NameKind) {
        if tokens.is_empty() || tokens.len() > MAX_TOKENS {
            return;
        }
        let hash = tokens.iter().fold(0, |h, t| combine(h, t.key));
        *self.lengths.entry(tokens[0].key).or_default() |= 1 << tokens.len();
        if !tokens[0].shape.has(Shape::CAPITAL) {
            *self.small_lengths.entry(tokens[0].key).or_default() |= 1 << tokens.len();
        }
        let slot = *self.entries.entry(hash).or_insert_with(|| {
            self.list.push(NameEntry { all_capitals: true, proper: true, ..NameEntry::default() });
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        });
        let entry = &mut self.list[slot as usize];
        if !entry.kinds.contains(&kind) {
            entry.kinds.push(kind);
        }
        let first = tokens[0].shape;
        entry.all_capitals &= first.has(Shape::ALL_CAPITALS);
        entry.small |= !first.has(Shape::CAPITAL);
        entry.proper &= matches!(kind, NameKind::Company(_)) && tokens[tokens.len() - 1].shape.has(Shape::CAPITAL);
    }

    /// Whether some name may begin with this token.
    #[must_use]
    pub fn may_begin(&self, token: &Token) -> bool {
        self.lengths_from(token).is_some()
    }

    /// The lengths of the names that may begin with a token, as a bit set.
    fn lengths_from(&self, token: &Token) -> Option<u32> {
        // In running text most words are small, and only a small name can begin with one.
        let small = ![Shape::CAPITAL, Shape::NUMBER, Shape::DOTTED, Shape::DIGIT].into_iter().any(|sign| token.shape.has(sign));
        if small { &self.small_lengths } else { &self.lengths }.get(&token.key).copied()
    }

    /// The longest name that begins at the first of these tokens, with its number of tokens.
    #[must_use]
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, &NameEntry)> {
        let first = tokens.first()?;
        let lengths = self.lengths_from(first)?;
        let mut hashes = [0; MAX_TOKENS];
        let mut hash = 0;
        let most = (32 - lengths.leading_zeros()) as usize - 1;
        for (slot, token) in hashes.iter_mut().zip(tokens.iter().take(most)) {
            hash = combine(hash, token.key);
            *slot = hash;
        }
        for length in (1..=most.min(tokens.len())).rev() {
            if lengths & (1 << length) == 0 {
                continue;
            }
            let Some(&slot) = self.entries.get(&hashes[length - 1]) else { continue };
            let entry = &self.list[slot as usize];
            if entry.fits(first.shape, tokens[length - 1].shape, length) {
                return Some((length, entry));
            }
        }
        None
    }

    /// What the whole of these tokens means as a name, whatever their capitals.
    #[must_use]
    pub fn exact(&self, tokens: &[Token]) -> Option<&NameEntry> {
        let hash = tokens.iter().fold(0, |h, t| combine(h, t.key));
        self.entries.get(&hash).map(|&slot| &self.list[slot as usize])
    }
}

impl NameEntry {
    fn fits(&self, first: Shape, last: Shape, length: usize) -> bool {
        if length > 1 && self.proper && !last.has(Shape::CAPITAL) && !last.has(Shape::MIXED) {
            return false;
        }
        if length == 1 && self.all_capitals {
            first.has(Shape::ALL_CAPITALS) || first.has(Shape::DOTTED) || first.has(Shape::DIGIT)
        } else {
            first.has(Shape::CAPITAL) || first.has(Shape::NUMBER) || (self.small && (first.has(Shape::MIXED) || length > 1))
        }
    }
}

fn combine(hash: u64, key: u64) -> u64 {
    (hash.rotate_left(9) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
