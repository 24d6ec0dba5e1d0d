//! Trains the scorers of `ontology/scorers/` on annotated articles.
//!
//! ```text
//! cargo run --release --example train_scorers -- GOLD_DIR --out ontology/scorers
//! cargo run --release --example train_scorers -- GOLD_DIR --folds 5 --predict FILE.jsonl
//! ```
//!
//! `GOLD_DIR` holds `NAME.txt` articles with `NAME.json` facts in the annotation guide's shape. The extractor runs once
//! over every article with a judge who knows the facts; each decision becomes a training example. With `--folds` every
//! article is extracted by scorers that were trained on the other folds, so that scoring the predictions is honest.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    reason = "a training program: weights are rounded, figures go to the terminal"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use investgraph::article::Article;
use investgraph::lexicon::{BIAS, Candidate, Features, Judge, Lexicon, Probabilities, Scorer, Scorers, Task};
use investgraph::pipeline::Extractor;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    #[serde(default)]
    article: String,
    #[serde(default)]
    text: String,
    companies: Vec<Vec<String>>,
    initiatives: Vec<Vec<String>>,
    investments: Vec<GoldInvestment>,
    jobs: Vec<GoldJob>,
    relations: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
struct GoldInvestment {
    kind: String,
    stage: String,
    investors: Vec<String>,
    recipients: Vec<String>,
    countries: Vec<String>,
    places: Vec<String>,
    amount: Option<GoldAmount>,
    equivalents: Vec<GoldAmount>,
    jobs: Option<GoldCount>,
    initiatives: Vec<String>,
    from: Option<i16>,
    until: Option<i16>,
}

#[derive(Deserialize)]
struct GoldAmount {
    value: f64,
    currency: String,
}

#[derive(Deserialize)]
struct GoldCount {
    count: u64,
}

#[derive(Deserialize)]
struct GoldJob {
    count: u64,
}

/// A name without case, accents, article and legal form.
fn norm(name: &str) -> String {
    const FORMS: &[&str] = &[
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "companies",
        "ltd",
        "limited",
        "plc",
        "llc",
        "lp",
        "llp",
        "ag",
        "sa",
        "se",
        "nv",
        "bv",
        "gmbh",
        "spa",
        "ab",
        "asa",
        "oyj",
        "as",
        "kk",
        "pte",
        "pvt",
        "private",
        "bhd",
        "sdn",
        "berhad",
        "group",
        "holding",
        "holdings",
        "sas",
        "kgaa",
        "tbk",
        "pt",
        "the",
    ];
    let plain = any_ascii::any_ascii(name).to_lowercase().replace('&', " and ").replace("'s", "");
    let mut words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|w| FORMS.contains(w)) {
        words.pop();
    }
    while words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    let key = words.join(" ");
    match key.as_str() {
        "eu" | "european commission" | "commission" | "brussels" => "european union".into(),
        "imf" => "international monetary fund".into(),
        "world bank group" => "world bank".into(),
        "un" => "united nations".into(),
        _ => key,
    }
}

/// One decision with its features and the right answer.
struct Example {
    task: Task,
    article: usize,
    names: Vec<String>,
    label: usize,
    /// What the decision was about, for study.
    note: String,
}

/// A judge who knows the facts of one article and notes each decision.
struct Oracle<'a> {
    gold: &'a Gold,
    article: usize,
    cluster: HashMap<String, String>,
    initiatives: HashMap<String, String>,
    places: BTreeSet<String>,
    events: HashMap<usize, usize>,
    examples: Vec<Example>,
    /// Decides in the oracle's place, who still notes the right answer: so scorers learn to go on after their own mistakes.
    learner: Option<&'a Scorers>,
}

impl<'a> Oracle<'a> {
    fn new(gold: &'a Gold, article: usize, learner: Option<&'a Scorers>) -> Self {
        let keys = |clusters: &[Vec<String>]| clusters.iter().flat_map(|c| c.iter().map(|n| (norm(n), norm(&c[0])))).collect();
        Self {
            gold,
            article,
            cluster: keys(&gold.companies),
            initiatives: keys(&gold.initiatives),
            places: gold.investments.iter().flat_map(|i| i.places.iter().map(|p| norm(p))).collect(),
            events: HashMap::new(),
            examples: Vec::new(),
            learner,
        }
    }

    fn company(&self, names: &[impl AsRef<str>]) -> Option<&String> {
        names.iter().find_map(|n| self.cluster.get(&norm(n.as_ref())))
    }

