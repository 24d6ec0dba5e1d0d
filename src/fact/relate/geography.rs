//! Pairs of a company and a country that an article may link, and how their words stand to each other.

use super::{Deeds, bucket, gap, mentions_of};
use crate::fact::reading::Reading;
use crate::lexicon::{Class, Features};
use crate::mention::{EntityId, EntityKind, Mention, MentionForm};
use crate::text::{Shape, Span};

/// A company and a country, with the mentions of both that stand nearest to each other.
#[derive(Debug)]
pub(super) struct Pair {
    /// The company.
    pub company: EntityId,
    /// Index of the country.
    pub country: u32,
    /// The company's words.
    pub who: Mention,
    /// The country's or its place's words.
    pub place: Mention,
    /// Tokens between; 200 more in another sentence, 999 when never told together.
    pub far: usize,
}

/// Each company with the countries told in its sentences, in those beside them, or known to be its own.
pub(super) fn pairs(reading: &Reading<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (id, entity) in reading.entities.iter() {
        if entity.kind != EntityKind::Company {
            continue;
        }
        let first = pairs.len();
        let own = mentions_of(reading, id);
        for a in &own {
            let here = reading.doc.sentence_of(a.span.start as usize);
            for sentence in here.saturating_sub(1)..(here + 2).min(reading.doc.sentences.len()) {
                for g in reading.mentions_in(sentence) {
                    let Some(country) = reading.country_of(g.entity) else { continue };
                    let far = gap(a.span, g.span) + if sentence == here { 0 } else { 200 };
                    match pairs[first..].iter_mut().find(|p: &&mut Pair| p.country == country) {
                        Some(pair) if far < pair.far => (pair.who, pair.place, pair.far) = (*a, *g, far),
                        Some(_) => {}
                        None => pairs.push(Pair { company: id, country, who: *a, place: *g, far }),
                    }
                }
            }
        }
        for g in &reading.mentions {
            if let EntityKind::Country(country) = reading.entity(g.entity).kind
                && !pairs[first..].iter().any(|p| p.country == country)
                && (reading.known_seat(id) == Some(reading.code(country)) || reading.main_country == Some(country))
                && let Some(a) = own.first()
            {
                pairs.push(Pair { company: id, country, who: *a, place: *g, far: 999 });
            }
        }
    }
    pairs
}

/// Whether the gazetteer has the company's seat in the country.
fn seat_of(reading: &Reading<'_>, id: EntityId, country: u32) -> &'static str {
    match reading.known_seat(id) {
        Some(seat) if seat == reading.code(country) => "here",
        Some(_) => "elsewhere",
        None => "unknown",
    }
}

/// What is known of a pair apart from its sentences.
pub(super) fn geographic_features(reading: &Reading<'_>, id: EntityId, country: u32, far: usize, deeds: &Deeds, features: &mut Features) {
    let seat = seat_of(reading, id, country);
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
}

/// How each mention of a company stands to those of a country in the same sentence.
pub(super) fn beside_features(reading: &Reading<'_>, id: EntityId, country: u32, own: &[Mention], features: &mut Features) {
    let doc = reading.doc;
    let seat = seat_of(reading, id, country);
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
#[expect(clippy::too_many_lines, reason = "one list of features")]
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
