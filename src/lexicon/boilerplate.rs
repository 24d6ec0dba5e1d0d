//! What pages carry besides the article, as words. The class "image-caption" → a block to leave out; "Read more: …" → a line to leave out.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::files::{Files, LexiconError};

const FILE: &str = "lexicon/boilerplate.csv";
const MONTHS: &str = "lexicon/months.csv";

/// The words by which navigation, captions, bylines, prompts and adverts are known.
#[derive(Debug)]
pub struct Boilerplate {
    blocks: Openings,
    lines: FxHashSet<String>,
    starts: Openings,
    within: Vec<String>,
    ends: Vec<String>,
    rest: FxHashSet<String>,
    stamps: FxHashSet<String>,
    months: FxHashSet<String>,
}

/// What a line is, when it is no part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// It alone is to be left out.
    Line,
    /// So is all that follows, when the article is behind it.
    Rest,
}

#[derive(Deserialize)]
struct Row {
    phrase: String,
    kind: Kind,
}

/// Where a phrase counts.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// As words of an element's class or id.
    Block,
    /// As the whole of a line.
    Line,
    /// At the start of a line.
    Start,
    /// Anywhere in a line.
    Within,
    /// At the end of a line.
    End,
    /// As the whole of a line, which heads what follows the article.
    Rest,
    /// As a word of a line that tells when or by whom.
    Stamp,
}

#[derive(Deserialize)]
struct MonthRow {
    word: String,
}

impl Boilerplate {
    /// Reads the list.
    ///
    /// # Errors
    /// When the file is missing or a row is not sound; the error names file and line.
    pub fn load(files: &Files) -> Result<Self, LexiconError> {
        let months = files.rows::<MonthRow>(MONTHS)?.into_iter().map(|(_, row)| row.word).collect();
        let mut list = Self {
            blocks: Openings::default(),
            lines: FxHashSet::default(),
            starts: Openings::default(),
            within: Vec::new(),
            ends: Vec::new(),
            rest: FxHashSet::default(),
            stamps: FxHashSet::default(),
            months,
        };
        for (line, Row { phrase, kind }) in files.rows::<Row>(FILE)? {
            if phrase.trim().is_empty() || phrase != folded(&phrase) {
                return Err(LexiconError::line(FILE, line, format!("{phrase:?} is not in lower case with straight quotes")));
            }
            match kind {
                Kind::Block => list.blocks.add(phrase),
                Kind::Line => drop(list.lines.insert(phrase)),
                Kind::Start => list.starts.add(phrase),
                Kind::Within => list.within.push(phrase),
                Kind::End => list.ends.push(phrase),
                Kind::Rest => drop(list.rest.insert(phrase)),
                Kind::Stamp => drop(list.stamps.insert(phrase)),
            }
        }
        Ok(list)
    }

    /// Whether an element of this class or id stands beside the article: "article__image-caption", "relatedStories".
    #[must_use]
    pub fn is_block(&self, name: &str) -> bool {
        let words = name_words(name);
        let starts = words.match_indices(' ').map(|(at, _)| at + 1);
        std::iter::once(0).chain(starts).any(|at| self.blocks.open(&words[at..], |rest| rest.is_empty() || rest.starts_with(' ')))
    }

    /// What this line of text is, when it is no part of the article.
    #[must_use]
    pub fn cue(&self, line: &str) -> Option<Cue> {
        let folded = folded(line);
        let line = folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
        let bare = line.trim_start_matches('(');
        let whole = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
        if self.rest.contains(whole) {
            return Some(Cue::Rest);
        }
        let any = self.lines.contains(whole)
            || self.starts.open(bare, |_| true)
            || self.within.iter().any(|phrase| bare.contains(phrase.as_str()))
            || self.ends.iter().any(|phrase| bare.ends_with(phrase.as_str()))
            || self.is_stamp(bare);
        any.then_some(Cue::Line)
    }

