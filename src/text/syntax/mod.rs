//! Reads the grammar of a sentence: parts of speech, and the word that each word depends on.
//!
//! Enters one sentence as words, recognised mentions collapsed to one word each; leaves a tag, a head and a relation
//! for each word. "Tesla will build a plant in Ohio" → build: `Root`, Tesla: `Nsubj` of build, plant: `Obj` of build,
//! Ohio: `Obl` of build. Odd input yields an odd tree, never an error.
//!
//! The weights in `model/` are read in place; `examples/train_syntax.rs` makes them.

mod deprel;
mod model;
mod parse;
mod state;
mod tag;
pub mod training;
mod upos;
mod weights;
mod word;

pub use self::deprel::Deprel;
pub use self::model::Model;
pub use self::upos::{Tag, Upos};
pub use self::word::{Word, WordClass};

use self::state::State;
use self::word::Code;

/// Head of the word that heads its sentence.
pub const ROOT: u16 = u16::MAX;

/// Sentences beyond this many words are parsed in pieces of this many.
const LONGEST: usize = 250;

/// Grammar of one sentence, one entry a word. A buffer to be used again and again.
#[derive(Debug, Default)]
pub struct Syntax {
    /// Parts of speech.
    pub tags: Vec<Upos>,
    /// Index of each word's head, or [`ROOT`].
    pub heads: Vec<u16>,
    /// Relation of each word to its head.
    pub labels: Vec<Deprel>,
    /// Tags with the form of verbs, nouns and pronouns.
    pub forms: Vec<Tag>,
    codes: Vec<Code>,
    state: State,
}

