//! Annotated facts and where they are read from. A folder of `NAME.json` beside `NAME.txt` → [`Gold`]s.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// The facts of an article, annotated or extracted; what is missing counts as empty.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldFacts {
    /// Companies, each under all its names.
    #[serde(default)]
    pub companies: Vec<Vec<String>>,
    /// ISO 3166 codes.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Initiatives, each under all its names.
    #[serde(default)]
    pub initiatives: Vec<Vec<String>>,
    /// Commitments of money.
    #[serde(default)]
    pub investments: Vec<Investment>,
    /// Job numbers outside of investments.
    #[serde(default)]
    pub jobs: Vec<Jobs>,
    /// Relations.
    #[serde(default)]
    pub relations: Vec<Relation>,
}

/// One commitment of money.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Investment {
    /// "project", "acquisition", "funding", "public" or "total".
    pub kind: Option<String>,
    /// "considered", "planned", "done" or "cancelled".
    pub stage: Option<String>,
    /// Who pays.
    pub investors: Vec<String>,
    /// Who gets it.
    pub recipients: Vec<String>,
    /// ISO 3166 codes.
    pub countries: Vec<String>,
    /// Regions and towns.
    pub places: Vec<String>,
    /// The sum.
    pub amount: Option<Sum>,
    /// The sum in other currencies.
    pub equivalents: Option<Vec<Sum>>,
    /// Jobs that it creates.
    pub jobs: Option<Count>,
    /// What it is made under.
    pub initiatives: Vec<String>,
    /// First year.
    pub from: Option<Value>,
    /// Last year.
    pub until: Option<Value>,
    /// How sure the extractor is.
    pub confidence: Option<f64>,
}

/// A sum of money, in full.
#[derive(Clone, Debug, Deserialize)]
pub struct Sum {
    /// The number.
    pub value: f64,
    /// ISO 4217 code.
    pub currency: String,
}

/// A number of jobs.
#[derive(Clone, Debug, Deserialize)]
pub struct Count {
    /// How many.
    pub count: u64,
}

/// A number of jobs outside of investments.
#[derive(Clone, Debug, Deserialize)]
pub struct Jobs {
    /// Whose.
    pub company: Option<String>,
    /// How many.
    pub count: u64,
    /// How sure the extractor is.
    pub confidence: Option<f64>,
}

/// Subject, predicate, object: as a list in annotated facts, as an object in extracted ones.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "AnyRelation")]
pub struct Relation {
    /// A name.
    pub subject: String,
    /// "basedIn" …
    pub predicate: String,
    /// A name or an ISO 3166 code.
    pub object: String,
    /// How sure the extractor is.
    pub confidence: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AnyRelation {
    List(String, String, String),
    Object { subject: String, predicate: String, object: String, confidence: Option<f64> },
}

impl From<AnyRelation> for Relation {
    fn from(relation: AnyRelation) -> Self {
        match relation {
            AnyRelation::List(subject, predicate, object) => Self { subject, predicate, object, confidence: None },
            AnyRelation::Object { subject, predicate, object, confidence } => Self { subject, predicate, object, confidence },
        }
    }
}

impl Investment {
    /// Whether another gives the same sum, in any of this one's currencies, within half a per cent.
    pub(super) fn same_sum(&self, other: &Self) -> bool {
        let Some(given) = &other.amount else { return false };
        let own = self.amount.iter().chain(self.equivalents.iter().flatten());
        own.into_iter().any(|sum| sum.currency == given.currency && (sum.value - given.value).abs() <= 0.005 * sum.value.abs())
    }
}

/// An annotated article.
#[derive(Clone, Debug)]
pub struct Gold {
    /// The files' stem.
    pub name: String,
    /// Where the article's text is.
    pub text: PathBuf,
    /// What it says.
    pub facts: GoldFacts,
}

/// Why gold cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A folder or file cannot be read.
    #[error("{}: cannot be read: {source}", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file does not have the shape of annotated facts.
    #[error("{}:{}: not in the shape of annotated facts: {source}", file.display(), source.line())]
    Unsound {
        /// Which.
        file: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// No file of facts.
    #[error("{}: no NAME.json with annotated facts in this folder", .0.display())]
    Empty(PathBuf),
    /// Facts without their article.
    #[error("{}: no such article; its facts are in {}", text.display(), facts.display())]
    NoArticle {
        /// The file that is missing.
        text: PathBuf,
        /// The file that is there.
        facts: PathBuf,
    },
}

impl Gold {
    /// The annotated articles of a folder, in the order of their names.
    ///
    /// # Errors
    /// When a file cannot be read or is not sound, when an article is missing, or when there is none.
    pub fn read(folder: &Path) -> Result<Vec<Self>, GoldError> {
        let unreadable = |file: &Path| {
            let file = file.to_owned();
            move |source| GoldError::Unreadable { file, source }
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
            files.push(entry.map_err(unreadable(folder))?.path());
        }
        files.retain(|file| file.extension().is_some_and(|e| e == "json"));
        files.sort();
        let read = |file: &PathBuf| {
            let json = fs::read_to_string(file).map_err(unreadable(file))?;
            let facts = serde_json::from_str(&json).map_err(|source| GoldError::Unsound { file: file.clone(), source })?;
            let text = file.with_extension("txt");
            if !text.exists() {
                return Err(GoldError::NoArticle { text, facts: file.clone() });
            }
            Ok(Self { name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text, facts })
        };
        let golds = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        if golds.is_empty() { Err(GoldError::Empty(folder.to_owned())) } else { Ok(golds) }
    }
}
