//! Investments as sets of slots, and which two tell the same. `{investor: acme, amount: EUR 5000000}`.

use std::collections::BTreeSet;

use super::gold::Investment;
use super::names::norm;

/// Slot and value; values are compared as text.
pub(super) type Slots = BTreeSet<(&'static str, String)>;

/// The slots of an investment, names by their keys.
pub(super) fn slots(investment: &Investment, company: &dyn Fn(&str) -> String, initiative: &dyn Fn(&str) -> String) -> Slots {
    let mut slots = Slots::new();
    let mut add = |slot: &'static str, names: &[String], key: &dyn Fn(&str) -> String| {
        slots.extend(names.iter().map(|name| (slot, key(name))));
    };
    add("investor", &investment.investors, company);
    add("recipient", &investment.recipients, company);
    add("country", &investment.countries, &|code| code.to_uppercase());
    add("place", &investment.places, &norm);
    add("initiative", &investment.initiatives, initiative);
    slots.extend(investment.jobs.as_ref().map(|jobs| ("jobs", jobs.count.to_string())));
    for (slot, year) in [("from", &investment.from), ("until", &investment.until)] {
        let year = year.as_ref().map(|year| year.as_str().map_or_else(|| year.to_string(), str::to_owned));
        slots.extend(year.filter(|y| !matches!(y.as_str(), "null" | "" | "0")).map(|y| (slot, y.chars().take(4).collect())));
    }
    slots.extend(investment.amount.as_ref().map(|sum| ("amount", format!("{} {}", sum.currency, sum.value))));
    slots
}

/// Pairs of an annotated and an extracted investment that tell the same, by their numbers; the likest first, each in one pair.
pub(super) fn pairs(gold: &[Investment], wanted: &[Slots], facts: &[Investment], given: &[Slots]) -> Vec<(usize, usize)> {
    let mut likeness: Vec<(f64, usize, usize)> = Vec::new();
    for (g, wanted) in wanted.iter().enumerate() {
        for (p, given) in given.iter().enumerate() {
            let hits = || wanted.intersection(given).filter(|slot| slot.0 != "amount");
            let flag = |found: bool| if found { 1.0 } else { 0.0 };
            let sum = gold[g].amount.is_some() && gold[g].same_sum(&facts[p]);
            let (investor, recipient) = (hits().any(|s| s.0 == "investor"), hits().any(|s| s.0 == "recipient"));
            if sum || investor || recipient {
                #[expect(clippy::cast_precision_loss, reason = "a handful of slots")]
                let (hits, more) = (hits().count() as f64, given.difference(wanted).count() as f64);
                let score = 3.0 * flag(sum) + 2.0 * flag(investor) + 2.0 * flag(recipient) + hits * 0.5 - 0.1 * more;
                likeness.push((score, g, p));
            }
        }
    }
    likeness.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, g, p) in likeness {
        if !pairs.iter().any(|pair| pair.0 == g || pair.1 == p) {
            pairs.push((g, p));
        }
    }
    pairs
}
