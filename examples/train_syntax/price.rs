//! Puts a sum before a noun: "a new plant in Texas" → "a $2bn/Money new plant in Texas".
//!
//! News of investment does so all the time, treebanks hardly ever.

use investgraph::text::syntax::{Deprel, Upos, WordClass};

use crate::learner::Random;
use crate::treebank::{Token, Tree};

/// Puts a sum before one of the sentence's nouns, if there is one that could be priced.
pub(crate) fn price(tree: &Tree, random: &mut Random) -> Option<Tree> {
    let places: Vec<(usize, usize)> = (0..tree.len()).filter_map(|noun| Some((front(tree, noun)?, noun))).collect();
    let &(at, noun) = places.get(random.below(places.len().max(1)))?;
    let shift = |index: usize| index + usize::from(index >= at);
    let mut priced: Tree = tree.iter().map(|token| Token { head: shift(token.head), ..token.clone() }).collect();
    let sum = Token {
        form: "$2bn".to_owned(),
        class: WordClass::Money,
        upos: Upos::Sym,
        penn: "$".to_owned(),
        head: shift(noun),
        label: Deprel::Compound,
    };
    priced.insert(at, sum);
    Some(priced)
}

/// Place before the modifiers of a noun that follows an article, or that is an object or oblique without one.
fn front(tree: &Tree, noun: usize) -> Option<usize> {
    if tree[noun].upos != Upos::Noun || tree[noun].class != WordClass::Plain {
        return None;
    }
    let modifier = |at: &usize| tree[*at].head == noun && matches!(tree[*at].label, Deprel::Amod | Deprel::Compound);
    let front = (0..noun).rev().take_while(modifier).last().unwrap_or(noun);
    let left = (0..front).filter(|&at| tree[at].head == noun).map(|at| tree[at].label).next_back();
    let opened = match left {
        Some(Deprel::Det | Deprel::NmodPoss) => tree[front - 1].head == noun,
        None | Some(Deprel::Case) => matches!(tree[noun].label, Deprel::Obj | Deprel::Obl | Deprel::Nmod) && front < noun,
        Some(_) => false,
    };
    opened.then_some(front)
}
