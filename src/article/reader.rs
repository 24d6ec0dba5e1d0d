//! From paths to articles, one by one. `["news/", "extra.jsonl"]` → `Ok(Found)` or `Err(Skipped)` for each file or record.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fields::Fields;
use super::files::Files;
use super::format::{Format, HEAD_BYTES, first_line, is_address, stem};
use super::found::{Content, Found};
use super::lines::{Piece, next_line};
use super::splitter::Splitter;
use super::table::{Header, Rows};
use super::warc::Archive;
use super::{Article, MAX_BYTES, Reason, Skipped, encoding, feed, stream};

/// Finds the articles of files, folders and addresses in order; holds one of them at a time.
#[derive(Debug)]
pub struct Reader {
    files: Files,
    fields: Fields,
    fetch: Fetch,
    records: Option<Records>,
    bytes: Arc<AtomicU64>,
}

/// Gets what is at an address of the web.
pub type Fetch = fn(&str) -> Result<Fetched, Reason>;

/// What was at an address.
pub struct Fetched {
    /// Its bytes, no more of them than [`MAX_BYTES`] and one.
    pub body: Box<dyn Read + Send>,
    /// The character set that the server named.
    pub charset: Option<String>,
    /// The address after all redirects.
    pub address: String,
}

/// A file of many articles that is being read.
struct Records {
    file: String,
    stem: String,
    stream: Box<dyn BufRead + Send>,
    split: Split,
    count: u64,
}

enum Split {
    /// After this many lines.
    Lines(u64),
    Document(Splitter),
    Table(Rows, Arc<Header>),
    Warc(Archive),
    Feed(VecDeque<Result<Article, Reason>>),
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)
    }
}

impl Reader {
    /// A reader of these files, folders and addresses; `-` is stdin.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, fields: Fields, fetch: Fetch) -> Self {
        Self { files: Files::new(paths), fields, fetch, records: None, bytes: Arc::default() }
    }

    /// How many bytes of the files were read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Opens a file: one that is a single article is read at once, records later one by one.
    fn open(&mut self, path: &Path) -> Result<Option<Found>, Reason> {
        let (mut stream, charset, address) = if is_address(path) {
            let Fetched { body, charset, address } = (self.fetch)(&path.to_string_lossy())?;
            (stream::unpacked(body, &self.bytes)?, charset, Some(address))
        } else {
            (stream::open(path, &self.bytes)?, None, None)
        };
        let mut head = Vec::with_capacity(HEAD_BYTES);
        stream.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(Reason::Empty);
        }
        let format = Format::recognise(&head, path, &self.fields);
        let (stream, head) = utf8(head, stream)?;
        let split = match format {
            Format::Binary => return Err(Reason::Binary),
            Format::Unsupported(kind) => return Err(Reason::Unsupported(kind)),
            Format::Plain | Format::Markdown | Format::Html => {
                let bytes = whole(stream)?;
                let content = match format {
                    Format::Html => Content::Html { bytes, charset, address },
                    Format::Markdown => Content::Markdown(bytes),
                    _ => Content::Plain(bytes),
                };
                return Ok(Some(Found { file: display(path), line: None, name: stem(path), content }));
            }
            Format::Lines => Split::Lines(0),
            Format::Document => Split::Document(Splitter::new()),
            Format::Wrapped => Split::Document(Splitter::within_object()),
            Format::Table => {
                let names = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
                let header = Header::new(first_line(names));
                if !header.holds_text(&self.fields) {
                    return Err(Reason::NoTextColumn(header.list()));
                }
                Split::Table(Rows::new(first_line(names)), header)
            }
            Format::Warc => Split::Warc(Archive::default()),
            Format::Feed => {
                let entries = feed::articles(&whole(stream)?, &stem(path))?;
                let stream = Box::new(io::empty());
                self.records = Some(Records { file: display(path), stem: stem(path), stream, split: Split::Feed(entries), count: 0 });
                return Ok(None);
            }
        };
        self.records = Some(Records { file: display(path), stem: stem(path), stream, split, count: 0 });
        Ok(None)
    }
}

/// The stream with its head put back, in UTF-8 where it is in UTF-16.
fn utf8(head: Vec<u8>, stream: Box<dyn BufRead + Send>) -> Result<(Box<dyn BufRead + Send>, Vec<u8>), Reason> {
    let utf16 = encoding::unicode(&head).filter(|encoding| *encoding != encoding_rs::UTF_8);
    let stream = io::Cursor::new(head.clone()).chain(stream);
    let Some(encoding) = utf16 else { return Ok((Box::new(stream), head)) };
    // Files in UTF-16 come from office programs and are small; reading them whole keeps their lines countable.
    let text = encoding.decode(&whole(stream)?).0.into_owned();
    let head = text.as_bytes()[..text.len().min(HEAD_BYTES)].to_vec();
    Ok((Box::new(io::Cursor::new(text.into_bytes())), head))
}

