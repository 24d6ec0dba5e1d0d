//! What kind of file it is, by its first bytes, else by its name. `{"title": …` → JSON Lines, whatever the name says.

use std::path::Path;

use super::encoding;
use super::fields::Fields;
use super::{markdown, table};

/// How many bytes of a file are looked at.
pub(super) const HEAD_BYTES: usize = 8192;

/// The kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One article as plain text.
    Plain,
    /// One article in Markdown.
    Markdown,
    /// A web page.
    Html,
    /// One JSON object a line.
    Lines,
    /// JSON over several lines: an array of objects, or objects one after the other.
    Document,
    /// JSON whose articles are in a list within one object.
    Wrapped,
    /// A header and rows.
    Table,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A web archive.
    Warc,
    /// Known, but not read.
    Unsupported(&'static str),
    /// No text at all.
    Binary,
}

/// Files of these endings are taken for articles in folders.
const ENDINGS: &[&str] =
    &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv", "xml", "rss", "atom", "warc"];
/// Endings of packed files.
const PACKED: &[&str] = &[".gz", ".zst"];

impl Format {
    /// Recognises a file by its first bytes, at most [`HEAD_BYTES`], and its name.
    pub(super) fn recognise(head: &[u8], path: &Path, fields: &Fields) -> Self {
        if let Some(format) = by_signature(head) {
            return format;
        }
        let decoded = encoding::unicode(head).map(|encoding| encoding.decode(head).0.into_owned());
        let head = decoded.as_ref().map_or(head, |text| text.as_bytes()).trim_ascii_start();
        if decoded.is_none() && memchr::memchr(0, head).is_some() && !head.starts_with(b"{") {
            return Self::Binary;
        }
        let extension = extension(path).unwrap_or_default();
        match head.first() {
            Some(b'{' | b'[') => by_json(head, extension).unwrap_or(Self::Plain),
            Some(b'<') => by_markup(head, extension),
            _ if matches!(extension, "jsonl" | "ndjson" | "json") => Self::Lines,
            _ if matches!(extension, "csv" | "tsv") || table::is_header(first_line(head), fields) => Self::Table,
            _ if matches!(extension, "html" | "htm" | "xhtml") => Self::Html,
            _ if matches!(extension, "md" | "markdown") || std::str::from_utf8(head).is_ok_and(markdown::has_front_matter) => {
                Self::Markdown
            }
            _ => Self::Plain,
        }
    }
}

fn by_signature(head: &[u8]) -> Option<Format> {
    let contains = |word: &[u8]| memchr::memmem::find(&head[..head.len().min(1024)], word).is_some();
    Some(match head {
        [b'W', b'A', b'R', b'C', b'/', ..] => Format::Warc,
        [b'%', b'P', b'D', b'F', b'-', ..] => Format::Unsupported("PDF"),
        [b'P', b'K', 3, 4, ..] => Format::Unsupported("ZIP, Word and EPUB"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Format::Unsupported("RTF"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Format::Unsupported("Word"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Format::Unsupported("bzip2"),
        [0xfd, b'7', b'z', b'X', b'Z', ..] => Format::Unsupported("xz"),
        _ if contains(b"MIME-Version:") && contains(b"multipart/related") => Format::Unsupported("MHTML"),
        _ => return None,
    })
}

/// JSON, unless the text merely begins with a bracket.
fn by_json(head: &[u8], extension: &str) -> Option<Format> {
    let named_lines = matches!(extension, "jsonl" | "ndjson");
    let rest = head[1..].trim_ascii_start();
    if head[0] == b'[' {
        return match extension {
            _ if rest.starts_with(b"{") => Some(Format::Document),
            "json" => Some(Format::Document),
            "jsonl" | "ndjson" => Some(Format::Lines),
            _ => None,
        };
    }
    if !rest.starts_with(b"\"") && !rest.starts_with(b"}") {
        return matches!(extension, "json" | "jsonl" | "ndjson").then_some(Format::Lines);
    }
    let first = &head[..head.len().min(2048)];
    if memchr::memmem::find(first, b"jsonfeed.org/version").is_some() {
        return Some(Format::Feed);
    }
    if !named_lines && is_wrapped(head) {
        return Some(Format::Wrapped);
    }
    let first_line = first_line(head).trim_ascii_end();
    let open = matches!(first_line.last(), Some(b'{' | b',' | b'[' | b':'));
    Some(if open && !named_lines { Format::Document } else { Format::Lines })
}

/// `{"status": "ok", "articles": [{…` as news services answer.
fn is_wrapped(head: &[u8]) -> bool {
    ["articles", "items", "results", "data", "docs", "news", "records"].iter().any(|name| {
        let name = format!("\"{name}\"");
        memchr::memmem::find_iter(head, name.as_bytes()).any(|at| {
            let rest = head[at + name.len()..].trim_ascii_start();
            let depth: isize = head[..at].iter().map(|byte| isize::from(*byte == b'{') - isize::from(*byte == b'}')).sum();
            let list = rest.strip_prefix(b":").map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"["));
            depth == 1 && list.is_some_and(|list| list.trim_ascii_start().starts_with(b"{"))
        })
    })
}

fn by_markup(head: &[u8], extension: &str) -> Format {
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]).to_ascii_lowercase();
    let first = |tags: &[&str]| tags.iter().filter_map(|tag| head.find(tag)).min();
    let feed = first(&["<rss", "<feed", "<rdf:rdf"]);
    let page = first(&["<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<meta", "<title", "<article"]);
    match (feed, page) {
        (Some(feed), page) if page.is_none_or(|page| feed < page) => Format::Feed,
        (_, Some(_)) => Format::Html,
        _ if matches!(extension, "html" | "htm" | "xhtml") => Format::Html,
        _ if head.starts_with("<?xml") || matches!(extension, "xml" | "rss" | "atom") => Format::Feed,
        _ if matches!(extension, "md" | "markdown") => Format::Markdown,
        _ => Format::Plain,
    }
}

