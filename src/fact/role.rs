//! Judges which entities and years fill the roles of an event. "Acme will invest €5m in Turin" → investor Acme, place Turin.

use super::event::{Anchor, Event};
use super::reading::Reading;
use super::rivalry::{rivals_elsewhere, rivals_here};
use super::tree::Tree;
use crate::lexicon::{Candidate, Class, Features, Judge, Task};
use crate::mention::quantity::MoneyMention;
use crate::mention::{EntityId, EntityKind, Mention, MentionForm};
use crate::text::syntax::Deprel;
use crate::text::{Span, key_of};

/// An entity that may fill a role, with the words that say so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filler {
    /// Who.
    pub entity: EntityId,
    /// Probability.
    pub probability: f32,
    /// The mention that speaks for it.
    pub mention: Span,
}

/// Probability above which a role filler or relation is believed.
pub(super) const BELIEF: f32 = 0.3;

/// Who filled the roles of the events before, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// The sentence of the event just before.
    pub sentence: usize,
    /// Whether there is one.
    pub exists: bool,
    /// Who filled the same role of the event just before.
    pub last: Vec<EntityId>,
    /// Who filled the same role of any event before.
    pub any: Vec<EntityId>,
    /// Who filled the opposite role of any event before: investor for recipient, recipient for the others.
    pub opposite: Vec<EntityId>,
    /// Who fills a role of this event already.
    pub taken: Vec<EntityId>,
}

/// The fillers of one role of an event that are believed.
pub(super) fn fillers(reading: &Reading<'_>, event: &Event, task: Task, earlier: &Earlier, judge: &mut impl Judge) -> Vec<Filler> {
    let mut features = judge.features();
    let mut found: Vec<Filler> = Vec::new();
    let mut last: Option<(Span, bool)> = None;
    for (entity, mention) in candidates(reading, event, task) {
        features.clear();
        role_features(reading, event, entity, &mention, task, &mut features);
        earlier_features(reading, event, entity, &mention, earlier, &mut features);
        neighbour_features(reading, &mention, last, found.len(), &mut features);
        features.cross(event.kind.name());
        let names = names_of(reading, entity);
        let p = judge.judge(task, &Candidate::Role { event: event.index, names: &names }, &features);
        let believed = p[1] >= BELIEF;
        last = Some((mention.span, believed));
        if believed {
            found.push(Filler { entity, probability: p[1], mention: mention.span });
        }
    }
    found
}

/// Whether the entity filled a role of an event before.
fn earlier_features(reading: &Reading<'_>, event: &Event, entity: EntityId, mention: &Mention, earlier: &Earlier, features: &mut Features) {
    let here = reading.doc.sentence_of(mention.span.start as usize) == event.sentence;
    let here = if here { "here" } else { "elsewhere" };
    let apart = if earlier.exists { bucket(event.sentence - earlier.sentence) } else { "none" };
    let last = if earlier.last.contains(&entity) {
        "same"
    } else if earlier.last.is_empty() {
        "nobody"
    } else {
        "other"
    };
    features.add2("last", last, here);
    features.add2("last apart", last, apart);
    if earlier.any.contains(&entity) {
        features.add1("any", here);
        features.add2("any, last", here, last);
    }
    if earlier.opposite.contains(&entity) {
        features.add1("opposite", here);
    }
    if earlier.taken.contains(&entity) {
        features.add1("taken", here);
    } else if !earlier.taken.is_empty() {
        features.add1("others taken", here);
    }
    let sort = kind_name(reading.entity(entity).kind);
    let rivals = reading.mentions_in(event.sentence).iter().filter(|m| kind_name(reading.entity(m.entity).kind) == sort).count();
    features.add2("last, rivals", last, bucket(rivals));
}

