//! The quantity words, ready to be looked up. Built once from [`QuantityRows`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::code::{Bound, CurrencyCode};
use super::rows::{Caution, CueSense, JobUnit, Per, PerForm, Position, QuantityRows, Standing, YearRelation};
use crate::lexicon::phrase::{Anchor, Phrases, word_key};

/// What words mean in quantities.
#[derive(Clone, Debug)]
pub struct QuantityWords {
    pub(crate) magnitudes: FxHashMap<u64, Magnitude>,
    /// Hundredths of the value of a number word.
    pub(crate) numbers: FxHashMap<u64, u64>,
    pub(crate) names_onward: Phrases<CurrencyWord>,
    pub(crate) names_back: Phrases<CurrencyWord>,
    /// Nationalities that may follow a sum in dollars: "$5m Canadian".
    pub(crate) dollar_adjectives: Phrases<CurrencyCode>,
    /// Signs by their first character, longest first.
    pub(crate) signs_onward: FxHashMap<char, Vec<(String, CurrencyWord)>>,
    /// Signs by their last character, longest first.
    pub(crate) signs_back: FxHashMap<char, Vec<(String, CurrencyWord)>>,
    pub(crate) bounds_before: Phrases<BoundPhrase>,
    pub(crate) bounds_after: Phrases<BoundPhrase>,
    pub(crate) conversions_before: Phrases<()>,
    pub(crate) conversions_after: Phrases<()>,
    pub(crate) per_units: Phrases<Option<Per>>,
    pub(crate) change_words: FxHashSet<u64>,
    pub(crate) job_nouns: Phrases<JobUnit>,
    pub(crate) job_frames: Phrases<JobUnit>,
    pub(crate) job_frames_after: Phrases<JobUnit>,
    pub(crate) job_stops: FxHashSet<u64>,
    pub(crate) job_modifiers: FxHashSet<u64>,
    pub(crate) function_words: FxHashSet<u64>,
    pub(crate) money_cues: FxHashMap<u64, CueSense>,
    pub(crate) months: FxHashMap<u64, u8>,
    pub(crate) year_relations: Phrases<Option<YearRelation>>,
    pub(crate) measure_words: FxHashSet<u64>,
    /// Words of which one at least stands in every quantity without digits.
    triggers: FxHashSet<u64>,
    pub(crate) fixed: FixedKeys,
}

/// A word that multiplies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Magnitude {
    pub(crate) value: u64,
    pub(crate) standing: Standing,
}

/// A name or sign of a currency.
#[derive(Clone, Debug)]
pub(crate) struct CurrencyWord {
    pub(crate) code: CurrencyCode,
    /// Currencies that it means instead where one of them is at home.
    pub(crate) shared: Vec<CurrencyCode>,
    /// Whether it is a hundredth.
    pub(crate) is_subunit: bool,
    pub(crate) caution: Option<Caution>,
}

/// A phrase that bounds a number, or one to pass over.
#[derive(Clone, Debug)]
pub(crate) struct BoundPhrase {
    pub(crate) bound: Option<Bound>,
    pub(crate) not_after: Vec<u64>,
}

/// Keys of the function words that number grammar itself is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FixedKeys {
    pub(crate) a: u64,
    pub(crate) an: u64,
    pub(crate) and: u64,
    pub(crate) of: u64,
    pub(crate) or: u64,
    pub(crate) to: u64,
    pub(crate) from: u64,
    pub(crate) between: u64,
    pub(crate) half: u64,
    pub(crate) quarter: u64,
    pub(crate) quarters: u64,
    pub(crate) per: u64,
    pub(crate) strong: u64,
    pub(crate) ones: u64,
}

impl QuantityWords {
    /// Builds the tables.
    #[must_use]
    pub fn new(rows: &QuantityRows) -> Self {
        let mut words = Self {
            magnitudes: rows
                .magnitudes
                .iter()
                .map(|row| (word_key(&row.word), Magnitude { value: row.value, standing: row.standing }))
                .collect(),
            numbers: rows.number_words.iter().map(|row| (word_key(&row.word), hundredths(row.value))).collect(),
            names_onward: Phrases::new(Anchor::First),
            names_back: Phrases::new(Anchor::Last),
            dollar_adjectives: Phrases::new(Anchor::First),
            signs_onward: FxHashMap::default(),
            signs_back: FxHashMap::default(),
            bounds_before: Phrases::new(Anchor::Last),
            bounds_after: Phrases::new(Anchor::First),
            conversions_before: Phrases::new(Anchor::First),
            conversions_after: Phrases::new(Anchor::First),
            per_units: Phrases::new(Anchor::First),
            change_words: rows.change_words.iter().map(|row| word_key(&row.word)).collect(),
            job_nouns: Phrases::new(Anchor::First),
            job_frames: Phrases::new(Anchor::Last),
            job_frames_after: Phrases::new(Anchor::First),
            job_stops: rows.job_stops.iter().map(|row| word_key(&row.word)).collect(),
            function_words: rows.function_words.iter().map(|row| word_key(&row.word)).collect(),
            money_cues: rows.money_cues.iter().map(|row| (word_key(&row.word), row.sense)).collect(),
            job_modifiers: rows.job_modifiers.iter().map(|row| word_key(&row.word)).collect(),
            months: rows.months.iter().map(|row| (word_key(&row.word), row.month)).collect(),
            year_relations: Phrases::new(Anchor::Last),
            measure_words: rows.measure_words.iter().map(|row| word_key(&row.word)).collect(),
            triggers: FxHashSet::default(),
            fixed: FixedKeys::new(),
        };
        words.add_currencies(rows);
        words.add_phrases(rows);
        let free = rows.magnitudes.iter().filter(|row| row.standing == Standing::Free).map(|row| word_key(&row.word));
        words.triggers.extend(free.chain(words.numbers.keys().copied()));
        words
    }

