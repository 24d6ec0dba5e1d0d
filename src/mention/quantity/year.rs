//! Finds years. "from 2012 until 2015" → 2012 to 2015; "by the end of March 2027" → by 2027.

use super::money::Taken;
use super::number::{Number, read_number};
use super::numeral::NumeralForm;
use super::piece::{Gap, Pieces};
use super::{Reading, YearMention, YearRelation};

/// How many phrases may stand between a year and the word that relates it: "by *late* *March* 2027".
const MOST_SKIPPED: usize = 3;

/// Adds the years of one sentence to `found`.
pub(super) fn read_years(reading: &Reading<'_>, taken: &Taken, found: &mut Vec<YearMention>) {
    let mut firsts: smallvec::SmallVec<[(usize, usize); 8]> = smallvec::SmallVec::new();
    for at in 0..reading.pieces.list.len() {
        if firsts.last().is_some_and(|&(_, end)| at < end) || taken.iter().any(|&(first, end)| (first..end).contains(&at)) {
            continue;
        }
        let Some(date) = read_date(reading, at) else { continue };
        let stretch = firsts.last().is_some_and(|&(start, end)| joins(reading, start, end, date.first, date.relation));
        if stretch && let Some(last) = found.last_mut().filter(|last| last.end.is_none() && last.year < date.year) {
            last.end = Some(date.end.unwrap_or(date.year));
            last.relation = Some(YearRelation::Between);
            last.span.end = reading.pieces.span(date.first, date.stop).end;
            firsts.pop();
            firsts.push((date.first, date.stop));
            continue;
        }
        firsts.push((date.first, date.stop));
        found.push(YearMention {
            span: reading.pieces.span(date.first, date.stop),
            year: date.year,
            end: date.end,
            relation: if date.end.is_some() { Some(YearRelation::Between) } else { date.relation },
        });
    }
}

/// A year with the day and month before it.
#[derive(Clone, Copy, Debug)]
struct Date {
    first: usize,
    stop: usize,
    year: u16,
    end: Option<u16>,
    relation: Option<YearRelation>,
}

fn read_date(reading: &Reading<'_>, at: usize) -> Option<Date> {
    let (pieces, words) = (reading.pieces, reading.words);
    let number = read_number(pieces, at, words)?;
    let fiscal = fiscal_year(pieces, &number);
    let year = fiscal.or_else(|| number.year())?;
    let (end, stop) = short_end(pieces, number.end, year);
    if is_followed_by_unit(reading, stop)
        || end.is_none()
            && stop < pieces.list.len()
            && pieces.list[stop].gap == Gap::Joined
            && pieces.list[stop].is_word()
            && !pieces.form(stop).starts_with(['\'', '’'])
    {
        return None;
    }
    let first = if fiscal.is_some() { at - 1 } else { date_start(reading, at) };
    let mut head = first;
    let mut relation = None;
    for _ in 0..=MOST_SKIPPED {
        let Some((length, &told)) = words.year_relations.find(|back| pieces.key_before(head, back)) else { break };
        head -= length;
        if told.is_some() {
            relation = told;
            break;
        }
    }
    let is_dated = first < at || fiscal.is_some();
    if relation.is_none() && !is_dated && (is_in_name(pieces, head) || is_counting(reading, head, stop)) {
        return None;
    }
    if number.is_attached && !is_dated && head == first {
        return None;
    }
    Some(Date { first, stop, year, end, relation: relation.or(is_dated.then_some(YearRelation::In)) })
}

/// "FY25", "FY2025".
fn fiscal_year(pieces: &Pieces<'_>, number: &Number) -> Option<u16> {
    let is_fiscal = number.first > 0 && pieces.form(number.first - 1).eq_ignore_ascii_case("fy");
    if !is_fiscal || number.magnitude != 1 {
        return None;
    }
    let value = u16::try_from(number.value.whole()?).ok()?;
    match number.numeral?.form {
        NumeralForm::Plain(2) => Some(2000 + value),
        NumeralForm::Plain(4) => number.year(),
        _ => None,
    }
}

