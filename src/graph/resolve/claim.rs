//! What one claim says, with its mentions resolved: the ground on which claims are compared.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Term};
use oxigraph::store::StorageError;

use super::source::{QuadSource, entity_of, folder_of, iri_of, objects, text};
use super::support::Support;
use super::triple::Value;
use crate::graph::vocab::{ig, schema, skos};
use crate::graph::{Kind, Stage, iri, vocab};

/// A sum in one currency.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sum {
    /// In units of the currency.
    pub(super) amount: f64,
    /// The ISO 4217 code.
    pub(super) currency: String,
    /// The bound's local name: "exact", "min", …
    pub(super) bound: String,
    /// How many digits it has before its zeros.
    pub(super) digits: usize,
}

impl Sum {
    pub(super) fn new(amount: f64, currency: String, bound: String) -> Self {
        let digits = format!("{amount:.0}").trim_end_matches('0').len().max(1);
        Self { amount, currency, bound, digits }
    }
}

/// One claim of an investment or of jobs.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) node: NamedNode,
    pub(super) article: NamedNode,
    pub(super) support: Support,
    /// The class: `ig:InvestmentClaim` or `ig:JobClaim`.
    pub(super) class: String,
    pub(super) kind: Option<Kind>,
    pub(super) stage: Option<Stage>,
    /// Who pays, or the company that creates the jobs.
    pub(super) payers: BTreeSet<String>,
    pub(super) recipients: BTreeSet<String>,
    pub(super) countries: BTreeSet<String>,
    pub(super) places: BTreeSet<String>,
    /// The regions that the places lie in.
    pub(super) regions: BTreeSet<String>,
    pub(super) initiatives: BTreeSet<String>,
    /// The leading sum first, then its conversions.
    pub(super) sums: Vec<Sum>,
    pub(super) jobs: Option<u64>,
    pub(super) from: Option<i32>,
    pub(super) until: Option<i32>,
    /// The day of publication, counted from some day.
    pub(super) day: Option<i32>,
    /// All that the article's graph says of it, in a fixed order.
    pub(super) values: Vec<(NamedNode, Term)>,
}

impl Claim {
    /// Reads a claim from its article's graph; `None` when it is gone.
    pub(super) fn read(source: &impl QuadSource, node: &NamedNode) -> Result<Option<Self>, StorageError> {
        let Some(article) = iri::article_id_of(node.as_ref()).map(iri::article) else { return Ok(None) };
        let graph = GraphNameRef::NamedNode(article.as_ref());
        let mut values = Vec::new();
        for quad in source.quads(Some(node.as_ref().into()), None, None, Some(graph)) {
            let quad = quad?;
            values.push((quad.predicate, quad.object));
        }
        let Some(class) = iri_at(&values, rdf::TYPE).map(str::to_owned) else { return Ok(None) };
        values.sort_by_cached_key(|(predicate, object)| (predicate.as_str().to_owned(), Value::of(object)));
        let confidence = literal_at(&values, ig::CONFIDENCE).and_then(|text| text.parse().ok());
        let resolved = |predicate| entities(source, &values, predicate);
        let mut claim = Self {
            support: Support::of_claim(article.as_str(), confidence.unwrap_or_default()),
            kind: Kind::ALL.into_iter().find(|kind| iri_at(&values, ig::KIND) == Some(vocab::kind(*kind).as_str())),
            stage: Stage::ALL.into_iter().find(|stage| iri_at(&values, ig::STAGE) == Some(vocab::stage(*stage).as_str())),
            payers: resolved(ig::INVESTOR)?.into_iter().chain(resolved(ig::EMPLOYER)?).collect(),
            recipients: resolved(ig::RECIPIENT)?,
            countries: resolved(ig::IN_COUNTRY)?,
            places: resolved(ig::IN_PLACE)?,
            regions: BTreeSet::new(),
            initiatives: resolved(ig::UNDER_INITIATIVE)?,
            sums: Vec::new(),
            jobs: literal_at(&values, ig::JOBS).and_then(|text| text.parse().ok()),
            from: literal_at(&values, ig::FROM).and_then(|text| text.parse().ok()),
            until: literal_at(&values, ig::UNTIL).and_then(|text| text.parse().ok()),
            day: text(source, article.as_ref(), schema::DATE_PUBLISHED, graph)?.as_deref().and_then(day),
            class,
            node: node.clone(),
            article: article.clone(),
            values,
        };
        claim.read_regions(source)?;
        claim.read_sums(source)?;
        Ok(Some(claim))
    }

    /// What the claim gives for a property.
    pub(super) fn objects(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.values.iter().filter(move |(known, _)| *known == predicate).map(|(_, object)| object)
    }

    /// The entities through which another claim of the same may be found: firms and persons that pay or receive; where a state
    /// alone pays, the places and programmes.
    pub(super) fn principals(&self) -> BTreeSet<&String> {
        let named: BTreeSet<&String> = self.payers.iter().filter(|payer| !is_state(payer)).chain(&self.recipients).collect();
        if named.is_empty() { self.places.iter().chain(&self.initiatives).collect() } else { named }
    }

