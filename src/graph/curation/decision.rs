//! A decision and its triples. [`Decision`] ↔ quads of the graph of decisions.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use super::{Act, Selection};
use crate::graph::iri;
use crate::graph::resolve::QuadSource;
use crate::graph::vocab::{BASE, DECISIONS, dct, ig, prov, rdfs, skos};

/// Something decided, with its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// When, as `xsd:dateTime`.
    pub created: String,
    /// What.
    pub act: Act,
    /// Why, in the user's words.
    pub note: Option<String>,
}

/// Triples that are no decision.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// A decision lacks something.
    #[error("<{decision}> is no decision: it has no {lacks}")]
    Lacks {
        /// Its IRI.
        decision: String,
        /// What it lacks.
        lacks: &'static str,
    },
}

impl Decision {
    /// The end of its IRI: a hash of what is decided, so that the same decision is one whenever it is taken.
    #[must_use]
    pub fn id(&self) -> String {
        let mut lines: Vec<String> = statements(&self.act).into_iter().map(|(predicate, object)| format!("{predicate} {object}")).collect();
        lines.sort();
        iri::sha256_hex(lines.join("\n").as_bytes())[..16].to_owned()
    }

    /// Its triples, in the graph of decisions.
    #[must_use]
    pub fn quads(&self) -> Vec<Quad> {
        let node = NamedNode::new_unchecked(format!("{BASE}decision/{}", self.id()));
        let created = Literal::new_typed_literal(self.created.as_str(), xsd::DATE_TIME);
        let mut statements = statements(&self.act);
        statements.push((dct::CREATED, created.into()));
        statements.extend(self.note.as_deref().map(|note| (rdfs::COMMENT, Literal::from(note).into())));
        statements.into_iter().map(|(predicate, object)| Quad::new(node.clone(), predicate, object, DECISIONS)).collect()
    }
}

fn node(iri: &str) -> Term {
    NamedNode::new_unchecked(iri).into()
}

fn text(text: &str) -> Term {
    Literal::from(text).into()
}

