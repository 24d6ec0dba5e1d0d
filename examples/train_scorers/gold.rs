//! Annotated articles in the annotation guide's shape. `NAME.json` beside `NAME.txt`, or one JSON object with its `text` a line.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use investgraph::article::Article;
use serde::Deserialize;

#[derive(Clone, Deserialize)]
pub(crate) struct Gold {
    #[serde(default)]
    pub(crate) article: String,
    #[serde(default)]
    pub(crate) text: String,
    pub(crate) companies: Vec<Vec<String>>,
    pub(crate) initiatives: Vec<Vec<String>>,
    pub(crate) investments: Vec<GoldInvestment>,
    pub(crate) jobs: Vec<GoldJob>,
    pub(crate) relations: Vec<(String, String, String)>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct GoldInvestment {
    pub(crate) kind: String,
    pub(crate) stage: String,
    pub(crate) investors: Vec<String>,
    pub(crate) recipients: Vec<String>,
    pub(crate) countries: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) amount: Option<GoldAmount>,
    pub(crate) equivalents: Vec<GoldAmount>,
    pub(crate) jobs: Option<GoldCount>,
    pub(crate) initiatives: Vec<String>,
    pub(crate) from: Option<i16>,
    pub(crate) until: Option<i16>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct GoldAmount {
    pub(crate) value: f64,
    pub(crate) currency: String,
}

#[derive(Clone, Deserialize)]
pub(crate) struct GoldCount {
    pub(crate) count: u64,
}

#[derive(Clone, Deserialize)]
pub(crate) struct GoldJob {
    pub(crate) count: u64,
}

impl Gold {
    /// The article as a reader would give it.
    pub(crate) fn article(&self) -> Article {
        Article { article: self.article.clone(), text: self.text.clone(), ..Article::default() }
    }
}

/// The annotated articles of a folder, or of a file of JSON Lines.
pub(crate) fn read(path: &Path) -> Result<Vec<Gold>> {
    if path.is_dir() { read_folder(path) } else { read_lines(path) }
}

fn read_folder(dir: &Path) -> Result<Vec<Gold>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(dir).with_context(|| format!("{}", dir.display()))?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    let mut golds = Vec::new();
    for file in files {
        let mut gold: Gold = serde_json::from_str(&fs::read_to_string(&file)?).with_context(|| format!("{}", file.display()))?;
        gold.article = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        gold.text = fs::read_to_string(file.with_extension("txt")).with_context(|| format!("{}", file.with_extension("txt").display()))?;
        golds.push(gold);
    }
    Ok(golds)
}

fn read_lines(file: &Path) -> Result<Vec<Gold>> {
    let text = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let read = |(number, line): (usize, &str)| serde_json::from_str(line).with_context(|| format!("{}:{}", file.display(), number + 1));
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(read).collect()
}
