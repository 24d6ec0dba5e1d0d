//! HTML → a tree, within bounds. A million nested `<div>`s → [`Overgrown`], found out long before memory or time is lost.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use rustc_hash::FxHashMap;

use crate::article::boundary;

/// The deepest nesting of elements. Browsers stop at 512.
const MAX_DEPTH: u32 = 600;
/// The most elements and texts of one page; long pages have ten thousand.
const MAX_NODES: usize = 400_000;
/// The page is given to the parser in pieces of this size, and the bounds are looked at after each.
const PIECE_BYTES: usize = 4096;

/// The page is nested too deeply or has too many elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overgrown;

/// Reads a page as browsers do: there is no wrong HTML, only too much of it.
pub(super) fn parse(html: &str) -> Result<Document, Overgrown> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Bounded::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(boundary(rest, PIECE_BYTES));
        parser.process(StrTendril::from_slice(piece));
        if parser.tokenizer.sink.sink.is_overgrown() {
            return Err(Overgrown);
        }
        rest = after;
    }
    Ok(parser.finish())
}

/// Builds the document and watches how deep and how large it grows.
#[derive(Default)]
struct Bounded {
    document: Document,
    depths: RefCell<FxHashMap<NodeId, u32>>,
    too_deep: Cell<bool>,
}

impl Bounded {
    fn is_overgrown(&self) -> bool {
        self.too_deep.get() || self.document.tree.len() > MAX_NODES
    }

    /// Notes that `child` now stands `levels` below `node`.
    fn place(&self, node: NodeId, child: &NodeOrText<NodeId>, levels: u32) {
        let NodeOrText::AppendNode(child) = child else { return };
        let mut depths = self.depths.borrow_mut();
        let depth = depths.get(&node).map_or(0, |depth| depth + levels);
        depths.insert(*child, depth);
        if depth > MAX_DEPTH {
            self.too_deep.set(true);
        }
    }
}

impl TreeSink for Bounded {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }

    /// Pages are full of errors, and a list of them would only cost memory.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.document.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, text: StrTendril) -> NodeId {
        self.document.create_pi(target, text)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*parent, &child, 1);
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*element, &child, 1);
        self.document.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.document.get_template_contents(target);
        self.place(*target, &NodeOrText::AppendNode(contents), 1);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        self.document.same_node(x, y)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*sibling, &child, 0);
        self.document.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_any_make_are_read() {
        for (html, text) in [
            ("<p>Acme <b>builds</b></p>", "Acme builds"),
            ("<p>Acme <b>builds<p>It", "Acme buildsIt"),
            ("", ""),
            ("<table><div>Acme</table>", "Acme"),
            ("<template><p>Acme</template>", ""),
            ("</p></div></>Acme &amp; Co &#x110000;", "Acme & Co \u{fffd}"),
        ] {
            assert_eq!(parse(html).unwrap().text().trim(), text, "{html:?}");
        }
    }

    #[test]
    fn overgrown_pages_are_found_out() {
        let repeated: [(&str, usize); 5] =
            [("<div>", 1_000_000), ("<table><div>", 500_000), ("<template>", 500_000), ("<b><i><u><s>", 300_000), ("<br>", 2_000_000)];
        for (piece, times) in repeated {
            assert_eq!(parse(&piece.repeat(times)).err(), Some(Overgrown), "{piece}");
        }
        let reopened = (0..200_000).map(|n| format!("<p><font size={n}>x")).collect::<Vec<_>>().concat();
        assert_eq!(parse(&reopened).err(), Some(Overgrown));
    }
}
