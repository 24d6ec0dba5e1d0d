//! Sums and counts with their bounds. "over €1.2 billion" → 1200000000 EUR, min.

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// How a stated figure bounds the true one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// The figure itself.
    #[default]
    Exact,
    /// More than, at least, over.
    Min,
    /// Up to, less than, and the upper end of a range.
    Max,
    /// Around, some, nearly.
    About,
}

impl Bound {
    /// The word used in JSON, tables and the ontology.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Min => "min",
            Self::Max => "max",
            Self::About => "about",
        }
    }
}

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A code that is not three capital letters.
#[derive(Debug, thiserror::Error)]
#[error("not an ISO code: \"{0}\"")]
pub struct NotACode(pub String);

impl FromStr for CurrencyCode {
    type Err = NotACode;

    fn from_str(s: &str) -> Result<Self, NotACode> {
        match s.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(NotACode(s.to_owned())),
        }
    }
}

impl fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CurrencyCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

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

    #[test]
    fn codes_are_three_capitals() {
        assert!("EUR".parse::<CurrencyCode>().is_ok());
        for wrong in ["eur", "EURO", "", "E1R"] {
            assert!(wrong.parse::<CurrencyCode>().is_err(), "{wrong}");
        }
    }
}
