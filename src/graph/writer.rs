//! Puts one article's claims into words of the graph, fact by fact.

use std::collections::BTreeMap;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::iri::{self, EntityType};
use super::names::Names;
use super::vocab::{self, ig, oa, prov, schema, skos};
use super::write::sort_quads;
use crate::article::Article;
use crate::fact::{Confidence, CountryCode, Evidence, Investment, JobCommitment, Money, Object, Party, Predicate, Relation};

/// Collects the quads of one article.
pub(super) struct Writer<'a> {
    article: NamedNode,
    known: &'a Names,
    /// The countries that the article speaks of: where its places are sought.
    near: Vec<CountryCode>,
    /// Every name in use → the article's entity.
    entities: BTreeMap<(EntityType, String), NamedNode>,
    counts: BTreeMap<EntityType, usize>,
    quads: Vec<Quad>,
}

impl<'a> Writer<'a> {
    /// A writer for one article; its places are sought in the countries `near`.
    pub(super) fn new(article: NamedNode, known: &'a Names, near: Vec<CountryCode>) -> Self {
        Self { article, known, near, entities: BTreeMap::new(), counts: BTreeMap::new(), quads: Vec::new() }
    }

    /// The quads, sorted.
    pub(super) fn finish(self) -> Vec<Quad> {
        let mut quads = self.quads;
        sort_quads(&mut quads);
        quads
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, GraphName::NamedNode(self.article.clone())));
    }

    fn add_text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            self.add(subject, predicate, Literal::from(text));
        }
    }

    fn part(&self, fragment: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}#{fragment}", self.article.as_str()))
    }

    pub(super) fn article(&mut self, article: &Article, hash: &str, extractor: &str) {
        let node = self.article.clone();
        self.add(&node, rdf::TYPE, schema::NEWS_ARTICLE);
        self.add(&node, schema::ARTICLE_BODY, Literal::from(article.text.as_str()));
        self.add_text(&node, schema::IDENTIFIER, Some(&article.article));
        self.add_text(&node, schema::HEADLINE, article.title.as_deref());
        self.add_text(&node, schema::PUBLISHER, article.publisher.as_deref());
        self.add_text(&node, schema::IN_LANGUAGE, article.language.as_deref());
        self.add(&node, ig::HASH, Literal::from(hash));
        self.add(&node, ig::EXTRACTOR, Literal::from(extractor));
        if let Some(url) = article.url.as_deref().map(str::trim).filter(|url| !url.is_empty()) {
            let object = NamedNode::new(url).map_or_else(|_| Term::from(Literal::from(url)), Term::from);
            self.add(&node, schema::URL, object);
        }
        if let Some(published) = article.published.as_deref().map(str::trim).filter(|published| !published.is_empty()) {
            self.add(&node, schema::DATE_PUBLISHED, date(published));
        }
    }

    fn mention(&mut self, entity: impl Into<Term>) {
        let node = self.article.clone();
        self.add(&node, schema::MENTIONS, entity);
    }

    /// The article's entity of this name; the first call for a name writes it down.
    pub(super) fn named(&mut self, entity_type: EntityType, id: Option<&str>, names: &[String]) -> Option<NamedNode> {
        let name = names.first()?;
        let described = self.entities.get(&(entity_type, name.clone())).cloned();
        let node = described.unwrap_or_else(|| self.describe(entity_type, id, names));
        self.mention(node.clone());
        Some(node)
    }

    /// Writes down an entity under its names, of which there is one at least.
    fn describe(&mut self, entity_type: EntityType, id: Option<&str>, names: &[String]) -> NamedNode {
        let name = &names[0];
        let count = self.counts.entry(entity_type).or_default();
        *count += 1;
        let count = *count;
        let node = self.part(&format!("{}{count}", entity_type.letter()));
        self.entities.insert((entity_type, name.clone()), node.clone());

        let entry = self.known.entry(entity_type, id, name, &self.near);
        let id = entry.as_ref().map(|entry| entry.id.as_str()).or(id);
        let key = iri::entity_key(entity_type, id, self.known.plain(entity_type, name));
        self.add(&node, rdf::TYPE, class(entity_type));
        for other in names {
            let other = iri::entity_key(entity_type, None, self.known.plain(entity_type, other));
            if other != key {
                self.add(&node, ig::ALIAS_KEY, Literal::from(other));
            }
        }
        self.add(&node, ig::MATCH_KEY, Literal::from(key));
        self.add(&node, skos::PREF_LABEL, Literal::from(name.as_str()));
        for other in names.iter().skip(1).filter(|other| *other != name) {
            self.add(&node, skos::ALT_LABEL, Literal::from(other.as_str()));
        }
        if let Some(entry) = entry {
            self.add(&node, ig::REFERENCE_NAME, Literal::from(entry.name));
            if let Some(code) = entry.country.filter(|_| entity_type == EntityType::Place) {
                let country = self.describe_country(code);
                self.add(&node, ig::LOCATED_IN, country);
                if let Some(region) = entry.region.and_then(|region| self.describe_region(&region, code)).filter(|region| *region != node) {
                    self.add(&node, ig::LOCATED_IN, region);
                }
            }
        }
        node
    }

    fn name(&mut self, entity_type: EntityType, name: &str) -> Option<NamedNode> {
        self.named(entity_type, None, std::slice::from_ref(&name.to_owned()))
    }

    /// Describes the region of a city, without saying that the article names it; `None` when the gazetteer does not know it.
    fn describe_region(&mut self, name: &str, country: CountryCode) -> Option<NamedNode> {
        let entry = self.known.entry(EntityType::Place, None, name, &[country]).filter(|entry| entry.country == Some(country))?;
        if let Some(node) = self.entities.get(&(EntityType::Place, entry.name.clone())) {
            return Some(node.clone());
        }
        let node = self.describe(EntityType::Place, None, &[entry.name]);
        Some(node)
    }

    /// Describes a country, without saying that the article names it.
    fn describe_country(&mut self, code: CountryCode) -> NamedNode {
        let node = iri::country(code);
        if self.entities.insert((EntityType::Country, code.to_string()), node.clone()).is_none() {
            let name = self.known.country(code);
            self.add(&node, rdf::TYPE, ig::COUNTRY);
            self.add(&node, ig::CODE, Literal::from(code.as_str()));
            self.add(&node, skos::PREF_LABEL, Literal::from(name));
        }
        node
    }

    pub(super) fn country(&mut self, code: CountryCode) -> NamedNode {
        let node = self.describe_country(code);
        self.mention(node.clone());
        node
    }

    fn party(&mut self, party: &Party) -> Option<NamedNode> {
        match party {
            Party::Company(name) => self.name(EntityType::Company, name),
            Party::Country(code) => Some(self.country(*code)),
            Party::PublicBody(name) => self.name(EntityType::PublicBody, name),
            Party::Person(name) => self.name(EntityType::Person, name),
        }
    }

    fn claim(
        &mut self,
        fragment: &str,
        class: NamedNodeRef<'_>,
        evidence: &[Evidence],
        confidence: Confidence,
        found_by: &str,
    ) -> NamedNode {
        let claim = self.part(fragment);
        let article = self.article.clone();
        self.add(&claim, rdf::TYPE, class);
        self.add(&claim, prov::HAD_PRIMARY_SOURCE, article);
        self.add(&claim, ig::CONFIDENCE, Literal::new_typed_literal(confidence.to_string(), xsd::DECIMAL));
        self.add_text(&claim, ig::FOUND_BY, Some(found_by));
        let mut counts = BTreeMap::new();
        for evidence in evidence {
            let count = counts.entry(evidence.slot).or_insert(0_usize);
            *count += 1;
            let node = self.part(&format!("{fragment}/{}/{count}", evidence.slot.name()));
            self.add(&claim, ig::EVIDENCE_OF, node.clone());
            self.add(&node, rdf::TYPE, ig::EVIDENCE);
            self.add(&node, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR);
            self.add(&node, rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
            self.add(&node, ig::SLOT, Literal::from(evidence.slot.name()));
            self.add(&node, oa::EXACT, Literal::from(evidence.quote.as_str()));
            self.add(&node, oa::START, integer(&evidence.start));
            self.add(&node, oa::END, integer(&evidence.end));
        }
        claim
    }

    pub(super) fn investment(&mut self, number: usize, investment: &Investment) {
        let fragment = format!("i{number}");
        let claim = self.claim(&fragment, ig::INVESTMENT_CLAIM, &investment.evidence, investment.confidence, &investment.found_by);
        self.add(&claim, ig::KIND, vocab::kind(investment.kind));
        self.add(&claim, ig::STAGE, vocab::stage(investment.stage));
        for party in &investment.investors {
            if let Some(node) = self.party(party) {
                self.add(&claim, ig::INVESTOR, node);
            }
        }
        for name in &investment.recipients {
            self.link(&claim, ig::RECIPIENT, EntityType::Company, name);
        }
        for &code in &investment.countries {
            let node = self.country(code);
            self.add(&claim, ig::IN_COUNTRY, node);
        }
        for name in &investment.places {
            self.link(&claim, ig::IN_PLACE, EntityType::Place, name);
        }
        for name in &investment.initiatives {
            self.link(&claim, ig::UNDER_INITIATIVE, EntityType::Initiative, name);
        }
        if let Some(money) = &investment.amount {
            self.money(&claim, money);
        }
        for (at, money) in investment.equivalents.iter().enumerate() {
            let node = self.part(&format!("{fragment}/equivalent-sum/{}", at + 1));
            self.add(&claim, ig::EQUIVALENT, node.clone());
            self.add(&node, rdf::TYPE, ig::SUM);
            self.money(&node, money);
        }
        if let Some(jobs) = investment.jobs {
            self.add(&claim, ig::JOBS, integer(&jobs.count));
            self.add(&claim, ig::JOBS_BOUND, vocab::bound(jobs.bound));
        }
        if let Some(from) = investment.from {
            self.add(&claim, ig::FROM, year(from));
        }
        if let Some(until) = investment.until {
            self.add(&claim, ig::UNTIL, year(until));
        }
    }

    pub(super) fn jobs(&mut self, number: usize, jobs: &JobCommitment) {
        let claim = self.claim(&format!("j{number}"), ig::JOB_CLAIM, &jobs.evidence, jobs.confidence, &jobs.found_by);
        if let Some(name) = &jobs.company {
            self.link(&claim, ig::EMPLOYER, EntityType::Company, name);
        }
        if let Some(code) = jobs.country {
            let node = self.country(code);
            self.add(&claim, ig::IN_COUNTRY, node);
        }
        self.add(&claim, ig::JOBS, integer(&jobs.jobs.count));
        self.add(&claim, ig::JOBS_BOUND, vocab::bound(jobs.jobs.bound));
    }

    pub(super) fn relation(&mut self, number: usize, relation: &Relation) {
        let claim = self.claim(&format!("r{number}"), ig::RELATION_CLAIM, &relation.evidence, relation.confidence, &relation.found_by);
        let subject_type = if relation.predicate == Predicate::InitiativeOf { EntityType::Initiative } else { EntityType::Company };
        self.link(&claim, rdf::SUBJECT, subject_type, &relation.subject);
        self.add(&claim, rdf::PREDICATE, vocab::predicate(relation.predicate));
        match &relation.object {
            Object::Company(name) => self.link(&claim, rdf::OBJECT, EntityType::Company, name),
            Object::Initiative(name) => self.link(&claim, rdf::OBJECT, EntityType::Initiative, name),
            Object::Country(code) => {
                let node = self.country(*code);
                self.add(&claim, rdf::OBJECT, node);
            }
        }
    }

    fn link(&mut self, claim: &NamedNode, predicate: NamedNodeRef<'_>, entity_type: EntityType, name: &str) {
        if let Some(node) = self.name(entity_type, name) {
            self.add(claim, predicate, node);
        }
    }

    fn money(&mut self, subject: &NamedNode, money: &Money) {
        self.add(subject, ig::AMOUNT, Literal::new_typed_literal(money.amount.to_string(), xsd::DECIMAL));
        self.add(subject, ig::CURRENCY, Literal::from(money.currency.as_str()));
        self.add(subject, ig::BOUND, vocab::bound(money.bound));
    }
}

