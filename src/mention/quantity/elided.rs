//! Finds sums whose currency stands elsewhere. "€500m in France and *300 million in Spain*" → 300000000 EUR.

use super::bound::{bound_after, bound_before};
use super::money::Taken;
use super::number::Number;
use super::piece::{Gap, PieceKind};
use super::{Amount, CurrencySource, Money, MoneyMention, Reading};
use crate::lexicon::rows::CueSense;
use crate::lexicon::{Bound, CurrencyCode};
use crate::text::Span;

/// How far around a number a word may tell whether it is money.
const REACH: usize = 6;

/// The least magnitude of a sum without currency.
const LEAST: u64 = 1_000_000;

/// A sum that still lacks its currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elided {
    span: Span,
    bound: Bound,
    bound_span: Option<Span>,
    amount: Amount,
}

/// Adds the sums without currency of one sentence; `taken` are the pieces of its full sums.
pub(super) fn read_elided(reading: &Reading<'_>, numbers: &[Number], taken: &Taken, elided: &mut Vec<Elided>) {
    let (pieces, words) = (reading.pieces, reading.words);
    for number in numbers {
        if taken.iter().any(|&(first, end)| first < number.end && number.first < end) || !is_sum(reading, number, !taken.is_empty()) {
            continue;
        }
        let Some(hundredths) = number.value.hundredths() else { continue };
        let bound = bound_before(pieces, number.first, words).or_else(|| bound_after(pieces, number.end, words));
        elided.push(Elided {
            span: pieces.span(number.first, number.end),
            bound: bound.map_or(Bound::Exact, |bound| bound.bound),
            bound_span: bound.map(|bound| pieces.span(bound.first, bound.end)),
            amount: Amount::from_hundredths(hundredths),
        });
    }
}

/// Whether a number without currency is a sum: large, not before a noun, near words of money and far from others.
fn is_sum(reading: &Reading<'_>, number: &Number, is_among_sums: bool) -> bool {
    let (pieces, words) = (reading.pieces, reading.words);
    if number.magnitude < LEAST || number.is_attached || number.is_money_only || number.is_article {
        return false;
    }
    let follows = pieces.list.get(number.end);
    let is_alone = follows.is_none_or(|piece| match piece.kind {
        PieceKind::Mark(mark) => !matches!(mark, '%' | '(' | '[' | '°'),
        PieceKind::Word => words.function_words.contains(&piece.key),
        PieceKind::Number(_) | PieceKind::Sign => false,
    });
    let before = number.first.checked_sub(1).map(|at| pieces.list[at]);
    let follows_name = number.first > 1 && before.is_some_and(|p| p.is_word()) && pieces.is_capital(number.first - 1);
    if !is_alone || follows_name {
        return false;
    }
    let near = number.first.saturating_sub(REACH)..number.end + REACH;
    let mut is_cued = is_among_sums;
    let mut is_other = false;
    for (at, piece) in pieces.list.iter().enumerate() {
        match words.money_cues.get(&piece.key) {
            Some(CueSense::Against) if near.contains(&at) => return false,
            Some(CueSense::Against) => is_other = true,
            Some(CueSense::For) if near.contains(&at) => is_cued = true,
            _ => {}
        }
    }
    // Without any word of money, a number is one only where the sentence counts nothing else: "tunnels take 2.4 billion".
    let is_joined = pieces.has_gap(number.end - 1, Gap::Joined);
    is_cued || !is_other && !is_joined
}

/// Gives each sum the currency of the large sum before it, or of the first one, and puts it in its place.
pub(super) fn add_elided(elided: Vec<Elided>, money: &mut Vec<MoneyMention>) {
    for sum in elided {
        let at = money.partition_point(|mention| mention.span.start < sum.span.start);
        let Some(currency) = currency_near(money, at) else { return };
        for mention in money.iter_mut() {
            mention.equivalent_of = mention.equivalent_of.map(|head| if head >= at { head + 1 } else { head });
        }
        let mention = MoneyMention {
            span: sum.span,
            bound_span: sum.bound_span,
            money: Money { amount: sum.amount, currency, bound: sum.bound },
            low: None,
            per: None,
            source: CurrencySource::Context,
            equivalent_of: None,
        };
        money.insert(at, mention);
    }
}

fn currency_near(money: &[MoneyMention], at: usize) -> Option<CurrencyCode> {
    let least = Amount::from_units(LEAST)?;
    let is_large = |mention: &&MoneyMention| mention.equivalent_of.is_none() && mention.money.amount >= least;
    let near = money[..at].iter().rev().find(is_large).or_else(|| money[at..].iter().find(is_large));
    near.map(|mention| mention.money.currency)
}

#[cfg(test)]
mod tests {
    use crate::mention::quantity::sample::check_sums as check;

    #[test]
    fn currency_may_stand_with_another_sum() {
        check(
            &[],
            &[
                ("It will invest €500m in France and 300m in Spain.", "500000000 EUR | ?300000000 EUR"),
                ("It will invest €500 million in France and 300 million in Spain.", "500000000 EUR | ?300000000 EUR"),
                ("The port costs 3 billion baht. Acme pays 0.7 billion of that.", "3000000000 THB | ?700000000 THB"),
                ("Aid of 2 billion for Turin\n\nRome has 2 billion euros ready.", "?2000000000 EUR | 2000000000 EUR"),
                ("Rail gets €8 billion. Tunnels alone take 2.4 billion.", "8000000000 EUR | ?2400000000 EUR"),
                ("It spent €500 million. She ran 1500m in June.", "500000000 EUR"),
                ("It spent €500 million. The population should pass 60 million by 2060.", "500000000 EUR"),
                ("It spent €500 million on a town of 3 million people.", "500000000 EUR"),
                ("It spent €500 million. It has 70 million users, up from 30 million in 2020.", "500000000 EUR"),
                ("It spent €500 million and sold 4 million in May.", "500000000 EUR"),
            ],
        );
    }
}
