//! The features by which events, their kinds and their stages are judged: what stands around a sum or trigger.
//! "Acme will invest €5m" → the trigger before it, its frame "company, sum", its tense "will+VerbBase".

use super::event::{Event, distance};
use super::reading::Reading;
use super::tree::Tree;
use crate::lexicon::{Class, Features, Trigger};
use crate::mention::EntityKind;
use crate::text::syntax::Deprel;
use crate::text::{SentenceKind, Span};

/// What stands around a sum or trigger.
#[expect(clippy::too_many_lines, reason = "one list of features")]
pub(super) fn event_features(
    reading: &Reading<'_>,
    sentence: usize,
    span: Span,
    money: Option<usize>,
    trigger: Option<Trigger>,
    features: &mut Features,
) {
    let doc = reading.doc;
    let whole = doc.sentences[sentence];
    let patterns = reading.lexicon.patterns();
    let (start, end) = (span.start as usize, span.end as usize);
    let (low, high) = (whole.span.start as usize, whole.span.end as usize);
    let before = |n: usize| if start >= low + n { doc.form(start - n) } else { "^" };
    let after = |n: usize| if end + n < high { doc.form(end + n) } else { "$" };
    features.add1("p1", before(1));
    features.add1("p2", before(2));
    features.add1("p3", before(3));
    features.add1("n1", after(0));
    features.add1("n2", after(1));
    features.add1("n3", after(2));
    features.add2("p12", before(2), before(1));
    features.add2("n12", after(0), after(1));
    features.add2("n23", after(1), after(2));
    for t in start.saturating_sub(9).max(low)..(end + 9).min(high) {
        if (t < start || t >= end) && reading.is_word(t) {
            let side = if t < start { "near-before" } else { "near-after" };
            features.add1(side, doc.form(t));
            if let Some(cluster) = reading.cluster(t) {
                features.add_number(side, cluster, if t + 4 > start && t < end + 3 { "close" } else { "" });
            }
        }
    }
    for t in low..high {
        if reading.is_word(t) && doc.tokens[t].end - doc.tokens[t].start > 2 {
            features.add1("word", doc.form(t));
        }
    }
    let mut last_before = None;
    let mut first_after = None;
    for &(token, t) in reading.triggers_in(sentence) {
        let pattern = patterns.pattern(t);
        features.add1("pattern", &pattern.name);
        if token < start {
            last_before = Some((token, t));
        } else if token >= end && first_after.is_none() {
            first_after = Some((token, t));
        }
    }
    for (side, found) in [("trigger-before", last_before), ("trigger-after", first_after)] {
        if let Some((token, t)) = found {
            let far = match distance(span, token) {
                0..=2 => "near",
                3..=5 => "mid",
                6..=12 => "far",
                _ => "off",
            };
            features.add2(side, patterns.lemma(t), far);
            features.add2(if side == "trigger-before" { "pattern-before" } else { "pattern-after" }, &patterns.pattern(t).name, far);
        }
    }
    grammar_features(reading, sentence, span, features);
    if let Some(t) = trigger {
        features.add2("lemma", patterns.lemma(t), if t.verb { "verb" } else { "noun" });
        features.add1("of", &patterns.pattern(t).name);
    }
    if let Some(i) = money {
        let mention = &reading.quantities.money[i];
        features.add1("bound", mention.money.bound.name());
        let magnitude = mention.money.amount.approximate().max(1.0).log10().floor();
        features.add1("magnitude", &format!("{magnitude}"));
        let all = reading.quantities.money.iter().filter(|m| m.equivalent_of.is_none() && m.money.currency == mention.money.currency);
        let larger = all.clone().filter(|m| m.money.amount > mention.money.amount).count();
        features.add2("largest", if larger == 0 { "yes" } else { "no" }, if all.count() > 2 { "of several" } else { "of few" });
        if mention.per.is_some() {
            features.add("per");
        }
        if reading.quantities.money.iter().any(|m| m.equivalent_of == Some(i)) {
            features.add("converted");
        }
        let others = reading.quantities.money_in(whole.span).filter(|m| m.equivalent_of.is_none()).count();
        features.add1("sums", if others == 1 { "1" } else { "more" });
    }
    features.add1("sentence", kind_name(whole.kind));
    let position = match sentence {
        0 => "0",
        1 | 2 => "1",
        3..=6 => "3",
        _ => "7",
    };
    features.add1("position", position);
    let (mut companies_before, mut companies_after, mut places, mut countries) = (0, 0, 0, 0);
    for mention in reading.mentions_in(sentence) {
        match reading.entity(mention.entity).kind {
            EntityKind::Company if mention.span.start < span.start => companies_before += 1,
            EntityKind::Company => companies_after += 1,
            EntityKind::Place(_) => places += 1,
            EntityKind::Country(_) => countries += 1,
            EntityKind::Initiative => features.add("has initiative"),
            EntityKind::Body => features.add("has body"),
            _ => {}
        }
    }
    // Here two are as good as many.
    let count = |n: usize| few(n.min(2));
    features.add2("companies", count(companies_before), count(companies_after));
    features.add2("geography", count(places), count(countries));
    if sentence > 0 {
        for &(_, t) in reading.triggers_in(sentence - 1) {
            features.add1("earlier", &patterns.pattern(t).name);
        }
    }
    for &(_, t) in reading.triggers_in(0) {
        features.add1("headline", &patterns.pattern(t).name);
    }
}

