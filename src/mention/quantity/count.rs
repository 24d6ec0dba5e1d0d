//! Finds numbers of jobs and people. "300 direct and 1,200 indirect jobs" → 300 jobs, 1200 jobs.

use super::bound::{bound_after, bound_before, start_with_bound};
use super::money::Taken;
use super::number::{Decimal, Number};
use super::piece::{Gap, Pieces};
use super::range::low_end;
use super::{Count, CountMention, JobUnit, Reading};
use crate::lexicon::Bound;

/// How many words may stand between a number and its noun.
const MOST_MODIFIERS: usize = 5;

/// Adds the counts of one sentence to `found`, and tells which pieces sums and counts take up.
pub(super) fn read_counts(reading: &Reading<'_>, numbers: &[Number], taken: &Taken, found: &mut Vec<CountMention>) -> Taken {
    let offset = found.len();
    let mut all = taken.clone();
    let free: smallvec::SmallVec<[&Number; 16]> =
        numbers.iter().filter(|n| !taken.iter().any(|&(first, end)| first < n.end && n.first < end)).collect();
    let mut at = 0;
    while let Some(&number) = free.get(at) {
        let next = free.get(at + 1).copied();
        let range = next.filter(|high| is_range(reading, number, high));
        let counted = range.unwrap_or(number);
        let earlier = found.get(offset..).and_then(<[CountMention]>::last).map(|count| count.unit);
        if let Some(noun) = noun_of(reading, counted, &free[at + 1..], earlier) {
            let mut count = finish(reading, number, range, noun);
            if let Some(count) = count.as_mut()
                && let Some(before) = found.get(offset..).and_then(<[CountMention]>::last)
                && before.noun_span == count.noun_span
                && count.bound_span.is_none()
                && range.is_none()
            {
                // "some 200 direct and 300 indirect jobs"
                count.count.bound = before.count.bound;
                count.bound_span = before.bound_span;
            }
            found.extend(count);
            all.push((number.first, counted.end));
        }
        at += if range.is_some() { 2 } else { 1 };
    }
    all
}

/// The noun or frame that makes a number a count of work.
#[derive(Clone, Copy, Debug)]
struct Noun {
    first: usize,
    end: usize,
    unit: JobUnit,
    /// Where the number's own bound may follow.
    tail: usize,
}

fn noun_of(reading: &Reading<'_>, number: &Number, later: &[&Number], earlier: Option<JobUnit>) -> Option<Noun> {
    if number.is_attached || number.is_money_only || number.value.whole().is_none() {
        return None;
    }
    let (pieces, words) = (reading.pieces, reading.words);
    if pieces.key(number.end) == words.fixed.strong && pieces.has_gap(number.end, Gap::Hyphen) {
        return Some(Noun { first: number.end, end: number.end + 1, unit: JobUnit::Staff, tail: number.end + 1 });
    }
    noun_after(reading, number, later, earlier).or_else(|| frame_before(reading, number)).or_else(|| frame_after(reading, number))
}

/// The noun after a number; "ones" stands for the one counted `earlier`.
fn noun_after(reading: &Reading<'_>, number: &Number, later: &[&Number], earlier: Option<JobUnit>) -> Option<Noun> {
    let (pieces, words) = (reading.pieces, reading.words);
    let mut at = bound_after(pieces, number.end, words).map_or(number.end, |bound| bound.end);
    let mut modifiers = 0;
    let mut are_known = true;
    if number.is_yearlike() && follows_year_word(reading, number) {
        return None;
    }
    loop {
        let piece = pieces.list.get(at)?;
        if let Some((length, &unit)) = words.job_nouns.find(|onward| pieces.key(at + onward)) {
            // "500-job plant", but not "12-engineer-built".
            return (!continues(reading, at + length) && !is_clitic(pieces, at + length)).then_some(Noun {
                first: at,
                end: at + length,
                unit,
                tail: at + length,
            });
        }
        if let Some(unit) = earlier.filter(|_| piece.key == words.fixed.ones) {
            return Some(Noun { first: at, end: at + 1, unit, tail: at + 1 });
        }
        let is_link = piece.is_mark(',') || piece.key == words.fixed.and || piece.key == words.fixed.or || piece.is_mark('-');
        if is_link && modifiers == 0 {
            return None;
        }
        if is_link {
            let resumed = bound_before_number(reading, at + 1, later);
            if let Some(next) = resumed {
                // "300 direct and 1,200 indirect jobs"
                let noun = if are_known { noun_after(reading, next, &later[1..], earlier) } else { None };
                return noun.filter(|noun| noun.unit != JobUnit::Staff);
            }
            at += 1;
            continue;
        }
        if !piece.is_word()
            || words.job_stops.contains(&piece.key)
            || words.function_words.contains(&piece.key) && piece.gap != Gap::Hyphen
            || is_clitic(pieces, at)
        {
            return None;
        }
        if piece.gap != Gap::Space && at == number.end {
            return None;
        }
        let form = pieces.form(at);
        let is_plural = form.len() > 3 && form.ends_with('s') && !form.ends_with("ss");
        if is_plural && words.job_nouns.find(|onward| pieces.key(at + 1 + onward)).is_none() {
            return None;
        }
        if piece.gap != Gap::Hyphen {
            modifiers += 1;
        }
        are_known &= words.job_modifiers.contains(&piece.key);
        if modifiers > MOST_MODIFIERS {
            return None;
        }
        at += 1;
    }
}

