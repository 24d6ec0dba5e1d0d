//! Judges which relations hold between the entities of an article.
//! "Canadian firm Brookfield" → Brookfield basedIn CA; "Google, a unit of Alphabet" → Google subsidiaryOf Alphabet.

use rustc_hash::FxHashSet;

use super::Predicate;
use super::reading::Reading;
use super::role::names_of;
use crate::lexicon::{Candidate, Class, Features, Judge, NameKind, Task};
use crate::mention::{EntityId, EntityKind, Mention, MentionForm};
use crate::text::{Shape, Span, key_of};

/// A relation that was judged, with the two mentions that speak most for it.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Of whom.
    pub subject: EntityId,
    /// What.
    pub predicate: Predicate,
    /// The other entity; a place stands for its country.
    pub object: EntityId,
    /// Probability.
    pub probability: f32,
    /// The subject's words.
    pub subject_mention: Span,
    /// The object's words.
    pub object_mention: Span,
}

/// What the events say of a pair, for its features.
#[derive(Debug, Default)]
pub struct Deeds {
    /// Company and country: the company invests there.
    pub invests: FxHashSet<(EntityId, u32)>,
    /// Company and country: the company is bought or funded there.
    pub receives: FxHashSet<(EntityId, u32)>,
    /// Company and initiative: an investment of the company is made under it.
    pub under: FxHashSet<(EntityId, EntityId)>,
    /// Initiative and country: an investment under it goes there.
    pub hosts: FxHashSet<(EntityId, u32)>,
    /// Buyer and bought.
    pub buys: FxHashSet<(EntityId, EntityId)>,
}

/// Most mentions of one entity that are looked at.
const MENTIONS: usize = 12;

/// Judges seats: which companies are of which country.
pub fn seats(reading: &Reading<'_>, judge: &mut impl Judge) -> Vec<Link> {
    geographic(reading, &Deeds::default(), Task::BasedIn, Predicate::BasedIn, judge)
}

/// Judges where companies operate, once the events are known.
pub fn operations(reading: &Reading<'_>, deeds: &Deeds, judge: &mut impl Judge) -> Vec<Link> {
    geographic(reading, deeds, Task::OperatesIn, Predicate::OperatesIn, judge)
}

/// Pairs of a company and a country, with the place or country mention nearest to the company.
fn geographic(reading: &Reading<'_>, deeds: &Deeds, task: Task, predicate: Predicate, judge: &mut impl Judge) -> Vec<Link> {
    let mut links = Vec::new();
    let mut features = judge.features();
    for (id, entity) in reading.entities.iter() {
        if entity.kind != EntityKind::Company {
            continue;
        }
        let own = mentions_of(reading, id);
        let mut countries: Vec<(u32, Mention, Mention, usize)> = Vec::new();
        for a in &own {
            let here = reading.doc.sentence_of(a.span.start as usize);
            for sentence in here.saturating_sub(1)..(here + 2).min(reading.doc.sentences.len()) {
                for g in reading.mentions_in(sentence) {
                    let Some(country) = reading.country_of(g.entity) else { continue };
                    let far = gap(a.span, g.span) + if sentence == here { 0 } else { 200 };
                    match countries.iter_mut().find(|(c, ..)| *c == country) {
                        Some(entry) if far < entry.3 => (entry.1, entry.2, entry.3) = (*a, *g, far),
                        Some(_) => {}
                        None => countries.push((country, *a, *g, far)),
                    }
                }
            }
        }
        for g in &reading.mentions {
            if let EntityKind::Country(c) = reading.entity(g.entity).kind
                && !countries.iter().any(|(k, ..)| *k == c)
                && (reading.known_seat(id) == Some(reading.code(c)) || reading.main_country == Some(c))
                && let Some(a) = own.first()
            {
                countries.push((c, *a, *g, 999));
            }
        }
        for (country, a, g, far) in countries {
            features.clear();
            geographic_features(reading, id, country, &own, far, deeds, &mut features);
            let object = [reading.code(country).to_owned()];
            let p = judge.judge(task, &Candidate::Pair { subject: &entity.names, object: &object }, &features);
            links.push(Link {
                subject: id,
                predicate,
                object: g.entity,
                probability: p[1],
                subject_mention: a.span,
                object_mention: g.span,
            });
        }
    }
    links
}

