//! Turns a training sentence into a headline: treebanks hold few of them, news opens with one.
//!
//! "The group will build a plant in Texas ." → "Group to build plant in Texas", in half of the cases in title case.

use investgraph::text::syntax::{Deprel, Upos};

use crate::learner::Random;
use crate::treebank::{Token, Tree};

/// Makes a headline of a sentence that states something, or nothing of any other.
pub(crate) fn headline(tree: &Tree, random: &mut Random) -> Option<Tree> {
    let root = tree.iter().position(|token| token.head == tree.len())?;
    let subject = |token: &Token| token.head == root && matches!(token.label, Deprel::Nsubj | Deprel::NsubjPass);
    if !(5..=30).contains(&tree.len()) || tree[root].upos != Upos::Verb || !tree[..root].iter().any(subject) {
        return None;
    }
    let mut headline = tree.clone();
    for token in headline.iter_mut().filter(|token| token.head == root && token.penn == "MD" && is(token, "will would 'll 'd")) {
        "to".clone_into(&mut token.form);
        "TO".clone_into(&mut token.penn);
        (token.upos, token.label) = (Upos::Part, Deprel::Mark);
    }
    let leaf = |at: usize| tree.iter().all(|token| token.head != at);
    let dropped = |at: usize| {
        let token = &headline[at];
        let article = token.label == Deprel::Det && is(token, "a an the");
        let auxiliary = token.head == root && is(token, "is are was were has have had 's 've");
        let stop = at + 1 == tree.len() && token.upos == Upos::Punct;
        leaf(at) && (article || stop || auxiliary && matches!(token.label, Deprel::Aux | Deprel::AuxPass))
    };
    let dropped: Vec<bool> = (0..tree.len()).map(dropped).collect();
    if dropped.iter().filter(|dropped| **dropped).count() < 2 {
        return None;
    }
    let mut headline = without(&headline, &dropped);
    let title = random.below(2) == 0;
    for (at, token) in headline.iter_mut().enumerate() {
        let small = matches!(token.upos, Upos::Adp | Upos::Cconj | Upos::Det | Upos::Part | Upos::Sconj);
        if at == 0 || title && !small {
            capitalise(&mut token.form);
        }
    }
    Some(headline)
}

fn is(token: &Token, words: &str) -> bool {
    words.split(' ').any(|word| word.eq_ignore_ascii_case(&token.form))
}

/// Leaves out tokens that nothing hangs below.
fn without(tree: &Tree, dropped: &[bool]) -> Tree {
    let mut place = Vec::with_capacity(tree.len() + 1);
    let mut kept = 0;
    for dropped in dropped.iter().chain([&false]) {
        place.push(kept);
        kept += usize::from(!dropped);
    }
    let kept = tree.iter().zip(dropped).filter(|(_, dropped)| !**dropped);
    kept.map(|(token, _)| Token { head: place[token.head], ..token.clone() }).collect()
}

fn capitalise(form: &mut str) {
    if let Some(first) = form.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}
