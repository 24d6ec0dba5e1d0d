//! `investgraph reject FACT`: what is wrong and stays out.

use clap::Args;

use super::{Outcome, Shell, UsageError, curation};
use crate::graph::curation::Act;
use crate::graph::{Predicate, Store, iri, vocab};

const EXAMPLES: &str = "\
Examples:
  investgraph reject investment/paper.example-lyon-1f2e-i1
  investgraph reject article/paper.example-lyon-1f2e#i1
  investgraph reject \"Kaveri Steel\" subsidiaryOf Borealis --note \"sold in 2023\"";

/// Arguments of `reject`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct RejectArgs {
    /// An investment or job commitment, one article's claim, or a relation as SUBJECT PREDICATE OBJECT
    #[arg(value_name = "FACT", num_args = 1..=3, required = true)]
    fact: Vec<String>,
    /// Say why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Rejects the fact.
pub fn run(args: &RejectArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(shell.store())?;
    let act = match args.fact.as_slice() {
        [fact] if fact.contains('#') => claim(&store, fact)?,
        [fact] => {
            let [thing] = curation::things(&store, [fact])?;
            if !thing.kind.is_fact() {
                let hint = "give an investment, a claim or SUBJECT PREDICATE OBJECT; `investgraph show` tells their ids";
                return Err(UsageError(format!("{} is no fact; {hint}", thing.id())).into());
            }
            Act::RejectFact { prints: store.prints_of(&thing.iri)?.into_iter().map(|(_, print)| print).collect(), fact: thing.iri }
        }
        [subject, predicate, object] => relation(&store, subject, predicate, object)?,
        _ => return Err(UsageError("a relation is SUBJECT PREDICATE OBJECT".to_owned()).into()),
    };
    curation::decide(&mut store, act, args.note.as_deref(), shell)
}

fn claim(store: &Store, claim: &str) -> anyhow::Result<Act> {
    let claim = iri::entity(crate::view::short(claim)).into_string();
    match store.print_of(&claim)? {
        Some(print) => Ok(Act::RejectClaim { claim, print }),
        None => Err(UsageError(format!("no claim \"{}\" in the store", crate::view::short(&claim))).into()),
    }
}

fn relation(store: &Store, subject: &str, predicate: &str, object: &str) -> anyhow::Result<Act> {
    let Some(known) = Predicate::ALL.into_iter().find(|known| known.name() == predicate.trim_start_matches("ig:")) else {
        let known: Vec<&str> = Predicate::ALL.iter().map(|known| known.name()).collect();
        return Err(UsageError(format!("no relation \"{predicate}\"; there are: {}", known.join(", "))).into());
    };
    let [subject, object] = curation::things(store, [subject, object])?;
    let property = vocab::predicate(known);
    if !store.says(&subject.iri, property, &object.iri)? {
        return Err(UsageError(format!("the graph does not say that {} {} {}", subject.id(), known.name(), object.id())).into());
    }
    Ok(Act::RejectRelation { subject: subject.iri, predicate: property.as_str().to_owned(), object: object.iri })
}