fn mentions_of(reading: &Reading<'_>, id: EntityId) -> Vec<Mention> {
    reading.mentions.iter().filter(|m| m.entity == id).take(MENTIONS).copied().collect()
}

fn gap(a: Span, b: Span) -> usize {
    if a.end <= b.start {
        (b.start - a.end) as usize
    } else if b.end <= a.start {
        (a.start - b.end) as usize
    } else {
        0
    }
}

fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=9 => "6",
        10..=19 => "10",
        20..=199 => "20",
        200..=900 => "next",
        _ => "off",
    }
}

fn geographic_features(
    reading: &Reading<'_>,
    id: EntityId,
    country: u32,
    own: &[Mention],
    far: usize,
    deeds: &Deeds,
    features: &mut Features,
) {
    let doc = reading.doc;
    let code = reading.code(country);
    let seat = match reading.known_seat(id) {
        Some(seat) if seat == code => "here",
        Some(_) => "elsewhere",
        None => "unknown",
    };
    features.add1("seat", seat);
    features.add1("nearest", bucket(far));
    features.add2("seat, nearest", seat, bucket(far));
    if reading.main_country == Some(country) {
        features.add1("main country", seat);
    }
    features.add1("rank", bucket(reading.rank(id) as usize));
    for (set, name) in [(&deeds.invests, "invests"), (&deeds.receives, "receives")] {
        if set.contains(&(id, country)) {
            features.add2(name, seat, "yes");
        }
    }
    if deeds.invests.iter().any(|(e, c)| *e == id && *c != country) {
        features.add1("invests elsewhere", seat);
    }
    let holds_country = reading.entity(id).names.iter().any(|name| {
        let country = &reading.lexicon.gazetteer().countries()[country as usize];
        std::iter::once(&country.name).chain(&country.adjectives).any(|n| name.contains(n.as_str()))
    });
    if holds_country {
        features.add("country in name");
    }
    for a in own {
        let sentence = doc.sentence_of(a.span.start as usize);
        for g in reading.mentions_in(sentence) {
            if reading.country_of(g.entity) != Some(country) {
                continue;
            }
            pair_features(reading, a, g, sentence, seat, features);
        }
        if a.form == MentionForm::Description {
            let nation = reading
                .mentions_in(sentence)
                .iter()
                .any(|g| a.span.covers(g.span) && g.span != a.span && reading.country_of(g.entity) == Some(country));
            if nation {
                features.add("described by nation");
            }
        }
    }
}

