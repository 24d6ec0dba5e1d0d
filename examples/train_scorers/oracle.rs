//! One who knows the facts of an article and judges each decision of the extractor by them.

use std::collections::{BTreeSet, HashMap};

use investgraph::lexicon::{Candidate, Features, Judge, Probabilities, Scorers, Task};

use crate::gold::Gold;

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
pub(crate) struct Example {
    pub(crate) task: Task,
    /// The number of its article.
    pub(crate) article: u32,
    /// Its features.
    pub(crate) keys: Vec<u64>,
    /// The right class.
    pub(crate) label: usize,
    /// What the decision was about and the features' names, for study.
    pub(crate) note: Option<(String, Vec<String>)>,
}

/// A judge who knows the facts of one article and notes each decision.
pub(crate) struct Oracle<'a> {
    gold: &'a Gold,
    article: u32,
    cluster: HashMap<String, String>,
    initiatives: HashMap<String, String>,
    places: BTreeSet<String>,
    events: HashMap<usize, usize>,
    pub(crate) examples: Vec<Example>,
    /// Decides in the oracle's place, who still notes the right answer: so scorers learn to go on after their own mistakes.
    learner: Option<&'a Scorers>,
    /// Whether notes are kept.
    study: bool,
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(gold: &'a Gold, article: u32, learner: Option<&'a Scorers>, study: bool) -> Self {
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
            study,
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
        let unknown = match *candidate {
            Candidate::Stage { event } | Candidate::Role { event, .. } | Candidate::Year { event, .. } => !self.events.contains_key(&event),
            _ => false,
        };
        if self.learner.is_none() || !unknown {
            let note = self.study.then(|| (self.note(candidate), features.names().unwrap_or_default().to_vec()));
            self.examples.push(Example { task, article: self.article, keys: features.keys().to_vec(), label, note });
        }
        match self.learner {
            Some(mut scorers) => scorers.judge(task, candidate, features),
            None => (0..task.classes().len()).map(|i| if i == label { 1.0 } else { 0.0 }).collect(),
        }
    }

    fn features(&self) -> Features {
        if self.study { Features::named() } else { Features::new() }
    }
}
