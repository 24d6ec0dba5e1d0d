//! Reads a view from the quads of the default graph. `<company/aws> ig:subsidiaryOf <company/amazon>` → an edge.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use crate::graph::vocab::{self, ig, skos};
use crate::graph::{Amount, Bound, Count, Kind, Money, Stage, Store};

use super::{Edge, Investment, Jobs, Node, View, What, investment_label};

/// Why the store's graph makes no view.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// A thing lacks what makes it drawable.
    #[error("<{iri}> has no usable {property}; load the articles into a fresh store")]
    Lacks {
        /// The thing.
        iri: String,
        /// What it lacks.
        property: &'static str,
    },
    /// The database below failed.
    #[error("the store failed: {0}")]
    Storage(#[from] StorageError),
}

/// The properties that become edges; `true` where the edge runs from object to subject.
const EDGES: [(NamedNodeRef<'static>, Edge, bool); 12] = [
    (ig::INVESTOR, Edge::Investor, true),
    (ig::RECIPIENT, Edge::Recipient, false),
    (ig::IN_COUNTRY, Edge::InCountry, false),
    (ig::IN_PLACE, Edge::InPlace, false),
    (ig::UNDER_INITIATIVE, Edge::UnderInitiative, false),
    (ig::EMPLOYER, Edge::Employer, true),
    (ig::SUBSIDIARY_OF, Edge::SubsidiaryOf, false),
    (ig::BASED_IN, Edge::BasedIn, false),
    (ig::OPERATES_IN, Edge::OperatesIn, false),
    (ig::PARTICIPATES_IN, Edge::ParticipatesIn, false),
    (ig::INITIATIVE_OF, Edge::InitiativeOf, false),
    (ig::LOCATED_IN, Edge::LocatedIn, false),
];

impl View {
    /// The view of a store's default graph.
    pub fn read(store: &Store) -> Result<Self, ViewError> {
        Self::from_quads(store.oxigraph().quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)))
    }

    /// The view of these quads, of which those in named graphs are passed over.
    pub fn from_quads(quads: impl IntoIterator<Item = Result<Quad, StorageError>>) -> Result<Self, ViewError> {
        let mut records: BTreeMap<String, Record> = BTreeMap::new();
        for quad in quads {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(subject), true) = (quad.subject, quad.graph_name.is_default_graph()) {
                records.entry(subject.into_string()).or_default().add(quad.predicate.as_str(), quad.object);
            }
        }
        let mut nodes = Vec::new();
        let mut edges = BTreeSet::new();
        for (iri, record) in &records {
            let Some(what) = record.what(iri, &records)? else { continue };
            nodes.push(record.node(iri, what));
            for (property, edge, turned) in EDGES {
                for object in record.iris(property) {
                    let (source, target) = if turned { (object, iri.as_str()) } else { (iri.as_str(), object) };
                    edges.insert((source.to_owned(), edge, target.to_owned()));
                }
            }
        }
        Ok(Self::new(nodes, edges))
    }
}

/// What the quads say of one subject: property → objects.
#[derive(Default)]
struct Record(BTreeMap<String, Vec<Term>>);

impl Record {
    fn add(&mut self, property: &str, object: Term) {
        self.0.entry(property.to_owned()).or_default().push(object);
    }

    fn node(&self, iri: &str, what: What) -> Node {
        let label = match &what {
            What::Investment(investment) => investment_label(investment),
            What::Jobs(jobs) => super::count_label(&jobs.jobs),
            _ => self.text(skos::PREF_LABEL).unwrap_or_else(|| vocab::local_name(NamedNodeRef::new_unchecked(iri))).to_owned(),
        };
        let mut aliases: Vec<String> = self.texts(skos::ALT_LABEL).map(str::to_owned).collect();
        aliases.sort();
        let mut articles: Vec<String> = self.iris(ig::MENTIONED_IN).map(str::to_owned).collect();
        articles.sort();
        Node { iri: iri.to_owned(), label, aliases, articles, what }
    }

    /// What the subject is, or `None` for what a view does not show: articles, sums.
    fn what(&self, iri: &str, records: &BTreeMap<String, Self>) -> Result<Option<What>, ViewError> {
        let missing = |property| ViewError::Lacks { iri: iri.to_owned(), property };
        let types: BTreeSet<&str> = self.iris(oxigraph::model::vocab::rdf::TYPE).collect();
        let is = |class: NamedNodeRef<'_>| types.contains(class.as_str());
        let what = if is(ig::INVESTMENT) {
            What::Investment(Box::new(self.investment(iri, records)?))
        } else if is(ig::JOB_COMMITMENT) {
            let jobs = self.count().ok_or_else(|| missing("number of jobs"))?;
            What::Jobs(Jobs { jobs, confidence: self.text(ig::CONFIDENCE).map(str::to_owned) })
        } else if is(ig::COUNTRY) {
            let code = self.text(ig::CODE).unwrap_or_else(|| vocab::local_name(NamedNodeRef::new_unchecked(iri)));
            What::Country(code.parse().map_err(|_| missing("country code"))?)
        } else if is(ig::COMPANY) {
            What::Company
        } else if is(ig::PLACE) {
            What::Place
        } else if is(ig::INITIATIVE) {
            What::Initiative
        } else if is(ig::PUBLIC_BODY) {
            What::PublicBody
        } else if is(ig::PERSON) {
            What::Person
        } else {
            return Ok(None);
        };
        Ok(Some(what))
    }