/// How one mention of a company stands to one of a country or place in the same sentence.
fn pair_features(reading: &Reading<'_>, a: &Mention, g: &Mention, sentence: usize, seat: &str, features: &mut Features) {
    let doc = reading.doc;
    let whole = doc.sentences[sentence].span;
    let side = if g.span.end <= a.span.start { "before" } else { "after" };
    let (from, to) =
        if side == "before" { (g.span.end as usize, a.span.start as usize) } else { (a.span.end as usize, g.span.start as usize) };
    let to = to.max(from);
    let distance = to - from;
    let form = match (g.form, reading.entity(g.entity).kind) {
        (MentionForm::Adjective, _) => "adjective",
        (MentionForm::Description | MentionForm::Pronoun, _) => "reference",
        (_, EntityKind::Place(_)) => "place",
        _ => "country",
    };
    let told = match a.form {
        MentionForm::Name => "name",
        MentionForm::Description => "description",
        _ => "pronoun",
    };
    features.add2("gap", side, bucket(distance));
    features.add2("gap form", form, if side == "before" { bucket(distance) } else { "after" });
    features.add2("told", told, side);
    let lead = reading.lead_in(g.span);
    let next = doc.form(g.span.end as usize);
    if distance <= 12 {
        features.add2("lead-in", side, lead);
        features.add2("lead-in form", form, lead);
        features.add2("next", form, next);
        if form == "adjective" && reading.lexicon.words().is(doc.key(g.span.end as usize), Class::Trade) {
            features.add2("adjective and trade", side, bucket(distance));
        }
    }
    if distance <= 5 {
        let words: Vec<&str> =
            (from..to).map(|t| if reading.lexicon.words().is(doc.key(t), Class::Trade) { "TRADE" } else { doc.form(t) }).collect();
        features.add2("between", side, &words.join(" "));
        features.add2("between form", form, &words.join(" "));
    }
    if side == "before"
        && distance <= 5
        && (from..to).all(|t| {
            !doc.tokens[t].shape.has(Shape::PUNCTUATION)
                && !matches!(doc.form(t), "and" | "of" | "in" | "to" | "for" | "'s" | "’s" | "with" | "by")
        })
    {
        features.add2("leads", form, seat);
    }
    if side == "after" && doc.form(from) == "," && distance <= 8 {
        let plain = (from + 1..to).all(|t| !doc.tokens[t].shape.has(Shape::PUNCTUATION));
        if plain {
            features.add2("apposed", form, doc.form(from + 1));
        }
    }
    if matches!(doc.form(a.span.end as usize), "'s" | "’s" | "'" | "’") && side == "after" && distance <= 5 {
        features.add2("owns", form, next);
    }
    if side == "before" && matches!(doc.form(from), "'s" | "’s") {
        features.add2("owned", form, bucket(distance));
    }
    let hyphen = doc.form(g.span.end as usize - 1);
    if let Some((_, tail)) = hyphen.rsplit_once('-') {
        features.add2("hyphen", side, tail);
        features.add2("hyphen gap", tail, bucket(distance));
    }
    let rivals = reading.mentions_in(sentence).iter().filter(|m| {
        reading.entity(m.entity).kind == EntityKind::Company
            && m.entity != a.entity
            && m.span.start as usize >= from
            && (m.span.end as usize) <= to
    });
    features.add2("rivals", side, bucket(rivals.count()));
    for &(token, trigger) in reading.triggers_in(sentence) {
        let lemma = reading.lexicon.patterns().lemma(trigger);
        if token >= from && token < to {
            features.add2("trigger between", side, lemma);
        } else if whole.covers(Span::new(token, token + 1)) && token.abs_diff(g.span.end as usize) <= 4 {
            features.add2("trigger near", form, lemma);
        }
    }
    for t in from..to {
        if matches!(
            doc.form(t),
            "based"
                | "headquartered"
                | "employs"
                | "operates"
                | "owns"
                | "runs"
                | "has"
                | "headquarters"
                | "office"
                | "offices"
                | "listed"
                | "registered"
                | "already"
                | "existing"
                | "staff"
                | "workers"
                | "people"
        ) {
            features.add2("word between", side, doc.form(t));
        }
    }
    let (start, end) = (g.span.start as usize, g.span.end as usize);
    for t in start.saturating_sub(6).max(whole.start as usize)..(end + 5).min(whole.end as usize) {
        if matches!(
            doc.form(t),
            "employs"
                | "operates"
                | "operations"
                | "factory"
                | "factories"
                | "plant"
                | "plants"
                | "staff"
                | "workers"
                | "stores"
                | "shops"
                | "subsidiary"
                | "market"
                | "customers"
                | "unit"
                | "business"
                | "already"
                | "existing"
                | "currently"
                | "headquarters"
                | "branches"
                | "sites"
        ) {
            features.add1("word near", doc.form(t));
        }
    }
}

