//! JSON records. `{"headline": "Acme builds", "body": "…", "link": "https://…"}` → an article.

use serde_json::Value;

use super::fields::Fields;
use super::{Article, Reason};

/// An article of one JSON object. `fallback` names it when the record holds neither id nor URL.
pub(super) fn article(json: &[u8], fields: &Fields, fallback: impl FnOnce() -> String) -> Result<Article, Reason> {
    let text = std::str::from_utf8(json).map_err(|error| Reason::NotUtf8(error.valid_up_to()))?;
    let Value::Object(record) = serde_json::from_str(text).map_err(Reason::NotJson)? else {
        return Err(Reason::NotAnObject);
    };
    fields.article(&record, fallback)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Article, Reason> {
        article(json.as_bytes(), &Fields::default(), || "news#7".to_owned())
    }

    #[test]
    fn fields_go_by_many_names() {
        let expected = Article {
            article: "42".into(),
            title: Some("Acme builds".into()),
            text: "Acme said.\n\nIt builds.".into(),
            url: Some("https://example.org/a".into()),
            publisher: Some("The Example".into()),
            author: Some("Ann Smith, Bo Li".into()),
            published: Some("2024-05-21".into()),
            language: Some("en".into()),
        };
        for json in [
            r#"{"id": 42, "title": "Acme builds", "text": "Acme said.\n\nIt builds.", "url": "https://example.org/a",
                "publisher": "The Example", "author": "Ann Smith, Bo Li", "published": "2024-05-21", "language": "en"}"#,
            r#"{"article": "42", "headline": " Acme builds ", "body": "Acme said.\r\n\r\nIt builds.", "link": "https://example.org/a",
                "source": {"id": null, "name": "The Example"}, "authors": ["Ann Smith", {"name": "Bo Li"}],
                "publish_date": "21 May 2024", "lang": "en"}"#,
            r#"{"id": "42", "headline": "Acme builds", "title": null, "text": "", "maintext": "Acme said.\n\nIt builds.",
                "url": "https://example.org/a", "source": "The Example", "Byline": "Ann Smith, Bo Li", "date": "2024-05-21", "language": "en"}"#,
            r#"{"id": 42, "title": {"rendered": "Acme builds"}, "content": {"rendered": "<p>Acme said.</p>\n<p>It <b>builds</b>.</p>"},
                "link": "https://example.org/a", "siteName": "The Example", "author": ["Ann Smith", "Bo Li"],
                "publishedAt": "May 21, 2024", "language": "en"}"#,
            r#"{"id": 42, "title": "Acme builds", "paragraphs": [], "text": ["Acme said.", "It builds."], "url": "https://example.org/a",
                "publisher": "The Example", "author": "Ann Smith, Bo Li", "published": "2024-05-21", "language": "en"}"#,
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
        assert!(matches!(read(r#"{"text": "lone \ud800 half"}"#), Err(Reason::NotJson(_))));
        assert!(matches!(read(&format!("{{\"text\": {}", "[".repeat(100_000))), Err(Reason::NotJson(_))));
        assert!(matches!(read("[1]"), Err(Reason::NotAnObject)));
        assert!(matches!(read("{\"title\": \"Acme\"}"), Err(Reason::NoText)));
        assert!(matches!(article(b"{\"text\": \"caf\xe9\"}", &Fields::default(), String::new), Err(Reason::NotUtf8(13))));
    }
}
