//! Finds paragraphs and sentences. "Acme Inc. bought it. The deal closed." → two sentences.

use super::Abbreviations;
use super::document::{Document, Sentence, SentenceKind, Span};
use super::token::{Shape, tokenize};

/// Byte ranges of the paragraphs: parted by blank lines, by every line break when lines are not wrapped, and before bullets.
pub(super) fn cut_paragraphs(text: &str) -> Vec<(usize, usize)> {
    let wrapped = is_wrapped(text);
    let mut paragraphs: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (from, end) = (start, start + line.len());
        start = end;
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if open && wrapped && !is_bullet(trimmed) => last.1 = end,
            _ => paragraphs.push((from, end)),
        }
        open = true;
    }
    paragraphs
}

/// Whether lines are broken inside sentences: some line goes on in lower case after one that has no end mark.
fn is_wrapped(text: &str) -> bool {
    let mut previous = "";
    for line in text.lines() {
        let line = line.trim();
        let goes_on = line.chars().next().is_some_and(char::is_lowercase);
        if goes_on && previous.len() > 30 && !previous.ends_with(['.', '!', '?', ':', '"', '”']) {
            return true;
        }
        previous = line;
    }
    false
}

fn is_bullet(line: &str) -> bool {
    ["- ", "– ", "— ", "• ", "* ", "· ", "▪ ", "‣ "].iter().any(|sign| line.starts_with(sign)) || line.starts_with('•')
}

/// Cuts one paragraph into tokens and sentences, which are added to the document.
pub(super) fn cut_sentences(doc: &mut Document<'_>, start: usize, end: usize, paragraph: u32, abbreviations: &Abbreviations) {
    let first = doc.tokens.len();
    tokenize(doc.text, start, end, abbreviations, &mut doc.tokens);
    if doc.tokens.len() == first {
        return;
    }
    let before = doc.sentences.len();
    let mut open = first;
    let mut at = first;
    while at < doc.tokens.len() {
        let shape = doc.tokens[at].shape;
        if !shape.has(Shape::PUNCTUATION) && !shape.has(Shape::DOTTED) {
            at += 1;
            continue;
        }
        let stop = closing_end(doc, at + 1);
        if ends_sentence(doc, at, stop, first, abbreviations) {
            push(doc, open, stop, paragraph);
            open = stop;
            at = stop;
        } else {
            at += 1;
        }
    }
    if open < doc.tokens.len() {
        push(doc, open, doc.tokens.len(), paragraph);
    }
    let alone = doc.sentences.len() == before + 1;
    let trimmed = doc.text[start..end].trim();
    let unfinished = !trimmed.ends_with(['.', '!', '?', '”', '"', ':', ';']);
    let kind = if is_bullet(trimmed) {
        SentenceKind::Bullet
    } else if alone && paragraph == 0 && trimmed.len() < 200 && !trimmed.ends_with('.') {
        SentenceKind::Headline
    } else if alone && unfinished && trimmed.len() < 120 {
        SentenceKind::Heading
    } else {
        return;
    };
    for sentence in &mut doc.sentences[before..] {
        sentence.kind = kind;
    }
}

fn push(doc: &mut Document<'_>, start: usize, end: usize, paragraph: u32) {
    doc.sentences.push(Sentence { span: Span::new(start, end), paragraph, kind: SentenceKind::Prose });
}

/// Past the quotes and brackets that close what ended before `at`.
fn closing_end(doc: &Document<'_>, mut at: usize) -> usize {
    while at < doc.tokens.len()
        && !doc.tokens[at].shape.has(Shape::SPACED)
        && matches!(doc.form(at), "\"" | "”" | "'" | "’" | "''" | ")" | "]" | "»")
    {
        at += 1;
    }
    at
}

fn ends_sentence(doc: &Document<'_>, at: usize, stop: usize, first: usize, abbreviations: &Abbreviations) -> bool {
    let token = doc.tokens[at];
    let form = doc.form(at);
    let Some(next) = doc.tokens.get(stop) else { return false };
    if !next.shape.has(Shape::SPACED) {
        return false;
    }
    if matches!(form, "!" | "?" | "!!" | "??") {
        return !starts_lower(doc, stop);
    }
    if matches!(form, "." | "..." | "…") {
        // "1. Point", "A. Name" at the start of a line number a list.
        let numbers_list =
            at == first + 1 && doc.tokens[first].end - doc.tokens[first].start <= 2 && doc.tokens[first].shape.has(Shape::DIGIT);
        return !numbers_list && !starts_lower(doc, stop);
    }
    if token.shape.has(Shape::DOTTED) {
        let opener = abbreviations.openers.contains(&next.key) && next.shape.has(Shape::CAPITAL);
        let key = super::key_of(form.trim_end_matches('.'));
        let initial = form.len() == 2;
        return opener && !abbreviations.never_final.contains(&key) && !initial;
    }
    false
}

fn starts_lower(doc: &Document<'_>, at: usize) -> bool {
    let form = doc.form(at);
    let form = if matches!(form, "\"" | "“" | "'" | "‘" | "(" | "[") { doc.form(at + 1) } else { form };
    form.chars().next().is_some_and(char::is_lowercase) && !doc.tokens[at].shape.has(Shape::MIXED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key_of;

    fn sentences(text: &str) -> Vec<String> {
        let mut abbreviations = Abbreviations::default();
        for word in ["mr", "dr", "st", "no"] {
            abbreviations.never_final.insert(key_of(word));
        }
        for word in ["inc", "co", "u.s", "corp", "rs"] {
            abbreviations.maybe_final.insert(key_of(word));
        }
        for word in ["the", "it", "in", "a"] {
            abbreviations.openers.insert(key_of(word));
        }
        let doc = Document::read(text, &abbreviations);
        doc.sentences.iter().map(|s| doc.text_of(s.span).to_owned()).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(sentences("Acme Inc. bought Mr. Li's firm. The U.S. Steel Corp. deal closed.").len(), 2);
        assert_eq!(sentences("He moved to the U.S. The firm paid Rs. 5 crore.").len(), 2);
        assert_eq!(sentences("It paid 1.5 percent. \"We won.\" Shares fell.").len(), 3);
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        assert_eq!(sentences("Guide to eating by the sea\nHeat warning for counties\n\nText here.").len(), 3);
        assert_eq!(sentences("The company said on Monday that it would\nbuild a plant in Ohio and hire there\nsoon.").len(), 1);
    }
}
