//! Which mentions are one entity. Mentions that share names → one key for each real thing.
//!
//! Three steps, each a function of the mentions that are connected by names:
//!
//! 1. Mentions of one key are a *family*: the gazetteer's id, or the name without its legal form.
//! 2. A family unknown to the gazetteer falls apart where its mentions have different seats: the First National Bank of
//!    two countries is two.
//! 3. A family known by a short name alone joins the one that an article gives this short name ("Kaveri Steel Works (KSW)"),
//!    if it is the only one, nothing contradicts, and both stand in the same surroundings.
//!
//! Decisions of the user's come on top. A wrong merge costs more than a missed one, so every doubt parts.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::StorageError;

use super::mention::{Context, Mention};
use super::source::QuadSource;
use crate::graph::curation::Decisions;
use crate::graph::vocab::ig;

/// Endings that a firm's fuller name may add to its usual one.
const GROUP_ENDINGS: [&str; 4] = ["-group", "-holdings", "-holding", "-corporation"];
/// A single word of at most so many letters says too little to be known by its country alone.
const SHORT: usize = 5;

/// Mentions that are connected by names, by key.
#[derive(Debug, Default)]
pub(super) struct Component {
    families: BTreeMap<String, Vec<Mention>>,
}

impl Component {
    /// Everything that a key is connected with. Keys already `seen` belong to another component or to this one.
    pub(super) fn around(
        source: &impl QuadSource,
        key: &str,
        decisions: &Decisions,
        seen: &mut BTreeSet<String>,
    ) -> Result<Self, StorageError> {
        let mut component = Self::default();
        let mut queue = vec![key.to_owned()];
        while let Some(key) = queue.pop() {
            if !seen.insert(key.clone()) {
                continue;
            }
            let mut mentions = Mention::of_key(source, &key, ig::MATCH_KEY)?;
            mentions.sort();
            queue.extend(mentions.iter().flat_map(|mention| mention.aliases.iter().cloned()));
            queue.extend(Mention::of_key(source, &key, ig::ALIAS_KEY)?.into_iter().map(|mention| mention.key));
            queue.extend(decisions.linked(&key));
            if !mentions.is_empty() {
                queue.extend(kin(&key));
                component.families.insert(key, mentions);
            }
        }
        Ok(component)
    }

    /// Each mention with the key of its entity.
    pub(super) fn resolved(self, source: &impl QuadSource, decisions: &Decisions) -> Result<Vec<(Mention, String)>, StorageError> {
        let mut variants: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
        let mut parted = BTreeSet::new();
        for (key, mut family) in self.families {
            for split in decisions.splits_of(&key) {
                let (out, rest) = family.into_iter().partition(|mention| split.takes(source, &mention.node, &mention.article));
                family = rest;
                parted.insert(split.into.clone());
                variants.entry(split.into.clone()).or_default().extend::<Vec<Mention>>(out);
            }
            let before = variants.len();
            part_by_seat(source, &key, family, &mut variants)?;
            if variants.len() > before + 1 {
                parted.insert(key);
            }
        }
        variants.retain(|_, mentions| !mentions.is_empty());
        let mut parents = joins(source, &variants, &parted)?;
        for (kept, joined) in decisions.merges() {
            let (kept, joined) = (root(&parents, kept), root(&parents, joined));
            if kept != joined && variants.contains_key(&joined) {
                parents.insert(joined, kept);
            }
        }
        Ok(variants
            .into_iter()
            .flat_map(|(key, mentions)| {
                let root = root(&parents, &key);
                mentions.into_iter().map(move |mention| (mention, root.clone()))
            })
            .collect())
    }
}

/// Keys of the same name with and without an ending such as "Group".
fn kin(key: &str) -> Vec<String> {
    if !key.starts_with("company/") {
        return Vec::new();
    }
    let longer = GROUP_ENDINGS.iter().map(|ending| format!("{key}{ending}"));
    longer.chain(GROUP_ENDINGS.iter().filter_map(|ending| key.strip_suffix(ending)).map(str::to_owned)).collect()
}

fn root(parents: &BTreeMap<String, String>, key: &str) -> String {
    let mut root = key;
    // Parents form no circle; the count guards against one that decisions could make.
    for _ in 0..=parents.len() {
        let Some(parent) = parents.get(root) else { break };
        root = parent;
    }
    root.to_owned()
}

/// Parts a family whose mentions have seats in different countries.
fn part_by_seat(
    source: &impl QuadSource,
    key: &str,
    family: Vec<Mention>,
    variants: &mut BTreeMap<String, Vec<Mention>>,
) -> Result<(), StorageError> {
    let articles: BTreeSet<&str> = family.iter().map(|mention| mention.article.as_str()).collect();
    if articles.len() < 2 || family.iter().any(|mention| mention.known) {
        variants.entry(key.to_owned()).or_default().extend(family);
        return Ok(());
    }
    let contexts = family.iter().map(|mention| mention.context(source)).collect::<Result<Vec<_>, _>>()?;
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    for Context { seats, .. } in contexts.iter().filter(|context| !context.seats.is_empty()) {
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.is_disjoint(seats));
        groups = apart;
        groups.push(joined.into_iter().flatten().chain(seats.iter().cloned()).collect());
    }
    if groups.len() < 2 {
        variants.entry(key.to_owned()).or_default().extend(family);
        return Ok(());
    }
    groups.sort();
    for (mention, context) in family.into_iter().zip(contexts) {
        let near = if context.seats.is_empty() { &context.countries } else { &context.seats };
        let mut fitting = groups.iter().filter(|group| !group.is_disjoint(near));
        let variant = match (fitting.next().and_then(BTreeSet::first), fitting.next()) {
            (Some(country), None) => format!("{key}-{}", country.rsplit('/').next().unwrap_or_default().to_lowercase()),
            _ => key.to_owned(),
        };
        variants.entry(variant).or_default().push(mention);
    }
    Ok(())
}

