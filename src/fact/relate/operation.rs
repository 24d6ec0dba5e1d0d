//! Judges where companies are at work already. "its two German plants" → operatesIn DE.
//!
//! What tells is the noun or verb that a country goes with (a site, staff, "employs"), whose it is, and whether it is
//! there already or is the investment itself ("its new plant").

use super::geography::{geographic_features, pairs};
use super::{Deeds, Link, bucket};
use crate::fact::Predicate;
use crate::fact::reading::Reading;
use crate::lexicon::{Candidate, Class, Features, Judge, Task};
use crate::mention::{EntityId, EntityKind, Mention, MentionForm};
use crate::text::syntax::Deprel;
use crate::text::{Shape, Span};

/// Judges where companies operate, once the seats and the events are known.
pub(crate) fn operations(reading: &Reading<'_>, seats: &[Link], deeds: &Deeds, judge: &mut impl Judge) -> Vec<Link> {
    let mut features = judge.features();
    let mut links = Vec::new();
    let scenes = scenes(reading);
    for pair in pairs(reading) {
        features.clear();
        let own: Vec<Mention> = reading.mentions.iter().filter(|m| m.entity == pair.company).copied().collect();
        geographic_features(reading, pair.company, pair.country, pair.far, deeds, &mut features);
        let home = reading.known_seat(pair.company) == Some(reading.code(pair.country))
            || seats.iter().any(|l| l.subject == pair.company && reading.country_of(l.object) == Some(pair.country));
        scene_features(reading, pair.company, pair.country, &own, &scenes, if home { "home" } else { "abroad" }, deeds, &mut features);
        let object = [reading.code(pair.country).to_owned()];
        let p =
            judge.judge(Task::OperatesIn, &Candidate::Pair { subject: &reading.entity(pair.company).names, object: &object }, &features);
        links.push(Link {
            subject: pair.company,
            predicate: Predicate::OperatesIn,
            object: pair.place.entity,
            probability: p[1],
            subject_mention: pair.who.span,
            object_mention: pair.place.span,
        });
    }
    links
}

/// What is told of a country where it is mentioned.
#[derive(Debug)]
struct Scene {
    /// The country's or its place's words.
    place: Mention,
    country: u32,
    sentence: usize,
    /// The noun that the place goes with, a site or another sign of presence.
    noun: Option<usize>,
    /// Sort of the noun, and how the place is joined to it.
    what: &'static str,
    /// Whether the noun's own words call it new or standing.
    age: &'static str,
    /// What sort of verb is above.
    act: &'static str,
    /// A word that says that it was so before: "already", "since".
    already: bool,
    /// Whether it is what somebody is "with": "a miner with operations in Chile".
    with: bool,
    /// First token of the verb's subject.
    subject: Option<usize>,
}

fn scenes(reading: &Reading<'_>) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    for g in &reading.mentions {
        let Some(country) = reading.country_of(g.entity) else { continue };
        let sentence = reading.doc.sentence_of(g.span.start as usize);
        scenes.push(scene(reading, *g, country, sentence));
    }
    scenes
}

/// The first of a list of places: "in France, Spain and Italy" is as good as "in France".
fn first_of_list(reading: &Reading<'_>, g: Mention, sentence: usize) -> Mention {
    let mut first = g;
    for m in reading.mentions_in(sentence).iter().rev().filter(|m| m.span.end <= g.span.start && reading.country_of(m.entity).is_some()) {
        if m.span.end > first.span.start {
            continue;
        }
        let joined = (m.span.end as usize..first.span.start as usize).all(|t| {
            matches!(reading.doc.form(t), "," | "and" | "or" | "the" | "&" | "as" | "well" | "both" | "(" | "in")
                || reading.lexicon.words().is(reading.doc.key(t), Class::Direction)
        });
        if !joined || first.span.start - m.span.end > 4 {
            break;
        }
        first = *m;
    }
    first
}

