//! Builds a dependency tree step by step: a stack, the words still to come, the arcs so far.
//!
//! The arc-hybrid system: `Shift` puts the next word on the stack; `Left` hangs the top of the stack below the next
//! word, `Right` below the word under it, and either takes it off. The root stands behind the last word.

use super::deprel::Deprel;
use super::upos::Tag;
use super::weights::Known;
use super::word::Code;

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Move {
    /// Puts the next word on the stack.
    Shift,
    /// Hangs the top of the stack below the next word.
    Left,
    /// Hangs the top of the stack below the word under it.
    Right,
}

impl Move {
    /// All moves, each at the index of its discriminant.
    pub const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// A word in the tree so far.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Hash of the form, or of ending and shape if the form was not seen in training.
    pub form: u32,
    /// Tag, or the tag of the root or of no word.
    pub tag: u32,
    /// Form of the preposition, subordinator or conjunction that hangs below, 0 if none.
    pub marker: u32,
    /// Head, or `State::NONE`.
    pub head: u16,
    /// Relation to the head.
    pub label: Deprel,
    /// Leftmost children, the outermost first.
    pub left: [u16; 2],
    /// Rightmost child.
    pub right: u16,
    /// Relations of the left children, one bit each.
    pub left_set: u64,
    /// Relations of the right children, one bit each.
    pub right_set: u64,
    /// Commas up to and with this word.
    pub commas: u16,
    /// Verbs up to and with this word.
    pub verbs: u16,
    /// Conjunctions and subordinators up to and with this word.
    pub links: u16,
    /// Other signs up to and with this word.
    pub signs: u16,
}

/// Tag of the root.
pub(super) const TAG_ROOT: u32 = 31;
/// Tag of no word.
pub(super) const TAG_NONE: u32 = 32;

/// A tree in the making.
#[derive(Debug, Default)]
pub struct State {
    nodes: Vec<Node>,
    stack: Vec<u16>,
    next: u16,
}

impl State {
    /// Takes the words of a sentence, fewer than 60,000 of them, and forgets the last one.
    pub fn begin(&mut self, codes: &[Code], tags: &[Tag], known: &Known) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        let (mut commas, mut verbs, mut links, mut signs) = (0, 0, 0, 0);
        for (code, &tag) in codes.iter().zip(tags) {
            commas += u16::from(tag == Tag::Punct && code.ending(4) == u32::from(b','));
            signs += u16::from(tag == Tag::Punct);
            verbs += u16::from(matches!(
                tag,
                Tag::VerbBase | Tag::VerbPresent | Tag::VerbThird | Tag::VerbPast | Tag::AuxFinite | Tag::AuxModal
            ));
            links += u16::from(matches!(tag, Tag::Cconj | Tag::Sconj | Tag::PronWh | Tag::AdvWh));
            let ending = code.ending(3) ^ code.shape << 24;
            let form = if code.class != 0 || known.contains(code.lower) { code.lower } else { ending.wrapping_mul(0x9E37_79B1) };
            self.nodes.push(Node { form, tag: tag as u32, commas, verbs, links, signs, ..EMPTY });
        }
        let end = Node { commas, verbs, links, signs, ..EMPTY };
        self.nodes.push(Node { tag: TAG_ROOT, form: 1, ..end });
        self.nodes.push(end);
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len().saturating_sub(2)
    }

    /// Tells whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Index of the root.
    #[expect(clippy::cast_possible_truncation, reason = "a sentence has fewer than 60,000 words")]
    #[must_use]
    pub fn root(&self) -> u16 {
        self.len() as u16
    }

    /// Index of no word.
    #[must_use]
    pub fn none(&self) -> u16 {
        self.root() + 1
    }

    /// Word at an index; the empty word where there is none.
    #[inline]
    #[must_use]
    pub fn node(&self, index: u16) -> &Node {
        self.nodes.get(usize::from(index)).unwrap_or(&EMPTY)
    }

    /// Index of the word `depth` places below the top of the stack.
    #[inline]
    #[must_use]
    pub fn stacked(&self, depth: usize) -> u16 {
        let at = self.stack.len().wrapping_sub(depth + 1);
        self.stack.get(at).copied().unwrap_or_else(|| self.none())
    }

    /// The stack, its top last.
    #[must_use]
    pub fn stack(&self) -> &[u16] {
        &self.stack
    }

    /// Index of the next word, the root after the last one.
    #[must_use]
    pub fn next(&self) -> u16 {
        self.next
    }

    /// Index of the word `offset` places after the next; no word behind the root.
    #[inline]
    #[must_use]
    pub fn ahead(&self, offset: u16) -> u16 {
        (self.next + offset).min(self.none())
    }

    /// Tells whether the tree is finished.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.stack.is_empty() && self.next >= self.root()
    }

    /// Tells whether a move is possible.
    #[inline]
    #[must_use]
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.root(),
            Move::Left => !self.stack.is_empty(),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// Head and dependent of the arc that a move would draw.
    #[inline]
    #[must_use]
    pub fn arc(&self, step: Move) -> Option<(u16, u16)> {
        match step {
            Move::Shift => None,
            Move::Left => Some((self.next, self.stacked(0))),
            Move::Right => Some((self.stacked(1), self.stacked(0))),
        }
    }

    /// Makes a move; the label goes on the arc that it draws.
    pub fn apply(&mut self, step: Move, label: Deprel) {
        let Some((head, child)) = self.arc(step) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let form = self.node(child).form;
        if let Some(node) = self.nodes.get_mut(usize::from(child)) {
            node.head = head;
            node.label = label;
        }
        let Some(node) = self.nodes.get_mut(usize::from(head)) else { return };
        if matches!(label, Deprel::Case | Deprel::Mark | Deprel::Cc) && (label != Deprel::Cc || node.marker == 0) {
            node.marker = form;
        }
        let bit = 1_u64 << label as u64;
        if step == Move::Left {
            node.left = [child, node.left[0]];
            node.left_set |= bit;
        } else {
            node.right = child;
            node.right_set |= bit;
        }
    }
}

const EMPTY: Node = Node {
    form: 0,
    tag: TAG_NONE,
    marker: 0,
    head: u16::MAX,
    label: Deprel::Dep,
    left: [u16::MAX; 2],
    right: u16::MAX,
    left_set: 0,
    right_set: 0,
    commas: 0,
    verbs: 0,
    links: 0,
    signs: 0,
};
