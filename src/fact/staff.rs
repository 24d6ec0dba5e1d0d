//! Judges numbers of jobs. "creating 3,000 jobs" → an investment's; "2,000 roles announced before" → a commitment of its own.

use super::event::Event;
use super::reading::Reading;
use crate::lexicon::{Candidate, Features, Judge, Task};
use crate::mention::{EntityId, EntityKind};
use crate::text::Span;

/// What a number of jobs belongs to.
#[derive(Debug, Clone, Copy)]
pub enum Post {
    /// To the event of this place in the list.
    Event(usize),
    /// To nobody's investment: a commitment of a company, or of no named one.
    Own(Option<(EntityId, Span)>),
}

/// A number of jobs that counts.
#[derive(Debug, Clone, Copy)]
pub struct Staffing {
    /// Index among the article's counts.
    pub count: usize,
    /// Whose it is.
    pub post: Post,
    /// Probability.
    pub probability: f32,
}

/// Judges the counts of an article; `events` are those that were believed.
pub fn staffings(reading: &Reading<'_>, events: &[Event], judge: &mut impl Judge) -> Vec<Staffing> {
    let mut features = judge.features();
    let mut found = Vec::new();
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
    found
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

/// The company that a count is told of: before it in the sentence, else the first of the sentence, else of the one before.
fn nearest_company(reading: &Reading<'_>, sentence: usize, span: Span) -> Option<(EntityId, Span)> {
    let companies = |sentence: usize| reading.mentions_in(sentence).iter().filter(|m| reading.entity(m.entity).kind == EntityKind::Company);
    let found = companies(sentence)
        .filter(|m| m.span.end <= span.start)
        .last()
        .or_else(|| companies(sentence).next())
        .or_else(|| sentence.checked_sub(1).and_then(|s| companies(s).next()));
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
            let apart = if event.sentence == sentence {
                "same"
            } else if event.sentence < sentence {
                "before"
            } else {
                "after"
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