    fn matches(&self, names: &[String], wanted: &[String]) -> bool {
        let of = |n: &str| self.cluster.get(&norm(n)).or_else(|| self.initiatives.get(&norm(n))).cloned().unwrap_or_else(|| norm(n));
        let wanted: BTreeSet<String> = wanted.iter().map(|n| of(n)).collect();
        names.iter().any(|n| wanted.contains(&of(n)))
    }

    fn event(&mut self, index: usize, sums: &[(u64, String)], names: &[&str], countries: &[&str], kind: &str, actors: &[&str]) -> usize {
        let companies: BTreeSet<&String> = names.iter().filter_map(|n| self.cluster.get(&norm(n))).collect();
        let told = |list: &[String]| list.iter().filter(|n| self.cluster.get(&norm(n)).is_some_and(|k| companies.contains(k))).count();
        let mut best: Option<(usize, usize)> = None;
        for (i, investment) in self.gold.investments.iter().enumerate() {
            let fits = if sums.is_empty() {
                let who = told(&investment.investors) + told(&investment.recipients);
                let place = investment.countries.iter().any(|c| countries.contains(&c.as_str()))
                    || told(&investment.recipients) > 0
                    || investment.countries.is_empty();
                let same_kind = kind == investment.kind
                    || (kind == "funding" && investment.kind == "public")
                    || (kind == "public" && investment.kind == "funding");
                let acts = investment
                    .investors
                    .iter()
                    .chain(&investment.recipients)
                    .any(|n| actors.iter().any(|a| self.matches(&[(*a).to_owned()], std::slice::from_ref(n))));
                investment.amount.is_none() && who > 0 && place && same_kind && acts
            } else {
                investment
                    .amount
                    .iter()
                    .chain(&investment.equivalents)
                    .any(|a| sums.iter().any(|(v, c)| *c == a.currency && (*v as f64 / 100.0 - a.value).abs() <= 0.005 * a.value))
            };
            if fits {
                let score = 1
                    + 2 * told(&investment.investors)
                    + 2 * told(&investment.recipients)
                    + usize::from(investment.countries.iter().any(|c| countries.contains(&c.as_str())));
                if best.is_none_or(|b| score > b.0) {
                    best = Some((score, i));
                }
            }
        }
        let Some((_, i)) = best else { return 0 };
        self.events.insert(index, i);
        1 + Task::Event.classes()[1..].iter().position(|k| *k == self.gold.investments[i].kind).unwrap_or(0)
    }

    fn label(&mut self, task: Task, candidate: &Candidate<'_>) -> usize {
        match *candidate {
            Candidate::Entity { names } => {
                if self.company(names).is_some() {
                    1
                } else if names.iter().any(|n| self.initiatives.contains_key(&norm(n))) {
                    2
                } else {
                    3 * usize::from(names.iter().any(|n| self.places.contains(&norm(n))))
                }
            }
            Candidate::Event { index, sums, names, countries, kind, actors } => self.event(index, sums, names, countries, kind, actors),
            Candidate::Stage { event } if task == Task::Kind => {
                let kind = self.events.get(&event).map_or("", |&i| self.gold.investments[i].kind.as_str());
                Task::Kind.classes().iter().position(|k| *k == kind).unwrap_or(0)
            }
            Candidate::Stage { event } => {
                let stage = self.events.get(&event).map_or("", |&i| self.gold.investments[i].stage.as_str());
                Task::Stage.classes().iter().position(|s| *s == stage).unwrap_or(1)
            }
            Candidate::Role { event, names } => {
                let Some(&i) = self.events.get(&event) else { return 0 };
                let investment = &self.gold.investments[i];
                let wanted = match task {
                    Task::Investor => &investment.investors,
                    Task::Recipient => &investment.recipients,
                    Task::Country => &investment.countries,
                    Task::Place => &investment.places,
                    _ => &investment.initiatives,
                };
                usize::from(self.matches(names, wanted))
            }
            Candidate::Year { event, years } => {
                let Some(&i) = self.events.get(&event) else { return 0 };
                let investment = &self.gold.investments[i];
                match (investment.from == Some(years.0), investment.until == Some(years.1)) {
                    (true, true) => 3,
                    (true, false) => 1,
                    (false, true) => 2,
                    (false, false) => 0,
                }
            }
            Candidate::Jobs { count } => {
                if self.gold.investments.iter().any(|i| i.jobs.as_ref().is_some_and(|j| j.count == count)) {
                    2
                } else {
                    usize::from(self.gold.jobs.iter().any(|j| j.count == count))
                }
            }
            Candidate::Pair { subject, object } => {
                let predicate = match task {
                    Task::BasedIn => "basedIn",
                    Task::OperatesIn => "operatesIn",
                    Task::SubsidiaryOf => "subsidiaryOf",
                    Task::ParticipatesIn => "participatesIn",
                    _ => "initiativeOf",
                };
                usize::from(self.gold.relations.iter().any(|(s, p, o)| {
                    p == predicate
                        && self.matches(subject, std::slice::from_ref(s))
                        && (object.contains(o) || self.matches(object, std::slice::from_ref(o)))
                }))
            }
        }
    }
}

