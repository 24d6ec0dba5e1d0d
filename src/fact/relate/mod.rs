//! Judges which relations hold between the entities of an article.
//! "Canadian firm Brookfield" → Brookfield basedIn CA; "Google, a unit of Alphabet" → Google subsidiaryOf Alphabet.

mod geography;
mod operation;
mod ownership;
mod programme;
mod seat;
mod statement;

use rustc_hash::FxHashSet;

use super::Predicate;
use super::reading::Reading;
use crate::mention::{EntityId, Mention};
use crate::text::Span;

pub(super) use operation::operations;
pub(super) use ownership::ownership;
pub(super) use programme::initiatives;
pub(super) use seat::seats;

/// A relation that was judged, with the two mentions that speak most for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// Of whom.
    pub subject: EntityId,
    /// What.
    pub predicate: Predicate,
    /// The other entity; a place stands for its country.
    pub object: EntityId,
    /// Probability.
    pub probability: f32,
    /// The subject's words.
    pub subject_mention: Span,
    /// The object's words.
    pub object_mention: Span,
}

/// What the events say of a pair, for its features.
#[derive(Debug, Default)]
pub(super) struct Deeds {
    /// Company and country: the company invests there.
    pub invests: FxHashSet<(EntityId, u32)>,
    /// Company and country: the company is bought or funded there.
    pub receives: FxHashSet<(EntityId, u32)>,
    /// Company and initiative: an investment of the company is made under it.
    pub under: FxHashSet<(EntityId, EntityId)>,
    /// Initiative and country: an investment under it goes there.
    pub hosts: FxHashSet<(EntityId, u32)>,
    /// Buyer and bought.
    pub buys: FxHashSet<(EntityId, EntityId)>,
}

/// Probability above which a relation is believed: where the balance of misses and false ones was best in cross-validation.
#[must_use]
pub(crate) const fn belief(predicate: Predicate) -> f32 {
    match predicate {
        Predicate::BasedIn | Predicate::InitiativeOf => 0.45,
        Predicate::OperatesIn => 0.3,
        Predicate::SubsidiaryOf | Predicate::ParticipatesIn => 0.22,
    }
}

/// Most mentions of one entity that are looked at.
const MENTIONS: usize = 12;

/// The first mentions of an entity.
pub(super) fn mentions_of(reading: &Reading<'_>, id: EntityId) -> Vec<Mention> {
    reading.mentions.iter().filter(|m| m.entity == id).take(MENTIONS).copied().collect()
}

/// Tokens between two spans.
pub(super) fn gap(a: Span, b: Span) -> usize {
    if a.end <= b.start {
        (b.start - a.end) as usize
    } else if b.end <= a.start {
        (a.start - b.end) as usize
    } else {
        0
    }
}

/// A number as one of a few words.
pub(super) fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=9 => "6",
        10..=19 => "10",
        20..=199 => "20",
        200..=900 => "next",
        _ => "off",
    }
}

#[cfg(test)]
pub(super) mod sample {
    //! Articles read for tests, in which the test itself says which names are companies.

    use crate::fact::reading::Reading;
    use crate::lexicon::{Candidate, Features, Judge, Lexicon, Probabilities, Task};
    use crate::mention::EntityId;
    use crate::text::Document;

    /// Read once for all tests.
    static LEXICON: std::sync::LazyLock<Lexicon> =
        std::sync::LazyLock::new(|| Lexicon::embedded().unwrap_or_else(|error| panic!("{error}")));

    struct Told<'a>(&'a [&'a str]);

    impl Judge for Told<'_> {
        fn judge(&mut self, task: Task, candidate: &Candidate<'_>, _features: &Features) -> Probabilities {
            let yes = matches!(candidate, Candidate::Entity { names } if names.iter().any(|n| self.0.contains(&n.as_str())));
            (0..task.classes().len()).map(|class| if class == usize::from(yes) { 1.0 } else { 0.0 }).collect()
        }
    }

    /// Reads a text in which `companies` are the companies.
    pub(in crate::fact) fn with_reading(text: &str, companies: &[&str], check: impl FnOnce(&Reading<'_>)) {
        let doc = Document::read(text, LEXICON.abbreviations());
        check(&Reading::new(&doc, &LEXICON, &mut Told(companies)));
    }

    /// The company of a name.
    pub(in crate::fact) fn company(reading: &Reading<'_>, name: &str) -> EntityId {
        let found = reading.entities.iter().find(|(_, e)| e.names.iter().any(|n| n == name));
        found.unwrap_or_else(|| panic!("no {name} in {:?}", reading.entities.list)).0
    }
}
