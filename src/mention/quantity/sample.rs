//! Pieces and quantities for the tests of this module, read with the project's own word lists.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::piece::Pieces;
use super::{CurrencySource, Home, MoneyMention, Quantities};
use crate::lexicon::{Bound, Lexicon, QuantityWords};
use crate::text::{Document, Span};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().unwrap_or_else(|error| panic!("{error}")));

pub(super) fn words() -> &'static QuantityWords {
    LEXICON.quantities()
}

pub(super) fn with_pieces<R>(text: &str, read: impl FnOnce(&Pieces<'_>, &QuantityWords) -> R) -> R {
    let doc = Document::read(text, LEXICON.abbreviations());
    let mut pieces = Pieces::new(&doc);
    pieces.cut(Span::new(0, doc.tokens.len()), words());
    read(&pieces, words())
}

/// Reads each text and hands it over with its quantities.
pub(super) fn each<'t>(home: &[&str], texts: impl IntoIterator<Item = &'t str>, mut check: impl FnMut(&Document<'_>, &Quantities)) {
    let codes: Vec<_> = home.iter().map(|code| code.parse().unwrap_or_else(|error| panic!("{error}"))).collect();
    for text in texts {
        let doc = Document::read(text, LEXICON.abbreviations());
        let quantities = super::read(&doc, words(), &Home::with(&codes));
        check(&doc, &quantities);
    }
}

/// "min 1200000000 EUR a year | =1300000000 USD": every sum of a text, conversions with "=".
fn sums(home: &[&str], text: &str) -> String {
    let mut told = Vec::new();
    each(home, [text], |_, found| {
        told = found.money.iter().map(tell).collect();
    });
    told.join(" | ")
}

fn tell(mention: &MoneyMention) -> String {
    let mut line = String::new();
    if mention.equivalent_of.is_some() {
        line.push('=');
    }
    if mention.money.bound != Bound::Exact {
        let _ = write!(line, "{} ", mention.money.bound.name());
    }
    if mention.source == CurrencySource::Context {
        line.push('?');
    }
    if let Some(low) = mention.low {
        let _ = write!(line, "{low}..");
    }
    let _ = write!(line, "{} {}", mention.money.amount, mention.money.currency);
    if let Some(per) = mention.per {
        let _ = write!(line, " per {per:?}");
    }
    line
}

/// Checks what the sums of each text are told as.
pub(super) fn check_sums(home: &[&str], table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|&(text, expected)| (text, expected, sums(home, text)))
        .filter(|(_, expected, read)| expected != read)
        .map(|(text, expected, read)| format!("{text}\n  expected {expected}\n  read     {read}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
