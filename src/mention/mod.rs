//! Mentions: which words of a document name or mean something. "AWS, the US group" → one company, told twice.
//!
//! The stages in order: quantities, names ([`find_names`]), entities (names of one bearer), reference (pronouns and descriptions).

mod entity;
mod name;
pub mod quantity;
mod reference;
mod repeated;
mod run;
mod sign;

pub use entity::{Entities, Entity, EntityId, EntityKind};
pub use name::{Name, NameQuality, find_names};
pub use reference::{Mention, MentionForm, find_mentions};