/// The second year of "2025-26" and "2025/26", and the piece after it.
fn short_end(pieces: &Pieces<'_>, at: usize, year: u16) -> (Option<u16>, usize) {
    let slash = usize::from(pieces.list.get(at).is_some_and(|p| p.is_mark('/') && p.gap == Gap::Joined));
    let next = at + slash;
    let tied = if slash == 1 { Gap::Joined } else { Gap::Hyphen };
    if let Some(numeral) = pieces.numeral(next).filter(|_| pieces.has_gap(next, tied))
        && let Some(value) = numeral.value.whole().and_then(|value| u16::try_from(value).ok())
    {
        let end = match numeral.form {
            NumeralForm::Plain(2) => year / 100 * 100 + value,
            NumeralForm::Plain(4) => value,
            _ => return (None, at),
        };
        if end > year && end < year + 60 && end <= 2100 {
            return (Some(end), next + 1);
        }
    }
    (None, at)
}

/// "30 June 2024", "June 30, 2024", "March 2026": where the date begins.
fn date_start(reading: &Reading<'_>, at: usize) -> usize {
    let (pieces, months) = (reading.pieces, &reading.words.months);
    let is_day = |i: usize| {
        pieces.numeral(i).is_some_and(|n| matches!(n.form, NumeralForm::Plain(1 | 2)) && n.value.whole().is_some_and(|day| day <= 31))
    };
    let is_month = |i: usize| pieces.is_capital(i) && months.contains_key(&pieces.key(i));
    let mut back = at;
    if back >= 1 && pieces.list[back - 1].is_mark(',') {
        back -= 1;
    }
    if back >= 2 && is_day(back - 1) && is_month(back - 2) {
        return back - 2;
    }
    // "June 30th 2024"
    if back >= 3 && pieces.list[back - 1].is_word() && pieces.list[back - 1].gap == Gap::Joined && is_day(back - 2) && is_month(back - 3) {
        return back - 3;
    }
    if back >= 1 && is_month(back - 1) {
        let month = back - 1;
        return if month >= 1 && is_day(month - 1) {
            month - 1
        } else if month >= 2 && pieces.list[month - 1].gap == Gap::Joined && is_day(month - 2) {
            month - 2
        } else {
            month
        };
    }
    at
}

/// "2010 units", "2000 km", "2030 GMT", "2010%".
fn is_followed_by_unit(reading: &Reading<'_>, stop: usize) -> bool {
    let Some(piece) = reading.pieces.list.get(stop) else { return false };
    piece.is_mark('%') || piece.is_mark('°') || reading.words.measure_words.contains(&piece.key)
}

/// "Vision 2030", "Expo 2025": a capital directly before.
fn is_in_name(pieces: &Pieces<'_>, at: usize) -> bool {
    at >= 1 && pieces.list[at - 1].is_word() && pieces.is_capital(at - 1)
        || at >= 1 && pieces.list[at - 1].kind == super::piece::PieceKind::Sign
}

/// "sold 2010 units": a plural follows, and no article stands before.
fn is_counting(reading: &Reading<'_>, at: usize, stop: usize) -> bool {
    let pieces = reading.pieces;
    let form = pieces.form(stop);
    let is_plural = form.len() > 3 && form.ends_with('s') && !form.ends_with("ss") && form.starts_with(char::is_lowercase);
    is_plural && at >= 1 && pieces.list[at - 1].is_word() && !reading.words.function_words.contains(&pieces.key(at - 1))
}

/// Whether two dates are the ends of one stretch: "between 2024 and 2030", "from 2012 until 2015", "2024-2028".
fn joins(reading: &Reading<'_>, start: usize, end: usize, next: usize, relation: Option<YearRelation>) -> bool {
    let (pieces, fixed) = (reading.pieces, &reading.words.fixed);
    let opener = |word: u64| (0..6).map(|back| pieces.key_before(start, back)).take_while(|&key| key != 0).any(|key| key == word);
    if next == end {
        return pieces.has_gap(next, Gap::Hyphen);
    }
    if next > end + 6 {
        return false;
    }
    let joint = &pieces.list[end];
    if joint.is_mark('-') || joint.is_mark('–') {
        return next == end + 1;
    }
    joint.key == fixed.and && opener(fixed.between) && next == end + 1
        || relation == Some(YearRelation::Until) && (opener(fixed.from) || joint.key == fixed.to)
        || joint.key == fixed.to && next == end + 1
}