/// Judges ownership between companies.
pub fn ownership(reading: &Reading<'_>, deeds: &Deeds, judge: &mut impl Judge) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut features = judge.features();
    let mut pairs: Vec<(EntityId, EntityId, Mention, Mention, usize)> = Vec::new();
    let mut add = |a: Mention, b: Mention, far: usize| match pairs.iter_mut().find(|p| p.0 == a.entity && p.1 == b.entity) {
        Some(pair) if far < pair.4 => (pair.2, pair.3, pair.4) = (a, b, far),
        Some(_) => {}
        None => pairs.push((a.entity, b.entity, a, b, far)),
    };
    let is_company = |m: &&Mention| reading.entity(m.entity).kind == EntityKind::Company;
    for sentence in 0..reading.doc.sentences.len() {
        let here: Vec<&Mention> = reading.mentions_in(sentence).iter().filter(is_company).collect();
        for a in &here {
            for b in &here {
                if a.entity != b.entity && gap(a.span, b.span) <= 14 && !a.span.overlaps(b.span) {
                    add(**a, **b, gap(a.span, b.span));
                }
            }
        }
    }
    let companies: Vec<&Mention> = reading.mentions.iter().filter(|m| m.form == MentionForm::Name).filter(is_company).collect();
    for a in &companies {
        for b in &companies {
            if a.entity != b.entity && (is_known_parent(reading, b.entity, a.entity) || bears_name(reading, a.entity, b.entity)) {
                add(**a, **b, 999);
            }
        }
    }
    for (a, b, am, bm, far) in pairs {
        features.clear();
        ownership_features(reading, a, b, far, deeds, &mut features);
        let (subject, object) = (&reading.entity(a).names, &reading.entity(b).names);
        let p = judge.judge(Task::SubsidiaryOf, &Candidate::Pair { subject, object }, &features);
        links.push(Link {
            subject: a,
            predicate: Predicate::SubsidiaryOf,
            object: b,
            probability: p[1],
            subject_mention: am.span,
            object_mention: bm.span,
        });
    }
    links
}

/// Whether the gazetteer has `parent` as an owner of `child`, at any remove.
fn is_known_parent(reading: &Reading<'_>, parent: EntityId, child: EntityId) -> bool {
    let gazetteer = reading.lexicon.gazetteer();
    let (Some(parent), Some(child)) = (reading.entity(parent).known_company(), reading.entity(child).known_company()) else { return false };
    let parent = &gazetteer.companies()[parent as usize].id;
    let mut at = gazetteer.companies()[child as usize].parent.as_str();
    for _ in 0..5 {
        if at == parent {
            return true;
        }
        at = gazetteer.company(at).map_or("", |c| c.parent.as_str());
    }
    false
}

/// Whether the longer name of `a` begins with, or holds, a whole name of `b`: "GM Europe", "Bangladesh Honda".
fn bears_name(reading: &Reading<'_>, a: EntityId, b: EntityId) -> bool {
    reading.entity(a).names.iter().any(|long| {
        let words: Vec<&str> = long.split(' ').collect();
        reading.entity(b).names.iter().any(|short| {
            let part: Vec<&str> = short.split(' ').collect();
            part.len() < words.len() && short.len() > 2 && words.windows(part.len()).any(|w| w == part)
        })
    })
}

