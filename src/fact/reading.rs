//! One article read: its words, names, entities, mentions and quantities side by side, with the look-ups that rules need.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::tree::{self, Tree};
use crate::lexicon::{Class, Judge, Lexicon, NameKind, Trigger};
use crate::mention::quantity::{self, Home, Quantities};
use crate::mention::{Entities, Entity, EntityId, EntityKind, Mention, MentionForm, Name, find_mentions, find_names};
use crate::text::syntax::Syntax;
use crate::text::{Document, SentenceKind, Shape, Span};

/// All that was found in an article before facts are made of it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The text.
    pub doc: &'a Document<'a>,
    /// What we know.
    pub lexicon: &'a Lexicon,
    /// Names, in order.
    pub names: Vec<Name>,
    /// Their bearers.
    pub entities: Entities,
    /// All words that mean an entity, in order.
    pub mentions: Vec<Mention>,
    /// Sums, numbers of jobs, years.
    pub quantities: Quantities,
    /// Trigger words, in order.
    pub triggers: Vec<(usize, Trigger)>,
    by_sentence: Vec<Range<usize>>,
    triggers_by_sentence: Vec<Range<usize>>,
    rank: Vec<u32>,
    /// The country most spoken of.
    pub main_country: Option<u32>,
    in_headline: Vec<bool>,
    trees: Vec<Option<Tree>>,
}

impl<'a> Reading<'a> {
    /// Reads a document with the lexicon; the judge tells companies from other names.
    pub fn new(doc: &'a Document<'a>, lexicon: &'a Lexicon, judge: &mut impl Judge) -> Self {
        let names = find_names(doc, lexicon);
        let entities = Entities::group(doc, &names, lexicon, judge);
        let mentions = find_mentions(doc, &names, &entities, lexicon);
        let main_country = main_country(&entities);
        let home = home(main_country, lexicon);
        let quantities = quantity::read(doc, lexicon.quantities(), &home);
        let mut triggers = Vec::new();
        let mut triggers_by_sentence = Vec::with_capacity(doc.sentences.len());
        for sentence in &doc.sentences {
            let first = triggers.len();
            for t in sentence.span.range() {
                for &trigger in lexicon.patterns().triggers(doc.key(t)) {
                    triggers.push((t, trigger));
                }
            }
            triggers_by_sentence.push(first..triggers.len());
        }
        let mut by_sentence = Vec::with_capacity(doc.sentences.len());
        let mut at = 0;
        for sentence in &doc.sentences {
            let first = at;
            while at < mentions.len() && mentions[at].span.start < sentence.span.end {
                at += 1;
            }
            by_sentence.push(first..at);
        }
        let mut in_headline = vec![false; entities.list.len()];
        for mention in &mentions {
            if doc.sentences[doc.sentence_of(mention.span.start as usize)].kind == SentenceKind::Headline {
                in_headline[mention.entity.0 as usize] = true;
            }
        }
        let rank = ranks(&entities, &mentions);
        let trees = trees(doc, &names, &entities, &mentions, &quantities, &by_sentence);
        Self {
            doc,
            lexicon,
            names,
            entities,
            mentions,
            quantities,
            triggers,
            by_sentence,
            triggers_by_sentence,
            rank,
            main_country,
            in_headline,
            trees,
        }
    }

    /// The mentions of a sentence, in order.
    #[must_use]
    pub fn mentions_in(&self, sentence: usize) -> &[Mention] {
        &self.mentions[self.by_sentence[sentence].clone()]
    }

    /// The triggers of a sentence, in order.
    #[must_use]
    pub fn triggers_in(&self, sentence: usize) -> &[(usize, Trigger)] {
        &self.triggers[self.triggers_by_sentence[sentence].clone()]
    }

    /// The grammar of a sentence, if it was parsed.
    #[must_use]
    pub(super) fn tree(&self, sentence: usize) -> Option<&Tree> {
        self.trees[sentence].as_ref()
    }

    /// The grammar of a sentence as text, one word a line; empty if it was not parsed. For study.
    #[must_use]
    pub fn tree_text(&self, sentence: usize) -> String {
        self.trees[sentence].as_ref().map(|tree| tree.text(|t| self.doc.form(t).to_owned())).unwrap_or_default()
    }

