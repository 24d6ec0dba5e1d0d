//! Puts a sum before a noun, "a new plant in Texas" → "a $2bn/Money new plant in Texas", or in the place of an object,
//! "put a plant in Texas" → "put $2bn/Money in Texas".
//!
//! News of investment does so all the time, treebanks hardly ever.

use investgraph::text::syntax::{Deprel, Upos, WordClass};

use crate::learner::Random;
use crate::treebank::{Token, Tree, merge, range_head};

/// Puts a sum before one of the sentence's nouns, if there is one that could be priced.
pub(crate) fn price(tree: &Tree, random: &mut Random) -> Option<Tree> {
    let places: Vec<(usize, usize)> = (0..tree.len()).filter_map(|noun| Some((front(tree, noun)?, noun))).collect();
    let &(at, noun) = places.get(random.below(places.len().max(1)))?;
    let shift = |index: usize| index + usize::from(index >= at);
    let mut priced: Tree = tree.iter().map(|token| Token { head: shift(token.head), ..token.clone() }).collect();
    priced.insert(at, sum(shift(noun), Deprel::Compound));
    Some(priced)
}

/// Puts a sum in the place of an object that a phrase of its verb follows, if there is one.
pub(crate) fn pay(tree: &Tree, random: &mut Random) -> Option<Tree> {
    let groups: Vec<(usize, usize, Token)> = (0..tree.len()).filter_map(|object| paid(tree, object)).collect();
    let group = groups.get(random.below(groups.len().max(1)))?;
    Some(merge(tree, std::slice::from_ref(group)))
}

/// First and end of an object's words, and the sum to stand for them.
fn paid(tree: &Tree, object: usize) -> Option<(usize, usize, Token)> {
    let verb = tree[object].head;
    if tree[object].label != Deprel::Obj || verb >= object {
        return None;
    }
    let below = |at: &usize| tree[*at].head == object;
    let start = (0..object).find(below).unwrap_or(object);
    let obliques = object + 1..tree.len();
    let followed = obliques.clone().find(|&at| tree[at].head == verb).is_some_and(|at| tree[at].label == Deprel::Obl);
    let whole = range_head(tree, start, object + 1) == Some(object) && !obliques.into_iter().any(|at| below(&at));
    (start > verb && followed && whole).then(|| (start, object + 1, sum(verb, Deprel::Obj)))
}

fn sum(head: usize, label: Deprel) -> Token {
    Token { form: "$2bn".to_owned(), class: WordClass::Money, upos: Upos::Sym, penn: "$".to_owned(), head, label }
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
