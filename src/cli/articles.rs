//! `investgraph articles`: what is in the store, and taking it out again.

use std::io::{self, Write};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::table::{self, Cell};
use super::{Outcome, Shell, UsageError};
use crate::graph::{Store, StoreError, StoredArticle};

const EXAMPLES: &str = "\
Examples:
  investgraph articles
  investgraph articles --format json
  investgraph articles remove https://paper.example/news/plant-in-lyon";

/// Arguments of `articles`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ArticlesArgs {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    list: ListArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the articles, the oldest first
    List(ListArgs),
    /// Remove articles, with all that is known from them alone
    Remove(RemoveArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Print in this format [default: table on a terminal, else csv]
    #[arg(long, short, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Args)]
struct RemoveArgs {
    /// Remove the articles with these ids, URLs or names
    #[arg(required = true, value_name = "ID|URL")]
    articles: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Csv,
    // One object an article, one a line.
    Json,
}

/// Lists or removes articles.
pub fn run(args: &ArticlesArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    match &args.action {
        None => list(&args.list, shell),
        Some(Action::List(list_args)) => list(list_args, shell),
        Some(Action::Remove(_)) if args.list.format.is_some() => {
            Err(UsageError("--format goes with the list, not with remove".to_owned()).into())
        }
        Some(Action::Remove(remove_args)) => remove(remove_args, shell),
    }
}

/// An article as the list shows it.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    article: &'a str,
    published: &'a str,
    publisher: &'a str,
    headline: &'a str,
    claims: usize,
    url: &'a str,
}

impl<'a> Row<'a> {
    fn of(article: &'a StoredArticle) -> Self {
        Self {
            id: &article.id,
            article: article.identifier.as_deref().unwrap_or_default(),
            published: article.published.as_deref().unwrap_or_default(),
            publisher: article.publisher.as_deref().unwrap_or_default(),
            headline: article.headline.as_deref().unwrap_or_default(),
            claims: article.claims,
            url: article.url.as_deref().unwrap_or_default(),
        }
    }

    /// The URL takes too much room beside the id.
    fn cells(&self) -> Vec<Cell> {
        let text = |text: &str| Cell::Text(text.to_owned());
        vec![text(self.id), text(self.published), text(self.publisher), text(self.headline), Cell::Number(self.claims.to_string())]
    }
}

fn list(args: &ListArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let articles = Store::open_read_only(shell.store())?.articles()?;
    let rows = articles.iter().map(Row::of);
    let mut out = shell.out();
    match args.format.unwrap_or(if shell.is_terminal() { Format::Table } else { Format::Csv }) {
        Format::Table => {
            let columns = ["id", "published", "publisher", "headline", "claims"].map(str::to_owned);
            table::write(&columns, rows.map(|row| row.cells()), shell, &mut out)?;
            shell.note(format_args!("{} {}", articles.len(), if articles.len() == 1 { "article" } else { "articles" }));
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(&mut out);
            if articles.is_empty() {
                csv.write_record(["id", "article", "published", "publisher", "headline", "claims", "url"]).map_err(io::Error::from)?;
            }
            for row in rows {
                csv.serialize(row).map_err(io::Error::from)?;
            }
            csv.flush()?;
        }
        Format::Json => {
            for row in rows {
                serde_json::to_writer(&mut out, &row)?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn remove(args: &RemoveArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(shell.store())?;
    for wanted in &args.articles {
        let removed = store.remove(wanted).map_err(|error| match error {
            StoreError::NoArticle(_) => anyhow::Error::from(UsageError(error.to_string())),
            error => error.into(),
        })?;
        let headline = removed.headline.map(|headline| format!(": {headline}")).unwrap_or_default();
        shell.note(format_args!("removed {}{headline}", removed.id));
    }
    Ok(Outcome::Done)
}
