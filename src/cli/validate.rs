//! `investgraph validate`: the store against `ontology/shapes.ttl`.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueHint};
use oxigraph::io::RdfFormat;
use oxigraph::model::Term;

use super::table::{self, Cell};
use super::{Outcome, Shell};
use crate::graph::shapes::{Report, Severity, Shapes};
use crate::graph::{Store, write};
use crate::view::short;

const EXAMPLES: &str = "\
Examples:
  investgraph validate
  investgraph validate --format turtle > report.ttl
  investgraph validate --shapes mine.ttl

Exit status: 0 sound, 1 violations found; warnings alone are no violations";

/// Arguments of `validate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ValidateArgs {
    /// Use these SHACL shapes instead of those of the ontology
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    shapes: Option<PathBuf>,
    /// Print in this format [default: table on a terminal, else csv]
    #[arg(long, short, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Csv,
    // A report in SHACL's own words.
    Turtle,
}

/// Checks the store.
pub fn run(args: &ValidateArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let text = match &args.shapes {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?,
        None => shell.files().read("shapes.ttl")?.into_owned(),
    };
    let shapes =
        Shapes::parse(&text).with_context(|| args.shapes.as_ref().map_or("shapes.ttl".into(), |path| path.display().to_string()))?;
    let report = shapes.check(&Store::open_read_only(shell.store())?)?;
    match args.format.unwrap_or(if shell.is_terminal() { Format::Table } else { Format::Csv }) {
        Format::Table => {
            let columns = COLUMNS.map(str::to_owned);
            if !report.findings.is_empty() {
                let rows = rows(&report).map(|row| row.map(Cell::Text).to_vec()).collect::<Vec<_>>();
                table::write(&columns, rows, shell, shell.out())?;
            }
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(shell.out());
            csv.write_record(COLUMNS).map_err(io::Error::from)?;
            for row in rows(&report) {
                csv.write_record(row).map_err(io::Error::from)?;
            }
            csv.flush()?;
        }
        Format::Turtle => {
            let mut out = shell.out();
            write::write_quads(&report.quads(), RdfFormat::Turtle, &mut out)?;
            out.flush()?;
        }
    }
    shell.note(summary(&report));
    Ok(if report.conforms() { Outcome::Done } else { Outcome::Failed })
}

const COLUMNS: [&str; 5] = ["severity", "thing", "finding", "property", "value"];

fn rows(report: &Report) -> impl Iterator<Item = [String; 5]> {
    report.findings.iter().map(|finding| {
        let path = finding.path.as_ref().map(|path| crate::graph::vocab::local_name(path.as_ref()).to_owned());
        let value = finding.value.as_ref().map(plain);
        [
            finding.severity.name().to_lowercase(),
            plain(&finding.node),
            finding.message.clone(),
            path.unwrap_or_default(),
            value.unwrap_or_default(),
        ]
    })
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => short(node.as_str()).to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

fn summary(report: &Report) -> String {
    let counts = [Severity::Violation, Severity::Warning, Severity::Info].map(|severity| (severity, report.count(severity)));
    let told: Vec<String> = counts
        .iter()
        .filter(|(severity, count)| *count > 0 || *severity == Severity::Violation)
        .map(|(severity, count)| format!("{count} {}{}", severity.name().to_lowercase(), if *count == 1 { "" } else { "s" }))
        .collect();
    told.join(", ")
}