    fn add_currencies(&mut self, rows: &QuantityRows) {
        let shared: FxHashMap<&str, &Vec<CurrencyCode>> =
            rows.shared_currencies.iter().map(|row| (row.word.as_str(), &row.codes)).collect();
        let cautions: FxHashMap<u64, Caution> = rows.currency_cautions.iter().map(|row| (word_key(&row.word), row.caution)).collect();
        for row in &rows.currencies {
            let word = |text: &str, is_subunit| CurrencyWord {
                code: row.code,
                shared: shared.get(text).map(|codes| (*codes).clone()).unwrap_or_default(),
                is_subunit,
                caution: cautions.get(&word_key(text)).copied(),
            };
            for (text, is_subunit) in row.names.iter().map(|name| (name, false)).chain(row.subunits.iter().map(|name| (name, true))) {
                self.names_onward.add(text, word(text, is_subunit));
                self.names_back.add(text, word(text, is_subunit));
            }
            for adjective in row.names.iter().filter_map(|name| name.strip_suffix(" dollars")) {
                self.dollar_adjectives.add(adjective, row.code);
            }
            for sign in &row.symbols {
                let word = word(sign, sign == "¢");
                let (Some(first), Some(last)) = (sign.chars().next(), sign.chars().next_back()) else { continue };
                self.signs_onward.entry(first).or_default().push((sign.clone(), word.clone()));
                self.signs_back.entry(last).or_default().push((sign.clone(), word));
            }
        }
        for table in [&mut self.signs_onward, &mut self.signs_back] {
            #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
            for signs in table.values_mut() {
                signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
            }
        }
    }

    fn add_phrases(&mut self, rows: &QuantityRows) {
        for row in &rows.bounds {
            let phrase = BoundPhrase { bound: row.bound, not_after: row.not_after.iter().map(|word| word_key(word)).collect() };
            match row.position {
                Position::Before => self.bounds_before.add(&row.phrase, phrase),
                Position::After => self.bounds_after.add(&row.phrase, phrase),
            }
        }
        for row in &rows.per_units {
            if row.form == PerForm::Whole {
                self.per_units.add(&row.phrase, row.per);
            } else {
                for before in ["a", "an", "per", "each", "every", "/"] {
                    self.per_units.add(&format!("{before} {}", row.phrase), row.per);
                }
            }
        }
        for row in &rows.conversions {
            match row.position {
                Position::Before => self.conversions_before.add(&row.phrase, ()),
                Position::After => self.conversions_after.add(&row.phrase, ()),
            }
        }
        for row in &rows.job_nouns {
            self.job_nouns.add(&row.noun, row.unit);
        }
        for row in &rows.job_frames {
            match row.position {
                Position::Before => self.job_frames.add(&row.phrase, row.unit),
                Position::After => self.job_frames_after.add(&row.phrase, row.unit),
            }
        }
        for row in &rows.year_relations {
            self.year_relations.add(&row.phrase, row.relation);
        }
    }

    /// Whether a word may belong to a quantity that is written without digits.
    #[must_use]
    pub(crate) fn triggers(&self, key: u64) -> bool {
        self.triggers.contains(&key)
    }
}

impl FixedKeys {
    fn new() -> Self {
        Self {
            a: word_key("a"),
            an: word_key("an"),
            and: word_key("and"),
            of: word_key("of"),
            or: word_key("or"),
            to: word_key("to"),
            from: word_key("from"),
            between: word_key("between"),
            half: word_key("half"),
            quarter: word_key("quarter"),
            quarters: word_key("quarters"),
            per: word_key("per"),
            strong: word_key("strong"),
            ones: word_key("ones"),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "number words are small and not negative")]
fn hundredths(value: f64) -> u64 {
    (value * 100.0).round() as u64
}
