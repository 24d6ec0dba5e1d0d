//! What the user has decided about the graph: merged, split, renamed, rejected, asserted.
//!
//! Decisions are RDF in a named graph of their own, each with its date; resolution reads them along with the articles, so that they
//! hold for whatever is loaded later. They name entities by the keys of their names and claims by what they say (their print), not by
//! numbers that another reading of the article could shift.
//!
//! ```text
//! GRAPH <decisions> {
//!   <decision/3f…> a ig:Merge ; dct:created "2025-03-01T12:00:00Z"^^xsd:dateTime ; ig:keeps <company/aws> ; ig:concerns <company/amazon-cloud> ;
//!                  ig:nameKey "company/aws", "company/amazon-cloud" .
//!   <decision/91…> a ig:Rejection ; dct:created … ; ig:concerns <investment/…-i1> ; ig:claimPrint "…/article/x#InvestmentClaim|1200000000|EUR|acme|" .
//! }
//! ```

mod act;
mod assertion;
mod decision;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNodeRef, Quad, QuadRef};
use oxigraph::store::StorageError;

pub use act::{Act, Selection};
pub use assertion::{COLUMNS, Row, RowError, asserted};
pub use decision::{Decision, DecisionError};

use super::resolve::{self, QuadSource};
use super::store::{Store, StoreError};
use super::vocab::DECISIONS;
use super::{ArticleGraph, iri};

/// All decisions, in the form in which resolution asks for them.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    splits: Vec<Selection>,
    /// Kept entity's key, joined entity's key, in the order of their dates.
    merges: Vec<(String, String)>,
    /// Key → other keys that a decision connects it with.
    links: BTreeMap<String, BTreeSet<String>>,
    /// Entity → the name that it was given.
    names: BTreeMap<String, String>,
    rejected_facts: BTreeSet<String>,
    rejected_claims: BTreeSet<String>,
    rejected_relations: BTreeSet<(String, String, String)>,
    together: Vec<BTreeSet<String>>,
    apart: Vec<(BTreeSet<String>, BTreeSet<String>)>,
    /// The articles of all claims named above.
    articles: BTreeSet<String>,
}

impl Decisions {
    /// The decisions that a store holds.
    pub(super) fn read(source: &impl QuadSource) -> Result<Self, StorageError> {
        Ok(Self::of(decision::read(source)?))
    }

    /// These decisions; later ones come later.
    #[must_use]
    pub fn of(decisions: impl IntoIterator<Item = Decision>) -> Self {
        let mut all = Self::default();
        for decision in decisions {
            all.add(decision.act);
        }
        all
    }

    fn add(&mut self, act: Act) {
        self.articles.extend(act.prints().iter().map(|print| article_of_print(print).to_owned()));
        match act {
            Act::Merge { kept, joined, keys } => {
                for key in &keys {
                    self.links.entry(key.clone()).or_default().extend(keys.iter().cloned());
                }
                self.merges.push((key_of(&kept), key_of(&joined)));
            }
            Act::Split(selection) => self.splits.push(selection),
            Act::Rename { entity, name } => {
                self.names.insert(entity, name);
            }
            Act::RejectFact { prints, .. } => self.rejected_facts.extend(prints),
            Act::RejectClaim { print, .. } => {
                self.rejected_claims.insert(print);
            }
            Act::RejectRelation { subject, predicate, object } => {
                self.rejected_relations.insert((subject, predicate, object));
            }
            Act::Together { prints, .. } => self.together.push(prints),
            Act::Apart { prints, rest, .. } => self.apart.push((prints, rest)),
            Act::Assert { .. } => {}
        }
    }

    /// Keys that decisions connect with this one.
    pub(super) fn linked(&self, key: &str) -> impl Iterator<Item = String> {
        self.links.get(key).into_iter().flatten().cloned()
    }

    /// The splits that concern mentions of this key.
    pub(super) fn splits_of(&self, key: &str) -> impl Iterator<Item = &Selection> {
        self.splits.iter().filter(move |split| split.keys.contains(key))
    }

    /// Kept and joined entities' keys.
    pub(super) fn merges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.merges.iter().map(|(kept, joined)| (kept.as_str(), joined.as_str()))
    }

    /// The name that the user gave an entity.
    pub(super) fn name_of(&self, entity: &str) -> Option<&str> {
        self.names.get(entity).map(String::as_str)
    }

    pub(super) fn rejects_relation(&self, subject: &str, predicate: &str, object: &str) -> bool {
        !self.rejected_relations.is_empty()
            && self.rejected_relations.contains(&(subject.to_owned(), predicate.to_owned(), object.to_owned()))
    }

    /// Whether what this claim tells of is wrong, whoever tells it.
    pub(super) fn rejects_fact(&self, print: &str) -> bool {
        self.rejected_facts.contains(print)
    }

    /// Whether this claim is wrong.
    pub(super) fn rejects_claim(&self, print: &str) -> bool {
        self.rejected_claims.contains(print)
    }

    /// Groups of claims that are one.
    pub(super) fn claims_together(&self) -> impl Iterator<Item = &BTreeSet<String>> {
        self.together.iter()
    }

    /// Whether two claims are not one.
    pub(super) fn claims_apart(&self, a: &str, b: &str) -> bool {
        self.apart.iter().any(|(out, rest)| out.contains(a) && rest.contains(b) || out.contains(b) && rest.contains(a))
    }

    /// Whether a decision concerns claims of this article.
    pub(super) fn concern(&self, article: &str) -> bool {
        self.articles.contains(article)
    }
}

/// The article's IRI that a claim's print begins with.
pub(super) fn article_of_print(print: &str) -> &str {
    print.split('#').next().unwrap_or(print)
}

