//! Finds the places in the text that may tell of an investment: sums, and trigger words without a sum.
//! "Acme will invest €5m in Turin" → a possible event at "€5m".

use super::event_features::{event_features, few, history_features, sort_of, stage_features};
use super::reading::Reading;
use super::tree::Tree;
use super::{Kind, Stage};
use crate::lexicon::{Candidate, Class, Features, Judge, Task, Trigger};
use crate::mention::quantity::{MoneyMention, Per};
use crate::mention::{EntityId, EntityKind, Mention};
use crate::text::Span;
use crate::text::syntax::Deprel;

/// What an event was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// A sum: its index among the article's sums.
    Money(usize),
    /// A trigger word without a sum.
    Trigger(Trigger),
}

/// A place in the text that tells of an investment.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// Its number within the article, counted over all candidates.
    pub index: usize,
    /// Its sentence.
    pub sentence: usize,
    /// The sum's or the trigger's tokens.
    pub span: Span,
    /// What it was found by.
    pub anchor: Anchor,
    /// What the money is for.
    pub kind: Kind,
    /// How far it has come.
    pub stage: Stage,
    /// Probability of being an investment of that kind.
    pub probability: f32,
    /// Probability of being an investment at all.
    pub exists: f32,
    /// Probability of the stage.
    pub stage_probability: f32,
    /// The trigger that leads it.
    pub lead: Option<(usize, Trigger)>,
    /// Who pays, where the grammar alone says so: the subject of a clear statement without a sum.
    pub declared: Vec<(EntityId, Span)>,
}

/// Probability above which an event with a sum is believed.
const MONEY_THRESHOLD: f32 = 0.4;
/// Probability above which an event without a sum is believed.
const TRIGGER_THRESHOLD: f32 = 0.4;

/// Finds the events of an article.
pub(super) fn find_events(reading: &Reading<'_>, judge: &mut impl Judge) -> Vec<Event> {
    let mut events = Vec::new();
    let mut index = 0;
    let mut features = judge.features();
    let doc = reading.doc;
    for (sentence, _) in doc.sentences.iter().enumerate() {
        let span = doc.sentences[sentence].span;
        let sums: Vec<usize> = (0..reading.quantities.money.len())
            .filter(|&i| span.covers(reading.quantities.money[i].span) && is_commitment(&reading.quantities.money[i]))
            .collect();
        let leads: Vec<Option<(usize, Trigger)>> =
            sums.iter().map(|&i| lead_trigger(reading, sentence, reading.quantities.money[i].span)).collect();
        for (&i, &lead) in sums.iter().zip(&leads) {
            let money = &reading.quantities.money[i];
            features.clear();
            event_features(reading, sentence, money.span, Some(i), None, &mut features);
            history_features(&events, sentence, &mut features);
            features.cross("sum");
            let mut amounts = vec![(money.money.amount.hundredths(), money.money.currency.to_string())];
            amounts.extend(
                reading
                    .quantities
                    .money
                    .iter()
                    .filter(|m| m.equivalent_of == Some(i))
                    .map(|m| (m.money.amount.hundredths(), m.money.currency.to_string())),
            );
            let found = judge_event(reading, judge, sentence, money.span, &features, index, &amounts, lead.map(|(_, t)| t));
            let (kind, probability, exists) = found;
            if exists >= MONEY_THRESHOLD {
                let (stage, stage_probability) =
                    judge_stage(reading, judge, sentence, money.span, lead, kind, index, &events, &mut features);
                events.push(Event {
                    index,
                    sentence,
                    span: money.span,
                    anchor: Anchor::Money(i),
                    kind,
                    stage,
                    probability,
                    exists,
                    stage_probability,
                    lead,
                    declared: Vec::new(),
                });
            }
            index += 1;
        }
        let companies = reading.mentions_in(sentence).iter().any(|m| matches!(reading.entity(m.entity).kind, EntityKind::Company));
        if !companies {
            continue;
        }
        let mut taken: Option<usize> = None;
        for &(token, trigger) in reading.triggers_in(sentence) {
            let near_sum = sums
                .iter()
                .any(|&i| distance(reading.quantities.money[i].span, token) <= 5 || leads.iter().flatten().any(|lead| lead.0 == token));
            // One word may be a trigger of several patterns: it is one candidate.
            if near_sum || taken == Some(token) || !is_strong(trigger, reading) {
                continue;
            }
            taken = Some(token);
            features.clear();
            event_features(reading, sentence, Span::new(token, token + 1), None, Some(trigger), &mut features);
            history_features(&events, sentence, &mut features);
            features.cross("trigger");
            let (kind, probability, exists) =
                judge_event(reading, judge, sentence, Span::new(token, token + 1), &features, index, &[], Some(trigger));
            let declared = declared(reading, sentence, token, trigger);
            let exists = if declared.is_empty() { exists } else { exists.max(DECLARED) };
            if exists >= TRIGGER_THRESHOLD {
                let kind = if declared.is_empty() { kind } else { kind_of(reading, trigger) };
                let span = Span::new(token, token + 1);
                let lead = Some((token, trigger));
                let (stage, stage_probability) = judge_stage(reading, judge, sentence, span, lead, kind, index, &events, &mut features);
                events.push(Event {
                    index,
                    sentence,
                    span,
                    anchor: Anchor::Trigger(trigger),
                    kind,
                    stage,
                    probability,
                    exists,
                    stage_probability,
                    lead,
                    declared,
                });
            }
            index += 1;
        }
    }
    events
}

