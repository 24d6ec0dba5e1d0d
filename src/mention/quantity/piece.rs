//! Cuts a sentence's tokens further, where numbers, signs and words are written together.
//! `$1.2-billion` → `$`, `1.2`, `billion` after a hyphen; `Rs2,500` → `Rs`, `2,500`.

use super::numeral::{Numeral, read_numeral};
use crate::lexicon::{QuantityWords, word_key};
use crate::text::{Document, Shape, Span};

/// A part of a token, or a numeral that spans some.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// What stands between it and the piece before.
    pub(super) gap: Gap,
    /// Key of the word or sign, without an abbreviation's full stop; 0 for a numeral.
    pub(super) key: u64,
    /// First token.
    pub(super) token: u32,
    /// Last token, included.
    pub(super) last: u32,
    /// First byte in the text.
    pub(super) start: u32,
    /// Byte after the last.
    pub(super) end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PieceKind {
    Number(Numeral),
    Word,
    /// A currency sign, with the letters that belong to it.
    Sign,
    /// Punctuation, by its first character.
    Mark(char),
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Joined,
    /// One hyphen or short dash without space.
    Hyphen,
}

impl Piece {
    pub(super) fn is_word(&self) -> bool {
        self.kind == PieceKind::Word
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == PieceKind::Mark(mark)
    }

    pub(super) fn is_any_mark(&self) -> bool {
        matches!(self.kind, PieceKind::Mark(_))
    }
}

/// The pieces of one sentence with its text.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) list: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(doc: &'a Document<'a>) -> Self {
        Self { doc, list: Vec::new() }
    }

    /// Replaces the pieces by those of the tokens of `span`.
    pub(super) fn cut(&mut self, span: Span, words: &QuantityWords) {
        self.list.clear();
        let doc = self.doc;
        let (_, stop) = doc.bytes_of(span);
        let range = span.range();
        let mut done = 0;
        let mut hyphen = false;
        for at in range.clone() {
            let token = doc.tokens[at];
            if (token.end as usize) <= done {
                continue;
            }
            let start = (token.start as usize).max(done);
            let spaced = token.shape.has(Shape::SPACED) && done <= token.start as usize;
            let gap = match (hyphen, spaced) {
                (true, _) => Gap::Hyphen,
                (false, true) => Gap::Space,
                (false, false) => Gap::Joined,
            };
            hyphen = false;
            let shape = token.shape;
            if shape.has(Shape::DIGIT) || shape.has(Shape::HYPHEN) && shape.has(Shape::LETTER) {
                done = self.cut_token(at, start, stop, gap, words);
                continue;
            }
            let form = doc.form(at);
            let kind = if shape.has(Shape::CURRENCY) {
                PieceKind::Sign
            } else if shape.has(Shape::LETTER) {
                PieceKind::Word
            } else {
                let next_joined = at + 1 < range.end && !doc.tokens[at + 1].shape.has(Shape::SPACED);
                if matches!(form, "-" | "–" | "‑") && !spaced && next_joined && !self.list.is_empty() {
                    hyphen = true;
                    continue;
                }
                PieceKind::Mark(form.chars().next().unwrap_or(' '))
            };
            let key = if shape.has(Shape::DOTTED) { word_key(form) } else { token.key };
            self.push(kind, gap, key, at, start, token.end as usize);
        }
    }

    /// Cuts one token with digits or hyphens; a numeral may go on in later tokens. Returns the byte after the last one cut.
    fn cut_token(&mut self, at: usize, start: usize, stop: usize, mut gap: Gap, words: &QuantityWords) -> usize {
        let text = self.doc.text;
        let end = self.doc.tokens[at].end as usize;
        let mut from = start;
        while from < end {
            let rest = &text[from..end];
            let Some(c) = rest.chars().next() else { break };
            if c.is_ascii_digit() {
                let (numeral, length) = read_numeral(&text[from..stop], words);
                self.push(PieceKind::Number(numeral), gap, 0, at, from, from + length);
                from += length;
                gap = Gap::Joined;
            } else if matches!(c, '-' | '‑') {
                from += c.len_utf8();
                gap = Gap::Hyphen;
            } else {
                let length = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '‑')).unwrap_or(rest.len());
                let form = &rest[..length];
                self.push(PieceKind::Word, gap, word_key(form), at, from, from + length);
                from += length;
                gap = Gap::Joined;
            }
        }
        from
    }

    #[expect(clippy::cast_possible_truncation, reason = "a document is shorter than 4 GiB")]
    fn push(&mut self, kind: PieceKind, gap: Gap, key: u64, token: usize, start: usize, end: usize) {
        let mut last = token;
        while self.doc.tokens.get(last).is_some_and(|t| (t.end as usize) < end) {
            last += 1;
        }
        self.list.push(Piece { kind, gap, key, token: token as u32, last: last as u32, start: start as u32, end: end as u32 });
    }

    /// The key of a piece, 0 outside of the sentence.
    pub(super) fn key(&self, at: usize) -> u64 {
        self.list.get(at).map_or(0, |piece| piece.key)
    }

    /// The key `back` pieces before `at`, 0 outside of the sentence.
    pub(super) fn key_before(&self, at: usize, back: usize) -> u64 {
        at.checked_sub(back + 1).map_or(0, |i| self.key(i))
    }

    pub(super) fn form(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |piece| &self.doc.text[piece.start as usize..piece.end as usize])
    }

    /// The token span of the pieces from `first` to `end`, end excluded.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.list[first].token as usize, self.list[end - 1].last as usize + 1)
    }

    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        match self.list.get(at)?.kind {
            PieceKind::Number(numeral) => Some(numeral),
            _ => None,
        }
    }

    /// Whether a piece begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.form(at).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn has_gap(&self, at: usize, gap: Gap) -> bool {
        self.list.get(at).is_some_and(|piece| piece.gap == gap)
    }

    /// Whether nothing, or punctuation, stands there.
    pub(super) fn is_stop(&self, at: usize) -> bool {
        self.list.get(at).is_none_or(Piece::is_any_mark)
    }
}
