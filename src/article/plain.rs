//! Plain text. "Acme to build plant\n\nAcme said …" → the whole text, with its first line as the headline.

use super::{Article, Reason};

/// The longest first line that is taken for a headline, in characters.
const HEADLINE_CHARS: usize = 200;

/// An article of a file's text.
pub(super) fn article(name: String, text: String) -> Result<Article, Reason> {
    let text = normalised(text);
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(Article { article: name, title: headline(&text), text, ..Article::default() })
}

/// The text as all offsets count it: no byte order mark, lines ended by a line feed alone, no control characters but tabs.
pub(super) fn normalised(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if text.contains(is_unprintable) {
        text.retain(|c| !is_unprintable(c));
    }
    text
}

/// Control characters that no text needs and that some RDF and XML readers refuse.
fn is_unprintable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The first line, when it is short and a blank line follows.
pub(super) fn headline(text: &str) -> Option<String> {
    let (first, rest) = text.trim_start().split_once('\n')?;
    let first = first.trim_start_matches('#').trim();
    let blank_follows = rest.lines().next().is_some_and(|line| line.trim().is_empty()) && !rest.trim().is_empty();
    (blank_follows && !first.is_empty() && first.chars().count() <= HEADLINE_CHARS).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_is_a_short_first_line_before_a_blank_one() {
        for (text, title) in [
            ("Acme to build plant\n\nAcme said.", Some("Acme to build plant")),
            ("# Acme to build plant\n\nAcme said.", Some("Acme to build plant")),
            ("\n\nAcme to build plant\n \nAcme said.", Some("Acme to build plant")),
            ("Acme said.\nIt builds.", None),
            ("Acme to build plant", None),
            ("Acme to build plant\n\n", None),
        ] {
            assert_eq!(headline(text).as_deref(), title, "{text:?}");
        }
        assert_eq!(headline(&format!("{}\n\nAcme said.", "word ".repeat(100))), None);
    }

    #[test]
    fn marks_carriage_returns_and_control_characters_go() {
        let article = article("a".into(), "\u{feff}Acme\r\n\r\nIt\u{0} builds\u{7f}\u{85}.\r".into()).unwrap();
        assert_eq!(article.text, "Acme\n\nIt builds.\n");
        assert_eq!(article.title.as_deref(), Some("Acme"));
    }

    #[test]
    fn no_text_is_no_article() {
        assert!(matches!(article("a".into(), " \r\n\u{0}".into()), Err(Reason::Empty)));
    }
}
