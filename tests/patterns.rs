//! Every pattern finds its example and leaves its counterexample alone.

use investgraph::article::Article;
use investgraph::fact::ArticleFacts;
use investgraph::lexicon::Lexicon;
use investgraph::pipeline::Extractor;

fn facts(extractor: &Extractor, text: &str) -> ArticleFacts {
    extractor.extract(&Article { article: "a".to_owned(), text: text.to_owned(), ..Article::default() })
}

#[test]
fn every_pattern_finds_its_example_and_not_its_counterexample() {
    let extractor = Extractor::new(Lexicon::embedded().expect("the ontology is sound"));
    let mut faults = Vec::new();
    for pattern in extractor.lexicon().patterns().list() {
        let found = facts(&extractor, &pattern.example);
        if found.investments.is_empty() && found.jobs.is_empty() {
            faults.push(format!("{}: nothing found in \"{}\"", pattern.name, pattern.example));
        }
        for investment in facts(&extractor, &pattern.counterexample).investments {
            faults.push(format!("{}: \"{}\" gave {}", pattern.name, pattern.counterexample, investment.found_by));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
