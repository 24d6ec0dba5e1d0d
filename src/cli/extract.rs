//! `investgraph extract PATH…`: facts without a store. A news file → its investments, jobs and relations with their evidence.

use std::io::Write;

use clap::Args;
use oxigraph::io::{RdfFormat, RdfSerializer};
use serde_json::Value;

use super::listing::Listing;
use super::{Extraction, ExtractionArgs, Outcome, Shell, UsageError};
use crate::article::Article;
use crate::fact::ArticleFacts;
use crate::graph::vocab::PREFIXES;
use crate::pipeline::Extractor;

const EXAMPLES: &str = "\
Examples:
  investgraph extract examples/articles/
  investgraph extract --format json --min-confidence 0.8 news.jsonl.gz > facts.jsonl";

/// Arguments of `extract`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExtractArgs {
    #[command(flatten)]
    extraction: ExtractionArgs,
    /// Print in this format [default: text on a terminal, else json]
    #[arg(long, short, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Tell for each fact the rule that found it and the words behind each part
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    // One JSON object an article, one a line.
    Json,
    // Facts under their sentences.
    Text,
    // Quads as `load` would store them, one graph an article.
    Trig,
    // The same, one quad a line.
    Nquads,
}

/// Prints the facts.
pub fn run(args: &ExtractArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let format = args.format.unwrap_or(if shell.is_terminal() { Format::Text } else { Format::Json });
    if args.explain && matches!(format, Format::Trig | Format::Nquads) {
        return Err(UsageError("--explain goes with --format json and text; quads have no place for it".to_owned()).into());
    }
    let mut extraction = Extraction::open(&args.extraction, shell)?;
    match format {
        Format::Json => {
            let mut out = shell.out();
            while let Some(lines) = extraction.next_batch(|_, facts, _| json_line(&facts, args.explain))? {
                for line in lines {
                    out.write_all(&line?)?;
                }
            }
            out.flush()?;
        }
        Format::Text => {
            let mut out = shell.styled();
            let list = |article: &Article, facts: ArticleFacts, extractor: &Extractor| {
                let abbreviations = extractor.lexicon().abbreviations();
                Listing { article, facts: &facts, abbreviations, explain: args.explain }.to_string()
            };
            while let Some(listings) = extraction.next_batch(list)? {
                for listing in listings {
                    out.write_all(listing.as_bytes())?;
                }
                out.flush()?;
            }
        }
        Format::Trig => print_quads(&mut extraction, RdfFormat::TriG, shell)?,
        Format::Nquads => print_quads(&mut extraction, RdfFormat::NQuads, shell)?,
    }
    extraction.finish()
}

fn print_quads(extraction: &mut Extraction<'_>, format: RdfFormat, shell: &Shell) -> anyhow::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri)?;
    }
    let mut serializer = serializer.for_writer(shell.out());
    let scribe = extraction.scribe()?;
    let quads = |article: &Article, facts: ArticleFacts, _: &Extractor| scribe.graph(article, &facts).quads;
    while let Some(graphs) = extraction.next_batch(quads)? {
        for quad in graphs.iter().flatten() {
            serializer.serialize_quad(quad)?;
        }
    }
    serializer.finish()?.flush()?;
    Ok(())
}

/// The facts as one line of JSON; `explain` adds to each fact the rule that found it.
fn json_line(facts: &ArticleFacts, explain: bool) -> serde_json::Result<Vec<u8>> {
    let mut line = if explain {
        let mut value = serde_json::to_value(facts)?;
        add_rules(&mut value, "investments", facts.investments.iter().map(|fact| &fact.found_by));
        add_rules(&mut value, "jobs", facts.jobs.iter().map(|fact| &fact.found_by));
        add_rules(&mut value, "relations", facts.relations.iter().map(|fact| &fact.found_by));
        serde_json::to_vec(&value)?
    } else {
        serde_json::to_vec(facts)?
    };
    line.push(b'\n');
    Ok(line)
}

fn add_rules<'a>(value: &mut Value, list: &str, rules: impl Iterator<Item = &'a String>) {
    let facts = value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
    for (fact, rule) in facts.zip(rules) {
        if let Some(fact) = fact.as_object_mut() {
            fact.insert("found_by".to_owned(), Value::from(rule.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Confidence, Object, Predicate, Relation};

    #[test]
    fn explanations_are_added_to_each_fact() {
        let relation = Relation {
            subject: "Acme".into(),
            predicate: Predicate::BasedIn,
            object: Object::Country("FR".parse().unwrap()),
            evidence: Vec::new(),
            confidence: Confidence::new(0.9),
            found_by: "nationality".into(),
        };
        let facts = ArticleFacts { article: "a".into(), relations: vec![relation], ..ArticleFacts::default() };
        let line = |explain| String::from_utf8(json_line(&facts, explain).unwrap()).unwrap();
        let end = "\"evidence\":[],\"confidence\":0.9}]}\n";
        assert!(line(false).ends_with(end), "{}", line(false));
        assert!(line(true).ends_with("\"confidence\":0.9,\"found_by\":\"nationality\"}]}\n"), "{}", line(true));
        assert_eq!(line(false).matches('\n').count(), 1);
    }
}
