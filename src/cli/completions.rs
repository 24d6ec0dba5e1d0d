//! `investgraph completions SHELL`: the completion script for a shell.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell as Target;

use super::{Cli, Outcome, Shell};

const EXAMPLES: &str = "\
Example:
  investgraph completions bash > ~/.local/share/bash-completion/completions/investgraph";

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CompletionsArgs {
    /// Write for this shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Target,
}

/// Prints the script.
pub fn run(args: &CompletionsArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "investgraph", &mut script);
    let mut out = shell.out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}
