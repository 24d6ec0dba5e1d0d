//! The things and facts that a view shows, and how they hang together.

use crate::graph::vocab::BASE;
use crate::graph::{Count, CountryCode, Kind, Money, Stage};

/// One thing or fact of the resolved graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its IRI.
    pub iri: String,
    /// The name to show; for an investment its sum and stage.
    pub label: String,
    /// Other names, sorted.
    pub aliases: Vec<String>,
    /// IRIs of the articles that speak of it, sorted.
    pub articles: Vec<String>,
    /// What it is.
    pub what: What,
}

impl Node {
    /// The part of its IRI that tells it apart: "company/aws". Tables are joined by it.
    #[must_use]
    pub fn id(&self) -> &str {
        short(&self.iri)
    }
}

/// An IRI without the base that all things of the graph share.
#[must_use]
pub fn short(iri: &str) -> &str {
    iri.strip_prefix(BASE).unwrap_or(iri)
}

/// What a node stands for, with what only its kind has.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A commercial organisation.
    Company,
    /// A public body that is no state.
    PublicBody,
    /// A named person.
    Person,
    /// A country by its ISO code.
    Country(CountryCode),
    /// A region or town.
    Place,
    /// A programme, act or event.
    Initiative,
    /// A commitment of money.
    Investment(Box<Investment>),
    /// A number of jobs outside of an investment.
    Jobs(Jobs),
}

impl What {
    /// The kind alone.
    #[must_use]
    pub const fn kind(&self) -> NodeKind {
        match self {
            Self::Company => NodeKind::Company,
            Self::PublicBody => NodeKind::PublicBody,
            Self::Person => NodeKind::Person,
            Self::Country(_) => NodeKind::Country,
            Self::Place => NodeKind::Place,
            Self::Initiative => NodeKind::Initiative,
            Self::Investment(_) => NodeKind::Investment,
            Self::Jobs(_) => NodeKind::Jobs,
        }
    }
}

/// The kinds of nodes, in the order of a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A commercial organisation.
    Company,
    /// A public body that is no state.
    PublicBody,
    /// A named person.
    Person,
    /// A country.
    Country,
    /// A region or town.
    Place,
    /// A programme, act or event.
    Initiative,
    /// A commitment of money.
    Investment,
    /// A number of jobs outside of an investment.
    Jobs,
}

impl NodeKind {
    /// All kinds, in the order of a legend.
    pub const ALL: [Self; 8] =
        [Self::Company, Self::PublicBody, Self::Person, Self::Country, Self::Place, Self::Initiative, Self::Investment, Self::Jobs];

    /// The name for readers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::PublicBody => "public body",
            Self::Person => "person",
            Self::Country => "country",
            Self::Place => "place",
            Self::Initiative => "initiative",
            Self::Investment => "investment",
            Self::Jobs => "jobs",
        }
    }

    /// Whether it is a fact about things rather than a thing with a name.
    #[must_use]
    pub const fn is_fact(self) -> bool {
        matches!(self, Self::Investment | Self::Jobs)
    }
}

/// What is known of an investment besides the things that it connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Investment {
    /// What the money is for.
    pub kind: Kind,
    /// How far it has come.
    pub stage: Stage,
    /// The sum.
    pub amount: Option<Money>,
    /// The same sum in other currencies, as printed.
    pub equivalents: Vec<Money>,
    /// Jobs that it creates.
    pub jobs: Option<Count>,
    /// First year, when stated.
    pub from: Option<i16>,
    /// Last year, when stated.
    pub until: Option<i16>,
    /// How sure the extractor is, as a decimal from 0 to 1.
    pub confidence: Option<String>,
}

/// A job commitment besides the company and country that it connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jobs {
    /// How many.
    pub jobs: Count,
    /// How sure the extractor is, as a decimal from 0 to 1.
    pub confidence: Option<String>,
}

/// How two nodes hang together; the first named is the edge's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Investor → investment.
    Investor,
    /// Investment → the company bought, funded or aided.
    Recipient,
    /// Investment or jobs → country.
    InCountry,
    /// Investment → region or town.
    InPlace,
    /// Investment → initiative.
    UnderInitiative,
    /// Company → its job commitment.
    Employer,
    /// Company → its owner.
    SubsidiaryOf,
    /// Company → country of its seat.
    BasedIn,
    /// Company → country where it is active.
    OperatesIn,
    /// Company → initiative.
    ParticipatesIn,
    /// Initiative → the country whose programme it is.
    InitiativeOf,
    /// Place → the country or region that it lies in.
    LocatedIn,
}

impl Edge {
    /// The relations between named things, which the table of relations lists.
    pub const RELATIONS: [Self; 6] =
        [Self::SubsidiaryOf, Self::BasedIn, Self::OperatesIn, Self::ParticipatesIn, Self::InitiativeOf, Self::LocatedIn];

    /// The local name of the property in the ontology.
    #[must_use]
    pub const fn property(self) -> &'static str {
        match self {
            Self::Investor => "investor",
            Self::Recipient => "recipient",
            Self::InCountry => "country",
            Self::InPlace => "place",
            Self::UnderInitiative => "initiative",
            Self::Employer => "company",
            Self::SubsidiaryOf => "subsidiaryOf",
            Self::BasedIn => "basedIn",
            Self::OperatesIn => "operatesIn",
            Self::ParticipatesIn => "participatesIn",
            Self::InitiativeOf => "initiativeOf",
            Self::LocatedIn => "locatedIn",
        }
    }

    /// The words beside an arrow from source to target.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Investor => "invests",
            Self::Recipient => "into",
            Self::InCountry | Self::InPlace => "in",
            Self::UnderInitiative => "under",
            Self::Employer => "hires",
            Self::SubsidiaryOf => "part of",
            Self::BasedIn => "based in",
            Self::OperatesIn => "operates in",
            Self::ParticipatesIn => "takes part in",
            Self::InitiativeOf => "programme of",
            Self::LocatedIn => "located in",
        }
    }
}
