//! Lines of a stream, none longer than a limit. A 100 MB line → [`Piece::TooLong`], its bytes passed over, the next line intact.

use std::io::{self, BufRead};

use memchr::memchr;

/// One line or record of a stream, with the line on which it starts, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Its bytes.
    Whole(u64, Vec<u8>),
    /// It exceeds the limit.
    TooLong(u64),
    /// The stream ends within it.
    Unfinished(u64),
}

/// The next line that is not blank, without its end. `line` is the number of the line read last.
pub(super) fn next_line(stream: &mut dyn BufRead, line: &mut u64, limit: usize) -> io::Result<Option<Piece>> {
    loop {
        let mut bytes = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let buffer = stream.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            if bytes.len() + part.len() > limit {
                too_long = true;
                bytes = Vec::new();
            }
            if !too_long {
                bytes.extend_from_slice(part);
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            stream.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        *line += 1;
        if too_long {
            return Ok(Some(Piece::TooLong(*line)));
        }
        if *line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        if !bytes.trim_ascii().is_empty() {
            return Ok(Some(Piece::Whole(*line, bytes)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn long_lines_are_passed_over_and_blank_ones_counted() {
        let text = format!("\u{feff}one\n\n{}\nfour\r\nfive", "x".repeat(1000));
        let mut stream = BufReader::with_capacity(16, text.as_bytes());
        let mut line = 0;
        let mut pieces = Vec::new();
        while let Some(piece) = next_line(&mut stream, &mut line, 100).unwrap() {
            pieces.push(piece);
        }
        let whole = |line, text: &str| Piece::Whole(line, text.into());
        assert_eq!(pieces, [whole(1, "one"), Piece::TooLong(3), whole(4, "four\r"), whole(5, "five")]);
    }
}
