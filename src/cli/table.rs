//! Tables for the eye. Names of columns + cells → lines that fit the terminal.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent};

use super::Shell;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words, to the left.
    Text(String),
    /// A number, to the right, its digits grouped.
    Number(String),
}

/// Writes a table; on a terminal it is made to fit.
pub(super) fn write(columns: &[String], rows: impl IntoIterator<Item = Vec<Cell>>, shell: &Shell, mut out: impl Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_header(columns);
    table.set_style(TableComponent::HeaderLines, '─').set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_content_arrangement(if shell.is_terminal() { ContentArrangement::Dynamic } else { ContentArrangement::Disabled });
    for row in rows {
        table.add_row(row.into_iter().map(|cell| match cell {
            Cell::Empty => comfy_table::Cell::new(""),
            Cell::Text(text) => comfy_table::Cell::new(printable(&text)),
            Cell::Number(number) => comfy_table::Cell::new(grouped(&number)).set_alignment(CellAlignment::Right),
        }));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()
}

/// One line without control characters: text of an article must not steer the terminal.
fn printable(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// "1200000000.5" → "1,200,000,000.5".
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut grouped = String::with_capacity(number.len() + whole.len() / 3);
    grouped.push_str(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (number, expected) in [
            ("1", "1"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1200000000.5", "-1,200,000,000.5"),
            ("0.87", "0.87"),
            ("1e6", "1e6"),
            ("", ""),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\nc\t"), "a [31mb c");
    }
}
