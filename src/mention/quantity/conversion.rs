//! Links a sum to the one that it only converts. "€1.6 billion ($1.8 billion)" → the dollars are the euros.

use super::bound::bound_after;
use super::money::Extent;
use super::piece::{Gap, Piece};
use super::{MoneyMention, Reading};
use crate::lexicon::Bound;

/// How many words may stand between a sum and the bracket that converts it: "€5m plant (Rs 45 crore)".
const MOST_WORDS: usize = 3;

/// Sets `equivalent_of` for the sums `found[offset..]`, whose pieces are `extents`.
pub(super) fn link_conversions(reading: &Reading<'_>, extents: &[Extent], offset: usize, found: &mut [MoneyMention]) {
    for at in 1..extents.len() {
        let previous = offset + at - 1;
        let head = found[previous].equivalent_of.unwrap_or(previous);
        let is_chained = head != previous;
        let code = found[offset + at].money.currency;
        if code == found[head].money.currency || code == found[previous].money.currency {
            continue;
        }
        let bounded = extents[at].lead < extents[at].first;
        let pair = Pair { reading, end: extents[at - 1].tail, lead: extents[at].lead, tail: extents[at].tail, bounded };
        if pair.is_bracketed() || is_chained && pair.goes_on_in_bracket() || pair.is_told() || pair.is_dashed() {
            found[offset + at].equivalent_of = Some(head);
            if found[head].money.bound == Bound::Exact
                && pair.closes()
                && let Some(bound) = bound_after(reading.pieces, extents[at].tail + 1, reading.words)
            {
                // "€10 billion ($11 billion) or so"
                found[head].money.bound = bound.bound;
                found[head].bound_span = Some(reading.pieces.span(bound.first, bound.end));
            }
        }
    }
}

/// Two sums that follow each other.
struct Pair<'a> {
    reading: &'a Reading<'a>,
    /// Piece after the first.
    end: usize,
    /// First piece of the second, with its bound.
    lead: usize,
    /// Piece after the second.
    tail: usize,
    bounded: bool,
}

impl Pair<'_> {
    /// "€1.6bn ($1.8bn)", "$800m investment (about €700m)".
    fn is_bracketed(&self) -> bool {
        let list = &self.reading.pieces.list;
        let Some(words) = list[self.end..self.lead].iter().position(|p| p.is_mark('(') || p.is_mark('[')) else { return false };
        let only_words = list[self.end..self.end + words].iter().all(Piece::is_word);
        words <= MOST_WORDS
            && only_words
            && self.past_words(self.end + words + 1) == self.lead
            && (self.closes() || words == 0 && self.is_left_open())
    }

    fn closes(&self) -> bool {
        self.reading.pieces.list.get(self.tail).is_some_and(|p| p.is_mark(')') || p.is_mark(']'))
    }

    /// "($1.8bn, £1bn)", "($1.8bn at today's rate)"; "($1.8bn in 2023)" is another sum.
    fn is_left_open(&self) -> bool {
        let (pieces, words) = (self.reading.pieces, self.reading.words);
        let next = pieces.list.get(self.tail);
        next.is_none_or(|p| is_separator(p) || p.key == words.fixed.or)
            || words.conversions_after.find(|onward| pieces.key(self.tail + onward)).is_some()
    }

    /// "($1.8bn; £1bn)": the third sum.
    fn goes_on_in_bracket(&self) -> bool {
        let list = &self.reading.pieces.list;
        let mut at = self.end;
        if list.get(at).is_some_and(is_separator) {
            at += 1;
        }
        at > self.end && self.past_words(at) == self.lead && self.closes()
    }

    /// "CNY 5 billion, or $700 million", "€5m, about $6m".
    fn is_told(&self) -> bool {
        let list = &self.reading.pieces.list;
        let comma = usize::from(list.get(self.end).is_some_and(|p| p.is_mark(',')));
        let at = self.end + comma;
        let past = self.past_words(at);
        past == self.lead && (past > at || comma == 1 && self.bounded)
    }

    /// "€1.6bn/$1.8bn", "€1.6bn – $1.8bn –".
    fn is_dashed(&self) -> bool {
        let pieces = self.reading.pieces;
        if self.end == self.lead {
            return pieces.has_gap(self.lead, Gap::Hyphen);
        }
        let joint = &pieces.list[self.end];
        let is_slash = joint.is_mark('/') || joint.is_mark('=');
        let is_dash = joint.is_mark('-') || joint.is_mark('–') || joint.is_mark('—');
        self.past_words(self.end + 1) == self.lead && (is_slash || is_dash && pieces.is_stop(self.tail))
    }

    /// Past the words that introduce a conversion.
    fn past_words(&self, mut at: usize) -> usize {
        while let Some((length, ())) = self.reading.words.conversions_before.find(|onward| self.reading.pieces.key(at + onward)) {
            if at >= self.lead {
                break;
            }
            at += length;
        }
        at
    }
}

/// What parts the conversions of one sum.
fn is_separator(piece: &Piece) -> bool {
    [',', ';', '/', ':'].into_iter().any(|mark| piece.is_mark(mark))
}

#[cfg(test)]
mod tests {
    use crate::mention::quantity::sample::check_sums as check;

    #[test]
    fn conversions_belong_to_the_sum_before() {
        check(
            &[],
            &[
                ("€1.6 billion ($1.8 billion) in chips", "1600000000 EUR | =1800000000 USD"),
                ("$1.4bn (£750m) for shops", "1400000000 USD | =750000000 GBP"),
                ("Rs 100 crore (about $12 million)", "1000000000 INR | =about 12000000 USD"),
                ("CNY 5 billion, or $700 million, in Hefei", "5000000000 CNY | =700000000 USD"),
                ("3 billion reais, equivalent to US$550 million", "3000000000 BRL | =550000000 USD"),
                ("€80m/$90m", "80000000 EUR | =90000000 USD"),
                ("£20m – $25m – for a lab", "20000000 GBP | =25000000 USD"),
                ("a €5m plant ($6m)", "5000000 EUR | =6000000 USD"),
                ("£12m ($15m; €14m) went to Leeds", "12000000 GBP | =15000000 USD | =14000000 EUR"),
                ("£12m ($15m or €14m) went to Leeds", "12000000 GBP | =15000000 USD | =14000000 EUR"),
                ("€500m-€700m ($550m-$770m)", "max 500000000..700000000 EUR | =max 550000000..770000000 USD"),
                ("75 billion riyals ($20 billion)", "75000000000 SAR | =20000000000 USD"),
                ("A$2.6 billion (S$2.3 billion), a record", "2600000000 AUD | =2300000000 SGD"),
                ("€2bn ($1.7 billion in 2022)", "2000000000 EUR | 1700000000 USD"),
                ("€2bn and $3bn", "2000000000 EUR | 3000000000 USD"),
                ("€2bn, $3bn and £1bn", "2000000000 EUR | 3000000000 USD | 1000000000 GBP"),
                ("$2bn (up from $1bn)", "2000000000 USD | 1000000000 USD"),
                ("€30m (US$33m at current exchange rates)", "30000000 EUR | =33000000 USD"),
                ("5 billion yuan, about $700 million", "5000000000 CNY | =about 700000000 USD"),
            ],
        );
    }
}
