//! Inputs that could not be read. A broken 17th line → `news.jsonl:17: not valid JSON (…); correct or remove the line`.

use std::fmt;
use std::io;

use super::MAX_BYTES;

/// One input that yielded no article: a path, a file, or a record in it.
#[derive(Debug, thiserror::Error)]
pub struct Skipped {
    /// The file or folder as it was named.
    pub file: String,
    /// The line where the record starts, counted from 1; none when the whole file is meant.
    pub line: Option<u64>,
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
    #[error("the folder holds no articles; it needs .txt, .md, .json or .jsonl files, gzipped or not")]
    NoArticles,
    /// No text at all.
    #[error("the file is empty; remove it or fill in its text")]
    Empty,
    /// The text is not UTF-8, from this byte on, counted from 0.
    #[error("not UTF-8 text (byte {0}); convert it to UTF-8, for example with iconv")]
    NotUtf8(usize),
    /// Longer than any article.
    #[error("longer than {} MB, too long for an article; split it into one file or line an article", MAX_BYTES >> 20)]
    TooLong,
    /// A record that is no JSON.
    #[error("not valid JSON ({0}); correct or remove the record")]
    NotJson(#[source] serde_json::Error),
    /// A record that is JSON, but no object.
    #[error("not a JSON object; an article is an object with a \"text\" field")]
    NotAnObject,
    /// The file ends within a record.
    #[error("the file ends within this record; complete or remove it")]
    Unfinished,
    /// A record without text.
    #[error("no text; an article needs a \"text\" (or \"body\", \"content\", \"maintext\") field that is not empty")]
    NoText,
    /// The operating system, or a damaged gzip file.
    #[error("cannot be read ({0}); check the file and its permissions")]
    Unreadable(#[source] io::Error),
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::NotFound } else { Self::Unreadable(error) }
    }
}