fn statements(act: &Act) -> Vec<(NamedNodeRef<'static>, Term)> {
    let mut all: Vec<(NamedNodeRef<'static>, Term)> = Vec::new();
    let mut add = |predicate, object| all.push((predicate, object));
    match act {
        Act::Merge { kept, joined, keys } => {
            add(rdf::TYPE, ig::MERGE.into());
            add(ig::KEEPS, node(kept));
            add(ig::ABOUT_THING, node(joined));
            for key in keys {
                add(ig::NAME_KEY, text(key));
            }
        }
        Act::Split(Selection { from, keys, name, articles, into }) => {
            add(rdf::TYPE, ig::SPLIT.into());
            add(ig::ABOUT_THING, node(from));
            add(ig::INTO, node(&format!("{BASE}{into}")));
            for key in keys {
                add(ig::NAME_KEY, text(key));
            }
            if let Some(slug) = name {
                add(ig::SPLIT_NAME, text(slug));
            }
            for article in articles {
                add(ig::IN_ARTICLE, node(article));
            }
        }
        Act::Rename { entity, name } => {
            add(rdf::TYPE, ig::RENAMING.into());
            add(ig::ABOUT_THING, node(entity));
            add(skos::PREF_LABEL, text(name));
        }
        Act::RejectFact { fact, prints } => {
            add(rdf::TYPE, ig::REJECTION.into());
            add(ig::ABOUT_THING, node(fact));
            for print in prints {
                add(ig::CLAIM_PRINT, text(print));
            }
        }
        Act::RejectClaim { claim, print } => {
            add(rdf::TYPE, ig::REJECTION.into());
            add(ig::ABOUT_THING, node(claim));
            add(ig::CLAIM_PRINT, text(print));
        }
        Act::RejectRelation { subject, predicate, object } => {
            add(rdf::TYPE, ig::REJECTION.into());
            add(rdf::SUBJECT, node(subject));
            add(rdf::PREDICATE, node(predicate));
            add(rdf::OBJECT, node(object));
        }
        Act::Together { facts, prints } => {
            add(rdf::TYPE, ig::MERGE.into());
            for fact in facts {
                add(ig::ABOUT_THING, node(fact));
            }
            for print in prints {
                add(ig::CLAIM_PRINT, text(print));
            }
        }
        Act::Apart { fact, prints, rest } => {
            add(rdf::TYPE, ig::SPLIT.into());
            add(ig::ABOUT_THING, node(fact));
            for print in prints {
                add(ig::CLAIM_PRINT, text(print));
            }
            for print in rest {
                add(ig::REST_PRINT, text(print));
            }
        }
        Act::Assert { article, source } => {
            add(rdf::TYPE, ig::ASSERTION.into());
            add(prov::GENERATED, node(article));
            add(dct::SOURCE, text(source));
        }
    }
    all
}

/// The decisions of a store, the oldest first.
pub(super) fn read(source: &impl QuadSource) -> Result<Vec<Decision>, StorageError> {
    let quads = source.quads(None, None, None, Some(DECISIONS.into())).collect::<Result<Vec<_>, _>>()?;
    // What stands in the store was checked when it came in.
    Ok(parse(&quads).unwrap_or_default())
}

/// The decisions that these quads make, the oldest first.
pub(super) fn parse(quads: &[Quad]) -> Result<Vec<Decision>, DecisionError> {
    let mut records: BTreeMap<&str, Record<'_>> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            records
                .entry(subject.as_str())
                .or_insert_with(|| Record { iri: subject.as_str(), values: Vec::new() })
                .values
                .push((quad.predicate.as_ref(), &quad.object));
        }
    }
    let mut decisions = records.values().map(Record::decision).collect::<Result<Vec<_>, _>>()?;
    decisions.sort_by_cached_key(|decision| (decision.created.clone(), decision.id()));
    Ok(decisions)
}

/// The triples of one decision.
struct Record<'a> {
    iri: &'a str,
    values: Vec<(NamedNodeRef<'a>, &'a Term)>,
}

