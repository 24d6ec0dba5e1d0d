//! Groups names into entities and tells what each is. `Amazon Web Services`, `AWS` → one company.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::name::{Name, NameQuality};
use super::sign::Signs;
use crate::lexicon::{Candidate, Class, Features, Judge, Lexicon, NameKind, PlaceKind, Task};
use crate::text::{Document, Span, key_of};

/// Index of an entity of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What an entity is; the number is the index in the gazetteer's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A commercial organisation.
    Company,
    /// A country, by its index among the gazetteer's countries.
    Country(u32),
    /// A region, city or town; with its country's index when known.
    Place(Option<u32>),
    /// A person.
    Person,
    /// A programme, act or event.
    Initiative,
    /// A public body or another organisation that is no company.
    Body,
    /// None of these.
    Other,
}

/// One bearer of names in a document.
#[derive(Debug, Clone)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its distinct names as written, the fullest first.
    pub names: Vec<String>,
    /// Indices of its names in the document's list of names, in order.
    pub mentions: Vec<u32>,
    /// What the gazetteer knows of it.
    pub known: SmallVec<[NameKind; 2]>,
    /// Probability that it is a company.
    pub company: f32,
}

/// All entities of a document, and whose each name is.
#[derive(Debug, Default)]
pub struct Entities {
    /// The entities.
    pub list: Vec<Entity>,
    /// For each name of the document its entity.
    pub of_name: Vec<EntityId>,
}

impl Entities {
    /// Groups the names of a document and classifies the groups.
    #[must_use]
    pub fn group(doc: &Document<'_>, names: &[Name], lexicon: &Lexicon, judge: &mut impl Judge) -> Self {
        let mut groups = Groups::new(doc, names, lexicon);
        groups.join_same();
        groups.join_brackets();
        groups.join_parts();
        groups.into_entities(judge)
    }

    /// The entity of an id.
    #[must_use]
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.list[id.0 as usize]
    }

    /// All entities with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.list.iter().enumerate().map(|(i, e)| (EntityId(u32::try_from(i).unwrap_or(u32::MAX)), e))
    }
}

impl Entity {
    /// The gazetteer's company, when it is one that the gazetteer knows.
    #[must_use]
    pub fn known_company(&self) -> Option<u32> {
        self.known.iter().find_map(|k| if let NameKind::Company(i) = k { Some(*i) } else { None })
    }
}

/// Union-find over names.
struct Groups<'a> {
    doc: &'a Document<'a>,
    names: &'a [Name],
    lexicon: &'a Lexicon,
    parent: Vec<u32>,
    /// The tokens' keys of each name, without article and legal form.
    keys: Vec<SmallVec<[u64; 6]>>,
}

