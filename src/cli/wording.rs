//! Facts in a line of words. An investment → "project, planned: Acme → FR, Lyon · over 1.2 bn EUR · 3,000 jobs".

use crate::fact::{Bound, Count, Investment, JobCommitment, Money, Relation};

/// "project, planned: Acme → FR, Lyon · over 1.2 bn EUR (1.3 bn USD) · 3,000 jobs · Choose France · until 2027".
pub(super) fn investment(fact: &Investment) -> String {
    let mut parts = Vec::new();
    let investors: Vec<_> = fact.investors.iter().map(|party| party.name().to_owned()).collect();
    let countries = fact.countries.iter().map(ToString::to_string);
    let targets: Vec<_> = fact.recipients.iter().cloned().chain(countries).chain(fact.places.iter().cloned()).collect();
    let who = if investors.is_empty() { "?".to_owned() } else { investors.join(", ") };
    let arrow = if targets.is_empty() { String::new() } else { format!(" → {}", targets.join(", ")) };
    parts.push(format!("{}, {}: {who}{arrow}", fact.kind.name(), fact.stage.name()));
    if let Some(amount) = &fact.amount {
        let equivalents: Vec<_> = fact.equivalents.iter().map(money).collect();
        let also = if equivalents.is_empty() { String::new() } else { format!(" ({})", equivalents.join(", ")) };
        parts.push(money(amount) + &also);
    }
    parts.extend(fact.jobs.as_ref().map(count));
    parts.extend(fact.initiatives.iter().cloned());
    match (fact.from, fact.until) {
        (Some(from), Some(until)) if from == until => parts.push(format!("in {from}")),
        (Some(from), Some(until)) => parts.push(format!("{from} to {until}")),
        (Some(from), None) => parts.push(format!("from {from}")),
        (None, Some(until)) => parts.push(format!("until {until}")),
        (None, None) => {}
    }
    parts.join(" · ")
}

/// "jobs: Acme → FR · 2,000 jobs".
pub(super) fn jobs(fact: &JobCommitment) -> String {
    let country = fact.country.map(|country| format!(" → {country}")).unwrap_or_default();
    format!("jobs: {}{country} · {}", fact.company.as_deref().unwrap_or("?"), count(&fact.jobs))
}

/// "Acme subsidiaryOf Élan".
pub(super) fn relation(fact: &Relation) -> String {
    format!("{} {} {}", fact.subject, fact.predicate.name(), fact.object.name())
}

fn money(money: &Money) -> String {
    let units = money.amount.approximate();
    let (value, scale) = match units {
        1e12.. => (units / 1e12, " tn"),
        1e9.. => (units / 1e9, " bn"),
        1e6.. => (units / 1e6, " m"),
        _ => return format!("{}{} {}", bound(money.bound), money.amount, money.currency),
    };
    let value = format!("{value:.3}");
    let value = value.trim_end_matches('0').trim_end_matches('.');
    format!("{}{value}{scale} {}", bound(money.bound), money.currency)
}

fn count(count: &Count) -> String {
    let digits = count.count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}{grouped} {}", bound(count.bound), if count.count == 1 { "job" } else { "jobs" })
}

const fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::Min => "over ",
        Bound::Max => "up to ",
        Bound::About => "about ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Amount;

    #[test]
    fn sums_are_short() {
        for (units, words) in [
            (1_200_000_000, "1.2 bn EUR"),
            (25_500, "25500 EUR"),
            (3_000_000, "3 m EUR"),
            (2_000_000_000_000, "2 tn EUR"),
            (100_000_000, "100 m EUR"),
        ] {
            let money = Money { amount: Amount::from_units(units).unwrap(), currency: "EUR".parse().unwrap(), bound: Bound::Exact };
            assert_eq!(super::money(&money), words);
        }
    }
}
