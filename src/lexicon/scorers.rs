//! The decisions that are learned, the candidates they are made on, and who makes them.

use super::Features;
use super::files::{Files, LexiconError};
use super::scorer::{Probabilities, Scorer};

/// A decision that is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Task {
    /// Is a name a company, an initiative, a place, or none of these?
    Entity,
    /// Does a sum or trigger tell of an investment, and of which kind?
    Event,
    /// Of which kind is an investment, now that its roles are filled?
    Kind,
    /// How far has the investment come?
    Stage,
    /// Is an entity the investor of an event?
    Investor,
    /// Is a company the recipient of an event?
    Recipient,
    /// Does an event's money go to a country?
    Country,
    /// Does an event's money go to a place?
    Place,
    /// Is an event part of an initiative?
    Initiative,
    /// Is a year the first or last one of an event?
    Year,
    /// Is a number of jobs an investment's, a commitment of its own, or neither?
    Jobs,
    /// Is a company based in a country?
    BasedIn,
    /// Does a company operate in a country?
    OperatesIn,
    /// Is a company owned by another?
    SubsidiaryOf,
    /// Does a company take part in an initiative?
    ParticipatesIn,
    /// Is an initiative a country's?
    InitiativeOf,
}

impl Task {
    /// All tasks.
    pub const ALL: [Self; 16] = [
        Self::Entity,
        Self::Event,
        Self::Kind,
        Self::Stage,
        Self::Investor,
        Self::Recipient,
        Self::Country,
        Self::Place,
        Self::Initiative,
        Self::Year,
        Self::Jobs,
        Self::BasedIn,
        Self::OperatesIn,
        Self::SubsidiaryOf,
        Self::ParticipatesIn,
        Self::InitiativeOf,
    ];

    /// The stem of the file of weights.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Event => "event",
            Self::Kind => "kind",
            Self::Stage => "stage",
            Self::Investor => "investor",
            Self::Recipient => "recipient",
            Self::Country => "country",
            Self::Place => "place",
            Self::Initiative => "initiative",
            Self::Year => "year",
            Self::Jobs => "jobs",
            Self::BasedIn => "based_in",
            Self::OperatesIn => "operates_in",
            Self::SubsidiaryOf => "subsidiary_of",
            Self::ParticipatesIn => "participates_in",
            Self::InitiativeOf => "initiative_of",
        }
    }

    /// The classes, in the order of the probabilities.
    #[must_use]
    pub const fn classes(self) -> &'static [&'static str] {
        match self {
            Self::Entity => &["other", "company", "initiative", "place"],
            Self::Event => &["none", "project", "acquisition", "funding", "public", "total"],
            Self::Kind => &["project", "acquisition", "funding", "public", "total"],
            Self::Stage => &["considered", "planned", "done", "cancelled"],
            Self::Year => &["none", "from", "until", "both"],
            Self::Jobs => &["none", "own", "investment"],
            _ => &["no", "yes"],
        }
    }
}

/// What a decision is about, in the article's own words; a judge that learns looks it up in what is known to be true.
#[derive(Debug)]
pub enum Candidate<'a> {
    /// An entity by its names.
    Entity {
        /// All its names in the article.
        names: &'a [String],
    },
    /// A possible investment.
    Event {
        /// Its number within the article.
        index: usize,
        /// Sums as (hundredths, currency): the sum itself, then its conversions; none for a trigger without a sum.
        sums: &'a [(u64, String)],
        /// Names of the companies told with it.
        names: &'a [&'a str],
        /// Codes of the countries told with it.
        countries: &'a [&'a str],
        /// Kind that its trigger tells of.
        kind: &'a str,
        /// Names of those who do what the trigger says, or to whom it is done.
        actors: &'a [&'a str],
    },
    /// The kind of an event, or how far it has come.
    Stage {
        /// The event's number.
        event: usize,
    },
    /// Something that may fill a role of an event.
    Role {
        /// The event's number.
        event: usize,
        /// Its names, or its country code.
        names: &'a [String],
    },
    /// A year of an event.
    Year {
        /// The event's number.
        event: usize,
        /// First and last year.
        years: (i16, i16),
    },
    /// A number of jobs.
    Jobs {
        /// How many.
        count: u64,
    },
    /// Two entities that a relation may hold between.
    Pair {
        /// Names of the subject.
        subject: &'a [String],
        /// Names of the object, or its country code.
        object: &'a [String],
    },
}

/// Who decides: the scorers, or while they are trained one who knows the truth.
pub trait Judge {
    /// The probability of each class of the task.
    fn judge(&mut self, task: Task, candidate: &Candidate<'_>, features: &Features) -> Probabilities;

    /// An empty set of features, of the sort that this judge needs.
    fn features(&self) -> Features {
        Features::new()
    }
}

/// One scorer for each task.
#[derive(Debug, Default, Clone)]
pub struct Scorers {
    list: Vec<Scorer>,
}

impl Scorers {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let mut scorers = Self::default();
        for task in Task::ALL {
            let file = format!("scorers/{}.bin", task.name());
            let scorer = Scorer::load(files, &file)?;
            if scorer.classes() != task.classes().len() {
                return Err(LexiconError::line(&file, 1, format!("must tell {} classes apart", task.classes().len())));
            }
            scorers.list.push(scorer);
        }
        Ok(scorers)
    }

    /// The scorer of a task.
    #[must_use]
    pub fn get(&self, task: Task) -> &Scorer {
        &self.list[task as usize]
    }

    /// Puts another scorer in the place of a task's.
    pub fn set(&mut self, task: Task, scorer: Scorer) {
        self.list[task as usize] = scorer;
    }
}

impl Judge for &Scorers {
    fn judge(&mut self, task: Task, _candidate: &Candidate<'_>, features: &Features) -> Probabilities {
        self.get(task).probabilities(features)
    }
}
