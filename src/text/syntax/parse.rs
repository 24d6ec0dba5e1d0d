//! Parses a tagged sentence in one pass, left to right.
//!
//! Two perceptrons share the work: one picks the next move from the words around the top of the stack; when a move
//! draws an arc, the other names the relation.

use super::deprel::Deprel;
use super::state::{Move, Node, State, TAG_NONE};
use super::weights::{Features, Pairs, Table, best};

/// Templates of a move.
pub const MOVE_FEATURES: usize = 30;
/// Bytes of a row of the relation weights: a weight a relation, and the shift.
pub const LABEL_WIDTH: usize = 40;
/// Relations that the parser gives: the first of `Deprel::ALL`.
pub const LABELS: usize = LABEL_WIDTH - 1;
/// Templates of a relation.
pub const LABEL_FEATURES: usize = 14;

/// Parses what `state` holds.
pub(super) fn parse(state: &mut State, moves: &Pairs, labels: &Table<LABEL_WIDTH>) {
    let mut move_hashes = Features::new();
    let mut label_hashes = Features::new();
    // The words to come stay the same until one is shifted.
    let (mut shifted, mut known, mut ahead) = (true, 0, [0; 2]);
    while !state.is_done() {
        if shifted {
            move_hashes = Features::new();
            ahead_features(state, &mut move_hashes);
            known = move_hashes.as_slice().len();
            ahead = moves.score(move_hashes.as_slice());
        }
        let step = only_move(state).unwrap_or_else(|| {
            move_hashes.truncate(known);
            stack_features(state, &mut move_hashes);
            let [left, right] = moves.score(&move_hashes.as_slice()[known..]);
            best_move(state, |step| [0, left + ahead[0], right + ahead[1]][step as usize])
        });
        shifted = step == Move::Shift;
        let label = match state.arc(step) {
            None => Deprel::Dep,
            Some((head, _)) if head == state.root() => Deprel::Root,
            Some((head, child)) => {
                label_features(state, head, child, &mut label_hashes);
                Deprel::ALL[best(&labels.score(&label_hashes), LABELS)]
            }
        };
        state.apply(step, label);
    }
}

/// The one move that is possible, if there is but one.
#[inline]
#[must_use]
pub fn only_move(state: &State) -> Option<Move> {
    match (state.allows(Move::Shift), state.allows(Move::Left), state.allows(Move::Right)) {
        (true, false, _) => Some(Move::Shift),
        (false, true, false) => Some(Move::Left),
        _ => None,
    }
}

/// Possible move with the highest score, the first on a tie.
#[inline]
pub fn best_move<S: PartialOrd>(state: &State, score: impl Fn(Move) -> S) -> Move {
    let mut choice: Option<Move> = None;
    for step in Move::ALL {
        if state.allows(step) && choice.is_none_or(|best| score(step) > score(best)) {
            choice = Some(step);
        }
    }
    choice.unwrap_or(Move::Left)
}

