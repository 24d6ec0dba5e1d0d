//! Linked data of a page. `{"@graph": [{"@type": "NewsArticle", "headline": …}]}` → [`Linked`].

use serde_json::{Map, Value};

/// What JSON-LD says of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) body: Option<String>,
}

impl Linked {
    /// Fills what is still unknown.
    pub(super) fn add(&mut self, other: Self) {
        let Self { title, url, publisher, author, published, body } = other;
        for (known, new) in [
            (&mut self.title, title),
            (&mut self.url, url),
            (&mut self.publisher, publisher),
            (&mut self.author, author),
            (&mut self.published, published),
            (&mut self.body, body),
        ] {
            *known = known.take().or(new);
        }
    }
}

/// Reads one script. Broken ones, of which there are many, say nothing.
pub(super) fn read(script: &str) -> Linked {
    let mut linked = Linked::default();
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script = script.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    // Line breaks within strings are the commonest fault.
    let script: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if let Ok(value) = serde_json::from_str(&script) {
        collect(&value, &mut linked);
    }
    linked
}

fn collect(value: &Value, linked: &mut Linked) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, linked)),
        Value::Object(object) => {
            if is_article(object) {
                linked.add(of_article(object));
            }
            for nested in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(nested) {
                    collect(value, linked);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let named = |kind: &str| {
        let kind = kind.rsplit('/').next().unwrap_or(kind);
        kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "Review" | "ClaimReview")
    };
    match object.get("@type") {
        Some(Value::String(kind)) => named(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

fn of_article(object: &Map<String, Value>) -> Linked {
    let field = |names: &[&str]| names.iter().find_map(|name| words(object.get(*name)?));
    let page = object.get("mainEntityOfPage").and_then(|page| words(page.get("@id").unwrap_or(page)));
    Linked {
        title: field(&["headline", "name"]),
        url: field(&["url"]).or(page),
        publisher: field(&["publisher", "sourceOrganization"]),
        author: field(&["author", "creator"]),
        published: field(&["datePublished", "dateCreated", "uploadDate"]),
        body: field(&["articleBody"]),
    }
}

/// A string, an object's name, or a list of either.
fn words(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => object.get("name").and_then(Value::as_str)?.to_owned(),
        Value::Array(items) => {
            items.iter().filter_map(|item| if item.is_array() { None } else { words(item) }).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    };
    let found = found.trim();
    (!found.is_empty()).then(|| found.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_wherever_they_stand() {
        let expected = Linked {
            title: Some("Acme builds".into()),
            author: Some("Ann Smith, Bo Li".into()),
            published: Some("2019-11-19".into()),
            ..Linked::default()
        };
        let article = r#"{"@type": "NewsArticle", "headline": "Acme builds", "author": [{"name": "Ann Smith"}, "Bo Li"], "datePublished": "2019-11-19"}"#;
        for script in [
            article.to_owned(),
            format!("[{{\"@type\": \"Organization\", \"name\": \"The Example\"}}, {article}]"),
            format!("<!-- {{\"@context\": \"x\", \"@graph\": [{article}]}}; -->"),
            article.replace("NewsArticle\"", "http://schema.org/NewsArticle\"").replace("Acme builds", "Acme builds\n"),
            format!("{{\"@type\": [\"WebPage\"], \"mainEntity\": {article}}}"),
        ] {
            assert_eq!(read(&script), expected, "{script}");
        }
    }

    #[test]
    fn other_and_broken_scripts_say_nothing() {
        for script in ["", "{", "[[[[", "null", r#"{"@type": "Organization", "name": "Acme"}"#, &"[".repeat(100_000)] {
            assert_eq!(read(script), Linked::default());
        }
    }
}
