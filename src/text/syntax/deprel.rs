//! Names the relation of a word to its head, after Universal Dependencies for English.
//!
//! Subtypes are collapsed into their parent (`nmod:desc` → `Nmod`) but for the few that facts are read from:
//! `nsubj:pass`, `aux:pass`, `acl:relcl`, `nmod:poss` and `compound:prt`.

macro_rules! deprels {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Relation of a word to its head.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Deprel { $($(#[$doc])* $name,)* }

        impl Deprel {
            /// All relations, each at the index of its discriminant.
            pub const ALL: [Self; DEPRELS] = [$(Self::$name,)*];

            /// Name as Universal Dependencies writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
        const DEPRELS: usize = [$($text,)*].len();
    };
}

deprels! {
    /// Subject of an active clause: *Tesla* builds.
    Nsubj = "nsubj",
    /// Subject of a passive clause: *the plant* was built.
    NsubjPass = "nsubj:pass",
    /// Clause as subject.
    Csubj = "csubj",
    /// Direct object: builds *a plant*.
    Obj = "obj",
    /// Indirect object: gave *it* money.
    Iobj = "iobj",
    /// Clause that completes a verb and has its own subject: said *it will build*.
    Ccomp = "ccomp",
    /// Clause that completes a verb and borrows its subject: plans *to build*.
    Xcomp = "xcomp",
    /// Noun phrase that modifies a verb: build *in Ohio*, paid *last year*, built *by Tesla*.
    Obl = "obl",
    /// Clause that modifies a verb: *to make batteries*.
    Advcl = "advcl",
    /// Adverb.
    Advmod = "advmod",
    /// Clause that modifies a noun: a plant *making chips*.
    Acl = "acl",
    /// Relative clause: a plant *that makes chips*.
    AclRelcl = "acl:relcl",
    /// Adjective of a noun.
    Amod = "amod",
    /// Noun phrase beside a noun that names the same thing: Tesla, *the carmaker*.
    Appos = "appos",
    /// Auxiliary: *will* build.
    Aux = "aux",
    /// Auxiliary of the passive: *was* built.
    AuxPass = "aux:pass",
    /// Preposition or possessive sign: *in* Ohio, Tesla*'s*.
    Case = "case",
    /// Conjunction word: *and* chips.
    Cc = "cc",
    /// Noun before a noun: *chip* plant.
    Compound = "compound",
    /// Particle of a verb: set *up*.
    CompoundPrt = "compound:prt",
    /// Second and later part of a coordination, headed by the first: cars and *chips*.
    Conj = "conj",
    /// Copula: *is* large.
    Cop = "cop",
    /// Relation that could not be told.
    Dep = "dep",
    /// Determiner: *the* plant.
    Det = "det",
    /// Interjection.
    Discourse = "discourse",
    /// Expletive: *there* is.
    Expl = "expl",
    /// Later word of a fixed expression: as well *as*.
    Fixed = "fixed",
    /// Later word of a name without a head: Angela *Merkel*.
    Flat = "flat",
    /// Later part of a word that was split by mistake.
    Goeswith = "goeswith",
    /// Item of a list.
    List = "list",
    /// Subordinator: *to* build, *that* it builds.
    Mark = "mark",
    /// Noun phrase that modifies a noun: a plant *in Ohio*.
    Nmod = "nmod",
    /// Possessor: *Tesla's* plant.
    NmodPoss = "nmod:poss",
    /// Number of a noun: *two* plants.
    Nummod = "nummod",
    /// Rest of a phrase whose head was left out.
    Orphan = "orphan",
    /// Clause set beside the main one: "…", *it said*.
    Parataxis = "parataxis",
    /// Punctuation.
    Punct = "punct",
    /// Name of one who is addressed.
    Vocative = "vocative",
    /// Word that the speaker took back.
    Reparandum = "reparandum",
    /// Head of the sentence.
    Root = "root",
    /// Phrase moved out of its clause.
    Dislocated = "dislocated",
}

impl Deprel {
    /// Reads a relation with or without a subtype: `"obl:agent"` → `Obl`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let find = |name: &str| Self::ALL.into_iter().find(|relation| relation.as_str() == name);
        find(text).or_else(|| find(text.split(':').next()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtypes_fall_back_to_their_parent() {
        assert_eq!(Deprel::parse("obl:agent"), Some(Deprel::Obl));
        assert_eq!(Deprel::parse("nsubj:pass"), Some(Deprel::NsubjPass));
        assert_eq!(Deprel::parse("advcl:relcl"), Some(Deprel::Advcl));
        assert_eq!(Deprel::parse("nonsense"), None);
    }

    #[test]
    fn discriminants_index_the_list() {
        for (index, relation) in Deprel::ALL.into_iter().enumerate() {
            assert_eq!(relation as usize, index);
        }
    }
}