    /// Whether a line only tells when it was published, and by whom: "Updated 1:39 am EST, Wednesday, November 20, 2019".
    fn is_stamp(&self, line: &str) -> bool {
        const MOST_CHARS: usize = 120;
        const MOST_OTHERS: usize = 3;
        if line.len() > MOST_CHARS || !line.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let (mut others, mut months, mut stamps) = (0, 0, 0);
        for word in line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            if self.months.contains(word) {
                months += 1;
            } else if self.stamps.contains(word) {
                stamps += 1;
            } else {
                others += 1;
            }
        }
        let dated = months > 0 || line.split(' ').any(is_numeric_date);
        (dated && others == 0) || (dated && stamps > 0 && others <= MOST_OTHERS && !line.ends_with('.'))
    }
}

/// Phrases by their first word.
#[derive(Debug, Default)]
struct Openings(FxHashMap<String, Vec<String>>);

impl Openings {
    fn add(&mut self, phrase: String) {
        self.0.entry(first_word(&phrase).to_owned()).or_default().push(phrase);
    }

    /// Whether one of the phrases opens `text`, with an acceptable rest.
    fn open(&self, text: &str, rest: impl Fn(&str) -> bool) -> bool {
        let phrases = self.0.get(first_word(text));
        phrases.into_iter().flatten().any(|phrase| text.strip_prefix(phrase.as_str()).is_some_and(&rest))
    }
}

fn first_word(text: &str) -> &str {
    text.split_once(' ').map_or(text, |(word, _)| word)
}

/// "11/18/19", "18.11.2019".
fn is_numeric_date(word: &str) -> bool {
    let word = word.trim_end_matches([',', '|']);
    let parts: Vec<_> = word.split(['/', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Lower case, straight quotes, single spaces.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase).map(|c| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            _ => c,
        }));
    }
    folded
}

/// The words of a class or id: "InlineImage-imageEmbedCaption" → "inline image image embed caption".
fn name_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 8);
    let mut after_small = false;
    for c in name.chars() {
        if !c.is_ascii_alphabetic() {
            if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
            after_small = false;
            continue;
        }
        if c.is_ascii_uppercase() && after_small {
            words.push(' ');
        }
        after_small = c.is_ascii_lowercase();
        words.push(c.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Boilerplate {
        Boilerplate::load(&Files::Embedded).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn blocks_are_known_by_the_words_of_their_names() {
        let list = list();
        for name in ["caption", "article__image-caption", "InlineImage-imageEmbedCaption", "relatedStories", "post-views-count", "ad-box"] {
            assert!(list.is_block(name), "{name}");
        }
        for name in ["article", "header", "load", "captionless", "story-body", "ArticleBody-articleBody", "", "--"] {
            assert!(!list.is_block(name), "{name}");
        }
    }

    #[test]
    fn lines_beside_the_article_are_known() {
        let list = list();
        for line in [
            "Read more: Alibaba poised to launch a record listing",
            "(Reporting by Rodrigo Campos; editing by Ann Smith)",
            "Updated 1:39 am EST, Wednesday, November 20, 2019",
            "Nov. 20, 2019Updated: Nov. 20, 2019 1:35 a.m.",
            "By Justine Coleman - 11/18/19 11:04 PM EST",
            "© Aaron Schwartz",
            "Comments",
            "SHARING IS CARING!",
            "Natalie Naccache | Bloomberg | Getty Images",
            "Don’t Miss: the best deals",
        ] {
            assert_eq!(list.cue(line), Some(Cue::Line), "{line}");
        }
        assert_eq!(list.cue("You may also like …"), Some(Cue::Rest));
        for line in [
            "Getty Images will merge with Shutterstock in a deal worth $3.7bn.",
            "Acme said in May 2019 that it would build a plant in Lyon.",
            "In November 2019 the firm raised €12 million.",
            "Home Depot has 2,291 stores.",
            "Newsrooms are shrinking.",
            "2019",
            "",
        ] {
            assert_eq!(list.cue(line), None, "{line}");
        }
    }
}
