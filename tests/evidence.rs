//! Every quote stands in the article's text at its offsets, whatever the text, and every filled slot has one.

#![expect(clippy::expect_used, reason = "a test stops where its files are not there")]

use std::fs;
use std::path::Path;

use investgraph::article::Article;
use investgraph::fact::{ArticleFacts, Evidence, Slot};
use investgraph::lexicon::Lexicon;
use investgraph::pipeline::Extractor;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

fn extractor() -> Extractor {
    Extractor::new(Lexicon::embedded().expect("the ontology is sound"))
}

fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut files: Vec<_> = fs::read_dir(folder).expect("examples").map(|f| f.expect("a file").path()).collect();
    files.sort();
    files.iter().map(|f| fs::read_to_string(f).expect("text")).collect()
}

fn check(text: &str, facts: &ArticleFacts) {
    let characters: Vec<char> = text.chars().collect();
    let quoted = |evidence: &[Evidence]| {
        for e in evidence {
            let there: String = characters[e.start..e.end].iter().collect();
            assert_eq!(there, e.quote);
        }
    };
    let has = |evidence: &[Evidence], slot: Slot| evidence.iter().any(|e| e.slot == slot);
    for i in &facts.investments {
        quoted(&i.evidence);
        for (filled, slot) in [
            (!i.investors.is_empty(), Slot::Investor),
            (!i.recipients.is_empty(), Slot::Recipient),
            (!i.countries.is_empty(), Slot::Country),
            (!i.places.is_empty(), Slot::Place),
            (!i.initiatives.is_empty(), Slot::Initiative),
            (!i.equivalents.is_empty(), Slot::Equivalent),
            (i.amount.is_some(), Slot::Amount),
            (i.jobs.is_some(), Slot::Jobs),
            (i.from.is_some(), Slot::From),
            (i.until.is_some(), Slot::Until),
        ] {
            assert!(!filled || has(&i.evidence, slot), "no evidence for {} in {}", slot.name(), i.found_by);
        }
    }
    for j in &facts.jobs {
        quoted(&j.evidence);
        assert!(has(&j.evidence, Slot::Jobs));
        assert!(j.company.is_none() || has(&j.evidence, Slot::Subject));
        assert!(j.country.is_none() || has(&j.evidence, Slot::Country));
    }
    for r in &facts.relations {
        quoted(&r.evidence);
        assert!(has(&r.evidence, Slot::Subject) && has(&r.evidence, Slot::Object));
    }
}

fn facts(extractor: &Extractor, text: &str) -> ArticleFacts {
    extractor.extract(&Article { article: "a".to_owned(), text: text.to_owned(), ..Article::default() })
}

#[test]
fn the_examples_are_quoted_exactly() {
    let extractor = extractor();
    for text in examples() {
        check(&text, &facts(&extractor, &text));
    }
}

#[test]
fn any_text_is_quoted_exactly() {
    let extractor = extractor();
    let sentences: Vec<String> =
        examples().iter().flat_map(|t| t.split_inclusive(['.', '\n']).map(str::to_owned).collect::<Vec<_>>()).collect();
    // Sentences of the examples in any order, with odd signs between and inside.
    let piece = prop_oneof![
        5 => proptest::sample::select(sentences),
        1 => "\\PC{0,40}",
        1 => Just("€1.2bn ($1.3bn) — «Ünïcode» 𝔘 \u{301}\u{0}\n\n".to_owned()),
    ];
    let mut runner = TestRunner::new(ProptestConfig { cases: 150, ..ProptestConfig::default() });
    let texts = proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
    runner
        .run(&texts, |text| {
            check(&text, &facts(&extractor, &text));
            Ok(())
        })
        .expect("every quote stands in its text");
}

#[test]
fn the_same_article_gives_the_same_bytes() {
    let (first, second) = (extractor(), extractor());
    for text in examples() {
        let print = |extractor: &Extractor| serde_json::to_string(&facts(extractor, &text)).expect("JSON");
        assert_eq!(print(&first), print(&second));
    }
}
