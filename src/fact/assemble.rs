//! Makes an article's facts of what was read: judges events and roles, joins what is told twice, and quotes the words.

use rustc_hash::FxHashSet;

use super::event::{Anchor, Event, Filled, find_events, judge_kind};
use super::reading::Reading;
use super::relate::{self, Deeds, Link};
use super::role::{BELIEF, Earlier, Filler, Known, country_fillers, fillers, years};
use super::staff::{Post, Staffing, staffings};
use super::{
    ArticleFacts, Confidence, CountryCode, Entity, Evidence, Investment, JobCommitment, Kind, Money, Object, Party, Predicate, Relation,
    Slot,
};
use crate::lexicon::{Judge, Task};
use crate::mention::{EntityId, EntityKind};
use crate::text::syntax::Deprel;
use crate::text::{CharIndex, SentenceKind, Span};

/// Probabilities above which a role has a second filler beside the likeliest.
const SECOND_INVESTOR: f32 = 0.4;
const SECOND_RECIPIENT: f32 = 0.38;
const SECOND_COUNTRY: f32 = 0.5;
const SECOND_PLACE: f32 = 0.3;
/// What it takes from the confidence in an investment that nobody is found to make or to get.
const NOBODY: f32 = 0.85;

/// An event with the fillers of its roles, or several events that tell of one investment.
#[derive(Debug, Clone)]
struct Told {
    events: Vec<usize>,
    investors: Vec<Filler>,
    recipients: Vec<Filler>,
    places: Vec<Filler>,
    initiatives: Vec<Filler>,
    countries: Vec<(u32, f32, Span)>,
    from: Option<(i16, Span)>,
    until: Option<(i16, Span)>,
}

/// Makes the facts of one article.
pub fn assemble(name: &str, reading: &Reading<'_>, judge: &mut impl Judge) -> ArticleFacts {
    let seats: Vec<Link> =
        relate::seats(reading, judge).into_iter().filter(|l| l.probability >= relate::belief(Predicate::BasedIn)).collect();
    let mut events = find_events(reading, judge);
    let mut told: Vec<Told> = Vec::with_capacity(events.len());
    for i in 0..events.len() {
        let next = tell(reading, &events, i, &seats, &told, judge);
        let filled = Filled {
            investors: &ids(&next.investors),
            recipients: &ids(&next.recipients),
            places: next.places.len(),
            countries: next.countries.len(),
        };
        judge_kind(reading, &mut events, i, &filled, judge);
        told.push(next);
    }
    let mut joined = join(reading, &events, told);
    continued(reading, &events, &mut joined);
    let mut groups = vec![usize::MAX; events.len()];
    for (group, told) in joined.iter().enumerate() {
        for &event in &told.events {
            groups[event] = group;
        }
    }
    let staff = staffings(reading, &events, &groups, judge);
    let deeds = deeds(&joined);
    let mut links = relate::operations(reading, &seats, &deeds, judge);
    links.splice(0..0, seats);
    links.extend(relate::ownership(reading, &deeds, judge));
    links.extend(relate::initiatives(reading, &deeds, judge));
    links.retain(|l| l.probability >= relate::belief(l.predicate));
    share_in_lists(reading, &mut links);
    share_initiatives(reading, &events, &links, &mut joined);
    Writer { reading, chars: CharIndex::new(reading.doc.text), events: &events }.write(name, &joined, &staff, &links)
}

