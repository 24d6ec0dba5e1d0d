//! Judges which companies are owned by which. "Google, a unit of Alphabet" → Google subsidiaryOf Alphabet.

use super::statement::{Statement, best_statement};
use super::{Deeds, Link, bucket, gap};
use crate::fact::Predicate;
use crate::fact::reading::Reading;
use crate::lexicon::{Candidate, Class, Features, Judge, Task};
use crate::mention::{EntityId, EntityKind, Mention, MentionForm};
use crate::text::key_of;

/// Judges ownership between companies.
pub(crate) fn ownership(reading: &Reading<'_>, deeds: &Deeds, judge: &mut impl Judge) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut features = judge.features();
    let mut pairs: Vec<(EntityId, EntityId, Mention, Mention, usize)> = Vec::new();
    let mut add = |a: Mention, b: Mention, far: usize| match pairs.iter_mut().find(|p| p.0 == a.entity && p.1 == b.entity) {
        Some(pair) if far < pair.4 => (pair.2, pair.3, pair.4) = (a, b, far),
        Some(_) => {}
        None => pairs.push((a.entity, b.entity, a, b, far)),
    };
    let is_company = |m: &&Mention| reading.entity(m.entity).kind == EntityKind::Company;
    for sentence in 0..reading.doc.sentences.len() {
        let here: Vec<&Mention> = reading.mentions_in(sentence).iter().filter(is_company).collect();
        for a in &here {
            for b in &here {
                if a.entity != b.entity && gap(a.span, b.span) <= 14 && !a.span.overlaps(b.span) {
                    add(**a, **b, gap(a.span, b.span));
                }
            }
        }
    }
    let companies: Vec<&Mention> = reading.mentions.iter().filter(|m| m.form == MentionForm::Name).filter(is_company).collect();
    for a in &companies {
        for b in &companies {
            if a.entity != b.entity && (is_known_parent(reading, b.entity, a.entity) || bears_name(reading, a.entity, b.entity)) {
                add(**a, **b, 999);
            }
        }
    }
    for (a, b, am, bm, far) in pairs {
        features.clear();
        ownership_features(reading, a, b, far, deeds, &mut features);
        let (subject, object) = (&reading.entity(a).names, &reading.entity(b).names);
        let p = judge.judge(Task::SubsidiaryOf, &Candidate::Pair { subject, object }, &features);
        links.push(Link {
            subject: a,
            predicate: Predicate::SubsidiaryOf,
            object: b,
            probability: p[1],
            subject_mention: am.span,
            object_mention: bm.span,
        });
    }
    links
}

/// Whether the gazetteer has `parent` as an owner of `child`, at any remove.
fn is_known_parent(reading: &Reading<'_>, parent: EntityId, child: EntityId) -> bool {
    let gazetteer = reading.lexicon.gazetteer();
    let (Some(parent), Some(child)) = (reading.entity(parent).known_company(), reading.entity(child).known_company()) else { return false };
    let parent = &gazetteer.companies()[parent as usize].id;
    let mut at = gazetteer.companies()[child as usize].parent.as_str();
    for _ in 0..5 {
        if at == parent {
            return true;
        }
        at = gazetteer.company(at).map_or("", |c| c.parent.as_str());
    }
    false
}

/// Whether the longer name of `a` begins with, or holds, a whole name of `b`: "GM Europe", "Bangladesh Honda".
fn bears_name(reading: &Reading<'_>, a: EntityId, b: EntityId) -> bool {
    reading.entity(a).names.iter().any(|long| {
        let words: Vec<&str> = long.split(' ').collect();
        reading.entity(b).names.iter().any(|short| {
            let part: Vec<&str> = short.split(' ').collect();
            part.len() < words.len() && short.len() > 2 && words.windows(part.len()).any(|w| w == part)
        })
    })
}

fn ownership_features(reading: &Reading<'_>, a: EntityId, b: EntityId, far: usize, deeds: &Deeds, features: &mut Features) {
    let known = if is_known_parent(reading, b, a) {
        "parent"
    } else if is_known_parent(reading, a, b) {
        "child"
    } else {
        "none"
    };
    let name = if bears_name(reading, a, b) {
        "bears"
    } else if bears_name(reading, b, a) {
        "gives"
    } else {
        "apart"
    };
    features.add1("known", known);
    features.add2("known, nearest", known, bucket(far));
    features.add2("name", name, known);
    if name == "bears" {
        features.add1("bears name and", branch_word(reading, a, b));
    }
    let bought = match (deeds.buys.contains(&(b, a)), deeds.buys.contains(&(a, b))) {
        (true, _) => "bought by",
        (_, true) => "buys",
        _ => "no deal",
    };
    features.add1("deal", bought);
    let (says, clean) = best_statement(reading, a, b);
    let (inverse, _) = best_statement(reading, b, a);
    features.add2("says", says.name(), if clean { "clean" } else { "loose" });
    features.add2("says, deal", says.name(), bought);
    features.add2("says, known", says.name(), known);
    features.add2("says, name", says.name(), name);
    if says == Statement::Nothing {
        features.add2("untold, name", if far == 999 { "off" } else { "near" }, name);
        features.add2("untold, known", if far == 999 { "off" } else { "near" }, known);
    }
    features.add1("inverse", inverse.name());
    features.add2("strength", says.strength(), if clean { "clean" } else { "loose" });
    features.add2("strength, inverse", says.strength(), inverse.strength());
}

/// The word that sets a longer name apart from the name it bears: "Europe" is a country or region, else the word's class.
fn branch_word(reading: &Reading<'_>, a: EntityId, b: EntityId) -> &'static str {
    let gazetteer = reading.lexicon.gazetteer();
    let words = reading.lexicon.words();
    let shorter: Vec<u64> = reading.entity(b).names.iter().flat_map(|n| n.split(' ').map(key_of)).collect();
    let mut sort = "other";
    for word in reading.entity(a).names.iter().take(1).flat_map(|n| n.split(' ')) {
        let key = key_of(word);
        if shorter.contains(&key) {
            continue;
        }
        if gazetteer.countries().iter().any(|c| key_of(&c.name) == key || c.adjectives.iter().any(|x| key_of(x) == key))
            || matches!(word, "Europe" | "America" | "Americas" | "Asia" | "Africa")
        {
            return "country";
        }
        if words.is(key, Class::CompanyWord) || words.is(key, Class::LegalForm) {
            sort = "trade";
        }
    }
    sort
}
