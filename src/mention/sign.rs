//! The signs by which the entity scorer tells companies, initiatives and places. "led by Acme Capital and Foxglove" → `listed-with=company`.

use smallvec::SmallVec;

use super::entity::Entity;
use super::name::{Name, NameQuality};
use crate::lexicon::{Class, Features, Lexicon, NameKind};
use crate::text::{Document, Shape, Span};

/// What a name looks like by itself, before anything is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Company,
    Country,
    Place,
    Body,
    Initiative,
    Person,
    /// Nothing is known of it.
    Plain,
}

impl Look {
    const fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Country => "country",
            Self::Place => "place",
            Self::Body => "body",
            Self::Initiative => "initiative",
            Self::Person => "person",
            Self::Plain => "plain",
        }
    }
}

/// Reads the signs of a document's names.
pub(super) struct Signs<'a> {
    doc: &'a Document<'a>,
    names: &'a [Name],
    lexicon: &'a Lexicon,
    looks: Vec<Look>,
}

impl<'a> Signs<'a> {
    pub(super) fn new(doc: &'a Document<'a>, names: &'a [Name], lexicon: &'a Lexicon) -> Self {
        let looks = names.iter().map(|name| look(doc, name, lexicon)).collect();
        Self { doc, names, lexicon, looks }
    }

    /// Adds all signs of an entity.
    pub(super) fn read(&self, entity: &Entity, features: &mut Features) {
        known_signs(entity, self.lexicon, features);
        let mut seen: SmallVec<[&str; MENTIONS]> = SmallVec::new();
        for &m in entity.mentions.iter().take(MENTIONS) {
            let name = &self.names[m as usize];
            let text = self.doc.text_of(name.span);
            // The same words have the same signs.
            if !seen.contains(&text) {
                seen.push(text);
                form_signs(self.doc, name.span, self.lexicon, features);
            }
            if name.quoted {
                features.add("quoted");
            }
        }
        if entity.mentions.iter().all(|&m| self.names[m as usize].quality == NameQuality::Doubtful) {
            features.add("doubtful");
        }
        features.add1(
            "mentions",
            match entity.mentions.len() {
                1 => "1",
                2 => "2",
                3..=5 => "3",
                _ => "6",
            },
        );
        for &m in entity.mentions.iter().take(MENTIONS) {
            self.context(m as usize, features);
            self.list(m as usize, features);
            self.apposition(m as usize, features);
        }
        self.programme(entity, features);
    }

    /// How much speaks for an initiative: what it is called, where it stands, whether money stands beside it.
    fn programme(&self, entity: &Entity, features: &mut Features) {
        let (doc, words) = (self.doc, self.lexicon.words());
        let known = entity.known.iter().any(|k| matches!(k, NameKind::Initiative(_)));
        let mut called = false;
        let mut under = false;
        let mut quoted = false;
        for &m in entity.mentions.iter().take(MENTIONS) {
            let name = &self.names[m as usize];
            let (start, end) = (name.span.start as usize, name.span.end as usize);
            let sentence = doc.sentences[doc.sentence_of(start)].span;
            called |= name.span.len() > 1 && words.is(doc.key(end - 1), Class::InitiativeWord);
            called |= end < sentence.end as usize && words.is(doc.key(end), Class::InitiativeWord);
            let from = start.saturating_sub(4).max(sentence.start as usize);
            under |= (from..start).any(|t| {
                matches!(
                    doc.form(t),
                    "under"
                        | "Under"
                        | "through"
                        | "part"
                        | "via"
                        | "within"
                        | "called"
                        | "dubbed"
                        | "named"
                        | "launched"
                        | "at"
                        | "during"
                )
            });
            quoted |= name.quoted;
        }
        if !known && !called && !quoted {
            return;
        }
        let patterns = self.lexicon.patterns();
        let money = entity.mentions.iter().take(MENTIONS).any(|&m| {
            let sentence = doc.sentences[doc.sentence_of(self.names[m as usize].span.start as usize)].span;
            sentence.range().any(|t| {
                doc.tokens[t].shape.has(Shape::CURRENCY)
                    || words.is(doc.key(t), Class::Currency)
                    || patterns.triggers(doc.key(t)).iter().any(|t| patterns.pattern(*t).name == "invest")
            })
        });
        let place = match (under, money) {
            (true, true) => "under money",
            (true, false) => "under",
            (false, true) => "money",
            (false, false) => "plain",
        };
        let name = match (known, called) {
            (true, true) => "known called",
            (true, false) => "known",
            (false, true) => "called",
            (false, false) => "quoted",
        };
        features.add2("programme", name, place);
        features.add1("programme", name);
        features.add1("programme-stands", place);
    }