impl Oracle<'_> {
    fn note(&self, candidate: &Candidate<'_>) -> String {
        let event = |event: &usize| {
            self.events.get(event).map_or_else(String::new, |&i| {
                let investment = &self.gold.investments[i];
                format!("{} {} {:?}", investment.kind, investment.stage, investment.amount.as_ref().map(|a| a.value))
            })
        };
        match candidate {
            Candidate::Role { event: e, names } => format!("{} <- {} ({e})", event(e), names.join("/")),
            Candidate::Stage { event: e } | Candidate::Year { event: e, .. } => event(e),
            other => format!("{other:?}"),
        }
    }
}

impl Judge for Oracle<'_> {
    fn judge(&mut self, task: Task, candidate: &Candidate<'_>, features: &Features) -> Probabilities {
        let label = self.label(task, candidate);
        let note = self.note(candidate);
        let unknown = match *candidate {
            Candidate::Stage { event } | Candidate::Role { event, .. } | Candidate::Year { event, .. } => !self.events.contains_key(&event),
            _ => false,
        };
        if let Some(mut scorers) = self.learner {
            if !unknown {
                self.examples.push(Example {
                    task,
                    article: self.article,
                    names: features.names().unwrap_or_default().to_vec(),
                    label,
                    note,
                });
            }
            return scorers.judge(task, candidate, features);
        }
        self.examples.push(Example { task, article: self.article, names: features.names().unwrap_or_default().to_vec(), label, note });
        (0..task.classes().len()).map(|i| if i == label { 1.0 } else { 0.0 }).collect()
    }

    fn features(&self) -> Features {
        Features::named()
    }
}

/// How strongly weights are held back: the inverse of the variance of their normal prior.
fn penalty(task: Task) -> f64 {
    match task {
        Task::Event => 6.0,
        Task::Stage | Task::Kind => 3.0,
        Task::Investor | Task::Recipient | Task::Country | Task::Place => 4.0,
        _ => 2.0,
    }
}

/// A feature must be seen in this many articles.
const ARTICLES: usize = 3;

/// Multinomial logistic regression with an L2 penalty, fitted by L-BFGS (Liu and Nocedal 1989).
fn train(task: Task, examples: &[&Example]) -> Vec<(String, Vec<f32>)> {
    let classes = task.classes().len();
    let mut seen: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for example in examples {
        for name in &example.names {
            let articles = seen.entry(name).or_default();
            if articles.len() < ARTICLES {
                articles.insert(example.article);
            }
        }
    }
    let mut kept: Vec<&str> = seen.iter().filter(|(_, a)| a.len() >= ARTICLES).map(|(n, _)| *n).collect();
    kept.sort_unstable();
    kept.insert(0, BIAS);
    let index: HashMap<&str, usize> = kept.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let rows: Vec<(Vec<usize>, usize)> = examples
        .iter()
        .map(|e| (std::iter::once(0).chain(e.names.iter().filter_map(|n| index.get(n.as_str()).copied())).collect(), e.label))
        .collect();
    let problem = Problem { rows: &rows, classes, penalty: penalty(task) };
    let weights = problem.minimise(kept.len() * classes, 80);
    kept.iter()
        .enumerate()
        .map(|(i, name)| ((*name).to_owned(), weights[i * classes..(i + 1) * classes].iter().map(|w| *w as f32).collect::<Vec<f32>>()))
        .filter(|(_, row)| row.iter().any(|w| w.abs() >= 0.01))
        .collect()
}

/// A penalised likelihood to be made least.
struct Problem<'a> {
    rows: &'a [(Vec<usize>, usize)],
    classes: usize,
    penalty: f64,
}

