//! Words of quantities: currencies, magnitudes, number words, bounds, job nouns, months.
//!
//! The rows of `ontology/gazetteer/currencies.csv` and of files of `ontology/lexicon/` enter, [`QuantityWords`]
//! leaves: "crore" → 10000000, "upward of" → at least, "Swiss francs" → CHF.

mod code;
pub mod rows;
pub mod words;

pub use code::{Bound, CurrencyCode, NotACode};
pub use rows::{Per, QuantityRows};
pub use words::QuantityWords;