fn ownership_features(reading: &Reading<'_>, a: EntityId, b: EntityId, far: usize, deeds: &Deeds, features: &mut Features) {
    let doc = reading.doc;
    let known = if is_known_parent(reading, b, a) {
        "parent"
    } else if is_known_parent(reading, a, b) {
        "child"
    } else {
        "none"
    };
    features.add1("known", known);
    features.add2("known, nearest", known, bucket(far));
    if bears_name(reading, a, b) {
        features.add1("bears name", known);
    }
    if bears_name(reading, b, a) {
        features.add("gives name");
    }
    if deeds.buys.contains(&(b, a)) {
        features.add("bought by");
    }
    if deeds.buys.contains(&(a, b)) {
        features.add("buys");
    }
    for am in mentions_of(reading, a) {
        let sentence = doc.sentence_of(am.span.start as usize);
        for bm in reading.mentions_in(sentence).iter().filter(|m| m.entity == b) {
            if am.span.overlaps(bm.span) {
                continue;
            }
            let side = if bm.span.end <= am.span.start { "owner first" } else { "unit first" };
            let (from, to) = if side == "owner first" {
                (bm.span.end as usize, am.span.start as usize)
            } else {
                (am.span.end as usize, bm.span.start as usize)
            };
            let distance = to.saturating_sub(from);
            if distance > 14 {
                continue;
            }
            features.add2("gap", side, bucket(distance));
            if distance <= 6 {
                let words: Vec<&str> = (from..to).map(|t| doc.form(t)).collect();
                features.add2("between", side, &words.join(" "));
            }
            for t in from..to {
                features.add2("word", side, doc.form(t));
            }
            if side == "owner first" && matches!(doc.form(from), "'s" | "’s" | "'" | "’") {
                features.add1("possessive", bucket(distance));
                features.add2("possessive of", bucket(distance), known);
            }
            if side == "unit first" && from < to {
                features.add2("opens", doc.form(from), doc.form(from + 1));
                features.add2("closes", doc.form(to.saturating_sub(2).max(from)), doc.form(to - 1));
            }
            let hyphen = doc.form(bm.span.end as usize - 1);
            if hyphen.ends_with("-owned") || hyphen.ends_with("-controlled") {
                features.add1("hyphen", side);
            }
            features.add2("next", side, doc.form(am.span.end.max(bm.span.end) as usize));
            let told = |m: &Mention| if m.form == MentionForm::Name { "name" } else { "reference" };
            features.add2("told", told(&am), told(bm));
            features.add2("before", side, doc.form((am.span.start.min(bm.span.start) as usize).wrapping_sub(1)));
        }
    }
}

/// Judges which companies take part in which initiatives, and whose the initiatives are.
pub fn initiatives(reading: &Reading<'_>, deeds: &Deeds, judge: &mut impl Judge) -> Vec<Link> {
    let mut links = Vec::new();
    let mut features = judge.features();
    let programmes: Vec<EntityId> = reading.entities.iter().filter(|(_, e)| e.kind == EntityKind::Initiative).map(|(id, _)| id).collect();
    for &programme in &programmes {
        let own = mentions_of(reading, programme);
        for (id, entity) in reading.entities.iter() {
            let Some((m, o, far)) = nearest(reading, id, &own) else { continue };
            if entity.kind == EntityKind::Company {
                features.clear();
                participation_features(reading, id, programme, &own, far, deeds, programmes.len(), &mut features);
                let object = &reading.entity(programme).names;
                let p = judge.judge(Task::ParticipatesIn, &Candidate::Pair { subject: &entity.names, object }, &features);
                links.push(Link {
                    subject: id,
                    predicate: Predicate::ParticipatesIn,
                    object: programme,
                    probability: p[1],
                    subject_mention: m.span,
                    object_mention: o.span,
                });
            } else if let EntityKind::Country(country) = entity.kind {
                features.clear();
                host_features(reading, programme, country, &m, &o, far, deeds, &mut features);
                let object = names_of(reading, id);
                let subject = &reading.entity(programme).names;
                let p = judge.judge(Task::InitiativeOf, &Candidate::Pair { subject, object: &object }, &features);
                links.push(Link {
                    subject: programme,
                    predicate: Predicate::InitiativeOf,
                    object: id,
                    probability: p[1],
                    subject_mention: o.span,
                    object_mention: m.span,
                });
            }
        }
    }
    links
}

/// The mention of an entity that is nearest to one of `others`, that one, and the tokens between; a thousand for each sentence.
fn nearest(reading: &Reading<'_>, id: EntityId, others: &[Mention]) -> Option<(Mention, Mention, usize)> {
    let mut best: Option<(Mention, Mention, usize)> = None;
    for m in reading.mentions.iter().filter(|m| m.entity == id) {
        let here = reading.doc.sentence_of(m.span.start as usize);
        for o in others {
            let apart = here.abs_diff(reading.doc.sentence_of(o.span.start as usize));
            let far = apart * 1000 + gap(m.span, o.span).min(900);
            if best.is_none_or(|b| far < b.2) {
                best = Some((*m, *o, far));
            }
        }
    }
    best
}

