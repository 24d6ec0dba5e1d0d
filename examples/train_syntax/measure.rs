//! Measures tagger and parser on a treebank: accuracy, F1 of the relations that facts are read from, speed.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use investgraph::text::syntax::{Deprel, Model, ROOT, Syntax, Upos, Word};

use crate::treebank::{Token, Tree};

/// Relations shown unless all are asked for.
const SHOWN: [Deprel; 13] = [
    Deprel::Nsubj,
    Deprel::NsubjPass,
    Deprel::Obj,
    Deprel::Obl,
    Deprel::Nmod,
    Deprel::Appos,
    Deprel::Conj,
    Deprel::Acl,
    Deprel::AclRelcl,
    Deprel::Advcl,
    Deprel::Xcomp,
    Deprel::Ccomp,
    Deprel::Compound,
];

/// A share, printed as a percentage.
#[derive(Clone, Copy, Default)]
struct Share {
    part: f64,
    whole: f64,
}

impl Share {
    fn add(&mut self, hit: bool) {
        self.whole += 1.0;
        self.part += f64::from(u8::from(hit));
    }

    fn percent(self) -> f64 {
        100.0 * self.part / self.whole.max(1.0)
    }
}

/// Prints how well and how fast a model reads sentences.
pub(crate) fn measure(name: &str, model: &Model, trees: &[Tree], all: bool) {
    let sentences: Vec<Vec<Word<'_>>> = trees.iter().map(|tree| tree.iter().map(Token::word).collect()).collect();
    let mut syntax = Syntax::default();
    let [mut tagged, mut attached, mut labelled, mut plain_attached, mut plain_labelled, mut verbs] = [Share::default(); 6];
    // Relation → in the treebank, in the parse, in both.
    let mut counts: BTreeMap<Deprel, [f64; 3]> = BTreeMap::new();
    for (tree, sentence) in trees.iter().zip(&sentences) {
        model.analyse(sentence, &mut syntax);
        let head = |index: usize| if syntax.heads[index] == ROOT { tree.len() } else { usize::from(syntax.heads[index]) };
        for (index, token) in tree.iter().enumerate() {
            let right = head(index) == token.head;
            let same = right && syntax.labels[index] == token.label;
            tagged.add(syntax.tags[index] == token.upos);
            attached.add(right);
            labelled.add(same);
            if token.upos != Upos::Punct {
                plain_attached.add(right);
                plain_labelled.add(same);
            }
            counts.entry(token.label).or_default()[0] += 1.0;
            counts.entry(syntax.labels[index]).or_default()[1] += 1.0;
            counts.entry(token.label).or_default()[2] += f64::from(u8::from(same));
        }
        for verb in (0..tree.len()).filter(|&index| tree[index].upos == Upos::Verb) {
            let gold = core(tree.len(), verb, |index| (tree[index].head, tree[index].label));
            if !gold.is_empty() {
                verbs.add(gold == core(tree.len(), verb, |index| (head(index), syntax.labels[index])));
            }
        }
    }
    println!(
        "  {name}: UPOS {:.2}  UAS {:.2} LAS {:.2}  without punctuation {:.2} {:.2}  verbs with right subject and object {:.1}",
        tagged.percent(),
        attached.percent(),
        labelled.percent(),
        plain_attached.percent(),
        plain_labelled.percent(),
        verbs.percent()
    );
    let shown = counts.iter().filter(|(label, _)| all || SHOWN.contains(label));
    let scores = shown.map(|(label, [gold, found, both])| format!(" {} {:.1}", label.as_str(), 200.0 * both / (gold + found)));
    println!("    F1{}", scores.collect::<String>());
    speed(model, &sentences);
}

/// Subjects and objects of a verb.
fn core(words: usize, verb: usize, arc: impl Fn(usize) -> (usize, Deprel)) -> Vec<(usize, Deprel)> {
    let core = |(head, label)| head == verb && matches!(label, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj);
    (0..words).filter(|&index| core(arc(index))).map(|index| (index, arc(index).1)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a rate, rounded anyway")]
fn speed(model: &Model, sentences: &[Vec<Word<'_>>]) {
    let words: usize = sentences.iter().map(Vec::len).sum();
    let repeats = 1 + 200_000 / words.max(1);
    let rate = |time: Duration| (words * repeats) as f64 / time.as_secs_f64() / 1e6;
    let (mut tags, mut syntax) = (Vec::new(), Syntax::default());
    let start = Instant::now();
    (0..repeats).flat_map(|_| sentences).for_each(|sentence| model.tag(sentence, &mut tags));
    let tagging = start.elapsed();
    let start = Instant::now();
    (0..repeats).flat_map(|_| sentences).for_each(|sentence| model.analyse(sentence, &mut syntax));
    println!("    million words a second: tags {:.2}, tags and parse {:.2}", rate(tagging), rate(start.elapsed()));
}
