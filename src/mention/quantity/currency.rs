//! Finds the currency beside a number: before it as in "US$", "Rs", "US Dollar", or after it as in "euros", "-euro", "EUR".

use super::Reading;
use super::number::Number;
use super::piece::Gap;
use crate::lexicon::CurrencyCode;
use crate::lexicon::rows::Caution;
use crate::lexicon::words::CurrencyWord;

/// A currency beside a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct CurrencyAt<'a> {
    pub(super) word: &'a CurrencyWord,
    /// First piece of a currency before the number, or the piece after the last of one behind it.
    pub(super) edge: usize,
}

/// The currency of a number, on either side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides<'a> {
    pub(super) before: Option<CurrencyAt<'a>>,
    pub(super) after: Option<CurrencyAt<'a>>,
    /// A nationality after the sum: "$5m Canadian".
    pub(super) adjective: Option<(CurrencyCode, usize)>,
}

impl<'a> Sides<'a> {
    /// Reads both sides; `floor` is the first piece that no sum before has used, `next` the number after.
    pub(super) fn read(reading: &Reading<'a>, number: &Number, next: Option<&Number>, floor: usize) -> Self {
        // "Rs 500-600 crore"
        let is_range =
            next.is_some_and(|next| next.is_large() && next.first <= number.end + 1 && !reading.pieces.list[number.end].is_mark(','));
        let mut sides =
            Self { before: reading.currency_before(number, floor, is_range), after: reading.currency_after(number), adjective: None };
        if let Some(before) = sides.before {
            if let Some(after) = sides.after {
                let is_same = after.word.code == before.word.code || before.word.shared.contains(&after.word.code);
                if !is_same || after.word.is_subunit {
                    sides.after = None;
                }
            }
            if sides.after.is_none() && !before.word.shared.is_empty() {
                sides.adjective = reading.dollar_adjective(number.end, before.word);
            }
        }
        sides
    }

    pub(super) fn is_none(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }

    pub(super) fn first(&self, number: &Number) -> usize {
        self.before.map_or(number.first, |currency| currency.edge)
    }

    pub(super) fn end(&self, number: &Number) -> usize {
        self.adjective.map(|(_, end)| end).or(self.after.map(|currency| currency.edge)).unwrap_or(number.end)
    }

    /// The currency, and whether the sum is in hundredths of it.
    pub(super) fn currency(&self, reading: &Reading<'_>) -> Option<(CurrencyCode, bool)> {
        if let Some((code, _)) = self.adjective {
            return Some((code, false));
        }
        // "$5 million Canadian dollars", "$5m AUD": the name says more than the sign.
        let word = match (self.before, self.after) {
            (Some(before), Some(after)) if after.word.shared.is_empty() || after.word.code != before.word.code => after.word,
            (Some(before), _) => before.word,
            (None, after) => after?.word,
        };
        Some((reading.home.choose(&word.shared).unwrap_or(word.code), word.is_subunit))
    }
}

impl<'a> Reading<'a> {
    fn currency_before(&self, number: &Number, floor: usize, is_range: bool) -> Option<CurrencyAt<'a>> {
        let first = number.first;
        if first <= floor {
            return None;
        }
        self.sign_before(number, floor, is_range || number.is_large()).or_else(|| {
            let (length, word) = self.words.names_back.find(|back| self.pieces.key_before(first, back))?;
            let is_sound = number.magnitude >= 1000 && word.caution.is_none() && !word.is_subunit && self.pieces.has_gap(first, Gap::Space);
            (is_sound && first - length >= floor).then(|| CurrencyAt { word, edge: first - length })
        })
    }

    fn sign_before(&self, number: &Number, floor: usize, is_large: bool) -> Option<CurrencyAt<'a>> {
        let list = &self.pieces.list;
        let text = self.pieces.doc.text;
        let open = list[floor].start as usize;
        let all = text.get(open..list[number.first].start as usize)?;
        let all = all.strip_suffix([' ', '\u{a0}', '\u{202f}']).unwrap_or(all);
        let signs = self.words.signs_back.get(&all.chars().next_back()?)?;
        for (sign, word) in signs {
            let Some(rest) = all.strip_suffix(sign.as_str()) else { continue };
            let starts_inside = sign.starts_with(char::is_alphanumeric)
                && text[..open + rest.len()].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '$' || c == '&');
            if starts_inside || is_letters(sign) && !is_large {
                continue;
            }
            let start = open + rest.len();
            let edge = list.partition_point(|piece| (piece.end as usize) <= start);
            return Some(CurrencyAt { word, edge });
        }
        None
    }

    fn currency_after(&self, number: &Number) -> Option<CurrencyAt<'a>> {
        let end = number.end;
        let in_year = number.is_yearlike()
            && self.words.year_relations.find(|back| self.pieces.key_before(number.first, back)).is_some_and(|(_, told)| told.is_some());
        if number.is_article && self.pieces.has_gap(end, Gap::Hyphen) || in_year {
            return None;
        }
        self.sign_after(number).or_else(|| {
            // "40 million of euros"
            let of = usize::from(number.magnitude >= 1_000_000 && self.pieces.key(end) == self.words.fixed.of);
            let (length, word) = self.words.names_onward.find(|onward| self.pieces.key(end + of + onward))?;
            let edge = end + of + length;
            let is_name = word.is_subunit && self.pieces.is_capital(end);
            let is_letter = self.pieces.form(end).len() == 1;
            let is_sound = match word.caution {
                Some(Caution::Large) => number.is_large(),
                Some(Caution::Weight) => self.pieces.key(edge) != self.words.fixed.of,
                None => true,
            };
            (is_sound && !is_name && (!is_letter || self.pieces.has_gap(end, Gap::Joined))).then_some(CurrencyAt { word, edge })
        })
    }

    fn sign_after(&self, number: &Number) -> Option<CurrencyAt<'a>> {
        let list = &self.pieces.list;
        let text = self.pieces.doc.text;
        let close = list.last()?.end as usize;
        let rest = text.get(list[number.end - 1].end as usize..close)?;
        let rest = rest.strip_prefix([' ', '\u{a0}', '\u{202f}', '-']).unwrap_or(rest);
        let signs = self.words.signs_onward.get(&rest.chars().next()?)?;
        for (sign, word) in signs {
            let Some(after) = rest.strip_prefix(sign.as_str()) else { continue };
            let next = after.chars().next();
            let is_letters = is_letters(sign);
            let goes_on = sign.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
            let belongs_to_next = next.is_some_and(|c| c.is_ascii_digit()) || after.trim_start().starts_with(|c: char| c.is_ascii_digit());
            let is_weak = is_letters && (sign.len() == 1 || !number.is_large());
            if goes_on || belongs_to_next || is_weak {
                continue;
            }
            let stop = close - after.len();
            let edge = list.partition_point(|piece| (piece.start as usize) < stop);
            return Some(CurrencyAt { word, edge });
        }
        None
    }

    /// "$5m *Canadian*": before punctuation or a function word only.
    fn dollar_adjective(&self, at: usize, word: &CurrencyWord) -> Option<(CurrencyCode, usize)> {
        let (length, &code) = self.words.dollar_adjectives.find(|onward| self.pieces.key(at + onward))?;
        let end = at + length;
        let is_last = self.pieces.is_stop(end) || self.words.function_words.contains(&self.pieces.key(end));
        (is_last && (code == word.code || word.shared.contains(&code))).then_some((code, end))
    }
}

/// Whether a sign is a word or code that could be something else: "Rs", "EUR", "S/".
fn is_letters(sign: &str) -> bool {
    sign.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '/' | ' '))
}
