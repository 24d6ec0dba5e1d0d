//! Which of several sums a name belongs to, and which of several names a sum: "Acme spends $3m in Turin, Bolt $5m in Lyon".
//!
//! Distances count the words between, with more for each mark that parts clauses, so that a name is nearer to the sum of its own clause.

use smallvec::SmallVec;

use super::event::Event;
use super::event_features::few;
use super::reading::Reading;
use super::tree::Tree;
use crate::lexicon::Features;
use crate::mention::{EntityId, EntityKind, Mention};
use crate::text::syntax::Deprel;
use crate::text::{SentenceKind, Span};

/// Words between two spans, and more for what parts them.
fn apart(reading: &Reading<'_>, a: Span, b: Span) -> usize {
    let (from, to) = if a.end <= b.start { (a.end, b.start) } else { (b.end, a.start) };
    (from..to.max(from))
        .map(|t| match reading.doc.form(t as usize) {
            ";" | "–" | "—" => 12,
            "while" | "whereas" | "but" | "after" | "as" => 6,
            "," | ":" | "and" | "which" | "that" | "who" => 3,
            _ => 1,
        })
        .sum()
}

fn sort(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Company | EntityKind::Body => 0,
        EntityKind::Country(_) => 1,
        EntityKind::Place(_) => 2,
        EntityKind::Person => 3,
        EntityKind::Initiative => 4,
        EntityKind::Other => 5,
    }
}

/// How a mention in the event's sentence stands against its rivals.
pub(super) fn rivals_here(reading: &Reading<'_>, event: &Event, mention: &Mention, features: &mut Features) {
    let doc = reading.doc;
    let whole = doc.sentences[event.sentence].span;
    let mine = apart(reading, mention.span, event.span);
    let mine_sort = sort(reading.entity(mention.entity).kind);
    let before = mention.span.end <= event.span.start;
    let side = if before { "before" } else { "after" };
    // The sums that the mention may belong to, and the mentions of its sort that the sum may belong to.
    let others = reading.quantities.money_in(whole).filter(|m| m.equivalent_of.is_none() && m.span != event.span);
    let others: SmallVec<[Span; 8]> = others.map(|m| m.span).collect();
    let rivals = reading.mentions_in(event.sentence).iter().copied();
    let rivals: SmallVec<[Mention; 8]> = rivals
        .filter(|m| m.entity != mention.entity && sort(reading.entity(m.entity).kind) == mine_sort && m.span != mention.span)
        .collect();
    let sums = others.len();
    let nearer = others.iter().filter(|s| apart(reading, mention.span, **s) < mine).count();
    features.add2("sums nearer", few(nearer), few(sums));
    features.add2("sums nearer, side", few(nearer), side);
    let close = |m: &&Mention| apart(reading, m.span, event.span) < mine;
    let closer = rivals.iter().filter(close).count();
    let same_side = rivals.iter().filter(|m| (m.span.end <= event.span.start) == before).filter(close).count();
    features.add2("rivals nearer", few(closer), side);
    features.add2("rivals nearer on its side", few(same_side), side);
    let both = nearest(nearer, closer);
    features.add1("nearest", both);
    features.add2("nearest, side", both, side);
    if sums > 0 {
        features.add2("nearest of several", both, side);
    }
    // What parts the two.
    let (from, to) = if before { (mention.span.end, event.span.start) } else { (event.span.end, mention.span.start) };
    let part = |words: &[&str]| (from..to.max(from)).any(|t| words.contains(&doc.form(t as usize)));
    let parted = if part(&[";"]) {
        "semicolon"
    } else if part(&["while", "whereas", "but"]) {
        "contrast"
    } else if part(&[","]) {
        "comma"
    } else {
        "none"
    };
    features.add2("parted by", parted, side);
    if whole.range().any(|t| doc.form(t) == "respectively") {
        let order = reading
            .mentions_in(event.sentence)
            .iter()
            .filter(|m| sort(reading.entity(m.entity).kind) == mine_sort && m.span.start < mention.span.start)
            .count();
        let place = others.iter().filter(|s| s.start < event.span.start).count();
        features.add1("respectively", if order == place { "pair" } else { "no pair" });
    }
    if let Some(tree) = reading.tree(event.sentence) {
        grammar(reading, tree, event, mention, &rivals, &others, features);
    }
}

/// Which of the two is the nearest to the other, by how many other sums and rivals are nearer.
const fn nearest(nearer_sums: usize, nearer_rivals: usize) -> &'static str {
    match (nearer_sums, nearer_rivals) {
        (0, 0) => "each other's",
        (0, _) => "its sum",
        (_, 0) => "its name",
        _ => "neither",
    }
}