/// An entity's key, which is the end of its IRI.
pub(super) fn key_of(entity: &str) -> String {
    entity.strip_prefix(super::vocab::BASE).unwrap_or(entity).to_owned()
}

impl Store {
    /// All decisions, the oldest first.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        Ok(decision::read(self.oxigraph())?)
    }

    /// Takes decisions, with the articles that assertions bring, as one transaction. Those taken already change nothing.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn decide(&mut self, decisions: &[Decision], assertions: &[ArticleGraph]) -> Result<(), StoreError> {
        let known: BTreeSet<String> = self.decisions()?.into_iter().map(|decision| decision.id()).collect();
        let new: Vec<&Decision> = decisions.iter().filter(|decision| !known.contains(&decision.id())).collect();
        self.curate(&new, |transaction| {
            for decision in &new {
                transaction.extend(&decision.quads());
            }
            super::load::put_graphs(transaction, assertions)
        })
    }

    /// Takes a decision back, and the article that an assertion brought.
    ///
    /// # Errors
    /// When there is no such decision, or the database below fails.
    pub fn undo(&mut self, id: &str) -> Result<Decision, StoreError> {
        let wanted = id.trim().trim_start_matches(super::vocab::BASE).trim_start_matches("decision/");
        let found = self.decisions()?.into_iter().find(|decision| decision.id() == wanted);
        let decision = found.ok_or_else(|| StoreError::NoDecision(id.to_owned()))?;
        self.curate(&[&decision], |transaction| {
            for quad in &decision.quads() {
                transaction.remove(quad);
            }
            if let Act::Assert { article, .. } = &decision.act {
                super::load::remove_graph(transaction, NamedNodeRef::new_unchecked(article))?;
            }
            Ok(())
        })?;
        Ok(decision)
    }

    fn curate(
        &mut self,
        decisions: &[&Decision],
        change: impl FnOnce(&mut oxigraph::store::Transaction<'_>) -> Result<(), StorageError>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.oxigraph().start_transaction()?;
        change(&mut transaction)?;
        let mut touched = resolve::Touched::default();
        for decision in decisions {
            touched.keys.extend(decision.act.keys().iter().cloned());
            touched.entities.extend(decision.act.entities());
            let prints = decision.act.prints();
            for article in prints.iter().map(|print| article_of_print(print)).collect::<BTreeSet<_>>() {
                transaction.insert(&resolve::pending(NamedNodeRef::new_unchecked(article)));
            }
        }
        resolve::refresh(&mut transaction, touched)?;
        Ok(transaction.commit()?)
    }

    /// The decisions as quads, with the articles that assertions brought: what [`Store::import_decisions`] takes.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn decision_quads(&self) -> Result<Vec<Quad>, StoreError> {
        let mut quads = Vec::new();
        for decision in self.decisions()? {
            quads.extend(decision.quads());
            if let Act::Assert { article, .. } = &decision.act {
                let graph = NamedNodeRef::new_unchecked(article);
                let found = self.oxigraph().quads_for_pattern(None, None, None, Some(graph.into()));
                quads.extend(found.collect::<Result<Vec<_>, _>>()?);
            }
        }
        super::write::sort_quads(&mut quads);
        Ok(quads)
    }

    /// Takes the decisions that an export holds; says how many are new.
    ///
    /// # Errors
    /// When a quad is none of a decision, or the database below fails.
    pub fn import_decisions(&mut self, quads: Vec<Quad>) -> Result<usize, StoreError> {
        let (decisions, rest): (Vec<Quad>, Vec<Quad>) =
            quads.into_iter().partition(|quad| quad.graph_name == DECISIONS.into() || quad.graph_name.is_default_graph());
        let decisions = decision::parse(&decisions).map_err(StoreError::Decision)?;
        let mut assertions = Vec::new();
        for decision in &decisions {
            if let Act::Assert { article, .. } = &decision.act {
                let graph = NamedNodeRef::new_unchecked(article);
                let id = iri::article_id_of(graph).unwrap_or_default().to_owned();
                let quads = rest.iter().filter(|quad| quad.graph_name == graph.into()).cloned().collect();
                assertions.push(ArticleGraph { id, hash: String::new(), identifier: String::new(), quads });
            }
        }
        let known = self.decisions()?.len();
        self.decide(&decisions, &assertions)?;
        Ok(self.decisions()?.len() - known)
    }

    /// The keys of an entity's mentions.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn keys_of(&self, entity: &str) -> Result<BTreeSet<String>, StoreError> {
        Ok(resolve::keys_of(self.oxigraph(), NamedNodeRef::new_unchecked(entity))?)
    }

    /// What a claim says, as decisions name it; `None` when there is no such claim.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn print_of(&self, claim: &str) -> Result<Option<String>, StoreError> {
        Ok(resolve::print_of(self.oxigraph(), NamedNodeRef::new_unchecked(claim))?)
    }

    /// What the claims of an investment or job commitment say, each with the claim's IRI.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn prints_of(&self, fact: &str) -> Result<Vec<(String, String)>, StoreError> {
        Ok(resolve::prints_of(self.oxigraph(), NamedNodeRef::new_unchecked(fact))?)
    }

    /// Whether the default graph says this of two entities.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn says(&self, subject: &str, predicate: NamedNodeRef<'_>, object: &str) -> Result<bool, StoreError> {
        let (subject, object) = (NamedNodeRef::new_unchecked(subject), NamedNodeRef::new_unchecked(object));
        let quad = QuadRef::new(subject, predicate, object, GraphNameRef::DefaultGraph);
        Ok(self.oxigraph().contains(quad)?)
    }
}
