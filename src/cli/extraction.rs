//! From the command line's paths to facts. PATH… → batches of articles with their facts, in the order of the input.

use std::num::NonZeroUsize;

use anyhow::Context;
use clap::Args;
use rayon::ThreadPool;
use rayon::prelude::*;

use super::{Input, InputArgs, Outcome, Shell};
use crate::article::{Article, Languages};
use crate::fact::{ArticleFacts, Confidence};
use crate::graph::Scribe;
use crate::pipeline::Extractor;

/// The arguments of commands that extract facts.
#[derive(Clone, Debug, Args)]
pub struct ExtractionArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Leave out facts below this confidence, from 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = confidence, default_value = "0")]
    min_confidence: Confidence,
    /// Use this many threads instead of one for each core
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

fn confidence(text: &str) -> Result<Confidence, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(Confidence::new(value)),
        _ => Err("not a number from 0 to 1".to_owned()),
    }
}

/// The facts of the command line's articles, batch by batch.
#[derive(Debug)]
pub struct Extraction<'a> {
    input: Input<'a>,
    extractor: Extractor,
    pool: ThreadPool,
    min_confidence: Confidence,
}

impl<'a> Extraction<'a> {
    /// Loads what extraction needs and opens the paths.
    pub fn open(args: &ExtractionArgs, shell: &'a Shell) -> anyhow::Result<Self> {
        let extractor = Extractor::new(shell.lexicon()?);
        let pool = threads(args.jobs)?;
        Ok(Self { input: Input::open(&args.input, Languages::English, shell)?, extractor, pool, min_confidence: args.min_confidence })
    }

    /// What `each` makes of the next articles and their facts, in the order of the input. `each` runs on several threads.
    pub fn next_batch<T: Send>(&mut self, each: impl Fn(&Article, ArticleFacts, &Extractor) -> T + Sync) -> anyhow::Result<Option<Vec<T>>> {
        let Some(batch) = self.next_articles()? else { return Ok(None) };
        let extractor = &self.extractor;
        Ok(Some(self.extract_all(&batch, |article, facts| each(article, facts, extractor))))
    }

    /// The next articles as they were read.
    pub fn next_articles(&mut self) -> anyhow::Result<Option<Vec<Article>>> {
        self.input.next_batch(&self.pool)
    }

    /// What `each` makes of these articles and their facts, in their order. `each` runs on several threads.
    pub fn extract_all<T: Send>(&self, articles: &[Article], each: impl Fn(&Article, ArticleFacts) -> T + Sync) -> Vec<T> {
        let Self { extractor, pool, min_confidence, .. } = self;
        let one = |article: &Article| each(article, confident(extractor.extract(article), *min_confidence));
        pool.install(|| articles.par_iter().map(one).collect())
    }

    /// What writes the articles' graphs.
    pub fn scribe(&self) -> anyhow::Result<Scribe> {
        let floor = self.min_confidence.value();
        let settings = if floor > 0.0 { format!("confidence from {floor}") } else { String::new() };
        Ok(Scribe::new(self.extractor.lexicon(), &settings)?)
    }

    /// Tells what was skipped and how the command ends. Fails when nothing could be read.
    pub fn finish(self) -> anyhow::Result<Outcome> {
        // The program ends: to hand the lexicon back piece by piece would only take time.
        std::mem::forget(self.extractor);
        self.input.finish()
    }
}

/// This many threads; one for each core when none is said.
pub(super) fn threads(jobs: Option<NonZeroUsize>) -> anyhow::Result<ThreadPool> {
    // Zero lets rayon count the cores.
    let threads = jobs.map_or(0, NonZeroUsize::get);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start the threads; try --jobs 1")
}

/// The facts without those that are less sure than `min`.
fn confident(mut facts: ArticleFacts, min: Confidence) -> ArticleFacts {
    facts.investments.retain(|investment| investment.confidence >= min);
    facts.jobs.retain(|jobs| jobs.confidence >= min);
    facts.relations.retain(|relation| relation.confidence >= min);
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Object, Predicate, Relation};

    #[test]
    fn less_sure_facts_are_left_out() {
        let relation = |sure| Relation {
            subject: "Acme".into(),
            predicate: Predicate::SubsidiaryOf,
            object: Object::Company("Élan".into()),
            evidence: Vec::new(),
            confidence: Confidence::new(sure),
            found_by: String::new(),
        };
        let facts = ArticleFacts { relations: vec![relation(0.79), relation(0.8)], ..ArticleFacts::default() };
        assert_eq!(confident(facts, Confidence::new(0.8)).relations, [relation(0.8)]);
    }

    #[test]
    fn confidence_is_a_number_from_0_to_1() {
        assert_eq!(confidence("0.8"), Ok(Confidence::new(0.8)));
        for wrong in ["1.1", "-1", "NaN", "high", ""] {
            assert!(confidence(wrong).is_err(), "{wrong}");
        }
    }
}
