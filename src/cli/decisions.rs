//! `investgraph decisions`: what was decided; taking it back; to a file and from one.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand, ValueHint};
use oxigraph::io::{RdfFormat, RdfParser};

use super::table::{self, Cell};
use super::{Outcome, Shell, UsageError};
use crate::graph::{Store, StoreError, write};

const EXAMPLES: &str = "\
Examples:
  investgraph decisions
  investgraph decisions undo 3f2a9c01d4e5b678
  investgraph decisions export -o decisions.trig
  investgraph decisions import decisions.trig";

/// Arguments of `decisions`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct DecisionsArgs {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the decisions, the oldest first
    List,
    /// Take decisions back
    Undo {
        /// Take the decisions with these ids back
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Write the decisions in the form that `import` reads
    Export {
        /// Write to this file instead of stdout
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Take the decisions of another store
    Import {
        /// Read this file, written by `decisions export`
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}

/// Lists, undoes, writes or reads decisions.
pub fn run(args: &DecisionsArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    match &args.action {
        None | Some(Action::List) => list(shell),
        Some(Action::Undo { ids }) => undo(ids, shell),
        Some(Action::Export { output }) => export(output.as_deref(), shell),
        Some(Action::Import { file }) => import(file, shell),
    }
}

fn list(shell: &Shell) -> anyhow::Result<Outcome> {
    let decisions = Store::open_read_only(shell.store())?.decisions()?;
    let mut out = shell.out();
    if shell.is_terminal() {
        let columns = ["id", "date", "decision", "note"].map(str::to_owned);
        let rows = decisions.iter().map(|decision| {
            [decision.id(), decision.created.clone(), decision.act.words(), decision.note.clone().unwrap_or_default()]
                .map(Cell::Text)
                .to_vec()
        });
        table::write(&columns, rows, shell, &mut out)?;
    } else {
        let mut csv = csv::Writer::from_writer(&mut out);
        csv.write_record(["id", "date", "decision", "note"]).map_err(std::io::Error::from)?;
        for decision in &decisions {
            let note = decision.note.as_deref().unwrap_or_default();
            csv.write_record([&*decision.id(), &*decision.created, &*decision.act.words(), note]).map_err(std::io::Error::from)?;
        }
        csv.flush()?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn undo(ids: &[String], shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(shell.store())?;
    for id in ids {
        let undone = store.undo(id).map_err(|error| match error {
            StoreError::NoDecision(_) => anyhow::Error::from(UsageError(error.to_string())),
            error => error.into(),
        })?;
        shell.note(format_args!("no longer: {}", undone.act.words()));
    }
    Ok(Outcome::Done)
}

fn export(output: Option<&Path>, shell: &Shell) -> anyhow::Result<Outcome> {
    let quads = Store::open_read_only(shell.store())?.decision_quads()?;
    match output {
        None => write::write_quads(&quads, RdfFormat::TriG, shell.out())?,
        Some(path) => {
            let file = std::fs::File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
            write::write_quads(&quads, RdfFormat::TriG, std::io::BufWriter::new(file))?;
        }
    }
    Ok(Outcome::Done)
}

fn import(file: &Path, shell: &Shell) -> anyhow::Result<Outcome> {
    let text = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let is_nquads = file.extension().is_some_and(|ending| ending == "nq");
    let parser = RdfParser::from_format(if is_nquads { RdfFormat::NQuads } else { RdfFormat::TriG });
    let quads = parser.for_slice(&text).collect::<Result<Vec<_>, _>>().with_context(|| file.display().to_string())?;
    let mut store = Store::open(shell.store())?;
    let count = store.import_decisions(quads).with_context(|| file.display().to_string())?;
    shell.note(format_args!("{count} new {}", if count == 1 { "decision" } else { "decisions" }));
    Ok(Outcome::Done)
}