    fn investment(&self, iri: &str, records: &BTreeMap<String, Self>) -> Result<Investment, ViewError> {
        let missing = |property| ViewError::Lacks { iri: iri.to_owned(), property };
        let kind = Kind::ALL.into_iter().find(|kind| self.has(ig::KIND, vocab::kind(*kind)));
        let stage = Stage::ALL.into_iter().find(|stage| self.has(ig::STAGE, vocab::stage(*stage)));
        let mut equivalents: Vec<Money> = self.iris(ig::EQUIVALENT).filter_map(|sum| records.get(sum)).filter_map(Self::money).collect();
        equivalents.sort_by_key(|money| (money.currency, money.amount));
        Ok(Investment {
            kind: kind.ok_or_else(|| missing("kind"))?,
            stage: stage.ok_or_else(|| missing("stage"))?,
            amount: self.money(),
            equivalents,
            jobs: self.count(),
            from: self.text(ig::FROM).and_then(|year| year.parse().ok()),
            until: self.text(ig::UNTIL).and_then(|year| year.parse().ok()),
            confidence: self.text(ig::CONFIDENCE).map(str::to_owned),
        })
    }

    fn money(&self) -> Option<Money> {
        let amount = amount(self.text(ig::AMOUNT)?)?;
        let currency = self.text(ig::CURRENCY)?.parse().ok()?;
        Some(Money { amount, currency, bound: self.bound(ig::BOUND) })
    }

    fn count(&self) -> Option<Count> {
        let count = self.text(ig::JOBS)?.parse().ok()?;
        Some(Count { count, bound: self.bound(ig::JOBS_BOUND) })
    }

    fn bound(&self, property: NamedNodeRef<'_>) -> Bound {
        let bounds = [Bound::Exact, Bound::Min, Bound::Max, Bound::About];
        bounds.into_iter().find(|bound| self.has(property, vocab::bound(*bound))).unwrap_or_default()
    }

    fn has(&self, property: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> bool {
        self.iris(property).any(|iri| iri == object.as_str())
    }

    fn iris(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.0.get(property.as_str()).into_iter().flatten().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    fn texts(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.0.get(property.as_str()).into_iter().flatten().filter_map(|term| match term {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }

    /// The first text by the alphabet, should there be several.
    fn text(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        self.texts(property).min()
    }
}

/// An `xsd:decimal` as an amount, cut to hundredths.
fn amount(decimal: &str) -> Option<Amount> {
    let (units, rest) = decimal.trim_start_matches('+').split_once('.').unwrap_or((decimal, ""));
    let hundredths: u64 = format!("{rest:0<2}").get(..2)?.parse().ok()?;
    Some(Amount::from_hundredths(units.parse::<u64>().ok()?.checked_mul(100)?.checked_add(hundredths)?))
}

#[cfg(test)]
mod tests {
    use super::super::NodeKind;
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn decimals_become_amounts() {
        for (decimal, hundredths) in
            [("1200000000", Some(120_000_000_000)), ("4.5", Some(450)), ("4.567", Some(456)), ("", None), ("-1", None), ("1e9", None)]
        {
            assert_eq!(amount(decimal).map(Amount::hundredths), hundredths, "{decimal}");
        }
    }

    #[test]
    fn quads_become_nodes_and_edges() {
        let view = sample();
        let kinds: Vec<usize> = NodeKind::ALL.iter().map(|kind| view.of_kind(*kind).count()).collect();
        assert_eq!(kinds, [5, 1, 1, 3, 2, 1, 3, 1]);
        let node = |iri: &str| view.by_iri(&format!("{}{iri}", vocab::BASE)).unwrap();
        assert_eq!(view.targets(node("investment/a-i1"), Edge::InPlace), [node("place/auvergne-rhone-alpes"), node("place/paris")]);
        assert_eq!(view.sources(node("investment/a-i1"), Edge::Investor), [node("company/aws")]);
        assert_eq!(view.targets(node("company/aws"), Edge::SubsidiaryOf), [node("company/amazon")]);
        let What::Investment(investment) = &view.graph()[node("investment/a-i1")].what else { panic!("an investment") };
        assert_eq!((investment.kind, investment.stage, investment.equivalents.len()), (Kind::Project, Stage::Planned, 1));
        assert_eq!(view.graph()[node("investment/a-i1")].label, "€1.2 bn+ · planned");
    }

    #[test]
    fn an_investment_without_kind_is_named() {
        let quad = |p: NamedNodeRef<'_>, o: NamedNodeRef<'_>| {
            let subject = NamedNodeRef::new_unchecked("https://w3id.org/investgraph/investment/x");
            Ok(Quad::new(subject.into_owned(), p.into_owned(), o.into_owned(), oxigraph::model::GraphName::DefaultGraph))
        };
        let error = View::from_quads([quad(oxigraph::model::vocab::rdf::TYPE, ig::INVESTMENT)]).unwrap_err();
        assert!(error.to_string().starts_with("<https://w3id.org/investgraph/investment/x> has no usable kind"), "{error}");
    }
}