impl Record<'_> {
    fn all(&self, predicate: NamedNodeRef<'_>) -> BTreeSet<String> {
        let values = self.values.iter().filter(|(known, _)| *known == predicate);
        values
            .filter_map(|(_, object)| match object {
                Term::NamedNode(node) => Some(node.as_str().to_owned()),
                Term::Literal(literal) => Some(literal.value().to_owned()),
                Term::BlankNode(_) => None,
            })
            .collect()
    }

    fn one(&self, predicate: NamedNodeRef<'_>, lacks: &'static str) -> Result<String, DecisionError> {
        let lacking = || DecisionError::Lacks { decision: self.iri.to_owned(), lacks };
        self.all(predicate).into_iter().next().ok_or_else(lacking)
    }

    fn decision(&self) -> Result<Decision, DecisionError> {
        let created = self.one(dct::CREATED, "dct:created")?;
        let note = self.all(rdfs::COMMENT).into_iter().next();
        Ok(Decision { created, act: self.act()?, note })
    }

    fn act(&self) -> Result<Act, DecisionError> {
        let kind = self.one(rdf::TYPE, "type")?;
        let is = |class: NamedNodeRef<'_>| kind == class.as_str();
        let prints = self.all(ig::CLAIM_PRINT);
        let about = || self.one(ig::ABOUT_THING, "ig:concerns");
        if is(ig::MERGE) && prints.is_empty() {
            Ok(Act::Merge { kept: self.one(ig::KEEPS, "ig:keeps")?, joined: about()?, keys: self.all(ig::NAME_KEY) })
        } else if is(ig::MERGE) {
            Ok(Act::Together { facts: self.all(ig::ABOUT_THING), prints })
        } else if is(ig::SPLIT) && prints.is_empty() {
            Ok(Act::Split(Selection {
                from: about()?,
                keys: self.all(ig::NAME_KEY),
                name: self.all(ig::SPLIT_NAME).into_iter().next(),
                articles: self.all(ig::IN_ARTICLE),
                into: super::key_of(&self.one(ig::INTO, "ig:into")?),
            }))
        } else if is(ig::SPLIT) {
            Ok(Act::Apart { fact: about()?, prints, rest: self.all(ig::REST_PRINT) })
        } else if is(ig::RENAMING) {
            Ok(Act::Rename { entity: about()?, name: self.one(skos::PREF_LABEL, "skos:prefLabel")? })
        } else if is(ig::REJECTION) && prints.is_empty() {
            Ok(Act::RejectRelation {
                subject: self.one(rdf::SUBJECT, "rdf:subject")?,
                predicate: self.one(rdf::PREDICATE, "rdf:predicate")?,
                object: self.one(rdf::OBJECT, "rdf:object")?,
            })
        } else if is(ig::REJECTION) {
            let thing = about()?;
            // A claim's IRI lies within its article.
            if iri::article_id_of(NamedNodeRef::new_unchecked(&thing)).is_some() {
                Ok(Act::RejectClaim { claim: thing, print: self.one(ig::CLAIM_PRINT, "ig:claimPrint")? })
            } else {
                Ok(Act::RejectFact { fact: thing, prints })
            }
        } else if is(ig::ASSERTION) {
            Ok(Act::Assert { article: self.one(prov::GENERATED, "prov:generated")?, source: self.one(dct::SOURCE, "dct:source")? })
        } else {
            Err(DecisionError::Lacks { decision: self.iri.to_owned(), lacks: "known type" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_come_back_from_their_triples() {
        let set = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<BTreeSet<String>>();
        let entity = |name: &str| format!("{BASE}company/{name}");
        let fact = format!("{BASE}investment/x-i1");
        let acts = vec![
            Act::Merge { kept: entity("a"), joined: entity("b"), keys: set(&["company/a", "company/b"]) },
            Act::Split(Selection {
                from: entity("a"),
                keys: set(&["company/a"]),
                name: Some("a-s".into()),
                articles: set(&[&format!("{BASE}article/x")]),
                into: "company/a-s".into(),
            }),
            Act::Rename { entity: entity("a"), name: "A \"and\" B".into() },
            Act::RejectFact { fact: fact.clone(), prints: set(&["p", "q"]) },
            Act::RejectClaim { claim: format!("{BASE}article/x#i1"), print: "p".into() },
            Act::RejectRelation { subject: entity("a"), predicate: ig::SUBSIDIARY_OF.as_str().into(), object: entity("b") },
            Act::Together { facts: set(&[&fact]), prints: set(&["p", "q"]) },
            Act::Apart { fact, prints: set(&["p"]), rest: set(&["q"]) },
            Act::Assert { article: format!("{BASE}article/assertion-1"), source: "annual report, page 4".into() },
        ];
        for act in acts {
            let decision = Decision { created: "2025-03-01T12:00:00Z".into(), act, note: Some("seen twice".into()) };
            assert_eq!(parse(&decision.quads()).unwrap(), std::slice::from_ref(&decision), "{decision:?}");
        }
    }

    #[test]
    fn what_a_decision_lacks_is_told() {
        let decision = Decision {
            created: "2025-03-01T12:00:00Z".into(),
            act: Act::Rename { entity: format!("{BASE}company/a"), name: "A".into() },
            note: None,
        };
        let quads: Vec<Quad> = decision.quads().into_iter().filter(|quad| quad.predicate != skos::PREF_LABEL).collect();
        let error = parse(&quads).unwrap_err().to_string();
        assert!(error.ends_with("is no decision: it has no skos:prefLabel"), "{error}");
    }
}
