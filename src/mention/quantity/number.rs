//! Reads numbers: digits or words with magnitudes. "1.2 billion", "half a million", "two-and-a-half lakh crore".

use std::fmt;

use super::numeral::{Numeral, NumeralForm};
use super::piece::{Gap, Pieces};
use crate::lexicon::QuantityWords;
use crate::lexicon::rows::Standing;

/// A decimal number, kept in billionths so that it is never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal(u128);

const UNIT: u128 = 1_000_000_000;
const LARGEST: u128 = u64::MAX as u128 * UNIT;

impl Decimal {
    /// The number with the given digits; other characters are passed over.
    pub(super) fn from_digits(text: &str) -> Self {
        let mut value: u128 = 0;
        for digit in text.bytes().filter(u8::is_ascii_digit) {
            value = (value * 10 + u128::from(digit - b'0')).min(LARGEST);
        }
        Self(value * UNIT).at_most()
    }

    /// "5" → 0.5.
    pub(super) fn from_fraction(digits: &str) -> Self {
        let mut place = UNIT;
        let mut value = 0;
        for digit in digits.bytes() {
            place /= 10;
            value += u128::from(digit - b'0') * place;
        }
        Self(value)
    }

    pub(super) fn from_hundredths(hundredths: u64) -> Self {
        Self(u128::from(hundredths) * (UNIT / 100))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0).at_most()
    }

    pub(super) fn times(self, factor: u64) -> Self {
        Self(self.0.saturating_mul(u128::from(factor))).at_most()
    }

    fn at_most(self) -> Self {
        Self(self.0.min(LARGEST))
    }

    /// The number in hundredths, rounded; nothing past the largest that fits.
    pub(super) fn hundredths(self) -> Option<u64> {
        u64::try_from((self.0 + UNIT / 200) / (UNIT / 100)).ok()
    }

    /// The number, when it is whole.
    pub(super) fn whole(self) -> Option<u64> {
        if self.0.is_multiple_of(UNIT) { u64::try_from(self.0 / UNIT).ok() } else { None }
    }

    pub(super) fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub(super) fn is_below(self, units: u64) -> bool {
        self.0 < u128::from(units) * UNIT
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = format!("{:09}", self.0 % UNIT);
        let rest = rest.trim_end_matches('0');
        write!(f, "{}", self.0 / UNIT)?;
        if rest.is_empty() { Ok(()) } else { write!(f, ".{rest}") }
    }
}

/// A number in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// First piece.
    pub(super) first: usize,
    /// Piece after the last.
    pub(super) end: usize,
    pub(super) value: Decimal,
    /// The number before its magnitudes.
    pub(super) base: Decimal,
    /// Product of the magnitudes, 1 without any.
    pub(super) magnitude: u64,
    /// The digits, when it has any.
    pub(super) numeral: Option<Numeral>,
    /// Whether it begins with "a": "a million".
    pub(super) is_article: bool,
    /// Whether its magnitude is one only in a sum of money: "300 cr", "5 m".
    pub(super) is_money_only: bool,
    /// Whether letters stand directly before: "G20", "Covid-19".
    pub(super) is_attached: bool,
}

impl Number {
    /// Whether it is written like a year.
    pub(super) fn is_yearlike(&self) -> bool {
        self.year().is_some()
    }

    /// The year that four digits alone may stand for.
    pub(super) fn year(&self) -> Option<u16> {
        let numeral = self.numeral?;
        if numeral.form != NumeralForm::Plain(4) || self.magnitude != 1 {
            return None;
        }
        let year = u16::try_from(numeral.value.whole()?).ok()?;
        (1900..=2100).contains(&year).then_some(year)
    }

    /// Whether magnitude or separators show that it counts something large.
    pub(super) fn is_large(&self) -> bool {
        self.magnitude >= 100 || !self.value.is_below(1000) && !self.is_yearlike()
    }
}

/// Reads the number that begins at piece `at`.
pub(super) fn read_number(pieces: &Pieces<'_>, at: usize, words: &QuantityWords) -> Option<Number> {
    let number = if pieces.numeral(at).is_some() { read_digits(pieces, at, words)? } else { read_words(pieces, at, words)? };
    (!number.value.is_zero()).then_some(number)
}

