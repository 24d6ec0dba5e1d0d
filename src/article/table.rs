//! Tables. "title,text\nAcme builds,\"Acme said …\"" → a row at a time, each an article; the header names the fields.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::fields::{Fields, Flat};
use super::lines::Piece;
use super::{Article, Reason};

/// What parts the fields of a row.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The header of a table: how its rows are to be read.
#[derive(Debug)]
pub(super) struct Header {
    names: Vec<String>,
    delimiter: u8,
}

impl Header {
    /// Reads the first row.
    pub(super) fn new(row: &[u8]) -> Arc<Self> {
        let delimiter = delimiter(row);
        Arc::new(Self { names: fields_of(row, delimiter), delimiter })
    }

    /// Whether a column can hold the text.
    pub(super) fn holds_text(&self, fields: &Fields) -> bool {
        self.names.iter().any(|name| fields.holds_text(name))
    }

    /// Its columns, as a message lists them.
    pub(super) fn list(&self) -> String {
        self.names.join(", ")
    }

    /// An article of one row. `fallback` names it when the row holds neither id nor URL.
    pub(super) fn article(&self, row: Vec<u8>, fields: &Fields, fallback: impl FnOnce() -> String) -> Result<Article, Reason> {
        let row = String::from_utf8(row).map_err(|error| Reason::NotUtf8(error.utf8_error().valid_up_to()))?;
        let values = fields_of(row.as_bytes(), self.delimiter);
        fields.article(&Flat::new(self.names.iter().cloned().zip(values)), fallback)
    }
}

/// Whether a line is the header of a table of articles: several columns, one of which can hold the text.
pub(super) fn is_header(line: &[u8], fields: &Fields) -> bool {
    let names = fields_of(line, delimiter(line));
    names.len() > 1 && names.iter().any(|name| fields.holds_text(name)) && names.iter().filter(|name| fields.knows(name)).count() > 1
}

fn delimiter(row: &[u8]) -> u8 {
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, row).count();
    // The first of those that occur most often.
    DELIMITERS.into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

fn fields_of(row: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(row);
    let mut record = csv::ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(true) => record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

/// Finds the rows of a stream; line breaks within quotes belong to their field.
#[derive(Debug)]
pub(super) struct Rows {
    line: u64,
    delimiter: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// A quote here opens a quoted field.
    FieldStart,
    Plain,
    Quoted,
    /// The field ends here unless another quote follows.
    QuoteInQuoted,
}

impl Rows {
    /// The rows of a table whose header is `header`, which is the first of them.
    pub(super) fn new(header: &[u8]) -> Self {
        Self { line: 1, delimiter: delimiter(header) }
    }

    /// Whether no row was read yet.
    pub(super) const fn is_at_start(&self) -> bool {
        self.line == 1
    }

    /// The next row that is not blank, of at most `limit` bytes. A longer one is passed over up to the end of its field or line.
    pub(super) fn next_row(&mut self, stream: &mut dyn BufRead, limit: usize) -> io::Result<Option<Piece>> {
        let mut row = Vec::new();
        let mut start = self.line;
        let mut at = At::FieldStart;
        let mut too_long = false;
        loop {
            let buffer = stream.fill_buf()?;
            if buffer.is_empty() {
                return Ok(match (too_long, at) {
                    (true, _) => Some(Piece::TooLong(start)),
                    (false, At::Quoted) => Some(Piece::Unfinished(start)),
                    (false, _) if row.trim_ascii().is_empty() => None,
                    (false, _) => Some(Piece::Whole(start, row)),
                });
            }
            let mut used = 0;
            let mut ended = false;
            for &byte in buffer {
                used += 1;
                self.line += u64::from(byte == b'\n');
                // A quote that nothing closes would swallow all that follows.
                if byte == b'\n' && (at != At::Quoted || too_long) {
                    ended = true;
                    break;
                }
                at = match (at, byte) {
                    (At::Quoted, b'"') => At::QuoteInQuoted,
                    (At::FieldStart | At::QuoteInQuoted, b'"') | (At::Quoted, _) => At::Quoted,
                    (_, byte) if byte == self.delimiter => At::FieldStart,
                    _ => At::Plain,
                };
            }
            if !too_long {
                row.extend_from_slice(&buffer[..used]);
            }
            stream.consume(used);
            if row.len() > limit {
                too_long = true;
                row = Vec::new();
            }
            if !ended {
                continue;
            }
            if too_long {
                return Ok(Some(Piece::TooLong(start)));
            }
            if !row.trim_ascii().is_empty() {
                return Ok(Some(Piece::Whole(start, row)));
            }
            row.clear();
            start = self.line;
            at = At::FieldStart;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn rows(table: &str, limit: usize) -> Vec<Piece> {
        let mut stream = BufReader::with_capacity(5, table.as_bytes());
        let mut rows = Rows::new(table.lines().next().unwrap_or_default().as_bytes());
        std::iter::from_fn(|| rows.next_row(&mut stream, limit).unwrap()).collect()
    }

    #[test]
    fn rows_end_outside_of_quotes() {
        let whole = |line, text: &str| Piece::Whole(line, text.into());
        assert_eq!(
            rows("title,text\n\nA,\"one\n\"\"two\"\"\"\r\n5\" pipe,three\nB,\"four", 99),
            [whole(1, "title,text\n"), whole(3, "A,\"one\n\"\"two\"\"\"\r\n"), whole(5, "5\" pipe,three\n"), Piece::Unfinished(6)]
        );
        assert_eq!(rows("", 99), []);
        let long = format!("a,b\n\"{}\nx,y\n", "x".repeat(200));
        assert_eq!(rows(&long, 99), [whole(1, "a,b\n"), Piece::TooLong(2), whole(3, "x,y\n")]);
    }

    #[test]
    fn columns_are_fields() {
        let fields = Fields::default();
        for (header, row) in [
            ("Title,Published At,Text", "Acme builds,21 May 2024,\"Acme said, \"\"yes\"\".\""),
            ("text\ttitle\tdate", "Acme said, \"yes\".\tAcme builds\t2024-05-21\textra"),
            ("title;date;body", "Acme builds;2024-05-21;Acme said, \"yes\"."),
        ] {
            assert!(is_header(header.as_bytes(), &fields), "{header}");
            let article = Header::new(header.as_bytes()).article(row.into(), &fields, || "a#2".into()).unwrap();
            assert_eq!(article.text, "Acme said, \"yes\".");
            assert_eq!((article.title.as_deref(), article.published.as_deref()), (Some("Acme builds"), Some("2024-05-21")));
            assert_eq!(article.article, "a#2");
        }
        for line in ["Text", "Acme, the maker of text, builds", "name,size", ""] {
            assert!(!is_header(line.as_bytes(), &fields), "{line}");
        }
    }
}
