//! The grammar of a sentence over its mentions: which word depends on which, and the path between two of them.

use crate::lexicon::NameKind;
use crate::mention::quantity::Quantities;
use crate::mention::{Entities, EntityKind, Name};
use crate::text::syntax::{Deprel, ROOT, Syntax, Tag, Upos, Word, WordClass, analyse};
use crate::text::{Document, Span};

/// A parsed sentence; names and sums count as one word each.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// First token of the sentence.
    start: usize,
    /// For each token of the sentence its word.
    word_of: Vec<u16>,
    /// For each word its tokens.
    spans: Vec<Span>,
    heads: Vec<u16>,
    labels: Vec<Deprel>,
    tags: Vec<Upos>,
    forms: Vec<Tag>,
}

/// How a word stands in its sentence.
#[derive(Debug)]
pub(super) struct Standing {
    /// First token of the word.
    pub token: usize,
    /// What it is to its head.
    pub label: Deprel,
    /// The preposition that leads to it.
    pub case: Option<usize>,
    /// First token of its head.
    pub head: Option<usize>,
    /// Whether it stands for the span through a list or an apposition.
    pub climbed: bool,
}

/// How two words of a tree are linked.
#[derive(Debug)]
pub(super) struct Path {
    /// Labels from the first word up to the common ancestor.
    pub up: Vec<Deprel>,
    /// Labels from the common ancestor down to the second word.
    pub down: Vec<Deprel>,
    /// First token of the common ancestor.
    pub top: usize,
}

/// Parses a sentence with its names and sums collapsed.
pub(super) fn parse(
    doc: &Document<'_>,
    sentence: Span,
    names: &[Name],
    entities: &Entities,
    quantities: &Quantities,
    syntax: &mut Syntax,
) -> Tree {
    let mut tree = Tree { start: sentence.start as usize, ..Tree::default() };
    let mut words: Vec<Word<'_>> = Vec::new();
    let first_name = names.partition_point(|n| n.span.end <= sentence.start);
    let mut next_name = first_name;
    let mut next_sum = quantities.money.partition_point(|m| m.span.end <= sentence.start);
    let mut at = sentence.start as usize;
    while at < sentence.end as usize {
        while next_name < names.len() && (names[next_name].span.start as usize) < at {
            next_name += 1;
        }
        while next_sum < quantities.money.len() && (quantities.money[next_sum].span.start as usize) < at {
            next_sum += 1;
        }
        let sum = quantities.money.get(next_sum).filter(|m| m.span.start as usize == at);
        let name = names.get(next_name).filter(|n| n.span.start as usize == at);
        let (span, class) = if let Some(sum) = sum {
            (sum.span, WordClass::Money)
        } else if let Some(name) = name {
            let class = match entities.get(entities.of_name[next_name]).kind {
                EntityKind::Person => WordClass::Person,
                EntityKind::Country(_) if doc.form(at).len() > 3 && name.kinds.iter().any(|k| matches!(k, NameKind::Adjective(_))) => {
                    WordClass::Plain
                }
                EntityKind::Country(_) | EntityKind::Place(_) => WordClass::Place,
                EntityKind::Company => WordClass::Company,
                _ if name.span.len() > 1 => WordClass::Company,
                _ => WordClass::Plain,
            };
            (name.span, class)
        } else {
            (Span::new(at, at + 1), WordClass::Plain)
        };
        let index = u16::try_from(words.len()).unwrap_or(ROOT);
        for _ in span.range() {
            tree.word_of.push(index);
        }
        words.push(Word { form: doc.text_of(Span::new(span.start as usize, span.end as usize)), class });
        tree.spans.push(span);
        at = span.end as usize;
    }
    analyse(&words, syntax);
    tree.heads.clone_from(&syntax.heads);
    tree.labels.clone_from(&syntax.labels);
    tree.tags.clone_from(&syntax.tags);
    tree.forms.clone_from(&syntax.forms);
    tree
}

impl Tree {
    /// The word that heads a span: the one whose head lies outside.
    fn word(&self, span: Span) -> Option<usize> {
        let first = (span.start as usize).checked_sub(self.start)?;
        let (low, high) = (*self.word_of.get(first)?, *self.word_of.get((span.end as usize - 1).checked_sub(self.start)?)?);
        (low..=high)
            .rev()
            .find(|&w| {
                let head = self.heads[w as usize];
                head == ROOT || head < low || head > high
            })
            .map(usize::from)
    }

    /// The word that stands in the sentence for a span: of joined, apposed and described names the first of the row.
    fn standing(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..12 {
            let head = self.heads[at];
            let climbs = matches!(self.labels[at], Deprel::Conj | Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::List);
            if head == ROOT || !climbs || matches!(self.tags[head as usize], Upos::Verb | Upos::Aux) {
                break;
            }
            at = head as usize;
        }
        at
    }

    /// How a span stands in its sentence, lists and appositions seen through.
    pub(super) fn standing_of(&self, span: Span) -> Option<Standing> {
        let own = self.word(span)?;
        let word = self.standing(own);
        let token = |w: usize| self.spans[w].start as usize;
        let case = (0..self.heads.len()).find(|&w| self.heads[w] as usize == word && self.labels[w] == Deprel::Case).map(token);
        let head = self.heads[word];
        let head = (head != ROOT).then_some(head as usize);
        Some(Standing { token: token(word), label: self.labels[word], case, head: head.map(token), climbed: word != own })
    }

