//! Whether two claims tell of one thing. Two claims → how alike they are, or nothing.
//!
//! "Acme will put €1.2bn into Lyon" and "the €1.2 billion ($1.3 billion) plant that Acme plans in France" are one: the same payer, sums
//! equal within rounding or through a conversion that an article prints, places and dates that agree. Less than the same sum
//! needs a place or a recipient in common. Claims of one article are never one: its reader has told them apart.

use std::collections::BTreeSet;

use super::claim::{Claim, Sum, is_state};
use crate::graph::vocab::ig;
use crate::graph::{Kind, Stage};

/// Two sums of one thing differ by less than this part of the greater.
pub(super) const CLOSE: f64 = 0.15;
/// A rounded sum differs from the full one by no more than this part.
const ROUNDING: f64 = 0.05;

/// Days between two articles that tell the same, as long as nothing else speaks for it.
const SAME_NEWS: i32 = 45;
/// Days within which a plan is told again.
const SAME_YEAR: i32 = 365;
/// Days within which the same sum for the same place or recipient is the same thing.
const SAME_PLAN: i32 = 730;
/// Days by which articles may lag behind one another.
const LAG: i32 = 10;

/// How two claims' sums relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sums {
    /// They cannot be one.
    Apart,
    /// One claim or both give none.
    Missing,
    /// They differ by less than [`CLOSE`].
    Close,
    /// One is the other, rounded.
    Rounded,
    /// They are equal, or one is the printed conversion of the other.
    Equal,
}

/// What speaks against two claims being one, even where a third lies between them.
pub(super) fn contradict(a: &Claim, b: &Claim) -> bool {
    a.article == b.article
        || a.class != b.class
        || (a.kind == Some(Kind::Total)) != (b.kind == Some(Kind::Total))
        || sums(a, b) == Sums::Apart
        || parted(&a.payers, &b.payers)
        || parted(&a.recipients, &b.recipients)
        || parted(&a.countries, &b.countries)
        || far(a.from, b.from, 1)
        || far(a.until, b.until, 2)
}

/// How alike two claims are that tell of one thing: the higher, the surer. `None` when they do not, or when it is in doubt.
pub(super) fn likeness(a: &Claim, b: &Claim) -> Option<u32> {
    if contradict(a, b) {
        return None;
    }
    let base = if a.class == ig::JOB_CLAIM.as_str() { same_jobs(a, b)? } else { same_investment(a, b)? };
    let bonus = [
        (share(&a.recipients, &b.recipients), 16),
        (share(&a.places, &b.places), 16),
        (a.jobs.is_some() && a.jobs == b.jobs, 12),
        (a.kind == b.kind, 8),
        (share(&a.initiatives, &b.initiatives), 8),
        (a.until.is_some() && a.until == b.until, 8),
        (a.countries == b.countries, 4),
        (a.payers == b.payers, 4),
        (a.stage == b.stage, 2),
        (a.from.is_some() && a.from == b.from, 1),
    ];
    Some(base + bonus.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum::<u32>())
}

fn same_jobs(a: &Claim, b: &Claim) -> Option<u32> {
    let same = !a.principals().is_disjoint(&b.principals()) && a.jobs == b.jobs && share(&a.countries, &b.countries);
    (same && gap(a, b).is_none_or(|days| days <= SAME_YEAR)).then_some(100)
}

fn same_investment(a: &Claim, b: &Claim) -> Option<u32> {
    if goes_back(a, b) || goes_back(b, a) {
        return None;
    }
    if a.principals().is_disjoint(&b.principals()) {
        return None;
    }
    // A state pays for many things.
    let payer = a.payers.intersection(&b.payers).any(|payer| !is_state(payer));
    match sums(a, b) {
        Sums::Equal => same_sum(a, b, payer, true).map(|points| points + 100),
        Sums::Rounded => same_sum(a, b, payer, false).map(|points| points + 60),
        Sums::Close => close_sum(a, b, payer).then_some(100),
        Sums::Missing => no_sum(a, b, payer).then_some(60),
        Sums::Apart => None,
    }
}

/// How well the rest fits claims of one sum.
fn same_sum(a: &Claim, b: &Claim, payer: bool, equal: bool) -> Option<u32> {
    let recipient = share(&a.recipients, &b.recipients);
    let place = share_place(a, b);
    let country = share(&a.countries, &b.countries);
    if parted(&a.places, &b.places) && !place && !(recipient && equal) {
        return None;
    }
    if a.kind != b.kind && !equal {
        return None;
    }
    let days = gap(a, b);
    // "$1bn" is many things; "$1.35bn" is one.
    let telling = a.sums.iter().chain(&b.sums).any(|sum| sum.digits >= 2);
    let initiative = share(&a.initiatives, &b.initiatives);
    let jobs = a.jobs.is_some() && a.jobs == b.jobs;
    if (recipient || place || country && (initiative || jobs)) && days.is_none_or(|days| days <= SAME_PLAN) {
        return Some(100);
    }
    if !payer {
        return None;
    }
    let open = a.countries.is_empty() || b.countries.is_empty();
    if country && (telling && days.is_none_or(|days| days <= SAME_YEAR) || days.is_some_and(|days| days <= SAME_NEWS)) {
        return Some(60);
    }
    (open && telling && a.kind == b.kind && days.is_some_and(|days| days <= SAME_NEWS)).then_some(40)
}

