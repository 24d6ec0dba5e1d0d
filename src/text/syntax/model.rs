//! Holds the trained weights and runs tagger and parser on a sentence.

use super::deprel::Deprel;
use super::parse::{LABEL_WIDTH, parse};
use super::tag::{TAG_WIDTH, tag_into};
use super::upos::{Tag, Upos};
use super::weights::{Known, Pairs, Table};
use super::word::{Code, Word};
use super::{LONGEST, ROOT, Syntax};

/// Weights of the tagger and the parser.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    tags: Table<TAG_WIDTH>,
    moves: Pairs,
    labels: Table<LABEL_WIDTH>,
    known: Known,
}

static EMBEDDED: Model = Model::new(
    include_bytes!("model/tags.bin"),
    include_bytes!("model/moves.bin"),
    include_bytes!("model/labels.bin"),
    include_bytes!("model/known.bin"),
);

impl Model {
    /// Views the four weight files.
    #[must_use]
    pub const fn new(tags: &'static [u8], moves: &'static [u8], labels: &'static [u8], known: &'static [u8]) -> Self {
        Self { tags: Table::new(tags), moves: Pairs::new(moves), labels: Table::new(labels), known: Known::new(known) }
    }

    /// The model that the binary carries.
    #[must_use]
    pub const fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Tags one sentence.
    pub fn tag(&self, words: &[Word<'_>], tags: &mut Vec<Upos>) {
        let codes: Vec<Code> = words.iter().map(Code::of).collect();
        let mut forms = Vec::with_capacity(words.len());
        tag_into(&self.tags, &codes, |at| words[at].class.tag(), &mut forms);
        tags.clear();
        tags.extend(forms.iter().map(|form| form.upos()));
    }

    /// Tags and parses one sentence.
    pub fn analyse(&self, words: &[Word<'_>], syntax: &mut Syntax) {
        syntax.codes.clear();
        syntax.codes.extend(words.iter().map(Code::of));
        tag_into(&self.tags, &syntax.codes, |at| words[at].class.tag(), &mut syntax.forms);
        syntax.tags.clear();
        syntax.tags.extend(syntax.forms.iter().map(|form| form.upos()));
        syntax.heads.clear();
        syntax.labels.clear();
        for (codes, tags) in syntax.codes.chunks(LONGEST).zip(syntax.forms.chunks(LONGEST)) {
            syntax.state.begin(codes, tags, &self.known);
            parse(&mut syntax.state, &self.moves, &self.labels);
            let offset = syntax.heads.len();
            for index in 0..syntax.state.root() {
                let node = syntax.state.node(index);
                let head = if node.head == syntax.state.root() { None } else { Some(offset + usize::from(node.head)) };
                syntax.heads.push(head.and_then(|head| u16::try_from(head).ok()).unwrap_or(ROOT));
                syntax.labels.push(node.label);
            }
        }
        keep_one_root(syntax);
    }
}

/// Hangs all but one of the words without a head below that one: the first verb, or else the first.
fn keep_one_root(syntax: &mut Syntax) {
    let rooted = |index: &usize| syntax.heads[*index] == ROOT;
    let words = 0..syntax.heads.len();
    let verb = words.clone().filter(rooted).find(|&index| syntax.tags[index] == Upos::Verb);
    let Some(kept) = verb.or_else(|| words.clone().find(rooted)) else { return };
    let Ok(head) = u16::try_from(kept) else { return };
    for index in words {
        if syntax.heads[index] == ROOT {
            (syntax.heads[index], syntax.labels[index]) = if index == kept { (ROOT, Deprel::Root) } else { (head, Deprel::Parataxis) };
        }
    }
}

const _: () = assert!(Tag::ALL.len() < TAG_WIDTH, "a row holds a weight a tag and the shift");
