//! A text cut into paragraphs, sentences and tokens.

use std::ops::Range;

use super::Abbreviations;
use super::sentence::{cut_paragraphs, cut_sentences};
use super::token::Token;

/// A range of tokens of a document, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
}

impl Span {
    /// The span of the tokens from `start` to `end`, end excluded.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a document has fewer than 2^32 tokens")]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The token indices.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two share a token.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Number of tokens.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there is no token.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// What a sentence is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceKind {
    /// The headline: the first paragraph, when it is one short line without a full stop.
    Headline,
    /// A list item.
    Bullet,
    /// A short line without a full stop: a subheading, a caption, a link.
    Heading,
    /// Running text.
    Prose,
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// What it is.
    pub kind: SentenceKind,
}

/// One paragraph: a range of sentences, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// First sentence.
    pub start: u32,
    /// Sentence after the last.
    pub end: u32,
}

/// A text with its paragraphs, sentences and tokens.
#[derive(Debug)]
pub struct Document<'a> {
    /// The text itself.
    pub text: &'a str,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; every token belongs to one.
    pub sentences: Vec<Sentence>,
    /// All paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

impl<'a> Document<'a> {
    /// Cuts a text. Any text can be cut; one of 4 GiB or more is cut off there.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "fewer paragraphs than bytes, fewer bytes than 2^32")]
    pub fn read(text: &'a str, abbreviations: &Abbreviations) -> Self {
        let mut doc = Self { text, tokens: Vec::with_capacity(text.len() / 5), sentences: Vec::new(), paragraphs: Vec::new() };
        for (start, end) in cut_paragraphs(text) {
            let first = doc.sentences.len() as u32;
            let index = doc.paragraphs.len() as u32;
            cut_sentences(&mut doc, start, end, index, abbreviations);
            if doc.sentences.len() as u32 > first {
                doc.paragraphs.push(Paragraph { start: first, end: doc.sentences.len() as u32 });
            }
        }
        doc
    }

    /// The text of one token.
    #[must_use]
    pub fn form(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    /// The key of one token, 0 past the end.
    #[must_use]
    pub fn key(&self, token: usize) -> u64 {
        self.tokens.get(token).map_or(0, |t| t.key)
    }

    /// The text of a span, from the start of its first token to the end of its last.
    #[must_use]
    pub fn text_of(&self, span: Span) -> &'a str {
        let (start, end) = self.bytes_of(span);
        &self.text[start..end]
    }

    /// The byte range of a span, end excluded.
    #[must_use]
    pub fn bytes_of(&self, span: Span) -> (usize, usize) {
        if span.is_empty() {
            return (0, 0);
        }
        (self.tokens[span.start as usize].start as usize, self.tokens[span.end as usize - 1].end as usize)
    }

    /// Index of the sentence that holds the token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.span.end as usize <= token)
    }
}

/// Turns byte offsets into character offsets, for quotes.
#[derive(Debug)]
pub struct CharIndex {
    /// Characters before each block of [`BLOCK`] bytes; empty for ASCII text.
    blocks: Vec<usize>,
}

const BLOCK: usize = 256;

impl CharIndex {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { blocks: Vec::new() };
        }
        let mut characters = 0;
        let blocks = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|chunk| {
                let before = characters;
                characters += chunk.iter().filter(|&&b| is_start(b)).count();
                before
            })
            .collect();
        Self { blocks }
    }

    /// Number of characters before byte `at` of the same text.
    #[must_use]
    pub fn character(&self, text: &str, at: usize) -> usize {
        match self.blocks.get(at / BLOCK) {
            _ if self.blocks.is_empty() => at,
            Some(before) => before + text.as_bytes()[at / BLOCK * BLOCK..at].iter().filter(|&&b| is_start(b)).count(),
            None => text[..at].chars().count(),
        }
    }
}

/// Whether a byte starts a character in UTF-8.
const fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_offsets_count_scalar_values() {
        let text = "€".repeat(300) + "abc";
        let index = CharIndex::new(&text);
        for at in [0, 3, 600, 900, 902, 903] {
            assert_eq!(index.character(&text, at), text[..at].chars().count());
        }
    }

    #[test]
    fn every_token_belongs_to_one_sentence() {
        let text = "Acme to build plant\n\nAcme said so. It will cost $5m!\n\n- One\n- Two";
        let doc = Document::read(text, &Abbreviations::default());
        let mut next = 0;
        for sentence in &doc.sentences {
            assert_eq!(sentence.span.start, next);
            next = sentence.span.end;
        }
        assert_eq!(next as usize, doc.tokens.len());
        assert_eq!(doc.sentences.len(), 5);
        assert_eq!(doc.sentences[0].kind, SentenceKind::Headline);
        assert_eq!(doc.sentences[3].kind, SentenceKind::Bullet);
    }
}
