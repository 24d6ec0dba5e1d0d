//! From paths to articles, one by one. `["news/", "extra.jsonl"]` → `Ok(Article)` or `Err(Skipped)` for each file or record.

use std::fmt;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::files::{self, Files};
use super::format::{Format, HEAD_BYTES, stem};
use super::lines::{Piece, next_line};
use super::splitter::Splitter;
use super::{Article, MAX_BYTES, Reason, Skipped, plain, record};

/// Reads the articles of files and folders in order; holds one of them at a time.
#[derive(Debug)]
pub struct Reader {
    files: Files,
    records: Option<Records>,
    bytes: Arc<AtomicU64>,
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
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)
    }
}

impl Reader {
    /// A reader of these files and folders; `-` is stdin.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self { files: Files::new(paths), records: None, bytes: Arc::default() }
    }

    /// How many bytes of the files were read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Opens a file: plain text is read at once, records later one by one.
    fn open(&mut self, path: &Path) -> Result<Option<Article>, Reason> {
        let mut stream = files::open(path, &self.bytes)?;
        let mut head = Vec::with_capacity(HEAD_BYTES);
        stream.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(Reason::Empty);
        }
        let format = Format::recognise(&head, path);
        let mut stream = Box::new(std::io::Cursor::new(head).chain(stream));
        let split = match format {
            Format::Plain => {
                let mut text = Vec::new();
                stream.take(MAX_BYTES as u64 + 1).read_to_end(&mut text)?;
                if text.len() > MAX_BYTES {
                    return Err(Reason::TooLong);
                }
                return plain::article(stem(path), text).map(Some);
            }
            Format::Lines => Split::Lines(0),
            Format::Document => Split::Document(Splitter::new()),
        };
        if stream.fill_buf()?.is_empty() {
            return Err(Reason::Empty);
        }
        self.records = Some(Records { file: display(path), stem: stem(path), stream, split, count: 0 });
        Ok(None)
    }
}

impl Iterator for Reader {
    type Item = Result<Article, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(records) = &mut self.records {
                match records.next() {
                    Some(article) => return Some(article),
                    None => self.records = None,
                }
            }
            let path = match self.files.next()? {
                Ok(path) => path,
                Err(skipped) => return Some(Err(skipped)),
            };
            match self.open(&path) {
                Ok(Some(article)) => return Some(Ok(article)),
                Ok(None) => {}
                Err(reason) => {
                    return Some(Err(Skipped { file: display(&path), line: None, reason }));
                }
            }
        }
    }
}

impl Iterator for Records {
    type Item = Result<Article, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let piece = match &mut self.split {
            Split::Lines(line) => next_line(&mut *self.stream, line, MAX_BYTES),
            Split::Document(splitter) => splitter.next_record(&mut *self.stream, MAX_BYTES),
        };
        let (line, article) = match piece {
            Ok(None) if self.count > 0 => return None,
            Ok(None) => (None, Err(Reason::Empty)),
            Ok(Some(Piece::TooLong(line))) => (Some(line), Err(Reason::TooLong)),
            Ok(Some(Piece::Unfinished(line))) => (Some(line), Err(Reason::Unfinished)),
            Ok(Some(Piece::Whole(line, json))) => (Some(line), self.article(line, &json)),
            Err(error) => {
                // What follows a read error cannot be read either.
                self.stream = Box::new(std::io::empty());
                (None, Err(error.into()))
            }
        };
        self.count += 1;
        Some(article.map_err(|reason| Skipped { file: self.file.clone(), line, reason }))
    }
}

impl Records {
    fn article(&self, line: u64, json: &[u8]) -> Result<Article, Reason> {
        let place = match self.split {
            Split::Lines(_) => line,
            Split::Document(_) => self.count + 1,
        };
        record::article(json, || format!("{}#{place}", self.stem))
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

    /// Reads files of these names and contents; articles by name and text, skipped ones by message.
    fn read(files: &[(&str, &[u8])]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let paths = files.iter().map(|(name, content)| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            path
        });
        let prefix = format!("{}/", folder.path().display());
        Reader::new(paths.collect())
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
