//! `investgraph eval GOLD_DIR`: how well extracted facts agree with annotated ones.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde_json::json;

use super::{Outcome, Shell, UsageError};
use crate::article::{Article, Reader};
use crate::eval::{Evaluation, Gold, GoldFacts};
use crate::pipeline::Extractor;

const EXAMPLES: &str = "\
Examples:
  investgraph eval gold/
  investgraph eval gold/ --calibration
  investgraph extract gold/*.txt > facts.jsonl && investgraph eval gold/ --facts facts.jsonl

GOLD_DIR holds articles (NAME.txt) with annotated facts (NAME.json) in the shape that `extract` prints.";

/// Lower ends of the bands of the table of confidence.
const BANDS: [f64; 7] = [0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Arguments of `eval`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct EvalArgs {
    /// Folder of articles with annotated facts
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,
    /// Measure the facts of this JSON Lines file instead of extracting them
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// Only articles whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Print how many facts are right for each band of confidence
    #[arg(long)]
    calibration: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the figures.
pub fn run(args: &EvalArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut golds = Gold::read(&args.gold)?;
    golds.retain(|gold| args.only.as_deref().is_none_or(|only| gold.name.contains(only)));
    if golds.is_empty() {
        return Err(UsageError(format!("no article's name contains \"{}\"", args.only.as_deref().unwrap_or_default())).into());
    }
    let extracted = if let Some(file) = &args.facts { read_facts(file)? } else { extract(&golds, shell)? };
    let mut evaluation = Evaluation::default();
    let mut absent = Vec::new();
    for gold in &golds {
        let facts = extracted.iter().rev().find(|(name, _)| *name == gold.name);
        if facts.is_none() {
            absent.push(gold.name.as_str());
        }
        evaluation.count(&gold.facts, facts.map_or(&GoldFacts::default(), |(_, facts)| facts));
    }
    if !absent.is_empty() {
        let first = absent.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        shell.warn(format!("no facts of {} articles, counted as empty: {first}{}", absent.len(), if absent.len() > 5 { " …" } else { "" }));
    }
    let text = if args.json { json_of(&evaluation) } else { text_of(&evaluation, args.calibration) };
    let mut out = shell.out();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// The facts of the annotated articles.
fn extract(golds: &[Gold], shell: &Shell) -> anyhow::Result<Vec<(String, GoldFacts)>> {
    let extractor = Extractor::new(shell.lexicon()?);
    let articles: Vec<Article> = Reader::new(golds.iter().map(|gold| gold.text.clone()).collect())
        .collect::<Result<_, _>>()
        .map_err(|skipped| anyhow::anyhow!("{skipped}"))?;
    let facts = |article: &Article| -> anyhow::Result<(String, GoldFacts)> {
        let facts = serde_json::to_value(extractor.extract(article))?;
        Ok((article.article.clone(), serde_json::from_value(facts)?))
    };
    articles.iter().map(facts).collect()
}

fn read_facts(file: &Path) -> anyhow::Result<Vec<(String, GoldFacts)>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}: no facts as `extract` prints them", file.display(), number + 1);
        let value: serde_json::Value = serde_json::from_str(line).with_context(place)?;
        let name = value.get("article").and_then(|name| name.as_str()).with_context(place)?;
        let name = Path::new(name).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        all.push((name, serde_json::from_value(value).with_context(place)?));
    }
    Ok(all)
}

fn text_of(evaluation: &Evaluation, calibration: bool) -> String {
    let mut lines = vec![format!("{:24} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}", "group", "right", "false", "missed", "P", "R", "F1")];
    for (group, tally) in evaluation.table() {
        let (p, r, f) = (tally.precision(), tally.recall(), tally.f1());
        lines.push(format!("{group:24} {:6} {:6} {:6} {p:7.3} {r:7.3} {f:7.3}", tally.right, tally.false_, tally.missed));
    }
    lines.push(format!("headline F1 {:.3} on {} articles", evaluation.facts().f1(), evaluation.articles()));
    if calibration {
        lines.push(String::new());
        lines.push(format!("{:24} {:>6} {:>6} {:>7}", "confidence from", "facts", "right", "share"));
        for (low, facts, right) in evaluation.calibration(&BANDS) {
            let share = if facts == 0 { "-".to_owned() } else { format!("{:.3}", f64::from(right) / f64::from(facts)) };
            lines.push(format!("{low:<24} {facts:6} {right:6} {share:>7}"));
        }
    }
    lines.join("\n") + "\n"
}

fn json_of(evaluation: &Evaluation) -> String {
    let groups: serde_json::Map<String, serde_json::Value> = evaluation
        .table()
        .into_iter()
        .map(|(group, t)| (group, json!({"counts": [t.right, t.false_, t.missed], "prf": [t.precision(), t.recall(), t.f1()]})))
        .collect();
    format!("{:#}\n", serde_json::Value::Object(groups))
}