/// Tags and parses one sentence. What `syntax` held before is replaced.
pub fn analyse(words: &[Word<'_>], syntax: &mut Syntax) {
    Model::embedded().analyse(words, syntax);
}

/// Tags one sentence. What `tags` held before is replaced.
pub fn tag(words: &[Word<'_>], tags: &mut Vec<Upos>) {
    Model::embedded().tag(words, tags);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of a sentence; a trailing mark gives the class: `$1.2bn/Money`.
    fn words(sentence: &str) -> Vec<Word<'_>> {
        let classes = [
            ("Money", WordClass::Money),
            ("Number", WordClass::Number),
            ("Date", WordClass::Date),
            ("Company", WordClass::Company),
            ("Person", WordClass::Person),
            ("Place", WordClass::Place),
        ];
        let word = |text| {
            let known = |(name, class): &(&str, WordClass)| Some((strip(text, name)?, *class));
            let (form, class) = classes.iter().find_map(known).unwrap_or((text, WordClass::Plain));
            Word { form, class }
        };
        sentence.split(' ').map(word).collect()
    }

    fn strip<'a>(text: &'a str, name: &str) -> Option<&'a str> {
        text.strip_suffix(name)?.strip_suffix('/')
    }

    fn analysed(sentence: &str) -> Syntax {
        let mut syntax = Syntax::default();
        analyse(&words(sentence), &mut syntax);
        syntax
    }

    /// Whether `child` hangs below `head` with this relation.
    fn has(sentence: &str, child: &str, relation: Deprel, head: &str) -> bool {
        let syntax = analysed(sentence);
        let words = words(sentence);
        words.iter().enumerate().any(|(index, word)| {
            let below = words.get(usize::from(syntax.heads[index])).is_some_and(|word| word.form == head);
            word.form == child && below && syntax.labels[index] == relation
        })
    }

    #[test]
    fn clauses_yield_subject_object_and_oblique() {
        use Deprel::{Compound, Nsubj, NsubjPass, Obj, Obl, Xcomp};
        let invests = "Northvolt/Company will invest $1.2bn/Money in a battery plant in Hungary/Place .";
        let plans = "Northvolt/Company plans to build a factory near Lyon/Place by 2027/Date .";
        let built = "The plant will be built by Northvolt/Company in Ohio/Place .";
        let headline = "Northvolt/Company to build $5bn/Money chip plant in Ohio/Place";
        let titled = "Northvolt/Company Invests $5bn/Money in Ohio/Place Chip Plant";
        let priced = "The group announced a $5bn/Money chip plant in Ohio/Place .";
        let poured = "The company has poured $3bn/Money into its new labs , officials said on Monday/Date .";
        let table = [
            (invests, "Northvolt", Nsubj, "invest"),
            (invests, "$1.2bn", Obj, "invest"),
            (invests, "plant", Obl, "invest"),
            (plans, "Northvolt", Nsubj, "plans"),
            (plans, "build", Xcomp, "plans"),
            (plans, "factory", Obj, "build"),
            (plans, "Lyon", Obl, "build"),
            (plans, "2027", Obl, "build"),
            (built, "plant", NsubjPass, "built"),
            (built, "Northvolt", Obl, "built"),
            (headline, "Northvolt", Nsubj, "build"),
            (headline, "$5bn", Compound, "plant"),
            (headline, "plant", Obj, "build"),
            (titled, "Northvolt", Nsubj, "Invests"),
            (titled, "$5bn", Obj, "Invests"),
            (titled, "Plant", Obl, "Invests"),
            (priced, "$5bn", Compound, "plant"),
            (priced, "plant", Obj, "announced"),
            (poured, "company", Nsubj, "poured"),
            (poured, "labs", Obl, "poured"),
            (poured, "officials", Nsubj, "said"),
        ];
        for (sentence, child, relation, head) in table {
            assert!(has(sentence, child, relation, head), "{child} {relation:?} of {head}: {sentence}");
        }
    }

    #[test]
    fn words_are_tagged() {
        let mut tags = Vec::new();
        tag(&words("The carmaker will spend heavily on new plants ."), &mut tags);
        let expected = [Upos::Det, Upos::Noun, Upos::Aux, Upos::Verb, Upos::Adv, Upos::Adp, Upos::Adj, Upos::Noun, Upos::Punct];
        assert_eq!(tags, expected);
        assert_eq!(analysed("The carmaker will spend heavily on new plants .").tags, expected);
    }

    #[test]
    fn mentions_keep_the_tag_of_their_class() {
        let syntax = analysed("of/Money the/Company and/Place by/Person 3/Number May/Date");
        assert_eq!(syntax.tags, [Upos::Sym, Upos::Propn, Upos::Propn, Upos::Propn, Upos::Num, Upos::Noun]);
    }

    #[test]
    fn every_sentence_has_one_root_and_no_circle() {
        for sentence in [".", "Plant", "of of of", "Yes , no , maybe", "to be or not to be", "( ( ) \" ' --", "\u{2019}s \u{2014} \u{e9}"] {
            let syntax = analysed(sentence);
            assert_eq!(syntax.heads.iter().filter(|head| **head == ROOT).count(), 1, "{sentence}");
            for mut index in 0..syntax.heads.len() {
                let mut steps = 0;
                while syntax.heads[index] != ROOT {
                    index = usize::from(syntax.heads[index]);
                    steps += 1;
                    assert!(steps <= syntax.heads.len(), "{sentence}");
                }
            }
        }
    }

    #[test]
    fn an_empty_sentence_stays_empty() {
        let mut syntax = analysed("It grew .");
        analyse(&[], &mut syntax);
        assert!(syntax.tags.is_empty() && syntax.heads.is_empty() && syntax.labels.is_empty() && syntax.forms.is_empty());
    }

    #[test]
    fn a_long_sentence_is_parsed_in_pieces() {
        for count in [250, 251, 1_000, 70_000] {
            let long = vec![Word { form: "plants", class: WordClass::Plain }; count];
            let mut syntax = Syntax::default();
            analyse(&long, &mut syntax);
            assert_eq!((syntax.tags.len(), syntax.heads.len(), syntax.labels.len()), (count, count, count));
            assert!(syntax.heads.iter().all(|&head| head == ROOT || usize::from(head) < count));
        }
    }

    #[test]
    fn the_same_words_give_the_same_tree() {
        let sentence = "Chipmaker Intel/Company , which employs 9,000/Number people , raised its offer .";
        let mut syntax = analysed("A buffer used before .");
        analyse(&words(sentence), &mut syntax);
        let fresh = analysed(sentence);
        assert_eq!((syntax.heads, syntax.labels, syntax.forms), (fresh.heads, fresh.labels, fresh.forms));
    }
}
