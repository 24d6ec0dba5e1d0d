//! Tidy tables: one row a thing, one column a property. Investments → `id,kind,stage,investors,…`.
//!
//! Several values stand in one cell, joined by "; ". Amounts are plain numbers. The columns `id` and `…_id(s)` join the tables.

use std::collections::BTreeMap;
use std::io::Write;

use petgraph::graph::NodeIndex;

use crate::graph::Money;
use crate::view::{Edge, Node, NodeKind, View, What, short};

use super::evidence::read_articles;
use super::{ExportError, Format, Source, read_evidence};

/// The tables, each a file `NAME.csv`.
pub const TABLES: &[&str] =
    &["investments", "companies", "bodies", "people", "countries", "places", "initiatives", "jobs", "relations", "articles", "evidence"];

/// Comma-separated values, RFC 4180, with a header line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn parts(&self) -> &'static [&'static str] {
        TABLES
    }

    fn write(&self, part: &str, source: Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut table = Table(::csv::Writer::from_writer(out));
        let view = source.view;
        match part {
            "investments" => investments(view, &mut table)?,
            "companies" => companies(view, &mut table)?,
            "bodies" => named(view, NodeKind::PublicBody, &mut table)?,
            "people" => named(view, NodeKind::Person, &mut table)?,
            "countries" => countries(view, &mut table)?,
            "places" => places(view, &mut table)?,
            "initiatives" => initiatives(view, &mut table)?,
            "jobs" => jobs(view, &mut table)?,
            "relations" => relations(view, &mut table)?,
            "articles" => articles(source, &mut table)?,
            "evidence" => evidence(source, &mut table)?,
            _ => return Err(ExportError::UnknownTable { table: part.to_owned() }),
        }
        table.0.flush()?;
        Ok(())
    }
}

struct Table<'a>(::csv::Writer<&'a mut dyn Write>);

impl Table<'_> {
    fn row<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), ExportError> {
        self.0.write_record(cells).map_err(|error| match error.into_kind() {
            ::csv::ErrorKind::Io(error) => ExportError::Output(error),
            other => ExportError::Output(std::io::Error::other(format!("{other:?}"))),
        })
    }
}

fn investments(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row([
        "id",
        "kind",
        "stage",
        "investors",
        "recipients",
        "countries",
        "places",
        "amount",
        "currency",
        "bound",
        "equivalents",
        "jobs",
        "jobs_bound",
        "initiatives",
        "from",
        "until",
        "confidence",
        "investor_ids",
        "recipient_ids",
        "country_ids",
        "place_ids",
        "initiative_ids",
        "article_ids",
    ])?;
    for (index, node) in view.of_kind(NodeKind::Investment) {
        let What::Investment(investment) = &node.what else { continue };
        let [investors, recipients, countries, places, initiatives] = [
            view.sources(index, Edge::Investor),
            view.targets(index, Edge::Recipient),
            view.targets(index, Edge::InCountry),
            view.targets(index, Edge::InPlace),
            view.targets(index, Edge::UnderInitiative),
        ];
        let amount = investment.amount;
        table.row([
            node.id().to_owned(),
            investment.kind.name().to_owned(),
            investment.stage.name().to_owned(),
            labels(view, &investors),
            labels(view, &recipients),
            labels(view, &countries),
            labels(view, &places),
            amount.map(|money| money.amount.to_string()).unwrap_or_default(),
            amount.map(|money| money.currency.to_string()).unwrap_or_default(),
            amount.map(|money| money.bound.name().to_owned()).unwrap_or_default(),
            join(investment.equivalents.iter().map(|Money { amount, currency, .. }| format!("{amount} {currency}"))),
            investment.jobs.map(|jobs| jobs.count.to_string()).unwrap_or_default(),
            investment.jobs.map(|jobs| jobs.bound.name().to_owned()).unwrap_or_default(),
            labels(view, &initiatives),
            investment.from.map(|year| year.to_string()).unwrap_or_default(),
            investment.until.map(|year| year.to_string()).unwrap_or_default(),
            investment.confidence.clone().unwrap_or_default(),
            ids(view, &investors),
            ids(view, &recipients),
            ids(view, &countries),
            ids(view, &places),
            ids(view, &initiatives),
            article_ids(node),
        ])?;
    }
    Ok(())
}

fn companies(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row([
        "id",
        "name",
        "aliases",
        "parents",
        "based_in",
        "operates_in",
        "initiatives",
        "invests",
        "receives",
        "parent_ids",
        "based_in_ids",
        "operates_in_ids",
        "initiative_ids",
        "article_ids",
    ])?;
    for (index, node) in view.of_kind(NodeKind::Company) {
        let [parents, seats, active, initiatives] =
            [Edge::SubsidiaryOf, Edge::BasedIn, Edge::OperatesIn, Edge::ParticipatesIn].map(|edge| view.targets(index, edge));
        table.row([
            node.id().to_owned(),
            node.label.clone(),
            join(&node.aliases),
            labels(view, &parents),
            labels(view, &seats),
            labels(view, &active),
            labels(view, &initiatives),
            view.targets(index, Edge::Investor).len().to_string(),
            view.sources(index, Edge::Recipient).len().to_string(),
            ids(view, &parents),
            ids(view, &seats),
            ids(view, &active),
            ids(view, &initiatives),
            article_ids(node),
        ])?;
    }
    Ok(())
}