fn scene(reading: &Reading<'_>, place: Mention, country: u32, sentence: usize) -> Scene {
    let doc = reading.doc;
    let words = reading.lexicon.words();
    let whole = doc.sentences[sentence].span;
    let (low, high) = (whole.start as usize, whole.end as usize);
    let is_noun = |t: usize| words.is(doc.key(t), Class::Site) || words.is(doc.key(t), Class::Presence);
    let stop = |t: usize| {
        doc.tokens[t].shape.has(Shape::PUNCTUATION)
            || matches!(doc.form(t), "in" | "to" | "for" | "and" | "of" | "is" | "was" | "will" | "has" | "at" | "that" | "which")
    };
    let first = first_of_list(reading, place, sentence);
    let mut noun = None;
    let mut how = "none";
    let mut at = place.span.end as usize;
    let owner_place = matches!(doc.form(at), "'s" | "’s" | "'" | "’");
    if owner_place {
        at += 1;
    }
    for t in at..(at + 4).min(high) {
        if stop(t) {
            break;
        }
        if is_noun(t) {
            noun = Some(t);
            how = if owner_place { "owned" } else { "before" };
        }
    }
    let lead = reading.lead_in(first.span);
    if noun.is_none() && matches!(lead, "in" | "at" | "near" | "across" | "from" | "outside" | "throughout" | "around" | "of" | "on") {
        let mut t = first.span.start as usize;
        let mut seen = 0;
        while t > low && seen < 9 {
            t -= 1;
            seen += 1;
            if matches!(doc.form(t), "," | ";" | ":" | "—" | "–") && seen > 2 {
                break;
            }
            if is_noun(t) {
                noun = Some(t);
                how = "in";
                break;
            }
        }
    }
    let what = match noun {
        Some(t) if words.is(doc.key(t), Class::Site) => match how {
            "in" => "site in",
            "owned" => "site owned",
            _ => "site of",
        },
        Some(_) => match how {
            "in" => "presence in",
            "owned" => "presence owned",
            _ => "presence of",
        },
        None if matches!(lead, "in" | "at" | "near" | "across") => "in",
        None if lead == "^" => "opens",
        None => "none",
    };
    let mut age = "plain";
    if let Some(noun) = noun {
        let mut t = noun;
        while t > low && noun - t < 6 {
            t -= 1;
            if doc.tokens[t].shape.has(Shape::PUNCTUATION) || matches!(doc.form(t), "in" | "of" | "to" | "for" | "and") {
                break;
            }
            if words.is(doc.key(t), Class::Fresh) {
                age = "new";
                break;
            }
            if words.is(doc.key(t), Class::Standing) {
                age = "standing";
                break;
            }
        }
    }
    let tree = reading.tree(sentence);
    let verb = tree.and_then(|tree| noun.map(|n| Span::new(n, n + 1)).and_then(|s| tree.verb(s)).or_else(|| tree.verb(place.span)));
    let with = noun.is_some_and(|n| (n.saturating_sub(5).max(low)..n).rev().take_while(|t| !stop(*t)).any(|t| doc.form(t) == "with"));
    let act = if with { "runs" } else { verb.map_or("none", |v| act_of(reading, v)) };
    let subject = tree.and_then(|tree| verb.and_then(|v| tree.subject(v)));
    let (from, to) = (
        verb.unwrap_or(first.span.start as usize).min(first.span.start as usize).saturating_sub(4).max(low),
        (place.span.end as usize + 8).min(high),
    );
    let already = (from..to).any(|t| matches!(doc.form(t), "already" | "currently" | "since" | "existing" | "today" | "now" | "where"));
    Scene { place, country, sentence, noun, what, age, act, already, with, subject }
}