    /// The words around a name, by themselves and by class.
    fn context(&self, at: usize, features: &mut Features) {
        let (doc, words) = (self.doc, self.lexicon.words());
        let span = self.names[at].span;
        let (start, end) = (span.start as usize, span.end as usize);
        let sentence = doc.sentences[doc.sentence_of(start)].span;
        let before = |n: usize| if start >= sentence.start as usize + n { doc.form(start - n) } else { "^" };
        let after = |n: usize| if end + n < sentence.end as usize { doc.form(end + n) } else { "$" };
        features.add1("prev", before(1));
        features.add1("next", after(0));
        features.add2("prev2", before(2), before(1));
        features.add2("next2", after(0), after(1));
        self.alike(start, end, sentence, features);
        if matches!(after(0), "'s" | "’s" | "'" | "’") {
            features.add1("owns", after(1));
            features.add1("owns2", after(2));
        }
        if start > sentence.start as usize {
            let key = doc.key(start - 1);
            for (class, name) in [(Class::Title, "title"), (Class::Trade, "trade-before"), (Class::Office, "office-before")] {
                if words.is(key, class) {
                    features.add(name);
                }
            }
            self.trigger("trigger-before", start - 1, features);
            if matches!(before(1), "in" | "by" | "from" | "into" | "of" | "at" | "with" | "to" | "for")
                && start > sentence.start as usize + 1
            {
                let key = doc.key(start - 2);
                for (class, name) in [(Class::Trade, "trade"), (Class::Office, "office"), (Class::Common, "common")] {
                    if words.is(key, class) {
                        features.add2("before-that", name, before(1));
                    }
                }
                self.trigger("trigger-before-that", start - 2, features);
            }
        }
        if end < sentence.end as usize {
            if words.is(doc.key(end), Class::Trade) {
                features.add("trade-follows");
            }
            if words.is(doc.key(end), Class::InitiativeWord) {
                features.add(if doc.tokens[end].shape.has(Shape::CAPITAL) { "initiative-noun-follows" } else { "initiative-word-follows" });
            }
            if words.is(doc.key(end), Class::PlaceWord) {
                features.add("place-word-follows");
            }
            let small = |t: usize| {
                t < sentence.end as usize
                    && words.is(doc.key(t), Class::Common)
                    && matches!(
                        doc.form(t),
                        "has"
                            | "have"
                            | "had"
                            | "will"
                            | "is"
                            | "was"
                            | "are"
                            | "were"
                            | "would"
                            | "could"
                            | "may"
                            | "also"
                            | "which"
                            | "to"
                            | "plans"
                            | "wants"
                            | "agreed"
                            | "said"
                            | "says"
                            | "and"
                            | "'s"
                            | "’s"
                            | ","
                            | "be"
                            | "been"
                    )
            };
            let mut verb = end;
            while verb < end + 3 && small(verb) {
                verb += 1;
            }
            if verb < sentence.end as usize {
                self.trigger(if verb == end { "trigger-follows" } else { "trigger-after-helper" }, verb, features);
            }
        }
        // The name before this one, when nothing but a sign stands between: "Norway's Acme", "Acme, Oslo".
        if at > 0 {
            let gap = self.gap(at - 1);
            if gap.len() <= 2 {
                let sign = gap.first().copied().unwrap_or("beside");
                let sign = if gap.len() == 2 { gap[1] } else { sign };
                features.add2("name-before", self.looks[at - 1].word(), sign);
            }
        }
        if at + 1 < self.names.len() {
            let gap = self.gap(at);
            if gap.len() <= 2 {
                let sign = gap.last().copied().unwrap_or("beside");
                features.add2("name-after", self.looks[at + 1].word(), sign);
            }
        }
    }

    /// What the words around a name and within it are like.
    fn alike(&self, start: usize, end: usize, sentence: Span, features: &mut Features) {
        let cluster = |t: usize| self.lexicon.clusters().of(self.doc.key(t));
        for (template, token) in [("prev alike", start.wrapping_sub(1)), ("prev alike 2", start.wrapping_sub(2))] {
            if let Some(cluster) = (token >= sentence.start as usize && token < start).then(|| cluster(token)).flatten() {
                features.add_number(template, cluster, "");
            }
        }
        for (template, token) in [("next alike", end), ("next alike 2", end + 1), ("next alike 3", end + 2)] {
            if let Some(cluster) = (token < sentence.end as usize).then(|| cluster(token)).flatten() {
                features.add_number(template, cluster, "");
            }
        }
        let length = if end - start == 1 { "alone" } else { "" };
        if let Some(cluster) = cluster(start) {
            features.add_number("first word alike", cluster, length);
        }
        if let Some(cluster) = cluster(end - 1)
            && end - start > 1
        {
            features.add_number("last word alike", cluster, "");
        }
    }