    /// The entity of an id.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        self.entities.get(id)
    }

    /// Place of an entity among those of its sort by number of mentions: 0 is the most mentioned.
    #[must_use]
    pub fn rank(&self, id: EntityId) -> u32 {
        self.rank[id.0 as usize]
    }

    /// Whether the headline mentions it.
    #[must_use]
    pub fn is_in_headline(&self, id: EntityId) -> bool {
        self.in_headline[id.0 as usize]
    }

    /// The country of a country or of a place.
    #[must_use]
    pub fn country_of(&self, id: EntityId) -> Option<u32> {
        match self.entity(id).kind {
            EntityKind::Country(c) => Some(c),
            EntityKind::Place(c) => c,
            _ => None,
        }
    }

    /// The country whose state an entity is or acts for: "Berlin" does not tell, "Commerce Department" does.
    #[must_use]
    pub fn state_of(&self, id: EntityId) -> Option<u32> {
        let entity = self.entity(id);
        match entity.kind {
            EntityKind::Country(c) => Some(c),
            EntityKind::Body => {
                let gazetteer = self.lexicon.gazetteer();
                for kind in &entity.known {
                    match *kind {
                        NameKind::Body(b) => {
                            let body = &gazetteer.bodies()[b as usize];
                            return if body.country.is_empty()
                                || matches!(body.kind.as_str(), "university" | "union" | "association" | "charity" | "sports" | "party")
                            {
                                None
                            } else {
                                self.country_index(&body.country)
                            };
                        }
                        NameKind::Seat(c) => return Some(c),
                        _ => {}
                    }
                }
                let of_state = entity.names.iter().any(|name| {
                    name.split(' ').any(|w| {
                        matches!(
                            w,
                            "Ministry"
                                | "Department"
                                | "Government"
                                | "Treasury"
                                | "Agency"
                                | "Authority"
                                | "Council"
                                | "Administration"
                                | "Secretariat"
                                | "Cabinet"
                                | "Parliament"
                                | "Commission"
                        )
                    })
                });
                if of_state { self.main_country } else { None }
            }
            _ => None,
        }
    }

    /// The ISO code of a country.
    #[must_use]
    pub fn code(&self, country: u32) -> &'a str {
        &self.lexicon.gazetteer().countries()[country as usize].code
    }

    /// The index of a country by its ISO code.
    #[must_use]
    pub fn country_index(&self, code: &str) -> Option<u32> {
        self.lexicon.gazetteer().country_index(code)
    }

    /// The gazetteer's seat of a company.
    #[must_use]
    pub fn known_seat(&self, id: EntityId) -> Option<&'a str> {
        let company = &self.lexicon.gazetteer().companies()[self.entity(id).known_company()? as usize];
        (!company.country.is_empty()).then_some(company.country.as_str())
    }

    /// The preposition or other word that leads to a mention: the nearest word to the left that is no article or modifier.
    #[must_use]
    pub fn lead_in(&self, mention: Span) -> &'a str {
        let sentence = self.doc.sentences[self.doc.sentence_of(mention.start as usize)].span;
        let mut at = mention.start as usize;
        for _ in 0..5 {
            if at <= sentence.start as usize {
                return "^";
            }
            at -= 1;
            let form = self.doc.form(at);
            let skip = matches!(
                form,
                "the"
                    | "a"
                    | "an"
                    | "its"
                    | "their"
                    | "his"
                    | "this"
                    | "both"
                    | "nearby"
                    | "neighbouring"
                    | "neighboring"
                    | "“"
                    | "\""
                    | "‘"
                    | "'"
            ) || self.lexicon.words().is(self.doc.key(at), Class::Direction);
            if !skip {
                return form;
            }
        }
        "…"
    }

    /// Whether the mention is the first of its sort of entity in its sentence.
    #[must_use]
    pub fn is_first_company(&self, mention: &Mention) -> bool {
        let sentence = self.doc.sentence_of(mention.span.start as usize);
        self.mentions_in(sentence)
            .iter()
            .find(|m| self.entity(m.entity).kind == EntityKind::Company)
            .is_some_and(|m| m.span == mention.span)
    }

    /// The base form of a trigger word, or the word itself.
    pub(super) fn lemma(&self, token: usize) -> &'a str {
        let patterns = self.lexicon.patterns();
        patterns.triggers(self.doc.key(token)).first().map_or(self.doc.form(token), |t| patterns.lemma(*t))
    }

    /// The cluster of a token's word.
    pub(super) fn cluster(&self, token: usize) -> Option<u16> {
        self.lexicon.clusters().of(self.doc.key(token))
    }

    /// Whether a token is a word of running text, no sign or number.
    #[must_use]
    pub fn is_word(&self, token: usize) -> bool {
        let shape = self.doc.tokens[token].shape;
        shape.has(Shape::LETTER) && !shape.has(Shape::DIGIT)
    }
}

