//! `investgraph infer`: what follows from the graph by the rules in `ontology/rules`.

use clap::Args;

use super::{Outcome, Shell};
use crate::graph::{Store, infer};

const EXAMPLES: &str = "\
Examples:
  investgraph infer
  investgraph query --inferred 'SELECT ?parent (COUNT(?i) AS ?n) { ?i ig:countsFor ?parent } GROUP BY ?parent'
  investgraph infer --remove

A rule is a SPARQL CONSTRUCT in rules/*.rq of the ontology. What it infers stands in a named graph of its own, and goes
when the graph changes";

/// Arguments of `infer`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct InferArgs {
    /// Take out what was inferred
    #[arg(long, conflicts_with = "list")]
    remove: bool,
    /// List the rules
    #[arg(long)]
    list: bool,
}

/// Applies the rules.
pub fn run(args: &InferArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let rules = infer::rules(&shell.files())?;
    if args.list {
        use std::io::Write;
        let mut out = shell.out();
        for rule in &rules {
            writeln!(out, "{}\n    {}", rule.name, rule.description)?;
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let mut store = Store::open_existing(shell.store())?;
    if args.remove {
        let any = store.forget_inferred()?;
        shell.note(if any { "what was inferred is gone" } else { "nothing was inferred" });
        return Ok(Outcome::Done);
    }
    for (rule, count) in store.infer(&rules)? {
        shell.note(format_args!("{rule}: {count} inferred"));
    }
    Ok(Outcome::Done)
}