/// How the candidate before it was judged, and how the two are joined.
fn neighbour_features(reading: &Reading<'_>, mention: &Mention, last: Option<(Span, bool)>, found: usize, features: &mut Features) {
    features.add1("found", bucket(found));
    let Some((span, believed)) = last else { return };
    let judged = if believed { "believed" } else { "not" };
    features.add1("before judged", judged);
    let (from, to) = (span.end as usize, mention.span.start as usize);
    if to >= from && to - from <= 4 {
        let words: Vec<&str> = (from..to).map(|t| reading.doc.form(t)).collect();
        features.add2("joined", judged, &words.join(" "));
    }
}

/// An entity's names, or its country code.
pub(super) fn names_of(reading: &Reading<'_>, entity: EntityId) -> Vec<String> {
    match reading.state_of(entity) {
        Some(country) => vec![reading.code(country).to_owned()],
        None => reading.entity(entity).names.clone(),
    }
}

/// The entities that may fill a role, each with the mention nearest to the event.
fn candidates(reading: &Reading<'_>, event: &Event, task: Task) -> Vec<(EntityId, Mention)> {
    let wanted = |kind: EntityKind| match task {
        Task::Investor => matches!(kind, EntityKind::Company | EntityKind::Country(_) | EntityKind::Body | EntityKind::Person),
        Task::Recipient => kind == EntityKind::Company,
        Task::Place => matches!(kind, EntityKind::Place(_)),
        Task::Initiative => kind == EntityKind::Initiative,
        _ => false,
    };
    let mut found: Vec<(EntityId, Mention, usize)> = Vec::new();
    for mention in &reading.mentions {
        let kind = reading.entity(mention.entity).kind;
        if !wanted(kind) {
            continue;
        }
        let far = distance(reading, event, mention);
        let reach = if matches!(kind, EntityKind::Company | EntityKind::Initiative | EntityKind::Place(_)) { 100_000 } else { 2500 };
        if far >= reach {
            continue;
        }
        match found.iter_mut().find(|(id, _, _)| *id == mention.entity) {
            Some(entry) if far < entry.2 => (entry.1, entry.2) = (*mention, far),
            Some(_) => {}
            None => found.push((mention.entity, *mention, far)),
        }
    }
    let mut found: Vec<(EntityId, Mention)> = found.into_iter().map(|(id, mention, _)| (id, mention)).collect();
    found.sort_by_key(|(_, mention)| mention.span);
    found
}

/// Tokens between mention and event, with a thousand added for each sentence between; sentences before count as nearer.
fn distance(reading: &Reading<'_>, event: &Event, mention: &Mention) -> usize {
    let there = reading.doc.sentence_of(mention.span.start as usize);
    let apart = if there <= event.sentence { (event.sentence - there) * 1000 } else { (there - event.sentence) * 1000 + 500 };
    let tokens = if mention.span.start >= event.span.end {
        mention.span.start - event.span.end
    } else {
        event.span.start.saturating_sub(mention.span.end)
    };
    apart + (tokens as usize).min(499)
}

fn form_name(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Adjective => "adjective",
        MentionForm::Description => "description",
        MentionForm::Pronoun => "pronoun",
    }
}

const fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "company",
        EntityKind::Country(_) => "country",
        EntityKind::Place(_) => "place",
        EntityKind::Person => "person",
        EntityKind::Initiative => "initiative",
        EntityKind::Body => "body",
        EntityKind::Other => "other",
    }
}

fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "3",
        5..=7 => "5",
        8..=12 => "8",
        13..=20 => "13",
        _ => "21",
    }
}

