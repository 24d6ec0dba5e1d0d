//! Which field of a record is which part of an article. `headline` → the title, `Published At` → the day of publication.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::plain::normalised;
use super::{Article, Reason, html, published};

/// A part of an article that a record's field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The record's own name.
    Id,
    /// The headline.
    Title,
    /// The text.
    Text,
    /// Where it was published.
    Url,
    /// The paper or agency.
    Publisher,
    /// Who wrote it.
    Author,
    /// The day of publication.
    Published,
    /// BCP 47 language tag.
    Language,
}

impl Field {
    /// All parts, in the order in which help and errors name them.
    pub const ALL: [Self; 8] =
        [Self::Id, Self::Title, Self::Text, Self::Url, Self::Publisher, Self::Author, Self::Published, Self::Language];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Text => "text",
            Self::Url => "url",
            Self::Publisher => "publisher",
            Self::Author => "author",
            Self::Published => "published",
            Self::Language => "language",
        }
    }

    /// The names that it goes by in common exports, the likeliest first, as [`key`] folds them.
    const fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["id", "article", "guid", "uuid", "articleid"],
            Self::Title => &["title", "headline", "heading", "articletitle"],
            Self::Text => {
                &["text", "body", "content", "maintext", "articlebody", "fulltext", "articletext", "bodytext", "contenthtml", "contenttext"]
            }
            Self::Url => &["url", "link", "weburl", "canonicalurl", "articleurl", "permalink"],
            Self::Publisher => &["publisher", "source", "sourcename", "outlet", "publication", "sitename", "sourcedomain", "newspaper"],
            Self::Author => &["author", "authors", "byline", "creator"],
            Self::Published => &[
                "published",
                "date",
                "publishdate",
                "datepublish",
                "datepublished",
                "publishedat",
                "publicationdate",
                "publishedon",
                "publisheddate",
                "pubdate",
                "webpublicationdate",
                "timestamp",
                "created",
                "createdat",
            ],
            Self::Language => &["language", "lang", "languagecode"],
        }
    }
}

/// The names of fields: those that the user gives first, then the usual ones.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    given: Vec<(Field, String)>,
}

impl Fields {
    /// Lets the field `name` ("body", or "content.rendered" for a field within a field) hold this part.
    pub fn give(&mut self, field: Field, name: &str) {
        self.given.push((field, key(name)));
    }

    /// Whether a field of this name can hold the text.
    pub(super) fn holds_text(&self, name: &str) -> bool {
        let name = key(name);
        self.names(Field::Text).any(|known| known == name)
    }

    /// Whether a field of this name is known at all.
    pub(super) fn knows(&self, name: &str) -> bool {
        let name = key(name);
        Field::ALL.into_iter().any(|field| self.names(field).any(|known| known == name))
    }

    fn names(&self, field: Field) -> impl Iterator<Item = &str> {
        let given = self.given.iter().filter(move |(of, _)| *of == field).map(|(_, name)| name.as_str());
        given.chain(field.usual_names().iter().copied())
    }

    /// The article of a record. `fallback` names it when the record holds neither id nor URL.
    pub(super) fn article(&self, record: &impl Record, fallback: impl FnOnce() -> String) -> Result<Article, Reason> {
        let get = |field| {
            let values = self.names(field).filter_map(|name| record.value(name, field));
            values.map(|value| value.trim().to_owned()).find(|value| !value.is_empty())
        };
        let text = self.names(Field::Text).filter_map(|name| record.value(name, Field::Text)).find(|text| !text.trim().is_empty());
        let text = text.ok_or(Reason::NoText)?;
        let url = get(Field::Url);
        let text = if html::is_markup(&text) { html::fragment(&text)? } else { text };
        Ok(Article {
            article: get(Field::Id).or_else(|| url.clone()).unwrap_or_else(fallback),
            title: get(Field::Title).map(|title| html::words(&title)),
            text: normalised(text),
            url,
            publisher: get(Field::Publisher),
            author: get(Field::Author),
            published: get(Field::Published).map(|published| published::iso(&published).unwrap_or(published)),
            language: get(Field::Language),
        })
    }
}

/// A set of named values.
pub(super) trait Record {
    /// The value under this name, as [`key`] folds names.
    fn value(&self, name: &str, field: Field) -> Option<String>;
}

/// A record of plain values, such as a row of a table.
pub(super) struct Flat(FxHashMap<String, String>);

impl Flat {
    pub(super) fn new(values: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut flat = FxHashMap::default();
        for (name, value) in values {
            flat.entry(key(&name)).or_insert(value);
        }
        Self(flat)
    }
}

impl Record for Flat {
    fn value(&self, name: &str, _: Field) -> Option<String> {
        self.0.get(name).cloned()
    }
}

impl Record for Map<String, Value> {
    fn value(&self, name: &str, field: Field) -> Option<String> {
        words(at(self, name)?, if field == Field::Text { "\n\n" } else { ", " })
    }
}

/// The value under a name; the parts of "content.rendered" lead from object to object.
fn at<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let find = |name: &str| object.iter().find(|(known, _)| key(known) == name).map(|(_, value)| value);
    find(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        at(find(outer)?.as_object()?, inner)
    })
}

/// A string, a number, what an object is called or holds, or a list of those.
fn words(value: &Value, between: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            ["name", "rendered", "value", "text", "content", "title"].iter().find_map(|name| object.get(*name)?.as_str()).map(str::to_owned)
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter(|item| !item.is_array()).filter_map(|item| words(item, between)).collect();
            Some(items.join(between))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// A name without case, spaces and marks: `Published At`, `published_at` and `publishedAt` are one.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '.').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_folded_and_lead_to_one_field() {
        let mut seen = FxHashMap::default();
        for field in Field::ALL {
            assert!(field.usual_names().contains(&field.name()), "{}", field.name());
            for name in field.usual_names() {
                assert_eq!(key(name), *name);
                assert_eq!(seen.insert(name, field), None, "{name}");
            }
        }
    }

    #[test]
    fn given_names_go_first() {
        let mut fields = Fields::default();
        fields.give(Field::Text, "Story.Full_Text");
        assert!(fields.holds_text("body") && fields.knows("Headline") && !fields.knows("colour"));
        let record: Map<String, Value> = serde_json::from_str(r#"{"story": {"full text": "Acme said."}, "text": "a teaser"}"#).unwrap();
        assert_eq!(fields.article(&record, String::new).unwrap().text, "Acme said.");
        let record: Map<String, Value> = serde_json::from_str(r#"{"story": "none", "text": "a teaser"}"#).unwrap();
        assert_eq!(fields.article(&record, String::new).unwrap().text, "a teaser");
    }
}
