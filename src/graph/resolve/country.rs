//! Countries, which half of all articles name: brought up to date without a look at the other half.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, Term};
use oxigraph::store::StorageError;

use super::source::{QuadSource, RESOLVED, claims_about, folder_of, objects};
use super::triple::{Description, Value};
use super::{Difference, described, mentioned_in};
use crate::graph::vocab::{ig, skos};

/// What all articles say of a country; of several values the first in the alphabet counts.
const SINGLE: [NamedNodeRef<'static>; 2] = [skos::PREF_LABEL, ig::CODE];

/// Adds the difference that the articles make to the countries which they name or named.
pub(super) fn countries(source: &impl QuadSource, articles: &BTreeSet<String>, difference: &mut Difference) -> Result<(), StorageError> {
    let mut named: BTreeMap<NamedNode, BTreeSet<&String>> = BTreeMap::new();
    for article in articles {
        let node = NamedNodeRef::new_unchecked(article);
        let before = mentioned_in(source, node)?.into_iter().filter(|subject| folder_of(subject.as_ref()) == Some("country"));
        let now = claims_about(source, rdf::TYPE, ig::COUNTRY.into(), Some(node.into()))?.into_iter().map(|(country, _)| country);
        for country in before.chain(now) {
            named.entry(country).or_default().insert(article);
        }
    }
    for (country, articles) in named {
        if !change(source, &country, &articles, difference)? {
            Difference::between(&described(source, country.as_ref())?, whole(source, &country)?, difference);
        }
    }
    Ok(())
}

/// Adds and removes what these articles say. `false`, with nothing done, when that does not suffice.
fn change(
    source: &impl QuadSource,
    country: &NamedNode,
    articles: &BTreeSet<&String>,
    difference: &mut Difference,
) -> Result<bool, StorageError> {
    for predicate in SINGLE {
        let known = objects(source, country.as_ref(), predicate, RESOLVED)?;
        let [known] = known.as_slice() else { return Ok(false) };
        for article in articles {
            let said = objects(source, country.as_ref(), predicate, NamedNodeRef::new_unchecked(article).into())?;
            if said.iter().any(|value| Value::of(value) < Value::of(known)) {
                return Ok(false);
            }
        }
        if !is_said(source, country, predicate, known)? {
            return Ok(false);
        }
    }
    let mut description = Description::new(country);
    let mut old = BTreeSet::new();
    for article in articles {
        let node = NamedNodeRef::new_unchecked(article);
        let graph = GraphNameRef::NamedNode(node);
        let link = |description: &mut Description| description.add_iri(ig::MENTIONED_IN, article);
        let is_named = source.quads(Some(country.as_ref().into()), Some(rdf::TYPE), None, Some(graph)).next().transpose()?.is_some();
        let mentions = source.quads(Some(country.as_ref().into()), Some(ig::MENTIONED_IN), Some(node.into()), Some(RESOLVED));
        if mentions.into_iter().next().transpose()?.is_some() {
            let mut before = Description::new(country);
            link(&mut before);
            old.extend(before.triples);
        }
        if is_named {
            link(&mut description);
        }
    }
    Difference::between(&old, description.triples, difference);
    Ok(true)
}

/// Whether some article says this of the country.
fn is_said(source: &impl QuadSource, country: &NamedNode, predicate: NamedNodeRef<'_>, value: &Term) -> Result<bool, StorageError> {
    for quad in source.quads(Some(country.as_ref().into()), Some(predicate), Some(value.as_ref()), None) {
        if !quad?.graph_name.is_default_graph() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The country as all articles describe it.
fn whole(source: &impl QuadSource, country: &NamedNode) -> Result<BTreeSet<super::triple::Triple>, StorageError> {
    let mut description = Description::new(country);
    let mut singles: BTreeMap<NamedNodeRef<'_>, Value> = BTreeMap::new();
    for quad in source.quads(Some(country.as_ref().into()), None, None, None) {
        let quad = quad?;
        let GraphName::NamedNode(article) = quad.graph_name else { continue };
        let Some(value) = Value::of(&quad.object) else { continue };
        if quad.predicate == rdf::TYPE {
            description.add(rdf::TYPE, value);
            description.add_iri(ig::MENTIONED_IN, article.as_str());
        } else if let Some(predicate) = SINGLE.into_iter().find(|predicate| quad.predicate == *predicate) {
            let first = singles.entry(predicate).or_insert_with(|| value.clone());
            if value < *first {
                *first = value;
            }
        }
    }
    for (predicate, value) in singles {
        description.add(predicate, value);
    }
    Ok(description.triples)
}