impl<'a> Groups<'a> {
    fn new(doc: &'a Document<'a>, names: &'a [Name], lexicon: &'a Lexicon) -> Self {
        let parent = (0..u32::try_from(names.len()).unwrap_or(u32::MAX)).collect();
        let keys = names.iter().map(|name| core_keys(doc, name.span, lexicon)).collect();
        Self { doc, names, lexicon, parent, keys }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] as usize != at {
            at = self.parent[at] as usize;
        }
        at
    }

    /// Joins two groups; the root is the earlier name.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = u32::try_from(low).unwrap_or(u32::MAX);
    }

    /// Names with the same words, or of the same entry of the gazetteer, are one.
    fn join_same(&mut self) {
        let mut by_keys: FxHashMap<SmallVec<[u64; 6]>, usize> = FxHashMap::default();
        let mut by_entry: FxHashMap<NameKind, usize> = FxHashMap::default();
        for i in 0..self.names.len() {
            match by_keys.entry(self.keys[i].clone()) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    let first = *first.get();
                    self.join(first, i);
                }
                std::collections::hash_map::Entry::Vacant(slot) => {
                    slot.insert(i);
                }
            }
            let one = self.names[i].kinds.iter().find_map(|k| match *k {
                NameKind::Country(c) | NameKind::Adjective(c) | NameKind::Inhabitant(c) => Some(NameKind::Country(c)),
                NameKind::Company(_) | NameKind::Body(_) | NameKind::Initiative(_) | NameKind::Place(_) => Some(*k),
                _ => None,
            });
            if let Some(entry) = one {
                match by_entry.get(&entry) {
                    Some(&first) => self.join(first, i),
                    None => {
                        by_entry.insert(entry, i);
                    }
                }
            }
        }
    }

    /// "Amazon Web Services (AWS)", "the agency (BEZA)": the name in brackets is the one before.
    fn join_brackets(&mut self) {
        for i in 1..self.names.len() {
            let (before, name) = (&self.names[i - 1], &self.names[i]);
            let open = name.span.start as usize - 1;
            let mut inner = open;
            if matches!(self.doc.form(inner), "\"" | "“" | "'" | "‘") && inner > 0 {
                inner -= 1;
            }
            let close = name.span.end as usize;
            let closes = self.doc.form(close) == ")" || (inner != open && self.doc.form(close + 1) == ")");
            if self.doc.form(inner) == "(" && closes && before.span.end as usize == inner && name.span.len() <= 2 {
                let short: String = self.doc.text_of(name.span).chars().filter(|c| c.is_alphanumeric()).collect();
                let acronym = is_acronym(&short, self.doc, before.span);
                let unknown = !name.kinds.iter().any(|k| matches!(k, NameKind::Country(_) | NameKind::Place(_) | NameKind::Adjective(_)));
                let differ = is_entry(before) && is_entry(name);
                if unknown
                    && !differ
                    && (acronym || short.len() <= 8 && short.chars().filter(|c| c.is_uppercase()).count() * 2 > short.len())
                {
                    self.join(i - 1, i);
                }
            }
        }
    }

    /// "Repare" is "Repare Therapeutics", "Davis" is "Jerel Davis", "EBRD" the name of those initials.
    fn join_parts(&mut self) {
        let longer: Vec<usize> = (0..self.names.len()).filter(|&name| self.keys[name].len() > 1).collect();
        for short in 0..self.names.len() {
            if self.names[short]
                .kinds
                .iter()
                .any(|k| matches!(k, NameKind::Country(_) | NameKind::Place(_) | NameKind::Adjective(_) | NameKind::Inhabitant(_)))
            {
                continue;
            }
            let initials = self.initials(short);
            let mut best: Option<usize> = None;
            let mut rivals = 0;
            for &long in &longer {
                if !self.is_part(short, long, initials) {
                    continue;
                }
                let root = self.root(long);
                if root == self.root(short) || best.is_some_and(|b| self.root(b) == root) {
                    continue;
                }
                rivals += 1;
                best = Some(long);
            }
            if let (Some(long), 1) = (best, rivals) {
                self.join(short, long);
            }
        }
    }

    /// The text of a name that may be the initials of another: one word in capitals.
    fn initials(&self, name: usize) -> Option<&'a str> {
        let text = self.doc.text_of(self.names[name].span);
        (self.keys[name].len() == 1 && text.len() >= 2 && text.chars().all(|c| c.is_uppercase() || c == '.')).then_some(text)
    }

    fn is_part(&self, short: usize, long: usize, initials: Option<&str>) -> bool {
        let (a, b) = (&self.keys[short], &self.keys[long]);
        if initials.is_none() && a.first() != b.first() && a.first() != b.last() {
            return false;
        }
        if a.is_empty() || a.len() >= b.len() || (is_entry(&self.names[short]) && is_entry(&self.names[long])) {
            return false;
        }
        let long_span = self.names[long].span;
        let words = self.lexicon.words();
        if b.starts_with(a) {
            let common = a.len() == 1
                && words.is(a[0], Class::Common)
                && !is_entry(&self.names[short])
                && self.names[short].quality != NameQuality::Inner;
            let class_only =
                a.iter().all(|&k| words.is(k, Class::CompanyWord) || words.is(k, Class::BodyWord) || words.is(k, Class::Direction));
            // A known firm's longer name is the same firm only when what is added says no more than "company".
            let plain = self.added_is_plain(long, b.len() - a.len());
            return !common && !class_only && (plain || !is_entry(&self.names[short]));
        }
        if a.len() == 1 && b.last() == a.first() && self.is_person(long) {
            return true;
        }
        initials.is_some_and(|text| is_acronym(text, self.doc, long_span))
    }

    /// Whether the last words of a name's core say no more than "company": "Toyota Motor", but not "Toyota Logistics".
    fn added_is_plain(&self, name: usize, added: usize) -> bool {
        let keys = &self.keys[name];
        keys[keys.len() - added..]
            .iter()
            .all(|&k| self.lexicon.words().is(k, Class::LegalForm) || self.lexicon.words().is(k, Class::Filler))
    }

    fn is_person(&self, name: usize) -> bool {
        let span = self.names[name].span;
        let first = self.lexicon.names().exact(&self.doc.tokens[span.start as usize..=span.start as usize]);
        let title = span.start > 0 && self.lexicon.words().is(self.doc.key(span.start as usize - 1), Class::Title);
        let last = self.doc.key(span.end as usize - 1);
        let company = self.lexicon.words().is(last, Class::CompanyWord) || self.lexicon.words().is(last, Class::LegalForm);
        !company
            && !is_entry(&self.names[name])
            && (title || (span.len() >= 2 && first.is_some_and(|e| e.kinds.contains(&NameKind::FirstName))))
    }

    fn into_entities(self, judge: &mut impl Judge) -> Entities {
        let n = self.names.len();
        let mut index: FxHashMap<usize, u32> = FxHashMap::default();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut of_name = Vec::with_capacity(n);
        for i in 0..n {
            let root = self.root(i);
            let id = *index.entry(root).or_insert_with(|| {
                groups.push(Vec::new());
                u32::try_from(groups.len() - 1).unwrap_or(u32::MAX)
            });
            groups[id as usize].push(u32::try_from(i).unwrap_or(u32::MAX));
            of_name.push(EntityId(id));
        }
        let mut features = judge.features();
        let signs = Signs::new(self.doc, self.names, self.lexicon);
        let list = groups.into_iter().map(|mentions| self.entity(mentions, &signs, &mut features, judge)).collect();
        Entities { list, of_name }
    }

    fn entity(&self, mentions: Vec<u32>, signs: &Signs<'_>, features: &mut Features, judge: &mut impl Judge) -> Entity {
        let mut known: SmallVec<[NameKind; 2]> = SmallVec::new();
        for &m in &mentions {
            for kind in &self.names[m as usize].kinds {
                if !known.contains(kind) && *kind != NameKind::FirstName {
                    known.push(*kind);
                }
            }
        }
        let mut entity = Entity { kind: EntityKind::Other, names: self.distinct_names(&mentions), mentions, known, company: 0.0 };
        let place = self.geography(&entity);
        if let Some(kind) = place {
            entity.kind = kind;
            if !entity.known.iter().any(|k| matches!(k, NameKind::Company(_))) || matches!(kind, EntityKind::Country(_)) {
                return entity;
            }
        }
        features.clear();
        signs.read(&entity, features);
        let p = judge.judge(Task::Entity, &Candidate::Entity { names: &entity.names }, features);
        let (company, initiative) = (p[1], p[2]);
        entity.company = company;
        entity.kind = if company >= 0.5 {
            EntityKind::Company
        } else if initiative >= 0.2 {
            EntityKind::Initiative
        } else if let Some(place) = place {
            place
        } else if p[3] >= 0.25 {
            EntityKind::Place(None)
        } else if entity.known.iter().any(|k| matches!(k, NameKind::Body(_) | NameKind::Seat(_))) || self.bears_body_word(&entity) {
            EntityKind::Body
        } else if entity.mentions.iter().any(|&m| self.is_person(m as usize)) {
            EntityKind::Person
        } else {
            EntityKind::Other
        };
        entity
    }

    /// "Ministry of Energy", "Kentucky Economic Development Authority": a word of its name says that it is a body.
    fn bears_body_word(&self, entity: &Entity) -> bool {
        entity.mentions.iter().any(|&m| {
            let span = self.names[m as usize].span;
            span.len() > 1 && span.range().any(|t| self.lexicon.words().is(self.doc.key(t), Class::BodyWord))
        })
    }

    /// A country or place that the gazetteer knows.
    fn geography(&self, entity: &Entity) -> Option<EntityKind> {
        let country_of = |code: &str| self.lexicon.gazetteer().country_index(code);
        let mut place = None;
        for kind in &entity.known {
            match *kind {
                NameKind::Country(c) => {
                    return Some(self.namesake(entity, c).map_or(EntityKind::Country(c), |p| {
                        EntityKind::Place(country_of(&self.lexicon.gazetteer().places()[p as usize].country))
                    }));
                }
                NameKind::Adjective(c) | NameKind::Inhabitant(c) => return Some(EntityKind::Country(c)),
                NameKind::Place(p) => place = Some(EntityKind::Place(country_of(&self.lexicon.gazetteer().places()[p as usize].country))),
                NameKind::Capital(c) => place = place.or(Some(EntityKind::Place(Some(c)))),
                _ => {}
            }
        }
        place
    }

    /// "Georgia" in an article on Atlanta: the region of another country that bears the country's name, when more names of that other country stand beside it.
    fn namesake(&self, entity: &Entity, country: u32) -> Option<u32> {
        let gazetteer = self.lexicon.gazetteer();
        let places = gazetteer.places();
        let own = &gazetteer.countries()[country as usize].code;
        let adjective = entity.known.iter().any(|k| matches!(k, NameKind::Adjective(_) | NameKind::Inhabitant(_)));
        let region = entity.known.iter().find_map(|k| match *k {
            NameKind::Place(p) if places[p as usize].kind == PlaceKind::Region && places[p as usize].country != *own => Some(p),
            _ => None,
        })?;
        if adjective {
            return None;
        }
        let other = &places[region as usize].country;
        let votes = |code: &str| {
            let names = self.names.iter().enumerate().filter(|(i, _)| !entity.mentions.iter().any(|&m| m as usize == *i));
            names
                .filter(|(_, name)| {
                    name.kinds.iter().any(|k| match *k {
                        NameKind::Place(p) => places[p as usize].country == code,
                        NameKind::Country(c) | NameKind::Adjective(c) | NameKind::Capital(c) | NameKind::Inhabitant(c) => {
                            gazetteer.countries()[c as usize].code == code
                        }
                        _ => false,
                    })
                })
                .count()
        };
        (votes(other) > votes(own)).then_some(region)
    }

    /// The distinct names, the fullest first; of equals the one that comes first.
    fn distinct_names(&self, mentions: &[u32]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for &m in mentions {
            let text = one_line(self.doc.text_of(self.names[m as usize].span));
            if !names.iter().any(|name| *name == text) {
                names.push(text.into_owned());
            }
        }
        names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        names
    }
}