/// Fills the roles of one event; `before` are the events before it in the text.
fn tell(reading: &Reading<'_>, events: &[Event], index: usize, seats: &[Link], before: &[Told], judge: &mut impl Judge) -> Told {
    let event = &events[index];
    let sentence = before.last().map_or(0, |t| events[t.events[0]].sentence);
    let earlier = |same: fn(&Told) -> &Vec<Filler>, opposite: fn(&Told) -> &Vec<Filler>, taken: &[Filler]| Earlier {
        sentence,
        exists: !before.is_empty(),
        last: before.last().map(|t| ids(same(t))).unwrap_or_default(),
        any: before.iter().flat_map(|t| ids(same(t))).collect(),
        opposite: before.iter().flat_map(|t| ids(opposite(t))).collect(),
        taken: ids(taken),
    };
    let investors = likely(
        fillers(reading, event, Task::Investor, &earlier(|t| &t.investors, |t| &t.recipients, &[]), judge),
        |f| f.probability,
        SECOND_INVESTOR,
    );
    let investors = declared_investors(event, investors);
    let mut recipients = likely(
        fillers(reading, event, Task::Recipient, &earlier(|t| &t.recipients, |t| &t.investors, &investors), judge),
        |f| f.probability,
        SECOND_RECIPIENT,
    );
    let places = likely(
        fillers(reading, event, Task::Place, &earlier(|t| &t.places, |t| &t.recipients, &[]), judge),
        |f| f.probability,
        SECOND_PLACE,
    );
    let initiatives = fillers(reading, event, Task::Initiative, &earlier(|t| &t.initiatives, |t| &t.recipients, &[]), judge);
    // Nobody buys or funds himself: the likelier role stays.
    recipients.retain(|r| !investors.iter().any(|i| i.entity == r.entity && i.probability >= r.probability));
    let known = Known {
        investors: ids(&investors),
        recipients: ids(&recipients),
        places: ids(&places),
        last: before.last().map(|t| t.countries.iter().map(|c| c.0).collect()).unwrap_or_default(),
        any: before.iter().flat_map(|t| t.countries.iter().map(|c| c.0)).collect(),
        seats: seats.iter().filter_map(|l| reading.country_of(l.object).map(|c| (l.subject, c))).collect(),
    };
    let mut judged = country_fillers(reading, event, &known, judge);
    judged.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let only = if event.declared.is_empty() || !recipients.is_empty() { None } else { judged.first().copied() };
    let mut countries = likely(judged, |c| c.probability, SECOND_COUNTRY);
    if countries.is_empty() {
        // What is clearly stated to be invested goes somewhere: to the likeliest country of the article.
        countries.extend(only);
    }
    let countries = countries.into_iter().map(|c| (c.country, c.probability, c.mention)).collect();
    let (from, until) = years(reading, event, judge);
    Told { events: vec![index], investors, recipients, places, initiatives, countries, from, until }
}

/// Where the grammar alone says who pays, these and no others.
fn declared_investors(event: &Event, judged: Vec<Filler>) -> Vec<Filler> {
    if event.declared.is_empty() {
        return judged;
    }
    let probability = |id: EntityId| judged.iter().find(|f| f.entity == id).map_or(event.exists, |f| f.probability.max(event.exists));
    event.declared.iter().map(|&(entity, mention)| Filler { entity, probability: probability(entity), mention }).collect()
}

/// The likeliest filler, if it is believed at all, and others that are likely by themselves.
fn likely<T>(fillers: Vec<T>, probability: impl Fn(&T) -> f32, second: f32) -> Vec<T> {
    let most = fillers.iter().map(&probability).fold(0.0, f32::max);
    fillers.into_iter().filter(|f| probability(f) >= second || (probability(f) >= BELIEF && probability(f) >= most)).collect()
}

fn ids(fillers: &[Filler]) -> Vec<EntityId> {
    fillers.iter().map(|f| f.entity).collect()
}