/// Probability of an event that the grammar states clearly.
const DECLARED: f32 = 0.6;

fn kind_of(reading: &Reading<'_>, trigger: Trigger) -> Kind {
    let name = &reading.lexicon.patterns().pattern(trigger).kind;
    Kind::ALL.into_iter().find(|k| k.name() == name).unwrap_or(Kind::Project)
}

/// Who invests by a clear statement without a sum: companies that are the subject of "to build a plant in Ohio", "to announce
/// investments", "to acquire Acme".
fn declared(reading: &Reading<'_>, sentence: usize, token: usize, trigger: Trigger) -> Vec<(EntityId, Span)> {
    let Some(tree) = reading.tree(sentence) else { return Vec::new() };
    let doc = reading.doc;
    let patterns = reading.lexicon.patterns();
    let pattern = patterns.pattern(trigger).name.as_str();
    let word = Span::new(token, token + 1);
    let somewhere = reading
        .mentions_in(sentence)
        .iter()
        .any(|m| reading.country_of(m.entity).is_some() && matches!(reading.lead_in(m.span), "in" | "at" | "near" | "outside"));
    let verb = match pattern {
        // "to announce substantial investments": the noun is the object of a verb of saying or doing.
        "invest" if !trigger.verb && tree.label(word) == Some(Deprel::Obj) => tree.head(word),
        "acquire" | "build" if trigger.verb => Some(token),
        _ => None,
    };
    let Some(verb) = verb else { return Vec::new() };
    if pattern == "invest" && !reading.lexicon.words().is(doc.key(verb), Class::Announcing) {
        return Vec::new();
    }
    let negated = tree.children(verb).any(|(t, _)| matches!(doc.form(t), "not" | "n't" | "n’t" | "never"));
    let object = tree.children(verb).find(|(_, r)| *r == Deprel::Obj).map(|(t, _)| sort_of(reading, sentence, t));
    let clear = match pattern {
        "invest" => true,
        "acquire" => object == Some("company"),
        // "has established centres there" tells of what stands already.
        _ => object == Some("site") && somewhere && !tree.children(verb).any(|(t, _)| matches!(doc.form(t), "has" | "have" | "had")),
    };
    if !clear || negated {
        return Vec::new();
    }
    let Some(subject) = tree.subject(verb) else { return beside(reading, tree, sentence, verb) };
    let mut found: Vec<(EntityId, Span)> = Vec::new();
    for mention in companies(reading, sentence) {
        let Some(standing) = tree.standing_of(mention.span) else { continue };
        let example = standing.head == Some(subject) && standing.case.is_some_and(|t| matches!(doc.form(t), "including" | "like" | "as"));
        let is_subject = subject == standing.token || mention.span.range().contains(&subject) || example;
        if is_subject && !found.iter().any(|(id, _)| *id == mention.entity) {
            found.push((mention.entity, mention.span));
        }
    }
    if found.is_empty() { beside(reading, tree, sentence, verb) } else { found }
}

