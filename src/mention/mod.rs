//! Mentions: what a stretch of text names or counts.

pub mod quantity;
