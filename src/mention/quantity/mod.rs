//! Finds sums of money, numbers of jobs and years.
//!
//! "invest over €1.6bn ($1.8bn) by 2027, creating 2,400 jobs" → 1600000000 EUR at least, with 1800000000 USD as its
//! equivalent; by 2027; 2400 jobs. One pass over the tokens: only sentences with a digit, a currency sign or a number
//! word are looked at closely.

mod amount;
mod bound;
mod conversion;
mod count;
mod currency;
mod elided;
mod money;
mod number;
mod numeral;
mod piece;
mod range;
#[cfg(test)]
mod sample;
mod year;

pub use amount::{Amount, Count, Money};

pub use crate::lexicon::rows::{JobUnit, Per, YearRelation};
use crate::lexicon::{CurrencyCode, QuantityWords};
use crate::text::{Document, Shape, Span};
use piece::Pieces;

/// All quantities of a document, each list in text order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quantities {
    /// Sums of money.
    pub money: Vec<MoneyMention>,
    /// Numbers of jobs and people.
    pub counts: Vec<CountMention>,
    /// Years.
    pub years: Vec<YearMention>,
}

impl Quantities {
    /// The sums within a span, in order.
    pub fn money_in(&self, span: Span) -> impl Iterator<Item = &MoneyMention> {
        let first = self.money.partition_point(|m| m.span.start < span.start);
        self.money[first..].iter().take_while(move |m| m.span.end <= span.end)
    }
}

/// A sum of money in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyMention {
    /// Number, magnitude and currency; of a range both ends.
    pub span: Span,
    /// The words that bound it: "more than", "or so".
    pub bound_span: Option<Span>,
    /// The sum; of a range the upper end.
    pub money: Money,
    /// Lower end of a range.
    pub low: Option<Amount>,
    /// What it is counted by: "a year", "per share".
    pub per: Option<Per>,
    /// How the currency is known.
    pub source: CurrencySource,
    /// Index in [`Quantities::money`] of the sum that this one only converts: "€1.6bn *($1.8bn)*".
    pub equivalent_of: Option<usize>,
}

/// How the currency of a sum is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurrencySource {
    /// It stands with the number.
    Stated,
    /// From another sum of the text: "€500m in France and *300m in Spain*".
    Context,
}

/// A number of jobs or people in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountMention {
    /// The number; of a range both ends.
    pub span: Span,
    /// The words that bound it.
    pub bound_span: Option<Span>,
    /// The number with its bound; of a range the upper end.
    pub count: Count,
    /// The noun that is counted, or the words that make it a count: "jobs", "workforce of".
    pub noun_span: Span,
    /// What is counted.
    pub unit: JobUnit,
}

/// A year in the text, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMention {
    /// The date, without the words that relate it.
    pub span: Span,
    /// The year; of a stretch the first.
    pub year: u16,
    /// The last year of a stretch.
    pub end: Option<u16>,
    /// How it is related, if words say so.
    pub relation: Option<YearRelation>,
}

/// Where a story is at home: what a bare "$", "dollars", "rupees" or "crowns" mean in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    currencies: Vec<CurrencyCode>,
}

impl Home {
    /// A home with these currencies: CAD makes "$" Canadian dollars, DKK makes "crowns" Danish ones. Of two dollars the first counts.
    #[must_use]
    pub fn with(currencies: &[CurrencyCode]) -> Self {
        Self { currencies: currencies.to_vec() }
    }

    /// The first of these currencies that is at home.
    fn choose(&self, shared: &[CurrencyCode]) -> Option<CurrencyCode> {
        self.currencies.iter().copied().find(|code| shared.contains(code))
    }
}

/// Finds all quantities of a document.
#[must_use]
pub fn read(doc: &Document<'_>, words: &QuantityWords, home: &Home) -> Quantities {
    let mut found = Quantities::default();
    let mut pieces = Pieces::new(doc);
    let mut elided = Vec::new();
    for sentence in &doc.sentences {
        let is_candidate = doc.tokens[sentence.span.range()].iter().any(|token| {
            token.shape.has(Shape::DIGIT) || token.shape.has(Shape::CURRENCY) || words.triggers(token.key) || token.shape.has(Shape::HYPHEN)
        });
        if !is_candidate {
            continue;
        }
        pieces.cut(sentence.span, words);
        let reading = Reading { pieces: &pieces, words, home };
        let numbers = reading.numbers();
        if numbers.is_empty() {
            continue;
        }
        let taken = money::read_money(&reading, &numbers, &mut found.money);
        elided::read_elided(&reading, &numbers, &taken, &mut elided);
        let taken = count::read_counts(&reading, &numbers, &taken, &mut found.counts);
        year::read_years(&reading, &taken, &mut found.years);
    }
    elided::add_elided(elided, &mut found.money);
    found
}

/// What the readers of one sentence share.
#[derive(Clone, Copy, Debug)]
struct Reading<'a> {
    pieces: &'a Pieces<'a>,
    words: &'a QuantityWords,
    home: &'a Home,
}

impl Reading<'_> {
    fn numbers(&self) -> Vec<number::Number> {
        let mut numbers = Vec::new();
        let mut at = 0;
        while at < self.pieces.list.len() {
            match number::read_number(self.pieces, at, self.words) {
                Some(number) => {
                    at = number.end;
                    numbers.push(number);
                }
                None => at += 1,
            }
        }
        numbers
    }
}
