//! What the program knows of words, read from `ontology/`.

mod phrase;
mod quantity;

pub use phrase::{Anchor, Phrases, word_key};
pub use quantity::{Bound, CurrencyCode, NotACode, Per, QuantityRows, QuantityWords, rows, words};