impl Problem<'_> {
    /// The loss, with its gradient written to `gradient`.
    fn loss(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for (g, w) in gradient.iter_mut().zip(weights) {
            *g = self.penalty * w;
            loss += 0.5 * self.penalty * w * w;
        }
        // The bias is free.
        for c in 0..self.classes {
            gradient[c] = 0.0;
            loss -= 0.5 * self.penalty * weights[c] * weights[c];
        }
        let mut scores = vec![0.0; self.classes];
        for (features, label) in self.rows {
            scores.fill(0.0);
            for &f in features {
                for (c, score) in scores.iter_mut().enumerate() {
                    *score += weights[f * self.classes + c];
                }
            }
            let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|s| (s - most).exp()).sum();
            loss += most + total.ln() - scores[*label];
            for (c, score) in scores.iter().enumerate() {
                let delta = (score - most).exp() / total - if c == *label { 1.0 } else { 0.0 };
                for &f in features {
                    gradient[f * self.classes + c] += delta;
                }
            }
        }
        loss
    }

    fn minimise(&self, size: usize, steps: usize) -> Vec<f64> {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let mut weights = vec![0.0; size];
        let mut gradient = vec![0.0; size];
        let mut loss = self.loss(&weights, &mut gradient);
        let mut history: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
        for step in 0..steps {
            let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
            let mut alphas = Vec::new();
            for (s, y, rho) in history.iter().rev() {
                let alpha = rho * dot(s, &direction);
                direction.iter_mut().zip(y).for_each(|(d, y)| *d -= alpha * y);
                alphas.push(alpha);
            }
            if let Some((s, y, _)) = history.last() {
                let scale = dot(s, y) / dot(y, y);
                for d in &mut direction {
                    *d *= scale;
                }
            }
            for ((s, y, rho), alpha) in history.iter().zip(alphas.iter().rev()) {
                let beta = rho * dot(y, &direction);
                direction.iter_mut().zip(s).for_each(|(d, s)| *d += (alpha - beta) * s);
            }
            let slope = dot(&direction, &gradient);
            let mut length = if step == 0 { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
            let mut next = weights.clone();
            let mut next_gradient = vec![0.0; size];
            let mut next_loss = f64::INFINITY;
            for _ in 0..30 {
                next.iter_mut().zip(weights.iter().zip(&direction)).for_each(|(n, (w, d))| *n = w + length * d);
                next_loss = self.loss(&next, &mut next_gradient);
                if next_loss <= loss + 1e-4 * length * slope {
                    break;
                }
                length *= 0.5;
            }
            if next_loss.is_nan() || next_loss >= loss - 1e-6 * loss.abs() {
                break;
            }
            let s: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
            let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
            let sy = dot(&s, &y);
            if sy > 1e-12 {
                history.push((s, y, 1.0 / sy));
                if history.len() > 8 {
                    history.remove(0);
                }
            }
            (weights, gradient, loss) = (next, next_gradient, next_loss);
        }
        weights
    }
}

type Weights = BTreeMap<Task, Vec<(String, Vec<f32>)>>;

fn fit(examples: &[&Example]) -> Weights {
    Task::ALL
        .par_iter()
        .map(|&task| {
            let chosen: Vec<&Example> = examples.iter().copied().filter(|e| e.task == task).collect();
            (task, train(task, &chosen))
        })
        .collect()
}

/// The decisions of all articles that `keep` names, taken by the oracle or by a learner.
fn decisions(extractor: &Extractor, golds: &[Gold], learner: Option<&Scorers>, keep: impl Fn(usize) -> bool + Sync) -> Vec<Example> {
    golds
        .par_iter()
        .enumerate()
        .filter(|(i, _)| keep(*i))
        .flat_map_iter(|(i, gold)| {
            let mut oracle = Oracle::new(gold, i, learner);
            let _ = extractor.extract_judged(&article(gold), &mut oracle);
            oracle.examples
        })
        .collect()
}

/// Trains twice: on the oracle's decisions, then on these and on those of learners that did not see the article (Ross et al. 2011).
fn train_all(extractor: &Extractor, golds: &[Gold], examples: &[Example], keep: impl Fn(usize) -> bool + Sync) -> Weights {
    const INNER: usize = 4;
    let rolled: Vec<Example> = (0..INNER)
        .flat_map(|inner| {
            let held_out = |article: usize| (article / 5 + article) % INNER == inner;
            let seen: Vec<&Example> = examples.iter().filter(|e| keep(e.article) && !held_out(e.article)).collect();
            let mut scorers = extractor.lexicon().scorers().clone();
            for (task, weights) in fit(&seen) {
                scorers.set(task, scorer(task, &weights));
            }
            decisions(extractor, golds, Some(&scorers), |article| keep(article) && held_out(article))
        })
        .collect();
    let all: Vec<&Example> = examples.iter().filter(|e| keep(e.article) && e.task != Task::Kind).chain(&rolled).collect();
    fit(&all)
}

