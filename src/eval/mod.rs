//! How well facts agree with annotated ones. Gold facts + extracted facts of each article → right, false and missed ones by group.
//!
//! Investments are matched one to one: by the same sum in any of its currencies, or by a shared investor or recipient, the
//! best pairs first. Then every slot of a matched pair, and every relation and job number, counts as right, false or missed.
//! Names are compared without case, accents, articles and legal forms, through the gold's lists of aliases.

mod gold;
mod names;
mod slots;

use std::collections::{BTreeMap, BTreeSet};

pub use gold::{Gold, GoldError, GoldFacts};
use names::{Names, Resolver};
use slots::{Slots, pairs, slots};

/// Right, false and missed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In both.
    pub right: u32,
    /// Extracted, but not in the gold.
    pub false_: u32,
    /// In the gold, but not extracted.
    pub missed: u32,
}

impl Tally {
    const fn add(&mut self, other: Self) {
        self.right += other.right;
        self.false_ += other.false_;
        self.missed += other.missed;
    }

    /// Share of the extracted that is right; 0 where nothing is extracted.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.false_)
    }

    /// Share of the gold that is found; 0 where there is none.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.false_ + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// What is counted of facts that bear a confidence: how many of those told with it are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether the gold has it.
    pub right: bool,
}

/// The tallies of one or many articles.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    groups: BTreeMap<String, Tally>,
    told: Vec<Told>,
    articles: usize,
}

impl Evaluation {
    /// Counts an article.
    pub fn count(&mut self, gold: &GoldFacts, facts: &GoldFacts) {
        self.articles += 1;
        let companies = Names::new(&gold.companies);
        let initiatives = Names::new(&gold.initiatives);
        let company = Resolver::new(&companies, &facts.companies);
        let initiative = Resolver::new(&initiatives, &facts.initiatives);
        self.sets("entity.company", &companies.keys(&gold.companies), &companies.keys(&facts.companies));
        self.sets("entity.initiative", &initiatives.keys(&gold.initiatives), &initiatives.keys(&facts.initiatives));
        let codes = |list: &[String]| list.iter().map(|c| c.to_uppercase()).collect::<BTreeSet<_>>();
        self.sets("entity.country", &codes(&gold.countries), &codes(&facts.countries));
        let wanted: Vec<Slots> = gold.investments.iter().map(|i| slots(i, &|n| companies.key(n), &|n| initiatives.key(n))).collect();
        let given: Vec<Slots> = facts.investments.iter().map(|i| slots(i, &|n| company.key(n), &|n| initiative.key(n))).collect();
        self.investments(gold, facts, &wanted, &given);
        let jobs = |facts: &GoldFacts, company: &dyn Fn(&str) -> String| {
            facts.jobs.iter().map(|j| (j.company.as_deref().filter(|c| !c.is_empty()).map(company), j.count)).collect::<BTreeSet<_>>()
        };
        let (wanted, given) = (jobs(gold, &|n| companies.key(n)), jobs(facts, &|n| company.key(n)));
        self.sets("jobs", &wanted, &given);
        for job in &facts.jobs {
            let key = (job.company.as_deref().filter(|c| !c.is_empty()).map(|n| company.key(n)), job.count);
            self.tell(job.confidence, wanted.contains(&key));
        }
        self.relations(gold, facts, (&companies, &initiatives), (&company, &initiative));
    }

