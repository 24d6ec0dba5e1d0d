//! `investgraph split NAME`: one name of two things.

use std::collections::BTreeSet;

use clap::Args;

use super::{Outcome, Shell, UsageError, curation};
use crate::graph::curation::{Act, Selection};
use crate::graph::{Store, iri};

const EXAMPLES: &str = "\
Examples:
  investgraph split \"Kaveri Steel Works\" --name KSW
  investgraph split Mitsubishi --article paper-12 --as \"Mitsubishi Electric\"
  investgraph split investment/paper.example-lyon-1f2e-i1 --article https://journal.example/acme";

/// Arguments of `split`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SplitArgs {
    /// Take this one apart: a name or an id such as company/acme
    name: String,
    /// What is called so is another
    #[arg(long = "name", value_name = "ALIAS", required_unless_present = "articles")]
    alias: Option<String>,
    /// What these articles speak of is another; by id, URL or name
    #[arg(long = "article", value_name = "ID|URL")]
    articles: Vec<String>,
    /// Call the other one so
    #[arg(long = "as", value_name = "NAME")]
    other: Option<String>,
    /// Say why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Splits the thing.
pub fn run(args: &SplitArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(shell.store())?;
    let [thing] = curation::things(&store, [&args.name])?;
    let articles = curation::articles(&store, &args.articles)?;
    let mut acts = Vec::new();
    if thing.kind.is_fact() {
        if args.alias.is_some() || args.other.is_some() {
            return Err(UsageError(format!("{} is a fact, not a name: split it with --article", thing.id())).into());
        }
        let of_articles = |claim: &str| articles.iter().any(|article| claim.split('#').next() == Some(article));
        let (out, rest): (Vec<_>, Vec<_>) = store.prints_of(&thing.iri)?.into_iter().partition(|(claim, _)| of_articles(claim));
        if out.is_empty() || rest.is_empty() {
            return Err(UsageError(format!("{} tells of {} alone or not at all", args.articles.join(", "), thing.id())).into());
        }
        let prints = |claims: Vec<(String, String)>| claims.into_iter().map(|(_, print)| print).collect::<BTreeSet<_>>();
        acts.push(Act::Apart { fact: thing.iri, prints: prints(out), rest: prints(rest) });
    } else {
        let name = args.alias.as_deref().map(iri::slug);
        let into = into(thing.id(), args.other.as_deref().map(iri::slug).or_else(|| name.clone()), &articles);
        acts.push(Act::Split(Selection { keys: store.keys_of(&thing.iri)?, from: thing.iri, name, articles, into: into.clone() }));
        if let Some(other) = &args.other {
            acts.push(Act::Rename { entity: iri::entity(&into).into_string(), name: other.clone() });
        }
    }
    curation::decide_all(&mut store, acts, args.note.as_deref(), shell)
}

/// The key of what is split off: its name, or the old one with a mark of the articles.
fn into(from: &str, name: Option<String>, articles: &BTreeSet<String>) -> String {
    let folder = from.split('/').next().unwrap_or_default();
    match name.map(|name| format!("{folder}/{name}")) {
        Some(key) if key != from => key,
        _ => {
            let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
            format!("{from}-{}", &iri::sha256_hex(articles.join(" ").as_bytes())[..6])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_split_off_has_a_key_of_its_own() {
        let none = BTreeSet::new();
        assert_eq!(into("company/acme", Some("acme-steel".into()), &none), "company/acme-steel");
        for name in [None, Some("acme".to_owned())] {
            let key = into("company/acme", name, &BTreeSet::from(["article/x".to_owned()]));
            assert!(key.starts_with("company/acme-") && key.len() == "company/acme-".len() + 6, "{key}");
        }
    }
}
