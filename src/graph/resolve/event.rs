//! Investments and job commitments out of the claims that tell of them.
//!
//! Every property is the value that most articles support, and the claims keep what each of them says. The stage is the latest one told.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Term};
use oxigraph::store::StorageError;

use super::claim::Claim;
use super::source::{QuadSource, entity_of};
use super::support::{Support, Tally};
use super::triple::{Description, Triple, Value};
use crate::graph::iri;
use crate::graph::vocab::{self, ig};

/// A value stays when this many times its supporters make all who say something.
const MINORITY: usize = 3;

/// The IRI of what these claims tell of: it bears the name of the earliest one.
pub(super) fn node_of(claims: &[&Claim]) -> Option<NamedNode> {
    // An article without a date may be of any day; those with one come first.
    let first = claims.iter().min_by_key(|claim| (claim.day.is_none(), claim.day, claim.node.as_str()))?;
    let folder = if first.class == ig::JOB_CLAIM.as_str() { "job" } else { "investment" };
    Some(iri::resolved_claim(folder, first.node.as_ref()))
}

/// The investment or job commitment that a cluster of claims tells of.
pub(super) fn resolved(source: &impl QuadSource, subject: &NamedNode, claims: &[&Claim]) -> Result<BTreeSet<Triple>, StorageError> {
    let mut description = Description::new(subject);
    let is_job = claims.iter().any(|claim| claim.class == ig::JOB_CLAIM.as_str());
    description.add_iri(rdf::TYPE, if is_job { ig::JOB_COMMITMENT } else { ig::INVESTMENT }.as_str());
    for claim in claims {
        description.add_iri(ig::CLAIMED_IN, claim.node.as_str());
        description.add_iri(ig::MENTIONED_IN, claim.article.as_str());
    }
    for predicate in [ig::INVESTOR, ig::RECIPIENT, ig::EMPLOYER, ig::IN_COUNTRY, ig::IN_PLACE, ig::UNDER_INITIATIVE] {
        for entity in supported(source, claims, predicate)? {
            description.add_iri(predicate, &entity);
        }
    }
    for group in [&[ig::KIND][..], &[ig::JOBS, ig::JOBS_BOUND], &[ig::FROM], &[ig::UNTIL]] {
        let mut tally = Tally::default();
        for claim in claims {
            tally.add(values(claim, group), &claim.support);
        }
        for (predicate, value) in tally.best_of(|values| !values.is_empty()).unwrap_or_default() {
            description.add(NamedNodeRef::new_unchecked(&predicate), value);
        }
    }
    if let Some(stage) = stage(claims) {
        description.add(ig::STAGE, stage);
    }
    if let Some(best) = claims.iter().max_by_key(|claim| claim.support.confidence()) {
        for confidence in best.objects(ig::CONFIDENCE).filter_map(Value::of).take(1) {
            description.add(ig::CONFIDENCE, confidence);
        }
    }
    add_sums(source, claims, &mut description)?;
    Ok(description.triples)
}

