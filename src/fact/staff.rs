//! Judges numbers of jobs. "creating 3,000 jobs" → an investment's; "2,000 roles announced before" → a commitment of its own.

use std::cmp::Ordering;

use super::event::Event;
use super::reading::Reading;
use crate::lexicon::{Candidate, Features, Judge, Task};
use crate::mention::{EntityId, EntityKind};
use crate::text::Span;

/// What a number of jobs belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Post {
    /// To the event of this place in the list.
    Event(usize),
    /// To nobody's investment: a commitment of a company, or of no named one.
    Own(Option<(EntityId, Span)>),
}

/// A number of jobs that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Staffing {
    /// Index among the article's counts.
    pub count: usize,
    /// Whose it is.
    pub post: Post,
    /// Probability.
    pub probability: f32,
}

/// Judges the counts of an article; `events` are those that were believed, `groups` says for each which investment it tells of.
pub(super) fn staffings(reading: &Reading<'_>, events: &[Event], groups: &[usize], judge: &mut impl Judge) -> Vec<Staffing> {
    let mut features = judge.features();
    let mut found: Vec<Staffing> = Vec::new();
    for (i, count) in reading.quantities.counts.iter().enumerate() {
        features.clear();
        let sentence = reading.doc.sentence_of(count.span.start as usize);
        let nearest = nearest_event(reading, events, sentence, count.span);
        job_features(reading, i, sentence, nearest.map(|n| &events[n]), &mut features);
        let p = judge.judge(Task::Jobs, &Candidate::Jobs { count: count.count.count }, &features);
        if p[0] >= 0.5 {
            continue;
        }
        let post = match nearest {
            Some(event) if p[2] >= p[1] => Post::Event(event),
            _ => Post::Own(nearest_company(reading, sentence, count.span)),
        };
        found.push(Staffing { count: i, post, probability: 1.0 - p[0] });
    }
    part_from_investment(reading, groups, &mut found);
    found
}

/// An investment has one number of jobs: a second one that is told on top of it, or of its builders, is a commitment of its own.
fn part_from_investment(reading: &Reading<'_>, groups: &[usize], found: &mut [Staffing]) {
    let count_of = |s: &Staffing| reading.quantities.counts[s.count].count.count;
    for i in 0..found.len() {
        let Post::Event(event) = found[i].post else { continue };
        let span = reading.quantities.counts[found[i].count].span;
        let rival = found.iter().enumerate().any(|(k, other)| {
            k != i
                && matches!(other.post, Post::Event(e) if groups.get(e) == groups.get(event))
                && count_of(other) != count_of(&found[i])
                && !is_besides(reading, reading.quantities.counts[other.count].span)
        });
        if rival && is_besides(reading, span) {
            found[i].post = Post::Own(nearest_company(reading, reading.doc.sentence_of(span.start as usize), span));
        }
    }
}

/// "another 500", "plus 700 in construction", "300 indirect jobs".
fn is_besides(reading: &Reading<'_>, span: Span) -> bool {
    let doc = reading.doc;
    let whole = doc.sentences[doc.sentence_of(span.start as usize)].span;
    let (low, high) = (whole.start as usize, whole.end as usize);
    let (start, end) = (span.start as usize, span.end as usize);
    is_building(reading, span)
        || (start.saturating_sub(3).max(low)..(end + 2).min(high))
            .any(|t| matches!(doc.form(t), "another" | "Another" | "further" | "plus" | "besides"))
}

/// Whether the jobs last only while something is built, or arise at others.
fn is_building(reading: &Reading<'_>, span: Span) -> bool {
    let doc = reading.doc;
    let whole = doc.sentences[doc.sentence_of(span.start as usize)].span;
    let (low, high) = (whole.start as usize, whole.end as usize);
    let (start, end) = (span.start as usize, span.end as usize);
    let near = |t: &usize| {
        matches!(
            doc.form(*t),
            "construction" | "Construction" | "building" | "Building" | "builders" | "indirect" | "indirectly" | "induced" | "supply"
        )
    };
    let stop = |t: &usize| matches!(doc.form(*t), ";" | "once" | "permanent");
    (end..(end + 8).min(high)).take_while(|t| !stop(t)).any(|t| near(&t))
        || (start.saturating_sub(8).max(low)..start).rev().take_while(|t| !stop(t)).any(|t| near(&t))
}

/// The event nearest to a count: in its sentence, or up to two sentences before, or one after.
fn nearest_event(reading: &Reading<'_>, events: &[Event], sentence: usize, span: Span) -> Option<usize> {
    let rank = |event: &Event| {
        let apart = if event.sentence <= sentence { (sentence - event.sentence) * 100 } else { (event.sentence - sentence) * 100 + 150 };
        let paragraph = if reading.doc.sentences[event.sentence].paragraph == reading.doc.sentences[sentence].paragraph { 0 } else { 60 };
        apart
            + paragraph
            + (event.span.start.abs_diff(span.start) as usize).min(99)
            + usize::from(matches!(event.anchor, super::event::Anchor::Trigger(_))) * 20
    };
    (0..events.len()).map(|i| (rank(&events[i]), i)).filter(|(rank, _)| *rank < 500).min().map(|(_, i)| i)
}

/// The company that a count is told of: before it in the sentence, else the first of the sentence, else of the nearest of four before.
fn nearest_company(reading: &Reading<'_>, sentence: usize, span: Span) -> Option<(EntityId, Span)> {
    let companies = |sentence: usize| reading.mentions_in(sentence).iter().filter(|m| reading.entity(m.entity).kind == EntityKind::Company);
    let found = companies(sentence)
        .rfind(|m| m.span.end <= span.start)
        .or_else(|| companies(sentence).next())
        .or_else(|| (1..=4).filter_map(|back| sentence.checked_sub(back)).find_map(|s| companies(s).next()));
    found.map(|m| (m.entity, m.span))
}

