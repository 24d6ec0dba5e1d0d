//! Investments and job commitments out of the claims that tell of them.
//!
//! For now each claim stands for itself; this is the place to say which claims are one.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Term};
use oxigraph::store::StorageError;

use super::entity::entity_of;
use super::source::QuadSource;
use super::support::{Support, Tally};
use super::triple::{Description, Triple, Value};
use crate::graph::iri;
use crate::graph::vocab::ig;

/// The claims that make one investment or job commitment: for now, each stands for itself.
pub(super) fn claims_of(candidates: &BTreeSet<String>) -> Vec<NamedNode> {
    candidates.iter().map(|claim| NamedNode::new_unchecked(claim.as_str())).collect()
}

/// One claim with its article's support.
struct Claim {
    node: NamedNode,
    article: NamedNode,
    support: Support,
    values: Vec<(NamedNode, Term)>,
}

/// The investment or job commitment that a cluster of claims tells of; empty when all claims are gone.
pub(super) fn resolved(
    source: &impl QuadSource,
    subject: &NamedNode,
    class: NamedNodeRef<'_>,
    cluster: &[NamedNode],
) -> Result<BTreeSet<Triple>, StorageError> {
    let mut claims = Vec::new();
    for node in cluster {
        if let Some(claim) = read_claim(source, node)? {
            claims.push(claim);
        }
    }
    let mut description = Description::new(subject);
    if claims.is_empty() {
        return Ok(description.triples);
    }
    description.add_iri(rdf::TYPE, class.as_str());
    for claim in &claims {
        description.add_iri(ig::CLAIMED_IN, claim.node.as_str());
        description.add_iri(ig::MENTIONED_IN, claim.article.as_str());
    }
    for predicate in [ig::INVESTOR, ig::RECIPIENT, ig::EMPLOYER, ig::IN_COUNTRY, ig::IN_PLACE, ig::UNDER_INITIATIVE] {
        for claim in &claims {
            let graph = GraphNameRef::NamedNode(claim.article.as_ref());
            for object in claim.objects(predicate) {
                let Term::NamedNode(node) = object else { continue };
                if let Some(entity) = entity_of(source, node.as_ref(), graph)? {
                    description.add_iri(predicate, entity.as_str());
                }
            }
        }
    }
    for group in
        [&[ig::KIND][..], &[ig::STAGE], &[ig::AMOUNT, ig::CURRENCY, ig::BOUND], &[ig::JOBS, ig::JOBS_BOUND], &[ig::FROM], &[ig::UNTIL]]
    {
        let mut tally = Tally::default();
        for claim in &claims {
            let values: Vec<(String, Value)> = group
                .iter()
                .filter_map(|&predicate| Some((predicate.as_str().to_owned(), Value::of(claim.objects(predicate).next()?)?)))
                .collect();
            if !values.is_empty() {
                tally.add(values, &claim.support);
            }
        }
        for (predicate, value) in tally.best().unwrap_or_default() {
            description.add(NamedNodeRef::new_unchecked(&predicate), value);
        }
    }
    if let Some(best) = claims.iter().max_by_key(|claim| claim.support.confidence()) {
        for confidence in best.objects(ig::CONFIDENCE).filter_map(Value::of).take(1) {
            description.add(ig::CONFIDENCE, confidence);
        }
    }
    let mut triples = description.triples;
    triples.extend(equivalents(source, subject, &claims)?);
    Ok(triples)
}

impl Claim {
    fn objects(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.values.iter().filter(move |(known, _)| *known == predicate).map(|(_, object)| object)
    }
}

/// Reads a claim from its article's graph; `None` when it is gone.
fn read_claim(source: &impl QuadSource, node: &NamedNode) -> Result<Option<Claim>, StorageError> {
    let Some(article) = iri::article_id_of(node.as_ref()).map(iri::article) else { return Ok(None) };
    let mut values = Vec::new();
    for quad in source.quads(Some(node.as_ref().into()), None, None, Some(article.as_ref().into())) {
        let quad = quad?;
        values.push((quad.predicate, quad.object));
    }
    if values.is_empty() {
        return Ok(None);
    }
    values.sort_by_cached_key(|(predicate, object)| (predicate.as_str().to_owned(), Value::of(object)));
    let confidence = values.iter().find(|(predicate, _)| *predicate == ig::CONFIDENCE).and_then(|(_, object)| match object {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    });
    let support = Support::of_claim(article.as_str(), confidence.unwrap_or_default());
    Ok(Some(Claim { node: node.clone(), article, support, values }))
}

/// The sums that the claims give as conversions, each once.
fn equivalents(source: &impl QuadSource, subject: &NamedNode, claims: &[Claim]) -> Result<BTreeSet<Triple>, StorageError> {
    let mut sums = BTreeSet::new();
    for claim in claims {
        for object in claim.objects(ig::EQUIVALENT) {
            let Term::NamedNode(node) = object else { continue };
            let mut sum = BTreeSet::new();
            for quad in source.quads(Some(node.as_ref().into()), None, None, Some(claim.article.as_ref().into())) {
                let quad = quad?;
                if let Some(value) = Value::of(&quad.object) {
                    sum.insert((quad.predicate.into_string(), value));
                }
            }
            sums.insert(sum);
        }
    }
    let mut triples = BTreeSet::new();
    for (at, sum) in sums.into_iter().enumerate() {
        let node = format!("{}/equivalent/{}", subject.as_str(), at + 1);
        triples.insert(Triple {
            subject: subject.as_str().to_owned(),
            predicate: ig::EQUIVALENT.as_str().to_owned(),
            object: Value::Iri(node.clone()),
        });
        triples.extend(sum.into_iter().map(|(predicate, object)| Triple { subject: node.clone(), predicate, object }));
    }
    Ok(triples)
}
