//! Judges which companies take part in which initiatives, and whose the initiatives are.
//! "Acme announced the plant at Choose France" → Acme participatesIn Choose France; Choose France initiativeOf FR.

use super::{Deeds, Link, bucket, gap, mentions_of};
use crate::fact::Predicate;
use crate::fact::reading::Reading;
use crate::fact::role::names_of;
use crate::lexicon::{Candidate, Features, Judge, NameKind, Task};
use crate::mention::{EntityId, EntityKind, Mention};
use crate::text::key_of;

/// Judges which companies take part in which initiatives, and whose the initiatives are.
pub(crate) fn initiatives(reading: &Reading<'_>, deeds: &Deeds, judge: &mut impl Judge) -> Vec<Link> {
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
