//! `investgraph load PATH…`: articles and their facts into the store. What is there already and unchanged costs no extraction.

use std::path::Path;
use std::time::Instant;

use clap::Args;

use super::{Extraction, ExtractionArgs, Outcome, Shell};
use crate::fact::ArticleFacts;
use crate::graph::{Arrival, Store, StoreError, iri};

const EXAMPLES: &str = "\
Examples:
  investgraph load articles/
  investgraph load --dry-run --log skipped.jsonl pages.warc.gz
  investgraph --store news.db load --jobs 4 news.jsonl.gz";

/// Arguments of `load`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct LoadArgs {
    #[command(flatten)]
    extraction: ExtractionArgs,
    /// Read and extract, tell what would come in, and leave the store as it is
    #[arg(long)]
    dry_run: bool,
}

/// Loads the articles.
pub fn run(args: &LoadArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut extraction = Extraction::open(&args.extraction, shell)?;
    // A store is made only when there is something to put in.
    let Some(first) = extraction.next_articles()? else { return extraction.finish() };
    let scribe = extraction.scribe()?;
    let mut store = if args.dry_run { as_it_is(shell.store())? } else { Store::open(shell.store())? };
    let mut load = store.load().on(&today());
    let mut summary = Summary::default();
    let mut batch = Some(first);
    while let Some(articles) = batch {
        let mut wanted = Vec::with_capacity(articles.len());
        let mut arrivals = Vec::with_capacity(articles.len());
        for article in articles {
            let arrival = load.arrival(&iri::article_id(&article), &scribe.hash(&article), article.article.trim())?;
            if arrival == Arrival::Unchanged {
                summary.unchanged += 1;
            } else {
                arrivals.push(arrival);
                wanted.push(article);
            }
        }
        if args.dry_run {
            let counted = extraction.extract_all(&wanted, |_, facts| Counts::of(&facts));
            arrivals.into_iter().zip(counted).for_each(|(arrival, counts)| summary.count(arrival, counts));
        } else {
            let written = extraction.extract_all(&wanted, |article, facts| (scribe.graph(article, &facts), Counts::of(&facts)));
            for (graph, counts) in written {
                summary.count(load.put(graph)?, counts);
            }
        }
        batch = extraction.next_articles()?;
    }
    if !args.dry_run {
        load.finish()?;
    }
    let outcome = extraction.finish()?;
    let seconds = start.elapsed().as_secs_f64();
    shell.note(format_args!("{}{summary}; {seconds:.1} s", if args.dry_run { "nothing was stored; would be " } else { "" }));
    Ok(outcome)
}

/// The store for looking only; an empty one when there is none.
fn as_it_is(path: &Path) -> anyhow::Result<Store> {
    match Store::open_read_only(path) {
        Err(StoreError::Missing(_)) => Ok(Store::in_memory()?),
        store => Ok(store?),
    }
}

/// Today, where the user is.
fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// How many facts of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    investments: usize,
    jobs: usize,
    relations: usize,
}

impl Counts {
    fn of(facts: &ArticleFacts) -> Self {
        Self { investments: facts.investments.len(), jobs: facts.jobs.len(), relations: facts.relations.len() }
    }
}

/// What came in.
#[derive(Debug, Default)]
struct Summary {
    new: usize,
    replaced: usize,
    unchanged: usize,
    counts: Counts,
}

impl Summary {
    fn count(&mut self, arrival: Arrival, counts: Counts) {
        match arrival {
            Arrival::New => self.new += 1,
            Arrival::Replaced => self.replaced += 1,
            Arrival::Unchanged => {
                self.unchanged += 1;
                return;
            }
        }
        self.counts.investments += counts.investments;
        self.counts.jobs += counts.jobs;
        self.counts.relations += counts.relations;
    }
}

/// "5 articles: 4 new, 1 unchanged; 7 investments, 2 job numbers, 12 relations".
impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = self.new + self.replaced + self.unchanged;
        write!(f, "{}: {} new", plural(all, "article"), self.new)?;
        for (count, word) in [(self.replaced, "replaced"), (self.unchanged, "unchanged")] {
            if count > 0 {
                write!(f, ", {count} {word}")?;
            }
        }
        let Counts { investments, jobs, relations } = self.counts;
        if self.new + self.replaced > 0 {
            write!(f, "; {}, {}, {}", plural(investments, "investment"), plural(jobs, "job number"), plural(relations, "relation"))?;
        }
        Ok(())
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_what_came_in() {
        let mut summary = Summary::default();
        let counts = Counts { investments: 2, jobs: 1, relations: 0 };
        summary.count(Arrival::New, counts);
        summary.count(Arrival::Unchanged, counts);
        assert_eq!(summary.to_string(), "2 articles: 1 new, 1 unchanged; 2 investments, 1 job number, 0 relations");
        assert_eq!(Summary { unchanged: 1, ..Summary::default() }.to_string(), "1 article: 0 new, 1 unchanged");
    }
}
