//! Reads digits with their separators. "4,900" → 4900, "2,50,000" → 250000, "1.200,50" → 1200.5, "20.50" → 20.5.

use super::number::Decimal;
use crate::lexicon::{QuantityWords, word_key};

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) value: Decimal,
    pub(super) form: NumeralForm,
}

/// How the digits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumeralForm {
    /// Digits alone, with their number: it may be a year or part of a name.
    Plain(usize),
    /// With thousands separators.
    Grouped,
    /// With decimals.
    Decimal,
    /// A date, a version, an address: no number.
    Odd,
}

/// Reads the numeral at the start of `text`, which begins with a digit, and its length in bytes.
pub(super) fn read_numeral(text: &str, words: &QuantityWords) -> (Numeral, usize) {
    let bytes = text.as_bytes();
    let first = digits(bytes, 0);
    let (groups, grouping) = read_groups(text, first);
    let mut at = groups;
    let mut form = if groups > first { NumeralForm::Grouped } else { NumeralForm::Plain(first) };
    let mut value = Decimal::from_digits(&text[..groups]);
    let point = match grouping {
        Some('.') => ',',
        _ => '.',
    };
    if bytes.get(at) == Some(&(point as u8)) {
        let fraction = digits(bytes, at + 1);
        if fraction > 0 {
            value = value.plus(Decimal::from_fraction(&text[at + 1..at + 1 + fraction]));
            at += 1 + fraction;
            form = NumeralForm::Decimal;
        }
    } else if groups == first && is_decimal_comma(text, at, words) {
        let fraction = digits(bytes, at + 1);
        value = value.plus(Decimal::from_fraction(&text[at + 1..at + 1 + fraction]));
        at += 1 + fraction;
        form = NumeralForm::Decimal;
    }
    for (sign, part) in [("½", "5"), ("¼", "25"), ("¾", "75")] {
        if text[at..].starts_with(sign) {
            value = value.plus(Decimal::from_fraction(part));
            at += sign.len();
            form = NumeralForm::Decimal;
        }
    }
    // "12.05.2024", "1.2.3"; a full stop that ends the sentence has no digit after it.
    while form == NumeralForm::Decimal || form == NumeralForm::Odd {
        if bytes.get(at) != Some(&b'.') || digits(bytes, at + 1) == 0 {
            break;
        }
        at += 1 + digits(bytes, at + 1);
        form = NumeralForm::Odd;
    }
    (Numeral { value, form }, at)
}

/// Where the thousands groups end, and their separator if there are any.
fn read_groups(text: &str, first: usize) -> (usize, Option<char>) {
    let none = (first, None);
    if first > 3 {
        return none;
    }
    let Some(separator) = text[first..].chars().next() else { return none };
    if !matches!(separator, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') {
        return none;
    }
    let bytes = text.as_bytes();
    let mut at = first;
    let mut groups = 0;
    let mut is_sound = false;
    while text[at..].starts_with(separator) {
        let next = at + separator.len_utf8();
        let length = digits(bytes, next);
        let is_indian = separator == ',' && length == 2 && bytes.get(next + 2) == Some(&b',');
        if length != 3 && !is_indian {
            break;
        }
        at = next + length;
        groups += 1;
        is_sound = length == 3;
    }
    let followed_by_digits = text[at..].starts_with(',') && digits(bytes, at + 1) > 0;
    let unmistakable = separator != '.' || groups > 1 || followed_by_digits && digits(bytes, at + 1) <= 2;
    let is_decimal = separator == ',' && text.starts_with('0');
    if groups > 0 && is_sound && unmistakable && !is_decimal { (at, Some(separator)) } else { none }
}

/// "1,5 milliard": a comma, one or two digits, and a magnitude.
fn is_decimal_comma(text: &str, at: usize, words: &QuantityWords) -> bool {
    let bytes = text.as_bytes();
    let fraction = digits(bytes, at + 1);
    if bytes.get(at) != Some(&b',') || !(1..=2).contains(&fraction) {
        return false;
    }
    let rest = text[at + 1 + fraction..].trim_start_matches([' ', '\u{a0}', '-']);
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    length > 1 && words.magnitudes.contains_key(&word_key(&rest[..length]))
}

/// Number of digits from `at`.
fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::quantity::sample;

    #[test]
    fn separators_part_thousands_or_decimals() {
        let words = sample::words();
        for (text, value, rest) in [
            ("4,900 jobs", "4900", " jobs"),
            ("2,50,000", "250000", ""),
            ("1.2bn", "1.2", "bn"),
            ("20.50.", "20.5", "."),
            ("1.200,50", "1200.5", ""),
            ("1.200.000", "1200000", ""),
            ("1.200", "1.2", ""),
            ("1,2 and 3", "1", ",2 and 3"),
            ("1,5 milliard", "1.5", " milliard"),
            ("10 000 jobs", "10000", " jobs"),
            ("10\u{a0}000", "10000", ""),
            ("2010 500", "2010", " 500"),
            ("2½bn", "2.5", "bn"),
            ("1,234,56", "1234", ",56"),
        ] {
            let (numeral, length) = read_numeral(text, words);
            assert_eq!((numeral.value.to_string().as_str(), &text[length..]), (value, rest), "{text}");
        }
        assert_eq!(read_numeral("12.05.2024", words).0.form, NumeralForm::Odd);
    }
}
