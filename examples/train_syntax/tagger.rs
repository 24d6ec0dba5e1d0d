//! Trains the tagger.

use investgraph::text::syntax::training::{Code, Features, NO_TAG, TAG_FEATURES, TAG_WIDTH, is_title, tag_features};
use investgraph::text::syntax::{Tag, WordClass};

use crate::census::Census;
use crate::learner::{Learner, Random, add, argmax};
use crate::treebank::{Tree, codes};

const BITS: u32 = 16;

/// Trained weights with their index.
pub(crate) struct Tagger {
    /// Index of the features.
    pub(crate) index: Vec<u8>,
    /// A row a feature, a weight a tag.
    pub(crate) weights: Vec<[f32; TAG_WIDTH]>,
}

impl Tagger {
    /// Learns from sentences, in one or more orders.
    pub(crate) fn train(trees: &[&Tree], rounds: usize, orders: u64) -> Self {
        let index = frequent(trees);
        let mut weights = Vec::new();
        for seed in 0..orders {
            let mut random = Random(200 + seed);
            let mut learner = Learner::new(&index);
            let mut order: Vec<&Tree> = trees.to_vec();
            let mut rows = Vec::new();
            for _ in 0..rounds {
                random.shuffle(&mut order);
                for tree in &order {
                    walk(tree, |features, gold| {
                        learner.rows(features.as_slice(), &mut rows);
                        let guess = argmax(&learner.score(&rows)[..Tag::ALL.len()]);
                        learner.learn(&rows, gold as usize, guess);
                        Tag::ALL[guess]
                    });
                }
            }
            add(&mut weights, learner.finish());
        }
        Self { index, weights }
    }

    /// Tags sentences.
    pub(crate) fn tag(self, trees: &[&Tree]) -> Vec<Vec<Tag>> {
        let learner = Learner::with(&self.index, self.weights);
        let mut rows = Vec::new();
        let mut tag = |features: &Features<TAG_FEATURES>, _| {
            learner.rows(features.as_slice(), &mut rows);
            Tag::ALL[argmax(&learner.score(&rows)[..Tag::ALL.len()])]
        };
        trees.iter().map(|tree| walk(tree, &mut tag)).collect()
    }
}

fn frequent(trees: &[&Tree]) -> Vec<u8> {
    let mut census = Census::new(2);
    for second_pass in [false, true] {
        for (number, tree) in (1..).zip(trees) {
            walk(tree, |features, gold| {
                census.count(features.as_slice(), number, second_pass);
                gold
            });
        }
    }
    census.index(BITS)
}

/// Asks for the tag of each plain word, given its features and right tag; what is answered is history for the next.
fn walk(tree: &Tree, mut ask: impl FnMut(&Features<TAG_FEATURES>, Tag) -> Tag) -> Vec<Tag> {
    let codes: Vec<Code> = codes(tree);
    let title = is_title(&codes);
    let mut features = Features::new();
    let mut before = (NO_TAG, NO_TAG);
    let mut tags = Vec::with_capacity(tree.len());
    for (at, token) in tree.iter().enumerate() {
        let mut tag = token.tag();
        if token.class == WordClass::Plain {
            tag_features(&codes, at, before, title, &mut features);
            tag = ask(&features, tag);
        }
        before = (before.1, tag as u32);
        tags.push(tag);
    }
    tags
}