fn companies<'a>(reading: &'a Reading<'_>, sentence: usize) -> impl DoubleEndedIterator<Item = &'a Mention> {
    reading.mentions_in(sentence).iter().filter(|m| reading.entity(m.entity).kind == EntityKind::Company)
}

/// The companies right before a verb, where the parse has lost its subject: "GSK and Accenture are also set to reveal".
fn beside(reading: &Reading<'_>, tree: &Tree, sentence: usize, verb: usize) -> Vec<(EntityId, Span)> {
    let doc = reading.doc;
    let mut found: Vec<(EntityId, Span)> = Vec::new();
    let mut next = verb;
    for mention in companies(reading, sentence).rev().filter(|m| m.span.end as usize <= verb) {
        let mut between = mention.span.end as usize..next;
        let joined =
            if found.is_empty() { between.all(|t| tree.helps(t)) } else { between.all(|t| matches!(doc.form(t), "," | "and" | "&")) };
        if !joined {
            break;
        }
        next = mention.span.start as usize;
        found.push((mention.entity, mention.span));
    }
    found.reverse();
    found
}

/// Whether a sum may be a commitment by itself: no conversion of another, no price of a share, a barrel or a week.
fn is_commitment(sum: &MoneyMention) -> bool {
    sum.equivalent_of.is_none() && !matches!(sum.per, Some(Per::Share | Per::Unit | Per::Month))
}

/// Whether a trigger may tell of an investment without a sum: bare nouns of sites and costs do not.
fn is_strong(trigger: Trigger, reading: &Reading<'_>) -> bool {
    let pattern = reading.lexicon.patterns().pattern(trigger);
    trigger.verb && pattern.name != "cost" && pattern.name != "stake"
        || matches!(pattern.name.as_str(), "acquire" | "bid" | "invest" | "site" | "build" | "stake")
}

pub(super) fn distance(span: Span, token: usize) -> usize {
    let (start, end) = (span.start as usize, span.end as usize);
    if token < start { start - token } else { (token + 1).saturating_sub(end) }
}

/// The trigger nearest to a sum, those before it first.
fn lead_trigger(reading: &Reading<'_>, sentence: usize, span: Span) -> Option<(usize, Trigger)> {
    reading.triggers_in(sentence).iter().copied().min_by_key(|&(token, trigger)| {
        let after = usize::from(token >= span.end as usize) * 3;
        let noun = usize::from(!trigger.verb) * 2;
        distance(span, token) + after + noun
    })
}

#[expect(clippy::too_many_arguments, reason = "one decision needs all of the context")]
fn judge_event(
    reading: &Reading<'_>,
    judge: &mut impl Judge,
    sentence: usize,
    span: Span,
    features: &Features,
    index: usize,
    sums: &[(u64, String)],
    trigger: Option<Trigger>,
) -> (Kind, f32, f32) {
    let mut names: Vec<&str> = Vec::new();
    let mut countries: Vec<&str> = Vec::new();
    for mention in reading.mentions_in(sentence) {
        let entity = reading.entity(mention.entity);
        if entity.kind == EntityKind::Company {
            names.extend(entity.names.iter().map(String::as_str));
        }
        if let Some(country) = reading.country_of(mention.entity) {
            countries.push(reading.code(country));
        }
    }
    let kind = trigger.map_or("", |t| reading.lexicon.patterns().pattern(t).kind.as_str());
    let actors = if sums.is_empty() { actors(reading, sentence, span) } else { Vec::new() };
    let p =
        judge.judge(Task::Event, &Candidate::Event { index, sums, names: &names, countries: &countries, kind, actors: &actors }, features);
    let (best, probability) = p.iter().copied().enumerate().skip(1).fold((1, 0.0), |best, (i, p)| if p > best.1 { (i, p) } else { best });
    (Kind::ALL[best - 1], probability, 1.0 - p[0])
}