/// Which family joins which: the shorter name → the fuller one.
fn joins(
    source: &impl QuadSource,
    variants: &BTreeMap<String, Vec<Mention>>,
    parted: &BTreeSet<String>,
) -> Result<BTreeMap<String, String>, StorageError> {
    let mut parents = BTreeMap::new();
    if variants.len() < 2 {
        return Ok(parents);
    }
    let known = |key: &str| variants[key].iter().any(|mention| mention.known);
    for (key, mentions) in variants {
        if parted.contains(key) || known(key) {
            continue;
        }
        let mut found = None;
        let mut count = 0;
        for (other, named) in variants {
            let usual = GROUP_ENDINGS.iter().any(|ending| key.strip_suffix(ending) == Some(other)) && known(other);
            let fuller = GROUP_ENDINGS.iter().any(|ending| other.strip_suffix(ending) == Some(key)) && !known(other);
            let aliased = named.iter().any(|mention| mention.aliases.contains(key));
            if other == key || parted.contains(other) || !(usual || fuller || aliased) {
                continue;
            }
            // Two that bear the short name make it ambiguous, even if only one of them fits.
            count += 1;
            if (usual || fuller || shortens(key, other)) && agree(source, key, mentions, other, named)? {
                found = Some(other);
            }
        }
        if let (Some(other), 1) = (found, count) {
            parents.insert(key.clone(), other.clone());
        }
    }
    Ok(parents)
}

/// Whether one key is a short form of the other: its initials, or some of its words in order.
fn shortens(short: &str, full: &str) -> bool {
    let (Some((kind, short)), Some((full_kind, full))) = (short.split_once('/'), full.split_once('/')) else { return false };
    if kind != full_kind {
        return false;
    }
    // "Exxon Mobil" and "ExxonMobil".
    if short.replace('-', "") == full.replace('-', "") {
        return true;
    }
    if short.len() >= full.len() {
        return false;
    }
    let words: Vec<&str> = full.split('-').collect();
    let initials = |skip_small: bool| {
        let counted =
            words.iter().filter(|word| !skip_small || !matches!(**word, "of" | "and" | "the" | "for" | "de" | "du" | "et" | "in"));
        counted.filter_map(|word| word.chars().next()).collect::<String>()
    };
    let letters = short.replace('-', "");
    if letters.len() > 1 && (initials(false).starts_with(&letters) || initials(true).starts_with(&letters)) {
        return true;
    }
    let mut rest = words.iter();
    short.split('-').all(|part| rest.any(|word| *word == part))
}

/// Whether nothing parts two families and their surroundings meet.
fn agree(source: &impl QuadSource, short: &str, mentions: &[Mention], full: &str, named: &[Mention]) -> Result<bool, StorageError> {
    // An article that names both as two things knows better.
    let articles: BTreeSet<&str> = named.iter().map(|mention| mention.article.as_str()).collect();
    if mentions.iter().any(|mention| articles.contains(mention.article.as_str())) {
        return Ok(false);
    }
    let (one, other) = (surroundings(source, mentions)?, surroundings(source, named)?);
    let related = one.family.contains(full) || other.family.contains(short);
    let seated_apart = !one.seats.is_empty() && !other.seats.is_empty() && one.seats.is_disjoint(&other.seats);
    if related || seated_apart {
        return Ok(false);
    }
    let one_seat = !one.seats.is_disjoint(&other.seats);
    let one_country = |context: &Context| context.seats.union(&context.countries).cloned().collect::<BTreeSet<_>>();
    let meet = one_seat || !one.partners.is_disjoint(&other.partners);
    let name = short.rsplit('/').next().unwrap_or_default();
    let telling = name.contains('-') || name.len() > SHORT;
    Ok(meet || telling && !one_country(&one).is_disjoint(&one_country(&other)))
}

fn surroundings(source: &impl QuadSource, mentions: &[Mention]) -> Result<Context, StorageError> {
    let mut all = Context::default();
    for mention in mentions {
        let Context { seats, countries, partners, family } = mention.context(source)?;
        all.seats.extend(seats);
        all.countries.extend(countries);
        all.partners.extend(partners);
        all.family.extend(family);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_initials_or_words_in_order() {
        for (short, full) in [
            ("company/ifc", "company/international-finance-corporation"),
            ("company/kdt", "company/kaveri-delta-turbines-works"),
            ("company/eib", "company/european-bank-of-investment-and-building"),
            ("company/repare", "company/repare-therapeutics"),
            ("company/helio-cloud", "company/helio-europe-cloud"),
        ] {
            let expected = short != "company/eib";
            assert_eq!(shortens(short, full), expected, "{short} {full}");
        }
        for (short, full) in [
            ("company/meta", "company/facebook"),
            ("company/repare-therapeutics", "company/repare"),
            ("company/acme", "initiative/acme-plan"),
            ("company/steel", "company/steelcase-inc"),
            ("company/k", "company/kaveri-steel"),
        ] {
            assert!(!shortens(short, full), "{short} {full}");
        }
    }
}