/// Whether claims of nearly one sum tell of one thing: then the articles disagree.
fn close_sum(a: &Claim, b: &Claim, payer: bool) -> bool {
    if a.kind != b.kind || !payer {
        return false;
    }
    let days = gap(a, b);
    let news = days.is_some_and(|days| days <= SAME_NEWS);
    let telling = a.jobs.is_some() && a.jobs == b.jobs || a.until.is_some() && a.until == b.until || share(&a.initiatives, &b.initiatives);
    match a.kind {
        // A raised bid is another bid.
        Some(Kind::Acquisition) => {
            agreed(a) && agreed(b) && share(&a.recipients, &b.recipients) && days.is_none_or(|days| days <= SAME_YEAR)
        }
        Some(Kind::Funding) => share(&a.recipients, &b.recipients) && news,
        Some(Kind::Project) => {
            let place = share(&a.places, &b.places);
            let country = share(&a.countries, &b.countries) && (a.places.is_empty() || b.places.is_empty());
            place && (news || days.is_none() && telling) || country && news && telling
        }
        _ => false,
    }
}

/// Whether claims of which one gives no sum tell of one thing.
fn no_sum(a: &Claim, b: &Claim, payer: bool) -> bool {
    if a.kind != b.kind {
        return false;
    }
    let days = gap(a, b);
    let news = days.is_some_and(|days| days <= SAME_NEWS);
    let recipient = share(&a.recipients, &b.recipients);
    match a.kind {
        Some(Kind::Acquisition) => payer && recipient && days.is_none_or(|days| days <= SAME_YEAR),
        Some(Kind::Funding) => payer && recipient && news,
        Some(Kind::Public) => recipient && share(&a.payers, &b.payers) && news,
        Some(Kind::Project) => {
            let telling = a.jobs.is_some() && a.jobs == b.jobs || a.until.is_some() && a.until == b.until;
            payer && share(&a.places, &b.places) && (news || days.is_none() && telling)
        }
        _ => false,
    }
}

fn agreed(claim: &Claim) -> bool {
    matches!(claim.stage, Some(Stage::Planned | Stage::Done))
}

/// Whether `b` is clearly younger and yet less far: a plan does not follow what is done.
fn goes_back(a: &Claim, b: &Claim) -> bool {
    let (Some(first), Some(second)) = (a.day, b.day) else { return false };
    second - first > LAG && a.stage == Some(Stage::Done) && matches!(b.stage, Some(Stage::Considered | Stage::Planned))
}

fn sums(a: &Claim, b: &Claim) -> Sums {
    if a.sums.is_empty() || b.sums.is_empty() {
        return Sums::Missing;
    }
    let pairs = a.sums.iter().flat_map(|one| b.sums.iter().map(move |other| (one, other)));
    let same_currency = pairs.filter(|(one, other)| one.currency == other.currency);
    same_currency.map(|(one, other)| compare(one, other)).max().unwrap_or(Sums::Apart)
}

fn compare(one: &Sum, other: &Sum) -> Sums {
    let (small, great) = if one.amount <= other.amount { (one, other) } else { (other, one) };
    let difference = (great.amount - small.amount) / great.amount.max(1.0);
    if difference < 1e-9 {
        return Sums::Equal;
    }
    if difference > CLOSE {
        return Sums::Apart;
    }
    let (coarse, fine) = if one.digits <= other.digits { (one, other) } else { (other, one) };
    let rounds = coarse.digits < fine.digits && (rounded(fine.amount, coarse.digits) - coarse.amount).abs() < 0.5;
    // "More than 1.2bn" and "1.25bn", "nearly 2bn" and "1.96bn".
    let bounded = small.bound == "min" || great.bound == "max" || coarse.bound == "about";
    if difference <= ROUNDING && (rounds || bounded) { Sums::Rounded } else { Sums::Close }
}

/// A sum rounded to so many digits.
fn rounded(amount: f64, digits: usize) -> f64 {
    format!("{amount:.*e}", digits.saturating_sub(1)).parse().unwrap_or(amount)
}

fn share_place(a: &Claim, b: &Claim) -> bool {
    share(&a.places, &b.places) || share(&a.places, &b.regions) || share(&a.regions, &b.places)
}

fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_disjoint(b)
}

/// Whether both say something, and nothing in common.
fn parted(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

fn far(a: Option<i32>, b: Option<i32>, years: i32) -> bool {
    a.zip(b).is_some_and(|(a, b)| (a - b).abs() > years)
}

/// Days between the articles, where both bear a date.
fn gap(a: &Claim, b: &Claim) -> Option<i32> {
    a.day.zip(b.day).map(|(a, b)| (a - b).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(amount: f64, currency: &str, bound: &str) -> Sum {
        Sum::new(amount, currency.into(), bound.into())
    }

    #[test]
    fn sums_are_equal_rounded_close_or_apart() {
        for (one, other, expected) in [
            ((1.2e9, "exact"), (1.2e9, "min"), Sums::Equal),
            ((1.18e9, "exact"), (1.2e9, "exact"), Sums::Rounded),
            ((1.2e9, "min"), (1.25e9, "exact"), Sums::Rounded),
            ((1.96e9, "exact"), (2e9, "about"), Sums::Rounded),
            ((1.2e9, "exact"), (1.3e9, "exact"), Sums::Close),
            ((1e9, "exact"), (1.4e9, "exact"), Sums::Apart),
            ((1e9, "exact"), (1e6, "exact"), Sums::Apart),
        ] {
            assert_eq!(compare(&sum(one.0, "EUR", one.1), &sum(other.0, "EUR", other.1)), expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn digits_are_counted_before_the_zeros() {
        for (amount, count) in [(1e9, 1), (1.2e9, 2), (1.35e9, 3), (476e9, 3), (0.0, 1), (105.0, 3)] {
            assert_eq!(sum(amount, "EUR", "exact").digits, count, "{amount}");
        }
    }
}
