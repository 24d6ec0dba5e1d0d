//! The language of an article's text. "Acme baut ein Werk in Lyon …" → `de`.

use whatlang::Lang;

use super::boundary;
use crate::lexicon::FunctionWords;

/// The languages whose articles are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Languages {
    /// English, which the extraction understands.
    #[default]
    English,
    /// All of them.
    Any,
}

/// How much of a text is looked at, in bytes.
const SAMPLE_BYTES: usize = 3000;
/// A text is in English when so many of its first words …
const FIRST_WORDS: usize = 120;
/// … and no fewer …
const FEWEST_WORDS: usize = 20;
/// … hold the small words of English in this share; they make up two fifths of news, and a fifth at most of anything else.
const ENGLISH_SHARE: f64 = 0.3;
/// Fewer letters than these tell no language.
const FEWEST_LETTERS: usize = 60;

/// The text's language as a BCP 47 tag, when there is enough of it to be sure.
pub(super) fn of(text: &str, function_words: &FunctionWords) -> Option<&'static str> {
    // Nearly all texts are in English, and counting words is many times faster than telling languages apart.
    let (small, all) = function_words.count(text, FIRST_WORDS);
    #[expect(clippy::cast_precision_loss, reason = "these are small numbers")]
    if all >= FEWEST_WORDS && small as f64 >= ENGLISH_SHARE * all as f64 {
        return Some("en");
    }
    let sample = &text[..boundary(text, SAMPLE_BYTES)];
    if sample.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return None;
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|info| tag(info.lang()))
}

/// Whether a declared tag ("en-GB") is of this language ("en").
pub(super) fn is_of(tag: &str, language: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    primary.eq_ignore_ascii_case(language)
}

/// BCP 47 wants the two-letter code where there is one.
const fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_news_are_told_apart() {
        let words = FunctionWords::load(&crate::lexicon::Files::Embedded).unwrap_or_else(|error| panic!("{error}"));
        for (text, language) in [
            (
                "Amazon Web Services said on Sunday that it will invest more than €1.2 billion in its French data centres. The company has \
                 been building in the Paris region since 2017 and wants to add three sites by the end of the decade.",
                Some("en"),
            ),
            (
                "Der Konzern will nach eigenen Angaben mehr als eine Milliarde Euro in sein neues Werk in Dresden stecken. Das teilte das \
                 Unternehmen am Montag mit; die ersten Anlagen sollen schon im nächsten Jahr laufen.",
                Some("de"),
            ),
            (
                "Le groupe américain va investir plus d'un milliard d'euros dans ses centres de données en région parisienne, a annoncé \
                 lundi la direction, qui promet aussi trois mille emplois d'ici à la fin de la décennie.",
                Some("fr"),
            ),
            ("Acme builds.", None),
            ("1,200 2,300 4,500 €1.2bn $1.3bn 2024 2025", None),
            ("", None),
        ] {
            assert_eq!(of(text, &words), language, "{text}");
        }
    }

    #[test]
    fn declared_tags_name_their_language_first() {
        assert!(is_of("en-GB", "en") && is_of("EN", "en") && is_of("en_US", "en"));
        assert!(!is_of("eng", "en") && !is_of("", "en") && !is_of("de-en", "en"));
    }
}
