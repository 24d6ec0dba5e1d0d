//! `investgraph ontology`: the ontology in Turtle, from the folder of `--ontology` or as built in.

use std::io::Write;

use clap::Args;

use super::{Outcome, Shell};

const EXAMPLES: &str = "\
Example:
  investgraph ontology > investgraph.ttl";

/// Arguments of `ontology`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct OntologyArgs {}

/// Prints the ontology.
pub fn run(_: &OntologyArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let turtle = shell.files().read("investgraph.ttl")?;
    let mut out = shell.out();
    out.write_all(turtle.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
