//! Judges which companies are of which country. "Canadian firm Brookfield" → Brookfield basedIn CA.

use super::geography::{beside_features, geographic_features, pairs};
use super::{Deeds, Link, bucket, mentions_of};
use crate::fact::Predicate;
use crate::fact::reading::Reading;
use crate::lexicon::{Candidate, Class, Features, Judge, Task};
use crate::mention::{EntityKind, Mention, MentionForm};
use crate::text::Shape;

/// Judges seats: which companies are of which country.
pub(crate) fn seats(reading: &Reading<'_>, judge: &mut impl Judge) -> Vec<Link> {
    let mut features = judge.features();
    let nothing = Deeds::default();
    let mut links = Vec::new();
    for pair in pairs(reading) {
        features.clear();
        let own = mentions_of(reading, pair.company);
        geographic_features(reading, pair.company, pair.country, pair.far, &nothing, &mut features);
        beside_features(reading, pair.company, pair.country, &own, &mut features);
        nation_features(reading, pair.country, &own, &mut features);
        let object = [reading.code(pair.country).to_owned()];
        let p = judge.judge(Task::BasedIn, &Candidate::Pair { subject: &reading.entity(pair.company).names, object: &object }, &features);
        links.push(Link {
            subject: pair.company,
            predicate: Predicate::BasedIn,
            object: pair.place.entity,
            probability: p[1],
            subject_mention: pair.who.span,
            object_mention: pair.place.span,
        });
    }
    links
}

/// How a country is given as a company's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nation {
    /// No such words.
    Untold,
    /// "local firm Acme" in an article about the country.
    Local,
    /// "the Indian companies are Acme, Bolt and Cog".
    Listed,
    /// "Acme of Turin", "Acme (Italy)".
    Behind,
    /// "Italy's Acme", "Turin's Acme".
    Owner,
    /// "Turin-based Acme", "Acme, headquartered in Turin".
    Based,
    /// "Italian Acme".
    Bare,
    /// "Acme, an Italian carmaker".
    Apposed,
    /// "Italian carmaker Acme".
    Trade,
}

impl Nation {
    const fn name(self) -> &'static str {
        match self {
            Self::Untold => "untold",
            Self::Local => "local",
            Self::Listed => "listed",
            Self::Behind => "behind",
            Self::Owner => "owner",
            Self::Based => "based",
            Self::Bare => "bare",
            Self::Apposed => "apposed",
            Self::Trade => "trade",
        }
    }
}

/// The plainest of the ways in which the article gives the country as the company's own, and how many mentions do.
fn nation_features(reading: &Reading<'_>, country: u32, own: &[Mention], features: &mut Features) {
    let mut best = Nation::Untold;
    let mut told = 0;
    let mut other = Nation::Untold;
    for a in own {
        let sentence = reading.doc.sentence_of(a.span.start as usize);
        if is_local(reading, a) && reading.main_country == Some(country) {
            best = best.max(Nation::Local);
        }
        for g in reading.mentions_in(sentence) {
            let Some(of) = reading.country_of(g.entity) else { continue };
            let nation = nation(reading, a, g);
            if of == country {
                best = best.max(nation);
                told += usize::from(nation > Nation::Listed);
            } else {
                other = other.max(nation);
            }
        }
    }
    let known = match reading.known_seat(own.first().map_or(crate::mention::EntityId(0), |a| a.entity)) {
        Some(seat) if seat == reading.code(country) => "here",
        Some(_) => "elsewhere",
        None => "unknown",
    };
    features.add2("nation", best.name(), known);
    features.add1("nation told", bucket(told));
    features.add2("nation, other", best.name(), other.name());
}

/// "local firm Acme", "domestic rival Acme".
fn is_local(reading: &Reading<'_>, a: &Mention) -> bool {
    let start = a.span.start as usize;
    (start.saturating_sub(4)..start).any(|t| matches!(reading.doc.form(t), "local" | "domestic" | "homegrown" | "home-grown"))
}

