//! What can be decided.

use std::collections::BTreeSet;

use oxigraph::model::{GraphNameRef, NamedNodeRef};

use super::{article_of_print, key_of};
use crate::graph::iri;
use crate::graph::resolve::QuadSource;
use crate::graph::vocab::skos;

/// What the user has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Two entities are one, under the first's IRI.
    Merge {
        /// The entity that stays.
        kept: String,
        /// The entity that goes into it.
        joined: String,
        /// The keys of both.
        keys: BTreeSet<String>,
    },
    /// Some mentions of an entity are another.
    Split(Selection),
    /// An entity is shown under this name.
    Rename {
        /// The entity's IRI.
        entity: String,
        /// The name.
        name: String,
    },
    /// An investment or job commitment is wrong, whoever tells it.
    RejectFact {
        /// Its IRI when that was decided.
        fact: String,
        /// What its claims said.
        prints: BTreeSet<String>,
    },
    /// One article's claim is wrong.
    RejectClaim {
        /// The claim's IRI when that was decided.
        claim: String,
        /// What it said.
        print: String,
    },
    /// A relation does not hold.
    RejectRelation {
        /// An entity's IRI.
        subject: String,
        /// A property's IRI.
        predicate: String,
        /// An entity's IRI.
        object: String,
    },
    /// These claims tell of one thing.
    Together {
        /// The things that were several when that was decided.
        facts: BTreeSet<String>,
        /// What their claims said.
        prints: BTreeSet<String>,
    },
    /// These claims tell of another thing than the rest do.
    Apart {
        /// The thing that all belonged to when that was decided.
        fact: String,
        /// What the claims said.
        prints: BTreeSet<String>,
        /// What the rest said.
        rest: BTreeSet<String>,
    },
    /// A fact that the user brings.
    Assert {
        /// The graph that holds it, in the form of an article's.
        article: String,
        /// Where it comes from, in the user's words.
        source: String,
    },
}

/// Mentions of an entity that are another: all of a name, or all of some articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The entity's IRI when that was decided.
    pub from: String,
    /// Its keys.
    pub keys: BTreeSet<String>,
    /// Only mentions whose first name has this slug.
    pub name: Option<String>,
    /// Only mentions of these articles.
    pub articles: BTreeSet<String>,
    /// The other entity's key.
    pub into: String,
}

impl Selection {
    /// Whether a mention is among them.
    pub(in crate::graph) fn takes(&self, source: &impl QuadSource, node: &str, article: &str) -> bool {
        if !self.articles.is_empty() && !self.articles.contains(article) {
            return false;
        }
        let Some(name) = &self.name else { return true };
        let graph = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(article));
        let labels = source.quads(Some(NamedNodeRef::new_unchecked(node).into()), Some(skos::PREF_LABEL), None, Some(graph));
        labels.flatten().any(|quad| matches!(&quad.object, oxigraph::model::Term::Literal(label) if iri::slug(label.value()) == *name))
    }
}

impl Act {
    /// The keys of the entities that it concerns.
    pub(super) fn keys(&self) -> BTreeSet<String> {
        match self {
            Self::Merge { keys, .. } => keys.clone(),
            Self::Split(selection) => selection.keys.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// The entities whose description it changes.
    pub(super) fn entities(&self) -> Vec<String> {
        match self {
            Self::Merge { kept, joined, .. } => vec![kept.clone(), joined.clone()],
            Self::Split(selection) => vec![selection.from.clone()],
            Self::Rename { entity, .. } => vec![entity.clone()],
            Self::RejectRelation { subject, .. } => vec![subject.clone()],
            _ => Vec::new(),
        }
    }

    /// What the claims that it concerns say.
    pub(super) fn prints(&self) -> BTreeSet<String> {
        match self {
            Self::RejectFact { prints, .. } | Self::Together { prints, .. } => prints.clone(),
            Self::Apart { prints, rest, .. } => prints.union(rest).cloned().collect(),
            Self::RejectClaim { print, .. } => BTreeSet::from([print.clone()]),
            _ => BTreeSet::new(),
        }
    }

    /// In a line of words: "merge company/aws and company/amazon-cloud".
    #[must_use]
    pub fn words(&self) -> String {
        let join = |things: &BTreeSet<String>| things.iter().map(|thing| key_of(thing)).collect::<Vec<_>>().join(" and ");
        match self {
            Self::Merge { kept, joined, .. } => format!("merge {} and {}", key_of(kept), key_of(joined)),
            Self::Split(selection) => format!("split {} from {}", selection.into, key_of(&selection.from)),
            Self::Rename { entity, name } => format!("rename {} \"{name}\"", key_of(entity)),
            Self::RejectFact { fact, .. } => format!("reject {}", key_of(fact)),
            Self::RejectClaim { claim, .. } => format!("reject the claim {}", key_of(claim)),
            Self::RejectRelation { subject, predicate, object } => {
                let predicate = crate::graph::vocab::local_name(NamedNodeRef::new_unchecked(predicate));
                format!("reject {} {predicate} {}", key_of(subject), key_of(object))
            }
            Self::Together { facts, .. } => format!("merge {}", join(facts)),
            Self::Apart { fact, prints, .. } => {
                let articles: BTreeSet<String> = prints.iter().map(|print| article_of_print(print).to_owned()).collect();
                format!("split what {} tells from {}", join(&articles), key_of(fact))
            }
            Self::Assert { article, source } => format!("assert {} from {source}", key_of(article)),
        }
    }
}
