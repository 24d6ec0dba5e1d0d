//! Markdown. "---\ntitle: Acme builds\n---\nAcme will *invest* …" → the text without its marks, and the front matter's fields.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::fields::{Fields, Flat};
use super::{Article, Reason, plain};

/// An article of a Markdown file.
pub(super) fn article(name: String, text: &str, fields: &Fields) -> Result<Article, Reason> {
    let text = plain::normalised(text.to_owned());
    let (front, body) = front_matter(&text);
    let body = rendered(body);
    if body.trim().is_empty() {
        return Err(Reason::Empty);
    }
    let headline = plain::headline(&body);
    let said = front.chain([("text".to_owned(), body)]);
    let article = fields.article(&Flat::new(said), || name.clone())?;
    // The file's name stays the article's, as with other files of one article.
    Ok(Article { article: name, title: article.title.or(headline), ..article })
}

/// Whether a text opens with front matter.
pub(super) fn has_front_matter(text: &str) -> bool {
    split(text).is_some()
}

/// The fields before the text, and the text.
fn front_matter(text: &str) -> (impl Iterator<Item = (String, String)>, &str) {
    let (front, body, mark) = split(text).unwrap_or(("", text, ':'));
    let fields = front.lines().filter_map(move |line| {
        let (name, value) = line.split_once(mark)?;
        let value = value.trim();
        let quoted =
            value.len() > 1 && (value.starts_with('"') && value.ends_with('"') || value.starts_with('\'') && value.ends_with('\''));
        let value = if quoted { &value[1..value.len() - 1] } else { value };
        // Lists and blocks span lines or need YAML; none of the fields that are read are such.
        let plain = !name.starts_with([' ', '-', '#']) && !value.starts_with(['[', '{', '|', '>', '&', '*']);
        plain.then(|| (name.trim().to_owned(), value.to_owned()))
    });
    (fields, body)
}

/// The front matter, the rest, and what parts a name from its value.
fn split(text: &str) -> Option<(&str, &str, char)> {
    for (fence, mark) in [("---", ':'), ("+++", '=')] {
        let Some(rest) = text.strip_prefix(fence).and_then(|rest| rest.strip_prefix('\n')) else { continue };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence {
                let front = &rest[..at];
                return front.contains(mark).then_some((front, &rest[at + line.len()..], mark));
            }
            at += line.len();
        }
    }
    None
}

/// The text without its marks: links by their words, no pictures, no raw HTML.
fn rendered(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut pictures = 0_usize;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if pictures == 0 => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                end_with(&mut text, "\n");
            }
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_) | TagEnd::Table | TagEnd::BlockQuote(_),
            ) => {
                end_with(&mut text, "\n\n");
            }
            Event::Rule => end_with(&mut text, "\n\n"),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Ends the text in these line feeds and no more.
fn end_with(text: &mut String, end: &str) {
    text.truncate(text.trim_end_matches([' ', '\n']).len());
    if !text.is_empty() {
        text.push_str(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markdown: &str) -> Article {
        article("acme".into(), markdown, &Fields::default()).unwrap()
    }

    #[test]
    fn front_matter_holds_the_fields() {
        let expected = Article {
            article: "acme".into(),
            title: Some("Acme: a plant".into()),
            text: "Acme said.\n".into(),
            url: Some("https://example.org/a".into()),
            published: Some("2024-05-21".into()),
            ..Article::default()
        };
        for markdown in [
            "---\ntitle: \"Acme: a plant\"\ndate: 2024-05-21\nlink: https://example.org/a\ntags: [a, b]\nlist:\n  - text: no\n---\n\nAcme said.\n",
            "+++\ntitle = 'Acme: a plant'\ndate = \"2024-05-21\"\nurl = \"https://example.org/a\"\n+++\nAcme said.",
        ] {
            assert_eq!(read(markdown), expected, "{markdown}");
            assert!(has_front_matter(markdown));
        }
        for markdown in ["Acme\n---\n", "---\nAcme said.\n", "---\nno fields\n---\nAcme", ""] {
            assert!(!has_front_matter(markdown), "{markdown}");
        }
    }

    #[test]
    fn marks_go_and_paragraphs_stay() {
        let article = read(
            "# Acme to build\n\nAcme will **invest** [€1.2bn](https://x.example/a_b) in\n*Lyon*. ![A plant](plant.jpg)\n\n\
             - one `code`\n- two\n\n> Quoted.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>raw</div>\n",
        );
        assert_eq!(article.text, "Acme to build\n\nAcme will invest €1.2bn in\nLyon.\n\none code\ntwo\n\nQuoted.\n\na b\n1 2\n");
        assert_eq!(article.title.as_deref(), Some("Acme to build"));
    }

    #[test]
    fn hostile_markdown_is_read_in_time() {
        for piece in ["[", "> ", "*", "- ", "`", "![", "<", "|"] {
            let _ = rendered(&piece.repeat(50_000));
        }
    }
}
