//! Trains the scorers of `ontology/scorers/` on annotated articles.
//!
//! ```text
//! cargo run --release --example train_scorers -- GOLD… --out ontology/scorers
//! cargo run --release --example train_scorers -- GOLD --folds 5 --predict FILE.jsonl [--more GOLD…]
//! ```
//!
//! `GOLD` is a folder of `NAME.txt` articles with `NAME.json` facts in the annotation guide's shape, or a file of JSON Lines with the
//! text beside the facts. The extractor runs once over every article with a judge who knows the facts; each decision becomes a
//! training example. With `--folds` every article is extracted by scorers that were trained on the other folds (and on what
//! `--more` names, which is never measured), so that scoring the predictions is honest.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    reason = "a training program: weights are rounded, figures go to the terminal"
)]

mod gold;
mod learner;
mod oracle;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use investgraph::lexicon::{Features, Lexicon, Scorer, Scorers, Task};
use investgraph::pipeline::Extractor;
use rayon::prelude::*;

use crate::gold::Gold;
use crate::oracle::{Example, Oracle};

/// The decisions of the articles that `keep` names, taken by the oracle or by a learner.
fn decisions(
    extractor: &Extractor,
    golds: &[Gold],
    learner: Option<&Scorers>,
    study: bool,
    keep: impl Fn(u32) -> bool + Sync,
) -> Vec<Example> {
    golds
        .par_iter()
        .enumerate()
        .filter(|(i, _)| keep(*i as u32))
        .flat_map_iter(|(i, gold)| {
            let mut oracle = Oracle::new(gold, i as u32, learner, study);
            let _ = extractor.extract_judged(&gold.article(), &mut oracle);
            oracle.examples
        })
        .collect()
}

fn fit(examples: &[&Example]) -> BTreeMap<Task, Scorer> {
    Task::ALL
        .par_iter()
        .with_max_len(1)
        .map(|&task| {
            let chosen: Vec<&Example> = examples.iter().copied().filter(|e| e.task == task).collect();
            (task, Scorer::new(&learner::fit(task, &chosen)))
        })
        .collect()
}

/// Trains twice: on the oracle's decisions, then on these and on those of learners that did not see the article (Ross et al. 2011).
fn train(extractor: &Extractor, golds: &[Gold], examples: &[Example], keep: impl Fn(u32) -> bool + Sync) -> BTreeMap<Task, Scorer> {
    const INNER: u32 = 2;
    let rolled: Vec<Example> = (0..INNER)
        .flat_map(|inner| {
            let held_out = |article: u32| (article / 5 + article) % INNER == inner;
            let seen: Vec<&Example> = examples.iter().filter(|e| keep(e.article) && !held_out(e.article)).collect();
            let mut scorers = extractor.lexicon().scorers().clone();
            for (task, scorer) in fit(&seen) {
                scorers.set(task, scorer);
            }
            decisions(extractor, golds, Some(&scorers), false, |article| keep(article) && held_out(article))
        })
        .collect();
    // What an investment's kind is judged on are the roles that were found, never the true ones.
    let mut all: Vec<&Example> = examples.iter().filter(|e| keep(e.article) && e.task != Task::Kind).chain(&rolled).collect();
    all.sort_by_key(|e| e.article);
    fit(&all)
}

/// For a task of yes or no, the threshold of best F1 on these examples with that F1.
fn best_threshold(scored: &mut [(f32, bool)]) -> (f32, f64) {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = scored.iter().filter(|s| s.1).count();
    let (mut right, mut best) = (0, (1.0, 0.0));
    for (given, (p, label)) in scored.iter().enumerate() {
        right += usize::from(*label);
        let f1 = 2.0 * right as f64 / (given + 1 + all) as f64;
        if f1 > best.1 {
            best = (*p, f1);
        }
    }
    best
}

/// Counts right, false, missed and wrong decisions on held-out examples; the first class is "none", but for stages.
fn tally(examples: &[Example], scorers: &BTreeMap<Task, Scorer>, keep: impl Fn(u32) -> bool, tallies: &mut BTreeMap<Task, Tally>) {
    for (task, scorer) in scorers {
        let tally = tallies.entry(*task).or_default();
        for example in examples.iter().filter(|e| e.task == *task && keep(e.article)) {
            let mut features = Features::new();
            features.extend(&example.keys);
            let p = scorer.probabilities(&features);
            tally.scored.push((1.0 - p[0], example.label > 0));
            let given = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(0);
            let none = !matches!(*task, Task::Stage | Task::Kind);
            match (example.label, given) {
                (label, given) if label == given => tally.right += usize::from(!(none && label == 0)),
                (0, _) if none => tally.false_ += 1,
                (_, 0) if none => tally.missed += 1,
                _ => tally.wrong += 1,
            }
        }
    }
}