/// All that a stream holds, if that is no more than an article may.
fn whole(stream: impl Read) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    stream.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES { Err(Reason::TooLong) } else { Ok(bytes) }
}

impl Iterator for Reader {
    type Item = Result<Found, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(records) = &mut self.records {
                match records.next() {
                    Some(found) => return Some(found),
                    None => self.records = None,
                }
            }
            let path = match self.files.next()? {
                Ok(path) => path,
                Err(skipped) => return Some(Err(skipped)),
            };
            match self.open(&path) {
                Ok(Some(found)) => return Some(Ok(found)),
                Ok(None) => {}
                Err(reason) => return Some(Err(Skipped { file: display(&path), line: None, record: None, reason })),
            }
        }
    }
}

impl Iterator for Records {
    type Item = Result<Found, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next_content().unwrap_or_else(|error| {
            // What follows a read error cannot be read either.
            self.stream = Box::new(io::empty());
            Some((None, None, Err(error.into())))
        });
        let (line, place, content) = match next {
            Some(next) => next,
            None if self.count > 0 => return None,
            None => (None, None, Err(Reason::Empty)),
        };
        self.count += 1;
        let place = place.or(line).unwrap_or(self.count);
        let file = if matches!(self.split, Split::Warc(_) | Split::Feed(_)) { format!("{}#{place}", self.file) } else { self.file.clone() };
        Some(match content {
            Ok(content) => Ok(Found { file, line, name: format!("{}#{place}", self.stem), content }),
            Err(reason) => Err(Skipped { file, line, record: None, reason }),
        })
    }
}

/// A record's line and place, and what it is.
type Next = (Option<u64>, Option<u64>, Result<Content, Reason>);

impl Records {
    fn next_content(&mut self) -> io::Result<Option<Next>> {
        let stream = &mut *self.stream;
        let piece = match &mut self.split {
            Split::Feed(entries) => {
                return Ok(entries.pop_front().map(|entry| (None, None, entry.map(|article| Content::Read(Box::new(article))))));
            }
            Split::Warc(archive) => {
                let next = archive.next_page(stream, MAX_BYTES)?;
                return Ok(next.map(|(number, page)| (None, Some(number), page.map(Content::Archived))));
            }
            Split::Lines(line) => next_line(stream, line, MAX_BYTES)?,
            Split::Document(splitter) => splitter.next_record(stream, MAX_BYTES)?,
            Split::Table(rows, _) => {
                if self.count == 0 && rows.is_at_start() {
                    rows.next_row(stream, MAX_BYTES)?;
                }
                rows.next_row(stream, MAX_BYTES)?
            }
        };
        let Some(piece) = piece else { return Ok(None) };
        Ok(Some(match piece {
            Piece::TooLong(line) => (Some(line), None, Err(Reason::TooLong)),
            Piece::Unfinished(line) => (Some(line), None, Err(Reason::Unfinished)),
            Piece::Whole(line, bytes) => {
                let place = matches!(self.split, Split::Document(_)).then_some(self.count + 1);
                let content = match &self.split {
                    Split::Table(_, header) => Content::Row(Arc::clone(header), bytes),
                    _ => Content::Record(bytes),
                };
                (Some(line), place, Ok(content))
            }
        }))
    }
}

