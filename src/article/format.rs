//! What kind of file it is, by its first bytes, else by its name. `{"title": …` → JSON Lines, whatever the name says.

use std::path::Path;

/// How many bytes of a file are looked at.
pub(super) const HEAD_BYTES: usize = 4096;

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One article as plain text.
    Plain,
    /// One JSON object a line.
    Lines,
    /// JSON over several lines: an array of objects, or objects one after the other.
    Document,
}

impl Format {
    /// Recognises a file by its first bytes, at most [`HEAD_BYTES`], and its name.
    pub(super) fn recognise(head: &[u8], path: &Path) -> Self {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let first_line = head.split(|&b| b == b'\n').next().unwrap_or_default().trim_ascii_end();
        let rest = head.get(1..).unwrap_or_default().trim_ascii_start();
        let extension = extension(path);
        let named_lines = matches!(extension, Some("jsonl" | "ndjson"));
        match head.first() {
            Some(b'{') if rest.starts_with(b"\"") || rest.starts_with(b"}") => {
                if !named_lines && first_line.ends_with_any(b"{,[:") {
                    Self::Document
                } else {
                    Self::Lines
                }
            }
            Some(b'[') if rest.starts_with(b"{") => Self::Document,
            Some(b'[') if extension == Some("json") => Self::Document,
            _ if named_lines || extension == Some("json") => Self::Lines,
            _ => Self::Plain,
        }
    }
}

trait EndsWithAny {
    fn ends_with_any(&self, bytes: &[u8]) -> bool;
}

impl EndsWithAny for [u8] {
    fn ends_with_any(&self, bytes: &[u8]) -> bool {
        self.last().is_some_and(|last| bytes.contains(last))
    }
}

/// Whether a file met in a folder is taken for an article: by its name alone, so that pictures and tables stay unopened.
pub(super) fn is_article_name(path: &Path) -> bool {
    matches!(extension(path), Some("txt" | "text" | "md" | "json" | "jsonl" | "ndjson"))
}

/// The article's name after its file: `news/2024-05 AWS.txt.gz` → `2024-05 AWS`.
pub(super) fn stem(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "stdin".to_owned();
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let known = extension(path).is_some_and(|ending| ending.len() <= 6 && ending.bytes().all(|b| b.is_ascii_lowercase()));
    match name.rsplit_once('.') {
        Some((stem, _)) if known && !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// The extension without `.gz`.
fn extension(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.rsplit_once('.').map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        for (head, name, format) in [
            ("Acme builds a plant", "a.txt", Format::Plain),
            ("Acme builds a plant", "-", Format::Plain),
            ("[Photo: Reuters] Acme builds", "a.txt", Format::Plain),
            ("{\"text\": \"Acme\"}\n{", "a.txt", Format::Lines),
            ("{\"text\": \"Acme\"}", "-", Format::Lines),
            ("{\n  \"text\": \"Acme\"\n}", "a.json", Format::Document),
            ("{\"title\": \"A\",\n\"text\": \"Acme\"}", "a.json", Format::Document),
            ("{\"title\": \"A\",", "a.jsonl", Format::Lines),
            ("\u{feff}[\n{\"text\": \"Acme\"}]", "a", Format::Document),
            ("[]", "a.json", Format::Document),
            ("no json at all", "a.jsonl", Format::Lines),
            ("", "a.json", Format::Lines),
            ("", "a.txt", Format::Plain),
        ] {
            assert_eq!(Format::recognise(head.as_bytes(), Path::new(name)), format, "{head} in {name}");
        }
    }

    #[test]
    fn stems_keep_dots_that_end_no_extension() {
        for (path, expected) in [
            ("news/seed.txt", "seed"),
            ("seed.html.gz", "seed"),
            ("2024.05.21", "2024.05.21"),
            ("Acme Inc. builds", "Acme Inc. builds"),
            (".txt", ".txt"),
            ("-", "stdin"),
        ] {
            assert_eq!(stem(Path::new(path)), expected);
        }
    }
}