/// How the decisions of a task came out.
#[derive(Default)]
struct Tally {
    right: usize,
    false_: usize,
    missed: usize,
    wrong: usize,
    /// Probability of any class but the first, and whether it was one.
    scored: Vec<(f32, bool)>,
}

/// What is asked for.
#[derive(Default)]
struct Arguments {
    gold: Vec<PathBuf>,
    more: Vec<PathBuf>,
    folds: Option<u32>,
    predict: Option<PathBuf>,
    out: Option<PathBuf>,
    dump: Option<PathBuf>,
}

fn arguments() -> Result<Arguments> {
    let mut arguments = Arguments::default();
    let mut words = std::env::args().skip(1);
    let mut more = false;
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--folds" => arguments.folds = Some(value()?.parse().context("--folds takes a number")?),
            "--predict" => arguments.predict = Some(value()?.into()),
            "--out" => arguments.out = Some(value()?.into()),
            "--dump" => arguments.dump = Some(value()?.into()),
            "--more" => more = true,
            option if option.starts_with('-') => bail!("unknown option {option}"),
            path if more => arguments.more.push(path.into()),
            path => arguments.gold.push(path.into()),
        }
    }
    if arguments.gold.is_empty() {
        bail!("give a folder or a file of annotated articles");
    }
    Ok(arguments)
}

fn main() -> Result<()> {
    let arguments = arguments()?;
    let read = |paths: &[PathBuf]| -> Result<Vec<Gold>> { Ok(paths.iter().map(|p| gold::read(p)).collect::<Result<Vec<_>>>()?.concat()) };
    let mut golds = read(&arguments.gold)?;
    let measured = golds.len() as u32;
    golds.extend(read(&arguments.more)?);
    let extractor = Extractor::new(Lexicon::embedded()?);
    let examples = decisions(&extractor, &golds, None, arguments.dump.is_some(), |_| true);
    for task in Task::ALL {
        let mut counts = vec![0; task.classes().len()];
        for example in examples.iter().filter(|e| e.task == task) {
            counts[example.label] += 1;
        }
        eprintln!("{:16} {:?}", task.name(), counts);
    }
    if let Some(file) = &arguments.dump {
        let mut out = std::io::BufWriter::new(fs::File::create(file)?);
        for e in &examples {
            let (note, names) = e.note.as_ref().context("notes are kept for --dump")?;
            writeln!(out, "{}", serde_json::json!({"t": e.task.name(), "a": e.article, "l": e.label, "n": note, "f": names}))?;
        }
    }
    if let Some(folds) = arguments.folds {
        let file = arguments.predict.as_ref().context("--predict FILE says where the predictions go")?;
        measure(&extractor, &golds, measured, &examples, folds, file)?;
    }
    if let Some(out) = &arguments.out {
        for (task, scorer) in train(&extractor, &golds, &examples, |_| true) {
            fs::write(out.join(format!("{}.bin", task.name())), scorer.to_bytes())?;
        }
    }
    Ok(())
}

/// Cross-validates on the first `measured` articles: predictions to `file`, figures to the terminal.
fn measure(extractor: &Extractor, golds: &[Gold], measured: u32, examples: &[Example], folds: u32, file: &Path) -> Result<()> {
    let mut out = fs::File::create(file)?;
    let mut tallies: BTreeMap<Task, Tally> = BTreeMap::new();
    for fold in 0..folds {
        let scorers = train(extractor, golds, examples, |article| article >= measured || article % folds != fold);
        let mut lexicon = Lexicon::embedded()?;
        tally(examples, &scorers, |article| article < measured && article % folds == fold, &mut tallies);
        for (task, scorer) in scorers {
            lexicon.set_scorer(task, scorer);
        }
        let extractor = Extractor::new(lexicon);
        for gold in golds[..measured as usize].iter().skip(fold as usize).step_by(folds as usize) {
            writeln!(out, "{}", serde_json::to_string(&extractor.extract(&gold.article()))?)?;
        }
    }
    for (task, Tally { right, false_, missed, wrong, mut scored }) in tallies {
        let (threshold, best) = best_threshold(&mut scored);
        let (r, p) = (right as f64 / (right + missed + wrong) as f64, right as f64 / (right + false_ + wrong) as f64);
        eprintln!(
            "{:16} right {right:5} false {false_:5} missed {missed:5} wrong {wrong:5}  P {p:.3} R {r:.3} F1 {:.3}; best at {threshold:.2} {best:.3}",
            task.name(),
            2.0 * p * r / (p + r)
        );
    }
    Ok(())
}
