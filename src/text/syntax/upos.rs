//! Names the part of speech of a word: `Upos` for readers, the finer `Tag` for the parser.
//!
//! `Tag` splits `Upos` where the form of a word tells its role: "built" as `VerbPast` or `VerbParticiple`.

macro_rules! upos {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Universal part of speech.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Upos { $($(#[$doc])* $name,)* }

        impl Upos {
            /// All parts of speech, each at the index of its discriminant.
            pub const ALL: [Self; 17] = [$(Self::$name,)*];

            /// Name as Universal Dependencies writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Reads the name as Universal Dependencies writes it.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|upos| upos.as_str() == text)
            }
        }
    };
}

upos! {
    /// Adjective.
    Adj = "ADJ",
    /// Preposition.
    Adp = "ADP",
    /// Adverb.
    Adv = "ADV",
    /// Auxiliary verb, copula included.
    Aux = "AUX",
    /// Coordinating conjunction.
    Cconj = "CCONJ",
    /// Determiner.
    Det = "DET",
    /// Interjection.
    Intj = "INTJ",
    /// Common noun.
    Noun = "NOUN",
    /// Number.
    Num = "NUM",
    /// Particle: "to", "not", the possessive "'s".
    Part = "PART",
    /// Pronoun.
    Pron = "PRON",
    /// Proper noun.
    Propn = "PROPN",
    /// Punctuation.
    Punct = "PUNCT",
    /// Subordinating conjunction.
    Sconj = "SCONJ",
    /// Symbol, and a sum of money.
    Sym = "SYM",
    /// Verb.
    Verb = "VERB",
    /// Other.
    X = "X",
}

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $upos:ident,)*) => {
        /// Part of speech with the form of the word, where the form tells its role.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag { $($(#[$doc])* $name,)* }

        impl Tag {
            /// All tags, each at the index of its discriminant.
            pub const ALL: [Self; 31] = [$(Self::$name,)*];

            /// Part of speech that the tag refines.
            pub const fn upos(self) -> Upos {
                match self { $(Self::$name => Upos::$upos,)* }
            }
        }
    };
}

tags! {
    /// Adjective.
    Adj = Adj,
    /// Preposition.
    Adp = Adp,
    /// Adverb.
    Adv = Adv,
    /// Adverb of a question or relative clause: "where".
    AdvWh = Adv,
    /// Auxiliary with a tense: "has".
    AuxFinite = Aux,
    /// Modal auxiliary: "will".
    AuxModal = Aux,
    /// Auxiliary without a tense: "be", "been", "being".
    AuxBare = Aux,
    /// Coordinating conjunction.
    Cconj = Cconj,
    /// Determiner.
    Det = Det,
    /// Interjection.
    Intj = Intj,
    /// Noun in the singular.
    Noun = Noun,
    /// Noun in the plural.
    Nouns = Noun,
    /// Number.
    Num = Num,
    /// "to" before a verb.
    PartTo = Part,
    /// "not".
    PartNot = Part,
    /// "'s" of a possessor.
    PartPoss = Part,
    /// Pronoun.
    Pron = Pron,
    /// Possessive pronoun: "its".
    PronPoss = Pron,
    /// Pronoun of a question or relative clause: "which".
    PronWh = Pron,
    /// Proper noun.
    Propn = Propn,
    /// Punctuation.
    Punct = Punct,
    /// Subordinating conjunction.
    Sconj = Sconj,
    /// Symbol.
    Sym = Sym,
    /// Verb in its base form: "build".
    VerbBase = Verb,
    /// Verb in the present: "build".
    VerbPresent = Verb,
    /// Verb in the present, third person: "builds".
    VerbThird = Verb,
    /// Verb in the past: "built".
    VerbPast = Verb,
    /// Past participle: "built".
    VerbParticiple = Verb,
    /// Form in -ing: "building".
    VerbIng = Verb,
    /// Other.
    X = X,
    /// Adjective or adverb in the comparative or superlative.
    Comparative = Adj,
}

impl Tag {
    /// Reads a universal tag with its Penn tag: `(Verb, "VBN")` → `VerbParticiple`.
    #[must_use]
    pub fn refine(upos: Upos, penn: &str) -> Self {
        match (upos, penn) {
            (Upos::Adj, "JJR" | "JJS") => Self::Comparative,
            (Upos::Adj, _) => Self::Adj,
            (Upos::Adp, _) => Self::Adp,
            (Upos::Adv, "WRB") => Self::AdvWh,
            (Upos::Adv, _) => Self::Adv,
            (Upos::Aux, "MD") => Self::AuxModal,
            (Upos::Aux, "VB" | "VBN" | "VBG") => Self::AuxBare,
            (Upos::Aux, _) => Self::AuxFinite,
            (Upos::Cconj, _) => Self::Cconj,
            (Upos::Det, _) => Self::Det,
            (Upos::Intj, _) => Self::Intj,
            (Upos::Noun, "NNS") => Self::Nouns,
            (Upos::Noun, _) => Self::Noun,
            (Upos::Num, _) => Self::Num,
            (Upos::Part, "TO") => Self::PartTo,
            (Upos::Part, "POS") => Self::PartPoss,
            (Upos::Part, _) => Self::PartNot,
            (Upos::Pron, "PRP$" | "WP$") => Self::PronPoss,
            (Upos::Pron, "WP" | "WDT") => Self::PronWh,
            (Upos::Pron, _) => Self::Pron,
            (Upos::Propn, _) => Self::Propn,
            (Upos::Punct, _) => Self::Punct,
            (Upos::Sconj, _) => Self::Sconj,
            (Upos::Sym, _) => Self::Sym,
            (Upos::Verb, "VBP") => Self::VerbPresent,
            (Upos::Verb, "VBZ") => Self::VerbThird,
            (Upos::Verb, "VBD") => Self::VerbPast,
            (Upos::Verb, "VBN") => Self::VerbParticiple,
            (Upos::Verb, "VBG") => Self::VerbIng,
            (Upos::Verb, _) => Self::VerbBase,
            (Upos::X, _) => Self::X,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discriminants_index_the_lists() {
        for (index, upos) in Upos::ALL.into_iter().enumerate() {
            assert_eq!(upos as usize, index);
            assert_eq!(Upos::parse(upos.as_str()), Some(upos));
        }
        for (index, tag) in Tag::ALL.into_iter().enumerate() {
            assert_eq!(tag as usize, index);
        }
    }

    #[test]
    fn forms_of_a_verb_are_told_apart() {
        assert_eq!(Tag::refine(Upos::Verb, "VBN"), Tag::VerbParticiple);
        assert_eq!(Tag::refine(Upos::Verb, "VBD").upos(), Upos::Verb);
    }
}
