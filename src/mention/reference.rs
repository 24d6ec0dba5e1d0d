//! Finds whom pronouns and descriptions mean. "Toyota … The Japanese carmaker … its plant" → all Toyota.

use smallvec::SmallVec;

use super::entity::{Entities, EntityId, EntityKind};
use super::name::Name;
use crate::lexicon::{Class, Lexicon, NameKind};
use crate::text::{Document, SentenceKind, Shape, Span, key_of};

/// How the words refer to the entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// By a name.
    Name,
    /// By a country's adjective or inhabitants: "French".
    Adjective,
    /// By a description: "the Japanese carmaker".
    Description,
    /// By a pronoun: "it", "its", "there".
    Pronoun,
}

/// Words that mean an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Whom they mean.
    pub entity: EntityId,
    /// How they mean it.
    pub form: MentionForm,
}

/// All mentions of a document's entities, in order.
#[must_use]
pub fn find_mentions(doc: &Document<'_>, names: &[Name], entities: &Entities, lexicon: &Lexicon) -> Vec<Mention> {
    let resolver = Resolver { doc, names, entities, lexicon, keys: Keys::new() };
    resolver.run()
}

/// Keys of the few words that refer by grammar alone.
struct Keys {
    the: u64,
    this: u64,
    it: u64,
    its: u64,
    itself: u64,
    their: u64,
    they: u64,
    there: u64,
    country: [u64; 6],
    government: [u64; 2],
    region: [u64; 8],
    generic: [u64; 14],
    stops: [u64; 24],
}

impl Keys {
    fn new() -> Self {
        let k = key_of;
        Self {
            the: k("the"),
            this: k("this"),
            it: k("it"),
            its: k("its"),
            itself: k("itself"),
            their: k("their"),
            they: k("they"),
            there: k("there"),
            country: ["country", "nation", "kingdom", "republic", "economy", "market"].map(k),
            government: ["government", "cabinet"].map(k),
            region: ["region", "city", "town", "province", "county", "state", "area", "district"].map(k),
            generic: [
                "company",
                "firm",
                "group",
                "giant",
                "business",
                "enterprise",
                "maker",
                "corporation",
                "concern",
                "conglomerate",
                "investor",
                "operator",
                "multinational",
                "major",
            ]
            .map(k),
            stops: [
                "of", "in", "to", "for", "and", "or", "on", "at", "by", "with", "from", "is", "was", "are", "were", "that", "which", "who",
                "has", "have", "had", "will", "as", "but",
            ]
            .map(k),
        }
    }
}

struct Resolver<'a> {
    doc: &'a Document<'a>,
    names: &'a [Name],
    entities: &'a Entities,
    lexicon: &'a Lexicon,
    keys: Keys,
}

/// A description's head noun and nationality.
struct Description {
    span: Span,
    head: u64,
    nation: Option<u32>,
}

