//! Turns a word into the numbers that the tagger and the parser read.
//!
//! "Chipmaker's" → hash of the form in lower case, its first and last letters, its shape.
//! Digits count as one another, curly quotes and long dashes as their plain forms.

use super::upos::Tag;

/// One word as the syntax model sees it.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// Word as written; of a collapsed mention only its class is read.
    pub form: &'a str,
    /// What the word is known to be.
    pub class: WordClass,
}

/// What a word is known to be. A recognised mention is passed as one word of its class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// A word of the language.
    #[default]
    Plain,
    /// A sum: "$1.2 billion".
    Money,
    /// A number: "4,900", "2.5 million".
    Number,
    /// A share: "25 %", "five percent".
    Percent,
    /// A time: "Dec. 5", "last year", "2027".
    Date,
    /// A company or other organisation.
    Company,
    /// A person.
    Person,
    /// A country, city or other place.
    Place,
}

impl WordClass {
    /// Tag that a word of this class always has.
    #[must_use]
    pub const fn tag(self) -> Option<Tag> {
        match self {
            Self::Plain => None,
            Self::Money | Self::Percent => Some(Tag::Sym),
            Self::Number => Some(Tag::Num),
            Self::Date => Some(Tag::Noun),
            Self::Company | Self::Person | Self::Place => Some(Tag::Propn),
        }
    }
}

/// A word as numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Code {
    /// Hash of the form in lower case.
    pub lower: u32,
    /// First three letters.
    pub prefix: u32,
    /// Last four letters, the last one in the lowest byte.
    pub suffix: u32,
    /// Shape: capitals, digits, signs.
    pub shape: u32,
    /// Class, 0 for a plain word.
    pub class: u32,
}

/// Shape of a word in lower case.
pub(super) const SHAPE_LOWER: u32 = 0;
/// Shape of a capitalised word.
pub(super) const SHAPE_CAPITAL: u32 = 1;
/// Shape of a word in capitals.
pub(super) const SHAPE_CAPITALS: u32 = 2;
const SHAPE_MIXED: u32 = 3;
const SHAPE_NUMBER: u32 = 4;
const SHAPE_SIGN: u32 = 5;
const SHAPE_CLASS: u32 = 6;
const HYPHEN: u32 = 8;
const DIGIT: u32 = 16;
const DOT: u32 = 32;

impl Code {
    /// Reads a word.
    #[must_use]
    pub fn of(word: &Word<'_>) -> Self {
        if word.class != WordClass::Plain {
            let class = word.class as u32;
            let hash = finish(class.wrapping_mul(0x85EB_CA6B) ^ 0x5bd1_e995);
            return Self { lower: hash, prefix: 0, suffix: 0x0100 + class, shape: SHAPE_CLASS, class };
        }
        let mut code = Scan::default();
        if word.form.as_bytes().contains(&0xE2) {
            let mut buffer = [0; 4];
            for letter in word.form.chars() {
                plain(letter).encode_utf8(&mut buffer).bytes().for_each(|byte| code.push(byte));
            }
        } else {
            word.form.bytes().for_each(|byte| code.push(byte));
        }
        code.finish()
    }

    /// Last `letters` letters, up to four.
    #[must_use]
    pub const fn ending(&self, letters: u32) -> u32 {
        if letters >= 4 { self.suffix } else { self.suffix & ((1 << (8 * letters)) - 1) }
    }
}

#[derive(Default)]
struct Scan {
    lower: u32,
    prefix: u32,
    suffix: u32,
    len: u32,
    capitals: u32,
    small: u32,
    digits: u32,
    first_capital: bool,
    flags: u32,
}

impl Scan {
    fn push(&mut self, byte: u8) {
        let mut byte = byte;
        match byte {
            b'A'..=b'Z' => {
                self.first_capital |= self.len == 0;
                self.capitals += 1;
            }
            b'0'..=b'9' => {
                byte = b'0';
                self.digits += 1;
                self.flags |= DIGIT;
            }
            b'-' => self.flags |= HYPHEN,
            b'.' => self.flags |= DOT,
            // A letter outside ASCII; which case it has matters little.
            b'a'..=b'z' | 0x80.. => self.small += 1,
            _ => {}
        }
        let small = byte.to_ascii_lowercase();
        self.lower = step(self.lower, small);
        if self.len < 3 {
            self.prefix = self.prefix << 8 | u32::from(small);
        }
        self.suffix = self.suffix << 8 | u32::from(small);
        self.len += 1;
    }

    fn finish(self) -> Code {
        let letters = self.capitals + self.small;
        let shape = if letters == 0 {
            if self.digits > 0 { SHAPE_NUMBER } else { SHAPE_SIGN }
        } else if self.capitals == 0 {
            SHAPE_LOWER
        } else if self.small == 0 && self.len > 1 {
            SHAPE_CAPITALS
        } else if self.first_capital && self.capitals == 1 {
            SHAPE_CAPITAL
        } else {
            SHAPE_MIXED
        };
        Code { lower: finish(self.lower), prefix: self.prefix, suffix: self.suffix, shape: shape | self.flags, class: 0 }
    }
}

const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193).rotate_left(5)
}

const fn finish(hash: u32) -> u32 {
    let hash = (hash ^ hash >> 15).wrapping_mul(0x85EB_CA6B);
    hash ^ hash >> 13
}

const fn plain(letter: char) -> char {
    match letter {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(form: &str) -> Code {
        Code::of(&Word { form, class: WordClass::Plain })
    }

    #[test]
    fn digits_and_quotes_count_as_one_another() {
        assert_eq!(code("2,027").lower, code("1,985").lower);
        assert_eq!(code("n\u{2019}t").lower, code("n't").lower);
        assert_eq!(code("May").lower, code("may").lower);
    }

    #[test]
    fn shape_tells_capitals() {
        assert_eq!(code("plant").shape, SHAPE_LOWER);
        assert_eq!(code("Plant").shape, SHAPE_CAPITAL);
        assert_eq!(code("IBM").shape, SHAPE_CAPITALS);
        assert_eq!(code("Swiss-based").shape, SHAPE_CAPITAL | HYPHEN);
    }

    #[test]
    fn a_mention_is_read_by_its_class() {
        let first = Code::of(&Word { form: "Tesla", class: WordClass::Company });
        let second = Code::of(&Word { form: "Samsung SDI", class: WordClass::Company });
        assert_eq!(first.lower, second.lower);
    }
}
