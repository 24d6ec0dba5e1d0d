//! `investgraph show NAME`: what is known of a thing, since when, who disagrees, and in which words.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};

use super::{Outcome, Shell, UsageError};
use crate::graph::Store;
use crate::view::{Dossier, FactDossier, Said, SourceArticle, View};

const EXAMPLES: &str = "\
Examples:
  investgraph show Microsoft
  investgraph show FR --limit 5
  investgraph show investment/paper.example-lyon-1f2e-i1 --format json";

const HEADING: Style = Style::new().bold();
const QUIET: Style = AnsiColor::BrightBlack.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ShowArgs {
    /// A name, an alias, a country's code or an id such as company/acme
    name: String,
    /// Show at most so many facts
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Show what was known on this day: what was published by then
    #[arg(long, value_name = "DATE", value_parser = super::query::day)]
    as_of: Option<String>,
    /// Print in this format
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    Text,
    // One object.
    Json,
}

/// Shows the thing.
pub fn run(args: &ShowArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_read_only(shell.store())?;
    if let Some(day) = &args.as_of {
        store = store.as_of(day)?;
    }
    let view = View::read(&store).context("cannot read the graph")?;
    let index = view.find(&args.name).map_err(|error| UsageError(error.to_string()))?;
    let dossier = Dossier::of(&store, &view, index)?;
    match args.format {
        Format::Text => {
            let mut out = shell.styled();
            write_text(&dossier, args.limit, &mut out)?;
            out.flush()?;
        }
        Format::Json => {
            let mut out = shell.out();
            serde_json::to_writer_pretty(&mut out, &json(&dossier))?;
            writeln!(out)?;
            out.flush()?;
        }
    }
    Ok(Outcome::Done)
}

fn write_text(dossier: &Dossier, limit: usize, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{HEADING}{}{HEADING:#}  {QUIET}{} · {}{QUIET:#}", dossier.name, dossier.kind, dossier.id)?;
    if !dossier.also.is_empty() {
        writeln!(out, "  also: {}", dossier.also.join(", "))?;
    }
    let since = dossier.articles.iter().find_map(|article| article.published.as_deref());
    let count = dossier.articles.len();
    let plural = if count == 1 { "" } else { "s" };
    writeln!(out, "  known from {count} article{plural}{}", since.map(|day| format!(", since {day}")).unwrap_or_default())?;
    for relation in &dossier.relations {
        writeln!(out, "  {relation}")?;
    }
    for fact in dossier.facts.iter().take(limit) {
        writeln!(out)?;
        write_fact(fact, out)?;
    }
    if dossier.facts.len() > limit {
        writeln!(out, "\n{QUIET}and {} more; --limit shows them{QUIET:#}", dossier.facts.len() - limit)?;
    }
    Ok(())
}

fn write_fact(fact: &FactDossier, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  {HEADING}{}{HEADING:#}  {QUIET}{}{QUIET:#}", fact.label, fact.id)?;
    for (property, values) in &fact.properties {
        writeln!(out, "    {property}: {}", values.join(", "))?;
    }
    if fact.history.len() > 1 {
        let steps: Vec<String> = fact.history.iter().map(|said| format!("{} ({})", said.value, told(&said.articles))).collect();
        writeln!(out, "    history: {}", steps.join(" → "))?;
    }
    for said in &fact.disagreement {
        let taken = if said.chosen { "taken" } else { "differs" };
        writeln!(out, "    {WARNING}{} {taken}{WARNING:#}: {} ({})", said.property, said.value, told(&said.articles))?;
    }
    for words in &fact.words {
        writeln!(out, "    “{}”  {QUIET}{} · {}{QUIET:#}", words.sentence, told(std::slice::from_ref(&words.article)), words.claim)?;
    }
    Ok(())
}

/// "2024-05-13 The Paper's headline; journal-7".
fn told(articles: &[SourceArticle]) -> String {
    let one = |article: &SourceArticle| {
        let name = article.headline.as_deref().unwrap_or(&article.name);
        article.published.as_deref().map_or_else(|| name.to_owned(), |day| format!("{day} {name}"))
    };
    articles.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn json(dossier: &Dossier) -> Value {
    let article = |article: &SourceArticle| json!({ "name": article.name, "published": article.published, "headline": article.headline, "url": article.url });
    let said = |said: &Said| {
        let articles: Vec<Value> = said.articles.iter().map(article).collect();
        json!({ "property": said.property, "value": said.value, "chosen": said.chosen, "articles": articles })
    };
    let fact = |fact: &FactDossier| {
        let properties: serde_json::Map<String, Value> =
            fact.properties.iter().map(|(property, values)| (property.clone(), json!(values))).collect();
        let words: Vec<Value> = fact
            .words
            .iter()
            .map(|words| json!({ "claim": words.claim, "sentence": words.sentence, "article": article(&words.article) }))
            .collect();
        json!({
            "id": fact.id,
            "label": fact.label,
            "properties": properties,
            "history": fact.history.iter().map(said).collect::<Vec<_>>(),
            "disagreement": fact.disagreement.iter().map(said).collect::<Vec<_>>(),
            "words": words,
        })
    };
    json!({
        "id": dossier.id,
        "kind": dossier.kind,
        "name": dossier.name,
        "also": dossier.also,
        "articles": dossier.articles.iter().map(article).collect::<Vec<_>>(),
        "relations": dossier.relations,
        "facts": dossier.facts.iter().map(fact).collect::<Vec<_>>(),
    })
}
