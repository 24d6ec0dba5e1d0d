//! The rows of the quantity word lists, one type a file. `crore,10000000,free` → [`MagnitudeRow`].
//!
//! Each type reads from CSV with `serde`; a field that holds several words parts them with semicolons.

use serde::{Deserialize, Deserializer};

use super::code::{Bound, CurrencyCode};
use crate::lexicon::{Files, LexiconError};

/// All rows that [`super::QuantityWords::new`] needs, file by file.
#[derive(Clone, Debug, Default)]
pub struct QuantityRows {
    /// `gazetteer/currencies.csv`.
    pub currencies: Vec<CurrencyRow>,
    /// `lexicon/shared_currencies.csv`.
    pub shared_currencies: Vec<SharedCurrencyRow>,
    /// `lexicon/currency_cautions.csv`.
    pub currency_cautions: Vec<CautionRow>,
    /// `lexicon/magnitudes.csv`.
    pub magnitudes: Vec<MagnitudeRow>,
    /// `lexicon/number_words.csv`.
    pub number_words: Vec<NumberWordRow>,
    /// `lexicon/bounds.csv`.
    pub bounds: Vec<BoundRow>,
    /// `lexicon/conversions.csv`.
    pub conversions: Vec<ConversionRow>,
    /// `lexicon/per_units.csv`.
    pub per_units: Vec<PerRow>,
    /// `lexicon/change_words.csv`.
    pub change_words: Vec<WordRow>,
    /// `lexicon/job_nouns.csv`.
    pub job_nouns: Vec<JobNounRow>,
    /// `lexicon/job_frames.csv`.
    pub job_frames: Vec<JobFrameRow>,
    /// `lexicon/job_stops.csv`.
    pub job_stops: Vec<WordRow>,
    /// `lexicon/function_words.csv`.
    pub function_words: Vec<WordRow>,
    /// `lexicon/money_cues.csv`.
    pub money_cues: Vec<MoneyCueRow>,
    /// `lexicon/job_modifiers.csv`.
    pub job_modifiers: Vec<WordRow>,
    /// `lexicon/months.csv`.
    pub months: Vec<MonthRow>,
    /// `lexicon/year_relations.csv`.
    pub year_relations: Vec<YearRelationRow>,
    /// `lexicon/measure_words.csv`.
    pub measure_words: Vec<WordRow>,
}

impl QuantityRows {
    /// Reads all files.
    pub(in crate::lexicon) fn load(files: &Files) -> Result<Self, LexiconError> {
        fn rows<Row: serde::de::DeserializeOwned>(files: &Files, file: &str) -> Result<Vec<Row>, LexiconError> {
            Ok(files.rows(file)?.into_iter().map(|(_, row)| row).collect())
        }
        Ok(Self {
            currencies: rows(files, "gazetteer/currencies.csv")?,
            shared_currencies: rows(files, "lexicon/shared_currencies.csv")?,
            currency_cautions: rows(files, "lexicon/currency_cautions.csv")?,
            magnitudes: rows(files, "lexicon/magnitudes.csv")?,
            number_words: rows(files, "lexicon/number_words.csv")?,
            bounds: rows(files, "lexicon/bounds.csv")?,
            conversions: rows(files, "lexicon/conversions.csv")?,
            per_units: rows(files, "lexicon/per_units.csv")?,
            change_words: rows(files, "lexicon/change_words.csv")?,
            job_nouns: rows(files, "lexicon/job_nouns.csv")?,
            job_frames: rows(files, "lexicon/job_frames.csv")?,
            job_stops: rows(files, "lexicon/job_stops.csv")?,
            function_words: rows(files, "lexicon/function_words.csv")?,
            money_cues: rows(files, "lexicon/money_cues.csv")?,
            job_modifiers: rows(files, "lexicon/job_modifiers.csv")?,
            months: rows(files, "lexicon/months.csv")?,
            year_relations: rows(files, "lexicon/year_relations.csv")?,
            measure_words: rows(files, "lexicon/measure_words.csv")?,
        })
    }
}

/// A currency with its names in words, the signs written beside numbers, and its small coin.
#[derive(Clone, Debug, Deserialize)]
pub struct CurrencyRow {
    /// ISO 4217 code.
    pub code: CurrencyCode,
    /// "Swiss franc;Swiss francs".
    #[serde(deserialize_with = "list")]
    pub names: Vec<String>,
    /// "€;EUR", case as written.
    #[serde(deserialize_with = "list")]
    pub symbols: Vec<String>,
    /// "cent;cents": a hundredth.
    #[serde(deserialize_with = "list")]
    pub subunits: Vec<String>,
}

/// A currency word that means another currency in stories from there: "dollars" in Canada.
#[derive(Clone, Debug, Deserialize)]
pub struct SharedCurrencyRow {
    /// The name or sign, as in `currencies.csv`.
    pub word: String,
    /// The currencies that it means at home.
    #[serde(deserialize_with = "codes")]
    pub codes: Vec<CurrencyCode>,
}

