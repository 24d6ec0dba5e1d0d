//! What one article calls an entity, with what helps to tell it from others of the name.

use std::collections::BTreeSet;

use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::source::{QuadSource, claims_about, folder_of, iri_of, objects, text_of};
use crate::graph::vocab::ig;
use oxigraph::model::vocab::rdf;

/// The roles by which a claim leads to an entity.
const ROLES: [NamedNodeRef<'static>; 5] = [ig::INVESTOR, ig::RECIPIENT, ig::EMPLOYER, ig::IN_PLACE, ig::UNDER_INITIATIVE];

/// An entity as one article names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention {
    /// Its node in the article's graph.
    pub(super) node: String,
    /// The article's IRI.
    pub(super) article: String,
    /// The key of its first name, or of the gazetteer's entry.
    pub(super) key: String,
    /// The keys of its other names.
    pub(super) aliases: BTreeSet<String>,
    /// Whether the gazetteer knows it.
    pub(super) known: bool,
}

/// What the article's claims say of a mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// Countries that tell namesakes apart: a company's seat, whose programme it is, where a place lies.
    pub(super) seats: BTreeSet<String>,
    /// Countries of the claims that it takes part in.
    pub(super) countries: BTreeSet<String>,
    /// Keys of what the claims connect it with.
    pub(super) partners: BTreeSet<String>,
    /// Keys of its owners and of its units.
    pub(super) family: BTreeSet<String>,
}

impl Mention {
    /// All mentions that bear a key, as the first name or as another.
    pub(super) fn of_key(source: &impl QuadSource, key: &str, predicate: NamedNodeRef<'_>) -> Result<Vec<Self>, StorageError> {
        let literal = Literal::from(key);
        let found = claims_about(source, predicate, literal.as_ref().into(), None)?;
        found.into_iter().filter_map(|(node, article)| Self::read(source, node, &article).transpose()).collect()
    }

    fn read(source: &impl QuadSource, node: NamedNode, article: &NamedNode) -> Result<Option<Self>, StorageError> {
        let graph = GraphNameRef::NamedNode(article.as_ref());
        let Some(key) = super::source::text(source, node.as_ref(), ig::MATCH_KEY, graph)? else { return Ok(None) };
        let aliases = objects(source, node.as_ref(), ig::ALIAS_KEY, graph)?.into_iter().filter_map(text_of).collect();
        let known = source.quads(Some(node.as_ref().into()), Some(ig::REFERENCE_NAME), None, Some(graph)).next().transpose()?.is_some();
        Ok(Some(Self { node: node.into_string(), article: article.as_str().to_owned(), key, aliases, known }))
    }

    /// What the article says of it.
    pub(super) fn context(&self, source: &impl QuadSource) -> Result<Context, StorageError> {
        let mut context = Context::default();
        let node = NamedNodeRef::new_unchecked(&self.node);
        let graph = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(&self.article));
        for role in ROLES {
            for (claim, _) in claims_about(source, role, node.into(), Some(graph))? {
                let mut countries = BTreeSet::new();
                for quad in source.quads(Some(claim.as_ref().into()), None, None, Some(graph)) {
                    let quad = quad?;
                    let Term::NamedNode(object) = &quad.object else { continue };
                    if quad.predicate == ig::IN_COUNTRY {
                        countries.insert(object.as_str().to_owned());
                    } else if ROLES.contains(&quad.predicate.as_ref()) && object.as_ref() != node {
                        context.partners.extend(key_of(source, object.as_ref(), graph)?);
                    }
                }
                // A claim over several countries does not say which of them a place lies in.
                if role == ig::IN_PLACE && countries.len() == 1 {
                    context.seats.extend(countries.iter().cloned());
                }
                context.countries.extend(countries);
            }
        }
        for role in [rdf::SUBJECT, rdf::OBJECT] {
            for (claim, _) in claims_about(source, role, node.into(), Some(graph))? {
                self.add_relation(source, &claim, role == rdf::SUBJECT, &mut context)?;
            }
        }
        Ok(context)
    }

    fn add_relation(
        &self,
        source: &impl QuadSource,
        claim: &NamedNode,
        is_subject: bool,
        context: &mut Context,
    ) -> Result<(), StorageError> {
        let graph = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(&self.article));
        let other = if is_subject { rdf::OBJECT } else { rdf::SUBJECT };
        let predicate = objects(source, claim.as_ref(), rdf::PREDICATE, graph)?.into_iter().find_map(iri_of);
        let other = objects(source, claim.as_ref(), other, graph)?.into_iter().find_map(iri_of);
        let (Some(predicate), Some(other)) = (predicate, other) else { return Ok(()) };
        let predicate = NamedNodeRef::new_unchecked(&predicate);
        let other = NamedNodeRef::new_unchecked(&other);
        if folder_of(other) == Some("country") {
            if predicate == ig::BASED_IN || predicate == ig::INITIATIVE_OF {
                context.seats.insert(other.as_str().to_owned());
            }
            return Ok(());
        }
        if let Some(key) = key_of(source, other, graph)? {
            if predicate == ig::SUBSIDIARY_OF {
                context.family.insert(key.clone());
            }
            context.partners.insert(key);
        }
        Ok(())
    }
}

/// The key of another mention of the article.
fn key_of(source: &impl QuadSource, node: NamedNodeRef<'_>, graph: GraphNameRef<'_>) -> Result<Option<String>, StorageError> {
    super::source::text(source, node, ig::MATCH_KEY, graph)
}

/// The keys that an article's mentions bear.
pub(super) fn keys_in(source: &impl QuadSource, article: NamedNodeRef<'_>) -> Result<BTreeSet<String>, StorageError> {
    let mut keys = BTreeSet::new();
    for predicate in [ig::MATCH_KEY, ig::ALIAS_KEY] {
        for quad in source.quads(None, Some(predicate), None, Some(article.into())) {
            keys.extend(text_of(quad?.object));
        }
    }
    Ok(keys)
}

/// The nodes of an article's mentions.
pub(super) fn nodes_in(source: &impl QuadSource, article: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StorageError> {
    let mut nodes = Vec::new();
    for quad in source.quads(None, Some(ig::MATCH_KEY), None, Some(article.into())) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            nodes.push(node);
        }
    }
    Ok(nodes)
}