#[expect(clippy::too_many_lines, reason = "one list of features")]
fn nation(reading: &Reading<'_>, a: &Mention, g: &Mention) -> Nation {
    let doc = reading.doc;
    let words = reading.lexicon.words();
    let trade = |t: usize| words.is(doc.key(t), Class::Trade);
    let mark = |t: usize| doc.tokens[t].shape.has(Shape::PUNCTUATION);
    let verb = |t: usize| reading.tree(doc.sentence_of(t)).is_some_and(|tree| tree.is_verb(t));
    let link = |t: usize| {
        matches!(doc.form(t), "in" | "to" | "for" | "by" | "at" | "from" | "with" | "on" | "and" | "of" | "said" | "will" | "has" | "is")
    };
    let tail = doc.form(g.span.end as usize - 1);
    let based = ["-based", "-headquartered", "-registered"].iter().any(|t| tail.ends_with(t));
    // "US" and "UK" are adjectives too.
    let short = doc.form(g.span.start as usize).chars().all(|c| c.is_uppercase() || c == '.') && g.span.len() == 1;
    let adjective = g.form == MentionForm::Adjective || short;
    if a.form == MentionForm::Description {
        return if a.span.covers(g.span) && (adjective || based) { Nation::Trade } else { Nation::Untold };
    }
    if a.form != MentionForm::Name {
        return Nation::Untold;
    }
    if g.span.end <= a.span.start {
        let (from, to) = (g.span.end as usize, a.span.start as usize);
        if based && to - from <= 6 && !(from..to).any(verb) {
            return Nation::Based;
        }
        let plain = to - from <= 6 && !(from..to).any(|t| mark(t) || link(t) || verb(t));
        if matches!(doc.form(from), "'s" | "’s" | "'" | "’") && to - from <= 7 && !(from + 1..to).any(|t| mark(t) || link(t) || verb(t))
        {
            return if (from + 1..to).any(|t| words.is(doc.key(t), Class::Unit)) { Nation::Listed } else { Nation::Owner };
        }
        if plain && g.form == MentionForm::Name && !adjective && (from..to).any(trade) {
            return Nation::Trade;
        }
        if adjective && plain {
            return if to == from {
                Nation::Bare
            } else if (from..to).any(trade) {
                Nation::Trade
            } else if to - from <= 2 {
                Nation::Bare
            } else {
                Nation::Listed
            };
        }
        if adjective
            && (from..(from + 4).min(to)).any(|t| {
                trade(t)
                    || matches!(
                        doc.form(t),
                        "companies"
                            | "firms"
                            | "groups"
                            | "banks"
                            | "names"
                            | "rivals"
                            | "peers"
                            | "carmakers"
                            | "producers"
                            | "clubs"
                            | "funds"
                            | "investors"
                    )
            })
        {
            let list = (from..to)
                .any(|t| matches!(doc.form(t), ":" | "are" | "as" | "including" | "(" | "–" | "—" | "namely") || doc.form(t) == ",");
            return if list { Nation::Listed } else { Nation::Untold };
        }
        return Nation::Untold;
    }
    let (from, to) = (a.span.end as usize, g.span.start as usize);
    if to.saturating_sub(from) > 12 {
        return Nation::Untold;
    }
    let rival = reading.mentions_in(doc.sentence_of(from)).iter().any(|m| {
        m.span.start as usize >= from
            && m.span.end as usize <= to
            && m.entity != a.entity
            && (reading.entity(m.entity).kind == EntityKind::Company || reading.country_of(m.entity).is_some())
    });
    if rival {
        return Nation::Untold;
    }
    if to == from + 1 && doc.form(from) == "(" && doc.form(g.span.end as usize) == ")" {
        return Nation::Behind;
    }
    if (from..to).any(|t| matches!(doc.form(t), "based" | "headquartered" | "registered" | "headquarters" | "domiciled"))
        && matches!(doc.form(to - 1), "in" | "at" | "near" | "are" | "is")
    {
        return Nation::Based;
    }
    if matches!(doc.form(from), "," | "(" | "–" | "—" | "-") || (matches!(doc.form(from), "is" | "was")) {
        let end = g.span.end as usize;
        let noun = (end..end + 6).take_while(|&t| !mark(t) && !link(t)).any(trade);
        let brief = (from + 1..to).all(|t| {
            matches!(doc.form(t), "a" | "an" | "the" | "another" | "one" | "also") || words.is(doc.key(t), Class::Direction) || t + 3 > to
        });
        if (adjective || based) && brief && (noun || g.form == MentionForm::Adjective || based) {
            return Nation::Apposed;
        }
        if matches!(doc.form(to - 1), "of" | "from") && to - from <= 3 {
            return Nation::Behind;
        }
        let trade_of = (from + 1..to).any(trade) && matches!(doc.form(to - 1), "of" | "from" | "in") && !(from + 1..to).any(verb);
        if trade_of {
            return Nation::Apposed;
        }
    }
    if to == from + 1 && doc.form(from) == "of" {
        return Nation::Behind;
    }
    if to == from + 1 && doc.form(from) == "," && !adjective && g.form == MentionForm::Name {
        return Nation::Listed;
    }
    Nation::Untold
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::relate::sample::{company, with_reading};

    fn told(text: &str, code: &str) -> Nation {
        let mut best = Nation::Untold;
        with_reading(text, &["Brimwell", "Tarvana"], |reading| {
            let id = company(reading, "Brimwell");
            for a in reading.mentions.iter().filter(|m| m.entity == id) {
                for g in reading.mentions_in(reading.doc.sentence_of(a.span.start as usize)) {
                    if reading.country_of(g.entity).is_some_and(|c| reading.code(c) == code) {
                        best = best.max(nation(reading, a, g));
                    }
                }
            }
        });
        best
    }

    #[test]
    fn a_nationality_is_given_in_many_ways() {
        for (text, code, expected) in [
            ("Italian carmaker Brimwell will build a plant.", "IT", Nation::Trade),
            ("US carmaker Brimwell will build a plant.", "US", Nation::Trade),
            ("Brimwell, an Italian carmaker, will build a plant.", "IT", Nation::Apposed),
            ("Italy's Brimwell will build a plant.", "IT", Nation::Owner),
            ("Turin-based Brimwell will build a plant.", "IT", Nation::Based),
            ("Brimwell, which is headquartered in Turin, will build a plant.", "IT", Nation::Based),
            ("Brimwell of Italy will build a plant.", "IT", Nation::Behind),
        ] {
            assert_eq!(told(text, code), expected, "{text}");
        }
    }

    #[test]
    fn a_country_invested_in_is_no_nationality() {
        for text in [
            "Brimwell will build a plant in Italy.",
            "Brimwell told the Italian government that it will build a plant.",
            "Brimwell bought the carmaker from Tarvana of Italy.",
        ] {
            assert_eq!(told(text, "IT"), Nation::Untold, "{text}");
        }
    }
}
