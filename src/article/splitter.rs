//! Records of a JSON document, without reading it whole. `[{…}, {…}]` → each object's bytes, as does `{…}{…}`.

use std::io::{self, BufRead};

use super::lines::Piece;

/// Finds the objects of a stream by counting braces outside of strings; what stands between them is passed over.
#[derive(Debug)]
pub(super) struct Splitter {
    line: u64,
    /// Braces that are open.
    depth: usize,
    /// Braces that are open around the records: 0, or 1 when they stand in a list within one object.
    outside: usize,
    /// Brackets that are open within that object.
    lists: usize,
    string: Inside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Nothing,
    String,
    Escape,
}

impl Splitter {
    pub(super) fn new() -> Self {
        Self { line: 1, depth: 0, outside: 0, lists: 0, string: Inside::Nothing }
    }

    /// Finds the objects in the lists of one outer object: `{"status": "ok", "articles": [{…}, {…}]}`.
    pub(super) fn within_object() -> Self {
        Self { outside: 1, ..Self::new() }
    }

    /// The next object of at most `limit` bytes.
    pub(super) fn next_record(&mut self, stream: &mut dyn BufRead, limit: usize) -> io::Result<Option<Piece>> {
        let mut record = Vec::new();
        let mut too_long = false;
        let mut start = self.line;
        loop {
            let buffer = stream.fill_buf()?;
            if buffer.is_empty() {
                let unfinished = self.in_record();
                self.depth = 0;
                return Ok(unfinished.then_some(Piece::Unfinished(start)));
            }
            let mut from = if self.in_record() { 0 } else { buffer.len() };
            let mut end = None;
            for (at, &byte) in buffer.iter().enumerate() {
                if byte == b'\n' {
                    self.line += 1;
                }
                let before = self.in_record();
                let closes = self.closes(byte);
                if !before && self.in_record() {
                    (start, from) = (self.line, at);
                }
                if closes {
                    end = Some(at + 1);
                    break;
                }
            }
            let used = end.unwrap_or(buffer.len());
            let part = &buffer[from.min(used)..used];
            too_long |= record.len() + part.len() > limit;
            if too_long {
                record = Vec::new();
            } else {
                record.extend_from_slice(part);
            }
            stream.consume(used);
            if end.is_some() {
                return Ok(Some(if too_long { Piece::TooLong(start) } else { Piece::Whole(start, record) }));
            }
        }
    }

    const fn in_record(&self) -> bool {
        self.depth > self.outside && (self.outside == 0 || self.lists > 0)
    }

    /// Takes one byte; whether it closes a record.
    fn closes(&mut self, byte: u8) -> bool {
        match (self.string, byte) {
            (Inside::Escape, _) => self.string = Inside::String,
            (Inside::String, b'\\') => self.string = Inside::Escape,
            (Inside::String, b'"') => self.string = Inside::Nothing,
            (Inside::Nothing, b'"') if self.depth > 0 => self.string = Inside::String,
            (Inside::Nothing, b'[') if self.depth == self.outside => self.lists += 1,
            (Inside::Nothing, b']') if self.depth == self.outside => self.lists = self.lists.saturating_sub(1),
            (Inside::Nothing, b'{') => self.depth += 1,
            (Inside::Nothing, b'}') if self.depth > 0 => {
                let was_record = self.in_record();
                self.depth -= 1;
                return was_record && self.depth == self.outside;
            }
            (Inside::String | Inside::Nothing, _) => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn split(json: &str, limit: usize) -> Vec<Piece> {
        let mut stream = BufReader::with_capacity(7, json.as_bytes());
        let mut splitter = Splitter::new();
        std::iter::from_fn(|| splitter.next_record(&mut stream, limit).unwrap()).collect()
    }

    #[test]
    fn objects_of_arrays_and_sequences_are_found() {
        let whole = |line, text: &str| Piece::Whole(line, text.into());
        assert_eq!(
            split("[\n{\"a\": {\"b\": \"}\\\"}\"}},\n {\"c\": 1}]", 99),
            [whole(2, "{\"a\": {\"b\": \"}\\\"}\"}}"), whole(3, "{\"c\": 1}")]
        );
        assert_eq!(split("{\"a\": 1}{\n\"c\": 1}", 99), [whole(1, "{\"a\": 1}"), whole(1, "{\n\"c\": 1}")]);
        assert_eq!(split("[]", 99), []);
    }

    #[test]
    fn objects_in_lists_of_an_object_are_found() {
        let json = "{\"meta\": {\"n\": [{}]}, \"articles\": [{\"a\": {\"b\": []}},\n{\"c\": \"]}\"}], \"more\": {}}";
        let mut stream = BufReader::with_capacity(7, json.as_bytes());
        let mut splitter = Splitter::within_object();
        let found: Vec<_> = std::iter::from_fn(|| splitter.next_record(&mut stream, 99).unwrap()).collect();
        assert_eq!(found, [Piece::Whole(1, "{\"a\": {\"b\": []}}".into()), Piece::Whole(2, "{\"c\": \"]}\"}".into())]);
    }

    #[test]
    fn long_and_unfinished_objects_are_told() {
        let json = format!("[{{\"a\": \"{}\"}},\n{{\"b\": 1}},\n{{\"c\": ", "x".repeat(500));
        assert_eq!(split(&json, 99), [Piece::TooLong(1), Piece::Whole(2, "{\"b\": 1}".into()), Piece::Unfinished(3)]);
    }
}
