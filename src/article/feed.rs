//! Feeds. RSS, Atom or JSON Feed → an article for each entry, of the text that the feed carries.

use std::collections::VecDeque;

use feed_rs::model::{Entry, Feed, Text};

use super::{Article, Reason, html, plain};

/// The entries of a feed, each an article or what it lacks. `stem` names those without an address.
pub(super) fn articles(bytes: &[u8], stem: &str) -> Result<VecDeque<Result<Article, Reason>>, Reason> {
    let feed = feed_rs::parser::parse(bytes).map_err(|error| Reason::NotAFeed(Box::new(error)))?;
    let Feed { title, language, entries, .. } = feed;
    let publisher = words(title);
    let article = |(at, entry)| article(entry, publisher.as_ref(), language.as_ref(), || format!("{stem}#{}", at + 1));
    Ok(entries.into_iter().enumerate().map(article).collect())
}

fn article(
    entry: Entry,
    publisher: Option<&String>,
    language: Option<&String>,
    fallback: impl FnOnce() -> String,
) -> Result<Article, Reason> {
    let full = entry.content.and_then(|content| content.body).filter(|text| !text.trim().is_empty());
    let text = full.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
    let text = if html::is_markup(&text) || text.contains('&') { html::fragment(&text)? } else { text };
    if text.trim().is_empty() {
        return Err(Reason::NoText);
    }
    let page = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate")).or(entry.links.first());
    let url = page.map(|link| link.href.clone()).or_else(|| Some(entry.id.clone()).filter(|id| id.contains("://")));
    let authors: Vec<_> = entry.authors.into_iter().filter_map(|author| author.name).filter(|name| !name.trim().is_empty()).collect();
    Ok(Article {
        article: url.clone().unwrap_or_else(fallback),
        title: words(entry.title),
        text: plain::normalised(text),
        url,
        publisher: publisher.cloned(),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        published: entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        language: entry.language.or_else(|| language.cloned()),
    })
}

fn words(text: Option<Text>) -> Option<String> {
    text.map(|text| html::words(&text.content)).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_of_each_kind_give_their_entries() {
        let expected = Article {
            article: "https://x.example/a".into(),
            title: Some("Acme & Co build".into()),
            text: "Acme said.\n\nIt builds.".into(),
            url: Some("https://x.example/a".into()),
            publisher: Some("The Example".into()),
            author: Some("Ann Smith".into()),
            published: Some("2024-05-21T08:00:00Z".into()),
            language: Some("en".into()),
        };
        for feed in [
            r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
               <title>The Example</title><language>en</language><item><title>Acme &amp;amp; Co build</title><link>https://x.example/a</link>
               <description>Acme said.</description><content:encoded><![CDATA[<p>Acme said.</p><p>It <b>builds</b>.</p>]]></content:encoded>
               <dc:creator>Ann Smith</dc:creator><pubDate>Tue, 21 May 2024 08:00:00 GMT</pubDate></item></channel></rss>"#,
            r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Example</title><entry><title>Acme &amp; Co build</title>
               <link rel="self" href="https://x.example/feed/a"/><link href="https://x.example/a"/><author><name>Ann Smith</name></author>
               <published>2024-05-21T08:00:00Z</published>
               <content type="html">&lt;p&gt;Acme said.&lt;/p&gt;&lt;p&gt;It builds.&lt;/p&gt;</content></entry></feed>"#,
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Example", "language": "en", "items": [{"id": "7",
               "url": "https://x.example/a", "title": "Acme & Co build", "content_html": "<p>Acme said.</p><p>It builds.</p>",
               "authors": [{"name": "Ann Smith"}], "date_published": "2024-05-21T08:00:00Z"}]}"#,
        ] {
            let mut articles = articles(feed.as_bytes(), "news").unwrap();
            assert_eq!(articles.len(), 1);
            assert_eq!(articles.pop_front().unwrap().unwrap(), expected, "{feed}");
        }
    }

    #[test]
    fn hostile_feeds_are_refused_in_time() {
        let laughs = (1..9).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect::<Vec<_>>().concat();
        let laughs = format!(
            "<!DOCTYPE lolz [<!ENTITY l0 \"lol\">{laughs}]><rss version=\"2.0\"><channel><item><title>&l8;</title></item></channel></rss>"
        );
        for feed in
            [laughs, format!("<rss version=\"2.0\"><channel>{}", "<item>".repeat(100_000)), "<rss>".into(), "<feed".into(), String::new()]
        {
            if let Ok(articles) = articles(feed.as_bytes(), "news") {
                assert!(
                    articles
                        .iter()
                        .all(|article| article.as_ref().is_err() || article.as_ref().is_ok_and(|article| article.text.len() < 1000))
                );
            }
        }
    }
}
