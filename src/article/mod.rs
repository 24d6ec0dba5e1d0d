//! Articles and their readers. A file or record → [`Article`]: text, headline, URL, publisher, author, date, language.
//!
//! [`Reader`] walks files and folders and yields what it finds one by one; [`Found::read`] makes an article of it, on any thread.
//! What cannot be read comes as [`Skipped`], which names the file, the line and what to do. The format is recognised by content
//! first, by name second.

mod encoding;
mod feed;
mod fields;
mod files;
mod format;
mod found;
mod html;
mod language;
mod lines;
mod markdown;
mod plain;
mod published;
mod reader;
mod record;
mod skipped;
mod splitter;
mod stream;
mod table;
mod warc;

use serde::Serialize;

pub use fields::{Field, Fields};
pub use files::total_bytes;
pub use found::{Found, Settings};
pub use language::Languages;
pub use reader::{Fetch, Fetched, Reader};
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
    /// Who wrote it, as the source names them.
    pub author: Option<String>,
    /// The day of publication (ISO 8601 date or date-time, as the source gives it).
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
}

/// The longest article that is read, in bytes: far above any news article, low enough that a runaway file or line
/// costs no memory.
pub const MAX_BYTES: usize = 16 << 20;

/// The last place between two characters within the first `most` bytes.
fn boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}