/// Investors that are neither companies nor countries.
fn named(view: &View, kind: NodeKind, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "name", "aliases", "invests", "article_ids"])?;
    for (index, node) in view.of_kind(kind) {
        let invests = view.targets(index, Edge::Investor).len().to_string();
        table.row([node.id(), &node.label, &join(&node.aliases), &invests, &article_ids(node)])?;
    }
    Ok(())
}

fn countries(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "code", "name", "invests", "receives", "article_ids"])?;
    for (index, node) in view.of_kind(NodeKind::Country) {
        let What::Country(code) = node.what else { continue };
        let invests = view.targets(index, Edge::Investor).len().to_string();
        let receives = investments_to(view, index, Edge::InCountry).to_string();
        table.row([node.id(), code.as_str(), &node.label, &invests, &receives, &article_ids(node)])?;
    }
    Ok(())
}

fn places(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "name", "aliases", "located_in", "receives", "located_in_ids", "article_ids"])?;
    for (index, node) in view.of_kind(NodeKind::Place) {
        let around = view.targets(index, Edge::LocatedIn);
        let receives = investments_to(view, index, Edge::InPlace).to_string();
        table.row([
            node.id(),
            &node.label,
            &join(&node.aliases),
            &labels(view, &around),
            &receives,
            &ids(view, &around),
            &article_ids(node),
        ])?;
    }
    Ok(())
}

fn initiatives(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "name", "aliases", "countries", "investments", "participants", "country_ids", "participant_ids", "article_ids"])?;
    for (index, node) in view.of_kind(NodeKind::Initiative) {
        let [countries, participants] = [view.targets(index, Edge::InitiativeOf), view.sources(index, Edge::ParticipatesIn)];
        let investments = investments_to(view, index, Edge::UnderInitiative).to_string();
        table.row([
            node.id(),
            &node.label,
            &join(&node.aliases),
            &labels(view, &countries),
            &investments,
            &labels(view, &participants),
            &ids(view, &countries),
            &ids(view, &participants),
            &article_ids(node),
        ])?;
    }
    Ok(())
}

fn jobs(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "company", "country", "count", "bound", "confidence", "company_ids", "country_ids", "article_ids"])?;
    for (index, node) in view.of_kind(NodeKind::Jobs) {
        let What::Jobs(commitment) = &node.what else { continue };
        let [companies, countries] = [view.sources(index, Edge::Employer), view.targets(index, Edge::InCountry)];
        table.row([
            node.id(),
            &labels(view, &companies),
            &labels(view, &countries),
            &commitment.jobs.count.to_string(),
            commitment.jobs.bound.name(),
            commitment.confidence.as_deref().unwrap_or_default(),
            &ids(view, &companies),
            &ids(view, &countries),
            &article_ids(node),
        ])?;
    }
    Ok(())
}

fn relations(view: &View, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "subject", "predicate", "object", "subject_id", "object_id"])?;
    for (index, subject) in view.nodes() {
        for edge in Edge::RELATIONS {
            for object in view.targets(index, edge).into_iter().map(|object| &view.graph()[object]) {
                let id = relation_id(subject.id(), edge.property(), object.id());
                table.row([&id, &subject.label, edge.property(), &object.label, subject.id(), object.id()])?;
            }
        }
    }
    Ok(())
}

fn articles(source: Source<'_>, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["id", "name", "headline", "url", "publisher", "published", "language", "investments"])?;
    let mut investments: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, node) in source.view.of_kind(NodeKind::Investment) {
        for article in &node.articles {
            *investments.entry(article).or_default() += 1;
        }
    }
    for article in read_articles(source.store)? {
        let count = investments.get(article.iri.as_str()).copied().unwrap_or_default().to_string();
        let [name, headline, url, publisher, published, language] = &article.cells;
        table.row([short(&article.iri), name, headline, url, publisher, published, language, &count])?;
    }
    Ok(())
}

fn evidence(source: Source<'_>, table: &mut Table<'_>) -> Result<(), ExportError> {
    table.row(["fact_id", "claim_id", "slot", "quote", "start", "end", "article_id"])?;
    read_evidence(source.store, |evidence| {
        // A narrowed view tells only of its own facts.
        let known = |iri: &str| source.view.by_iri(iri).is_some();
        let fact = match &evidence.fact[..] {
            [fact] if known(fact) => short(fact).to_owned(),
            [subject, predicate, object] if known(subject) && known(object) => relation_id(short(subject), predicate, short(object)),
            _ => return Ok(()),
        };
        table.row([
            &fact,
            short(&evidence.claim),
            &evidence.slot,
            &evidence.quote,
            &evidence.start.to_string(),
            &evidence.end.to_string(),
            short(&evidence.article),
        ])
    })
}

/// What names a relation in the tables: "company/aws subsidiaryOf company/amazon".
fn relation_id(subject: &str, predicate: &str, object: &str) -> String {
    format!("{subject} {predicate} {object}")
}

/// How many investments, job commitments apart, an edge leads here from.
fn investments_to(view: &View, node: NodeIndex, edge: Edge) -> usize {
    let sources = view.sources(node, edge).into_iter();
    sources.filter(|&source| view.graph()[source].what.kind() == NodeKind::Investment).count()
}

fn labels(view: &View, nodes: &[NodeIndex]) -> String {
    join(nodes.iter().map(|&index| &view.graph()[index].label))
}

fn ids(view: &View, nodes: &[NodeIndex]) -> String {
    join(nodes.iter().map(|&index| view.graph()[index].id()))
}

fn article_ids(node: &Node) -> String {
    join(node.articles.iter().map(|iri| short(iri)))
}

fn join<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().fold(String::new(), |mut joined, value| {
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(value.as_ref());
        joined
    })
}