    /// The forms between a name and the next; many when they are far apart.
    fn gap(&self, at: usize) -> SmallVec<[&'a str; 4]> {
        let (from, to) = (self.names[at].span.end as usize, self.names[at + 1].span.start as usize);
        (from..to.min(from + 3)).map(|t| self.doc.form(t)).collect()
    }

    fn trigger(&self, template: &str, token: usize, features: &mut Features) {
        let patterns = self.lexicon.patterns();
        if let Some(trigger) = patterns.triggers(self.doc.key(token)).first() {
            features.add1(template, &patterns.pattern(*trigger).name);
        }
    }

    /// "Acme, a Dutch brewer", "Acme, which makes": what is said right behind a name.
    fn apposition(&self, at: usize, features: &mut Features) {
        let (doc, words) = (self.doc, self.lexicon.words());
        let span = self.names[at].span;
        let start = span.start as usize;
        let sentence = doc.sentences[doc.sentence_of(start)].span;
        let end = span.end as usize;
        if end + 1 >= sentence.end as usize || !matches!(doc.form(end), "," | "(" | "-" | "–" | "—") {
            return;
        }
        let article = matches!(doc.form(end + 1), "the" | "a" | "an" | "one" | "another");
        let mut office = false;
        for t in end + 1..(end + 9).min(sentence.end as usize) {
            let form = doc.form(t);
            if matches!(form, "," | ")" | "which" | "that" | "who" | "whose" | "of" | "in") {
                break;
            }
            office |= words.is(doc.key(t), Class::Office);
            if words.is(doc.key(t), Class::Trade)
                && (article
                    || t == end + 1
                    || self.lexicon.names().exact(&doc.tokens[t - 1..t]).is_some()
                    || words.is(doc.key(t - 1), Class::Trade))
            {
                features.add("trade-after");
            }
        }
        if office {
            features.add("office-after");
        }
    }

    /// What the other names of a list look like: "Meta, Google and Acme".
    fn list(&self, at: usize, features: &mut Features) {
        let joined = |a: usize| {
            let (from, to) = (self.names[a].span.end as usize, self.names[a + 1].span.start as usize);
            to > from && to - from <= 3 && (from..to).all(|t| matches!(self.doc.form(t), "," | "and" | "&" | "or" | ";" | "the"))
        };
        let mut others: SmallVec<[Look; 8]> = SmallVec::new();
        let mut first = at;
        while first > 0 && at - first < 6 && joined(first - 1) {
            first -= 1;
            others.push(self.looks[first]);
        }
        let mut last = at;
        while last + 1 < self.names.len() && last - at < 6 && joined(last) {
            last += 1;
            others.push(self.looks[last]);
        }
        if others.is_empty() {
            return;
        }
        features.add1(
            "list",
            match others.len() {
                1 => "2",
                2 => "3",
                _ => "4",
            },
        );
        for look in [Look::Company, Look::Country, Look::Place, Look::Body, Look::Person, Look::Initiative] {
            if others.contains(&look) {
                features.add1("listed-with", look.word());
            }
        }
        // What stands before a list stands before each of its names.
        if first < at {
            let start = self.names[first].span.start as usize;
            if start > 0 {
                features.add1("list-prev", self.doc.form(start - 1));
                if self.lexicon.words().is(self.doc.key(start - 1), Class::Trade) {
                    features.add("list-trade-before");
                }
            }
        }
    }
}

/// Mentions of an entity that are looked at.
const MENTIONS: usize = 12;

/// What a name looks like by its own words and the word before.
fn look(doc: &Document<'_>, name: &Name, lexicon: &Lexicon) -> Look {
    let words = lexicon.words();
    let mut look = Look::Plain;
    for kind in &name.kinds {
        look = match kind {
            NameKind::Country(_) | NameKind::Adjective(_) | NameKind::Inhabitant(_) => return Look::Country,
            NameKind::Company(_) => Look::Company,
            NameKind::Body(_) if look == Look::Plain => Look::Body,
            NameKind::Initiative(_) if look == Look::Plain => Look::Initiative,
            NameKind::Place(_) | NameKind::Capital(_) if look != Look::Company => Look::Place,
            _ => look,
        };
    }
    if look != Look::Plain {
        return look;
    }
    let span = name.span;
    let last = doc.key(span.end as usize - 1);
    let before = (span.start > 0).then(|| doc.key(span.start as usize - 1));
    let is_before = |class| before.is_some_and(|key| words.is(key, class));
    if words.is(last, Class::LegalForm) || (span.len() > 1 && words.is(last, Class::CompanyWord)) || is_before(Class::Trade) {
        return Look::Company;
    }
    let first_name = || {
        let entry = lexicon.names().exact(&doc.tokens[span.start as usize..=span.start as usize]);
        span.len() > 1 && entry.is_some_and(|e| e.kinds.contains(&NameKind::FirstName))
    };
    if is_before(Class::Title) || first_name() {
        return Look::Person;
    }
    if words.is(last, Class::BodyWord) {
        return Look::Body;
    }
    if words.is(last, Class::InitiativeWord) {
        return Look::Initiative;
    }
    if words.is(last, Class::PlaceWord) {
        return Look::Place;
    }
    if doc.tokens[span.end as usize - 1].shape.has(Shape::MIXED) && span.len() == 1 {
        return Look::Company;
    }
    Look::Plain
}

