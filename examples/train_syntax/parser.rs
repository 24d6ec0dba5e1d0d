//! Trains the parser: it follows its own guesses and learns, wherever they lead, which moves keep the most of the tree.

use investgraph::text::syntax::training::{
    Features, Known, LABEL_WIDTH, LABELS, Move, State, best_move, label_features, move_features, only_move,
};
use investgraph::text::syntax::{Deprel, Tag};

use crate::census::Census;
use crate::learner::{Learner, Random, add, argmax};
use crate::treebank::{Tree, codes};

const MOVE_BITS: u32 = 18;
const LABEL_BITS: u32 = 16;
/// Longer sentences of the treebanks are lists.
const LONGEST: usize = 200;

/// Trained weights with their indexes.
pub(crate) struct Parser {
    /// Index of the features of moves.
    pub(crate) move_index: Vec<u8>,
    /// A row a feature, a weight a move.
    pub(crate) moves: Vec<[f32; 3]>,
    /// Index of the features of relations.
    pub(crate) label_index: Vec<u8>,
    /// A row a feature, a weight a relation.
    pub(crate) labels: Vec<[f32; LABEL_WIDTH]>,
}

impl Parser {
    /// Learns from sentences with their predicted tags, in one or more orders.
    pub(crate) fn train(sentences: &[(&Tree, &[Tag])], known: &Known, rounds: usize, orders: u64) -> Self {
        let sentences: Vec<(&Tree, &[Tag])> = sentences.iter().filter(|(tree, _)| tree.len() <= LONGEST).copied().collect();
        let (move_index, label_index) = frequent(&sentences, known);
        let (mut moves, mut labels) = (Vec::new(), Vec::new());
        for seed in 0..orders {
            let mut random = Random(300 + seed);
            let mut order = sentences.clone();
            let mut trainer = Trainer { moves: Learner::new(&move_index), labels: Learner::new(&label_index), rows: Vec::new() };
            for round in 0..rounds {
                random.shuffle(&mut order);
                let mut missed = [0.0; 4];
                for (tree, tags) in &order {
                    trainer.follow(tree, tags, known, (round > 0).then_some(&mut random), &mut missed);
                }
                let [moves, wrong_moves, labels, wrong_labels] = missed;
                let (moves, labels) = (100.0 * wrong_moves / moves, 100.0 * wrong_labels / labels);
                println!("order {seed}, round {round}: {moves:.2} % of the moves wrong, {labels:.2} % of the relations");
            }
            add(&mut moves, trainer.moves.finish());
            add(&mut labels, trainer.labels.finish());
        }
        Self { move_index, moves, label_index, labels }
    }
}

struct Trainer<'a> {
    moves: Learner<'a, 3>,
    labels: Learner<'a, LABEL_WIDTH>,
    rows: Vec<usize>,
}

impl Trainer<'_> {
    /// Parses a sentence and learns on the way. With `stray`, guesses are followed nine times of ten.
    fn follow(&mut self, tree: &Tree, tags: &[Tag], known: &Known, mut stray: Option<&mut Random>, missed: &mut [f64; 4]) {
        let mut state = State::default();
        let mut features = Features::new();
        state.begin(&codes(tree), tags, known);
        while !state.is_done() {
            let step = only_move(&state).unwrap_or_else(|| {
                move_features(&state, &mut features);
                self.moves.rows(features.as_slice(), &mut self.rows);
                let scores = self.moves.score(&self.rows);
                let guess = best_move(&state, |step| scores[step as usize]);
                // The best among the moves that lose the fewest arcs.
                let costs = costs(&state, tree);
                let gold = best_move(&state, |step| (std::cmp::Reverse(costs[step as usize]), scores[step as usize]));
                self.moves.learn(&self.rows, gold as usize, guess as usize);
                missed[0] += 1.0;
                missed[1] += f64::from(u8::from(gold != guess));
                if stray.as_mut().is_some_and(|random| random.below(10) > 0) { guess } else { gold }
            });
            let label = self.label(&state, step, tree, stray.is_some(), missed);
            state.apply(step, label);
        }
    }

    fn label(&mut self, state: &State, step: Move, tree: &Tree, stray: bool, missed: &mut [f64; 4]) -> Deprel {
        let Some((head, child)) = state.arc(step) else { return Deprel::Dep };
        if head == state.root() {
            return Deprel::Root;
        }
        let mut features = Features::new();
        label_features(state, head, child, &mut features);
        self.labels.rows(features.as_slice(), &mut self.rows);
        let guess = Deprel::ALL[argmax(&self.labels.score(&self.rows)[..LABELS])];
        let token = &tree[usize::from(child)];
        if token.head != usize::from(head) || token.label as usize >= LABELS {
            return guess;
        }
        self.labels.learn(&self.rows, token.label as usize, guess as usize);
        missed[2] += 1.0;
        missed[3] += f64::from(u8::from(guess != token.label));
        if stray { guess } else { token.label }
    }
}

/// Indexes of the frequent features, on the right path and a few steps off it.
fn frequent(sentences: &[(&Tree, &[Tag])], known: &Known) -> (Vec<u8>, Vec<u8>) {
    let (mut moves, mut labels) = (Census::new(3), Census::new(3));
    let (mut move_hashes, mut label_hashes) = (Features::new(), Features::new());
    let mut state = State::default();
    for second_pass in [false, true] {
        let mut random = Random(4);
        for (number, (tree, tags)) in (1..).zip(sentences) {
            state.begin(&codes(tree), tags, known);
            while !state.is_done() {
                let step = only_move(&state).unwrap_or_else(|| {
                    move_features(&state, &mut move_hashes);
                    moves.count(move_hashes.as_slice(), number, second_pass);
                    let costs = costs(&state, tree);
                    let stray = (random.below(20) == 0).then(|| Move::ALL[random.below(3)]);
                    best_move(&state, |step| (stray == Some(step), std::cmp::Reverse(costs[step as usize])))
                });
                let mut label = Deprel::Root;
                if let Some((head, child)) = state.arc(step).filter(|(head, _)| *head != state.root()) {
                    label = tree[usize::from(child)].label;
                    if tree[usize::from(child)].head == usize::from(head) {
                        label_features(&state, head, child, &mut label_hashes);
                        labels.count(label_hashes.as_slice(), number, second_pass);
                    }
                }
                state.apply(step, label);
            }
        }
    }
    (moves.index(MOVE_BITS), labels.index(LABEL_BITS))
}

/// Arcs of the tree that each move would put out of reach.
fn costs(state: &State, tree: &Tree) -> [usize; 3] {
    let head = |index: u16| tree[usize::from(index)].head;
    let next = usize::from(state.next());
    let mut costs = [0; 3];
    if state.next() < state.root() {
        let beneath = state.stack().iter().rev().skip(1).any(|&index| usize::from(index) == head(state.next()));
        let below = state.stack().iter().filter(|&&index| head(index) == next).count();
        costs[Move::Shift as usize] = usize::from(beneath) + below;
    }
    if !state.stack().is_empty() {
        let top = state.stacked(0);
        let lost = (next..tree.len()).filter(|&index| tree[index].head == usize::from(top)).count();
        let under = state.stack().len() > 1 && usize::from(state.stacked(1)) == head(top);
        costs[Move::Left as usize] = lost + usize::from(head(top) > next || under);
        costs[Move::Right as usize] = lost + usize::from(head(top) >= next);
    }
    costs
}
