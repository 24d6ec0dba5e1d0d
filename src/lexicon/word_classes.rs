//! Words by class: titles, weekdays, trades, company suffixes, abbreviations.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::files::{Files, LexiconError};
use crate::text::{Abbreviations, key_of};

/// What a word can be; a word may be of several classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Class {
    /// "Mr", "President": a person's name follows.
    Title,
    /// "chief executive", "spokesman": a person's office.
    Office,
    /// "Monday", "March".
    Calendar,
    /// "The", "It": opens sentences and is no name.
    Opener,
    /// "of", "de", "and": may stand inside a name.
    Connector,
    /// "Inc", "GmbH": a legal form.
    LegalForm,
    /// "Motors", "Bank": ends the name of a company.
    CompanyWord,
    /// "carmaker", "bank": a noun for a company.
    Trade,
    /// "University", "Ministry": the name of a body that is no company.
    BodyWord,
    /// "Act", "Initiative", "Summit": the name of an initiative.
    InitiativeWord,
    /// "County", "Bay": the name of a place.
    PlaceWord,
    /// "north", "eastern": before a place.
    Direction,
    /// "based", "owned": follows a hyphen behind a name.
    Attached,
    /// "announce", "reveal": says of an investment that it will be made.
    Announcing,
    /// An everyday word, written small in running text.
    Common,
    /// "plant", "offices": where a company is at work.
    Site,
    /// "operations", "staff", "customers": what a company has where it is at work.
    Presence,
    /// "operates", "employs": a company is at work already.
    Runs,
    /// "build", "open": a company will be at work.
    Starts,
    /// "expand", "close": what changes was there before.
    Grows,
    /// "new", "planned": is not there yet.
    Fresh,
    /// "existing", "second": is there, or something like it is.
    Standing,
    /// "subsidiary", "arm", "brand": part of a company.
    Unit,
    /// "parent", "owner": what a company is part of.
    Owner,
    /// "owns", "controls".
    Owns,
    /// "owned", "controlled": "by" follows.
    Owned,
    /// "venture": has several owners.
    Venture,
    /// "IPO", "LNG": a thing in capitals that is no name.
    Acronym,
    /// "Group", "Motor": a word that a firm's full name adds to its short one.
    Filler,
    /// "EUR", "Rs", "US$": a currency's code or sign in letters.
    Currency,
}

/// A class with the words themselves as data.
#[derive(Deserialize)]
struct WordRow {
    word: String,
    class: Class,
}

#[derive(Deserialize)]
struct SuffixRow {
    suffix: String,
    kind: SuffixKind,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SuffixKind {
    Legal,
    Prefix,
    Word,
}

#[derive(Deserialize)]
struct CurrencyRow {
    code: String,
    #[serde(deserialize_with = "super::files::list")]
    symbols: Vec<String>,
}

#[derive(Deserialize)]
struct AbbreviationRow {
    word: String,
    place: AbbreviationPlace,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum AbbreviationPlace {
    Inner,
    Final,
}

/// About as many words are known.
const WORDS: usize = 45_000;

/// All word classes, by the key of the word.
#[derive(Debug, Default)]
pub struct Words {
    classes: FxHashMap<u64, u32>,
    abbreviations: Abbreviations,
}

impl Words {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for (_, row) in files.rows::<WordRow>("lexicon/words.csv")? {
            words.add(&row.word, row.class);
            if row.class == Class::Opener {
                words.abbreviations.openers.insert(key_of(&row.word));
            }
        }
        for (_, row) in files.rows::<WordRow>("lexicon/relation_words.csv")? {
            words.add(&row.word, row.class);
        }
        words.classes.reserve(WORDS);
        files.each("lexicon/common_words.csv", ["word"], |_, [word]| {
            words.add(word, Class::Common);
            Ok(())
        })?;
        for (_, row) in files.rows::<SuffixRow>("lexicon/company_suffixes.csv")? {
            let class = match row.kind {
                SuffixKind::Word => Class::CompanyWord,
                SuffixKind::Legal | SuffixKind::Prefix => Class::LegalForm,
            };
            words.add(&row.suffix, class);
        }
        for (_, row) in files.rows::<CurrencyRow>("gazetteer/currencies.csv")? {
            words.add(&row.code, Class::Currency);
            for symbol in row.symbols.iter().filter(|symbol| symbol.chars().any(char::is_alphabetic)) {
                words.add(symbol, Class::Currency);
            }
        }
        files.each("lexicon/trades.csv", ["noun"], |_, [noun]| {
            words.add(noun, Class::Trade);
            Ok(())
        })?;
        for (_, row) in files.rows::<AbbreviationRow>("lexicon/abbreviations.csv")? {
            let set = match row.place {
                AbbreviationPlace::Inner => &mut words.abbreviations.never_final,
                AbbreviationPlace::Final => &mut words.abbreviations.maybe_final,
            };
            set.insert(key_of(&row.word));
        }
        Ok(words)
    }

    fn add(&mut self, word: &str, class: Class) {
        *self.classes.entry(key_of(word)).or_default() |= 1 << class as u8;
    }

    /// Whether a word is of a class.
    #[must_use]
    pub fn is(&self, key: u64, class: Class) -> bool {
        self.classes.get(&key).is_some_and(|set| set & (1 << class as u8) != 0)
    }

    /// Words that keep their full stop.
    #[must_use]
    pub const fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }
}