/// The class of an entity.
#[must_use]
const fn class(entity_type: EntityType) -> NamedNodeRef<'static> {
    match entity_type {
        EntityType::Company => ig::COMPANY,
        EntityType::Country => ig::COUNTRY,
        EntityType::Place => ig::PLACE,
        EntityType::Initiative => ig::INITIATIVE,
        EntityType::PublicBody => ig::PUBLIC_BODY,
        EntityType::Person => ig::PERSON,
    }
}

fn integer(number: &impl ToString) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}

fn year(year: i16) -> Literal {
    Literal::new_typed_literal(format!("{year:04}"), xsd::G_YEAR)
}

/// The day of a date or date-time as `xsd:date`; anything else stays plain text.
fn date(published: &str) -> Literal {
    let day = published.get(..10).filter(|day| day.parse::<jiff::civil::Date>().is_ok());
    day.map_or_else(|| Literal::from(published), |day| Literal::new_typed_literal(day, xsd::DATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_none_stay_text() {
        assert_eq!(date("2024-02-30"), Literal::from("2024-02-30"));
        assert_eq!(date("12 May"), Literal::from("12 May"));
        assert_eq!(date("2024-02-29T10:00:00+02:00").datatype(), xsd::DATE);
        assert_eq!(year(800).value(), "0800");
    }
}