/// What a claim says for a group of properties that belong together.
fn values(claim: &Claim, group: &[NamedNodeRef<'_>]) -> Vec<(String, Value)> {
    let value = |&predicate: &NamedNodeRef<'_>| Some((predicate.as_str().to_owned(), Value::of(claim.objects(predicate).next()?)?));
    group.iter().filter_map(value).collect()
}

/// The entities in a role, without those that only a small part of the articles names.
fn supported(source: &impl QuadSource, claims: &[&Claim], predicate: NamedNodeRef<'_>) -> Result<Vec<String>, StorageError> {
    let mut supporters: BTreeMap<String, usize> = BTreeMap::new();
    let mut said = 0;
    for claim in claims {
        let mut entities = BTreeSet::new();
        for object in claim.objects(predicate) {
            let Term::NamedNode(node) = object else { continue };
            entities.extend(entity_of(source, node.as_ref())?.map(NamedNode::into_string));
        }
        said += usize::from(!entities.is_empty());
        for entity in entities {
            *supporters.entry(entity).or_default() += 1;
        }
    }
    Ok(supporters.into_iter().filter(|(_, count)| count * MINORITY >= said).map(|(entity, _)| entity).collect())
}

/// The stage that the latest articles tell; without dates, the one that most articles do, the furthest among equals.
fn stage(claims: &[&Claim]) -> Option<Value> {
    let latest = claims.iter().filter(|claim| claim.stage.is_some()).filter_map(|claim| claim.day).max();
    let mut tally = Tally::default();
    for claim in claims.iter().filter(|claim| latest.is_none() || claim.day == latest) {
        if let Some(stage) = claim.stage {
            tally.add(stage, &claim.support);
        }
    }
    tally.best().map(|stage| Value::Iri(vocab::stage(stage).as_str().to_owned()))
}

/// A sum as the graph holds it.
type SumValues = BTreeMap<String, Value>;

/// Adds the best supported sum, and what it is in other currencies.
fn add_sums(source: &impl QuadSource, claims: &[&Claim], description: &mut Description) -> Result<(), StorageError> {
    const GROUP: [NamedNodeRef<'static>; 3] = [ig::AMOUNT, ig::CURRENCY, ig::BOUND];
    let mut leading: Tally<(Value, Value)> = Tally::default();
    let mut bounds: BTreeMap<(Value, Value), Tally<Value>> = BTreeMap::new();
    let mut converted: Vec<(SumValues, Support)> = Vec::new();
    let sum = |values: &SumValues| Some((values.get(ig::AMOUNT.as_str())?.clone(), values.get(ig::CURRENCY.as_str())?.clone()));
    for claim in claims {
        let own: SumValues = values(claim, &GROUP).into_iter().collect();
        if let Some(sum) = sum(&own) {
            if let Some(bound) = own.get(ig::BOUND.as_str()) {
                bounds.entry(sum.clone()).or_default().add(bound.clone(), &claim.support);
            }
            leading.add(sum, &claim.support);
            converted.push((own, claim.support.clone()));
        }
        for object in claim.objects(ig::EQUIVALENT) {
            let Term::NamedNode(node) = object else { continue };
            let quads = source.quads(Some(node.as_ref().into()), None, None, Some(GraphNameRef::NamedNode(claim.article.as_ref())));
            let values = quads.map(|quad| quad.map(|quad| (quad.predicate.into_string(), Value::of(&quad.object))));
            let values = values.collect::<Result<Vec<_>, _>>()?;
            let values = values.into_iter().filter_map(|(predicate, value)| Some((predicate, value?)));
            converted.push((values.filter(|(predicate, _)| *predicate != rdf::TYPE.as_str()).collect(), claim.support.clone()));
        }
    }
    // A conversion in one article supports the sum that leads in another.
    for (values, support) in &converted {
        if let Some(sum) = sum(values).filter(|sum| leading.holds(sum)) {
            leading.add(sum, support);
        }
    }
    let Some((amount, currency)) = leading.best() else { return Ok(()) };
    let bound = bounds.remove(&(amount.clone(), currency.clone())).and_then(Tally::best);
    let others: BTreeSet<SumValues> =
        converted.into_iter().map(|(values, _)| values).filter(|values| values.get(ig::CURRENCY.as_str()) != Some(&currency)).collect();
    description.add(ig::AMOUNT, amount);
    description.add(ig::CURRENCY, currency);
    if let Some(bound) = bound {
        description.add(ig::BOUND, bound);
    }
    for (at, values) in others.into_iter().enumerate() {
        let node = format!("{}/equivalent/{}", description.subject, at + 1);
        description.add_iri(ig::EQUIVALENT, &node);
        let mut add = |predicate: String, object| description.triples.insert(Triple { subject: node.clone(), predicate, object });
        add(rdf::TYPE.as_str().to_owned(), Value::Iri(ig::SUM.as_str().to_owned()));
        for (predicate, object) in values {
            add(predicate, object);
        }
    }
    Ok(())
}
