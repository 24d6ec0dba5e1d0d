//! A page without what stands beside the article. `<figcaption>`, `class="related-stories"`, lines such as "Read more: …" → gone.

use dom_query::{Document, NodeRef};

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
    let prose = prose(&page.root());
    let mut open = vec![page.root()];
    while let Some(node) = open.pop() {
        for child in node.children().into_iter().rev() {
            if !child.is_element() {
                continue;
            }
            if stands_beside(&child, boilerplate) && !holds_article(&child, prose) {
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

fn stands_beside(node: &NodeRef<'_>, boilerplate: &Boilerplate) -> bool {
    let Some(name) = node.node_name() else { return false };
    let name = &*name;
    if matches!(name, "html" | "head" | "body" | "main" | "article") {
        return false;
    }
    if APART.contains(&name) || node.attr("hidden").is_some() || node.attr("aria-hidden").is_some_and(|value| &*value == "true") {
        return true;
    }
    if matches!(name, "p" | "ul" | "ol") && is_linked(node, name) {
        return true;
    }
    let named = [node.class(), node.id_attr()]
        .into_iter()
        .flatten()
        .any(|names| names.split_ascii_whitespace().any(|name| !is_subject(name) && boilerplate.is_block(name)));
    named && !(INLINE.contains(&name) && is_in_sentence(node))
}

/// Blogs name an article's subjects in its class: "tag-cookies category-newsletters".
fn is_subject(name: &str) -> bool {
    ["tag-", "category-", "post-", "postid-", "page-", "has-", "no-", "with-"].iter().any(|prefix| name.starts_with(prefix))
}

/// Whether the node is but a part of a sentence.
fn is_in_sentence(node: &NodeRef<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    let outer = parent.normalized_char_count();
    outer > 0
        && share(node.normalized_char_count(), outer) < LINK_SHARE
        && parent
            .node_name()
            .is_some_and(|name| matches!(&*name, "p" | "li" | "td" | "blockquote" | "h1" | "h2" | "h3" | "h4") || INLINE.contains(&&*name))
}

/// Whether a paragraph or list is nothing but links to other pages.
fn is_linked(node: &NodeRef<'_>, name: &str) -> bool {
    let text = node.normalized_char_count();
    if text == 0 {
        return false;
    }
    let links: usize = node.descendants_it().filter(|inner| inner.has_name("a")).map(|link| link.normalized_char_count()).sum();
    share(links, text) >= LINK_SHARE && (name != "p" || !node.text().trim_end().ends_with(['.', '"', '”']))
}

/// Whether the article is in there.
fn holds_article(node: &NodeRef<'_>, page_prose: usize) -> bool {
    node.descendants_it().any(|inner| inner.has_name("h1") || inner.attr("itemprop").is_some_and(|prop| &*prop == "articleBody"))
        || share(prose(node), page_prose) > ARTICLE_SHARE
}

/// The characters in paragraphs.
fn prose(node: &NodeRef<'_>) -> usize {
    node.descendants_it().filter(|inner| inner.has_name("p")).map(|paragraph| paragraph.normalized_char_count()).sum()
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than a few digits")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