/// Joins events that tell of the same investment; leaves out those without a sum that say nothing new.
fn join(reading: &Reading<'_>, events: &[Event], told: Vec<Told>) -> Vec<Told> {
    let mut joined: Vec<Told> = Vec::new();
    let (sums, others): (Vec<Told>, Vec<Told>) = told.into_iter().partition(|t| matches!(events[t.events[0]].anchor, Anchor::Money(_)));
    for told in sums {
        match joined.iter_mut().find(|j| same_sum(reading, events, j, &told) && (agree(j, &told) || is_headline(reading, events, j))) {
            Some(first) => {
                // A headline names the parent or nobody; who really pays stands in the body.
                if !agree(first, &told) {
                    first.investors.clear();
                    first.recipients.clear();
                }
                first.absorb(told);
            }
            None => joined.push(told),
        }
    }
    // "GSK and Accenture are to announce investments": each makes its own.
    let others = others.into_iter().flat_map(|told| {
        let several = told.investors.len() > 1 && !events[told.events[0]].declared.is_empty();
        let parts: Vec<Told> = if several {
            told.investors.iter().map(|investor| Told { investors: vec![*investor], ..told.clone() }).collect()
        } else {
            vec![told]
        };
        parts
    });
    for told in others {
        if told.investors.is_empty() || (told.recipients.is_empty() && told.countries.is_empty() && told.places.is_empty()) {
            continue;
        }
        let event = &events[told.events[0]];
        let covered = joined.iter().any(|j| matches!(events[j.events[0]].anchor, Anchor::Money(_)) && covers(j, &told));
        if covered {
            continue;
        }
        match joined.iter_mut().find(|j| {
            let first = &events[j.events[0]];
            matches!(first.anchor, Anchor::Trigger(_)) && first.kind == event.kind && covers(j, &told)
        }) {
            Some(first) => first.absorb(told),
            None => joined.push(told),
        }
    }
    joined
}

/// "companies such as GSK and Accenture": what is said of one is said of those joined to it by "and" or a comma.
fn share_in_lists(reading: &Reading<'_>, links: &mut Vec<Link>) {
    let mut shared: Vec<Link> = Vec::new();
    for link in links.iter().filter(|l| matches!(l.predicate, Predicate::OperatesIn | Predicate::ParticipatesIn)) {
        let sentence = reading.doc.sentence_of(link.subject_mention.start as usize);
        if sentence != reading.doc.sentence_of(link.object_mention.start as usize) {
            continue;
        }
        for mention in reading.mentions_in(sentence) {
            let company = reading.entity(mention.entity).kind == EntityKind::Company;
            let (first, second) = if mention.span < link.subject_mention {
                (mention.span, link.subject_mention)
            } else {
                (link.subject_mention, mention.span)
            };
            let joined = second.start == first.end + 1 && matches!(reading.doc.form(first.end as usize), "and" | "&");
            let object = |l: &Link| reading.country_of(l.object).ok_or(l.object);
            let told = links
                .iter()
                .chain(&shared)
                .any(|l| l.subject == mention.entity && l.predicate == link.predicate && object(l) == object(link));
            if company && joined && !told {
                shared.push(Link { subject: mention.entity, subject_mention: mention.span, ..*link });
            }
        }
    }
    links.extend(shared);
}

/// A company that takes part in an initiative told in the same sentence as its investment invests under it.
fn share_initiatives(reading: &Reading<'_>, events: &[Event], links: &[Link], joined: &mut [Told]) {
    for link in links.iter().filter(|l| l.predicate == Predicate::ParticipatesIn) {
        for told in joined.iter_mut().filter(|t| t.initiatives.is_empty() && t.investors.iter().any(|f| f.entity == link.subject)) {
            let mention =
                told.events.iter().find_map(|&e| reading.mentions_in(events[e].sentence).iter().find(|m| m.entity == link.object));
            if let Some(mention) = mention {
                told.initiatives.push(Filler { entity: link.object, probability: link.probability, mention: mention.span });
            }
        }
    }
}

/// "The investment will also expand its centre in Lyon": places told of the last investment in a sentence of its own.
fn continued(reading: &Reading<'_>, events: &[Event], joined: &mut [Told]) {
    for sentence in 0..reading.doc.sentences.len() {
        if events.iter().any(|e| e.sentence == sentence) || !speaks_of_investment(reading, sentence) {
            continue;
        }
        let earlier =
            |wanted: &dyn Fn(&Event) -> bool| events.iter().rposition(|e| e.sentence < sentence && e.kind == Kind::Project && wanted(e));
        let last = earlier(&|e| matches!(e.anchor, Anchor::Money(_))).or_else(|| earlier(&|_| true));
        let Some(told) = last.and_then(|i| joined.iter_mut().find(|t| t.events.contains(&i))) else { continue };
        for mention in reading.mentions_in(sentence) {
            let place = matches!(reading.entity(mention.entity).kind, EntityKind::Place(_));
            let known = told.places.iter().any(|f| f.entity == mention.entity);
            if place && !known && matches!(reading.lead_in(mention.span), "in" | "at" | "near" | "outside") {
                told.places.push(Filler { entity: mention.entity, probability: CONTINUED, mention: mention.span });
            }
        }
    }
}

