//! The program: parses the command line, runs it, and turns what came of it into an exit status.

use std::process::ExitCode;

use clap::Parser;
use investgraph::cli::{Cli, Outcome, Shell};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let shell = Shell::new(&cli.global);
    let outcome = cli.run(&shell).unwrap_or_else(|error| {
        let outcome = Outcome::of_error(&error);
        if outcome != Outcome::Done {
            shell.error(&error);
        }
        outcome
    });
    outcome.into()
}
