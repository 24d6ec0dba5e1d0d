//! `investgraph read PATH…`: articles as they are read, one JSON object a line.

use std::io::Write;

use clap::Args;

use super::{Input, InputArgs, Outcome, Shell, extraction};
use crate::article::Languages;

const EXAMPLES: &str = "\
Examples:
  investgraph read articles/ > articles.jsonl
  investgraph read --field text=story --log skipped.jsonl export.csv pages.warc.gz
  zcat news.jsonl.gz | investgraph read -";

/// Arguments of `read`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ReadArgs {
    #[command(flatten)]
    input: InputArgs,
}

/// Prints the articles.
pub fn run(args: &ReadArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let pool = extraction::threads(None)?;
    let mut input = Input::open(&args.input, Languages::Any, shell)?;
    let mut out = shell.out();
    while let Some(batch) = input.next_batch(&pool)? {
        for article in &batch {
            serde_json::to_writer(&mut out, article)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    input.finish()
}
