//! Cuts the CSV of the ontology into rows and fields. `"Acme, Inc",FR` → `Acme, Inc` | `FR`.
//!
//! A row is a line; empty lines and those that begin with `#` are passed over. Most rows hold no quotation mark and are
//! only split at their commas, without a copy.

use std::borrow::Cow;

use memchr::memchr;

/// What is wrong with a row.
#[derive(Debug)]
pub(super) struct Fault {
    /// Line, counted from 1.
    pub(super) line: u64,
    pub(super) message: &'static str,
}

/// The rows of a table, the header first.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    rest: &'a str,
    /// Line of the row last read, counted from 1.
    pub(super) line: u64,
    /// Fields of the row last read.
    pub(super) fields: Vec<Cow<'a, str>>,
}

impl<'a> Rows<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text, line: 0, fields: Vec::new() }
    }

    /// Reads the next row, if there is one.
    pub(super) fn read(&mut self) -> Result<bool, Fault> {
        while !self.rest.is_empty() {
            let (line, rest) = match memchr(b'\n', self.rest.as_bytes()) {
                Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
                None => (self.rest, ""),
            };
            self.rest = rest;
            self.line += 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !line.is_empty() && !line.starts_with('#') {
                let message = "a quotation mark is not closed, or not before a comma";
                self.fields.clear();
                return cut(line, &mut self.fields).map(|()| true).ok_or(Fault { line: self.line, message });
            }
        }
        Ok(false)
    }
}

/// Cuts a row into fields; nothing when its quotation marks are wrong.
fn cut<'a>(line: &'a str, fields: &mut Vec<Cow<'a, str>>) -> Option<()> {
    let mut start = 0;
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'"' && at == start {
            return cut_quoted(&line[start..], fields);
        }
        if byte == b',' {
            fields.push(Cow::Borrowed(&line[start..at]));
            start = at + 1;
        }
    }
    fields.push(Cow::Borrowed(&line[start..]));
    Some(())
}

/// Cuts the rest of a row that begins with a quotation mark.
fn cut_quoted<'a>(mut rest: &'a str, fields: &mut Vec<Cow<'a, str>>) -> Option<()> {
    while let Some(inner) = rest.strip_prefix('"') {
        // Inside, two quotation marks stand for one.
        let mut field = String::new();
        let mut open = inner;
        let after = loop {
            let (part, after) = open.split_once('"')?;
            field.push_str(part);
            match after.strip_prefix('"') {
                Some(more) => {
                    field.push('"');
                    open = more;
                }
                None => break after,
            }
        };
        fields.push(Cow::Owned(field));
        if after.is_empty() {
            return Some(());
        }
        rest = after.strip_prefix(',')?;
    }
    cut(rest, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::new(text);
        let mut all = Vec::new();
        loop {
            match rows.read() {
                Ok(true) => all.push((rows.line, rows.fields.iter().map(ToString::to_string).collect())),
                Ok(false) => return all,
                Err(fault) => all.push((fault.line, vec![fault.message.to_owned()])),
            }
        }
    }

    fn fields_of(line: &str) -> Vec<String> {
        rows(line).remove(0).1
    }

    #[test]
    fn fields_are_parted_by_commas_outside_of_quotes() {
        assert_eq!(fields_of("a,,c"), ["a", "", "c"]);
        assert_eq!(fields_of(r#""Acme, Inc",FR,"#), ["Acme, Inc", "FR", ""]);
        assert_eq!(fields_of(r#"x,"say ""no""",y"#), ["x", "say \"no\"", "y"]);
        assert_eq!(fields_of(r#"5" pipe,"b""#), [r#"5" pipe"#, "b"]);
    }

    #[test]
    fn rows_keep_their_lines() {
        let lines: Vec<u64> = rows("a,b\r\n# note\n\nc,d").iter().map(|row| row.0).collect();
        assert_eq!(lines, [1, 4]);
        assert_eq!(rows("a\r\n")[0].1, ["a"]);
    }

    #[test]
    fn open_quotation_marks_are_faults() {
        for text in ["a,\"b", "\"a\"b,c"] {
            assert!(rows(text)[0].1[0].contains("quotation mark"), "{text}");
        }
    }
}
