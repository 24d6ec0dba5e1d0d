//! `investgraph query`: SPARQL, or a saved query, over the store. Rows as a table or in the formats of SPARQL, triples as RDF.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueHint};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Term;
use oxigraph::model::vocab::xsd;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};

use super::table::{self, Cell};
use super::{Outcome, Shell, UsageError};
use crate::graph::vocab::{BASE, PREFIXES};
use crate::graph::{QueryError, SavedQuery, Store};

const EXAMPLES: &str = "\
Examples:
  investgraph query --list
  investgraph query --saved investments-in-country --set country=Spain
  investgraph query --format csv 'SELECT ?name { ?company a ig:Company ; skos:prefLabel ?name }'
  investgraph query --file question.rq --set company=Acme --format json
  investgraph query --saved biggest-investments --as-of 2024-06-01

These prefixes are declared already: ig, schema, org, prov, skos, oa, dct, owl, rdf, rdfs, xsd";

/// Arguments of `query`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct QueryArgs {
    /// Ask this: SELECT, ASK, CONSTRUCT or DESCRIBE
    #[arg(value_name = "SPARQL", required_unless_present_any = ["file", "saved", "list"], conflicts_with_all = ["file", "saved", "list"])]
    sparql: Option<String>,
    /// Ask what stands in this file; - for stdin
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["saved", "list"])]
    file: Option<PathBuf>,
    /// Ask a saved query
    #[arg(long, value_name = "NAME", conflicts_with = "list")]
    saved: Option<String>,
    /// Put this value in the place of $KEY in the query; repeat it for several
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value, conflicts_with = "list")]
    values: Vec<(String, String)>,
    /// Ask the graph as it was known on this day: what was published by then
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "list")]
    as_of: Option<String>,
    /// Ask with what `infer` has added
    #[arg(long, conflicts_with_all = ["list", "as_of"])]
    inferred: bool,
    /// List the saved queries with what can be set in them
    #[arg(long)]
    list: bool,
    /// Print in this format [default: table on a terminal, else csv; turtle for triples]
    #[arg(long, short, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    Turtle,
    Ntriples,
    Nquads,
    Trig,
    Jsonld,
    Rdfxml,
}

impl Format {
    /// The format of rows and truths, if it is one.
    const fn of_results(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }

    /// The format of triples, if it is one.
    const fn of_triples(self) -> Option<RdfFormat> {
        match self {
            Self::Turtle => Some(RdfFormat::Turtle),
            Self::Ntriples => Some(RdfFormat::NTriples),
            Self::Nquads => Some(RdfFormat::NQuads),
            Self::Trig => Some(RdfFormat::TriG),
            Self::Jsonld => Some(RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
            Self::Rdfxml => Some(RdfFormat::RdfXml),
            _ => None,
        }
    }
}

/// A day such as 2024-06-01.
pub(super) fn day(text: &str) -> Result<String, String> {
    let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    if is_day { Ok(text.to_owned()) } else { Err("not a day such as 2024-06-01".to_owned()) }
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().trim_start_matches('$').to_owned(), value.to_owned())),
        _ => Err("not KEY=VALUE".to_owned()),
    }
}

/// Asks the question and prints the answer.
pub fn run(args: &QueryArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    if args.list {
        list(&SavedQuery::all(&shell.files())?, shell)?;
        return Ok(Outcome::Done);
    }
    let query = asked(args, shell)?;
    let values: BTreeMap<String, String> = args.values.iter().cloned().collect();
    let sparql = query.fill(&values).map_err(|error| told(&query, error))?;
    let mut store = Store::open_read_only(shell.store())?;
    if let Some(day) = &args.as_of {
        store = store.as_of(day)?;
    }
    let answer = if args.inferred { store.query_with_inferred(&sparql) } else { store.query(&sparql) };
    match answer.map_err(|error| told(&query, error))? {
        QueryResults::Solutions(rows) => print_rows(rows, args.format, shell)?,
        QueryResults::Boolean(truth) => print_truth(truth, args.format, shell)?,
        QueryResults::Graph(triples) => print_triples(triples, args.format, shell)?,
    }
    Ok(Outcome::Done)
}

/// The query that the arguments name.
fn asked(args: &QueryArgs, shell: &Shell) -> anyhow::Result<SavedQuery> {
    if let Some(name) = &args.saved {
        let all = SavedQuery::all(&shell.files())?;
        return SavedQuery::named(all, name).map_err(|error| UsageError(error.to_string()).into());
    }
    let Some(file) = &args.file else { return Ok(SavedQuery::parse("", args.sparql.as_deref().unwrap_or_default())) };
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("stdin: cannot read the query")?;
        text
    } else {
        std::fs::read_to_string(file).with_context(|| format!("{}: cannot read the query", file.display()))?
    };
    Ok(SavedQuery::parse(&file.display().to_string(), &text))
}

/// A mistake in the question is one of usage; where the question has a name, the error begins with it.
fn told(query: &SavedQuery, error: QueryError) -> anyhow::Error {
    match error {
        QueryError::Evaluation(error) => error.into(),
        QueryError::Storage(error) => error.into(),
        error if query.name.is_empty() => UsageError(error.to_string()).into(),
        error => UsageError(format!("{}: {error}", query.name)).into(),
    }
}

