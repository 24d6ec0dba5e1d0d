//! Reads CoNLL-U and merges tokens: `Swiss` `-` `based` → `Swiss-based`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use investgraph::text::syntax::training::Code;
use investgraph::text::syntax::{Deprel, Tag, Upos, Word, WordClass};

/// A word of a treebank.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) form: String,
    pub(crate) class: WordClass,
    pub(crate) upos: Upos,
    pub(crate) penn: String,
    /// Index of the head; the number of tokens for the root.
    pub(crate) head: usize,
    pub(crate) label: Deprel,
}

impl Token {
    pub(crate) fn tag(&self) -> Tag {
        self.class.tag().unwrap_or_else(|| Tag::refine(self.upos, &self.penn))
    }

    pub(crate) fn word(&self) -> Word<'_> {
        Word { form: &self.form, class: self.class }
    }
}

/// A sentence of a treebank.
pub(crate) type Tree = Vec<Token>;

/// Reads the sentences of a CoNLL-U file, gzipped or not.
pub(crate) fn read_conllu(path: &Path) -> Result<Vec<Tree>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader: Box<dyn Read> =
        if path.extension().is_some_and(|end| end == "gz") { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut trees = Vec::new();
    let mut tree: Tree = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if line.is_empty() {
            finish_tree(&mut tree, &mut trees);
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, penn, _, head, label, ..] = columns[..] else { continue };
        if line.starts_with('#') || id.contains(['-', '.']) {
            continue;
        }
        let wrong = || format!("{}:{}: not a CoNLL-U word", path.display(), number + 1);
        tree.push(Token {
            form: form.to_owned(),
            class: WordClass::Plain,
            upos: Upos::parse(upos).with_context(wrong)?,
            penn: penn.to_owned(),
            head: head.parse().with_context(wrong)?,
            label: Deprel::parse(label).unwrap_or(Deprel::Dep),
        });
    }
    finish_tree(&mut tree, &mut trees);
    Ok(trees)
}

fn finish_tree(tree: &mut Tree, trees: &mut Vec<Tree>) {
    let root = tree.len();
    for token in tree.iter_mut() {
        token.head = token.head.checked_sub(1).unwrap_or(root);
    }
    if !tree.is_empty() {
        trees.push(std::mem::take(tree));
    }
}

/// Merges groups of adjacent tokens, given as ascending (first, end, new token): the group's head keeps its arc.
pub(crate) fn merge(tree: &Tree, groups: &[(usize, usize, Token)]) -> Tree {
    let mut place = vec![0; tree.len() + 1];
    let mut merged = Tree::new();
    let mut groups = groups.iter().peekable();
    let mut at = 0;
    while at < tree.len() {
        if let Some((_, end, token)) = groups.next_if(|group| group.0 == at) {
            place[at..*end].fill(merged.len());
            merged.push(token.clone());
            at = *end;
        } else {
            place[at] = merged.len();
            merged.push(tree[at].clone());
            at += 1;
        }
    }
    place[tree.len()] = merged.len();
    for token in &mut merged {
        token.head = place[token.head];
    }
    merged
}

/// Token of a range whose arc leaves the range, if there is but one.
pub(crate) fn range_head(tree: &Tree, first: usize, end: usize) -> Option<usize> {
    let mut outer = (first..end).filter(|&index| !(first..end).contains(&tree[index].head));
    let head = outer.next()?;
    outer.next().is_none().then_some(head)
}

/// Joins hyphenated compounds: `Swiss` `-` `based` → `Swiss-based`.
pub(crate) fn join_hyphens(tree: &Tree) -> Tree {
    let mut groups: Vec<(usize, usize, Token)> = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let first = at;
        let mut end = at + 1;
        while end + 1 < tree.len() && tree[end].penn == "HYPH" && tree[end + 1].upos != Upos::Punct {
            end += 2;
        }
        at = end;
        if end == first + 1 {
            continue;
        }
        let Some(head) = range_head(tree, first, end) else { continue };
        let mut token = tree[head].clone();
        token.form = tree[first..end].iter().map(|part| part.form.as_str()).collect();
        if token.label == Deprel::Amod || token.upos == Upos::Verb {
            (token.upos, token.penn) = (Upos::Adj, "JJ".to_owned());
        }
        groups.push((first, end, token));
    }
    merge(tree, &groups)
}

/// Words of a sentence as numbers.
pub(crate) fn codes(tree: &Tree) -> Vec<Code> {
    tree.iter().map(|token| Code::of(&token.word())).collect()
}
