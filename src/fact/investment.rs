//! Investments and job commitments as the annotation guide defines them.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{Confidence, Count, Evidence, Money};
use crate::lexicon::NotACode;

/// What the money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A company's own activity in a place.
    Project,
    /// Buying a company, a stake or assets.
    Acquisition,
    /// Money into a company that stays a separate company.
    Funding,
    /// Grants, aid, loans or budgets of a state or public body.
    Public,
    /// A sum over several investors or investments.
    Total,
}

impl Kind {
    /// All kinds, in the order of the guide.
    pub const ALL: [Self; 5] = [Self::Project, Self::Acquisition, Self::Funding, Self::Public, Self::Total];

    /// The word used in JSON, tables and the ontology.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Acquisition => "acquisition",
            Self::Funding => "funding",
            Self::Public => "public",
            Self::Total => "total",
        }
    }
}

/// How far the commitment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Talks, may, could, a bid without agreement.
    Considered,
    /// Announced, agreed, set to.
    Planned,
    /// Spent, completed, bought.
    Done,
    /// Rejected, dropped, failed.
    Cancelled,
}

impl Stage {
    /// All stages, in the order of time.
    pub const ALL: [Self; 4] = [Self::Considered, Self::Planned, Self::Done, Self::Cancelled];

    /// The word used in JSON, tables and the ontology.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Considered => "considered",
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

/// An ISO 3166-1 alpha-2 country code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = NotACode;

    fn from_str(s: &str) -> Result<Self, NotACode> {
        match s.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([a, b])),
            _ => Err(NotACode(s.to_owned())),
        }
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Who pays: a company by its fullest name in the article, a state by its code, a public body or a person by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A company of the article's `companies`, by its first name there.
    Company(String),
    /// A state, also for its provinces, cities and ministries.
    Country(CountryCode),
    /// A public body that is no state: EU, IMF, World Bank.
    PublicBody(String),
    /// A named person.
    Person(String),
}

impl Party {
    /// The name, or the country's code.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Company(name) | Self::PublicBody(name) | Self::Person(name) => name,
            Self::Country(code) => code.as_str(),
        }
    }
}

impl Serialize for Party {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One distinct commitment of money that the article states.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Investment {
    /// What the money is for.
    pub kind: Kind,
    /// How far it has come.
    pub stage: Stage,
    /// Who pays.
    pub investors: Vec<Party>,
    /// Companies bought, funded or aided, each by its first name in the article's `companies`.
    pub recipients: Vec<String>,
    /// Where the money goes.
    pub countries: Vec<CountryCode>,
    /// Regions, cities and towns.
    pub places: Vec<String>,
    /// The sum, in the currency that the article leads with.
    pub amount: Option<Money>,
    /// Conversions of the sum that the article prints.
    pub equivalents: Vec<Money>,
    /// Jobs that this investment creates.
    pub jobs: Option<Count>,
    /// Initiatives it was announced or made under, each by its first name in the article's `initiatives`.
    pub initiatives: Vec<String>,
    /// First year, when stated.
    pub from: Option<i16>,
    /// Last year, when stated.
    pub until: Option<i16>,
    /// The words behind each slot.
    pub evidence: Vec<Evidence>,
    /// How sure the extractor is.
    pub confidence: Confidence,
    /// The rule that made it, and what filled its roles.
    #[serde(skip)]
    pub found_by: String,
}

/// A job number that stands outside of an investment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobCommitment {
    /// The company, by its first name in the article's `companies`.
    pub company: Option<String>,
    /// Where the jobs are.
    pub country: Option<CountryCode>,
    /// How many, with the bound.
    #[serde(flatten)]
    pub jobs: Count,
    /// The words behind each slot.
    pub evidence: Vec<Evidence>,
    /// How sure the extractor is.
    pub confidence: Confidence,
    /// The rule that made it.
    #[serde(skip)]
    pub found_by: String,
}