fn list(queries: &[SavedQuery], shell: &Shell) -> anyhow::Result<()> {
    let mut out = shell.out();
    for query in queries {
        writeln!(out, "{}\n    {}", query.name, query.description)?;
        for parameter in &query.parameters {
            let default = parameter.default.as_ref().map(|default| format!(" [default: {default}]")).unwrap_or_default();
            writeln!(out, "    --set {}=…  {}{default}", parameter.name, parameter.description)?;
        }
    }
    Ok(out.flush()?)
}

fn print_rows(rows: QuerySolutionIter<'_>, format: Option<Format>, shell: &Shell) -> anyhow::Result<()> {
    let format = format.unwrap_or(if shell.is_terminal() { Format::Table } else { Format::Csv });
    let mut out = shell.out();
    if format == Format::Table {
        let columns: Vec<String> = rows.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
        let cells = rows
            .map(|row| Ok(row?.values().iter().map(|term| cell(term.as_ref())).collect()))
            .collect::<anyhow::Result<Vec<Vec<Cell>>>>()?;
        let count = cells.len();
        table::write(&columns, cells, shell, &mut out)?;
        shell.note(format_args!("{count} {}", if count == 1 { "row" } else { "rows" }));
        return Ok(());
    }
    let Some(results) = format.of_results() else { return Err(wrong_format("a SELECT gives rows", "table, csv, tsv, json or xml")) };
    let mut serializer = QueryResultsSerializer::from_format(results).serialize_solutions_to_writer(&mut out, rows.variables().to_vec())?;
    for row in rows {
        serializer.serialize(&row?)?;
    }
    serializer.finish()?;
    if format == Format::Json {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn print_truth(truth: bool, format: Option<Format>, shell: &Shell) -> anyhow::Result<()> {
    let mut out = shell.out();
    match format {
        None | Some(Format::Table | Format::Csv | Format::Tsv) => writeln!(out, "{truth}")?,
        Some(format) => {
            let Some(results) = format.of_results() else {
                return Err(wrong_format("an ASK gives true or false", "table, csv, tsv, json or xml"));
            };
            QueryResultsSerializer::from_format(results).serialize_boolean_to_writer(&mut out, truth)?;
            writeln!(out)?;
        }
    }
    Ok(out.flush()?)
}

fn print_triples(triples: QueryTripleIter<'_>, format: Option<Format>, shell: &Shell) -> anyhow::Result<()> {
    let Some(rdf) = format.unwrap_or(Format::Turtle).of_triples() else {
        return Err(wrong_format("CONSTRUCT and DESCRIBE give triples", "turtle, ntriples, nquads, trig, jsonld or rdfxml"));
    };
    // A CONSTRUCT may give a triple twice, and in no order of its own.
    let mut sorted = triples.collect::<Result<Vec<_>, _>>()?;
    sorted.sort_by_cached_key(ToString::to_string);
    sorted.dedup();
    let mut serializer = RdfSerializer::from_format(rdf);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri)?;
    }
    let mut serializer = serializer.for_writer(shell.out());
    for triple in &sorted {
        serializer.serialize_triple(triple)?;
    }
    Ok(serializer.finish()?.flush()?)
}

fn wrong_format(what: &str, formats: &str) -> anyhow::Error {
    UsageError(format!("{what}; print them with --format {formats}")).into()
}

/// A term as a person reads it: our IRIs without their base, known ones with their prefix.
fn cell(term: Option<&Term>) -> Cell {
    match term {
        None => Cell::Empty,
        Some(Term::Literal(literal)) => {
            if [xsd::INTEGER, xsd::DECIMAL].contains(&literal.datatype()) {
                Cell::Number(literal.value().to_owned())
            } else {
                Cell::Text(literal.value().to_owned())
            }
        }
        Some(Term::NamedNode(node)) => Cell::Text(short_iri(node.as_str())),
        Some(Term::BlankNode(node)) => Cell::Text(node.to_string()),
    }
}

fn short_iri(iri: &str) -> String {
    for (prefix, namespace) in PREFIXES {
        if let Some(local) = iri.strip_prefix(namespace) {
            return format!("{prefix}:{local}");
        }
    }
    iri.strip_prefix(BASE).unwrap_or(iri).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_are_shown_short() {
        assert_eq!(short_iri("https://w3id.org/investgraph/ontology#planned"), "ig:planned");
        assert_eq!(short_iri("https://w3id.org/investgraph/company/acme"), "company/acme");
        assert_eq!(short_iri("https://paper.example/a"), "https://paper.example/a");
    }

    #[test]
    fn days_are_written_in_one_way() {
        assert_eq!(day("2024-06-01"), Ok("2024-06-01".into()));
        for wrong in ["2024-6-1", "2024-02-30", "June", ""] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn values_are_set_by_key() {
        assert_eq!(key_value("company=A=B"), Ok(("company".into(), "A=B".into())));
        assert_eq!(key_value("$company="), Ok(("company".into(), String::new())));
        assert!(key_value("company").is_err() && key_value("=x").is_err());
    }
}