#[expect(clippy::too_many_arguments, reason = "one decision needs all of the context")]
fn participation_features(
    reading: &Reading<'_>,
    id: EntityId,
    programme: EntityId,
    own: &[Mention],
    far: usize,
    deeds: &Deeds,
    programmes: usize,
    features: &mut Features,
) {
    let doc = reading.doc;
    let apart = far / 1000;
    features.add1("apart", bucket(apart));
    if apart == 0 {
        features.add1("gap", bucket(far));
    }
    let under = if deeds.under.contains(&(id, programme)) { "under" } else { "not under" };
    features.add2("deed", under, bucket(apart));
    features.add1("programmes", bucket(programmes));
    features.add1("rank", bucket(reading.rank(id) as usize));
    features.add1("programme rank", bucket(reading.rank(programme) as usize));
    if reading.is_in_headline(programme) {
        features.add("in headline");
    }
    for o in own {
        let sentence = doc.sentence_of(o.span.start as usize);
        features.add1("lead-in", reading.lead_in(o.span));
        for m in reading.mentions_in(sentence).iter().filter(|m| m.entity == id) {
            let side = if m.span.end <= o.span.start { "before" } else { "after" };
            features.add2("side", side, reading.lead_in(o.span));
            for &(token, trigger) in reading.triggers_in(sentence) {
                if token >= m.span.end.min(o.span.end) as usize && token < m.span.start.max(o.span.start) as usize {
                    features.add2("trigger", side, reading.lexicon.patterns().lemma(trigger));
                }
            }
        }
    }
    initiative_form(reading, programme, features);
}

fn initiative_form(reading: &Reading<'_>, programme: EntityId, features: &mut Features) {
    let entity = reading.entity(programme);
    for kind in &entity.known {
        if let NameKind::Initiative(i) = *kind {
            features.add1("kind", &reading.lexicon.gazetteer().initiatives()[i as usize].kind);
        }
    }
    if let Some(last) = entity.names.first().and_then(|n| n.rsplit(' ').next()) {
        features.add1("last", last);
    }
}

#[expect(clippy::too_many_arguments, reason = "one decision needs all of the context")]
fn host_features(
    reading: &Reading<'_>,
    programme: EntityId,
    country: u32,
    m: &Mention,
    o: &Mention,
    far: usize,
    deeds: &Deeds,
    features: &mut Features,
) {
    let doc = reading.doc;
    let entity = reading.entity(programme);
    let row = &reading.lexicon.gazetteer().countries()[country as usize];
    for kind in &entity.known {
        if let NameKind::Initiative(i) = *kind {
            let own = &reading.lexicon.gazetteer().initiatives()[i as usize].country;
            features.add1("known", if own == &row.code { "here" } else { "elsewhere" });
        }
    }
    let in_name = entity.names.iter().any(|name| {
        std::iter::once(&row.name)
            .chain(&row.aliases)
            .chain(&row.adjectives)
            .any(|n| name.split(' ').any(|w| key_of(w) == key_of(n)) || (n.contains(' ') && name.contains(n.as_str())))
    });
    if in_name {
        features.add("in name");
    }
    let apart = far / 1000;
    features.add1("apart", bucket(apart));
    if apart == 0 {
        features.add1("gap", bucket(far));
        let side = if m.span.end <= o.span.start { "before" } else { "after" };
        let (from, to) =
            if side == "before" { (m.span.end as usize, o.span.start as usize) } else { (o.span.end as usize, m.span.start as usize) };
        if to >= from && to - from <= 4 {
            let words: Vec<&str> = (from..to).map(|t| doc.form(t)).collect();
            features.add2("between", side, &words.join(" "));
        }
    }
    if reading.main_country == Some(country) {
        features.add("main country");
    }
    if deeds.hosts.contains(&(programme, country)) {
        features.add("hosts");
    }
    initiative_form(reading, programme, features);
}
