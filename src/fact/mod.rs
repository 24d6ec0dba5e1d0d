//! Facts: what an article says about investments, jobs and the firms behind them.
//!
//! The types follow the annotation guide's shape: one [`Investment`] for each distinct commitment of money,
//! [`JobCommitment`]s for job numbers outside of them, and [`Relation`]s between entities. Every slot that is
//! filled carries [`Evidence`]: the article's own words with their character range.

mod assemble;
mod event;
mod event_features;
mod facts;
mod investment;
mod reading;
mod relate;
mod relation;
mod rivalry;
mod role;
mod staff;
mod tree;

pub use assemble::assemble;
pub use facts::{ArticleFacts, Confidence, Entity, Evidence, Slot};
pub use investment::{CountryCode, Investment, JobCommitment, Kind, Party, Stage};
pub use reading::Reading;
pub use relation::{Object, Predicate, Relation};

pub use crate::lexicon::{Bound, CurrencyCode};
pub use crate::mention::quantity::{Amount, Count, Money};