fn read_digits(pieces: &Pieces<'_>, at: usize, words: &QuantityWords) -> Option<Number> {
    let numeral = pieces.numeral(at)?;
    if numeral.form == NumeralForm::Odd {
        return None;
    }
    let before = at.checked_sub(1).and_then(|i| pieces.list.get(i));
    let is_attached = pieces.list[at].gap != Gap::Space && before.is_some_and(super::piece::Piece::is_word);
    let mut number = Number {
        first: at,
        end: at + 1,
        value: numeral.value,
        base: numeral.value,
        magnitude: 1,
        numeral: Some(numeral),
        is_article: false,
        is_money_only: false,
        is_attached,
    };
    if let Some((value, end)) = and_a_half(pieces, number.end, numeral.value, words) {
        number.value = value;
        number.base = value;
        number.end = end;
    }
    read_magnitudes(pieces, &mut number, words);
    Some(number)
}

/// Takes in the magnitudes that follow: "lakh", "crore".
fn read_magnitudes(pieces: &Pieces<'_>, number: &mut Number, words: &QuantityWords) {
    for round in 0..3 {
        let Some(piece) = pieces.list.get(number.end) else { return };
        let Some(magnitude) = words.magnitudes.get(&piece.key) else { return };
        let joined = piece.gap == Gap::Joined;
        if piece.gap == Gap::Space && pieces.form(number.end) == "M" && round > 0 {
            return;
        }
        match magnitude.standing {
            Standing::Free => {}
            _ if round > 0 => return,
            Standing::Joined if joined => {}
            Standing::Joined | Standing::Money => number.is_money_only = true,
        }
        number.value = number.value.times(magnitude.value);
        number.magnitude = number.magnitude.saturating_mul(magnitude.value);
        number.end += 1;
    }
}

/// "one *and a half* million": only before a magnitude.
fn and_a_half(pieces: &Pieces<'_>, at: usize, value: Decimal, words: &QuantityWords) -> Option<(Decimal, usize)> {
    let fixed = &words.fixed;
    let is_half = pieces.key(at) == fixed.and && pieces.key(at + 1) == fixed.a && pieces.key(at + 2) == fixed.half;
    (is_half && words.magnitudes.contains_key(&pieces.key(at + 3))).then(|| (value.plus(Decimal::from_fraction("5")), at + 3))
}

/// "half a billion", "three quarters of a million", "two hundred and fifty thousand", "a dozen".
fn read_words(pieces: &Pieces<'_>, first: usize, words: &QuantityWords) -> Option<Number> {
    let fixed = &words.fixed;
    let mut is_article = pieces.key(first) == fixed.a || pieces.key(first) == fixed.an;
    let mut at = first;
    let mut current = None;
    if is_article {
        at += 1;
        let next = pieces.key(at);
        if next != fixed.half && next != fixed.quarter {
            let magnitude = words.magnitudes.get(&next)?;
            if magnitude.standing != Standing::Free {
                return None;
            }
            current = Some(Decimal::from_digits("1"));
        } else {
            is_article = false;
        }
    }
    let parts = Parts { pieces, words };
    if current.is_none()
        && let Some((value, next)) = parts.read_fraction(at)
    {
        current = Some(value);
        at = next;
    } else if current.is_none() {
        let (value, next) = parts.read_small(at)?;
        current = Some(value);
        at = next;
        if let Some((value, next)) = and_a_half(pieces, at, value, words) {
            current = Some(value);
            at = next;
        }
    }
    let base = current?;
    let (value, magnitude, end) = parts.read_scale(base, at);
    Some(Number {
        first,
        end,
        value,
        base,
        magnitude,
        numeral: None,
        is_article,
        is_money_only: false,
        is_attached: pieces.has_gap(first, Gap::Joined) && first > 0 && pieces.list[first - 1].is_word(),
    })
}

struct Parts<'a> {
    pieces: &'a Pieces<'a>,
    words: &'a QuantityWords,
}

