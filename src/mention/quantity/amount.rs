//! Sums and counts with their bounds. "over €1.2 billion" → 1200000000 EUR, min.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::lexicon::{Bound, CurrencyCode};

/// A decimal number of currency units, kept in hundredths so that it is never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    hundredths: u64,
}

impl Amount {
    /// An amount of whole units, or `None` past the largest amount that can be held.
    #[must_use]
    pub fn from_units(units: u64) -> Option<Self> {
        units.checked_mul(100).map(Self::from_hundredths)
    }

    /// An amount of hundredths of a unit.
    #[must_use]
    pub const fn from_hundredths(hundredths: u64) -> Self {
        Self { hundredths }
    }

    /// The amount in hundredths of a unit.
    #[must_use]
    pub const fn hundredths(self) -> u64 {
        self.hundredths
    }

    /// The amount in units, rounded; for labels and comparisons only.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "labels and rounding comparisons need no more than 52 bits")]
    pub fn approximate(self) -> f64 {
        self.hundredths as f64 / 100.0
    }

    /// Whether two amounts are the same within `percent` of the larger.
    #[must_use]
    pub fn near(self, other: Self, percent: f64) -> bool {
        let (a, b) = (self.approximate(), other.approximate());
        (a - b).abs() <= percent / 100.0 * a.max(b)
    }
}

/// The full number as an `xsd:decimal` lexical form: "1200000000", "4.5".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, rest) = (self.hundredths / 100, self.hundredths % 100);
        if rest == 0 {
            write!(f, "{units}")
        } else if rest % 10 == 0 {
            write!(f, "{units}.{}", rest / 10)
        } else {
            write!(f, "{units}.{rest:02}")
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.hundredths.is_multiple_of(100) {
            serializer.serialize_u64(self.hundredths / 100)
        } else {
            serializer.serialize_f64(self.approximate())
        }
    }
}

/// A sum of money as the article states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// The full number, in units of the currency.
    pub amount: Amount,
    /// ISO 4217 code.
    pub currency: CurrencyCode,
    /// How the figure bounds the true sum.
    pub bound: Bound,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Money", 3)?;
        s.serialize_field("value", &self.amount)?;
        s.serialize_field("currency", &self.currency)?;
        s.serialize_field("bound", &self.bound)?;
        s.end()
    }
}

/// A number of jobs with its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Count {
    /// How many.
    pub count: u64,
    /// How the figure bounds the true number.
    pub bound: Bound,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_as_decimals_without_trailing_zeros() {
        for (hundredths, text) in [(120_000_000_000, "1200000000"), (450, "4.5"), (455, "4.55"), (5, "0.05"), (0, "0")] {
            assert_eq!(Amount::from_hundredths(hundredths).to_string(), text);
        }
    }
}