/// A currency name that is also an ordinary word.
#[derive(Clone, Debug, Deserialize)]
pub struct CautionRow {
    /// The name.
    pub word: String,
    /// When it is believed.
    pub caution: Caution,
}

/// When a currency name that is also an ordinary word is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Caution {
    /// Only after a magnitude or a number from a thousand: "3 million won".
    Large,
    /// Not before "of": "20 million pounds of copper".
    Weight,
}

/// A word that multiplies a number.
#[derive(Clone, Debug, Deserialize)]
pub struct MagnitudeRow {
    /// "crore".
    pub word: String,
    /// 10000000.
    pub value: u64,
    /// Where it means that.
    pub standing: Standing,
}

/// Where a magnitude word is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// After any number: "2 million".
    Free,
    /// Directly after the digits, or in a sum of money: "500k", "$5 m".
    Joined,
    /// In a sum of money only: "Rs 300 cr".
    Money,
}

/// A number word.
#[derive(Clone, Debug, Deserialize)]
pub struct NumberWordRow {
    /// "twenty".
    pub word: String,
    /// 20; of parts of one, at most two decimals.
    pub value: f64,
}

/// Words beside a number that bound it.
#[derive(Clone, Debug, Deserialize)]
pub struct BoundRow {
    /// "upward of".
    pub phrase: String,
    /// The bound; none for words that may stand between a bound and its number ("up to *an additional* $5m").
    pub bound: Option<Bound>,
    /// On which side of the number it stands.
    pub position: Position,
    /// Words before the phrase that take its meaning: "row *over* €5m".
    #[serde(deserialize_with = "list")]
    pub not_after: Vec<String>,
}

/// The side of a number on which a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// Words that may stand beside a converted sum: "equivalent to".
#[derive(Clone, Debug, Deserialize)]
pub struct ConversionRow {
    /// The words.
    pub phrase: String,
    /// On which side of the converted sum they stand.
    pub position: Position,
}

/// A word that tells whether a number without a currency is a sum.
#[derive(Clone, Debug, Deserialize)]
pub struct MoneyCueRow {
    /// The word.
    pub word: String,
    /// What it speaks for.
    pub sense: CueSense,
}

/// Whether a word speaks for a sum of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueSense {
    /// "invested", "worth".
    For,
    /// "users", "tonnes".
    Against,
}

/// What a sum is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A share.
    Share,
    /// Anything else: a barrel, a tonne, a head.
    Unit,
}

/// A unit that may follow "a", "per", "each" or "every", or a whole phrase: "barrel", "annually", "a year ago".
#[derive(Clone, Debug, Deserialize)]
pub struct PerRow {
    /// The unit or phrase.
    pub phrase: String,
    /// What it counts as; none for a phrase that only looks like one.
    pub per: Option<Per>,
    /// Whether it stands alone.
    pub form: PerForm,
}

/// Whether a phrase of [`PerRow`] stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PerForm {
    /// After "a", "per", "each", "every" or a slash: "barrel".
    Unit,
    /// As it is: "annually".
    Whole,
}

/// A noun counted as work.
#[derive(Clone, Debug, Deserialize)]
pub struct JobNounRow {
    /// "vacancies".
    pub noun: String,
    /// What it counts.
    pub unit: JobUnit,
}

/// Words beside a number of people that make it one: "a workforce of", "to be hired".
#[derive(Clone, Debug, Deserialize)]
pub struct JobFrameRow {
    /// The words.
    pub phrase: String,
    /// What they count.
    pub unit: JobUnit,
    /// On which side of the number they stand.
    pub position: Position,
}

/// What a count of work counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobUnit {
    /// Jobs, posts, roles.
    Job,
    /// Workers, people.
    Person,
    /// Those already there: a workforce, a head count.
    Staff,
}

/// A month name.
#[derive(Clone, Debug, Deserialize)]
pub struct MonthRow {
    /// "sept".
    pub word: String,
    /// 1 to 12.
    pub month: u8,
}

/// Words before a year.
#[derive(Clone, Debug, Deserialize)]
pub struct YearRelationRow {
    /// "no later than".
    pub phrase: String,
    /// What they say; none for words that may stand between ("by *the end of* 2027").
    pub relation: Option<YearRelation>,
}

/// How an event lies to a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearRelation {
    /// By 2027, before 2027.
    By,
    /// Since 2010.
    Since,
    /// From 2026, starting in 2026.
    From,
    /// Until 2030, through 2030.
    Until,
    /// In 2025.
    In,
    /// Between 2024 and 2030, 2024-2030.
    Between,
}

/// A word alone.
#[derive(Clone, Debug, Deserialize)]
pub struct WordRow {
    /// The word.
    pub word: String,
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let field = String::deserialize(deserializer)?;
    Ok(field.split(';').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

fn codes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CurrencyCode>, D::Error> {
    list(deserializer)?.iter().map(|code| code.parse().map_err(serde::de::Error::custom)).collect()
}
