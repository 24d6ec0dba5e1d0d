//! `investgraph merge NAME NAME`: two names of one thing.

use std::collections::BTreeSet;

use clap::Args;

use super::{Outcome, Shell, UsageError, curation};
use crate::graph::Store;
use crate::graph::curation::Act;

const EXAMPLES: &str = "\
Examples:
  investgraph merge \"Kaveri Steel Works\" KSW
  investgraph merge investment/paper.example-lyon-1f2e-i1 investment/journal.example-acme-77ab-i2
  investgraph decisions undo 3f2a9c01d4e5b678";

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct MergeArgs {
    /// Keep this one: a name or an id such as company/acme
    #[arg(value_name = "NAME")]
    kept: String,
    /// Let these go into it
    #[arg(value_name = "NAME", required = true)]
    joined: Vec<String>,
    /// Say why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Merges the things.
pub fn run(args: &MergeArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(shell.store())?;
    let mut acts = Vec::new();
    for joined in &args.joined {
        let [kept, joined] = curation::things(&store, [&args.kept, joined])?;
        if kept.iri == joined.iri {
            return Err(UsageError(format!("\"{}\" and \"{}\" are one already: {}", kept.label, joined.label, kept.id())).into());
        }
        if kept.kind != joined.kind {
            return Err(UsageError(format!("{} is a {}, {} a {}", kept.id(), kept.kind.name(), joined.id(), joined.kind.name())).into());
        }
        acts.push(if kept.kind.is_fact() {
            let mut prints = BTreeSet::new();
            for fact in [&kept, &joined] {
                prints.extend(store.prints_of(&fact.iri)?.into_iter().map(|(_, print)| print));
            }
            Act::Together { facts: BTreeSet::from([kept.iri, joined.iri]), prints }
        } else {
            let keys = store.keys_of(&kept.iri)?.into_iter().chain(store.keys_of(&joined.iri)?).collect();
            Act::Merge { kept: kept.iri, joined: joined.iri, keys }
        });
    }
    curation::decide_all(&mut store, acts, args.note.as_deref(), shell)
}
