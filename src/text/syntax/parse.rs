//! Parses a tagged sentence in one pass, left to right.
//!
//! Two perceptrons share the work: one picks the next move from the words around the top of the stack; when a move
//! draws an arc, the other names the relation.

use super::deprel::Deprel;
use super::state::{Move, Node, State, TAG_NONE};
use super::weights::{Features, Pairs, Table, best};

/// Templates of a move.
pub const MOVE_FEATURES: usize = 96;
/// Bytes of a row of the relation weights: a weight a relation, and the shift.
pub const LABEL_WIDTH: usize = 40;
/// Relations that the parser gives: the first of `Deprel::ALL`.
pub const LABELS: usize = LABEL_WIDTH - 1;
/// Templates of a relation.
pub const LABEL_FEATURES: usize = 56;

/// Parses what `state` holds.
pub(super) fn parse(state: &mut State, moves: &Pairs, labels: &Table<LABEL_WIDTH>) {
    let mut move_hashes = Features::new();
    let mut label_hashes = Features::new();
    while !state.is_done() {
        let step = only_move(state).unwrap_or_else(|| {
            move_features(state, &mut move_hashes);
            let [left, right] = moves.score(&move_hashes);
            best_move(state, |step| [0, left, right][step as usize])
        });
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
#[expect(clippy::too_many_lines, reason = "one line a template")]
#[inline]
pub fn move_features(state: &State, features: &mut Features<MOVE_FEATURES>) {
    *features = Features::new();
    let (i0, i1, i2) = (state.stacked(0), state.stacked(1), state.stacked(2));
    let next = state.next();
    let (s0, s1, s2, s3) = (state.node(i0), state.node(i1), state.node(i2), state.node(state.stacked(3)));
    let (b0, b1, b2, b3) = (state.node(next), state.node(state.ahead(1)), state.node(state.ahead(2)), state.node(state.ahead(3)));
    let child = |index: u16| state.node(index);
    let (s0l, s0r, s1l, s1r) = (child(s0.left[0]), child(s0.right[0]), child(s1.left[0]), child(s1.right[0]));
    let (b0l, s0l2, s0r2, b0l2) = (child(b0.left[0]), child(s0.left[1]), child(s0.right[1]), child(b0.left[1]));
    let wide = i0 != state.none();
    let gap0 = if wide { between(state, s0, next) } else { 0xFF };
    let gap1 = if i1 == state.none() { 0xFF } else { between(state, s1, i0) };
    let far0 = if wide { distance(i0, next) } else { 15 };
    let far1 = if i1 == state.none() { 15 } else { distance(i1, i0) };
    let (t0, t1, t2, u0, u1, u2) = (s0.tag, s1.tag, s2.tag, b0.tag, b1.tag, b2.tag);
    let valency = |node: &Node| u32::from(node.left_count.min(3)) | u32::from(node.right_count.min(3)) << 2;
    let label = |node: &Node| if node.tag == TAG_NONE { 63 } else { node.label as u32 };
    let tags = |a: u32, b: u32, c: u32| a | b << 6 | c << 12;

    // Single words.
    features.add(s0.form, t0);
    features.add(s0.form, 99);
    features.add(t0, 0);
    features.add(s1.form, t1);
    features.add(t1, 0);
    features.add(s2.form, t2);
    features.add(b0.form, u0);
    features.add(b0.form, 99);
    features.add(u0, 0);
    features.add(b1.form, u1);
    features.add(u1, 0);
    features.add(b2.form, u2);
    features.add(u2, 0);
    features.add(b3.form, b3.tag);
    features.add(s0.ending, u0);
    features.add(b0.ending, t0);
    // Pairs.
    features.add(s0.form, b0.form);
    features.add(s0.form, u0 | t0 << 6);
    features.add(b0.form, t0 | u0 << 6);
    features.add(tags(t0, u0, 0), 0);
    features.add(s1.form, s0.form);
    features.add(s1.form, t0 | t1 << 6);
    features.add(s0.form, t1 | t0 << 6);
    features.add(tags(t1, t0, 0), 0);
    features.add(s1.form, b0.form);
    features.add(tags(t1, u0, 0), 0);
    features.add(s1.form, u0);
    features.add(b0.form, t1);
    features.add(b0.form, b1.form);
    features.add(tags(u0, u1, 0), 0);
    features.add(s0.form, b1.form);
    // Triples.
    features.add(tags(t0, u0, u1), 0);
    features.add(tags(t1, t0, u0), 0);
    features.add(tags(t2, t1, t0), 0);
    features.add(tags(u0, u1, u2), 0);
    features.add(tags(t1, t0, u0), u1);
    features.add(tags(t0, u0, u1), u2 | b3.tag << 6);
    features.add(tags(t2, t1, t0), u0);
    features.add(s0.form, tags(t1, u0, u1));
    features.add(b0.form, tags(t1, t0, u1));
    features.add(s1.form, tags(t0, u0, u1));
    features.add(b1.form, tags(t1, t0, u0));
    features.add(s0.form, tags(u0, u1, u2));
    features.add(b0.form ^ s0.form.rotate_left(7), t1);
    features.add(s1.form ^ s0.form.rotate_left(7), u0);
    features.add(s1.form ^ b0.form.rotate_left(7), t0);
    // Children.
    features.add(tags(t0, s0l.tag, u0), label(s0l));
    features.add(tags(t0, s0r.tag, u0), label(s0r));
    features.add(tags(t1, t0, s0l.tag), label(s0l));
    features.add(tags(t1, t0, s0r.tag), label(s0r));
    features.add(tags(t1, s1r.tag, t0), label(s1r) | u0 << 6);
    features.add(tags(t1, s1l.tag, t0), label(s1l));
    features.add(tags(t0, u0, b0l.tag), label(b0l));
    features.add(tags(t0, s0l.tag, s0l2.tag), u0);
    features.add(tags(t0, s0r.tag, s0r2.tag), u0);
    features.add(tags(u0, b0l.tag, b0l2.tag), t0);
    features.add(s0l.form, tags(t1, t0, u0));
    features.add(s0r.form, tags(t1, t0, u0));
    features.add(b0l.form, tags(t0, u0, 0));
    features.add(s1r.form, tags(t1, t0, u0));
    // Relations of the children.
    let (left0, right0, right1, next0) = (fold(s0.left_set), fold(s0.right_set), fold(s1.right_set), fold(b0.left_set));
    let left1 = fold(s1.left_set);
    features.add(left0 ^ right0.rotate_left(9), tags(t0, u0, t1));
    features.add(left0, t0 | u0 << 6);
    features.add(right0, t0 | u0 << 6);
    features.add(right1, tags(t1, t0, u0));
    features.add(right1, t1 | t0 << 6 | left0 << 12);
    features.add(left1 ^ right1.rotate_left(9), tags(t1, t0, u0));
    features.add(next0, tags(t0, u0, t1));
    features.add(s0.form, right0);
    features.add(s1.form, right1 ^ t0);
    features.add(b0.form, next0);
    // Markers: the preposition of a phrase, the word that joins a clause.
    features.add(s0.marker, tags(t1, t0, u0));
    features.add(s0.marker ^ s1.form.rotate_left(5), t0);
    features.add(s0.marker ^ s2.form.rotate_left(5), tags(t0, t1, t2));
    features.add(s0.marker ^ s0.form.rotate_left(5), t1);
    features.add(s0.marker ^ s1.marker.rotate_left(5), tags(t0, t1, u0));
    features.add(s1.marker, tags(t1, t0, u0));
    features.add(b0.marker ^ s0.form.rotate_left(5), u0);
    features.add(b0.marker, tags(t0, u0, t1));
    features.add(s0.marker ^ b0.form.rotate_left(5), tags(t0, t1, 0));
    // Distance and what stands between.
    features.add(s0.form, far0 | u0 << 4);
    features.add(b0.form, far0 | t0 << 4);
    features.add(tags(t0, u0, far0), 0);
    features.add(tags(t1, t0, far1), u0);
    features.add(tags(t0, u0, gap0), t1);
    features.add(tags(t1, t0, gap1), u0);
    features.add(tags(t1, t0, gap1), b0.form);
    features.add(tags(t0, u0, u1), gap0);
    features.add(gap1 | gap0 << 8, tags(t1, t0, u0));
    // Valency.
    features.add(s0.form, valency(s0) | u0 << 6);
    features.add(tags(t0, u0, 0), valency(s0));
    features.add(b0.form, valency(b0));
    features.add(tags(t0, u0, 0), valency(b0));
    features.add(tags(t1, t0, u0), valency(s1));
    features.add(tags(t2, s3.tag, t1), t0 | u0 << 6);
}

/// Features of the relation between a head and its child.
#[inline]
pub fn label_features(state: &State, head: u16, child: u16, features: &mut Features<LABEL_FEATURES>) {
    *features = Features::new();
    let (h, c) = (state.node(head), state.node(child));
    let left = u32::from(child < head);
    let beside = |index: u16, offset: i16| state.node(index.checked_add_signed(offset).unwrap_or(u16::MAX));
    let (before, after) = (beside(child, -1), beside(child, 1));
    let (head_before, head_after) = (beside(head, -1), beside(head, 1));
    let (first, second) = if left == 1 { (child, head) } else { (head, child) };
    let far = distance(first, second);
    let gap = between(state, state.node(first), second);
    let tags = |a: u32, b: u32, c: u32| a | b << 6 | c << 12 | left << 30;
    let (th, tc) = (h.tag, c.tag);
    let (inner_left, inner_right) = (fold(c.left_set), fold(c.right_set));
    let (head_left, head_right) = (fold(h.left_set), fold(h.right_set));
    let (cl, cr) = (state.node(c.left[0]), state.node(c.right[0]));
    let (hl, hr) = (state.node(h.left[0]), state.node(h.right[0]));
    let label = |node: &Node| if node.tag == TAG_NONE { 63 } else { node.label as u32 };

    features.add(tags(th, tc, 0), 0);
    features.add(c.form, tags(tc, 0, 0));
    features.add(c.form, tags(th, tc, 0));
    features.add(h.form, tags(th, 0, 0));
    features.add(h.form, tags(th, tc, 0));
    features.add(h.form ^ c.form.rotate_left(7), left);
    features.add(tags(th, tc, far), 0);
    features.add(tags(th, tc, gap), 0);
    features.add(c.form, tags(far, th, 0));
    features.add(c.ending, tags(tc, th, 0));
    features.add(h.ending, tags(tc, th, 0));
    features.add(tags(tc, before.tag, after.tag), th);
    features.add(before.form, tags(tc, th, 0));
    features.add(after.form, tags(tc, th, 0));
    features.add(tags(th, head_before.tag, head_after.tag), tc);
    features.add(tags(th, tc, before.tag), 0);
    features.add(tags(th, tc, after.tag), 0);
    // Below the child.
    features.add(inner_left, tags(tc, th, 0));
    features.add(inner_left ^ inner_right.rotate_left(9), tags(tc, th, 0));
    features.add(inner_left, tags(tc, th, far));
    features.add(inner_left ^ inner_right.rotate_left(9), tags(tc, th, gap));
    features.add(c.marker, tags(tc, th, 0));
    features.add(c.marker ^ h.form.rotate_left(7), left);
    features.add(c.marker ^ c.form.rotate_left(7), tags(th, 0, 0));
    features.add(tags(tc, cl.tag, label(cl)), th);
    features.add(tags(tc, cr.tag, label(cr)), th);
    features.add(cl.form, tags(tc, th, 0));
    features.add(cr.form, tags(tc, th, 0));
    // Beside the child, below the same head.
    features.add(head_left, tags(th, tc, 0));
    features.add(head_right, tags(th, tc, 0));
    features.add(head_left ^ head_right.rotate_left(9), tags(th, tc, 0));
    features.add(head_left ^ c.marker.rotate_left(9), tags(th, tc, 0));
    features.add(head_right ^ inner_left.rotate_left(9), tags(th, tc, 0));
    features.add(head_left ^ h.form.rotate_left(9), tags(tc, 0, 0));
    features.add(head_right ^ h.form.rotate_left(9), tags(tc, 0, 0));
    features.add(tags(th, hl.tag, label(hl)), tc);
    features.add(tags(th, hr.tag, label(hr)), tc);
    features.add(hr.form, tags(th, tc, 0));
    features.add(h.marker, tags(th, tc, 0));
    features.add(h.marker ^ c.marker.rotate_left(7), tags(th, tc, 0));
    features.add(head_left ^ inner_left.rotate_left(9), tags(th, tc, gap));
    features.add(0, left);
}
