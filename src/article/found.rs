//! An article as it was found, not yet read. Bytes of a page → [`Article`]; finding is cheap and in order, reading runs on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::fields::Fields;
use super::language::{self, Languages};
use super::table::Header;
use super::warc::Page;
use super::{Article, Reason, Skipped, encoding, html, markdown, plain, record};
use crate::lexicon::{Boilerplate, FunctionWords};

/// How articles are to be read.
#[derive(Debug)]
pub struct Settings {
    /// The names of fields in records.
    pub fields: Fields,
    /// The languages whose articles are read.
    pub languages: Languages,
    /// The encoding of files that are not in Unicode and declare none, as the web names it: "windows-1252".
    pub encoding: Option<String>,
    /// What stands on pages beside the article.
    pub boilerplate: Boilerplate,
    /// By which a text in English is known.
    pub function_words: FunctionWords,
}

/// One article's bytes.
#[derive(Debug)]
pub struct Found {
    pub(super) file: String,
    pub(super) line: Option<u64>,
    /// What the article is called when it does not say so itself.
    pub(super) name: String,
    pub(super) content: Content,
}

/// What the bytes are.
#[derive(Debug)]
pub(super) enum Content {
    Plain(Vec<u8>),
    Markdown(Vec<u8>),
    /// A page, with the character set that the server named and where it was fetched.
    Html {
        bytes: Vec<u8>,
        charset: Option<String>,
        address: Option<String>,
    },
    Record(Vec<u8>),
    Row(Arc<Header>, Vec<u8>),
    Archived(Page),
    Read(Box<Article>),
}

impl Found {
    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Plain(bytes)
            | Content::Markdown(bytes)
            | Content::Html { bytes, .. }
            | Content::Record(bytes)
            | Content::Row(_, bytes) => bytes.len(),
            Content::Archived(page) => page.len(),
            Content::Read(article) => article.text.len(),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the article.
    pub fn read(self, settings: &Settings) -> Result<Article, Skipped> {
        let Self { file, line, name, content } = self;
        let address = match &content {
            Content::Archived(page) => Some(page.address().to_owned()),
            Content::Read(article) => article.url.clone(),
            _ => None,
        };
        // One page in a million on which a parser stumbles must not cost the others.
        let article = catch_unwind(AssertUnwindSafe(|| content.article(name.clone(), settings))).unwrap_or(Err(Reason::Failed));
        let skipped = |record, reason| Skipped { file: file.clone(), line, record, reason };
        let mut article = article.map_err(|reason| skipped(address.clone(), reason))?;
        if article.text.trim().is_empty() {
            return Err(skipped(address, Reason::Empty));
        }
        if let Some(recognised) = language::of(&article.text, &settings.function_words) {
            if settings.languages == Languages::English && recognised != "en" {
                return Err(skipped(Some(article.article).filter(|own| *own != name), Reason::Foreign(recognised.to_owned())));
            }
            if !article.language.as_ref().is_some_and(|declared| language::is_of(declared, recognised)) {
                article.language = Some(recognised.to_owned());
            }
        }
        Ok(article)
    }
}

impl Content {
    fn article(self, name: String, settings: &Settings) -> Result<Article, Reason> {
        let Settings { fields, boilerplate, .. } = settings;
        let other = settings.encoding.as_deref().and_then(encoding::label);
        match self {
            Self::Plain(bytes) => plain::article(name, encoding::decode(bytes, other)?),
            Self::Markdown(bytes) => markdown::article(name, &encoding::decode(bytes, other)?, fields),
            Self::Html { bytes, charset, address } => {
                let text = encoding::decode_page(&bytes, charset.as_deref(), other);
                html::article(name, &text, address.as_deref(), boilerplate)
            }
            Self::Record(bytes) => record::article(encoding::decode(bytes, other)?.as_bytes(), fields, || name),
            Self::Row(header, bytes) => header.article(encoding::decode(bytes, other)?.into_bytes(), fields, || name),
            Self::Archived(page) => page.article(boilerplate),
            Self::Read(article) => Ok(*article),
        }
    }
}

impl Settings {
    /// Whether `name` names an encoding.
    #[must_use]
    pub fn is_encoding(name: &str) -> bool {
        encoding::label(name).is_some()
    }
}