impl Parts<'_> {
    /// "half a", "a quarter of a", "three quarters of a": what stands before a magnitude.
    fn read_fraction(&self, at: usize) -> Option<(Decimal, usize)> {
        let (pieces, fixed) = (self.pieces, &self.words.fixed);
        let (value, mut next) = if pieces.key(at) == fixed.half {
            (Decimal::from_fraction("5"), at + 1)
        } else if pieces.key(at) == fixed.quarter {
            (Decimal::from_fraction("25"), at + 1)
        } else {
            let (count, next) = self.read_small(at)?;
            if pieces.key(next) != fixed.quarters {
                return None;
            }
            (Decimal::from_hundredths(count.times(25).whole()?), next + 1)
        };
        if pieces.key(next) == fixed.of {
            next += 1;
        }
        if pieces.key(next) == fixed.a {
            next += 1;
        }
        self.words.magnitudes.get(&pieces.key(next)).filter(|m| m.standing == Standing::Free)?;
        Some((value, next))
    }

    /// "seven", "twenty-five".
    fn read_small(&self, at: usize) -> Option<(Decimal, usize)> {
        let value = self.number_word(at)?;
        if (20..100).contains(&value)
            && let Some(ones) = self.number_word(at + 1).filter(|ones| (1..10).contains(ones))
        {
            return Some((Decimal::from_hundredths((value + ones) * 100), at + 2));
        }
        Some((Decimal::from_hundredths(value * 100), at + 1))
    }

    fn number_word(&self, at: usize) -> Option<u64> {
        let hundredths = *self.words.numbers.get(&self.pieces.key(at))?;
        hundredths.is_multiple_of(100).then_some(hundredths / 100)
    }

    /// The magnitudes after `base`, with what is added to them: "two *hundred and fifty thousand*".
    fn read_scale(&self, base: Decimal, mut at: usize) -> (Decimal, u64, usize) {
        let mut total = Decimal::default();
        let mut group = base;
        let mut largest = 1;
        while let Some(magnitude) = self.words.magnitudes.get(&self.pieces.key(at)).filter(|m| m.standing == Standing::Free) {
            let value = magnitude.value;
            if group.is_zero() && value > largest {
                // "two thousand crore"
                total = total.times(value);
            } else if group.is_zero() {
                break;
            } else if value == 100 {
                group = group.times(value);
            } else {
                total = total.plus(group.times(value));
                group = Decimal::default();
            }
            at += 1;
            largest = largest.max(value);
            let and = usize::from(self.pieces.key(at) == self.words.fixed.and);
            let may_add = value >= 100 && (and == 0 || value <= 1000);
            if let Some((added, next)) = self.read_small(at + and).filter(|_| may_add) {
                group = group.plus(added);
                at = next;
            }
        }
        (total.plus(group), largest, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::quantity::sample;

    #[test]
    fn numbers_in_words_and_digits() {
        for (text, value) in [
            ("two hundred", "200"),
            ("half a billion", "500000000"),
            ("half-a-billion", "500000000"),
            ("a quarter of a million", "250000"),
            ("three quarters of a billion", "750000000"),
            ("a dozen", "12"),
            ("a million", "1000000"),
            ("one and a half million", "1500000"),
            ("two-and-a-half billion", "2500000000"),
            ("twenty-five", "25"),
            ("twenty-five thousand", "25000"),
            ("two hundred and fifty thousand", "250000"),
            ("three hundred million", "300000000"),
            ("one hundred and twenty", "120"),
            ("five thousand two hundred", "5200"),
            ("two thousand five hundred and ten", "2510"),
            ("five lakh crore", "5000000000000"),
            ("1.5 lakh crore", "1500000000000"),
            ("1.2bn", "1200000000"),
            ("500k", "500000"),
            ("1.8m", "1800000"),
            ("1.2-billion", "1200000000"),
            ("3 hundred million", "300000000"),
            ("2,500 crore", "25000000000"),
            ("2 and a half million", "2500000"),
            ("one million two hundred thousand", "1200000"),
        ] {
            let number =
                sample::with_pieces(text, |pieces, words| read_number(pieces, 0, words).map(|n| (n.value, n.end, pieces.list.len())));
            let (value_read, end, all) = number.unwrap_or_else(|| panic!("{text}: no number"));
            assert_eq!((value_read.to_string().as_str(), end), (value, all), "{text}");
        }
    }

    #[test]
    fn vague_and_odd_numbers_are_none() {
        for text in ["billions of", "a few", "a company", "hundreds of", "million", "0", "12.05.2024", "half of it"] {
            assert!(sample::with_pieces(text, |pieces, words| read_number(pieces, 0, words).is_none()), "{text}");
        }
    }
}
