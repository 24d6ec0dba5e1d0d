//! What a page says of itself. JSON-LD, `OpenGraph` and meta tags → headline, address, publisher, author, date, language.

use dom_query::{Document, NodeRef};
use rustc_hash::FxHashMap;

use super::linked::{self, Linked};
use crate::article::published;

/// What a page says of itself, each as far as it does.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
    /// The article's text in JSON-LD, where some pages that load it by script have it alone.
    pub(super) body: Option<String>,
}

/// Names of meta tags, the most trustworthy first.
mod names {
    pub(super) const TITLE: &[&str] = &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title"];
    pub(super) const URL: &[&str] = &["og:url", "parsely-link", "twitter:url"];
    pub(super) const PUBLISHER: &[&str] = &["og:site_name", "dc.publisher", "application-name", "publisher"];
    pub(super) const AUTHOR: &[&str] =
        &["author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author", "twitter:creator"];
    pub(super) const PUBLISHED: &[&str] = &[
        "article:published_time",
        "datepublished",
        "parsely-pub-date",
        "og:published_time",
        "publish-date",
        "publish_date",
        "pubdate",
        "publication_date",
        "published_time",
        "date.published",
        "sailthru.date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "dc.date.created",
        "article.published",
        "article.created",
        "originalpublicationdate",
        "cxenseparse:recs:publishtime",
        "ptime",
        "pdate",
        "date",
    ];
    pub(super) const LANGUAGE: &[&str] = &["og:locale", "content-language", "dc.language", "language"];
}

/// Marks between a headline and the paper's name in a page's title.
const TITLE_MARKS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " · ", " » "];
/// A headline has at least this many characters; shorter ones are section names.
const SHORTEST_TITLE: usize = 12;

/// Reads the page's head and the marks in its body.
pub(super) fn of(page: &Document) -> Metadata {
    let found = Found::of(page);
    let linked = found.linked;
    let tag = |names: &[&str]| names.iter().find_map(|name| found.tags.get(*name)).cloned();
    let address = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    let url = found.canonical.filter(address).or_else(|| tag(names::URL).filter(address)).or(linked.url.filter(address));
    let publisher = linked.publisher.or_else(|| tag(names::PUBLISHER)).map(|publisher| host(&publisher).unwrap_or(publisher));
    let publisher = publisher.or_else(|| url.as_deref().and_then(host));
    let title = [linked.title, tag(names::TITLE), found.title].into_iter().flatten().map(|title| headline(&title, publisher.as_deref()));
    let published = linked.published.as_deref().and_then(published::iso);
    let published = published
        .or_else(|| names::PUBLISHED.iter().find_map(|name| published::iso(found.tags.get(*name)?)))
        .or_else(|| found.times.iter().find_map(|time| published::iso(time)))
        .or_else(|| url.as_deref().and_then(published::of_url))
        .or_else(|| found.stamps.iter().find_map(|stamp| published::iso(stamp)));
    Metadata {
        title: best_title(title.collect(), found.headings),
        author: linked.author.or_else(|| tag(names::AUTHOR)).and_then(|author| author_name(&author)),
        published,
        language: found.language.or_else(|| tag(names::LANGUAGE)).map(|language| language.replace('_', "-")),
        body: linked.body,
        url,
        publisher,
    }
}

/// What one walk over the page finds.
#[derive(Default)]
struct Found {
    tags: FxHashMap<String, String>,
    linked: Linked,
    canonical: Option<String>,
    language: Option<String>,
    title: Option<String>,
    headings: Vec<String>,
    times: Vec<String>,
    stamps: Vec<String>,
}

impl Found {
    fn of(page: &Document) -> Self {
        let mut found = Self::default();
        for node in page.root().descendants_it().filter(NodeRef::is_element) {
            found.take(&node);
        }
        found
    }

    fn take(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        let attr = |name: &str| node.attr(name).map(|value| squeezed(&value)).filter(|value| !value.is_empty());
        match &*name {
            "html" => self.language = attr("lang").or_else(|| attr("xml:lang")),
            "meta" => {
                let Some(content) = attr("content") else { return };
                let names = ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(attr);
                for name in names.map(|name| name.to_ascii_lowercase().replace("dcterms.date", "dc.date")) {
                    self.tags.entry(name).or_insert_with(|| content.clone());
                }
            }
            "link" if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or(attr("href"));
            }
            "script" if attr("type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/ld+json")) => {
                self.linked.add(linked::read(&node.text()));
            }
            "title" if self.title.is_none() && !node.ancestors(Some(1)).iter().any(|parent| parent.has_name("svg")) => {
                self.title = text(node);
            }
            "h1" => self.headings.extend(text(node)),
            "time" => self.times.extend(attr("datetime").or_else(|| text(node))),
            "abbr" if node.has_class("published") => self.times.extend(attr("title")),
            "span" | "div" | "p" | "li" => {
                if attr("itemprop").is_some_and(|prop| prop == "datePublished") {
                    self.times.extend(attr("content").or_else(|| text(node)));
                } else if self.stamps.len() < MOST_STAMPS
                    && [node.class(), node.id_attr()].into_iter().flatten().any(|names| is_stamp(&names))
                {
                    self.stamps.extend(text(node).filter(|text| text.len() < LONGEST_STAMP));
                }
            }
            _ => {}
        }
    }
}