/// How an entity stands to an event.
fn role_features(reading: &Reading<'_>, event: &Event, entity: EntityId, mention: &Mention, task: Task, features: &mut Features) {
    let doc = reading.doc;
    let bearer = reading.entity(entity);
    let sort = kind_name(bearer.kind);
    features.add1("sort", sort);
    features.add1("rank", bucket(reading.rank(entity) as usize));
    if reading.is_in_headline(entity) {
        features.add("in headline");
    }
    if let Anchor::Trigger(_) = event.anchor {
        features.add("no sum");
    }
    let there = doc.sentence_of(mention.span.start as usize);
    if there != event.sentence {
        elsewhere_features(reading, event, entity, mention, there, features);
        rivals_elsewhere(reading, event, entity, mention, features);
        return;
    }
    features.add("same sentence");
    let before = mention.span.end <= event.span.start;
    let side = if before { "before" } else { "after" };
    let form = form_name(mention.form);
    features.add2("side", side, form);
    let (from, to) = if before {
        (mention.span.end as usize, event.span.start as usize)
    } else {
        (event.span.end as usize, mention.span.start as usize)
    };
    features.add2("distance", side, bucket(to.saturating_sub(from)));
    let lead = reading.lead_in(mention.span);
    features.add2("lead-in", side, lead);
    features.add1("lead", lead);
    let whole = doc.sentences[event.sentence].span;
    let (low, high) = (whole.start as usize, whole.end as usize);
    let next = |n: usize| if mention.span.end as usize + n < high { doc.form(mention.span.end as usize + n) } else { "$" };
    let previous = |n: usize| if mention.span.start as usize >= low + n { doc.form(mention.span.start as usize - n) } else { "^" };
    features.add1("next", next(0));
    features.add2("next2", next(0), next(1));
    features.add1("previous", previous(1));
    features.add2("previous2", previous(2), previous(1));
    if matches!(next(0), "'s" | "’s" | "'" | "’") {
        features.add1("owns", next(1));
        features.add("owner");
    }
    between_features(reading, event, mention, side, from, to, features);
    path_features(reading, event, mention, features);
    order_features(reading, event, entity, mention, features);
    rivals_here(reading, event, mention, features);
    if let Some((token, trigger)) = event.lead {
        let lemma = reading.lexicon.patterns().lemma(trigger);
        let where_ = if mention.span.end as usize <= token { "before" } else { "after" };
        features.add2("trigger", lemma, where_);
        let gap =
            if where_ == "before" { token - mention.span.end as usize } else { (mention.span.start as usize).saturating_sub(token + 1) };
        features.add2("trigger gap", where_, bucket(gap));
        features.add2("trigger lead-in", lemma, lead);
        let pattern = reading.lexicon.patterns().pattern(trigger);
        features.add2("pattern", &pattern.name, where_);
        for role in ["investor", "recipient", "place"] {
            if pattern.roles.get(role).is_some_and(|leads| leads.iter().any(|l| l == lead)) {
                features.add1("pattern role", role);
            }
        }
    }
    trade_features(reading, entity, features);
    if task == Task::Place {
        place_features(reading, mention, features);
    }
}

/// How the grammar links mention and event, and mention and trigger.
fn path_features(reading: &Reading<'_>, event: &Event, mention: &Mention, features: &mut Features) {
    let Some(tree) = reading.tree(event.sentence) else { return };
    let lemma = |token: usize| reading.lemma(token);
    features.add1("label", tree.label(mention.span).map_or("none", Deprel::as_str));
    if let Some(head) = tree.head(mention.span) {
        features.add2("head", tree.label(mention.span).map_or("none", Deprel::as_str), lemma(head));
    }
    if let Some(path) = tree.path(mention.span, event.span) {
        features.add1("path length", bucket(path.len()));
        features.add1("path up", &path.up.iter().map(|l| l.as_str()).collect::<Vec<_>>().join("<"));
        features.add1("path top", lemma(path.top));
        if let Some(cluster) = reading.cluster(path.top)
            && path.len() <= 4
        {
            features.add_number("path over alike", cluster, &path.text());
        }
        if path.len() <= 6 {
            let text = path.text();
            features.add1("path", &text);
            features.add2("path over", &text, lemma(path.top));
        }
    }
    if let Some((token, trigger)) = event.lead
        && let Some(path) = tree.path(mention.span, Span::new(token, token + 1))
        && path.len() <= 5
    {
        let text = path.text();
        features.add1("trigger path", &text);
        features.add2("trigger path of", &text, reading.lexicon.patterns().lemma(trigger));
    }
    standing_features(reading, tree, event, mention, features);
    let (mine, its) = (tree.verb(mention.span), tree.verb(event.span));
    features.add1("clause", if mine.is_some() && mine == its { "same" } else { "other" });
}