/// Who fills the roles of an event.
#[derive(Debug)]
pub(super) struct Filled<'a> {
    /// Who pays.
    pub investors: &'a [EntityId],
    /// Who gets it.
    pub recipients: &'a [EntityId],
    /// Number of places.
    pub places: usize,
    /// Number of countries.
    pub countries: usize,
}

/// Judges an event's kind anew, now that its roles are filled.
pub(super) fn judge_kind(reading: &Reading<'_>, events: &mut [Event], index: usize, filled: &Filled<'_>, judge: &mut impl Judge) {
    let mut features = judge.features();
    let event = &events[index];
    if !event.declared.is_empty() {
        return;
    }
    let money = if let Anchor::Money(i) = event.anchor { Some(i) } else { None };
    let trigger = if let Anchor::Trigger(t) = event.anchor { Some(t) } else { None };
    event_features(reading, event.sentence, event.span, money, trigger, &mut features);
    history_features(&events[..index], event.sentence, &mut features);
    let sure = match event.probability {
        p if p > 0.9 => "sure",
        p if p > 0.6 => "likely",
        _ => "maybe",
    };
    features.add2("first", event.kind.name(), sure);
    features.add1("first", event.kind.name());
    let mut payer = "nobody";
    for &id in filled.investors {
        payer = match reading.entity(id).kind {
            _ if reading.state_of(id).is_some() => "state",
            EntityKind::Company => "company",
            EntityKind::Person => "person",
            _ => "body",
        };
        features.add1("payer", payer);
        if let Some(company) = reading.entity(id).known_company() {
            for trade in reading.lexicon.gazetteer().companies()[company as usize].trades.iter().take(2) {
                features.add1("payer's trade", trade);
            }
        }
        if let Some(last) = reading.entity(id).names.first().and_then(|n| n.rsplit(' ').next()) {
            features.add1("payer named", last);
        }
    }
    features.add2("payers", payer, few(filled.investors.len()));
    features.add2("payer and recipients", payer, few(filled.recipients.len()));
    features.add2("first, payer", event.kind.name(), payer);
    features.add2("first, recipients", event.kind.name(), few(filled.recipients.len()));
    features.add2("first, payers", event.kind.name(), few(filled.investors.len()));
    features.add2("spread", few(filled.places), few(filled.countries));
    let p = judge.judge(Task::Kind, &Candidate::Stage { event: event.index }, &features);
    let (best, probability) = p.iter().copied().enumerate().fold((0, 0.0), |best, (i, p)| if p > best.1 { (i, p) } else { best });
    let event = &mut events[index];
    (event.kind, event.probability) = (Kind::ALL[best], probability);
}

/// The companies and others that do what a trigger says, or to whom it is done: its subject, object, owner or agent.
fn actors<'a>(reading: &'a Reading<'_>, sentence: usize, span: Span) -> Vec<&'a str> {
    let Some(tree) = reading.tree(sentence) else { return Vec::new() };
    let token = span.start as usize;
    let subject = tree.subject(token);
    let mut names = Vec::new();
    for mention in reading.mentions_in(sentence) {
        let Some(standing) = tree.standing_of(mention.span) else { continue };
        let acts = subject.is_some_and(|t| t == standing.token || mention.span.range().contains(&t))
            || standing.head == Some(token)
            || standing.token == token;
        if acts {
            names.extend(reading.entity(mention.entity).names.iter().map(String::as_str));
        }
    }
    names
}

#[expect(clippy::too_many_arguments, reason = "one decision needs all of the context")]
fn judge_stage(
    reading: &Reading<'_>,
    judge: &mut impl Judge,
    sentence: usize,
    span: Span,
    lead: Option<(usize, Trigger)>,
    kind: Kind,
    index: usize,
    before: &[Event],
    features: &mut Features,
) -> (Stage, f32) {
    features.clear();
    stage_features(reading, sentence, span, lead, features);
    history_features(before, sentence, features);
    features.cross(kind.name());
    let p = judge.judge(Task::Stage, &Candidate::Stage { event: index }, features);
    let (best, probability) = p.iter().copied().enumerate().fold((0, 0.0), |best, (i, p)| if p > best.1 { (i, p) } else { best });
    (Stage::ALL[best], probability)
}