/// A small number as a word; three and more are the same.
pub(super) const fn few(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        _ => "3",
    }
}

/// What the anchor depends on, and what else depends on that.
fn grammar_features(reading: &Reading<'_>, sentence: usize, span: Span, features: &mut Features) {
    let doc = reading.doc;
    let Some(tree) = reading.tree(sentence) else { return };
    let label = tree.label(span).map_or("none", Deprel::as_str);
    let lemma = |token: usize| reading.lemma(token);
    features.add1("label", label);
    if let Some(head) = tree.head(span) {
        features.add1("head", lemma(head));
        features.add2("label of head", label, lemma(head));
        if let Some(cluster) = reading.cluster(head) {
            features.add_number("head alike", cluster, label);
        }
        let head_span = Span::new(head, head + 1);
        if let Some(above) = tree.head(head_span) {
            let upper = tree.label(head_span).map_or("none", Deprel::as_str);
            features.add1("head's head", lemma(above));
            features.add2("head's head, label", upper, lemma(above));
        }
    } else {
        features.add("root");
    }
    if let Some(verb) = tree.verb(span) {
        features.add1("verb", lemma(verb));
        let alike = reading.cluster(verb);
        if let Some(cluster) = alike {
            features.add_number("verb alike", cluster, "");
        }
        for (child, relation) in tree.children(verb) {
            if matches!(relation, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl) {
                let sort = reading.mentions_in(sentence).iter().find(|m| m.span.range().contains(&child)).map(|m| {
                    match reading.entity(m.entity).kind {
                        EntityKind::Company => "COMPANY",
                        EntityKind::Country(_) | EntityKind::Place(_) => "PLACE",
                        EntityKind::Body => "BODY",
                        EntityKind::Person => "PERSON",
                        _ => "NAME",
                    }
                });
                features.add2(relation.as_str(), sort.unwrap_or_else(|| doc.form(child)), "");
                features.add2("verb and its", lemma(verb), relation.as_str());
                if let Some(cluster) = reading.cluster(child) {
                    features.add_number("of verb alike", cluster, relation.as_str());
                }
            }
        }
    }
    for (child, relation) in tree.children(span.start as usize) {
        features.add2("below", relation.as_str(), doc.form(child));
    }
    frame_features(reading, tree, sentence, span, features);
}

/// What sort of thing a token is or means.
pub(super) fn sort_of(reading: &Reading<'_>, sentence: usize, token: usize) -> &'static str {
    let named = reading.mentions_in(sentence).iter().filter(|m| m.span.range().contains(&token)).min_by_key(|m| m.span.len());
    if let Some(mention) = named {
        match reading.entity(mention.entity).kind {
            EntityKind::Company => return "company",
            EntityKind::Country(_) => return "country",
            EntityKind::Place(_) => return "place",
            EntityKind::Body => return "body",
            EntityKind::Person => return "person",
            EntityKind::Initiative => return "initiative",
            EntityKind::Other => {}
        }
    }
    if reading.quantities.money.iter().any(|m| m.span.range().contains(&token)) {
        return "sum";
    }
    let patterns = reading.lexicon.patterns();
    let triggers = patterns.triggers(reading.doc.key(token));
    if triggers.iter().any(|t| patterns.pattern(*t).name == "site") {
        return "site";
    }
    if triggers.iter().any(|t| patterns.pattern(*t).name == "stake") {
        return "stake";
    }
    if reading.lexicon.words().is(reading.doc.key(token), Class::Trade) {
        return "trade";
    }
    "thing"
}

/// Who does what to whom where, in one feature: "build: company, site, place".
fn frame_features(reading: &Reading<'_>, tree: &Tree, sentence: usize, span: Span, features: &mut Features) {
    let patterns = reading.lexicon.patterns();
    let doc = reading.doc;
    let own = reading.triggers_in(sentence).iter().find(|(token, _)| span.range().contains(token)).map(|(token, _)| *token);
    let Some(verb) = own.filter(|&t| tree.is_verb(t)).or_else(|| tree.verb(span)) else {
        return;
    };
    let pattern = patterns.triggers(doc.key(verb)).first().map_or("other", |t| patterns.pattern(*t).name.as_str());
    let subject = tree.subject(verb).map_or("nobody", |t| sort_of(reading, sentence, t));
    let mut object = "nothing";
    let mut place = "nowhere";
    let mut agent = "no agent";
    for (child, relation) in tree.children(verb) {
        match relation {
            Deprel::Obj => object = sort_of(reading, sentence, child),
            Deprel::Obl | Deprel::Nmod => {
                let sort = sort_of(reading, sentence, child);
                if matches!(sort, "place" | "country") {
                    place = "somewhere";
                } else if sort == "company" && tree.children(child).any(|(c, r)| r == Deprel::Case && doc.form(c) == "by") {
                    agent = "by company";
                }
            }
            _ => {}
        }
    }
    if place == "nowhere"
        && reading.mentions_in(sentence).iter().any(|m| reading.country_of(m.entity).is_some() && reading.lead_in(m.span) == "in")
    {
        place = "in sentence";
    }
    let passive = if tree.children(verb).any(|(_, r)| matches!(r, Deprel::AuxPass | Deprel::NsubjPass)) { "passive" } else { "active" };
    let roles = format!("{subject}, {object}, {passive}");
    features.add2("frame", pattern, &roles);
    features.add2("frame place", pattern, &format!("{subject}, {object}, {place}"));
    features.add2("frame agent", pattern, agent);
    features.add2("frame subject", pattern, subject);
    features.add1("roles", &roles);
    features.add2("tense", pattern, &tree.tense(verb, |t| doc.form(t).to_owned()));
    if own == Some(verb) {
        features.add2("own frame", pattern, &format!("{subject}, {object}, {place}"));
    }
}

const fn kind_name(kind: SentenceKind) -> &'static str {
    match kind {
        SentenceKind::Headline => "headline",
        SentenceKind::Bullet => "bullet",
        SentenceKind::Heading => "heading",
        SentenceKind::Prose => "prose",
    }
}