/// The most elements that are looked at for a date.
const MOST_STAMPS: usize = 20;
/// The longest text of an element that tells the date, in bytes.
const LONGEST_STAMP: usize = 200;

fn is_stamp(names: &str) -> bool {
    let names = names.to_ascii_lowercase();
    ["date", "time", "publish", "posted", "byline", "author", "meta", "info"].iter().any(|word| names.contains(word))
        && !names.contains("related")
}

fn text(node: &NodeRef<'_>) -> Option<String> {
    let text = squeezed(&node.text());
    (!text.is_empty()).then_some(text)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page's heading, when it agrees with what the page says in its head; else the latter.
fn best_title(claimed: Vec<String>, headings: Vec<String>) -> Option<String> {
    let agrees = |heading: &String| claimed.iter().any(|title| is_like(title, heading));
    let mut headings = headings.into_iter().filter(|heading| heading.chars().count() >= SHORTEST_TITLE);
    headings.by_ref().find(|heading| claimed.is_empty() || agrees(heading)).or_else(|| claimed.into_iter().find(|title| !title.is_empty()))
}

/// Whether two headlines share most of the words of the shorter one.
fn is_like(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|word| long.contains(word)).count();
    !short.is_empty() && shared * 3 >= short.len() * 2
}

/// The title without the paper's name: "Acme builds | The Example" → "Acme builds".
fn headline(title: &str, publisher: Option<&str>) -> String {
    let title = super::words(title);
    let folded = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let publisher = publisher.map(folded).unwrap_or_default();
    let mut rest = title.as_str();
    for mark in TITLE_MARKS {
        while let Some((head, tail)) = rest.rsplit_once(mark) {
            let tail = folded(tail);
            let names_paper = !publisher.is_empty() && (publisher.contains(&tail) || tail.contains(&publisher));
            if !names_paper || head.chars().count() < SHORTEST_TITLE {
                break;
            }
            rest = head;
        }
    }
    rest.trim().to_owned()
}

/// A name, and no address or account.
fn author_name(author: &str) -> Option<String> {
    let author = author.trim();
    let author = author.strip_prefix("By ").or_else(|| author.strip_prefix("by ")).unwrap_or(author);
    (!author.is_empty() && !author.contains("://") && !author.starts_with('@')).then(|| author.to_owned())
}

/// "www.example.org" of an address.
fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned()).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Metadata {
        of(&Document::from(html))
    }

    #[test]
    fn linked_data_goes_before_tags() {
        let page = read(
            r#"<html lang="en_GB"><head><title>Acme to build in Lyon - The Example</title>
            <link rel="canonical" href="https://www.example.org/acme"><meta property="og:title" content="Other words">
            <meta name="author" content="By Ann Smith"><meta name="date" content="2020-01-01">
            <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Acme to build in Lyon &amp; Nice",
            "datePublished": "2019-11-19T10:07:00Z", "publisher": {"name": "The Example"}}</script></head>
            <body><h1>The Example</h1><h1>Acme to build plant in Lyon and Nice</h1></body></html>"#,
        );
        assert_eq!(page.title.as_deref(), Some("Acme to build plant in Lyon and Nice"));
        assert_eq!(page.url.as_deref(), Some("https://www.example.org/acme"));
        assert_eq!(page.publisher.as_deref(), Some("The Example"));
        assert_eq!(page.author.as_deref(), Some("Ann Smith"));
        assert_eq!(page.published.as_deref(), Some("2019-11-19T10:07:00Z"));
        assert_eq!(page.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn bare_pages_tell_what_they_can() {
        let page = read(
            r#"<title>Acme to build in Lyon | Example News</title><meta property="og:site_name" content="Example News">
            <meta property="og:url" content="https://example.org/2019/11/19/acme"><p class="byline">Ann Smith</p>"#,
        );
        assert_eq!(page.title.as_deref(), Some("Acme to build in Lyon"));
        assert_eq!(page.published.as_deref(), Some("2019-11-19"));
        let page = read(r#"<link rel="canonical" href="/acme"><p class="post-date">Posted on November 19, 2019</p>"#);
        assert_eq!((page.url, page.published.as_deref()), (None, Some("2019-11-19")));
        assert_eq!(read(""), Metadata::default());
    }
}