/// "'s"
fn is_clitic(pieces: &Pieces<'_>, at: usize) -> bool {
    pieces.form(at).starts_with(['\'', '’']) && pieces.has_gap(at, Gap::Joined)
}

/// Whether a compound goes on past its noun: "job-creating", "people-mover".
fn continues(reading: &Reading<'_>, at: usize) -> bool {
    reading.pieces.has_gap(at, Gap::Hyphen)
}

/// The number, with or without a bound, that begins at piece `at`.
fn bound_before_number<'n>(reading: &Reading<'_>, at: usize, later: &[&'n Number]) -> Option<&'n Number> {
    let next = later.first()?;
    (next.first == at || next.first > at && start_with_skipped(reading, next.first) <= at).then_some(next)
}

/// Where a bound, or words such as "another", begin before a number.
fn start_with_skipped(reading: &Reading<'_>, at: usize) -> usize {
    let bound = start_with_bound(reading.pieces, at, reading.words);
    if bound < at {
        return bound;
    }
    reading.words.bounds_before.find(|back| reading.pieces.key_before(at, back)).map_or(at, |(length, _)| at - length)
}

/// "a workforce of 4,000", "employs 1,300 in Poland".
fn frame_before(reading: &Reading<'_>, number: &Number) -> Option<Noun> {
    let (pieces, words) = (reading.pieces, reading.words);
    let start = start_with_skipped(reading, number.first);
    let (length, &unit) = words.job_frames.find(|back| pieces.key_before(start, back))?;
    let end = number.end;
    let is_last = pieces.list.get(end).is_none_or(|piece| {
        let is_measure = piece.is_mark('%') || piece.key == words.fixed.per || words.measure_words.contains(&piece.key);
        !is_measure && (piece.is_any_mark() || piece.gap == Gap::Space && words.function_words.contains(&piece.key))
    });
    is_last.then_some(Noun { first: start - length, end: start, unit, tail: end })
}

/// "45 to be hired".
fn frame_after(reading: &Reading<'_>, number: &Number) -> Option<Noun> {
    let first = number.end;
    let (length, &unit) = reading.words.job_frames_after.find(|onward| reading.pieces.key(first + onward))?;
    (!number.is_yearlike()).then_some(Noun { first, end: first + length, unit, tail: first })
}

/// "in 2012 jobs were scarce".
fn follows_year_word(reading: &Reading<'_>, number: &Number) -> bool {
    let relation = reading.words.year_relations.find(|back| reading.pieces.key_before(number.first, back));
    relation.is_some() || reading.words.months.contains_key(&reading.pieces.key_before(number.first, 0))
}

fn is_range(reading: &Reading<'_>, low: &Number, high: &Number) -> bool {
    let (pieces, fixed) = (reading.pieces, &reading.words.fixed);
    if low.is_attached || low_end(low, high) >= high.value || low.is_money_only || high.is_money_only {
        return false;
    }
    if low.end == high.first {
        return pieces.has_gap(high.first, Gap::Hyphen);
    }
    if low.end + 1 != high.first {
        return false;
    }
    let joint = &pieces.list[low.end];
    let opener = pieces.key_before(start_with_bound(pieces, low.first, reading.words), 0);
    joint.is_mark('-') || joint.is_mark('–') || joint.key == fixed.to || joint.key == fixed.and && opener == fixed.between
}

fn finish(reading: &Reading<'_>, number: &Number, high: Option<&Number>, noun: Noun) -> Option<CountMention> {
    let (pieces, words) = (reading.pieces, reading.words);
    let counted = high.unwrap_or(number);
    let bound = bound_before(pieces, number.first, words)
        .or_else(|| bound_after(pieces, counted.end, words))
        .or_else(|| bound_after(pieces, noun.tail, words));
    let count = Decimal::whole(counted.value)?;
    Some(CountMention {
        span: pieces.span(number.first, counted.end),
        bound_span: bound.map(|bound| pieces.span(bound.first, bound.end)),
        count: Count { count, bound: if high.is_some() { Bound::Max } else { bound.map_or(Bound::Exact, |bound| bound.bound) } },
        noun_span: pieces.span(noun.first, noun.end),
        unit: noun.unit,
    })
}

#[cfg(test)]
mod tests {
    use crate::mention::quantity::{JobUnit, sample};

    fn counts(text: &str) -> String {
        let mut told = Vec::new();
        sample::each(&[], [text], |doc, found| {
            for mention in &found.counts {
                let unit = match mention.unit {
                    JobUnit::Job => "job",
                    JobUnit::Person => "person",
                    JobUnit::Staff => "staff",
                };
                told.push(format!("{} {} {unit}:{}", mention.count.bound.name(), mention.count.count, doc.text_of(mention.noun_span)));
            }
        });
        told.join(" | ")
    }

    fn check(table: &[(&str, &str)]) {
        let wrong: Vec<String> = table
            .iter()
            .map(|&(text, expected)| (text, expected, counts(text)))
            .filter(|(_, expected, read)| expected != read)
            .map(|(text, expected, read)| format!("{text}\n  expected {expected}\n  read     {read}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn jobs_are_counted_with_their_bound() {
        check(&[
            ("The plant will create more than 2,400 permanent jobs.", "min 2400 job:jobs"),
            ("It will cut 2,000 roles in Leeds.", "exact 2000 job:roles"),
            ("create 400 new, highly skilled posts", "exact 400 job:posts"),
            ("about 250 well-paid high-tech jobs by 2027", "about 250 job:jobs"),
            ("11,318 jobs in 44 towns", "exact 11318 job:jobs"),
            ("up to 500 full-time equivalents", "max 500 job:full-time equivalents"),
            ("a 300-job factory in Ohio", "exact 300 job:300-job"),
            ("some 45 senior, 70 junior and 30 seasonal jobs", "about 45 job:jobs | about 70 job:jobs | about 30 job:jobs"),
            ("300 direct and 1,200 indirect jobs", "exact 300 job:jobs | exact 1200 job:jobs"),
            ("300 direct jobs and around 1,200 indirect ones", "exact 300 job:jobs | about 1200 job:ones"),
            ("some 50 permanent and about 600 construction jobs", "about 50 job:jobs | about 600 job:jobs"),
            ("between 130 and 170 jobs", "max 170 job:jobs"),
            ("2,000-3,000 jobs", "max 3000 job:jobs"),
            ("2,000 to 3,000 direct and indirect jobs", "max 3000 job:jobs"),
            ("two lakh direct jobs", "exact 200000 job:jobs"),
            ("50,000 jobs or more", "min 50000 job:jobs"),
            ("500-plus jobs", "min 500 job:jobs"),
            ("more than two million Canadian jobs", "min 2000000 job:jobs"),
            ("created 2000 jobs since 2010", "exact 2000 job:jobs"),
            ("10 000 jobs along the coast", "exact 10000 job:jobs"),
            ("1.5 million jobs", "exact 1500000 job:jobs"),
            ("half a million jobs", "exact 500000 job:jobs"),
            ("an additional 60 full- and part-time positions", "exact 60 job:positions"),
            ("twenty-five engineering jobs", "exact 25 job:jobs"),
            ("at least 20k manufacturing jobs", "min 20000 job:jobs"),
        ]);
    }

    #[test]
    fn people_and_staff_are_told_apart() {
        check(&[
            ("It will hire 1,000 people in Porto.", "exact 1000 person:people"),
            ("to employ 250 workers", "exact 250 person:workers"),
            ("New lab in Graz: 45 to be hired", "exact 45 person:to be hired"),
            ("1,450 people will be employed", "exact 1450 person:people"),
            ("jobs for 500 in the valley", "exact 500 job:jobs for"),
            ("a 600-strong workforce", "exact 600 staff:600-strong"),
            ("a workforce of about 4,000", "about 4000 staff:workforce of"),
            ("The mill employs 1,300.", "exact 1300 staff:employs"),
            ("The mill employs some 1,300 in Gdansk.", "about 1300 staff:employs"),
            ("It plans to hire another 320 by 2027.", "exact 320 person:hire"),
            ("hire as many as 70 software engineers", "max 70 person:engineers"),
        ]);
    }

    #[test]
    fn other_counts_yield_nothing() {
        check(&[
            ("hundreds of jobs and thousands of roles", ""),
            ("20% of jobs and 5 percent of workers", ""),
            ("In 2012 jobs were scarce.", ""),
            ("By 2030 new jobs will come.", ""),
            ("a $5m jobs programme", ""),
            ("five plants create jobs", ""),
            ("12-month jobs scheme", ""),
            ("The 3,000 square metre plant brings jobs.", ""),
            ("employs 40% more", ""),
            ("a 25-year-old worker", ""),
            ("The G20 jobs plan and the Covid-19 workers", ""),
            ("in the last quarter of 2011 and nurses say", ""),
            ("They work for five years and hire over seven years.", ""),
            ("4tune and hiring specialists", ""),
            ("one coach leads the women's squad", ""),
            ("employ 20 robots and 3 cranes", ""),
        ]);
    }
}