/// Of what kind and stage the event just before is.
pub(super) fn history_features(before: &[Event], sentence: usize, features: &mut Features) {
    let Some(last) = before.last() else {
        features.add("first event");
        return;
    };
    let apart = match sentence - last.sentence {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        _ => "4",
    };
    features.add2("last kind", last.kind.name(), apart);
    features.add2("last stage", last.stage.name(), apart);
    features.add1("last kind", last.kind.name());
    features.add1("last stage", last.stage.name());
}

/// What tells how far an event has come: verbs with their helpers, time words, negations.
pub(super) fn stage_features(reading: &Reading<'_>, sentence: usize, span: Span, lead: Option<(usize, Trigger)>, features: &mut Features) {
    let doc = reading.doc;
    let whole = doc.sentences[sentence].span;
    let (low, high) = (whole.start as usize, whole.end as usize);
    let (start, end) = (span.start as usize, span.end as usize);
    for t in low..high {
        if reading.is_word(t) {
            features.add1("word", doc.form(t));
            if t + 1 < high {
                features.add2("words", doc.form(t), doc.form(t + 1));
            }
        }
    }
    for t in start.saturating_sub(7).max(low)..start {
        features.add1("before", doc.form(t));
    }
    for t in end..(end + 7).min(high) {
        features.add1("after", doc.form(t));
    }
    if let Some((token, trigger)) = lead {
        let lemma = reading.lexicon.patterns().lemma(trigger);
        features.add1("lead", doc.form(token));
        features.add1("lemma", lemma);
        for n in 1..=4 {
            if token >= low + n {
                features.add1("lead-before", doc.form(token - n));
                if n == 1 {
                    features.add2("lead-1", doc.form(token - 1), doc.form(token));
                }
            }
        }
        if token >= low + 2 {
            features.add2("lead-21", doc.form(token - 2), doc.form(token - 1));
        }
    }
    if let Some(tree) = reading.tree(sentence) {
        let mut verb = lead.filter(|(_, t)| t.verb).map(|(token, _)| token).or_else(|| tree.verb(span));
        for depth in ["verb", "upper verb"] {
            let Some(at) = verb else { break };
            features.add1(depth, doc.form(at));
            let tense = tree.tense(at, |t| doc.form(t).to_owned());
            features.add2("tense", depth, &tense);
            features.add2("tense of", doc.form(at), &tense);
            if let Some(cluster) = reading.cluster(at) {
                features.add_number("tense of alike", cluster, &tense);
            }
            for (child, relation) in tree.children(at) {
                if matches!(relation, Deprel::Aux | Deprel::AuxPass | Deprel::Mark | Deprel::Advmod | Deprel::Cop) {
                    features.add2(depth, relation.as_str(), doc.form(child));
                }
            }
            verb = tree.verb(Span::new(at, at + 1));
        }
    }
    features.add1("sentence", kind_name(doc.sentences[sentence].kind));
    if doc.sentences[0].kind == SentenceKind::Headline {
        for t in doc.sentences[0].span.range() {
            features.add1("headline", doc.form(t));
        }
    }
}