/// The same by steps in the tree.
fn grammar(
    reading: &Reading<'_>,
    tree: &Tree,
    event: &Event,
    mention: &Mention,
    rivals: &[Mention],
    sums: &[Span],
    features: &mut Features,
) {
    let steps = |a: Span, b: Span| tree.path(a, b).map_or(99, |path| path.len());
    let mine = steps(mention.span, event.span);
    let nearer = sums.iter().filter(|&&s| steps(mention.span, s) < mine).count();
    let closer = rivals.iter().filter(|m| steps(m.span, event.span) < mine).count();
    features.add1("nearest in tree", nearest(nearer, closer));
    features.add2("rivals nearer in tree", few(closer), few(nearer));
    // Whether any mention of the entity is the subject of what governs the event.
    let subject = subject_above(tree, event);
    let found = subject.is_some_and(|token| {
        reading.mentions_in(event.sentence).iter().any(|m| {
            m.entity == mention.entity && (m.span.range().contains(&token) || tree.standing_of(m.span).is_some_and(|s| s.token == token))
        })
    });
    let known = subject.is_some_and(|token| reading.mentions_in(event.sentence).iter().any(|m| m.span.range().contains(&token)));
    features.add1(
        "subject above",
        if found {
            "it"
        } else if known {
            "other"
        } else if subject.is_some() {
            "thing"
        } else {
            "none"
        },
    );
}

/// The subject of the nearest verb above the event.
fn subject_above(tree: &Tree, event: &Event) -> Option<usize> {
    let own = event.span.start as usize;
    let verb = if tree.is_verb(own) { Some(own) } else { tree.verb(event.span) };
    verb.and_then(|verb| tree.subject(verb))
}

/// How a mention in another sentence than the event's stands against its rivals.
pub(super) fn rivals_elsewhere(reading: &Reading<'_>, event: &Event, entity: EntityId, mention: &Mention, features: &mut Features) {
    let doc = reading.doc;
    let there = doc.sentence_of(mention.span.start as usize);
    let mine_sort = sort(reading.entity(entity).kind);
    // How many others of its sort were told since.
    let (low, high) = if there < event.sentence { (there, event.sentence) } else { (event.sentence, there) };
    if high - low <= 6 {
        let mut since: Vec<EntityId> = Vec::new();
        for sentence in low..=high {
            for m in reading.mentions_in(sentence) {
                let between = if there < event.sentence {
                    m.span.start > mention.span.start && m.span.start < event.span.start
                } else {
                    m.span.start < mention.span.start && m.span.start > event.span.start
                };
                if between && m.entity != entity && sort(reading.entity(m.entity).kind) == mine_sort && !since.contains(&m.entity) {
                    since.push(m.entity);
                }
            }
        }
        let direction = if there < event.sentence { "back" } else { "ahead" };
        features.add2("told since", few(since.len()), direction);
        features.add2("told since, apart", few(since.len()), few(high - low));
    } else {
        features.add("long ago");
    }
    // What the event's own sentence has for a subject.
    let subject = reading.tree(event.sentence).and_then(|tree| subject_above(tree, event)).map_or("none", |token| {
        let named = reading.mentions_in(event.sentence).iter().find(|m| m.span.range().contains(&token));
        named.map_or("thing", |m| match sort(reading.entity(m.entity).kind) {
            0 => "organisation",
            1 | 2 => "geography",
            _ => "name",
        })
    });
    features.add1("subject here", subject);
    if reading.tree(there).is_some_and(|tree| matches!(tree.label(mention.span), Some(Deprel::Nsubj | Deprel::NsubjPass))) {
        features.add("subject there");
        features.add1("subject there, here", subject);
    }
    let leads = matches!(doc.sentences[there].kind, SentenceKind::Heading | SentenceKind::Bullet);
    if leads && there < event.sentence {
        let nearest = (there + 1..=event.sentence).all(|s| !matches!(doc.sentences[s].kind, SentenceKind::Heading | SentenceKind::Bullet));
        features.add1("under heading", if nearest { "own" } else { "earlier" });
    }
    let opens = doc.sentences[event.sentence].span;
    let first = doc.form(opens.start as usize);
    if matches!(first, "It" | "The" | "Its" | "They" | "He" | "This" | "That" | "Another" | "A" | "An" | "In" | "For") {
        features.add2("opens with", first, few(high - low));
    }
}
