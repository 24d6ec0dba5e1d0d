//! `investgraph assert FILE`: facts of the user's own, each with its source.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueHint};

use super::{Outcome, Shell, UsageError, curation};
use crate::graph::curation::{Act, COLUMNS, Decision, Row, asserted};
use crate::graph::{Scribe, Store, iri};

const EXAMPLES: &str = "\
Examples:
  investgraph assert facts.csv

The first line of FILE names the columns, in any order: kind, stage, investors, recipients, countries, places,
initiatives, amount, currency, bound, jobs, from, until, source, date; or subject, predicate, object, source, date
for a relation. Several values in a cell are joined by \";\". Every row needs a source";

/// Arguments of `assert`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct AssertArgs {
    /// Read this CSV table
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// Say why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Adds the facts; a row that is none is told and skipped.
pub fn run(args: &AssertArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let name = args.file.display();
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(&args.file)
        .with_context(|| format!("{name}: cannot be read"))?;
    let columns: Vec<String> = table.headers().with_context(|| format!("{name}:1"))?.iter().map(str::to_owned).collect();
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.contains(&column.as_str())) {
        return Err(UsageError(format!("{name}:1: unknown column \"{unknown}\"; there are {}", COLUMNS.join(", "))).into());
    }
    let lexicon = shell.lexicon()?;
    let scribe = Scribe::new(&lexicon, "asserted")?;
    let created = curation::now();
    let (mut decisions, mut graphs, mut skipped) = (Vec::new(), Vec::new(), 0);
    for record in table.records() {
        let record = record.with_context(|| name.to_string())?;
        let row: Row = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        match asserted(&row, lexicon.gazetteer()) {
            Ok((article, facts, source)) => {
                let graph = scribe.graph(&article, &facts);
                let act = Act::Assert { article: iri::article(&graph.id).into_string(), source };
                decisions.push(Decision { created: created.clone(), act, note: args.note.clone() });
                graphs.push(graph);
            }
            Err(error) => {
                skipped += 1;
                shell.warn(format_args!("{name}:{}: {error}", record.position().map_or(0, csv::Position::line)));
            }
        }
    }
    if !decisions.is_empty() {
        Store::open(shell.store())?.decide(&decisions, &graphs)?;
    }
    shell.note(format_args!("{} asserted, {skipped} skipped", decisions.len()));
    Ok(match (skipped, decisions.len()) {
        (0, _) => Outcome::Done,
        (_, 0) => Outcome::Failed,
        _ => Outcome::Skipped,
    })
}
