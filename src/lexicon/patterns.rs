//! Patterns: the words by which facts are told. Data in `ontology/patterns/*.toml`, each with an example and a counterexample.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smallvec::SmallVec;

use super::files::{Files, LexiconError};
use crate::text::key_of;

/// One way in which words tell a fact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Short name, unique; stands in `found_by`.
    pub name: String,
    /// What the pattern says, in words.
    pub label: String,
    /// The kind of investment that it tells of.
    pub kind: String,
    /// Verbs in their base form; their other forms are derived.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Nouns in every form.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Which grammatical positions fill which role.
    #[serde(default)]
    pub roles: FxHashMap<String, Vec<String>>,
    /// A sentence in which it tells a fact.
    pub example: String,
    /// A sentence with its words in which it tells none.
    pub counterexample: String,
}

/// A trigger word of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// Index of the pattern.
    pub pattern: u16,
    /// Index of the base form among all triggers' base forms.
    pub lemma: u16,
    /// Whether it is a verb's form.
    pub verb: bool,
}

/// All patterns, by trigger word.
#[derive(Debug, Default)]
pub struct Patterns {
    list: Vec<Pattern>,
    lemmas: Vec<String>,
    words: FxHashMap<u64, SmallVec<[Trigger; 2]>>,
    irregular: FxHashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct PatternFile {
    pattern: Vec<Pattern>,
}

#[derive(Deserialize)]
struct VerbRow {
    verb: String,
    #[serde(deserialize_with = "super::files::list")]
    forms: Vec<String>,
}

impl Patterns {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let mut patterns = Self::default();
        for (_, row) in files.rows::<VerbRow>("lexicon/irregular_verbs.csv")? {
            patterns.irregular.insert(row.verb, row.forms);
        }
        for file in files.list("patterns", ".toml")? {
            let text = files.read(&file)?;
            let parsed: PatternFile = toml::from_str(&text).map_err(|error| {
                let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() as u64 + 1);
                LexiconError::line(&file, line, error.message())
            })?;
            for pattern in parsed.pattern {
                if patterns.list.iter().any(|p| p.name == pattern.name) {
                    return Err(LexiconError::line(&file, 1, format!("the pattern \"{}\" stands twice", pattern.name)));
                }
                patterns.add(pattern);
            }
        }
        Ok(patterns)
    }

    fn add(&mut self, pattern: Pattern) {
        let index = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        for noun in &pattern.nouns {
            self.add_word(noun, noun, index, false);
        }
        for verb in &pattern.verbs {
            // Of a phrasal verb the first word triggers: "set up".
            let base = verb.split(' ').next().unwrap_or(verb);
            for form in self.forms(base) {
                self.add_word(&form, base, index, true);
            }
        }
        self.list.push(pattern);
    }

    fn add_word(&mut self, form: &str, lemma: &str, pattern: u16, verb: bool) {
        let lemma = if let Some(i) = self.lemmas.iter().position(|l| l == lemma) {
            i
        } else {
            self.lemmas.push(lemma.to_owned());
            self.lemmas.len() - 1
        };
        let trigger = Trigger { pattern, lemma: u16::try_from(lemma).unwrap_or(u16::MAX), verb };
        let slot = self.words.entry(key_of(form)).or_default();
        if !slot.contains(&trigger) {
            slot.push(trigger);
        }
    }

    /// The forms of a verb: base, third person, past, participles.
    fn forms(&self, base: &str) -> Vec<String> {
        let mut forms = vec![base.to_owned()];
        let stem = base.strip_suffix('e');
        let third = if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
            format!("{base}es")
        } else if base.ends_with('y') && !base.ends_with("ey") && !base.ends_with("ay") && !base.ends_with("oy") && !base.ends_with("uy") {
            format!("{}ies", &base[..base.len() - 1])
        } else {
            format!("{base}s")
        };
        forms.push(third);
        forms.push(format!("{}ing", stem.unwrap_or(base)));
        match self.irregular.get(base) {
            Some(irregular) => forms.extend(irregular.iter().cloned()),
            None if base.ends_with('y') && !base.ends_with("ey") && !base.ends_with("ay") && !base.ends_with("oy") => {
                forms.push(format!("{}ied", &base[..base.len() - 1]));
            }
            None => forms.push(format!("{}ed", stem.unwrap_or(base))),
        }
        forms
    }

    /// The triggers that a word can be.
    #[must_use]
    pub fn triggers(&self, key: u64) -> &[Trigger] {
        self.words.get(&key).map_or(&[], |t| t.as_slice())
    }

    /// The pattern of a trigger.
    #[must_use]
    pub fn pattern(&self, trigger: Trigger) -> &Pattern {
        &self.list[trigger.pattern as usize]
    }

    /// The base form of a trigger.
    #[must_use]
    pub fn lemma(&self, trigger: Trigger) -> &str {
        &self.lemmas[trigger.lemma as usize]
    }

    /// All patterns.
    #[must_use]
    pub fn list(&self) -> &[Pattern] {
        &self.list
    }
}
