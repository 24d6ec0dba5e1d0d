//! Articles and their readers. A file or record → [`Article`]: text, headline, URL, publisher, date, language.
//!
//! [`Reader`] walks files and folders and yields articles one by one; what cannot be read comes as [`Skipped`], which names
//! the file, the line and what to do. The format is recognised by content first, by name second.

mod files;
mod format;
mod lines;
mod plain;
mod reader;
mod record;
mod skipped;
mod splitter;

use serde::Serialize;

pub use files::total_bytes;
pub use reader::Reader;
pub use skipped::{Reason, Skipped};

/// One news article as it was read. The fields stand in the order that `read` prints them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Article {
    /// The article's name: a file's stem, or the record's id or URL.
    pub article: String,
    /// The headline.
    pub title: Option<String>,
    /// The text that all evidence offsets refer to; paragraphs are parted by blank lines.
    pub text: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The paper or agency.
    pub publisher: Option<String>,
    /// The day of publication (ISO 8601 date or date-time, as the source gives it).
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
}

/// The longest article that is read, in bytes: far above any news article, low enough that a runaway file or line
/// costs no memory.
pub const MAX_BYTES: usize = 16 << 20;
