//! Web pages. `<html>…<article><p>Acme will build …` → its main text with paragraphs kept, and what the page says of itself.

mod clean;
mod linked;
mod metadata;
mod tree;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::{Article, Reason, published};
use crate::lexicon::Boilerplate;

/// Text in the page's linked data replaces that of its body when the latter holds less than this share of it.
const BODY_SHARE: usize = 2;

/// What is shorter is a notice and no article.
const FEWEST_WORDS: usize = 15;

/// The article of a page. `name` names it; `address` is where the page was found, if that is known.
pub(super) fn article(name: String, html: &str, address: Option<&str>, boilerplate: &Boilerplate) -> Result<Article, Reason> {
    let page = tree::parse(html).map_err(|tree::Overgrown| Reason::Overgrown)?;
    let said = metadata::of(&page);
    clean::strip(&page, boilerplate);
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let main = Readability::with_document(page, None, Some(config)).and_then(|mut page| page.parse());
    let text = main.map(|main| clean::lines(&main.text_content, boilerplate)).unwrap_or_default();
    let text = match said.body {
        Some(body) if text.len() * BODY_SHARE < body.len() && !body.contains("</") => body,
        _ => text,
    };
    if text.split_whitespace().take(FEWEST_WORDS).count() < FEWEST_WORDS {
        return Err(Reason::NoMainText);
    }
    Ok(Article {
        article: name,
        title: said.title,
        text: text.trim().to_owned(),
        url: said.url.or_else(|| address.map(str::to_owned)),
        publisher: said.publisher,
        author: said.author,
        published: said.published.or_else(|| published::of_url(address?)),
        language: said.language,
    })
}

/// Whether a text is in HTML, as feeds and exports often have it.
pub(super) fn is_markup(text: &str) -> bool {
    ["</p>", "<p>", "<br", "</div>", "</li>", "</a>", "</span>"].iter().any(|tag| text.contains(tag))
}

/// The text of a piece of HTML that is the article and nothing else.
pub(super) fn fragment(html: &str) -> Result<String, Reason> {
    let page = tree::parse(html).map_err(|tree::Overgrown| Reason::Overgrown)?;
    page.select("script, style, noscript, template, iframe, figcaption, form, svg").remove();
    Ok(page.body().map(|body| body.formatted_text().trim().to_owned()).unwrap_or_default())
}

/// The words of a short piece of HTML, such as a headline: "Acme &amp; Co" → "Acme & Co".
pub(super) fn words(html: &str) -> String {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = html.contains('&') || html.contains("</");
    if marked && html.len() < LONGEST_HEADLINE { squeezed(&Document::fragment(html).text()) } else { squeezed(html) }
}

/// More bytes than any headline has.
const LONGEST_HEADLINE: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Files;

    fn read(html: &str) -> Result<Article, Reason> {
        let boilerplate = Boilerplate::load(&Files::Embedded).unwrap_or_else(|error| panic!("{error}"));
        article("acme".into(), html, Some("https://example.org/2024/05/21/acme"), &boilerplate)
    }

    const PARAGRAPHS: [&str; 3] = [
        "Acme said on Tuesday that it will invest more than €1.2 billion in a new battery plant near Lyon, its largest outlay so far.",
        "The plant is to open in 2027 and will employ 3,000 people, the company said, adding that the French state would bear part of the cost.",
        "Analysts had expected the group to choose Germany, where it already runs two factories and a research centre with 400 engineers.",
    ];

    #[test]
    fn the_article_stays_and_what_stands_beside_it_goes() {
        let [one, two, three] = PARAGRAPHS;
        let html = format!(
            r#"<!doctype html><html lang="en"><head><title>Acme to build in Lyon | The Example</title></head><body>
            <nav><a href="/">Home</a> <a href="/business">Business</a></nav>
            <div class="cookie-consent"><p>We use cookies to make this site better for you and for our partners.</p></div>
            <article><h1>Acme to build in Lyon</h1><p class="byline">By Ann Smith</p><p>Updated 21 May 2024, 10:00 am</p>
            <figure><img src="a.jpg"><figcaption>The site near Lyon, where the plant is to stand.</figcaption></figure>
            <p>{one}</p><div class="newsletter-signup"><p>Get the day's news in your inbox, every morning before eight.</p></div>
            <p>{two}</p><p><a href="/b">Read more: who builds where</a></p><p>Read more: <a href="/b">Who builds where</a></p><p>{three}</p>
            <p>(Reporting by Ann Smith; editing by Bo Li)</p></article>
            <section class="related-stories"><h2>Related</h2><p>Other firms that build in France, and what they pay for it.</p></section>
            <div id="comments"><p>What a fine plant this will be, and so near to where I live!</p></div>
            <footer><p>© 2024 The Example</p></footer></body></html>"#
        );
        let article = read(&html).unwrap();
        assert_eq!(article.text, PARAGRAPHS.join("\n\n"));
        assert_eq!(article.title.as_deref(), Some("Acme to build in Lyon"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/2024/05/21/acme"));
        assert_eq!(article.published.as_deref(), Some("2024-05-21"));
    }

    #[test]
    fn pages_that_load_their_text_by_script_have_it_in_their_linked_data() {
        let body = PARAGRAPHS.join("\\n\\n");
        let html =
            format!(r#"<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script><p>Loading</p>"#);
        assert_eq!(read(&html).unwrap().text.split_whitespace().count(), PARAGRAPHS.join(" ").split_whitespace().count());
    }

    #[test]
    fn pages_without_an_article_and_overgrown_ones_are_told() {
        for html in ["", "<html></html>", "<title>Acme</title><nav>Home</nav>", "<p>Page not found.</p>", "<p>\u{0}"] {
            assert!(matches!(read(html), Err(Reason::NoMainText)), "{html}");
        }
        assert!(matches!(read(&"<div>".repeat(100_000)), Err(Reason::Overgrown)));
        assert!(matches!(fragment(&"<b>".repeat(100_000)), Err(Reason::Overgrown)));
    }

    #[test]
    fn the_deepest_page_that_is_read_does_not_exhaust_the_stack() {
        let html = format!("{}<p>{}</p>", "<div>".repeat(590), PARAGRAPHS[0].repeat(20));
        let text =
            std::thread::Builder::new().stack_size(1 << 20).spawn(move || read(&html).map(|article| article.text)).unwrap().join().unwrap();
        assert!(text.unwrap().contains("Lyon"));
    }

    #[test]
    fn pieces_of_html_become_text() {
        assert!(is_markup("<p>Acme</p>") && is_markup("Acme<br/>builds") && !is_markup("a < b and c > d"));
        assert_eq!(fragment("<p>Acme &amp; Co</p><script>x</script><ul><li>one</li><li>two</li></ul>").unwrap(), "Acme & Co\n\none\ntwo");
        assert_eq!(words(" Acme &amp; Co\n <b>builds</b>"), "Acme & Co builds");
        assert_eq!(words("1 < 2"), "1 < 2");
    }
}