/// What the mention is to the verbs and nouns that govern the event.
fn standing_features(reading: &Reading<'_>, tree: &Tree, event: &Event, mention: &Mention, features: &mut Features) {
    let doc = reading.doc;
    let lemma = |token: usize| reading.lemma(token);
    let Some(standing) = tree.standing_of(mention.span) else { return };
    let case = standing.case.map_or("bare", |t| doc.form(t));
    let label = standing.label.as_str();
    let relation = format!("{label}:{case}");
    features.add1("stands", &relation);
    if standing.climbed {
        features.add1("stands by list", &relation);
    }
    if let Some(head) = standing.head {
        features.add2("stands to", &relation, lemma(head));
        if let Some(cluster) = reading.cluster(head) {
            features.add_number("stands to alike", cluster, &relation);
        }
    }
    // The words that govern the event, from the nearest up.
    let mut at = event.span;
    for level in ["1", "2", "3"] {
        let Some(governor) = tree.head(at) else { break };
        let word = Span::new(governor, governor + 1);
        let what = lemma(governor);
        if standing.head == Some(governor) {
            features.add2("governor's", level, &relation);
            features.add2("governor's of", what, &relation);
        }
        if standing.token == governor {
            features.add2("is governor", level, tree.label(at).map_or("none", Deprel::as_str));
        }
        if tree.is_verb(governor) && tree.subject(governor).is_some_and(|t| t == standing.token || mention.span.range().contains(&t)) {
            let passive = tree.children(governor).any(|(_, r)| matches!(r, Deprel::AuxPass | Deprel::NsubjPass));
            let voice = if passive { "passive" } else { "active" };
            features.add2("subject of governor", level, voice);
            features.add2("subject of", what, voice);
            if let Some(cluster) = reading.cluster(governor) {
                features.add_number("subject of alike", cluster, voice);
            }
        }
        at = word;
    }
    if let Some((token, trigger)) = event.lead {
        let lead = reading.lexicon.patterns().lemma(trigger);
        if standing.head == Some(token) {
            features.add2("trigger's", lead, &relation);
            features.add2("pattern's", &reading.lexicon.patterns().pattern(trigger).name, &relation);
        }
        if trigger.verb && tree.subject(token).is_some_and(|t| t == standing.token || mention.span.range().contains(&t)) {
            features.add1("subject of trigger", lead);
            features.add1("subject of pattern", &reading.lexicon.patterns().pattern(trigger).name);
        }
    }
}

/// The words between mention and event.
fn between_features(reading: &Reading<'_>, event: &Event, mention: &Mention, side: &str, from: usize, to: usize, features: &mut Features) {
    let doc = reading.doc;
    if to >= from && to - from <= 3 {
        let words: Vec<&str> = (from..to).map(|t| doc.form(t)).collect();
        features.add2("between", side, &words.join(" "));
    }
    let mut marks = 0;
    for t in from..to.max(from) {
        if matches!(doc.form(t), "," | ";" | ":" | "(" | ")" | "-" | "–" | "—") {
            marks += 1;
        } else if matches!(
            doc.form(t),
            "and" | "while" | "but" | "which" | "that" | "who" | "after" | "as" | "where" | "when" | "said" | "says"
        ) {
            features.add2("between word", side, doc.form(t));
        }
    }
    features.add2("marks", side, bucket(marks));
    for &(token, trigger) in reading.triggers_in(event.sentence) {
        if token >= from && token < to {
            features.add2("between trigger", side, reading.lexicon.patterns().lemma(trigger));
        }
    }
    let others = sums_between(reading, from, to).filter(|m| m.span != event.span).count();
    features.add2("sums between", side, bucket(others));
    let same_sort = reading
        .mentions_in(event.sentence)
        .iter()
        .filter(|m| {
            m.span.start as usize >= from
                && (m.span.end as usize) <= to
                && kind_name(reading.entity(m.entity).kind) == kind_name(reading.entity(mention.entity).kind)
        })
        .count();
    features.add2("rivals between", side, bucket(same_sort));
}

