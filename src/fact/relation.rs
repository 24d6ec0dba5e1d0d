//! Relations between companies, countries and initiatives.

use serde::Serialize;

use super::{Confidence, CountryCode, Evidence};

/// What a relation says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Predicate {
    /// Company → company: owned, a unit, arm, division or brand of.
    SubsidiaryOf,
    /// Company → country: nationality or seat.
    BasedIn,
    /// Company → country: operations, plants, shops, staff.
    OperatesIn,
    /// Company → initiative: takes part in, is announced under.
    ParticipatesIn,
    /// Initiative → country: whose programme it is.
    InitiativeOf,
}

impl Predicate {
    /// All predicates.
    pub const ALL: [Self; 5] = [Self::SubsidiaryOf, Self::BasedIn, Self::OperatesIn, Self::ParticipatesIn, Self::InitiativeOf];

    /// The local name used in JSON and in the ontology.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SubsidiaryOf => "subsidiaryOf",
            Self::BasedIn => "basedIn",
            Self::OperatesIn => "operatesIn",
            Self::ParticipatesIn => "participatesIn",
            Self::InitiativeOf => "initiativeOf",
        }
    }
}

/// The object of a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum Object {
    /// A company by its first name in the article's `companies`.
    Company(String),
    /// A country.
    Country(CountryCode),
    /// An initiative by its first name in the article's `initiatives`.
    Initiative(String),
}

impl Object {
    /// The name, or the country's code.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Company(name) | Self::Initiative(name) => name,
            Self::Country(code) => code.as_str(),
        }
    }
}

/// One relation that the article itself states.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// A company, or for [`Predicate::InitiativeOf`] an initiative, by its first name in the article's lists.
    pub subject: String,
    /// What is said of it.
    pub predicate: Predicate,
    /// Of whom it is said.
    pub object: Object,
    /// The words behind it.
    pub evidence: Vec<Evidence>,
    /// How sure the extractor is.
    pub confidence: Confidence,
    /// The rule that made it.
    #[serde(skip)]
    pub found_by: String,
}
