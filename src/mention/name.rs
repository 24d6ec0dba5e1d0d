//! Finds names: gazetteer names and runs of capitalised words. "Bosch to buy Acme Solar `GmbH`" → `Bosch`, `Acme Solar GmbH`.

use smallvec::SmallVec;

use super::repeated;
use crate::lexicon::{Class, Lexicon, NameEntry, NameKind};
use crate::text::{Document, Sentence, SentenceKind, Shape, Span, Token, key_of};

/// How sure it is that the words are a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameQuality {
    /// The gazetteer knows all of it.
    Known,
    /// Capitalised inside a sentence.
    Inner,
    /// Capitalised where everything is: first in a sentence, or in a headline in title case.
    Doubtful,
}

/// One name in the text.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its tokens.
    pub span: Span,
    /// What the gazetteer knows under exactly these words.
    pub kinds: SmallVec<[NameKind; 2]>,
    /// How sure it is a name.
    pub quality: NameQuality,
    /// Stands in quotation marks.
    pub quoted: bool,
}

/// All names of a document, in order, none overlapping another.
#[must_use]
pub fn find_names(doc: &Document<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let mut names = Vec::new();
    for sentence in &doc.sentences {
        let finder = Finder {
            doc,
            lexicon,
            end: sentence.span.end as usize,
            first: first_word(doc, sentence),
            title_case: is_title_case(doc, sentence),
        };
        let mut at = sentence.span.start as usize;
        while at < finder.end {
            at = finder.next(at, &mut names);
        }
    }
    repeated::find_again(doc, lexicon, &mut names);
    names
}

pub(super) struct Finder<'a> {
    pub(super) doc: &'a Document<'a>,
    lexicon: &'a Lexicon,
    /// Token after the sentence's last.
    pub(super) end: usize,
    /// The sentence's first word.
    first: usize,
    title_case: bool,
}

pub(super) fn first_word(doc: &Document<'_>, sentence: &Sentence) -> usize {
    sentence.span.range().find(|&t| !doc.tokens[t].shape.has(Shape::PUNCTUATION)).unwrap_or(sentence.span.start as usize)
}

/// Whether most words of a headline or heading are capitalised.
pub(super) fn is_title_case(doc: &Document<'_>, sentence: &Sentence) -> bool {
    let (mut capital, mut all) = (0, 0);
    for t in sentence.span.range() {
        let token = doc.tokens[t];
        if token.shape.has(Shape::LETTER) && token.end - token.start >= 4 {
            all += 1;
            capital += usize::from(token.shape.has(Shape::CAPITAL));
        }
    }
    let limit = if sentence.kind == SentenceKind::Prose { 9 } else { 7 };
    all >= 4 && capital * 10 >= all * limit
}