fn job_features(reading: &Reading<'_>, count: usize, sentence: usize, event: Option<&Event>, features: &mut Features) {
    let doc = reading.doc;
    let mention = &reading.quantities.counts[count];
    let whole = doc.sentences[sentence].span;
    let (low, high) = (whole.start as usize, whole.end as usize);
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    features.add1("unit", &format!("{:?}", mention.unit));
    features.add1("bound", mention.count.bound.name());
    for t in start.saturating_sub(6).max(low)..start {
        features.add1("before", doc.form(t));
    }
    for t in end..(end + 6).min(high) {
        features.add1("after", doc.form(t));
    }
    if start > low + 1 {
        features.add2("before2", doc.form(start - 2), doc.form(start - 1));
    }
    for t in low..high {
        if reading.is_word(t) {
            features.add1("word", doc.form(t));
        }
    }
    tenor_features(reading, start, end, (low, high), features);
    let near = |c: Span| {
        let there = doc.sentence_of(c.start as usize);
        c != mention.span && there <= sentence + 1 && there + 1 >= sentence
    };
    let beside = reading.quantities.counts.iter().any(|c| near(c.span));
    if is_building(reading, mention.span) {
        features.add1("building jobs", if beside { "besides" } else { "alone" });
    }
    let mut last = None;
    for &(token, trigger) in reading.triggers_in(sentence) {
        features.add1("pattern", &reading.lexicon.patterns().pattern(trigger).name);
        if token < start {
            last = Some(trigger);
        }
    }
    if let Some(trigger) = last {
        features.add1("trigger before", reading.lexicon.patterns().lemma(trigger));
    }
    match event {
        Some(event) => {
            let apart = match event.sentence.cmp(&sentence) {
                Ordering::Equal => "same",
                Ordering::Less => "before",
                Ordering::Greater => "after",
            };
            features.add2("event", apart, event.kind.name());
            features.add1("event apart", apart);
        }
        None => features.add("no event"),
    }
    let companies = reading.mentions_in(sentence).iter().filter(|m| reading.entity(m.entity).kind == EntityKind::Company).count();
    features.add1(
        "companies",
        match companies {
            0 => "0",
            1 => "1",
            _ => "2",
        },
    );
    let others = reading.quantities.counts.iter().enumerate().filter(|(i, c)| *i != count && whole.covers(c.span)).count();
    features.add1("others", if others == 0 { "0" } else { "1" });
}

/// What the words around say of the jobs: created, gone, there already, or only while the builders are in.
fn tenor_features(reading: &Reading<'_>, start: usize, end: usize, (low, high): (usize, usize), features: &mut Features) {
    let doc = reading.doc;
    let mut tenors: Vec<&str> = Vec::new();
    for t in start.saturating_sub(6).max(low)..(end + 5).min(high) {
        let tenor = match doc.form(t) {
            "construction" | "building" | "builders" | "build" | "indirect" | "induced" | "indirectly" | "supply" | "temporary"
            | "phase" | "peak" => "building",
            "cut" | "cuts" | "cutting" | "axe" | "axed" | "axing" | "lose" | "lost" | "losing" | "loss" | "losses" | "redundant"
            | "redundancies" | "lay" | "laid" | "layoffs" | "shed" | "slash" | "threatened" | "risk" | "eliminate" => "gone",
            "employs" | "employed" | "employing" | "currently" | "already" | "existing" | "workforce" | "staff" | "today" | "has"
            | "preserve" | "preserved" | "keep" | "safeguard" | "safeguarded" => "there",
            "transfer" | "transferred" | "move" | "moved" | "moving" | "total" | "lifting" | "raising" | "bringing" | "headcount" => {
                "moved"
            }
            "create" | "creates" | "created" | "creating" | "creation" | "generate" | "generates" | "generating" | "bring" | "add"
            | "adding" | "added" | "new" | "permanent" | "direct" | "support" | "supporting" => "created",
            "hire" | "hires" | "hiring" | "hired" | "recruit" | "recruiting" | "recruitment" | "needed" | "vacancies" => "hired",
            "another" | "further" | "additional" | "more" | "plus" | "besides" | "top" | "well" => "besides",
            "million" | "since" | "years" | "year" | "ago" | "month" => "time",
            _ => continue,
        };
        if !tenors.contains(&tenor) {
            tenors.push(tenor);
        }
    }
    for tenor in &tenors {
        features.add1("tenor", tenor);
    }
    let lead = ["gone", "building", "moved", "created", "hired", "there"].into_iter().find(|t| tenors.contains(t)).unwrap_or("none");
    features.add2("lead tenor", lead, if tenors.contains(&"besides") { "besides" } else { "alone" });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::relate::sample::with_reading;

    fn besides(text: &str) -> Vec<(u64, bool)> {
        let mut found = Vec::new();
        with_reading(text, &["Brimwell"], |reading| {
            found = reading.quantities.counts.iter().map(|c| (c.count.count, is_besides(reading, c.span))).collect();
        });
        found
    }

    #[test]
    fn builders_come_on_top_of_the_jobs_of_a_plant() {
        assert_eq!(besides("The plant will create 350 permanent jobs. Construction will employ 900 people."), [(350, false), (900, true)]);
        assert_eq!(besides("Brimwell will create 350 jobs and will hire another 120 people in Lille."), [(350, false), (120, true)]);
    }
}