/// Probability of a place that a later sentence adds.
const CONTINUED: f32 = 0.6;

/// Whether the subject of a sentence is "the investment".
fn speaks_of_investment(reading: &Reading<'_>, sentence: usize) -> bool {
    let Some(tree) = reading.tree(sentence) else { return false };
    let patterns = reading.lexicon.patterns();
    reading.triggers_in(sentence).iter().any(|&(token, trigger)| {
        let subject = matches!(tree.label(Span::new(token, token + 1)), Some(Deprel::Nsubj | Deprel::NsubjPass));
        let definite = tree.children(token).any(|(t, _)| matches!(reading.doc.form(t), "The" | "the" | "This" | "this"));
        !trigger.verb && patterns.pattern(trigger).name == "invest" && subject && definite
    })
}

/// Whether an investment was told in the headline only, so far.
fn is_headline(reading: &Reading<'_>, events: &[Event], told: &Told) -> bool {
    told.events.iter().all(|&e| reading.doc.sentences[events[e].sentence].kind == SentenceKind::Headline)
}

/// Whether two events have the same sum, directly or through a conversion; a headline may round it.
fn same_sum(reading: &Reading<'_>, events: &[Event], a: &Told, b: &Told) -> bool {
    a.events.iter().any(|&x| {
        b.events.iter().any(|&y| {
            let rounded = [x, y].iter().any(|&e| reading.doc.sentences[events[e].sentence].kind == SentenceKind::Headline);
            let limit = if rounded { 5.0 } else { 0.5 };
            sums_of(reading, &events[x])
                .iter()
                .any(|m| sums_of(reading, &events[y]).iter().any(|n| m.currency == n.currency && m.amount.near(n.amount, limit)))
        })
    })
}

/// An event's sum and its conversions.
fn sums_of(reading: &Reading<'_>, event: &Event) -> Vec<Money> {
    let Anchor::Money(i) = event.anchor else { return Vec::new() };
    let money = &reading.quantities.money;
    std::iter::once(money[i].money).chain(money.iter().filter(|m| m.equivalent_of == Some(i)).map(|m| m.money)).collect()
}

fn overlap(a: &[Filler], b: &[Filler]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|x| b.iter().any(|y| x.entity == y.entity))
}

fn agree(a: &Told, b: &Told) -> bool {
    overlap(&a.investors, &b.investors) && overlap(&a.recipients, &b.recipients)
}

/// Whether an event without a sum is told by another already: same investor, and nothing that differs.
fn covers(whole: &Told, part: &Told) -> bool {
    let investor = whole.investors.iter().any(|x| part.investors.iter().any(|y| x.entity == y.entity));
    let recipient = !part.recipients.is_empty() && whole.recipients.iter().any(|x| part.recipients.iter().any(|y| x.entity == y.entity));
    let country = whole.countries.is_empty()
        || part.countries.is_empty()
        || whole.countries.iter().any(|x| part.countries.iter().any(|y| x.0 == y.0));
    (investor && country && overlap(&whole.recipients, &part.recipients)) || (recipient && overlap(&whole.investors, &part.investors))
}

impl Told {
    fn absorb(&mut self, other: Self) {
        self.events.extend(other.events);
        for (mine, theirs) in [
            (&mut self.investors, other.investors),
            (&mut self.recipients, other.recipients),
            (&mut self.places, other.places),
            (&mut self.initiatives, other.initiatives),
        ] {
            for filler in theirs {
                match mine.iter_mut().find(|f| f.entity == filler.entity) {
                    Some(f) if f.probability < filler.probability => *f = filler,
                    Some(_) => {}
                    None => mine.push(filler),
                }
            }
        }
        for (country, p, span) in other.countries {
            match self.countries.iter_mut().find(|c| c.0 == country) {
                Some(c) => c.1 = c.1.max(p),
                None => self.countries.push((country, p, span)),
            }
        }
        self.from = self.from.or(other.from);
        self.until = self.until.or(other.until);
    }
}