fn act_of(reading: &Reading<'_>, verb: usize) -> &'static str {
    let (words, key) = (reading.lexicon.words(), reading.doc.key(verb));
    if words.is(key, Class::Runs) {
        "runs"
    } else if words.is(key, Class::Starts) {
        "starts"
    } else if words.is(key, Class::Grows) {
        "grows"
    } else {
        "other"
    }
}

/// How a company's mention owns what a scene tells.
fn claim(reading: &Reading<'_>, a: &Mention, scene: &Scene) -> &'static str {
    let doc = reading.doc;
    let end = a.span.end as usize;
    let near = scene.noun.unwrap_or(scene.place.span.start as usize).max(scene.place.span.start as usize);
    let before = a.span.end <= scene.place.span.start;
    let reaches = |from: usize| {
        from <= near && near - from <= 7 && (from..near).all(|t| !matches!(doc.form(t), "," | ";" | ":" | "will" | "is" | "has"))
    };
    let head = scene.noun.unwrap_or(scene.place.span.start as usize);
    if a.form == MentionForm::Pronoun
        && matches!(doc.form(a.span.start as usize), "its" | "their" | "Its" | "Their")
        && end <= head
        && reaches(end)
    {
        return "its";
    }
    if matches!(doc.form(end), "'s" | "’s" | "'" | "’") && end < head && reaches(end) {
        return "owner";
    }
    if let Some(noun) = scene.noun
        && a.span.start as usize > noun
        && a.span.start as usize - noun <= 3
        && matches!(doc.form(noun + 1), "of" | "by")
    {
        return "of";
    }
    if let Some(subject) = scene.subject {
        if a.span.range().contains(&subject) {
            return "subject";
        }
        if let Some(path) = reading.tree(scene.sentence).and_then(|tree| tree.path(a.span, Span::new(subject, subject + 1)))
            && path.down.is_empty()
            && path.up.iter().all(|l| matches!(l, Deprel::Conj | Deprel::Appos | Deprel::Compound))
            && !path.up.is_empty()
        {
            return "with subject";
        }
    }
    let where_ =
        if doc.form(scene.place.span.end as usize) == "," { scene.place.span.end as usize + 1 } else { scene.place.span.end as usize };
    if doc.form(where_) == "where" && a.span.start as usize > where_ && a.span.start as usize - where_ <= 3 {
        return if (end..end + 4).any(|t| reading.lexicon.words().is(doc.key(t), Class::Runs)) { "where it runs" } else { "where it" };
    }
    if !before && (scene.place.span.end as usize..a.span.start as usize).any(|t| doc.form(t) == ":") {
        return "listed";
    }
    if !before && doc.form((a.span.start as usize).wrapping_sub(1)) == "by" {
        return "by";
    }
    let between = |m: &&Mention| {
        reading.entity(m.entity).kind == EntityKind::Company
            && m.entity != a.entity
            && if before {
                m.span.start >= a.span.end && m.span.end <= scene.place.span.start
            } else {
                m.span.start >= scene.place.span.end && m.span.end <= a.span.start
            }
    };
    let rivals = reading.mentions_in(scene.sentence).iter().filter(between).count();
    match (before, rivals) {
        (true, 0) if scene.with => "subject",
        (true, 0) => "before",
        (true, _) => "far before",
        (false, 0) => "after",
        (false, _) => "far after",
    }
}

#[expect(clippy::too_many_arguments, reason = "one decision needs all of the context")]
fn scene_features(
    reading: &Reading<'_>,
    company: EntityId,
    country: u32,
    own: &[Mention],
    scenes: &[Scene],
    home: &str,
    deeds: &Deeds,
    features: &mut Features,
) {
    let deed = match (deeds.invests.contains(&(company, country)), deeds.receives.contains(&(company, country))) {
        (true, _) => "invests",
        (_, true) => "receives",
        _ => "no deed",
    };
    features.add2("home, deed", home, deed);
    trade_features(reading, company, features);
    let mut best = ("untold", 0);
    let mut raise = |tier: (&'static str, u32)| {
        if tier.1 > best.1 {
            best = tier;
        }
    };
    for scene in scenes.iter().filter(|s| s.country == country) {
        let mut here = false;
        for a in
            own.iter().filter(|a| reading.doc.sentence_of(a.span.start as usize) == scene.sentence && !a.span.overlaps(scene.place.span))
        {
            here = true;
            let claim = claim(reading, a, scene);
            let tier = tier(scene, claim);
            features.add2("tier", tier.0, home);
            features.add2("tier of", tier.0, claim);
            if scene.already {
                features.add2("already", claim, home);
            }
            raise(tier);
        }
        if !here && scene.sentence > 0 {
            let companies = reading.mentions_in(scene.sentence).iter().any(|m| reading.entity(m.entity).kind == EntityKind::Company);
            let topic =
                own.iter().any(|a| reading.doc.sentence_of(a.span.start as usize) + 1 == scene.sentence && reading.is_first_company(a));
            if !companies && topic {
                let tier = tier(scene, "topic");
                features.add2("topic", tier.0, home);
                raise(("topic", 1));
            }
        }
    }
    features.add1("best", best.0);
    features.add2("best, home", best.0, home);
    features.add2("best, deed", best.0, deed);
    features.add2("best, rank", best.0, bucket(reading.rank(company) as usize));
    features.add1("strength", bucket(best.1 as usize));
    features.add2("strength, home", bucket(best.1 as usize), home);
}

/// What sort of company it is: banks and funds put money where they have no sites.
fn trade_features(reading: &Reading<'_>, company: EntityId, features: &mut Features) {
    let bearer = reading.entity(company);
    if let Some(known) = bearer.known_company() {
        for trade in reading.lexicon.gazetteer().companies()[known as usize].trades.iter().take(2) {
            features.add1("trade", trade);
        }
    }
    let finance = bearer.names.iter().any(|name| {
        name.split(' ').any(|w| {
            matches!(
                w,
                "Bank"
                    | "Fund"
                    | "Funds"
                    | "Capital"
                    | "Partners"
                    | "Ventures"
                    | "Investment"
                    | "Investments"
                    | "Finance"
                    | "Equity"
                    | "Asset"
                    | "Authority"
                    | "Securities"
            )
        })
    });
    if finance {
        features.add("finance");
    }
}

/// How plainly a scene says that the claimant is at work there: a word and a strength from 1 to 6.
fn tier(scene: &Scene, claim: &str) -> (&'static str, u32) {
    let holds = matches!(claim, "its" | "owner" | "of");
    let acts = matches!(claim, "subject" | "with subject" | "by" | "topic");
    let noun = scene.noun.is_some();
    let site = scene.what.starts_with("site");
    if claim == "where it runs" {
        return ("runs where", 6);
    }
    if claim == "listed" && scene.with {
        return ("listed with", 5);
    }
    match (noun, scene.age, scene.act) {
        (true, "new", _) if holds || acts => ("new", 2),
        (true, _, _) if holds && scene.act == "starts" => {
            if site {
                ("starts its site", 3)
            } else {
                ("starts its presence", 3)
            }
        }
        (true, "standing", _) if holds => ("its standing", 6),
        (true, _, "grows") if holds || acts => ("grows", 5),
        (true, _, _) if holds => {
            if site {
                ("its site", 5)
            } else {
                ("its presence", 5)
            }
        }
        (true, _, "runs") if acts => {
            if site {
                ("runs site", 6)
            } else {
                ("runs presence", 6)
            }
        }
        (_, _, "runs") if acts => ("runs", 4),
        (true, "standing", _) if acts => ("standing", 3),
        (_, _, "starts") if acts => ("starts", 2),
        (_, _, "grows") if acts => ("grows in", 3),
        (true, _, _) if acts => {
            if site {
                ("does with site", 2)
            } else {
                ("does with presence", 3)
            }
        }
        (true, _, "runs") => ("beside run", 2),
        (true, _, _) => ("beside noun", 1),
        _ if acts => ("acts", 1),
        _ => ("beside", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::relate::sample::{company, with_reading};

    fn strength(text: &str, code: &str) -> u32 {
        let mut best = 0;
        with_reading(text, &["Brimwell", "Tarvana"], |reading| {
            let id = company(reading, "Brimwell");
            for scene in scenes(reading).iter().filter(|s| reading.code(s.country) == code) {
                for a in
                    reading.mentions.iter().filter(|m| m.entity == id && reading.doc.sentence_of(m.span.start as usize) == scene.sentence)
                {
                    best = best.max(tier(scene, claim(reading, a, scene)).1);
                }
            }
        });
        best
    }

    #[test]
    fn sites_and_staff_tell_of_operations() {
        for text in [
            "Brimwell already has two plants in Poland.",
            "Brimwell operates shops in Hungary, Poland and Romania.",
            "Brimwell will expand its Polish factory next year.",
            "Brimwell's Polish plants make tyres.",
            "The money goes to Lublin, Poland, where Brimwell employs 300 people.",
            "Brimwell is a miner with operations in Chile, Peru and Poland.",
        ] {
            assert!(strength(text, "PL") >= 4, "{text}: {}", strength(text, "PL"));
        }
    }

    #[test]
    fn a_new_plant_is_the_investment_itself() {
        for text in [
            "Brimwell will build a new plant in Poland.",
            "Brimwell is to open its first factory in Poland.",
            "Brimwell met ministers in Poland.",
            "Tarvana has plants in Poland, Brimwell said.",
        ] {
            assert!(strength(text, "PL") < 4, "{text}: {}", strength(text, "PL"));
        }
    }
}