pub(super) fn first_line(head: &[u8]) -> &[u8] {
    head.split(|&b| b == b'\n').next().unwrap_or_default()
}

/// Whether a path is an address of the web.
pub(super) fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.starts_with("http://") || path.starts_with("https://"))
}

/// Whether a file met in a folder is taken for an article: by its name alone, so that pictures and programs stay unopened.
pub(super) fn is_article_name(path: &Path) -> bool {
    extension(path).is_some_and(|extension| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// The article's name after its file: `news/2024-05 AWS.txt.gz` → `2024-05 AWS`.
pub(super) fn stem(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "stdin".to_owned();
    }
    if is_address(path) {
        return path.to_string_lossy().into_owned();
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let name = without_packing(&name);
    let known = extension(path).is_some_and(|ending| ending.len() <= 8 && ending.bytes().all(|b| b.is_ascii_lowercase()));
    match name.rsplit_once('.') {
        Some((stem, _)) if known && !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// The extension without `.gz` or `.zst`.
fn extension(path: &Path) -> Option<&str> {
    let name = without_packing(path.file_name()?.to_str()?);
    name.rsplit_once('.').map(|(_, extension)| extension)
}

fn without_packing(name: &str) -> &str {
    PACKED.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
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
            ("{Photo: Reuters} Acme builds", "a.txt", Format::Plain),
            ("{\"text\": \"Acme\"}\n{", "a.txt", Format::Lines),
            ("{\"text\": \"Acme\"}", "-", Format::Lines),
            ("{\n  \"text\": \"Acme\"\n}", "a.json", Format::Document),
            ("{\"title\": \"A\",\n\"text\": \"Acme\"}", "a.json", Format::Document),
            ("{\"title\": \"A\",", "a.jsonl", Format::Lines),
            ("{\"status\": \"ok\", \"articles\": [\n {\"title\"", "a.json", Format::Wrapped),
            ("{\"a\": {\"articles\": [{}]}}", "a.json", Format::Lines),
            ("\u{feff}[\n{\"text\": \"Acme\"}]", "a", Format::Document),
            ("[]", "a.json", Format::Document),
            ("no json at all", "a.jsonl", Format::Lines),
            ("", "a.json", Format::Lines),
            ("", "a.txt", Format::Plain),
            ("# Acme", "a.md", Format::Markdown),
            ("---\ntitle: Acme\n---\nAcme", "a.txt", Format::Markdown),
            ("\n<!DOCTYPE HTML>\n<html>", "a.txt", Format::Html),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\">", "a", Format::Html),
            ("<p>Acme <b>builds", "-", Format::Html),
            ("Acme", "a.html.gz", Format::Html),
            ("<?xml version=\"1.0\"?>\n<!-- x --><rss version=\"2.0\">", "a.html", Format::Feed),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", "-", Format::Feed),
            ("{\"version\": \"https://jsonfeed.org/version/1\",\n", "a.json", Format::Feed),
            ("title,text\n", "-", Format::Table),
            ("a,b\n", "a.csv", Format::Table),
            ("id\ttitle\tbody\n", "a", Format::Table),
            ("WARC/1.0\r\n", "a", Format::Warc),
            ("%PDF-1.7", "a.txt", Format::Unsupported("PDF")),
            ("From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related", "a.mhtml", Format::Unsupported("MHTML")),
            ("\u{0}\u{1}\u{2}\u{0}xyz", "a.txt", Format::Binary),
            ("A\u{0}c\u{0}m\u{0}e\u{0} \u{0}b\u{0}", "a.txt", Format::Plain),
        ] {
            assert_eq!(Format::recognise(head.as_bytes(), Path::new(name), &Fields::default()), format, "{head} in {name}");
        }
    }

    #[test]
    fn stems_keep_dots_that_end_no_extension() {
        for (path, expected) in [
            ("news/seed.txt", "seed"),
            ("seed.html.gz", "seed"),
            ("seed.jsonl.zst", "seed"),
            ("2024.05.21", "2024.05.21"),
            ("Acme Inc. builds", "Acme Inc. builds"),
            (".txt", ".txt"),
            ("-", "stdin"),
            ("https://x.example/a.html", "https://x.example/a.html"),
        ] {
            assert_eq!(stem(Path::new(path)), expected);
        }
    }

    #[test]
    fn names_of_articles_are_known_packed_or_not() {
        for name in ["a.txt", "b/c.HTML", "d.warc.gz", "e.csv.zst", "f.markdown"] {
            assert!(is_article_name(Path::new(name)), "{name}");
        }
        for name in ["a.png", "README", "a.pdf", "a.gz", ".gz"] {
            assert!(!is_article_name(Path::new(name)), "{name}");
        }
    }
}