/// Steps from one word to a later one, the far ones in classes.
fn distance(from: u16, to: u16) -> u32 {
    match to.saturating_sub(from) {
        0..=4 => u32::from(to.saturating_sub(from)),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// What stands between two words: commas, verbs, links, other signs, each as none, one or more.
fn between(state: &State, left: &Node, right: u16) -> u32 {
    let last = if right > 0 { state.node(right - 1) } else { left };
    let count = |to: u16, from: u16| u32::from(to.saturating_sub(from).min(2));
    count(last.commas, left.commas)
        | count(last.verbs, left.verbs) << 2
        | count(last.links, left.links) << 4
        | count(last.signs, left.signs) << 6
}

/// Hash of a set of relations.
#[expect(clippy::cast_possible_truncation, reason = "a hash")]
const fn fold(set: u64) -> u32 {
    (set ^ set >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32) as u32
}

/// Features of the next move.
pub fn move_features(state: &State, features: &mut Features<MOVE_FEATURES>) {
    *features = Features::new();
    ahead_features(state, features);
    stack_features(state, features);
}

const fn tags(a: u32, b: u32, c: u32) -> u32 {
    a | b << 6 | c << 12
}

const fn label(node: &Node) -> u32 {
    if node.tag == TAG_NONE { 63 } else { node.label as u32 }
}

/// Features of the words to come.
#[inline]
fn ahead_features(state: &State, features: &mut Features<MOVE_FEATURES>) {
    let (b0, b1, b2) = (state.node(state.next()), state.node(state.ahead(1)), state.node(state.ahead(2)));
    let (u0, u1, u2) = (b0.tag, b1.tag, b2.tag);
    features.add(b0.form, u0);
    features.add(u0, 0);
    features.add(u1, 0);
    features.add(u2, 0);
    features.add(b0.form, b1.form);
    features.add(tags(u0, u1, 0), 0);
    features.add(tags(u0, u1, u2), 0);
}

/// Features of the words on the stack, by themselves and with the next ones.
#[inline]
fn stack_features(state: &State, features: &mut Features<MOVE_FEATURES>) {
    let (i0, i1, next) = (state.stacked(0), state.stacked(1), state.next());
    let (s0, s1, s2) = (state.node(i0), state.node(i1), state.node(state.stacked(2)));
    let (b0, b1) = (state.node(next), state.node(state.ahead(1)));
    let (s0l, b0l, b0l2) = (state.node(s0.left[0]), state.node(b0.left[0]), state.node(b0.left[1]));
    let wide = i0 != state.none();
    let far = if wide { distance(i0, next) } else { 15 };
    let gap0 = if wide { between(state, s0, next) } else { 0xFF };
    let gap1 = if i1 == state.none() { 0xFF } else { between(state, s1, i0) };
    let (t0, t1, u0, u1) = (s0.tag, s1.tag, b0.tag, b1.tag);

    features.add(s0.form, 99);
    features.add(t0, 0);
    features.add(t1, 0);
    features.add(s1.form, t1);
    features.add(tags(t0, u0, u1), 0);
    features.add(s0.form, b0.form);
    features.add(s1.form ^ s0.form.rotate_left(7), u0);
    features.add(s1.form ^ b0.form.rotate_left(7), t0);
    // Children, and which relations there are below a word.
    features.add(tags(t1, t0, s0l.tag), label(s0l));
    features.add(tags(t0, u0, b0l.tag), label(b0l));
    features.add(tags(u0, b0l.tag, b0l2.tag), t0);
    features.add(b0l.form, tags(t0, u0, 0));
    features.add(fold(s1.right_set), t1 | t0 << 6 | fold(s0.left_set) << 12);
    features.add(s0.form, fold(s0.right_set));
    // Markers: the preposition of a phrase, the word that joins a clause.
    features.add(s0.marker ^ s1.form.rotate_left(5), t0);
    features.add(s0.marker ^ s2.form.rotate_left(5), tags(t0, t1, s2.tag));
    features.add(s0.marker ^ s0.form.rotate_left(5), t1);
    features.add(b0.marker ^ s0.form.rotate_left(5), u0);
    features.add(b0.marker ^ s1.form.rotate_left(5), t0);
    // Distance and what stands between.
    features.add(b0.form, far | t0 << 4);
    features.add(tags(t0, u0, far), 0);
    features.add(tags(t0, u0, u1), gap0);
    features.add(gap1 | gap0 << 8, tags(t1, t0, u0));
}

/// Features of the relation between a head and its child.
#[inline]
pub fn label_features(state: &State, head: u16, child: u16, features: &mut Features<LABEL_FEATURES>) {
    *features = Features::new();
    let (h, c) = (state.node(head), state.node(child));
    let left = u32::from(child < head);
    let after = state.node(child + 1);
    let (first, second) = if left == 1 { (child, head) } else { (head, child) };
    let far = distance(first, second);
    let gap = between(state, state.node(first), second);
    let tags = |a: u32, b: u32, c: u32| tags(a, b, c) | left << 30;
    let (th, tc) = (h.tag, c.tag);
    let (cl, hr) = (state.node(c.left[0]), state.node(h.right));

    features.add(tags(th, tc, 0), 0);
    features.add(c.form, tags(tc, 0, 0));
    features.add(h.form, tags(th, 0, 0));
    features.add(tags(th, tc, far), 0);
    features.add(tags(th, tc, gap), 0);
    features.add(tags(th, tc, after.tag), 0);
    // Below the child.
    features.add(c.marker, tags(tc, th, 0));
    features.add(c.marker ^ h.form.rotate_left(7), left);
    features.add(tags(tc, cl.tag, label(cl)), th);
    features.add(cl.form, tags(tc, th, 0));
    // Beside the child, below the same head.
    features.add(fold(h.left_set), tags(th, tc, 0));
    features.add(hr.form, tags(th, tc, 0));
    features.add(h.marker ^ c.marker.rotate_left(7), tags(th, tc, 0));
    features.add(0, left);
}