fn known_signs(entity: &Entity, lexicon: &Lexicon, features: &mut Features) {
    let gazetteer = lexicon.gazetteer();
    for kind in &entity.known {
        match *kind {
            NameKind::Company(i) => {
                let ambiguous = gazetteer.companies()[i as usize].ambiguous == "yes";
                features.add1("known", if ambiguous { "ambiguous company" } else { "company" });
            }
            NameKind::Body(i) => {
                features.add1("known", "body");
                features.add1("body", &gazetteer.bodies()[i as usize].kind);
            }
            NameKind::Initiative(i) => {
                features.add1("known", "initiative");
                features.add1("initiative", &gazetteer.initiatives()[i as usize].kind);
            }
            NameKind::Source(_) => features.add1("known", "source"),
            NameKind::Place(_) | NameKind::Capital(_) => features.add1("known", "place"),
            NameKind::Seat(_) => features.add1("known", "seat"),
            NameKind::Country(_) | NameKind::Adjective(_) | NameKind::Inhabitant(_) | NameKind::FirstName => {}
        }
    }
    if entity.known.is_empty() {
        features.add1("known", "nothing");
    }
}

fn form_signs(doc: &Document<'_>, span: Span, lexicon: &Lexicon, features: &mut Features) {
    let words = lexicon.words();
    let last = span.end as usize - 1;
    let key = doc.key(last);
    if span.len() > 1 {
        features.add1("last", doc.form(last));
        features.add1("first", doc.form(span.start as usize));
    }
    for (class, name) in [
        (Class::LegalForm, "legal form"),
        (Class::CompanyWord, "company word"),
        (Class::BodyWord, "body word"),
        (Class::InitiativeWord, "initiative word"),
        (Class::PlaceWord, "place word"),
        (Class::Common, "common"),
    ] {
        if words.is(key, class) {
            features.add2("ends", name, if span.len() > 1 { "long" } else { "alone" });
        }
        if class != Class::LegalForm && span.range().any(|t| t != last && words.is(doc.key(t), class)) {
            features.add1("holds", name);
        }
    }
    let shape = doc.tokens[last].shape;
    let size = match span.len() {
        1 => "1",
        2 => "2",
        3 => "3",
        _ => "4",
    };
    features.add1("size", size);
    if span.len() == 1 {
        for (flag, name) in [(Shape::ALL_CAPITALS, "capitals"), (Shape::MIXED, "mixed"), (Shape::HYPHEN, "hyphen"), (Shape::DIGIT, "digit")]
        {
            if shape.has(flag) {
                features.add1("shape", name);
            }
        }
    }
    if !words.is(key, Class::Common) {
        let form = doc.form(last);
        let letters: SmallVec<[(usize, char); 24]> = form.char_indices().collect();
        for n in 2..=4 {
            if letters.len() > n {
                features.add1("ending", &form[letters[letters.len() - n].0..]);
            }
        }
        if letters.len() > 4 && span.len() == 1 {
            features.add1("beginning", &form[..letters[3].0]);
            features.add1("beginning", &form[..letters[4].0]);
        }
    }
    if span.range().any(|t| matches!(doc.form(t), "of" | "for")) {
        features.add("holds of");
    }
    let first_name = lexicon.names().exact(&doc.tokens[span.start as usize..=span.start as usize]);
    if first_name.is_some_and(|e| e.kinds.contains(&NameKind::FirstName)) {
        features.add1("first name", size);
    }
    if span.len() > 1 {
        for t in span.range() {
            if let Some(entry) = lexicon.names().exact(&doc.tokens[t..=t]) {
                for kind in &entry.kinds {
                    match kind {
                        NameKind::Country(_) | NameKind::Adjective(_) => features.add1("part", "country"),
                        NameKind::Place(_) | NameKind::Capital(_) => features.add1("part", "place"),
                        NameKind::Company(_) => features.add1("part", "company"),
                        _ => {}
                    }
                }
            }
        }
    }
}
