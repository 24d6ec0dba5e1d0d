//! JSON records. `{"headline": "Acme builds", "body": "…", "link": "https://…"}` → an article.

use serde_json::{Map, Value};

use super::plain::normalised;
use super::{Article, Reason};

/// The names that a field goes by in common exports, the likeliest first.
mod names {
    pub(super) const TITLE: &[&str] = &["title", "headline"];
    pub(super) const TEXT: &[&str] = &["text", "body", "content", "maintext"];
    pub(super) const URL: &[&str] = &["url", "link"];
    pub(super) const ID: &[&str] = &["id", "article"];
    pub(super) const PUBLISHER: &[&str] = &["publisher", "source"];
    pub(super) const PUBLISHED: &[&str] = &["published", "date", "publish_date", "date_publish"];
    pub(super) const LANGUAGE: &[&str] = &["language", "lang"];
}

/// An article of one JSON object. `fallback` names it when the record holds neither id nor URL.
pub(super) fn article(json: &[u8], fallback: impl FnOnce() -> String) -> Result<Article, Reason> {
    let text = std::str::from_utf8(json).map_err(|error| Reason::NotUtf8(error.valid_up_to()))?;
    let Value::Object(record) = serde_json::from_str(text).map_err(Reason::NotJson)? else {
        return Err(Reason::NotAnObject);
    };
    let body = field(&record, names::TEXT).ok_or(Reason::NoText)?;
    let url = field(&record, names::URL);
    Ok(Article {
        article: field(&record, names::ID).or_else(|| url.clone()).unwrap_or_else(fallback),
        title: field(&record, names::TITLE).map(|title| title.trim().to_owned()),
        text: normalised(body),
        url,
        publisher: field(&record, names::PUBLISHER),
        published: field(&record, names::PUBLISHED),
        language: field(&record, names::LANGUAGE),
    })
}

/// The first of the named fields that holds text: a string, a number, or an object with a `name`.
fn field(record: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let value = match record.get(*name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Object(object) => object.get("name")?.as_str()?.to_owned(),
            _ => return None,
        };
        (!value.trim().is_empty()).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Article, Reason> {
        article(json.as_bytes(), || "news#7".to_owned())
    }

    #[test]
    fn fields_go_by_many_names() {
        let expected = Article {
            article: "42".into(),
            title: Some("Acme builds".into()),
            text: "Acme said.\n\nIt builds.".into(),
            url: Some("https://example.org/a".into()),
            publisher: Some("The Example".into()),
            published: Some("2024-05-21".into()),
            language: Some("en".into()),
        };
        for json in [
            r#"{"id": 42, "title": "Acme builds", "text": "Acme said.\n\nIt builds.", "url": "https://example.org/a",
                "publisher": "The Example", "published": "2024-05-21", "language": "en"}"#,
            r#"{"article": "42", "headline": " Acme builds ", "body": "Acme said.\r\n\r\nIt builds.", "link": "https://example.org/a",
                "source": {"id": null, "name": "The Example"}, "publish_date": "2024-05-21", "lang": "en"}"#,
            r#"{"id": "42", "headline": "Acme builds", "title": null, "text": "", "maintext": "Acme said.\n\nIt builds.",
                "url": "https://example.org/a", "source": "The Example", "date": "2024-05-21", "language": "en"}"#,
        ] {
            assert_eq!(read(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn name_is_the_id_else_the_url_else_the_place() {
        assert_eq!(read(r#"{"text": "Acme", "url": "https://example.org/a"}"#).unwrap().article, "https://example.org/a");
        assert_eq!(read(r#"{"text": "Acme"}"#).unwrap().article, "news#7");
    }

    #[test]
    fn broken_records_say_what_is_wrong() {
        assert!(matches!(read("{\"text\": "), Err(Reason::NotJson(_))));
        assert!(matches!(read("[1]"), Err(Reason::NotAnObject)));
        assert!(matches!(read("{\"title\": \"Acme\"}"), Err(Reason::NoText)));
        assert!(matches!(article(b"{\"text\": \"caf\xe9\"}", String::new), Err(Reason::NotUtf8(13))));
    }
}
