//! The articles that a command is given. PATH… → batches of [`Article`]s; what cannot be read is named, counted and told at the end.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueHint};

use super::{Outcome, Progress, Shell};
use crate::article::{self, Article, Reader};

/// A batch ends when it holds this many articles …
const BATCH_ARTICLES: usize = 512;
/// … or this many bytes of text, so that memory stays flat whatever the articles' size.
const BATCH_BYTES: usize = 4 << 20;

/// The PATH… arguments of commands that read articles.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// Read these files and folders: plain text, JSON Lines or a JSON array, gzipped or not; - for stdin
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
}

/// The articles of the command line, batch by batch, in the order of the input.
#[derive(Debug)]
pub struct Input<'a> {
    shell: &'a Shell,
    reader: Reader,
    progress: Progress,
    read: usize,
    skipped: usize,
}

impl<'a> Input<'a> {
    /// Opens the paths. Problems show as the articles are read.
    #[must_use]
    pub fn open(args: &InputArgs, shell: &'a Shell) -> Self {
        let progress = shell.progress("articles", article::total_bytes(&args.paths));
        Self { shell, reader: Reader::new(args.paths.clone()), progress, read: 0, skipped: 0 }
    }

    /// The next articles, never an empty batch. Names what it has to skip on stderr.
    pub fn next_batch(&mut self) -> Option<Vec<Article>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH_ARTICLES && bytes < BATCH_BYTES {
            match self.reader.next() {
                Some(Ok(article)) => {
                    bytes += article.text.len();
                    batch.push(article);
                }
                Some(Err(skipped)) => {
                    self.skipped += 1;
                    self.shell.warn(skipped);
                }
                None => break,
            }
        }
        self.read += batch.len();
        self.progress.advance(batch.len(), self.reader.bytes_read());
        (!batch.is_empty()).then_some(batch)
    }

    /// Tells what was skipped and how the command ends. Fails when nothing could be read.
    pub fn finish(self) -> anyhow::Result<Outcome> {
        let Self { shell, progress, read, skipped, .. } = self;
        drop(progress);
        if read == 0 {
            bail!("no article could be read; name text or JSON Lines files, a folder of them, or - for stdin");
        }
        if skipped == 0 {
            return Ok(Outcome::Done);
        }
        shell.note(format_args!("{read} {} read, {skipped} {} skipped", plural(read, "article"), plural(skipped, "input")));
        Ok(Outcome::Skipped)
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}
