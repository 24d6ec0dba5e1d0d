//! `investgraph rename NAME NEW`: the name to show.

use clap::Args;

use super::{Outcome, Shell, UsageError, curation};
use crate::graph::Store;
use crate::graph::curation::Act;

const EXAMPLES: &str = "\
Examples:
  investgraph rename company/ksw \"Kaveri Steel Works\"";

/// Arguments of `rename`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct RenameArgs {
    /// Rename this one: a name or an id such as company/acme
    name: String,
    /// Show it under this name; the old one stays known
    #[arg(value_name = "NEW")]
    new: String,
    /// Say why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Renames the thing.
pub fn run(args: &RenameArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(shell.store())?;
    let [thing] = curation::things(&store, [&args.name])?;
    let is_country = thing.kind == crate::view::NodeKind::Country;
    if thing.kind.is_fact() || is_country || args.new.trim().is_empty() {
        return Err(UsageError(format!("{} cannot be renamed \"{}\"", thing.id(), args.new)).into());
    }
    curation::decide(&mut store, Act::Rename { entity: thing.iri, name: args.new.trim().to_owned() }, args.note.as_deref(), shell)
}
