//! Cuts text into tokens. "Swiss-based AT&T's $1.2bn" → `Swiss-based|AT&T|'s|$|1.2bn`.
//!
//! Works on bytes in one pass. Numbers keep their separators and units (`4,900`, `1.8bn`), names their inner
//! signs (`AT&T`, `Rhône-Alpes`, `U.S.`); currency signs, percent signs and clitics stand alone. A currency sign keeps
//! the letters before it (`US$`, `A$`).

use std::ops::{BitOr, BitOrAssign};

use super::Abbreviations;
use super::key::{key_of, key_of_whole};

/// One token: a byte range of the text, with the key of its folded form and its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Key of the form in lower case without accents; see [`key_of`](super::key_of).
    pub key: u64,
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it looks like.
    pub shape: Shape,
}

/// What a token looks like: a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u16);

impl Shape {
    /// First letter is a capital.
    pub const CAPITAL: Self = Self(1);
    /// All letters, at least two, are capitals.
    pub const ALL_CAPITALS: Self = Self(2);
    /// Begins with a digit.
    pub const NUMBER: Self = Self(4);
    /// Holds a digit.
    pub const DIGIT: Self = Self(8);
    /// Holds a letter.
    pub const LETTER: Self = Self(16);
    /// Holds a hyphen between letters or digits.
    pub const HYPHEN: Self = Self(32);
    /// Ends in a full stop that belongs to it.
    pub const DOTTED: Self = Self(64);
    /// Neither letters nor digits.
    pub const PUNCTUATION: Self = Self(128);
    /// A currency sign, with or without letters before it.
    pub const CURRENCY: Self = Self(256);
    /// White space stands before it.
    pub const SPACED: Self = Self(512);
    /// A capital stands after the first letter and a small letter somewhere: `eBay`, `McDonald`, `YouTube`.
    pub const MIXED: Self = Self(1024);

    /// Whether all flags of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Shape {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Shape {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Currency,
    Other,
}

/// Classes of the ASCII characters.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        let at = byte as usize;
        if byte.is_ascii_alphabetic() {
            classes[at] = Class::Letter;
        } else if byte.is_ascii_digit() {
            classes[at] = Class::Digit;
        } else if byte.is_ascii_whitespace() || byte.is_ascii_control() {
            classes[at] = Class::Space;
        } else if byte == b'$' {
            classes[at] = Class::Currency;
        }
        byte += 1;
    }
    classes
};

#[inline]
fn class(c: char) -> Class {
    ASCII.get(c as usize).copied().unwrap_or_else(|| class_of_other(c))
}