    fn investments(&mut self, gold: &GoldFacts, facts: &GoldFacts, wanted: &[Slots], given: &[Slots]) {
        let matched = pairs(&gold.investments, wanted, &facts.investments, given);
        for (g, wanted) in wanted.iter().enumerate() {
            let Some(&(_, p)) = matched.iter().find(|pair| pair.0 == g) else {
                for group in ["investment found", "investment complete"] {
                    self.group(group).missed += 1;
                }
                for slot in wanted.iter() {
                    self.group(&format!("slot.{}", slot.0)).missed += 1;
                }
                continue;
            };
            let (annotated, extracted) = (&gold.investments[g], &facts.investments[p]);
            let same_sum = annotated.same_sum(extracted);
            let hit = |slot: &(&'static str, String), other: &Slots| if slot.0 == "amount" { same_sum } else { other.contains(slot) };
            self.group("investment found").right += 1;
            for slot in wanted.iter() {
                let tally = self.group(&format!("slot.{}", slot.0));
                if hit(slot, &given[p]) { tally.right += 1 } else { tally.missed += 1 }
            }
            for slot in given[p].iter() {
                let right = hit(slot, wanted);
                if !right {
                    self.group(&format!("slot.{}", slot.0)).false_ += 1;
                }
                self.tell(extracted.confidence, right);
            }
            let core =
                |slots: &Slots| slots.iter().filter(|s| matches!(s.0, "investor" | "recipient" | "country")).cloned().collect::<Vec<_>>();
            let sums = if annotated.amount.is_some() { same_sum } else { extracted.amount.is_none() };
            let complete = self.group("investment complete");
            if core(wanted) == core(&given[p]) && sums {
                complete.right += 1;
            } else {
                complete.false_ += 1;
                complete.missed += 1;
            }
            for (group, right) in
                [("attribute.kind", annotated.kind == extracted.kind), ("attribute.stage", annotated.stage == extracted.stage)]
            {
                let tally = self.group(group);
                if right {
                    tally.right += 1;
                } else {
                    tally.false_ += 1;
                    tally.missed += 1;
                }
            }
        }
        for (p, slots) in given.iter().enumerate().filter(|(p, _)| !matched.iter().any(|pair| pair.1 == *p)) {
            for group in ["investment found", "investment complete"] {
                self.group(group).false_ += 1;
            }
            for slot in slots.iter() {
                self.group(&format!("slot.{}", slot.0)).false_ += 1;
                self.tell(facts.investments[p].confidence, false);
            }
        }
    }

    fn relations(&mut self, gold: &GoldFacts, facts: &GoldFacts, wanted: (&Names, &Names), given: (&Resolver<'_>, &Resolver<'_>)) {
        let key = |relation: &gold::Relation, company: &dyn Fn(&str) -> String, initiative: &dyn Fn(&str) -> String| {
            let gold::Relation { subject, predicate, object, .. } = relation;
            let (subject, object) = match predicate.as_str() {
                "basedIn" | "operatesIn" => (company(subject), object.to_uppercase()),
                "participatesIn" => (company(subject), initiative(object)),
                "initiativeOf" => (initiative(subject), object.to_uppercase()),
                _ => (company(subject), company(object)),
            };
            (predicate.clone(), subject, object)
        };
        let gold: BTreeSet<_> = gold.relations.iter().map(|r| key(r, &|n| wanted.0.key(n), &|n| wanted.1.key(n))).collect();
        let keys: Vec<_> = facts.relations.iter().map(|r| key(r, &|n| given.0.key(n), &|n| given.1.key(n))).collect();
        for (relation, key) in facts.relations.iter().zip(&keys) {
            self.tell(relation.confidence, gold.contains(key));
        }
        let found: BTreeSet<_> = keys.into_iter().collect();
        for predicate in gold.iter().chain(&found).map(|r| r.0.clone()).collect::<BTreeSet<_>>() {
            let of = |set: &BTreeSet<(String, String, String)>| set.iter().filter(|r| r.0 == predicate).cloned().collect::<BTreeSet<_>>();
            self.sets(&format!("relation.{predicate}"), &of(&gold), &of(&found));
        }
    }

    fn group(&mut self, name: &str) -> &mut Tally {
        self.groups.entry(name.to_owned()).or_default()
    }

    fn sets<T: Ord>(&mut self, group: &str, wanted: &BTreeSet<T>, given: &BTreeSet<T>) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let right = count(wanted.intersection(given).count());
        let tally = Tally { right, false_: count(given.len()) - right, missed: count(wanted.len()) - right };
        if !wanted.is_empty() || !given.is_empty() {
            self.group(group).add(tally);
        }
    }

    fn tell(&mut self, confidence: Option<f64>, right: bool) {
        self.told.extend(confidence.map(|confidence| Told { confidence, right }));
    }

    /// Number of articles counted.
    #[must_use]
    pub const fn articles(&self) -> usize {
        self.articles
    }

    /// The tallies in the order of the table: groups by name, then all entities (`ENTITIES`) and all facts (`FACTS`: slots,
    /// relations and job numbers).
    #[must_use]
    pub fn table(&self) -> Vec<(String, Tally)> {
        let sum = |of: &dyn Fn(&str) -> bool| {
            let mut total = Tally::default();
            self.groups.iter().filter(|(name, _)| of(name)).for_each(|(_, tally)| total.add(*tally));
            total
        };
        let entities = sum(&|name| name.starts_with("entity."));
        let mut table: Vec<(String, Tally)> = self.groups.iter().map(|(name, tally)| (name.clone(), *tally)).collect();
        table.push(("ENTITIES".to_owned(), entities));
        table.push(("FACTS".to_owned(), self.facts()));
        table
    }