    /// The label of a span's head word.
    pub(super) fn label(&self, span: Span) -> Option<Deprel> {
        self.word(span).map(|w| self.labels[w])
    }

    /// The first token of the word that a span depends on.
    pub(super) fn head(&self, span: Span) -> Option<usize> {
        let head = self.heads[self.word(span)?];
        (head != ROOT).then(|| self.spans[head as usize].start as usize)
    }

    /// The nearest verb above a span, itself not counted, as its first token.
    pub(super) fn verb(&self, span: Span) -> Option<usize> {
        let mut at = self.heads[self.word(span)?];
        for _ in 0..40 {
            if at == ROOT {
                return None;
            }
            if self.tags[at as usize] == Upos::Verb {
                return Some(self.spans[at as usize].start as usize);
            }
            at = self.heads[at as usize];
        }
        None
    }

    /// First tokens of the words that depend on a token's word, with their labels.
    pub(super) fn children(&self, token: usize) -> impl Iterator<Item = (usize, Deprel)> + '_ {
        let word = token.checked_sub(self.start).and_then(|t| self.word_of.get(t)).copied().unwrap_or(ROOT);
        (0..self.heads.len())
            .filter(move |&w| word != ROOT && self.heads[w] == word)
            .map(|w| (self.spans[w].start as usize, self.labels[w]))
    }

    /// One line a word: form, tag, relation, head.
    pub(super) fn text(&self, form: impl Fn(usize) -> String) -> String {
        let name = |w: usize| form(self.spans[w].start as usize);
        (0..self.heads.len()).fold(String::new(), |text, w| {
            let head = if self.heads[w] == ROOT { "-".to_owned() } else { name(self.heads[w] as usize) };
            text + &format!("{}\t{:?}\t{}\t{head}\n", name(w), self.forms[w], self.labels[w].as_str())
        })
    }

    /// Whether a token may stand between a subject and its verb: "are also set to".
    pub(super) fn helps(&self, token: usize) -> bool {
        let Some(&word) = token.checked_sub(self.start).and_then(|t| self.word_of.get(t)) else { return false };
        let tag = self.tags[word as usize];
        matches!(self.labels[word as usize], Deprel::Mark | Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Advmod)
            || matches!(tag, Upos::Aux | Upos::Adv | Upos::Part | Upos::Adj | Upos::Det)
    }

    /// Whether a token is a verb.
    pub(super) fn is_verb(&self, token: usize) -> bool {
        token.checked_sub(self.start).and_then(|t| self.word_of.get(t)).is_some_and(|&w| self.tags[w as usize] == Upos::Verb)
    }

    /// The subject of a verb: its own, that of the verb it continues or is joined to, or the noun that its clause describes.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        let mut word = *self.word_of.get(verb.checked_sub(self.start)?)? as usize;
        for _ in 0..6 {
            let own = (0..self.heads.len())
                .find(|&w| self.heads[w] as usize == word && matches!(self.labels[w], Deprel::Nsubj | Deprel::NsubjPass));
            let described = matches!(self.labels[word], Deprel::Acl | Deprel::AclRelcl);
            if let Some(own) = own
                && !(described && self.tags[own] == Upos::Pron)
            {
                return Some(self.spans[own].start as usize);
            }
            let head = self.heads[word];
            if head == ROOT {
                return None;
            }
            if described {
                return Some(self.spans[head as usize].start as usize);
            }
            if !matches!(self.labels[word], Deprel::Xcomp | Deprel::Conj | Deprel::Advcl | Deprel::Ccomp) {
                return None;
            }
            word = head as usize;
        }
        None
    }

    /// A verb's helpers and form as one word: "will+be+VerbPast".
    pub(super) fn tense(&self, verb: usize, form: impl Fn(usize) -> String) -> String {
        let Some(&word) = verb.checked_sub(self.start).and_then(|t| self.word_of.get(t)) else { return String::new() };
        let mut parts: Vec<String> = Vec::new();
        for w in 0..self.heads.len() {
            if self.heads[w] == word
                && matches!(self.labels[w], Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Mark)
                && w < word as usize
            {
                parts.push(form(self.spans[w].start as usize).to_lowercase());
            }
        }
        parts.push(format!("{:?}", self.forms[word as usize]));
        parts.join("+")
    }

    /// How one span is linked to another.
    pub(super) fn path(&self, from: Span, to: Span) -> Option<Path> {
        let (a, b) = (self.standing(self.word(from)?), self.word(to)?);
        let chain = |mut at: usize| {
            let mut chain = vec![at];
            while self.heads[at] != ROOT && chain.len() < 40 {
                at = self.heads[at] as usize;
                chain.push(at);
            }
            chain
        };
        let (left, right) = (chain(a), chain(b));
        let (i, j) = left.iter().enumerate().find_map(|(i, w)| right.iter().position(|v| v == w).map(|j| (i, j)))?;
        Some(Path {
            up: left[..i].iter().map(|&w| self.labels[w]).collect(),
            down: right[..j].iter().rev().map(|&w| self.labels[w]).collect(),
            top: self.spans[left[i]].start as usize,
        })
    }
}

impl Path {
    /// The labels as one word: "nsubj^obj".
    pub(super) fn text(&self) -> String {
        let join = |labels: &[Deprel]| labels.iter().map(|l| l.as_str()).collect::<Vec<_>>().join("<");
        format!("{}^{}", join(&self.up), join(&self.down))
    }

    /// Number of steps.
    pub(super) fn len(&self) -> usize {
        self.up.len() + self.down.len()
    }
}