    /// What tells this claim from the others of its article, whatever its number: "article#company, sum, …".
    pub(super) fn print(&self, source: &impl QuadSource) -> Result<String, StorageError> {
        let graph = GraphNameRef::NamedNode(self.article.as_ref());
        let mut parts = vec![vocab::local_name(NamedNodeRef::new_unchecked(&self.class)).to_owned()];
        let values = [ig::AMOUNT, ig::CURRENCY, ig::JOBS].into_iter().filter_map(|predicate| literal_at(&self.values, predicate));
        parts.extend(values.map(str::to_owned));
        let mut roles = vec![ig::INVESTOR, ig::EMPLOYER, ig::RECIPIENT];
        if self.sums.is_empty() {
            roles.push(ig::IN_PLACE);
        }
        for role in roles {
            let mut names = Vec::new();
            for object in self.objects(role) {
                let Term::NamedNode(node) = object else { continue };
                names.push(
                    text(source, node.as_ref(), skos::PREF_LABEL, graph)?.map_or_else(|| node.as_str().to_owned(), |name| iri::slug(&name)),
                );
            }
            names.sort();
            parts.push(names.join(","));
        }
        Ok(format!("{}#{}", self.article.as_str(), parts.join("|")))
    }

    fn read_regions(&mut self, source: &impl QuadSource) -> Result<(), StorageError> {
        let graph = GraphNameRef::NamedNode(self.article.as_ref());
        for object in self.values.iter().filter(|(predicate, _)| *predicate == ig::IN_PLACE).map(|(_, object)| object) {
            let Term::NamedNode(place) = object else { continue };
            for region in objects(source, place.as_ref(), ig::LOCATED_IN, graph)?.into_iter().filter_map(iri_of) {
                if let Some(region) = entity_of(source, NamedNodeRef::new_unchecked(&region))?
                    && !is_state(region.as_str())
                {
                    self.regions.insert(region.into_string());
                }
            }
        }
        Ok(())
    }

    fn read_sums(&mut self, source: &impl QuadSource) -> Result<(), StorageError> {
        let graph = GraphNameRef::NamedNode(self.article.as_ref());
        let mut sums: Vec<Sum> = sum(&self.values).into_iter().collect();
        for object in self.values.iter().filter(|(predicate, _)| *predicate == ig::EQUIVALENT).map(|(_, object)| object) {
            let Term::NamedNode(node) = object else { continue };
            let quads = source.quads(Some(node.as_ref().into()), None, None, Some(graph));
            let values = quads.map(|quad| quad.map(|quad| (quad.predicate, quad.object))).collect::<Result<Vec<_>, _>>()?;
            sums.extend(sum(&values));
        }
        self.sums = sums;
        Ok(())
    }
}

/// Whether an entity is a country, which pays for many things.
pub(super) fn is_state(entity: &str) -> bool {
    folder_of(NamedNodeRef::new_unchecked(entity)) == Some("country")
}

/// The claim nodes of investments and jobs in an article's graph.
pub(super) fn claims_in(source: &impl QuadSource, article: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StorageError> {
    let mut claims = Vec::new();
    for class in [ig::INVESTMENT_CLAIM, ig::JOB_CLAIM] {
        let found = super::source::claims_about(source, rdf::TYPE, class.into(), Some(article.into()))?;
        claims.extend(found.into_iter().map(|(claim, _)| claim));
    }
    Ok(claims)
}

fn entities(source: &impl QuadSource, values: &[(NamedNode, Term)], predicate: NamedNodeRef<'_>) -> Result<BTreeSet<String>, StorageError> {
    let mut entities = BTreeSet::new();
    for (known, object) in values {
        if *known == predicate
            && let Term::NamedNode(node) = object
            && let Some(entity) = entity_of(source, node.as_ref())?
        {
            entities.insert(entity.into_string());
        }
    }
    Ok(entities)
}

fn sum(values: &[(NamedNode, Term)]) -> Option<Sum> {
    let amount = literal_at(values, ig::AMOUNT)?.parse().ok()?;
    let currency = literal_at(values, ig::CURRENCY)?.to_owned();
    let bound = iri_at(values, ig::BOUND).map(|bound| vocab::local_name(NamedNodeRef::new_unchecked(bound)).to_owned());
    Some(Sum::new(amount, currency, bound.unwrap_or_default()))
}

fn iri_at<'a>(values: &'a [(NamedNode, Term)], predicate: NamedNodeRef<'_>) -> Option<&'a str> {
    values.iter().find_map(|(known, object)| match object {
        Term::NamedNode(node) if *known == predicate => Some(node.as_str()),
        _ => None,
    })
}

fn literal_at<'a>(values: &'a [(NamedNode, Term)], predicate: NamedNodeRef<'_>) -> Option<&'a str> {
    values.iter().find_map(|(known, object)| match object {
        Term::Literal(literal) if *known == predicate => Some(literal.value()),
        _ => None,
    })
}

/// A date as a number of days.
fn day(date: &str) -> Option<i32> {
    let date: jiff::civil::Date = date.get(..10)?.parse().ok()?;
    (date - jiff::civil::date(1970, 1, 1)).get_days().into()
}
