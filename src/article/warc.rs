//! Web archives. A WARC file, as crawlers write it → the pages in it, one by one; requests, pictures and redirects are passed over.

use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{Article, Reason, html, plain};
use crate::lexicon::Boilerplate;

/// The longest header line, and the longest header, in bytes.
const LINE_BYTES: usize = 16 << 10;
const HEADER_BYTES: usize = 256 << 10;

/// Reads the records of an archive.
#[derive(Debug, Default)]
pub(super) struct Archive {
    /// How many records were met so far.
    number: u64,
    /// Whether the next record's first line was read already.
    at_header: bool,
}

/// A page of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    address: String,
    content: Content,
    bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    /// With the character set that the server named.
    Html(Option<String>),
    Text,
}

/// What a record says of itself.
#[derive(Default)]
struct Header {
    kind: String,
    address: String,
    content_type: String,
    length: Option<u64>,
}

impl Archive {
    /// The next page with the number of its record, counted from 1, or why that record cannot be read.
    pub(super) fn next_page(&mut self, stream: &mut dyn BufRead, limit: usize) -> io::Result<Option<(u64, Result<Page, Reason>)>> {
        loop {
            if !std::mem::take(&mut self.at_header) {
                match find_record(stream)? {
                    Found::End => return Ok(None),
                    Found::Record => {}
                    Found::Other { then_record } => {
                        self.at_header = then_record;
                        self.number += 1;
                        return Ok(Some((self.number, Err(Reason::BrokenRecord))));
                    }
                }
            }
            self.number += 1;
            let Some(Header { kind, address, content_type, length: Some(length) }) = read_header(stream)? else {
                return Ok(Some((self.number, Err(Reason::BrokenRecord))));
            };
            let http = kind == "response" && (content_type.is_empty() || content_type.starts_with("application/http"));
            let text = matches!(kind.as_str(), "conversion" | "resource") && is_page(&content_type);
            let wanted = http || text;
            if !wanted || length > limit as u64 {
                if skip(stream, length)? < length {
                    return Ok(Some((self.number, Err(Reason::Unfinished))));
                }
                if wanted {
                    return Ok(Some((self.number, Err(Reason::TooLong))));
                }
                continue;
            }
            let mut bytes = Vec::new();
            stream.take(length).read_to_end(&mut bytes)?;
            if (bytes.len() as u64) < length {
                return Ok(Some((self.number, Err(Reason::Unfinished))));
            }
            if text {
                let content = if content_type.contains("html") { Content::Html(charset(&content_type)) } else { Content::Text };
                return Ok(Some((self.number, Ok(Page { address, content, bytes }))));
            }
            match response(&bytes, limit) {
                Ok(Some((content, bytes))) => return Ok(Some((self.number, Ok(Page { address, content, bytes })))),
                Ok(None) => {}
                Err(reason) => return Ok(Some((self.number, Err(reason)))),
            }
        }
    }
}

impl Page {
    /// The article of the page.
    pub(super) fn article(self, boilerplate: &Boilerplate) -> Result<Article, Reason> {
        let Self { address, content, bytes } = self;
        match content {
            Content::Html(charset) => {
                let text = super::encoding::decode_page(&bytes, charset.as_deref(), None);
                html::article(address.clone(), &text, Some(&address), boilerplate)
            }
            Content::Text => {
                let text = super::encoding::decode(bytes, None)?;
                plain::article(address.clone(), text).map(|article| Article { url: Some(address), ..article })
            }
        }
    }

    /// How many bytes it has.
    pub(super) const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Where it was found.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

enum Found {
    End,
    Record,
    /// What is no record, up to the next one or the end.
    Other {
        then_record: bool,
    },
}

/// Goes to the line behind the next "WARC/1.0".
fn find_record(stream: &mut dyn BufRead) -> io::Result<Found> {
    let mut strayed = false;
    while let Some(line) = read_line(stream)? {
        if line.starts_with(b"WARC/") {
            return Ok(if strayed { Found::Other { then_record: true } } else { Found::Record });
        }
        strayed |= !line.trim_ascii().is_empty();
    }
    Ok(if strayed { Found::Other { then_record: false } } else { Found::End })
}

/// The header up to the blank line; none when it is too long to be one.
fn read_header(stream: &mut dyn BufRead) -> io::Result<Option<Header>> {
    let mut header = Header::default();
    let mut bytes = 0;
    while let Some(line) = read_line(stream)? {
        bytes += line.len();
        if bytes > HEADER_BYTES {
            return Ok(None);
        }
        if line.trim_ascii().is_empty() {
            break;
        }
        let line = String::from_utf8_lossy(&line);
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "warc-type" => header.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => value.trim_start_matches('<').trim_end_matches('>').clone_into(&mut header.address),
            "content-type" => header.content_type = value.to_ascii_lowercase(),
            "content-length" => header.length = value.parse().ok(),
            _ => {}
        }
    }
    Ok(Some(header))
}

/// The next line with its end, cut where it is too long.
fn read_line(stream: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    stream.take(LINE_BYTES as u64).read_until(b'\n', &mut line)?;
    Ok((!line.is_empty()).then_some(line))
}

fn skip(stream: &mut dyn BufRead, length: u64) -> io::Result<u64> {
    io::copy(&mut stream.take(length), &mut io::sink())
}

