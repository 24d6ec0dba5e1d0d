//! Text as words, sentences and paragraphs, and what each word is.
//!
//! [`Document::read`] cuts an article's text; [`syntax`] tags and parses a sentence.
//! "AWS to invest over €1.2bn." → `AWS|to|invest|over|€|1.2bn|.`, one sentence.

mod document;
mod key;
mod sentence;
pub mod syntax;
mod token;

pub use document::{CharIndex, Document, Paragraph, Sentence, SentenceKind, Span};
pub use key::key_of;
pub use token::{Shape, Token, tokenize};

/// Keys of words that keep their full stop without ending a sentence, by what may follow them.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// Titles and the like, never last in a sentence: "Mr.", "Dr.", "St.".
    pub never_final: rustc_hash::FxHashSet<u64>,
    /// Words that may also end a sentence: "Inc.", "U.S.", "etc.".
    pub maybe_final: rustc_hash::FxHashSet<u64>,
    /// Words that open a sentence more often than they continue a name: "The", "It", "In".
    pub openers: rustc_hash::FxHashSet<u64>,
}
