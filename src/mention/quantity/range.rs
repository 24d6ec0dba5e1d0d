//! Reads a range of two numbers as one sum. "€1bn-€1.5bn" → 1500000000 EUR, from 1000000000.

use super::Reading;
use super::bound::{bound_before, start_with_bound};
use super::currency::Sides;
use super::money::{Sum, amount};
use super::number::{Decimal, Number};
use super::numeral::NumeralForm;
use super::piece::Gap;

/// How far back from "from" a word of change takes away the range: "raise its stake from $1bn to $2bn".
const CHANGE_REACH: usize = 8;

/// How many times the lower end a range without "from" or "between" may reach after a word of change: "rise by $6bn to $90bn".
const STEEP: u64 = 4;

/// What stands between the ends of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Hyphen,
    Dash,
    To,
    And,
}

/// The range between two numbers that follow each other, if they make one.
pub(super) fn read_range(
    reading: &Reading<'_>,
    (low, low_sides): (&Number, &Sides<'_>),
    (high, high_sides): (&Number, &Sides<'_>),
) -> Option<Sum> {
    let pieces = reading.pieces;
    let fixed = &reading.words.fixed;
    let first = low_sides.first(low);
    let end = low_sides.end(low);
    let next = high_sides.first(high);
    let joint = joint(reading, end, next)?;
    let opener = pieces.key_before(start_with_bound(pieces, first, reading.words), 0);
    let (is_between, is_from) = (opener == fixed.between, opener == fixed.from);
    if joint == Joint::And && !is_between || joint == Joint::To && is_from && follows_change(reading, first) {
        return None;
    }
    if low.is_yearlike() && low_sides.is_none() || low.is_attached && low_sides.before.is_none() {
        return None;
    }
    let is_framed = is_between || is_from;
    let (currency, is_subunit) = match (low_sides.currency(reading), high_sides.currency(reading)) {
        (Some(a), Some(b)) if a == b => a,
        (None, Some(b)) if high_sides.before.is_none() || is_framed => b,
        (Some(a), None) => {
            let is_shared = low_sides.before.is_some() && low.magnitude == 1 && high.numeral.is_some();
            let is_sound = match joint {
                Joint::Hyphen => low_sides.before.is_some(),
                Joint::Dash => is_shared && high.magnitude > 1,
                Joint::To | Joint::And => is_framed || is_shared && high.magnitude > 1,
            };
            if !is_sound || high.is_yearlike() {
                return None;
            }
            a
        }
        _ => return None,
    };
    let bottom = low_end(low, high);
    let is_wide = bottom.times(STEEP) < high.value;
    if bottom >= high.value || joint == Joint::To && !is_framed && is_wide && follows_change(reading, first) {
        return None;
    }
    let low_amount = amount(bottom, is_subunit);
    Some(Sum { first, end: high_sides.end(high), amount: amount(high.value, is_subunit)?, low: low_amount, currency })
}

/// The lower end of a range, with the magnitude that only the upper end names: "$2-3 billion".
pub(super) fn low_end(low: &Number, high: &Number) -> Decimal {
    let is_bare = low.magnitude == 1 && low.numeral.is_none_or(|n| n.form != NumeralForm::Grouped) && low.base.is_below(1000);
    let scaled = low.value.times(high.magnitude);
    if is_bare && scaled < high.value { scaled } else { low.value }
}

fn joint(reading: &Reading<'_>, end: usize, next: usize) -> Option<Joint> {
    let pieces = reading.pieces;
    if next == end {
        return pieces.has_gap(next, Gap::Hyphen).then_some(Joint::Hyphen);
    }
    if start_with_bound(pieces, next, reading.words).max(end) > end + 1 || next > end + 1 && !has_bound(reading, end + 1, next) {
        return None;
    }
    let piece = pieces.list.get(end)?;
    if piece.is_mark('-') || piece.is_mark('–') {
        return Some(Joint::Dash);
    }
    let fixed = &reading.words.fixed;
    if piece.key == fixed.to {
        Some(Joint::To)
    } else if piece.key == fixed.and {
        Some(Joint::And)
    } else {
        None
    }
}

/// Whether the pieces from `start` to `end` are the words of a bound.
fn has_bound(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    bound_before(reading.pieces, end, reading.words).is_some_and(|bound| bound.first == start)
}

fn follows_change(reading: &Reading<'_>, at: usize) -> bool {
    (0..CHANGE_REACH).any(|back| reading.words.change_words.contains(&reading.pieces.key_before(at, back)))
}

#[cfg(test)]
mod tests {
    use crate::mention::quantity::sample::check_sums as check;

    #[test]
    fn ranges_take_their_upper_end() {
        check(
            &[],
            &[
                ("$2-3 billion", "max 2000000000..3000000000 USD"),
                ("$2–3bn for fabs", "max 2000000000..3000000000 USD"),
                ("between €500m and €700m", "max 500000000..700000000 EUR"),
                ("between 500 and 700 million euros", "max 500000000..700000000 EUR"),
                ("from $1bn to $1.5bn", "max 1000000000..1500000000 USD"),
                ("€1bn-€1.5bn", "max 1000000000..1500000000 EUR"),
                ("2 to 3 billion dollars", "max 2000000000..3000000000 USD"),
                ("$10 million to $15 million", "max 10000000..15000000 USD"),
                ("$10 to $15 million", "max 10000000..15000000 USD"),
                ("about $2 billion to $3 billion", "max 2000000000..3000000000 USD"),
                ("between about $2bn and over $3bn", "max 2000000000..3000000000 USD"),
                ("Rs 500-600 crore", "max 5000000000..6000000000 INR"),
                ("prizes of between $20,000 and $4 million", "max 20000..4000000 USD"),
                ("$3bn and $4bn respectively", "3000000000 USD | 4000000000 USD"),
                ("It raised its outlay from $1bn to $1.5bn.", "1000000000 USD | 1500000000 USD"),
                ("The budget will rise by $6bn to $90bn.", "6000000000 USD | 90000000000 USD"),
                ("It will cut costs by $2bn to $3bn.", "max 2000000000..3000000000 USD"),
                ("Profit fell from $3bn to $2bn.", "3000000000 USD | 2000000000 USD"),
                ("It gave $5 million to 200 million people.", "5000000 USD"),
                ("$2m to 3,000 firms", "2000000 USD"),
            ],
        );
    }
}