/// Counts right, false, missed and wrong decisions on held-out examples; the first class is "none", but for stages.
fn tally(examples: &[Example], weights: &Weights, keep: impl Fn(usize) -> bool, tallies: &mut BTreeMap<Task, [usize; 4]>) {
    for (task, weights) in weights {
        let classes = task.classes().len();
        let index: HashMap<&str, &Vec<f32>> = weights.iter().map(|(n, w)| (n.as_str(), w)).collect();
        let tally = tallies.entry(*task).or_default();
        for example in examples.iter().filter(|e| e.task == *task && keep(e.article)) {
            let mut scores = index.get(BIAS).map_or_else(|| vec![0.0; classes], |w| (*w).clone());
            for row in example.names.iter().filter_map(|n| index.get(n.as_str())) {
                for (score, weight) in scores.iter_mut().zip(row.iter()) {
                    *score += weight;
                }
            }
            let given = (0..classes).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
            let none = !matches!(*task, Task::Stage | Task::Kind);
            match (example.label, given) {
                (label, given) if label == given => tally[0] += usize::from(!(none && label == 0)),
                (0, _) if none => tally[1] += 1,
                (_, 0) if none => tally[2] += 1,
                _ => tally[3] += 1,
            }
        }
    }
}

fn scorer(task: Task, weights: &[(String, Vec<f32>)]) -> Scorer {
    Scorer::from_weights(task.classes().iter().map(|c| (*c).to_owned()).collect(), weights)
}

fn read_gold(dir: &Path) -> Result<Vec<Gold>> {
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

fn article(gold: &Gold) -> Article {
    Article { article: gold.article.clone(), text: gold.text.clone(), ..Article::default() }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1)).cloned();
    let Some(dir) = arguments.first() else { bail!("give a folder of annotated articles") };
    let golds = read_gold(Path::new(dir))?;
    let extractor = Extractor::new(Lexicon::embedded()?);
    let examples = decisions(&extractor, &golds, None, |_| true);
    for task in Task::ALL {
        let mut counts = vec![0; task.classes().len()];
        for example in examples.iter().filter(|e| e.task == task) {
            counts[example.label] += 1;
        }
        eprintln!("{:16} {:?}", task.name(), counts);
    }
    if let Some(file) = option("--dump") {
        let mut out = std::io::BufWriter::new(fs::File::create(&file)?);
        for e in &examples {
            writeln!(out, "{}", serde_json::json!({"t": e.task.name(), "a": e.article, "l": e.label, "n": e.note, "f": e.names}))?;
        }
    }
    if let Some(folds) = option("--folds") {
        let folds: usize = folds.parse()?;
        let file = option("--predict").context("--predict FILE says where the predictions go")?;
        let mut out = fs::File::create(&file)?;
        let mut tallies: BTreeMap<Task, [usize; 4]> = BTreeMap::new();
        for fold in 0..folds {
            let weights = train_all(&extractor, &golds, &examples, |article| article % folds != fold);
            let mut lexicon = Lexicon::embedded()?;
            tally(&examples, &weights, |article| article % folds == fold, &mut tallies);
            for (task, weights) in &weights {
                lexicon.set_scorer(*task, scorer(*task, weights));
            }
            let extractor = Extractor::new(lexicon);
            for gold in golds.iter().enumerate().filter(|(i, _)| i % folds == fold).map(|(_, g)| g) {
                writeln!(out, "{}", serde_json::to_string(&extractor.extract(&article(gold)))?)?;
            }
        }
        for (task, [right, false_, missed, wrong]) in tallies {
            let (r, p) = (right as f64 / (right + missed + wrong) as f64, right as f64 / (right + false_ + wrong) as f64);
            eprintln!(
                "{:16} right {right:5} false {false_:5} missed {missed:5} wrong {wrong:5}  P {p:.3} R {r:.3} F1 {:.3}",
                task.name(),
                2.0 * p * r / (p + r)
            );
        }
    }
    if let Some(out) = option("--out") {
        let weights = train_all(&extractor, &golds, &examples, |_| true);
        for (task, weights) in weights {
            let mut lines = vec![format!("feature\t{}", task.classes().join("\t"))];
            for (name, row) in weights.iter().filter(|(name, _)| !name.contains(['\t', '\n', '\r', '"'])) {
                let row: Vec<String> = row.iter().map(|w| format!("{w:.3}")).collect();
                lines.push(format!("{name}\t{}", row.join("\t")));
            }
            let text = lines.join("\n") + "\n";
            fs::write(Path::new(&out).join(format!("{}.tsv", task.name())), text)?;
        }
    }
    Ok(())
}