/// Parses the sentences that may tell a fact: those with a sum, with a company and a place, or with two companies.
fn trees(
    doc: &Document<'_>,
    names: &[Name],
    entities: &Entities,
    mentions: &[Mention],
    quantities: &Quantities,
    by_sentence: &[Range<usize>],
) -> Vec<Option<Tree>> {
    let mut syntax = Syntax::default();
    let mut next_sum = 0;
    let mut trees = Vec::with_capacity(doc.sentences.len());
    for (sentence, range) in doc.sentences.iter().zip(by_sentence) {
        while next_sum < quantities.money.len() && quantities.money[next_sum].span.end <= sentence.span.start {
            next_sum += 1;
        }
        let sum = quantities.money.get(next_sum).is_some_and(|m| m.span.start < sentence.span.end);
        let here = &mentions[range.clone()];
        let companies = here.iter().filter(|m| entities.get(m.entity).kind == EntityKind::Company).count();
        let geography = here.iter().any(|m| matches!(entities.get(m.entity).kind, EntityKind::Country(_) | EntityKind::Place(_)));
        let company = companies > 1 || (companies == 1 && geography);
        trees.push((sum || company).then(|| tree::parse(doc, sentence.span, names, entities, quantities, &mut syntax)));
    }
    trees
}

/// The country with the most mentions; of equals the first.
fn main_country(entities: &Entities) -> Option<u32> {
    let mut counts: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
    for (order, entity) in entities.list.iter().enumerate() {
        let (country, weight) = match entity.kind {
            EntityKind::Country(c) => (c, 2),
            EntityKind::Place(Some(c)) => (c, 1),
            _ => continue,
        };
        let entry = counts.entry(country).or_insert((0, usize::MAX - order));
        entry.0 += weight * entity.mentions.len();
    }
    let mut best: Vec<_> = counts.into_iter().collect();
    best.sort_by_key(|&(c, (count, order))| (std::cmp::Reverse(count), std::cmp::Reverse(order), c));
    best.first().map(|&(c, _)| c)
}

/// The currencies of the country that the article is about.
fn home(main_country: Option<u32>, lexicon: &Lexicon) -> Home {
    let codes: Vec<_> = main_country
        .map(|c| &lexicon.gazetteer().countries()[c as usize].currency)
        .and_then(|code| code.parse().ok())
        .into_iter()
        .collect();
    Home::with(&codes)
}

/// For each entity its place among those of its sort by number of mentions.
fn ranks(entities: &Entities, mentions: &[Mention]) -> Vec<u32> {
    let mut counts = vec![0_usize; entities.list.len()];
    for mention in mentions {
        counts[mention.entity.0 as usize] += if mention.form == MentionForm::Name { 2 } else { 1 };
    }
    let sort = |i: usize| std::mem::discriminant(&entities.list[i].kind);
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(counts[i]), i));
    let mut seen: FxHashMap<std::mem::Discriminant<EntityKind>, u32> = FxHashMap::default();
    let mut rank = vec![0; counts.len()];
    for i in order {
        let next = seen.entry(sort(i)).or_default();
        rank[i] = *next;
        *next += 1;
    }
    rank
}
