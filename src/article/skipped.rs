//! Inputs that could not be read. A broken 17th line → `news.jsonl:17: not valid JSON (…); correct or remove the line`.

use std::fmt;
use std::io;

use super::MAX_BYTES;
use super::stream::Bomb;

/// One input that yielded no article: a path, a file, or a record in it.
#[derive(Debug, thiserror::Error)]
pub struct Skipped {
    /// The file or folder as it was named.
    pub file: String,
    /// The line where the record starts, counted from 1; none when the whole file is meant.
    pub line: Option<u64>,
    /// The record's id or address, where it has one.
    pub record: Option<String>,
    /// Why it was skipped.
    #[source]
    pub reason: Reason,
}

/// Why an input yielded no article, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The path does not exist.
    #[error("no such file or folder; check the path")]
    NotFound,
    /// A folder holds no file of a known kind.
    #[error("the folder holds no articles; it needs text, Markdown, HTML, JSON, CSV, feed or WARC files, packed or not")]
    NoArticles,
    /// No text at all.
    #[error("the file is empty; remove it or fill in its text")]
    Empty,
    /// The text is not UTF-8, from this byte on, counted from 0.
    #[error("not UTF-8 text (byte {0}); name its encoding with --encoding, for example windows-1252")]
    NotUtf8(usize),
    /// A picture, a program, or the like.
    #[error("not a text file; remove it, or save its text")]
    Binary,
    /// A kind of file that is known and not read.
    #[error("{0} files are not read; save the text instead")]
    Unsupported(&'static str),
    /// Longer than any article.
    #[error("longer than {} MB, too long for an article; split it into one file or line an article", MAX_BYTES >> 20)]
    TooLong,
    /// A packed file that unpacks to far more than text does.
    #[error("{Bomb}; unpack it by hand if it is sound")]
    Bomb,
    /// A record that is no JSON.
    #[error("not valid JSON ({0}); correct or remove the record")]
    NotJson(#[source] serde_json::Error),
    /// A record that is JSON, but no object.
    #[error("not a JSON object; an article is an object with a \"text\" field")]
    NotAnObject,
    /// A file that begins like a feed and is none.
    #[error("not a sound feed ({0}); correct or remove it")]
    NotAFeed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file ends within a record.
    #[error("the file ends within this record; complete or remove it")]
    Unfinished,
    /// A record of an archive that does not keep to the format.
    #[error("a damaged record of a web archive; what can be read after it is read")]
    BrokenRecord,
    /// A record without text.
    #[error(
        "no text; an article needs a field \"text\" (or \"body\", \"content\", …) that is not empty; name another with --field text=NAME"
    )]
    NoText,
    /// A table without a column for the text; its columns.
    #[error("no column holds the text (there are: {0}); name it with --field text=COLUMN")]
    NoTextColumn(String),
    /// A page whose elements are nested too deeply, or too many.
    #[error("too deeply nested or too many elements for an article; save the article's text instead")]
    Overgrown,
    /// A page that holds nothing like an article.
    #[error("no article in the page; save the article's text instead")]
    NoMainText,
    /// An article in another language, by its BCP 47 tag.
    #[error("not in English ({0}); --language any reads it all the same")]
    Foreign(String),
    /// The address cannot be fetched.
    #[error("cannot be fetched ({0}); check the address, or save the page and name the file")]
    Unfetchable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A parser failed on it.
    #[error("the reader failed on it, which is a fault of this program; please report it with the file")]
    Failed,
    /// The operating system, or a damaged packed file.
    #[error("cannot be read ({0}); check the file and its permissions")]
    Unreadable(#[source] io::Error),
}

impl Reason {
    /// A short name of the cause, the same in every release, to count and filter by.
    #[must_use]
    pub const fn cause(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NoArticles => "no-articles",
            Self::Empty => "empty",
            Self::NotUtf8(_) => "not-utf8",
            Self::Binary => "binary",
            Self::Unsupported(_) => "unsupported",
            Self::TooLong => "too-long",
            Self::Bomb => "bomb",
            Self::NotJson(_) => "not-json",
            Self::NotAnObject => "not-an-object",
            Self::NotAFeed(_) => "not-a-feed",
            Self::Unfinished => "unfinished",
            Self::BrokenRecord => "broken-record",
            Self::NoText => "no-text",
            Self::NoTextColumn(_) => "no-text-column",
            Self::Overgrown => "overgrown",
            Self::NoMainText => "no-main-text",
            Self::Foreign(_) => "foreign",
            Self::Unfetchable(_) => "unfetchable",
            Self::Failed => "failed",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(record) = self.record.as_ref().filter(|record| **record != self.file) {
            write!(f, " ({record})")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Bomb>) {
            return Self::Bomb;
        }
        if error.kind() == io::ErrorKind::NotFound { Self::NotFound } else { Self::Unreadable(error) }
    }
}