    /// All facts: slots of investments, relations and job numbers.
    #[must_use]
    pub fn facts(&self) -> Tally {
        let mut total = Tally::default();
        let counts = |name: &str| name.starts_with("slot.") || name.starts_with("relation.") || name == "jobs";
        self.groups.iter().filter(|(name, _)| counts(name)).for_each(|(_, tally)| total.add(*tally));
        total
    }

    /// For each band of confidence from its lower end on: how many facts were told with it, and how many of them are right.
    /// The slots of an investment bear its confidence.
    #[must_use]
    pub fn calibration(&self, bands: &[f64]) -> Vec<(f64, u32, u32)> {
        let upper = |i: usize| bands.get(i + 1).copied().unwrap_or(f64::INFINITY);
        let count = |facts: &mut dyn Iterator<Item = &Told>| u32::try_from(facts.count()).unwrap_or(u32::MAX);
        bands
            .iter()
            .enumerate()
            .map(|(i, &low)| {
                let within = |told: &&Told| told.confidence >= low && told.confidence < upper(i);
                (low, count(&mut self.told.iter().filter(within)), count(&mut self.told.iter().filter(within).filter(|t| t.right)))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(json: &str) -> GoldFacts {
        serde_json::from_str(json).unwrap()
    }

    const GOLD: &str = r#"{"companies":[["Nordlys Blades","Nordlys"],["Acme Corp."]],"countries":["DK","PL"],"initiatives":[],
        "investments":[{"kind":"project","stage":"planned","investors":["Nordlys Blades"],"recipients":[],"countries":["PL"],"places":["Gdynia"],
            "amount":{"value":40000000,"currency":"EUR","bound":"exact"},"equivalents":[{"value":44000000,"currency":"USD"}],
            "jobs":{"count":120,"bound":"exact"},"initiatives":[],"from":null,"until":2027},
          {"kind":"acquisition","stage":"done","investors":["Acme Corp."],"recipients":["Nordlys Blades"],"countries":[],"places":[],
            "amount":null,"equivalents":[],"jobs":null,"initiatives":[],"from":null,"until":null}],
        "jobs":[{"company":null,"country":"PL","count":30,"bound":"about"}],
        "relations":[["Nordlys Blades","basedIn","DK"]]}"#;

    #[test]
    fn gold_agrees_with_itself() {
        let mut evaluation = Evaluation::default();
        evaluation.count(&facts(GOLD), &facts(GOLD));
        assert!(evaluation.table().iter().all(|(_, tally)| tally.false_ == 0 && tally.missed == 0));
        assert_eq!(evaluation.facts(), Tally { right: 10, false_: 0, missed: 0 });
    }

    #[test]
    fn aliases_and_conversions_are_the_same_and_the_rest_is_counted() {
        let given = facts(
            r#"{"companies":[["Nordlys"]],"countries":["DK"],"initiatives":[],
            "investments":[{"kind":"project","stage":"done","investors":["NORDLYS"],"recipients":[],"countries":["DK"],"places":[],
                "amount":{"value":44000000,"currency":"USD"},"equivalents":[],"jobs":null,"initiatives":[],"from":null,"until":null,"confidence":0.9}],
            "jobs":[],"relations":[{"subject":"Nordlys","predicate":"basedIn","object":"PL","confidence":0.4}]}"#,
        );
        let mut evaluation = Evaluation::default();
        evaluation.count(&facts(GOLD), &given);
        let table: BTreeMap<String, Tally> = evaluation.table().into_iter().collect();
        assert_eq!(table["slot.investor"], Tally { right: 1, false_: 0, missed: 1 });
        assert_eq!(table["slot.amount"], Tally { right: 1, false_: 0, missed: 0 });
        assert_eq!(table["slot.country"], Tally { right: 0, false_: 1, missed: 1 });
        assert_eq!(table["attribute.stage"], Tally { right: 0, false_: 1, missed: 1 });
        assert_eq!(table["relation.basedIn"], Tally { right: 0, false_: 1, missed: 1 });
        assert_eq!(evaluation.calibration(&[0.0, 0.5]), [(0.0, 1, 0), (0.5, 3, 2)]);
    }
}