/// A text with single spaces between its words.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether the gazetteer knows the name as an organisation.
fn is_entry(name: &Name) -> bool {
    name.kinds.iter().any(|k| matches!(k, NameKind::Company(_) | NameKind::Body(_) | NameKind::Initiative(_)))
}

/// The keys of a name's tokens without a leading article and trailing legal forms.
fn core_keys(doc: &Document<'_>, span: Span, lexicon: &Lexicon) -> SmallVec<[u64; 6]> {
    let mut keys: SmallVec<[u64; 6]> = span.range().map(|t| doc.key(t)).collect();
    while keys.len() > 1 && lexicon.words().is(keys[keys.len() - 1], Class::LegalForm) {
        keys.pop();
    }
    if keys.len() > 1 && keys[0] == key_of("the") {
        keys.remove(0);
    }
    keys
}

/// Whether `short` is made of the initials of the name's words, small words left out or not.
fn is_acronym(short: &str, doc: &Document<'_>, long: Span) -> bool {
    let wanted = || short.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase);
    let initials = |all: bool| {
        long.range()
            .flat_map(|t| doc.form(t).split('-'))
            .filter(move |part| all || part.chars().next().is_some_and(char::is_uppercase))
            .filter_map(|part| part.chars().find(|c| c.is_alphabetic()))
            .flat_map(char::to_uppercase)
    };
    wanted().nth(1).is_some() && (initials(false).eq(wanted()) || initials(true).eq(wanted()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::find_names;

    fn groups(text: &str) -> Vec<Vec<String>> {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        let doc = Document::read(text, lexicon.abbreviations());
        let names = find_names(&doc, &lexicon);
        Entities::group(&doc, &names, &lexicon, &mut lexicon.scorers()).list.into_iter().map(|e| e.names).collect()
    }

    #[test]
    fn full_name_and_short_name_are_one_but_a_division_is_another() {
        assert!(
            groups("Vattenfall Group reported. Later Vattenfall grew.")
                .contains(&vec!["Vattenfall Group".to_owned(), "Vattenfall".to_owned()])
        );
        let apart = groups("Vattenfall reported. Later Vattenfall Logistics grew.");
        assert!(apart.contains(&vec!["Vattenfall Logistics".to_owned()]), "{apart:?}");
    }

    #[test]
    fn region_is_told_from_the_country_of_its_name() {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        let kinds = |text: &str| -> Vec<bool> {
            let doc = Document::read(text, lexicon.abbreviations());
            let names = find_names(&doc, &lexicon);
            let entities = Entities::group(&doc, &names, &lexicon, &mut lexicon.scorers());
            entities.list.iter().filter(|e| e.names[0] == "Georgia").map(|e| matches!(e.kind, EntityKind::Place(_))).collect()
        };
        assert_eq!(kinds("The plant near Savannah, south of Atlanta, is the largest in Georgia."), [true]);
        assert_eq!(kinds("The plant near Tbilisi is the largest in Georgia."), [false]);
    }
}