/// The how-manieth of its sort the mention is, and how lists put it.
fn order_features(reading: &Reading<'_>, event: &Event, entity: EntityId, mention: &Mention, features: &mut Features) {
    let sort = kind_name(reading.entity(entity).kind);
    let mut order = 0;
    let mut total = 0;
    let mut seen: Vec<EntityId> = Vec::new();
    for m in reading.mentions_in(event.sentence) {
        if kind_name(reading.entity(m.entity).kind) != sort || seen.contains(&m.entity) {
            continue;
        }
        seen.push(m.entity);
        total += 1;
        if m.span.start < mention.span.start {
            order += 1;
        }
    }
    features.add2("order", bucket(order), bucket(total));
    if reading.is_first_company(mention) {
        features.add("first company");
    }
    let anchors = || reading.quantities.money_in(reading.doc.sentences[event.sentence].span).filter(|m| m.equivalent_of.is_none());
    let index = anchors().filter(|m| m.span.start < event.span.start).count();
    let all = anchors().count();
    features.add2("sum order", bucket(index), bucket(all));
    if all > 1 {
        features.add2("paired", bucket(order), bucket(index));
    }
}

fn elsewhere_features(reading: &Reading<'_>, event: &Event, entity: EntityId, mention: &Mention, there: usize, features: &mut Features) {
    let doc = reading.doc;
    let apart = event.sentence.abs_diff(there);
    let direction = if there < event.sentence { "back" } else { "ahead" };
    features.add2("elsewhere", direction, bucket(apart));
    if there < event.sentence && doc.sentences[there].paragraph == doc.sentences[event.sentence].paragraph {
        features.add("same paragraph");
    }
    if apart <= 1 {
        if reading.is_first_company(mention) {
            features.add1("neighbour first", direction);
        }
        features.add2("neighbour lead-in", direction, reading.lead_in(mention.span));
        features.add2("neighbour form", direction, form_name(mention.form));
    }
    if there > event.sentence || apart <= 3 {
        let goes_on = if goes_on(reading, event.sentence, there) { "goes on" } else { "breaks off" };
        features.add2("thread", direction, goes_on);
        features.add2("thread lead-in", goes_on, reading.lead_in(mention.span));
    }
    let sort = kind_name(reading.entity(entity).kind);
    let same = reading.mentions_in(event.sentence).iter().filter(|m| kind_name(reading.entity(m.entity).kind) == sort).count();
    features.add1("here of its sort", bucket(same));
    features.add2("here of its sort, apart", bucket(same), bucket(apart));
    features.add2("elsewhere rank", bucket(reading.rank(entity) as usize), bucket(same));
    if let Some((_, trigger)) = event.lead {
        features.add1("elsewhere pattern", &reading.lexicon.patterns().pattern(trigger).name);
    }
    trade_features(reading, entity, features);
}

/// Whether another sentence speaks of the same investment: "The investment will also …", "the plant", and no sum of its own.
fn goes_on(reading: &Reading<'_>, sentence: usize, other: usize) -> bool {
    let (low, high) = (sentence.min(other), sentence.max(other));
    if high - low > 4 {
        return false;
    }
    let doc = reading.doc;
    let has_sum = |s: usize| reading.quantities.money_in(doc.sentences[s].span).next().is_some();
    if (low + 1..=high).any(|s| s != sentence && has_sum(s)) {
        return false;
    }
    let refers = |s: usize| {
        reading.triggers_in(s).iter().any(|&(token, t)| {
            !t.verb
                && (1..=3).any(|n| {
                    token >= n
                        && doc.sentences[s].span.start as usize + n <= token
                        && matches!(doc.form(token - n), "The" | "the" | "This" | "this" | "its" | "Its" | "that")
                })
        })
    };
    refers(high)
}