fn class_of_other(c: char) -> Class {
    match c {
        '€' | '£' | '¥' | '₹' | '₩' | '₦' | '₽' | '₺' | '฿' | '₫' | '₱' | '₴' | '₪' | '₵' | '₸' | '₡' | '￥' => {
            Class::Currency
        }
        '\u{200b}' | '\u{feff}' | '\u{ad}' => Class::Space,
        '\u{300}'..='\u{36f}' => Class::Letter,
        c if c.is_whitespace() => Class::Space,
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

/// End of the ASCII letters from `at` on.
fn letters_end(text: &str, at: usize, end: usize) -> usize {
    text.as_bytes()[at..end].iter().position(|b| !b.is_ascii_alphabetic()).map_or(end, |length| at + length)
}

/// Cuts `text[start..end]` into tokens, which are appended to `tokens`.
pub fn tokenize(text: &str, start: usize, end: usize, abbreviations: &Abbreviations, tokens: &mut Vec<Token>) {
    let mut at = start;
    let mut spaced = true;
    while at < end {
        let Some(c) = char_at(text, at) else { break };
        match class(c) {
            Class::Space => {
                at += c.len_utf8();
                spaced = true;
                continue;
            }
            Class::Letter | Class::Digit => {
                let stop = word_end(text, at, end);
                push_word(text, at, stop, end, spaced, abbreviations, tokens);
                at = tokens.last().map_or(stop, |t| t.end as usize);
            }
            Class::Currency | Class::Other => {
                let mut stop = at + c.len_utf8();
                // Runs of one sign are one token: "--", "...".
                while matches!(c, '.' | '-' | '*' | '=' | '_' | '!' | '?') && char_at(text, stop) == Some(c) && stop < end {
                    stop += c.len_utf8();
                }
                if matches!(c, '\'' | '’') && !spaced {
                    stop = clitic_end(text, at, end).unwrap_or(stop);
                }
                push(text, at, stop, spaced, tokens);
                at = stop;
            }
        }
        spaced = false;
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let b = *text.as_bytes().get(at)?;
    if b < 128 { Some(b as char) } else { text.get(at..)?.chars().next() }
}

/// Where the run of letters, digits and inner signs that begins at `start` ends.
fn word_end(text: &str, start: usize, end: usize) -> usize {
    let mut at = letters_end(text, start, end);
    let mut digits_only = at == start;
    let mut previous = if digits_only { Class::Space } else { Class::Letter };
    while at < end {
        let Some(c) = char_at(text, at) else { break };
        let kind = class(c);
        let next = at + c.len_utf8();
        match kind {
            Class::Letter => digits_only = false,
            Class::Digit => {}
            Class::Currency => {
                // "US$", "A$", "HK$": the sign ends the token, unless the word is a long or lower-case one.
                let letters = &text[start..at];
                if previous == Class::Letter && letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) {
                    return next;
                }
                return at;
            }
            Class::Space => return at,
            Class::Other => {
                let follows = if next < end { char_at(text, next).map_or(Class::Space, class) } else { Class::Space };
                let inner = match c {
                    '-' | '‑' => {
                        matches!(follows, Class::Letter | Class::Digit) && !digits_only || (digits_only && follows == Class::Letter)
                    }
                    '&' | '+' => !digits_only && follows == Class::Letter,
                    '.' => {
                        (previous == Class::Digit && follows == Class::Digit)
                            || (previous == Class::Letter && follows == Class::Letter && dotted_so_far(text, start, at, next))
                    }
                    ',' => previous == Class::Digit && follows == Class::Digit && digits_only && group_follows(text, next, end),
                    '/' => is_letter_pair(text, start, at, next, end),
                    '\'' | '’' => follows == Class::Letter && previous == Class::Letter && clitic_end(text, at, end).is_none(),
                    _ => false,
                };
                if !inner {
                    return at;
                }
            }
        }
        previous = kind;
        at = next;
    }
    at
}

/// "U.S", "J.P", or a host name such as "amazon.com": a full stop between letters stays inside.
fn dotted_so_far(text: &str, start: usize, at: usize, next: usize) -> bool {
    let single = text[start..at].rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
    let host = ["com", "co", "org", "net", "io", "ai", "uk", "de", "fr", "eu", "tv"]
        .iter()
        .any(|tld| text[next..].starts_with(tld) && char_at(text, next + tld.len()).is_none_or(|c| class(c) != Class::Letter));
    single || host
}

/// "A/S", "I/S": a slash between two lone capitals stays inside.
fn is_letter_pair(text: &str, start: usize, at: usize, next: usize, end: usize) -> bool {
    let lone = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase());
    let rest = &text[next..end];
    let tail = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    lone(&text[start..at]) && lone(&rest[..tail])
}

/// A thousands separator is followed by two or three digits (Indian grouping has two).
fn group_follows(text: &str, next: usize, end: usize) -> bool {
    let digits = text.as_bytes()[next..end].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    (2..=3).contains(&digits)
}

/// The end of a clitic that begins with the apostrophe at `at`: 's, 're, 've, 'll, 'd, 'm.
fn clitic_end(text: &str, at: usize, end: usize) -> Option<usize> {
    let quote = char_at(text, at)?;
    let rest_start = at + quote.len_utf8();
    let rest = text.get(rest_start..end)?;
    for form in ["s", "re", "ve", "ll", "d", "m", "S"] {
        if rest.starts_with(form) && rest[form.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric()) {
            return Some(rest_start + form.len());
        }
    }
    None
}

/// Adds the word `text[start..stop]`, with its full stop when it is an abbreviation, and "n't" split off.
fn push_word(text: &str, start: usize, stop: usize, end: usize, spaced: bool, abbreviations: &Abbreviations, tokens: &mut Vec<Token>) {
    let form = &text[start..stop];
    if stop < end && text.as_bytes()[stop] == b'.' {
        let letters = form.rsplit('.').next().is_some_and(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        let initial = letters && (form.contains('.') || form.chars().all(char::is_uppercase));
        let key = key_of(form);
        if initial
            || abbreviations.never_final.contains(&key)
            || (abbreviations.maybe_final.contains(&key) && form.chars().next().is_some_and(char::is_uppercase))
        {
            push(text, start, stop + 1, spaced, tokens);
            return;
        }
    }
    for tail in ["n't", "n’t"] {
        if form.ends_with(tail) && form.len() > tail.len() {
            let cut = stop - tail.len();
            push(text, start, cut, spaced, tokens);
            push(text, cut, stop, false, tokens);
            return;
        }
    }
    push(text, start, stop, spaced, tokens);
}

#[expect(clippy::cast_possible_truncation, reason = "a document is cut at 4 GiB before")]
fn push(text: &str, start: usize, end: usize, spaced: bool, tokens: &mut Vec<Token>) {
    let form = &text[start..end];
    let (mut shape, letters) = shape_of(form);
    if spaced {
        shape |= Shape::SPACED;
    }
    let whole = match form.strip_suffix('.') {
        Some(word) if letters => word,
        _ => form,
    };
    tokens.push(Token { key: key_of_whole(whole), start: start as u32, end: end as u32, shape });
}

/// What a form looks like, and whether it holds a letter.
fn shape_of(form: &str) -> (Shape, bool) {
    let mut shape = Shape::default();
    let (mut upper, mut lower, mut inner_upper) = (0_u32, 0_u32, false);
    if form.is_ascii() {
        for (at, byte) in form.bytes().enumerate() {
            match byte {
                b'a'..=b'z' => lower += 1,
                b'A'..=b'Z' => {
                    inner_upper |= upper + lower > 0;
                    upper += 1;
                    if at == 0 {
                        shape |= Shape::CAPITAL;
                    }
                }
                b'0'..=b'9' => {
                    shape |= if at == 0 { Shape::DIGIT | Shape::NUMBER } else { Shape::DIGIT };
                }
                b'-' => shape |= Shape::HYPHEN,
                b'$' => shape |= Shape::CURRENCY,
                _ => {}
            }
        }
    } else {
        for (at, c) in form.char_indices() {
            match c {
                '0'..='9' => {
                    shape |= if at == 0 { Shape::DIGIT | Shape::NUMBER } else { Shape::DIGIT };
                }
                '-' => shape |= Shape::HYPHEN,
                _ if c.is_uppercase() => {
                    inner_upper |= upper + lower > 0;
                    upper += 1;
                    if at == 0 {
                        shape |= Shape::CAPITAL;
                    }
                }
                _ if c.is_alphabetic() => lower += 1,
                _ if class(c) == Class::Currency => shape |= Shape::CURRENCY,
                _ => {}
            }
        }
    }
    let letters = upper + lower > 0;
    if letters {
        shape |= Shape::LETTER;
        if upper >= 2 && lower == 0 {
            shape |= Shape::ALL_CAPITALS;
        }
        if inner_upper && lower > 0 && !shape.has(Shape::HYPHEN) {
            shape |= Shape::MIXED;
        }
        if form.len() > 1 && form.ends_with('.') {
            shape |= Shape::DOTTED;
        }
    } else if !shape.has(Shape::DIGIT) && !shape.has(Shape::CURRENCY) {
        shape |= Shape::PUNCTUATION;
    }
    (shape, letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut abbreviations = Abbreviations::default();
        abbreviations.never_final.insert(key_of("mr"));
        abbreviations.maybe_final.insert(key_of("inc"));
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &abbreviations, &mut tokens);
        tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_keep_their_inner_signs() {
        for (text, tokens) in [
            ("Swiss-based AT&T's plan.", "Swiss-based|AT&T|'s|plan|."),
            ("US$1.2bn and A$3m, €4,900 or 1,2", "US$|1.2bn|and|A$|3m|,|€|4,900|or|1|,|2"),
            ("the U.S. and J.P. Morgan", "the|U.S.|and|J.P.|Morgan"),
            ("Acme Inc. said Mr. Li won’t", "Acme|Inc.|said|Mr.|Li|wo|n’t"),
            ("Amazon.com’s 56% (AWS)", "Amazon.com|’s|56|%|(|AWS|)"),
            ("Rs 2,500 crore, 2010-2015", "Rs|2,500|crore|,|2010|-|2015"),
            ("firms' plants in Côte d'Ivoire...", "firms|'|plants|in|Côte|d'Ivoire|..."),
            ("Nordlys A/S and/or K/S", "Nordlys|A/S|and|/|or|K/S"),
            ("a 12-month, 3.5m-euro deal", "a|12-month|,|3.5m-euro|deal"),
        ] {
            assert_eq!(cut(text), tokens);
        }
    }

    #[test]
    fn shapes_tell_capitals_and_numbers() {
        let mut tokens = Vec::new();
        let text = "IBM eBay 4,900 US$ Müller";
        tokenize(text, 0, text.len(), &Abbreviations::default(), &mut tokens);
        assert!(tokens[0].shape.has(Shape::ALL_CAPITALS | Shape::CAPITAL));
        assert!(tokens[1].shape.has(Shape::MIXED) && !tokens[1].shape.has(Shape::CAPITAL));
        assert!(tokens[2].shape.has(Shape::NUMBER));
        assert!(tokens[3].shape.has(Shape::CURRENCY));
        assert!(tokens[4].shape.has(Shape::CAPITAL));
    }
}