impl Finder<'_> {
    /// Takes the name that begins at `at`, if one does; returns where to go on.
    fn next(&self, at: usize, names: &mut Vec<Name>) -> usize {
        let token = self.doc.tokens[at];
        if let Some(end) = self.quoted_title(at) {
            let span = Span::new(at + 1, end);
            let kinds = self.exact(span);
            names.push(Name { span, kinds, quality: NameQuality::Inner, quoted: true });
            return end;
        }
        if !token.shape.has(Shape::LETTER) && !token.shape.has(Shape::NUMBER) {
            return at + 1;
        }
        if self.is_currency(at) {
            return at + 1;
        }
        if let Some(end) = self.hyphenated(at, names) {
            return end;
        }
        let name_like = [Shape::CAPITAL, Shape::MIXED, Shape::NUMBER].into_iter().any(|sign| token.shape.has(sign));
        if !name_like && !self.lexicon.names().may_begin(&token) {
            return at + 1;
        }
        if self.is_acronym(at) && (self.run_end(at) == at + 1 || self.is(at, Class::Trade)) {
            return at + 1;
        }
        let known = self.lexicon.names().longest(&self.doc.tokens[at..self.end]).filter(|(length, entry)| self.trusts(at, *length, entry));
        if !token.shape.has(Shape::CAPITAL) && !token.shape.has(Shape::MIXED) {
            if let Some((length, entry)) = known {
                names.push(self.name(at, at + length, entry.kinds.clone(), NameQuality::Known));
                return at + length;
            }
            if !(token.shape.has(Shape::NUMBER) && self.year_opens_name(at)) {
                return at + 1;
            }
        }
        let mut start = at;
        let mut end = self.run_end(at);
        if let Some((length, entry)) = known {
            let stop = at + length;
            if stop >= end || !self.extends(at, stop, end, entry) {
                names.push(self.name(at, stop, entry.kinds.clone(), NameQuality::Known));
                return stop;
            }
        }
        if self.title_case
            && known.is_some_and(|(_, entry)| entry.kinds.iter().all(|k| matches!(k, NameKind::FirstName)))
            && end - at == 2
            && !self.is(at + 1, Class::Common)
        {
            names.push(self.name(at, end, SmallVec::new(), NameQuality::Inner));
            return end;
        }
        if self.title_case {
            return self.title_case_name(at, end, names);
        }
        start = self.strip_front(start, end);
        end = self.cut_inside(start, end);
        if start >= end {
            return (at + 1).max(start);
        }
        if start > at
            && let Some((length, entry)) = self.lexicon.names().longest(&self.doc.tokens[start..self.end])
            && (start + length >= end || !self.extends(start, start + length, end, entry))
        {
            names.push(self.name(start, start + length, entry.kinds.clone(), NameQuality::Known));
            return start + length;
        }
        let span = Span::new(start, end);
        if span.len() == 1 && self.is_plain_word(start) {
            if start == self.first && self.is_introduced(start) {
                names.push(self.name(start, end, self.exact(span), NameQuality::Doubtful));
            }
            return end;
        }
        let kinds = self.exact(span);
        let quality = if !kinds.is_empty() {
            NameQuality::Known
        } else if start == self.first && span.len() == 1 {
            NameQuality::Doubtful
        } else {
            NameQuality::Inner
        };
        names.push(self.name(start, end, kinds, quality));
        end
    }

    fn name(&self, start: usize, end: usize, kinds: SmallVec<[NameKind; 2]>, quality: NameQuality) -> Name {
        let quoted =
            start > 0 && matches!(self.doc.form(start - 1), "\"" | "“" | "‘" | "'") && matches!(self.doc.form(end), "\"" | "”" | "’" | "'");
        Name { span: Span::new(start, end), kinds, quality, quoted }
    }

    /// "Paris-based", "New York-listed", "Tata-owned": the name before the hyphen, if it is a known one; returns the end.
    fn hyphenated(&self, at: usize, names: &mut Vec<Name>) -> Option<usize> {
        if !self.capital(at) {
            return None;
        }
        let last = (at..(at + 3).min(self.end)).find(|&t| self.attached(t).is_some())?;
        if (at..last).any(|t| !self.capital(t)) {
            return None;
        }
        let mut tokens: SmallVec<[Token; 4]> = SmallVec::from_slice(&self.doc.tokens[at..=last]);
        let tail = tokens.len() - 1;
        tokens[tail].key = key_of(self.attached(last)?);
        match self.lexicon.names().longest(&tokens) {
            Some((length, entry)) if length == tokens.len() => names.push(self.name(at, last + 1, entry.kinds.clone(), NameQuality::Known)),
            _ if at < last => return None,
            _ => {}
        }
        Some(last + 1)
    }

    /// The part of a token before a hyphen and a word such as "based".
    pub(super) fn attached(&self, at: usize) -> Option<&str> {
        if !self.shape(at).has(Shape::HYPHEN) {
            return None;
        }
        let (name, tail) = self.doc.form(at).rsplit_once('-')?;
        self.lexicon.words().is(key_of(tail), Class::Attached).then_some(name)
    }

    fn exact(&self, span: Span) -> SmallVec<[NameKind; 2]> {
        self.lexicon.names().exact(&self.doc.tokens[span.range()]).map(|entry| entry.kinds.clone()).unwrap_or_default()
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        at < self.end && self.lexicon.words().is(self.doc.key(at), class)
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        self.doc.tokens[at].shape
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        at < self.end && (self.shape(at).has(Shape::CAPITAL) || self.shape(at).has(Shape::MIXED))
    }

    /// Whether a gazetteer match is to be believed here: a lone everyday word that opens a sentence is not.
    fn trusts(&self, at: usize, length: usize, entry: &NameEntry) -> bool {
        if length > 1 {
            return true;
        }
        let common = self.is(at, Class::Common) || self.is(at, Class::Opener) || self.is(at, Class::Calendar);
        if !common || self.shape(at).has(Shape::ALL_CAPITALS) {
            return true;
        }
        let country = entry.kinds.iter().any(|k| matches!(k, NameKind::Country(_) | NameKind::Adjective(_) | NameKind::Inhabitant(_)));
        let company = entry.kinds.iter().any(|k| matches!(k, NameKind::Company(_)));
        country || (at != self.first && !self.title_case) || (company && at == self.first && self.acts(at + 1))
    }

    /// "EUR", "Rs", "R71.5": a currency's code or sign, or a sum glued to one.
    pub(super) fn is_currency(&self, at: usize) -> bool {
        if at >= self.end {
            return false;
        }
        let shape = self.shape(at);
        if !shape.has(Shape::CAPITAL) && !shape.has(Shape::CURRENCY) {
            return false;
        }
        let form = self.doc.form(at);
        if shape.has(Shape::DIGIT) && !shape.has(Shape::NUMBER) {
            let letters = form.bytes().take_while(u8::is_ascii_alphabetic).count();
            let figure = form.as_bytes().iter().skip(letters).all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
            let split = form.bytes().any(|b| matches!(b, b'.' | b','));
            return letters <= 3
                && figure
                && (split || self.lexicon.words().is(key_of(&form[..letters]), Class::Currency) && form.len() - letters >= 2);
        }
        if !self.is(at, Class::Currency) {
            return false;
        }
        let number = |t: usize| t < self.end && (self.shape(t).has(Shape::NUMBER));
        let beside = number(at + 1) || (at > 0 && number(at - 1) && self.shape(at).has(Shape::ALL_CAPITALS));
        let known = || self.exact(Span::new(at, at + 1)).iter().any(|k| matches!(k, NameKind::Company(_) | NameKind::Body(_)));
        form.contains('$') || matches!(form, "Rs" | "Rs.") || beside || (shape.has(Shape::ALL_CAPITALS) && form.len() == 3 && !known())
    }

    /// "IPO", "LNG": capitals that are no name.
    fn is_acronym(&self, at: usize) -> bool {
        self.is(at, Class::Acronym)
            && (!self.is(at, Class::Common)
                || !self.shape(at).has(Shape::CAPITAL)
                || self.shape(at).has(Shape::ALL_CAPITALS)
                || self.shape(at).has(Shape::MIXED))
    }

    /// Whether the word goes on as behind a firm's name: "has", "said", "'s".
    fn acts(&self, at: usize) -> bool {
        at < self.end
            && matches!(
                self.doc.form(at),
                "'s" | "’s" | "has" | "had" | "said" | "says" | "is" | "was" | "will" | "plans" | "announced" | "wants" | "agreed"
            )
    }

    /// Whether the longer run is a name of its own, so that the gazetteer's name is only its beginning.
    fn extends(&self, start: usize, stop: usize, end: usize, entry: &NameEntry) -> bool {
        let last = end - 1;
        let connector = matches!(self.doc.form(stop), "&" | "+" | "of" | "and" | "for");
        let ends_as_company = self.is(last, Class::CompanyWord) || self.is(last, Class::LegalForm);
        let only_demonym = entry.kinds.iter().all(|k| matches!(k, NameKind::Adjective(_) | NameKind::Inhabitant(_)));
        if self.title_case {
            let person = entry.kinds.iter().all(|k| matches!(k, NameKind::FirstName)) && stop == start + 1 && end - start <= 3;
            return person || ends_as_company && !only_demonym && end - start <= 4;
        }
        if only_demonym {
            // "French Solar Works SA" is a firm, "French President" and "Canadian Brookfield" are not one name.
            return ends_as_company && !self.is_known_at(stop, end)
                || self.is(last, Class::BodyWord)
                || self.is(last, Class::InitiativeWord);
        }
        if (stop..end).any(|t| self.is(t, Class::Title) || self.is(t, Class::Calendar)) {
            return false;
        }
        !connector
            || ends_as_company
            || self.is(start, Class::BodyWord)
            || self.is(stop.saturating_sub(1), Class::CompanyWord)
            || self.is(last, Class::InitiativeWord)
    }

    pub(super) fn is_known_at(&self, start: usize, end: usize) -> bool {
        self.lexicon.names().longest(&self.doc.tokens[start..end]).is_some_and(|(length, _)| start + length == end)
    }

    /// Drops words before the name that are capitalised for another reason: sentence openers, titles, weekdays, trades.
    fn strip_front(&self, mut start: usize, end: usize) -> usize {
        while start < end {
            if self
                .lexicon
                .names()
                .longest(&self.doc.tokens[start..self.end])
                .is_some_and(|(length, e)| length >= 2 && e.kinds.iter().any(|k| matches!(k, NameKind::Company(_) | NameKind::Body(_))))
            {
                break;
            }
            let single = start + 1 == end;
            let next_capital = start + 1 < end && self.capital(start + 1);
            let ends_as_company = self.is(end - 1, Class::CompanyWord) || self.is(end - 1, Class::LegalForm);
            let strip = self.is(start, Class::Opener) && (start == self.first || self.doc.form(start) == "The")
                || self.is(start, Class::Calendar)
                || (!single && (self.is(start, Class::Title) || self.is(start, Class::Office)) && next_capital)
                || (start == self.first
                    && next_capital
                    && !single
                    && self.is(start, Class::Common)
                    && !ends_as_company
                    && self.small_start(start))
                || (start == self.first && next_capital && self.is(start, Class::Trade) && !ends_as_company);
            if !strip {
                break;
            }
            start += 1;
            while start < end && !self.capital(start) && !self.shape(start).has(Shape::NUMBER) {
                start += 1;
            }
        }
        start
    }

    /// "Shares in", "Chipmaker Intel": the sentence's first word is an everyday one and what follows stands as a name elsewhere.
    fn small_start(&self, at: usize) -> bool {
        let next = at + 1;
        self.lexicon.names().longest(&self.doc.tokens[next..self.end]).is_some() || !self.is(next, Class::Common)
    }

    /// Cuts a run before a title or weekday inside it: "Repare Monday", "Acme President Li".
    fn cut_inside(&self, start: usize, end: usize) -> usize {
        for t in start + 1..end {
            let month_or_day = self.is(t, Class::Calendar);
            let title = self.is(t, Class::Title) && self.capital(t + 1) && t + 1 < end;
            if month_or_day || title {
                return t;
            }
        }
        end
    }

    /// In title case only what is known, or ends as company names do, is a name.
    fn title_case_name(&self, at: usize, end: usize, names: &mut Vec<Name>) -> usize {
        let form = self.doc.form(at);
        let odd = !self.is(at, Class::Common)
            && !self.is(at, Class::Opener)
            && !self.is(at, Class::Title)
            && !self.is(at, Class::Calendar)
            && form.len() > 1;
        if !odd {
            return at + 1;
        }
        let mut stop = at + 1;
        while stop < end && !self.is(stop, Class::Common) && self.capital(stop) && !self.is(stop, Class::Opener) {
            stop += 1;
        }
        while stop < end && (self.is(stop, Class::CompanyWord) || self.is(stop, Class::LegalForm)) {
            stop += 1;
        }
        let span = Span::new(at, stop);
        let kinds = self.exact(span);
        names.push(self.name(at, stop, kinds, NameQuality::Doubtful));
        stop
    }

    /// "Cedar, a Lisbon-based maker of": an everyday word that opens the sentence and is told to be a firm.
    fn is_introduced(&self, at: usize) -> bool {
        if self.is(at, Class::Opener) || self.is(at, Class::Calendar) || self.doc.form(at).ends_with("ly") || at + 3 >= self.end {
            return false;
        }
        if self.doc.form(at + 1) != "," || !matches!(self.doc.form(at + 2), "a" | "an" | "the") {
            return false;
        }
        let stop = (at + 10).min(self.end - 1);
        (at + 3..stop).find(|&t| self.shape(t).has(Shape::PUNCTUATION) || self.is(t, Class::Trade)).is_some_and(|t| {
            self.is(t, Class::Trade)
                && !self.shape(t).has(Shape::CAPITAL)
                && matches!(
                    self.doc.form(t + 1),
                    "," | "of" | "from" | "in" | "based" | "that" | "which" | "for" | "with" | "run" | "owned"
                )
        })
    }

    /// A lone capitalised word that is an everyday one.
    fn is_plain_word(&self, at: usize) -> bool {
        let form = self.doc.form(at);
        let letters = form.chars().count();
        letters == 1
            || self.is(at, Class::Opener)
            || self.is(at, Class::Calendar)
            || (at == self.first && self.is(at, Class::Common) && !self.shape(at).has(Shape::ALL_CAPITALS))
            || (self.is(at, Class::Title) && self.is(at, Class::Common))
    }

    /// The end of a title in quotation marks that begins at `at`: "‘Make in India’".
    fn quoted_title(&self, at: usize) -> Option<usize> {
        let close: &[&str] = match self.doc.form(at) {
            "“" => &["”"],
            "\"" => &["\""],
            "‘" => &["’"],
            "'" => &["'"],
            _ => return None,
        };
        if !self.shape(at).has(Shape::SPACED) && at > 0 && self.doc.form(at) != "“" {
            return None;
        }
        let end = (at + 2..(at + 8).min(self.end)).find(|&t| close.contains(&self.doc.form(t)))?;
        let capitals = (at + 1..end).filter(|&t| self.capital(t)).count();
        let small_content = (at + 1..end).filter(|&t| !self.capital(t) && self.doc.tokens[t].end - self.doc.tokens[t].start > 3).count();
        let punctuated = (at + 1..end).any(|t| self.shape(t).has(Shape::PUNCTUATION) && self.doc.form(t) != "&");
        (capitals >= 2 && self.capital(at + 1) && small_content == 0 && !punctuated).then_some(end)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The names found in a text, with all that the lexicon knows.
    pub(in crate::mention) fn found(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        let doc = Document::read(text, lexicon.abbreviations());
        find_names(&doc, &lexicon).iter().map(|name| doc.text_of(name.span).to_owned()).collect()
    }

    #[test]
    fn currencies_and_sums_are_no_names() {
        for text in ["The mill cost EUR 40 million.", "It paid Rs 300 crore.", "They raised US$12m and R71.5 billion."] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn acronyms_are_no_names_but_may_open_one() {
        assert_eq!(found("They filed for an IPO last year."), Vec::<String>::new());
        assert_eq!(found("Lunch was paid for by VC Quillmark Ventures today."), ["Quillmark Ventures"]);
        assert_eq!(found("Shipments from LNG Bravura began."), ["LNG Bravura"]);
    }

    #[test]
    fn everyday_word_is_a_name_when_it_is_introduced() {
        assert_eq!(found("Lantern, a Porto-based maker of pumps, raised $4m.")[0], "Lantern");
        assert!(!found("Overall, the market was weak.").contains(&"Overall".to_owned()));
    }

    #[test]
    fn company_with_a_title_word_keeps_it() {
        assert_eq!(found("He runs General Motors de Mexico."), ["General Motors de Mexico"]);
        assert_eq!(found("He met General Ostrander."), ["Ostrander"]);
    }
}