/// What sort of company it is, as far as its name and the gazetteer tell.
fn trade_features(reading: &Reading<'_>, entity: EntityId, features: &mut Features) {
    let bearer = reading.entity(entity);
    if bearer.kind != EntityKind::Company {
        return;
    }
    if let Some(company) = bearer.known_company() {
        for trade in reading.lexicon.gazetteer().companies()[company as usize].trades.iter().take(3) {
            features.add1("trade", trade);
        }
        features.add("known company");
    }
    if let Some(last) = bearer.names.first().and_then(|name| name.rsplit(' ').next())
        && reading.lexicon.words().is(key_of(last), Class::CompanyWord)
    {
        features.add1("named", last);
    }
}

/// How a place stands to other places beside it: "Turin, Italy", "Dresden in Saxony".
fn place_features(reading: &Reading<'_>, mention: &Mention, features: &mut Features) {
    let doc = reading.doc;
    let end = mention.span.end as usize;
    if doc.form(end) == "," {
        features.add("comma behind");
    }
    if mention.span.start > 0 && doc.form(mention.span.start as usize - 1) == "," {
        features.add("comma before");
    }
    let form = doc.form(mention.span.end as usize - 1);
    if form.ends_with("-based") {
        features.add("based");
    }
}

/// A country that the money may go to.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountryFiller {
    /// Index of the country.
    pub country: u32,
    /// Probability.
    pub probability: f32,
    /// The mention that speaks for it.
    pub mention: Span,
}

/// What is already known of an event when its countries are judged.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Who pays.
    pub investors: Vec<EntityId>,
    /// Who gets it.
    pub recipients: Vec<EntityId>,
    /// Where it goes.
    pub places: Vec<EntityId>,
    /// Where the money of the event just before goes.
    pub last: Vec<u32>,
    /// Where the money of any event before goes.
    pub any: Vec<u32>,
    /// For each company the countries that it is said to be of.
    pub seats: Vec<(EntityId, u32)>,
}

/// The countries that an event's money may go to.
pub(super) fn country_fillers(reading: &Reading<'_>, event: &Event, known: &Known, judge: &mut impl Judge) -> Vec<CountryFiller> {
    let mut best: Vec<(u32, Mention, usize)> = Vec::new();
    for mention in &reading.mentions {
        let Some(country) = reading.country_of(mention.entity) else { continue };
        let far = distance(reading, event, mention);
        match best.iter_mut().find(|(c, _, _)| *c == country) {
            Some(entry) if far < entry.2 => (entry.1, entry.2) = (*mention, far),
            Some(_) => {}
            None => best.push((country, *mention, far)),
        }
    }
    let mut features = judge.features();
    let mut found = Vec::new();
    let rivals = best.iter().filter(|(_, m, _)| reading.doc.sentence_of(m.span.start as usize) == event.sentence).count();
    for (country, mention, _) in best {
        features.clear();
        country_features(reading, event, country, &mention, known, rivals, &mut features);
        features.cross(event.kind.name());
        let names = [reading.code(country).to_owned()];
        let p = judge.judge(Task::Country, &Candidate::Role { event: event.index, names: &names }, &features);
        found.push(CountryFiller { country, probability: p[1], mention: mention.span });
    }
    found
}

fn country_features(
    reading: &Reading<'_>,
    event: &Event,
    country: u32,
    mention: &Mention,
    known: &Known,
    rivals: usize,
    features: &mut Features,
) {
    role_features(reading, event, mention.entity, mention, Task::Country, features);
    features.add1("rivals", bucket(rivals));
    let last = if known.last.contains(&country) {
        "same"
    } else if known.last.is_empty() {
        "nobody"
    } else {
        "other"
    };
    features.add2("last", last, bucket(rivals));
    if known.any.contains(&country) {
        features.add2("any", last, bucket(rivals));
    }
    if reading.main_country == Some(country) {
        features.add("main country");
        features.add1("main country, rivals", bucket(rivals));
    }
    if known.places.iter().any(|&p| reading.country_of(p) == Some(country)) {
        features.add("of a place");
    } else if !known.places.is_empty() {
        features.add("places elsewhere");
    }
    let code = reading.code(country);
    let seated = |id: EntityId| known.seats.contains(&(id, country)) || reading.known_seat(id) == Some(code);
    for (list, role) in [(&known.investors, "investor"), (&known.recipients, "recipient")] {
        if list.is_empty() {
            features.add1("nobody", role);
        } else if list.iter().any(|&id| seated(id)) {
            features.add1("seat of", role);
        } else {
            features.add1("not seat of", role);
        }
        if list.iter().any(|&id| matches!(reading.entity(id).kind, EntityKind::Country(c) if c == country)) {
            features.add1("is", role);
        }
    }
}

