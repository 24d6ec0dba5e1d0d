//! Writes the graph for other programs. One file a format, each behind [`Format`]. A [`View`] → CSV tables, a DOT drawing.

pub mod csv;
pub mod dot;
mod evidence;
mod style;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use crate::graph::{Store, StoreError};
use crate::view::View;

pub use self::csv::Csv;
pub use self::dot::Dot;
pub use self::evidence::{ClaimEvidence, read_evidence};

/// What an export is made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The part of the resolved graph to write.
    pub view: &'a View,
    /// The store, for what stands in the articles' own graphs.
    pub store: &'a Store,
}

/// A form in which the graph can be written: one stream, or several that belong together.
pub trait Format {
    /// The name on the command line; also the ending of its files.
    fn name(&self) -> &'static str;

    /// The streams that it writes, each a file's stem: the tables of CSV, else the one "graph".
    fn parts(&self) -> &'static [&'static str] {
        &["graph"]
    }

    /// Writes one of [`Format::parts`].
    fn write(&self, part: &str, source: Source<'_>, out: &mut dyn Write) -> Result<(), ExportError>;
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output took no more.
    #[error("cannot write the output")]
    Output(#[from] io::Error),
    /// The store could not be read.
    #[error("cannot read the store")]
    Store(#[from] StoreError),
    /// The part is none of the format's.
    #[error("unknown table \"{table}\"; the tables are {}", csv::TABLES.join(", "))]
    UnknownTable {
        /// The name as it was given.
        table: String,
    },
}