impl Resolver<'_> {
    fn run(&self) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::with_capacity(self.names.len() * 2);
        let mut next_name = 0;
        for sentence in &self.doc.sentences {
            let mut at = sentence.span.start as usize;
            while at < sentence.span.end as usize {
                if next_name < self.names.len() && self.names[next_name].span.start as usize <= at {
                    mentions.push(self.name_mention(next_name));
                    at = (self.names[next_name].span.end as usize).max(at + 1);
                    next_name += 1;
                    continue;
                }
                if let Some(mention) = self.reference(at, sentence.span, &mentions) {
                    // A description may hold a name: "the US group". The name is a mention too.
                    while next_name < self.names.len() && self.names[next_name].span.start < mention.span.end {
                        mentions.push(self.name_mention(next_name));
                        next_name += 1;
                    }
                    at = mention.span.end as usize;
                    mentions.push(mention);
                    continue;
                }
                at += 1;
            }
        }
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        mentions
    }

    fn name_mention(&self, index: usize) -> Mention {
        let name = &self.names[index];
        let adjective = name.kinds.iter().any(|k| matches!(k, NameKind::Adjective(_) | NameKind::Inhabitant(_)));
        let country = matches!(self.entities.get(self.entities.of_name[index]).kind, EntityKind::Country(_));
        let form = if adjective && country { MentionForm::Adjective } else { MentionForm::Name };
        Mention { span: name.span, entity: self.entities.of_name[index], form }
    }

    fn reference(&self, at: usize, sentence: Span, before: &[Mention]) -> Option<Mention> {
        let key = self.doc.key(at);
        let keys = &self.keys;
        if key == keys.the || key == keys.this {
            let description = self.description(at, sentence)?;
            let entity = if keys.country.contains(&description.head) && description.nation.is_none() {
                self.last_of(before, at, |kind| matches!(kind, EntityKind::Country(_)))?
            } else if keys.government.contains(&description.head) {
                if description.nation.is_some() {
                    return None;
                }
                self.last_of(before, at, |kind| matches!(kind, EntityKind::Country(_)))?
            } else if keys.region.contains(&description.head) {
                self.last_of(before, at, |kind| matches!(kind, EntityKind::Place(_)))?
            } else {
                self.company(&description, before)?
            };
            return Some(Mention { span: description.span, entity, form: MentionForm::Description });
        }
        if key == keys.it || key == keys.its || key == keys.itself || key == keys.their || key == keys.they {
            let plural = key == keys.their || key == keys.they;
            let entity = self.antecedent(before, at, plural)?;
            return Some(Mention { span: Span::new(at, at + 1), entity, form: MentionForm::Pronoun });
        }
        if key == keys.there {
            let verb = self.doc.form(at + 1);
            if matches!(verb, "is" | "was" | "are" | "were" | "has" | "have" | "will" | "would" | "may" | "could" | "'s" | "’s" | "had") {
                return None;
            }
            let entity = self.last_of(before, at, |kind| matches!(kind, EntityKind::Country(_) | EntityKind::Place(_)))?;
            return Some(Mention { span: Span::new(at, at + 1), entity, form: MentionForm::Pronoun });
        }
        None
    }

    /// "the Japanese carmaker": up to four words and a noun for an organisation or country, no name right behind it.
    fn description(&self, at: usize, sentence: Span) -> Option<Description> {
        let mut nation = None;
        let end = (sentence.end as usize).min(at + 7);
        let words = self.lexicon.words();
        for t in at + 1..end {
            let key = self.doc.key(t);
            let shape = self.doc.tokens[t].shape;
            if shape.has(Shape::PUNCTUATION) || self.keys.stops.contains(&key) {
                return None;
            }
            if let Some((_, entry)) = self.lexicon.names().longest(&self.doc.tokens[t..end]) {
                for kind in &entry.kinds {
                    if let NameKind::Country(c) | NameKind::Adjective(c) = *kind {
                        nation = nation.or(Some(c));
                    }
                }
            }
            let keys = &self.keys;
            let head =
                words.is(key, Class::Trade) || keys.country.contains(&key) || keys.government.contains(&key) || keys.region.contains(&key);
            if head && !shape.has(Shape::CAPITAL) {
                let next = self.doc.tokens.get(t + 1).filter(|_| t + 1 < sentence.end as usize);
                let next_head = next.is_some_and(|n| words.is(n.key, Class::Trade) && !n.shape.has(Shape::CAPITAL));
                if next_head {
                    continue;
                }
                let named = next.is_some_and(|n| n.shape.has(Shape::CAPITAL) || n.shape.has(Shape::MIXED));
                let modifies =
                    next.is_some_and(|n| n.shape.has(Shape::LETTER) && words.is(n.key, Class::Common) && self.is_noun_after(t + 1));
                if named || modifies {
                    return None;
                }
                return Some(Description { span: Span::new(at, t + 1), head: key, nation });
            }
        }
        None
    }

    /// Whether the noun before is only a modifier: "the company car", "the group chairman".
    fn is_noun_after(&self, at: usize) -> bool {
        self.lexicon.words().is(self.doc.key(at), Class::Office)
            || matches!(self.doc.form(at), "car" | "cars" | "staff" | "shares" | "level" | "law" | "profits" | "sales" | "sector")
    }

    fn last_of(&self, before: &[Mention], at: usize, wanted: impl Fn(EntityKind) -> bool) -> Option<EntityId> {
        let here = self.doc.sentence_of(at);
        before
            .iter()
            .rev()
            .take(40)
            .find(|m| wanted(self.entities.get(m.entity).kind) && here - self.doc.sentence_of(m.span.start as usize) <= 8)
            .map(|m| m.entity)
    }

    /// The company that a description fits best.
    fn company(&self, description: &Description, before: &[Mention]) -> Option<EntityId> {
        let here = self.doc.sentence_of(description.span.start as usize);
        let mut scores: SmallVec<[(EntityId, f32); 16]> = SmallVec::new();
        for mention in before.iter().rev().take(60) {
            let entity = self.entities.get(mention.entity);
            if !matches!(entity.kind, EntityKind::Company) {
                continue;
            }
            let there = self.doc.sentence_of(mention.span.start as usize);
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            let mut score = -((here - there).min(8) as f32) * 0.7;
            if there == here {
                score -= 0.6;
            }
            if self.is_first_company(mention, before) {
                score += 0.8;
            }
            if self.doc.sentences[there].kind == SentenceKind::Headline {
                score += 0.4;
            }
            match scores.iter_mut().find(|(id, _)| *id == mention.entity) {
                Some((_, best)) => *best = best.max(score) + 0.15,
                None => scores.push((mention.entity, score)),
            }
        }
        for (id, score) in &mut scores {
            *score += self.fit(description, *id);
        }
        scores.into_iter().filter(|(_, score)| *score > -5.0).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(id, _)| id)
    }

    /// How well what is known of a company fits a description.
    fn fit(&self, description: &Description, id: EntityId) -> f32 {
        let entity = self.entities.get(id);
        let generic = self.keys.generic.contains(&description.head);
        let mut score = 0.0;
        let mut told = false;
        for &m in entity.mentions.iter().take(10) {
            let span = self.names[m as usize].span;
            let described = (span.start as usize).checked_sub(1).is_some_and(|t| self.doc.key(t) == description.head)
                || (self.doc.form(span.end as usize) == "," && (1..7).any(|n| self.doc.key(span.end as usize + n) == description.head));
            let in_name = span.range().any(|t| self.doc.key(t) == description.head);
            told |= described || in_name;
        }
        if told && !generic {
            score += 3.0;
        }
        if let Some(company) = entity.known_company().map(|i| &self.lexicon.gazetteer().companies()[i as usize]) {
            let trade = company.trades.iter().any(|t| t.split(' ').any(|w| key_of(w) == description.head));
            if trade {
                score += if generic { 0.5 } else { 2.5 };
            } else if !generic && !told {
                score -= 1.5;
            }
            if let Some(nation) = description.nation {
                let same = self.lexicon.gazetteer().countries()[nation as usize].code == company.country;
                score += if same { 2.5 } else { -2.0 };
            }
        } else if let Some(nation) = description.nation {
            let beside = entity.mentions.iter().take(10).any(|&m| {
                let start = self.names[m as usize].span.start as usize;
                (1..5).any(|n| {
                    start.checked_sub(n).is_some_and(|t| {
                        self.lexicon.names().exact(&self.doc.tokens[t..=t]).is_some_and(|e| {
                            e.kinds.iter().any(|k| matches!(k, NameKind::Country(c) | NameKind::Adjective(c) if *c == nation))
                        })
                    })
                })
            });
            score += if beside { 2.5 } else { 0.0 };
        }
        score
    }

    /// Whether the mention is the first of a company in its sentence.
    fn is_first_company(&self, mention: &Mention, before: &[Mention]) -> bool {
        let sentence = self.doc.sentences[self.doc.sentence_of(mention.span.start as usize)].span;
        let same_sentence = before.iter().rev().take(60).take_while(|m| m.span.start >= sentence.start);
        !same_sentence
            .into_iter()
            .any(|m| m.span.start < mention.span.start && matches!(self.entities.get(m.entity).kind, EntityKind::Company))
    }

    /// Whom a pronoun means: a subject before it in the sentence, else the subject of the sentence before.
    fn antecedent(&self, before: &[Mention], at: usize, plural: bool) -> Option<EntityId> {
        let here = self.doc.sentence_of(at);
        let mut best: Option<(f32, EntityId)> = None;
        for mention in before.iter().rev().take(30) {
            let there = self.doc.sentence_of(mention.span.start as usize);
            if here - there > 2 {
                break;
            }
            let entity = self.entities.get(mention.entity);
            let mut score = match entity.kind {
                EntityKind::Company => 2.0,
                EntityKind::Body => 1.2,
                EntityKind::Country(_) if mention.form != MentionForm::Adjective => 0.8,
                EntityKind::Initiative => 0.4,
                _ => continue,
            };
            if plural && entity.kind != EntityKind::Company {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            {
                score -= (here - there) as f32 * 0.9;
            }
            if self.is_first_company(mention, before) {
                score += 0.7;
            }
            if mention.form == MentionForm::Pronoun {
                score += 0.2;
            }
            let possessor = matches!(self.doc.form(mention.span.end as usize), "'s" | "’s");
            if possessor {
                score -= 0.3;
            }
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, mention.entity));
            }
        }
        best.map(|(_, id)| id)
    }
}