fn deeds(joined: &[Told]) -> Deeds {
    let mut deeds = Deeds::default();
    for told in joined {
        for &(country, ..) in &told.countries {
            deeds.invests.extend(told.investors.iter().map(|f| (f.entity, country)));
            deeds.receives.extend(told.recipients.iter().map(|f| (f.entity, country)));
            deeds.hosts.extend(told.initiatives.iter().map(|f| (f.entity, country)));
        }
        for programme in &told.initiatives {
            deeds.under.extend(told.investors.iter().chain(&told.recipients).map(|f| (f.entity, programme.entity)));
        }
        for buyer in &told.investors {
            deeds.buys.extend(told.recipients.iter().map(|f| (buyer.entity, f.entity)));
        }
    }
    deeds
}

struct Writer<'a> {
    reading: &'a Reading<'a>,
    chars: CharIndex,
    events: &'a [Event],
}

impl Writer<'_> {
    fn write(&self, name: &str, joined: &[Told], staff: &[Staffing], links: &[Link]) -> ArticleFacts {
        let mut facts = ArticleFacts { article: name.to_owned(), ..ArticleFacts::default() };
        for (_, entity) in self.reading.entities.iter() {
            let row = Entity {
                names: entity.names.clone(),
                id: entity.known_company().map(|i| self.reading.lexicon.gazetteer().companies()[i as usize].id.clone()),
            };
            match entity.kind {
                EntityKind::Company => facts.companies.push(row),
                EntityKind::Initiative => facts.initiatives.push(row),
                EntityKind::Country(c) => facts.countries.extend(self.code(c)),
                _ => {}
            }
        }
        facts.investments = joined.iter().map(|told| self.investment(told, staff)).collect();
        facts.jobs = staff.iter().filter_map(|s| self.job(s)).collect();
        facts.relations = links.iter().filter_map(|l| self.relation(l)).collect();
        let used = facts.investments.iter().flat_map(|i| i.countries.iter().copied());
        let related = facts.relations.iter().filter_map(|r| if let Object::Country(c) = r.object { Some(c) } else { None });
        let mut listed: FxHashSet<CountryCode> = FxHashSet::default();
        let all: Vec<CountryCode> = facts.countries.iter().copied().chain(used).chain(related).collect();
        facts.countries = all.into_iter().filter(|c| listed.insert(*c)).collect();
        facts
    }

    fn code(&self, country: u32) -> Option<CountryCode> {
        self.reading.code(country).parse().ok()
    }

    fn evidence(&self, slot: Slot, span: Span) -> Evidence {
        let doc = self.reading.doc;
        let (start, end) = doc.bytes_of(span);
        Evidence {
            slot,
            quote: doc.text[start..end].to_owned(),
            start: self.chars.character(doc.text, start),
            end: self.chars.character(doc.text, end),
        }
    }

    fn name(&self, id: EntityId) -> String {
        self.reading.entity(id).names.first().cloned().unwrap_or_default()
    }

    fn party(&self, id: EntityId) -> Option<Party> {
        if let Some(country) = self.reading.state_of(id) {
            return self.code(country).map(Party::Country);
        }
        Some(match self.reading.entity(id).kind {
            EntityKind::Company => Party::Company(self.name(id)),
            EntityKind::Person => Party::Person(self.name(id)),
            _ => Party::PublicBody(self.name(id)),
        })
    }

    /// The event whose figure counts: the first of the body, else the headline's.
    fn leading(&self, told: &Told) -> &Event {
        let body = |e: &&usize| self.reading.doc.sentences[self.events[**e].sentence].kind != SentenceKind::Headline;
        let with_sum = |e: &&usize| matches!(self.events[**e].anchor, Anchor::Money(_));
        let index = told
            .events
            .iter()
            .filter(with_sum)
            .find(body)
            .or_else(|| told.events.iter().find(with_sum))
            .or_else(|| told.events.iter().find(body))
            .unwrap_or(&told.events[0]);
        &self.events[*index]
    }

    fn investment(&self, told: &Told, staff: &[Staffing]) -> Investment {
        let leading = self.leading(told);
        let (kind, stage) = self.kind_and_stage(told);
        let mut evidence = Vec::new();
        let mut equivalents: Vec<Money> = Vec::new();
        let mut amount = None;
        if let Anchor::Money(i) = leading.anchor {
            let money = &self.reading.quantities.money;
            amount = Some(money[i].money);
            evidence.push(self.evidence(Slot::Amount, money[i].span));
            for &event in &told.events {
                let Anchor::Money(j) = self.events[event].anchor else { continue };
                for mention in money.iter().enumerate().filter(|(k, m)| *k != i && (m.equivalent_of == Some(j))).map(|(_, m)| m) {
                    let new = mention.money.currency != money[i].money.currency
                        && !equivalents.iter().any(|e| e.currency == mention.money.currency);
                    if new {
                        equivalents.push(mention.money);
                        evidence.push(self.evidence(Slot::Equivalent, mention.span));
                    }
                }
            }
        }
        if let Some((token, _)) = leading.lead {
            evidence.insert(0, self.evidence(Slot::Trigger, Span::new(token, token + 1)));
        }
        for (slot, list) in [
            (Slot::Investor, &told.investors),
            (Slot::Recipient, &told.recipients),
            (Slot::Place, &told.places),
            (Slot::Initiative, &told.initiatives),
        ] {
            evidence.extend(list.iter().map(|f| self.evidence(slot, f.mention)));
        }
        evidence.extend(told.countries.iter().map(|c| self.evidence(Slot::Country, c.2)));
        evidence.extend(told.from.map(|y| self.evidence(Slot::From, y.1)));
        evidence.extend(told.until.map(|y| self.evidence(Slot::Until, y.1)));
        let own = staff.iter().filter(|s| matches!(s.post, Post::Event(e) if told.events.contains(&e)));
        let jobs = own
            .fold(None, |best: Option<&Staffing>, s| if best.is_none_or(|b| s.probability > b.probability + 0.1) { Some(s) } else { best });
        let counts = &self.reading.quantities.counts;
        evidence.extend(jobs.map(|s| self.evidence(Slot::Jobs, counts[s.count].span)));
        let names = |list: &[Filler]| -> Vec<String> { dedup(list.iter().map(|f| self.name(f.entity))) };
        Investment {
            kind,
            stage,
            recipients: names(&told.recipients),
            places: names(&told.places),
            initiatives: names(&told.initiatives),
            investors: dedup(told.investors.iter().filter_map(|f| self.party(f.entity))),
            countries: dedup(told.countries.iter().filter_map(|c| self.code(c.0))),
            amount,
            equivalents,
            jobs: jobs.map(|s| counts[s.count].count),
            from: told.from.map(|y| y.0),
            until: told.until.map(|y| y.0),
            confidence: self.confidence(told),
            found_by: self.found_by(told, leading),
            evidence,
        }
    }

    /// The kind and stage of the event that is surest of them.
    fn kind_and_stage(&self, told: &Told) -> (Kind, super::Stage) {
        let mut kinds: Vec<(f32, Kind)> = Vec::new();
        let mut stages: Vec<(f32, super::Stage)> = Vec::new();
        for &e in &told.events {
            let event = &self.events[e];
            let headline = self.reading.doc.sentences[event.sentence].kind == SentenceKind::Headline;
            let weight = if headline { 0.6 } else { 1.0 };
            match kinds.iter_mut().find(|k| k.1 == event.kind) {
                Some(k) => k.0 += event.probability * weight,
                None => kinds.push((event.probability * weight, event.kind)),
            }
            match stages.iter_mut().find(|s| s.1 == event.stage) {
                Some(s) => s.0 += event.stage_probability * weight,
                None => stages.push((event.stage_probability * weight, event.stage)),
            }
        }
        let kind = kinds.iter().fold((0.0, Kind::Project), |best, k| if k.0 > best.0 { *k } else { best }).1;
        let stage = stages.iter().fold((0.0, super::Stage::Planned), |best, s| if s.0 > best.0 { *s } else { best }).1;
        (kind, stage)
    }

    /// How likely all of it is right: that it is an investment, and that each of its roles is filled rightly.
    fn confidence(&self, told: &Told) -> Confidence {
        let exists = told.events.iter().map(|&e| self.events[e].exists).fold(0.0, f32::max);
        let fillers = told.investors.iter().chain(&told.recipients).chain(&told.places).map(|f| f.probability);
        let roles: f32 = fillers.chain(told.countries.iter().map(|c| c.1)).product();
        let nobody = told.investors.is_empty() && told.recipients.is_empty();
        Confidence::new(f64::from(exists * roles * if nobody { NOBODY } else { 1.0 }))
    }

    fn found_by(&self, told: &Told, leading: &Event) -> String {
        let patterns = self.reading.lexicon.patterns();
        let trigger = leading
            .lead
            .map_or_else(String::new, |(token, t)| format!("{} \"{}\"", patterns.pattern(t).name, self.reading.doc.form(token)));
        let role = |name: &str, list: &[Filler]| -> String {
            list.iter().fold(String::new(), |told, f| {
                told + &format!("; {name} {} from \"{}\" ({:.2})", self.name(f.entity), self.reading.doc.text_of(f.mention), f.probability)
            })
        };
        format!(
            "{trigger}; {} ({:.2}), {} ({:.2}){}{}{}",
            leading.kind.name(),
            leading.probability,
            leading.stage.name(),
            leading.stage_probability,
            role("investor", &told.investors),
            role("recipient", &told.recipients),
            role("place", &told.places),
        )
    }

    fn job(&self, staffing: &Staffing) -> Option<JobCommitment> {
        let Post::Own(company) = staffing.post else { return None };
        let count = &self.reading.quantities.counts[staffing.count];
        let sentence = self.reading.doc.sentence_of(count.span.start as usize);
        let near = self.reading.mentions_in(sentence).iter().find_map(|m| self.reading.country_of(m.entity).map(|c| (c, m.span)));
        let country = near.map(|n| n.0).or(self.reading.main_country).and_then(|c| self.code(c));
        let mut evidence = vec![self.evidence(Slot::Jobs, count.span)];
        evidence.extend(company.map(|(_, span)| self.evidence(Slot::Subject, span)));
        evidence.extend(self.country_span(near, country).map(|span| self.evidence(Slot::Country, span)));
        Some(JobCommitment {
            company: company.map(|(id, _)| self.name(id)),
            country,
            jobs: count.count,
            evidence,
            confidence: Confidence::new(f64::from(staffing.probability)),
            found_by: "jobs".to_owned(),
        })
    }

    fn country_span(&self, near: Option<(u32, Span)>, code: Option<CountryCode>) -> Option<Span> {
        near.map(|n| n.1).or_else(|| {
            let code = code?;
            self.reading
                .mentions
                .iter()
                .find(|m| self.reading.country_of(m.entity).is_some_and(|c| self.reading.code(c) == code.as_str()))
                .map(|m| m.span)
        })
    }

    fn relation(&self, link: &Link) -> Option<Relation> {
        let object = match link.predicate {
            Predicate::BasedIn | Predicate::OperatesIn | Predicate::InitiativeOf => {
                Object::Country(self.code(self.reading.country_of(link.object)?)?)
            }
            Predicate::SubsidiaryOf => Object::Company(self.name(link.object)),
            Predicate::ParticipatesIn => Object::Initiative(self.name(link.object)),
        };
        Some(Relation {
            subject: self.name(link.subject),
            predicate: link.predicate,
            object,
            evidence: vec![self.evidence(Slot::Subject, link.subject_mention), self.evidence(Slot::Object, link.object_mention)],
            confidence: Confidence::new(f64::from(link.probability)),
            found_by: link.predicate.name().to_owned(),
        })
    }
}

fn dedup<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}
