//! The command line: one file a command, each with its `…Args` and a `run(&args, &shell)`.
//!
//! Results go to stdout, everything else to stderr. `investgraph read FILE` → one JSON object an article.

pub mod articles;
pub mod assert;
pub mod completions;
mod curation;
pub mod decisions;
pub mod eval;
pub mod export;
pub mod extract;
mod extraction;
mod fetch;
pub mod infer;
mod input;
mod listing;
pub mod load;
pub mod merge;
pub mod ontology;
mod output;
mod progress;
pub mod query;
pub mod read;
pub mod reject;
pub mod rename;
pub mod show;
mod skips;
pub mod split;
mod table;
pub mod validate;
mod wording;

use std::io;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueHint};

pub use extraction::{Extraction, ExtractionArgs};
pub use input::{Input, InputArgs, LanguageChoice};
pub use output::{ColorWhen, Outcome, Shell, UsageError};
pub use progress::Progress;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  investgraph extract articles/
  investgraph load articles/
  investgraph query --saved investments-by-country

Exit status: 0 all done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped";

/// Read news into a knowledge graph of investments: who puts how much where, and the sentence that says so
#[derive(Debug, Parser)]
#[command(name = "investgraph", version, styles = STYLES, after_help = EXAMPLES, disable_help_subcommand = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
}

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Keep the graph in this folder
    #[arg(long, global = true, value_name = "DIR", env = "INVESTGRAPH_STORE", default_value = "investgraph.db", hide_env_values = true)]
    #[arg(value_hint = ValueHint::DirPath)]
    pub store: PathBuf,
    /// Read names, words, patterns and queries from this folder instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR", env = "INVESTGRAPH_ONTOLOGY", hide_env_values = true, value_hint = ValueHint::DirPath)]
    pub ontology: Option<PathBuf>,
    /// Print no progress and no summary, only results and problems
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Colour the output
    #[arg(long, global = true, value_name = "auto|always|never", value_enum, default_value_t, hide_possible_values = true)]
    pub color: ColorWhen,
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print articles as they are read, one JSON object a line
    Read(read::ReadArgs),
    /// Print the facts of articles: investments, jobs and relations, each with the words behind it
    Extract(extract::ExtractArgs),
    /// Load articles and their facts into the store
    Load(load::LoadArgs),
    /// Ask the graph in SPARQL, or by a saved query
    Query(query::QueryArgs),
    /// Show what is known of a company, country, place, initiative or investment, and from which sentences
    Show(show::ShowArgs),
    /// Write the graph, or a part of it, as CSV tables or as a drawing
    Export(export::ExportArgs),
    /// List the articles in the store, or remove some
    Articles(articles::ArticlesArgs),
    /// Say that two are one
    Merge(merge::MergeArgs),
    /// Say that one is two
    Split(split::SplitArgs),
    /// Give a thing the name to show
    Rename(rename::RenameArgs),
    /// Say that a fact is wrong: it stays out
    Reject(reject::RejectArgs),
    /// Add facts of your own from a CSV table
    Assert(assert::AssertArgs),
    /// List what was decided, take it back, export or import it
    Decisions(decisions::DecisionsArgs),
    /// Measure extraction against annotated articles
    Eval(eval::EvalArgs),
    /// Add what follows from the graph by rules, apart from what was said
    Infer(infer::InferArgs),
    /// Check the graph against the shapes of a sound one
    Validate(validate::ValidateArgs),
    /// Print the ontology in Turtle
    Ontology(ontology::OntologyArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
}

impl Cli {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> anyhow::Result<Outcome> {
        let outcome = match &self.command {
            Command::Read(args) => read::run(args, shell),
            Command::Extract(args) => extract::run(args, shell),
            Command::Load(args) => load::run(args, shell),
            Command::Query(args) => query::run(args, shell),
            Command::Show(args) => show::run(args, shell),
            Command::Export(args) => export::run(args, shell),
            Command::Articles(args) => articles::run(args, shell),
            Command::Eval(args) => eval::run(args, shell),
            Command::Merge(args) => merge::run(args, shell),
            Command::Split(args) => split::run(args, shell),
            Command::Rename(args) => rename::run(args, shell),
            Command::Reject(args) => reject::run(args, shell),
            Command::Assert(args) => assert::run(args, shell),
            Command::Decisions(args) => decisions::run(args, shell),
            Command::Infer(args) => infer::run(args, shell),
            Command::Validate(args) => validate::run(args, shell),
            Command::Ontology(args) => ontology::run(args, shell),
            Command::Completions(args) => completions::run(args, shell),
        };
        // Errors of files carry the file's name; a bare one is of stdout.
        outcome.map_err(|error| match error.downcast_ref::<io::Error>() {
            Some(_) if error.chain().len() == 1 => error.context("cannot write the results; make room or name another output"),
            _ => error,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        for command in Cli::command().get_subcommands() {
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(after.contains("investgraph "), "{} shows no example", command.get_name());
        }
    }

    #[test]
    fn help_texts_are_imperative_without_full_stop() {
        for command in Cli::command().get_subcommands() {
            for text in command.get_about().into_iter().chain(command.get_arguments().filter_map(clap::Arg::get_help)) {
                assert!(!text.to_string().ends_with('.'), "{}: {text}", command.get_name());
            }
        }
    }
}