#[cfg(test)]
mod tests {
    use crate::mention::quantity::sample;

    fn years(text: &str) -> String {
        let mut told = Vec::new();
        sample::each(&[], [text], |doc, found| {
            for mention in &found.years {
                let end = mention.end.map(|end| format!("-{end}")).unwrap_or_default();
                let relation = mention.relation.map_or("none".to_owned(), |relation| format!("{relation:?}").to_lowercase());
                told.push(format!("{relation} {}{end} [{}]", mention.year, doc.text_of(mention.span)));
            }
        });
        told.join(" | ")
    }

    fn check(table: &[(&str, &str)]) {
        let wrong: Vec<String> = table
            .iter()
            .map(|&(text, expected)| (text, expected, years(text)))
            .filter(|(_, expected, read)| expected != read)
            .map(|(text, expected, read)| format!("{text}\n  expected {expected}\n  read     {read}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn years_are_related_by_words() {
        check(&[
            ("The plant opens by 2027.", "by 2027 [2027]"),
            ("by the end of 2031", "by 2031 [2031]"),
            ("before the end of June 2026", "by 2026 [June 2026]"),
            ("It has spent $20bn since 2010.", "since 2010 [2010]"),
            ("starting in 2026", "from 2026 [2026]"),
            ("from early 2026", "from 2026 [2026]"),
            ("until 2030", "until 2030 [2030]"),
            ("through 2030", "until 2030 [2030]"),
            ("in 2025", "in 2025 [2025]"),
            ("In 2025 it opened.", "in 2025 [2025]"),
            ("Since 2010 it has grown.", "since 2010 [2010]"),
            ("in the second half of 2031", "in 2031 [2031]"),
            ("in fiscal 2025", "in 2025 [2025]"),
            ("in FY25 and FY2026", "in 2025 [FY25] | in 2026 [FY2026]"),
            ("in March 2026", "in 2026 [March 2026]"),
            ("signed on 30 June 2024", "in 2024 [30 June 2024]"),
            ("signed on June 30, 2024, in Rome", "in 2024 [June 30, 2024]"),
            ("March 2026 is the date", "in 2026 [March 2026]"),
            ("by mid-2025", "by 2025 [mid-2025]"),
            ("the 2030 deadline", "none 2030 [2030]"),
            ("by late 2027 or early 2028", "by 2027 [2027] | none 2028 [2028]"),
        ]);
    }

    #[test]
    fn two_years_make_a_stretch() {
        check(&[
            ("between 2024 and 2030", "between 2024-2030 [2024 and 2030]"),
            ("from 2012 until 2015", "between 2012-2015 [2012 until 2015]"),
            ("from 2012 to 2015", "between 2012-2015 [2012 to 2015]"),
            ("the 2024-2028 plan", "between 2024-2028 [2024-2028]"),
            ("in 2024–28", "between 2024-2028 [2024–28]"),
            ("in 2004/05", "between 2004-2005 [2004/05]"),
            ("in 2021-22 and 2022-23", "between 2021-2022 [2021-22] | between 2022-2023 [2022-23]"),
            ("in 2019 and 2021", "in 2019 [2019] | none 2021 [2021]"),
        ]);
    }

    #[test]
    fn names_and_counts_are_no_years() {
        check(&[
            ("under Vision 2030 and Agenda 2063, at Expo 2025", ""),
            ("in the late 2020s and the 1990s", ""),
            ("next year and this year", ""),
            ("a cost of $2010 and of 2000 euros", ""),
            ("2,010 units, sold 2010 units", ""),
            ("2000 km at 2030 GMT", ""),
            ("some 2000 jobs", ""),
            ("Windows 2000 and the Peugeot 2008", ""),
            ("a 2000-strong workforce", ""),
            ("up 2000%", ""),
        ]);
    }
}
