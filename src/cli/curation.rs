//! What the commands of curation share: a name → the thing in the store, a decision → the store.

use anyhow::Context;
use jiff::Timestamp;

use super::{Outcome, Shell, UsageError};
use crate::graph::curation::{Act, Decision};
use crate::graph::{Store, StoreError};
use crate::view::{NodeKind, View};

/// What a name leads to.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// Its IRI.
    pub(super) iri: String,
    /// The name to show.
    pub(super) label: String,
    /// What it is.
    pub(super) kind: NodeKind,
}

impl Thing {
    /// The end of its IRI: "company/acme".
    pub(super) fn id(&self) -> &str {
        crate::view::short(&self.iri)
    }
}

/// The things of these names.
pub(super) fn things<const N: usize>(store: &Store, names: [&str; N]) -> anyhow::Result<[Thing; N]> {
    let view = View::read(store).context("cannot read the graph")?;
    let found: Vec<Thing> = names
        .iter()
        .map(|name| {
            let node = &view.graph()[view.find(name).map_err(|error| UsageError(error.to_string()))?];
            Ok::<_, UsageError>(Thing { iri: node.iri.clone(), label: node.label.clone(), kind: node.what.kind() })
        })
        .collect::<Result<_, _>>()?;
    found.try_into().map_err(|_| anyhow::anyhow!("a name was lost"))
}

/// Takes a decision of now and tells of it.
pub(super) fn decide(store: &mut Store, act: Act, note: Option<&str>, shell: &Shell) -> anyhow::Result<Outcome> {
    decide_all(store, vec![act], note, shell)
}

/// Takes decisions of now as one transaction and tells of them.
pub(super) fn decide_all(store: &mut Store, acts: Vec<Act>, note: Option<&str>, shell: &Shell) -> anyhow::Result<Outcome> {
    let created = now();
    let decisions: Vec<Decision> =
        acts.into_iter().map(|act| Decision { created: created.clone(), act, note: note.map(str::to_owned) }).collect();
    store.decide(&decisions, &[])?;
    for decision in &decisions {
        shell.note(format_args!("{}: {}", decision.id(), decision.act.words()));
    }
    Ok(Outcome::Done)
}

/// This second, as `xsd:dateTime`.
pub(super) fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The IRIs of the articles of these ids, URLs or names.
pub(super) fn articles(store: &Store, wanted: &[String]) -> anyhow::Result<std::collections::BTreeSet<String>> {
    let iri = |name: &String| match store.find_article(name)? {
        Some(article) => Ok(crate::graph::iri::article(&article.id).into_string()),
        None => Err(UsageError(StoreError::NoArticle(name.clone()).to_string()).into()),
    };
    wanted.iter().map(iri).collect()
}