/// The page in a server's response; none when it is no page or an error.
fn response(bytes: &[u8], limit: usize) -> Result<Option<(Content, Vec<u8>)>, Reason> {
    let Some((head, body)) = split_head(bytes) else { return Ok(None) };
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    if lines.next().and_then(|status| status.split(' ').nth(1)) != Some("200") {
        return Ok(None);
    }
    let field = |name: &str| {
        let value = |line: &str| {
            line.split_once(':')
                .filter(|(known, _)| known.trim().eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_ascii_lowercase())
        };
        head.lines().find_map(value).unwrap_or_default()
    };
    let content_type = field("content-type");
    if !is_page(&content_type) {
        return Ok(None);
    }
    let body =
        if field("transfer-encoding").contains("chunked") { dechunked(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let body = match field("content-encoding").as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => limited(MultiGzDecoder::new(&body[..]), limit)?,
        "deflate" => {
            limited(ZlibDecoder::new(&body[..]), limit).or_else(|_| limited(flate2::read::DeflateDecoder::new(&body[..]), limit))?
        }
        "br" | "zstd" => return Err(Reason::BrokenRecord),
        // Many archives keep the field and unpack the page.
        _ => body,
    };
    let content = if content_type.contains("html") { Content::Html(charset(&content_type)) } else { Content::Text };
    Ok(Some((content, body)))
}

fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let head = &bytes[..bytes.len().min(HEADER_BYTES)];
    let crlf = memchr::memmem::find(head, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = memchr::memmem::find(head, b"\n\n").map(|at| (at, at + 2));
    let (end, start) = [crlf, lf].into_iter().flatten().min()?;
    Some((&bytes[..end], &bytes[start..]))
}

fn is_page(content_type: &str) -> bool {
    ["text/html", "application/xhtml", "text/plain"].iter().any(|kind| content_type.starts_with(kind))
}

fn charset(content_type: &str) -> Option<String> {
    let (_, after) = content_type.split_once("charset=")?;
    Some(after.split(';').next()?.trim().to_owned())
}

/// A body that was sent in chunks, each behind its length.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let length = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        body = &body[end + 1..];
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..length)?);
        body = body.get(length..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

fn limited(unpacked: impl Read, limit: usize) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    unpacked.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit { Err(Reason::TooLong) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content_type: &str, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://x.example/a>\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    }

    fn pages(archive: &str) -> Vec<(u64, Result<String, Reason>)> {
        let mut stream = archive.as_bytes();
        let mut reader = Archive::default();
        std::iter::from_fn(|| reader.next_page(&mut stream, 1000).unwrap())
            .map(|(number, page)| (number, page.map(|page| String::from_utf8_lossy(&page.bytes).into_owned())))
            .collect()
    }

    #[test]
    fn pages_are_found_among_other_records() {
        let http = |head: &str, body: &str| format!("HTTP/1.1 {head}\r\n\r\n{body}");
        let archive = [
            record("warcinfo", "application/warc-fields", "software: x"),
            record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
            record("response", "application/http; msgtype=response", &http("200 OK\r\nContent-Type: text/html; charset=utf-8", "<p>one")),
            record("response", "application/http", &http("404 Not Found\r\nContent-Type: text/html", "<p>gone")),
            record("response", "application/http", &http("200 OK\r\nContent-Type: image/png", "png")),
            record(
                "response",
                "application/http",
                &http("200 OK\r\ncontent-type: text/html\r\nTransfer-Encoding: chunked", "4\r\n<p>t\r\n2\r\nwo\r\n0\r\n\r\n"),
            ),
            record("conversion", "text/plain", "three"),
        ];
        let read: Vec<_> = pages(&archive.concat()).into_iter().map(|(number, page)| (number, page.unwrap())).collect();
        assert_eq!(read, [(3, "<p>one".to_owned()), (6, "<p>two".to_owned()), (7, "three".to_owned())]);
    }

    #[test]
    fn broken_records_are_told_and_the_rest_goes_on() {
        let good = record("conversion", "text/plain", "good");
        let long = record("conversion", "text/plain", &"x".repeat(2000));
        let archive = [&good[..], "garbage\n\n", &good, &long, "WARC/1.0\r\nWARC-Type: conversion\r\n\r\n", &good, "WARC/1.0\r\n"].concat();
        // A header that is begun twice.
        let cut = &good[..good.len() - 6];
        let told: Vec<_> = pages(&(archive + &good + cut))
            .into_iter()
            .map(|(number, page)| format!("{number} {}", page.unwrap_or_else(|reason| reason.cause().to_owned())))
            .collect();
        assert_eq!(told, ["1 good", "2 broken-record", "3 good", "4 too-long", "5 broken-record", "6 good", "7 good", "8 unfinished"]);
    }

    #[test]
    fn anything_at_all_is_survived() {
        for archive in
            ["", "WARC/", "WARC/1.0", "\r\n\r\n", &"x".repeat(100_000), "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n"]
        {
            for (_, page) in pages(archive) {
                assert!(page.is_err());
            }
        }
        let endless = record(
            "response",
            "application/http",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
        );
        assert!(pages(&endless).iter().all(|(_, page)| page.is_ok()));
    }
}