fn display(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::article::{Languages, Settings};
    use crate::lexicon::{Boilerplate, Files, FunctionWords};

    /// Reads files of these names and contents; articles by name and text, skipped ones by message.
    fn read(files: &[(&str, &[u8])]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let paths = files.iter().map(|(name, content)| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            path
        });
        let prefix = format!("{}/", folder.path().display());
        let settings = Settings {
            fields: Fields::default(),
            languages: Languages::English,
            encoding: None,
            boilerplate: Boilerplate::load(&Files::Embedded).unwrap_or_else(|error| panic!("{error}")),
            function_words: FunctionWords::load(&Files::Embedded).unwrap_or_else(|error| panic!("{error}")),
        };
        Reader::new(paths.collect(), Fields::default(), |_| Err(Reason::NotFound))
            .map(|found| found.and_then(|found| found.read(&settings)))
            .map(|article| match article {
                Ok(article) => format!("{}: {}", article.article, article.text),
                Err(skipped) => format!("skipped {}", skipped.to_string().replace(&prefix, "")),
            })
            .collect()
    }

    #[test]
    fn files_of_all_kinds_follow_each_other() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"{\"id\": \"z\", \"text\": \"Acme zipped\"}\n").unwrap();
        let articles = read(&[
            ("a.txt", b"Acme builds"),
            ("b.jsonl", b"{\"text\": \"Acme one\"}\n\n{\"id\": \"two\", \"text\": \"Acme two\"}"),
            ("c.json", b"[{\"text\": \"Acme three\"},{\"text\": \"Acme four\"}]"),
            ("d.jsonl.gz", &gzip.finish().unwrap()),
        ]);
        assert_eq!(articles, ["a: Acme builds", "b#1: Acme one", "two: Acme two", "c#1: Acme three", "c#2: Acme four", "z: Acme zipped"]);
    }

    #[test]
    fn tables_archives_and_feeds_give_their_articles() {
        let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>no article</p>";
        let warc = |kind: &str, content: &str, body: &[u8]| {
            let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://x.example/{kind}\r\nContent-Type: {content}\r\n");
            [format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body, b"\r\n\r\n"].concat()
        };
        let archive = [warc("conversion", "text/plain", b"Acme archived"), warc("response", "application/http", page)].concat();
        let articles = read(&[
            ("a.csv", b"id,title,text\n7,Acme,\"Acme, seven\"\n,,Acme eight\n9,Acme,\n"),
            ("b.warc", &archive),
            ("c.xml", b"<rss version=\"2.0\"><channel><item><description>Acme fed</description></item><item><title>x</title></item></channel></rss>"),
            ("d.json", b"{\"status\": \"ok\", \"articles\": [{\"content\": \"Acme listed\"}]}"),
            ("e.md", b"---\ntitle: Acme\n---\nAcme *marked*"),
            ("f.txt", b"\xFF\xFEA\0c\0m\0e\0"),
        ]);
        let starts = [
            "7: Acme, seven",
            "a#3: Acme eight",
            "skipped a.csv:4: no text;",
            "https://x.example/conversion: Acme archived",
            "skipped b.warc#2 (https://x.example/response): no article in the page;",
            "c#1: Acme fed",
            "skipped c.xml#2: no text;",
            "d#1: Acme listed",
            "e: Acme marked",
            "f: Acme",
        ];
        assert_eq!(articles.len(), starts.len(), "{articles:#?}");
        for (article, start) in articles.iter().zip(starts) {
            assert!(article.starts_with(start), "{article} should start with {start}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
        let articles = read(&[
            ("empty.txt", b""),
            ("blank.jsonl", b"\n\n"),
            ("latin1.txt", b"caf\xe9"),
            ("news.jsonl", b"{\"text\": \"Acme\"}\n{\"text\": oops}\n{\"title\": \"Acme\"}\n{\"text\": \"Acme again\"}\n"),
            ("cut.json", b"[{\"text\": \"Acme\"},\n{\"text\": "),
            ("cut.txt.gz", b"\x1f\x8b\x08\x00"),
        ]);
        let starts = [
            "skipped empty.txt: the file is empty;",
            "skipped blank.jsonl: the file is empty;",
            "skipped latin1.txt: not UTF-8 text (byte 3);",
            "news#1: Acme",
            "skipped news.jsonl:2: not valid JSON (",
            "skipped news.jsonl:3: no text;",
            "news#4: Acme again",
            "cut#1: Acme",
            "skipped cut.json:2: the file ends within this record;",
            "skipped cut.txt.gz: cannot be read (",
        ];
        assert_eq!(articles.len(), starts.len(), "{articles:#?}");
        for (article, start) in articles.iter().zip(starts) {
            assert!(article.starts_with(start), "{article} should start with {start}");
        }
    }

    #[test]
    fn a_line_past_the_limit_is_skipped_alone() {
        let mut content = vec![b'x'; MAX_BYTES + 1];
        content.extend_from_slice(b"\n{\"text\": \"Acme\"}\n");
        let articles = read(&[("long.jsonl", &content), ("long.txt", &content)]);
        assert_eq!(articles.len(), 3);
        assert!(articles[0].starts_with("skipped long.jsonl:1: longer than 16 MB"), "{}", articles[0]);
        assert_eq!(articles[1], "long#2: Acme");
        assert!(articles[2].starts_with("skipped long.txt: longer than 16 MB"), "{}", articles[2]);
    }
}
