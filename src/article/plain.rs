//! Plain text. "Acme to build plant\n\nAcme said …" → the whole text, with its first line as the headline.

use super::{Article, Reason};

/// The longest first line that is taken for a headline, in characters.
const HEADLINE_CHARS: usize = 200;

/// An article of a file's bytes.
pub(super) fn article(name: String, bytes: Vec<u8>) -> Result<Article, Reason> {
    let text = String::from_utf8(bytes).map_err(|error| Reason::NotUtf8(error.utf8_error().valid_up_to()))?;
    let text = normalised(text);
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(Article { article: name, title: headline(&text), text, ..Article::default() })
}

/// The text as all offsets count it: no byte order mark, lines ended by a line feed alone.
pub(super) fn normalised(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text }
}

/// The first line, when it is short and a blank line follows.
fn headline(text: &str) -> Option<String> {
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
    fn marks_and_carriage_returns_go() {
        let article = article("a".into(), b"\xEF\xBB\xBFAcme\r\n\r\nIt builds.\r\n".to_vec()).unwrap();
        assert_eq!(article.text, "Acme\n\nIt builds.\n");
        assert_eq!(article.title.as_deref(), Some("Acme"));
    }

    #[test]
    fn no_text_is_no_article() {
        assert!(matches!(article("a".into(), b" \r\n".to_vec()), Err(Reason::Empty)));
        assert!(matches!(article("a".into(), b"caf\xe9".to_vec()), Err(Reason::NotUtf8(3))));
    }
}
