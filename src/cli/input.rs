//! The articles that a command is given. PATH… → batches of [`Article`]s; what cannot be read is named, counted and told at the end.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum, ValueHint};
use rayon::ThreadPool;
use rayon::prelude::*;

use super::skips::Skips;
use super::{Outcome, Progress, Shell, fetch};
use crate::article::{self, Article, Field, Fields, Found, Languages, Reader, Settings, Skipped};
use crate::lexicon::{Boilerplate, FunctionWords};

/// A batch ends when it holds this many articles …
const BATCH_ARTICLES: usize = 512;
/// … or this many bytes of them, so that memory stays flat whatever the articles' size.
const BATCH_BYTES: usize = 8 << 20;

/// The PATH… arguments of commands that read articles.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// Read these files, folders and http(s) addresses: text, Markdown, HTML, JSON, CSV, feeds, WARC, packed (.gz, .zst) or not; - for
    /// stdin
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Take a part of the article from the field NAME of JSON records and table rows, for example text=story; parts are id, title, text,
    /// url, publisher, author, published and language
    #[arg(long = "field", value_name = "PART=NAME", value_parser = field)]
    pub fields: Vec<(Field, String)>,
    /// Read articles in English only, or in any language [default: any to read, en to extract and load]
    #[arg(long, value_name = "en|any", value_enum, hide_possible_values = true)]
    pub language: Option<LanguageChoice>,
    /// Read files that are not in Unicode and do not say in what in this encoding, for example windows-1252
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<String>,
    /// Write a line of JSON for each skipped input to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub log: Option<PathBuf>,
}

/// The languages that are read.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LanguageChoice {
    /// English
    En,
    /// Any language, though only English is understood
    Any,
}

fn field(text: &str) -> Result<(Field, String), String> {
    let part = |name: &str| Field::ALL.into_iter().find(|field| field.name() == name);
    let names = || Field::ALL.map(Field::name).join(", ");
    match text.split_once('=') {
        Some((name, field)) if !field.trim().is_empty() => {
            part(name.trim()).map(|part| (part, field.trim().to_owned())).ok_or_else(|| format!("no such part; there are {}", names()))
        }
        _ => Err("give a part and a field's name, for example text=story".to_owned()),
    }
}

fn encoding(name: &str) -> Result<String, String> {
    if Settings::is_encoding(name) {
        Ok(name.to_owned())
    } else {
        Err("no such encoding; try windows-1252, iso-8859-2 or shift_jis".to_owned())
    }
}

/// The articles of the command line, batch by batch, in the order of the input.
#[derive(Debug)]
pub struct Input<'a> {
    shell: &'a Shell,
    reader: Reader,
    settings: Settings,
    progress: Progress,
    read: usize,
    skips: Skips,
}

impl<'a> Input<'a> {
    /// Opens the paths, to read articles in `languages` unless the user says otherwise. Problems with them show as the articles are read.
    pub fn open(args: &InputArgs, languages: Languages, shell: &'a Shell) -> anyhow::Result<Self> {
        let mut fields = Fields::default();
        for (field, name) in &args.fields {
            fields.give(*field, name);
        }
        let languages = match args.language {
            Some(LanguageChoice::En) => Languages::English,
            Some(LanguageChoice::Any) => Languages::Any,
            None => languages,
        };
        let files = shell.files();
        let boilerplate = Boilerplate::load(&files).context("cannot use the ontology")?;
        let function_words = FunctionWords::load(&files).context("cannot use the ontology")?;
        let skips = Skips::new(args.log.as_deref())?;
        let progress = shell.progress("articles", article::total_bytes(&args.paths));
        let reader = Reader::new(args.paths.clone(), fields.clone(), fetch::fetch);
        let settings = Settings { fields, languages, encoding: args.encoding.clone(), boilerplate, function_words };
        Ok(Self { shell, reader, settings, progress, read: 0, skips })
    }

    /// The next articles, never an empty batch, read on the threads of the pool. Names what it has to skip on stderr.
    pub fn next_batch(&mut self, pool: &ThreadPool) -> anyhow::Result<Option<Vec<Article>>> {
        loop {
            let mut found = Vec::new();
            let mut bytes = 0;
            while found.len() < BATCH_ARTICLES && bytes < BATCH_BYTES {
                let Some(next) = self.reader.next() else { break };
                bytes += next.as_ref().map_or(0, Found::len);
                found.push(next);
            }
            if found.is_empty() {
                return Ok(None);
            }
            let settings = &self.settings;
            let read = |found: Result<Found, Skipped>| found.and_then(|found| found.read(settings));
            let articles: Vec<_> = pool.install(|| found.into_par_iter().map(read).collect());
            let mut batch = Vec::with_capacity(articles.len());
            for article in articles {
                match article {
                    Ok(article) => batch.push(article),
                    Err(skipped) => self.skips.add(&skipped, self.shell)?,
                }
            }
            self.read += batch.len();
            self.progress.advance(batch.len(), self.reader.bytes_read());
            if !batch.is_empty() {
                return Ok(Some(batch));
            }
        }
    }

    /// Tells what was skipped and how the command ends. Fails when nothing could be read.
    pub fn finish(self) -> anyhow::Result<Outcome> {
        let Self { shell, progress, read, skips, .. } = self;
        drop(progress);
        let skipped = skips.finish()?;
        if read == 0 {
            if skipped.all > 1 {
                shell.note(&skipped);
            }
            bail!("no article could be read; name files of articles, a folder of them, an address, or - for stdin");
        }
        if skipped.all == 0 {
            return Ok(Outcome::Done);
        }
        shell.note(format_args!("{read} {} read, {skipped}", if read == 1 { "article" } else { "articles" }));
        Ok(Outcome::Skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_given_as_part_and_name() {
        assert_eq!(field("text=Story Text"), Ok((Field::Text, "Story Text".to_owned())));
        assert_eq!(field("published = at"), Ok((Field::Published, "at".to_owned())));
        for wrong in ["text", "text=", "=story", "colour=red", ""] {
            assert!(field(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn encodings_are_checked() {
        assert!(encoding("latin1").is_ok() && encoding("UTF-16LE").is_ok());
        assert!(encoding("ebcdic").is_err());
    }
}
