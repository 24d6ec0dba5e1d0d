//! What one article yields: entities, investments, jobs, relations and the words behind each.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{CountryCode, Investment, JobCommitment, Relation};

/// All facts of one article, in the shape that `extract --format json` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ArticleFacts {
    /// The article's name: a file's stem, or a record's id or URL.
    pub article: String,
    /// Every commercial organisation named.
    pub companies: Vec<Entity>,
    /// Every country named or implied.
    pub countries: Vec<CountryCode>,
    /// Named programmes, acts and events that carry investment.
    pub initiatives: Vec<Entity>,
    /// Commitments of money.
    pub investments: Vec<Investment>,
    /// Job numbers outside of investments.
    pub jobs: Vec<JobCommitment>,
    /// Ownership, seats, operations, participation.
    pub relations: Vec<Relation>,
}

/// One company or initiative under all the names that the article uses for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    /// The names, the fullest first; never empty.
    pub names: Vec<String>,
    /// The gazetteer's id, when the gazetteer knows it.
    pub id: Option<String>,
}

impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.names.serialize(serializer)
    }
}

/// Which part of a fact a quote supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// The words that make it a fact: the verb or noun.
    Trigger,
    /// Who pays.
    Investor,
    /// Who is bought, funded or aided.
    Recipient,
    /// The country the money goes to, or a job's or relation's country.
    Country,
    /// A region or town.
    Place,
    /// The sum.
    Amount,
    /// A conversion of the sum.
    Equivalent,
    /// The number of jobs.
    Jobs,
    /// The programme it belongs to.
    Initiative,
    /// The first year.
    From,
    /// The last year.
    Until,
    /// A relation's subject, or a job commitment's company.
    Subject,
    /// A relation's object.
    Object,
}

impl Slot {
    /// The word used in JSON, tables and the graph.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Investor => "investor",
            Self::Recipient => "recipient",
            Self::Country => "country",
            Self::Place => "place",
            Self::Amount => "amount",
            Self::Equivalent => "equivalent",
            Self::Jobs => "jobs",
            Self::Initiative => "initiative",
            Self::From => "from",
            Self::Until => "until",
            Self::Subject => "subject",
            Self::Object => "object",
        }
    }
}

/// The article's own words for one slot of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// The slot that these words fill.
    pub slot: Slot,
    /// Exactly the article's text from `start` to `end`.
    pub quote: String,
    /// First character, counted in Unicode scalar values.
    pub start: usize,
    /// Character after the last, counted in Unicode scalar values.
    pub end: usize,
}

/// How sure the extractor is, from 0 to 1 in steps of a hundredth.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// A confidence from a number, cut to 0 … 1.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to 0 … 100 before")]
    pub fn new(value: f64) -> Self {
        Self((value.clamp(0.0, 1.0) * 100.0).round() as u8)
    }

    /// The number from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Debug for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// An `xsd:decimal` lexical form: "0.87".
impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value())
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}