/// A year and the words that state it.
pub(super) type Year = (i16, Span);

/// The first and last year of an event.
pub(super) fn years(reading: &Reading<'_>, event: &Event, judge: &mut impl Judge) -> (Option<Year>, Option<Year>) {
    let doc = reading.doc;
    let whole = doc.sentences[event.sentence].span;
    let mut features = judge.features();
    let mut from: Option<(Year, f32)> = None;
    let mut until: Option<(Year, f32)> = None;
    for year in reading.quantities.years.iter().filter(|y| whole.covers(y.span)) {
        features.clear();
        let first = i16::try_from(year.year).unwrap_or_default();
        let last = year.end.and_then(|y| i16::try_from(y).ok()).unwrap_or(first);
        year_features(reading, event, year.span, year.end.is_some(), &format!("{:?}", year.relation), &mut features);
        features.cross(event.kind.name());
        let p = judge.judge(Task::Year, &Candidate::Year { event: event.index, years: (first, last) }, &features);
        let (class, probability) = p.iter().copied().enumerate().fold((0, 0.0), |best, (i, p)| if p > best.1 { (i, p) } else { best });
        if matches!(class, 1 | 3) && from.is_none_or(|f| f.1 < probability) {
            from = Some(((first, year.span), probability));
        }
        if matches!(class, 2 | 3) && until.is_none_or(|f| f.1 < probability) {
            until = Some(((last, year.span), probability));
        }
    }
    (from.map(|f| f.0), until.map(|u| u.0))
}

fn year_features(reading: &Reading<'_>, event: &Event, span: Span, stretch: bool, relation: &str, features: &mut Features) {
    let doc = reading.doc;
    let before = span.end <= event.span.start;
    let side = if before { "before" } else { "after" };
    let (from, to) = if before { (span.end as usize, event.span.start as usize) } else { (event.span.end as usize, span.start as usize) };
    features.add2("distance", side, bucket(to.saturating_sub(from)));
    features.add1("relation", relation);
    features.add2("relation, distance", relation, bucket(to.saturating_sub(from)));
    features.add1("stage", event.stage.name());
    features.add2("stage, relation", event.stage.name(), relation);
    if stretch {
        features.add("stretch");
    }
    let (start, end) = (span.start as usize, span.end as usize);
    for n in 1..=4 {
        if start >= n {
            features.add1("near-before", doc.form(start - n));
            if n <= 2 {
                features.add2("before", if n == 1 { "1" } else { "2" }, doc.form(start - n));
            }
        }
    }
    if start >= 2 {
        features.add2("before2", doc.form(start - 2), doc.form(start - 1));
    }
    features.add1("next", doc.form(end));
    for &(token, trigger) in reading.triggers_in(event.sentence) {
        if (token >= from && token < to) || token.abs_diff(start) <= 5 {
            features.add2("trigger", side, reading.lexicon.patterns().lemma(trigger));
        }
    }
    features.add2("sums between", side, bucket(sums_between(reading, from, to).count()));
}

/// The sums between two tokens that are no conversions; none where the second lies before the first.
fn sums_between<'a>(reading: &'a Reading<'_>, from: usize, to: usize) -> impl Iterator<Item = &'a MoneyMention> {
    reading.quantities.money_in(Span::new(from, to.max(from))).filter(|m| m.equivalent_of.is_none())
}
