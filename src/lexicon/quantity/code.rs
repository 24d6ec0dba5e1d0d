//! What quantities are told in: currency codes and bounds. "EUR" → `CurrencyCode`, "min" → `Bound::Min`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How a stated figure bounds the true one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl<'de> Deserialize<'de> for CurrencyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals() {
        assert!("EUR".parse::<CurrencyCode>().is_ok());
        for wrong in ["eur", "EURO", "", "E1R"] {
            assert!(wrong.parse::<CurrencyCode>().is_err(), "{wrong}");
        }
    }
}
