//! A page without what stands beside the article. `<figcaption>`, `class="related-stories"`, lines such as "Read more: …" → gone.

use dom_query::{Document, NodeId, NodeRef};
use rustc_hash::FxHashMap;

use crate::lexicon::{Boilerplate, Cue};

/// A block is the article itself when it holds more than this share of the page's prose, whatever its name.
const ARTICLE_SHARE: f64 = 0.3;
/// What heads a list of other stories ends the article only behind this share of its text.
const ARTICLE_BEHIND: f64 = 0.5;
/// A list or paragraph is made of links when they hold this share of its text.
const LINK_SHARE: f64 = 0.9;

/// Elements that hold no sentence of the article, whatever they are called.
const APART: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "nav",
    "form",
    "button",
    "select",
    "textarea",
    "figcaption",
    "dialog",
    "aside",
    "footer",
    "menu",
    "label",
];

/// Elements within running text.
const INLINE: &[&str] = &["span", "a", "em", "i", "b", "strong", "small", "time", "cite", "font", "sup", "sub", "u", "abbr", "mark"];

/// Takes out of the page the elements that stand beside the article.
pub(super) fn strip(page: &Document, boilerplate: &Boilerplate) {
    let weights = Weights::of(page);
    let mut open = vec![page.root()];
    while let Some(node) = open.pop() {
        for child in node.children().into_iter().rev() {
            if !child.is_element() {
                continue;
            }
            if stands_beside(&child, boilerplate, &weights) && !weights.holds_article(&child) {
                child.remove_from_parent();
            } else {
                open.push(child);
            }
        }
    }
}

/// The lines of the text that belong to the article.
pub(super) fn lines(text: &str, boilerplate: &Boilerplate) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut read = 0;
    let mut last = "";
    for line in text.split_inclusive('\n') {
        read += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            end_paragraph(&mut kept);
            continue;
        }
        match boilerplate.cue(bare) {
            Some(Cue::Rest) if share(read, text.len()) > ARTICLE_BEHIND => break,
            Some(_) => continue,
            // A caption that is shown small and large.
            None if bare == last => continue,
            None => {}
        }
        last = bare;
        kept.push_str(bare);
        kept.push('\n');
    }
    kept.truncate(kept.trim_end().len());
    kept
}

fn end_paragraph(text: &mut String) {
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn stands_beside(node: &NodeRef<'_>, boilerplate: &Boilerplate, weights: &Weights) -> bool {
    let Some(name) = node.node_name() else { return false };
    let name = &*name;
    if matches!(name, "html" | "head" | "body" | "main" | "article") {
        return false;
    }
    if APART.contains(&name) || node.attr("hidden").is_some() || node.attr("aria-hidden").is_some_and(|value| &*value == "true") {
        return true;
    }
    if matches!(name, "p" | "ul" | "ol") && weights.is_linked(node, name) {
        return true;
    }
    let named = [node.class(), node.id_attr()]
        .into_iter()
        .flatten()
        .any(|names| names.split_ascii_whitespace().any(|name| !is_subject(name) && boilerplate.is_block(name)));
    named && !(INLINE.contains(&name) && weights.is_in_sentence(node))
}

/// Blogs name an article's subjects in its class: "tag-cookies category-newsletters".
fn is_subject(name: &str) -> bool {
    ["tag-", "category-", "post-", "postid-", "page-", "has-", "no-", "with-"].iter().any(|prefix| name.starts_with(prefix))
}

/// What each element holds, counted once for all of them: elements may be nested hundreds deep.
struct Weights {
    of: FxHashMap<NodeId, Weight>,
    /// The characters in the page's paragraphs.
    prose: usize,
}

#[derive(Clone, Copy, Default)]
struct Weight {
    /// Characters of text.
    text: usize,
    /// Those of them in links.
    links: usize,
    /// Those of them in paragraphs.
    prose: usize,
    /// Whether the headline or what is marked as the article is in there.
    marked: bool,
}

impl Weights {
    fn of(page: &Document) -> Self {
        let root = page.root();
        let nodes: Vec<_> = root.descendants_it().collect();
        let mut of: FxHashMap<NodeId, Weight> = FxHashMap::default();
        // Document order backwards: children before their parents.
        for node in nodes.iter().rev() {
            let mut weight = of.get(&node.id).copied().unwrap_or_default();
            if node.is_text() {
                weight.text = node.normalized_char_count();
            } else if node.has_name("a") {
                weight.links = weight.text;
            } else if node.has_name("p") {
                weight.prose = weight.text;
            } else if node.has_name("script") || node.has_name("style") {
                weight = Weight::default();
            }
            of.insert(node.id, weight);
            let marks = node.has_name("h1") || node.attr("itemprop").is_some_and(|prop| &*prop == "articleBody");
            if let Some(parent) = node.parent() {
                let sum = of.entry(parent.id).or_default();
                sum.text += weight.text;
                sum.links += weight.links;
                sum.prose += weight.prose;
                sum.marked |= weight.marked || marks;
            }
        }
        let prose = of.get(&root.id).map_or(0, |weight| weight.prose);
        Self { of, prose }
    }

    fn get(&self, node: &NodeRef<'_>) -> Weight {
        self.of.get(&node.id).copied().unwrap_or_default()
    }

    /// Whether the article is in there.
    fn holds_article(&self, node: &NodeRef<'_>) -> bool {
        let Weight { prose, marked, .. } = self.get(node);
        marked || share(prose, self.prose) > ARTICLE_SHARE
    }

    /// Whether a paragraph or list is nothing but links to other pages.
    fn is_linked(&self, node: &NodeRef<'_>, name: &str) -> bool {
        let Weight { text, links, .. } = self.get(node);
        text > 0 && share(links, text) >= LINK_SHARE && (name != "p" || !node.text().trim_end().ends_with(['.', '"', '”']))
    }

    /// Whether the node is but a part of a sentence.
    fn is_in_sentence(&self, node: &NodeRef<'_>) -> bool {
        let Some(parent) = node.parent() else { return false };
        let Some(name) = parent.node_name() else { return false };
        let outer = self.get(&parent).text;
        let sentence = matches!(&*name, "p" | "li" | "td" | "blockquote" | "h1" | "h2" | "h3" | "h4") || INLINE.contains(&&*name);
        sentence && outer > 0 && share(self.get(node).text, outer) < LINK_SHARE
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than a few digits")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
