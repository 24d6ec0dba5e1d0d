//! Speed of extraction, stage by stage, in words a second, over the example articles.
//!
//! `INVESTGRAPH_BENCH_TEXT=FILE.jsonl cargo bench` measures over the `text` fields of a file of one's own instead. Each
//! stage is measured alone, on what the stages before it found; `all` is the whole way from text to facts.

#![allow(
    missing_docs,
    clippy::panic,
    clippy::single_match_else,
    reason = "the harness makes items without docs; a bench that cannot read its text must stop"
)]

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use investgraph::article::Article;
use investgraph::fact::{Reading, assemble};
use investgraph::lexicon::Lexicon;
use investgraph::mention::quantity::{self, Home};
use investgraph::mention::{Entities, Name, find_mentions, find_names};
use investgraph::pipeline::Extractor;
use investgraph::text::Document;
use investgraph::text::syntax::{Syntax, Word, WordClass, analyse};

fn main() {
    divan::main();
}

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::new(Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"))))
}

fn lexicon() -> &'static Lexicon {
    extractor().lexicon()
}

fn articles() -> &'static [Article] {
    static ARTICLES: OnceLock<Vec<Article>> = OnceLock::new();
    ARTICLES.get_or_init(|| {
        let texts: Vec<String> = match std::env::var("INVESTGRAPH_BENCH_TEXT") {
            Ok(file) => {
                let lines = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
                let text = |line: &str| Some(serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str()?.to_owned());
                lines.lines().filter_map(text).collect()
            }
            Err(_) => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
                let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
                files.filter_map(|file| fs::read_to_string(file.ok()?.path()).ok()).collect()
            }
        };
        texts.into_iter().map(|text| Article { text, ..Article::default() }).collect()
    })
}

/// Measures `stage` over all articles, on what `before` makes of each.
fn measure<T>(bencher: Bencher<'_, '_>, before: impl Fn(&'static str) -> T, stage: impl Fn(&T) -> usize + Sync)
where
    T: Sync,
{
    let words: usize = articles().iter().map(|article| article.text.split_whitespace().count()).sum();
    let inputs: Vec<T> = articles().iter().map(|article| before(&article.text)).collect();
    bencher.counter(ItemsCount::new(words)).bench(|| inputs.iter().map(&stage).sum::<usize>());
}

fn read(text: &str) -> Document<'_> {
    Document::read(text, lexicon().abbreviations())
}

fn named(text: &str) -> (Document<'_>, Vec<Name>) {
    let doc = read(text);
    let names = find_names(&doc, lexicon());
    (doc, names)
}

fn group((doc, names): &(Document<'_>, Vec<Name>)) -> Entities {
    Entities::group(doc, names, lexicon(), &mut lexicon().scorers())
}

#[divan::bench]
fn start_up() -> usize {
    Lexicon::embedded().map_or(0, |lexicon| lexicon.gazetteer().companies().len())
}

#[divan::bench]
fn stage_1_words_and_sentences(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| text, |text| read(text).tokens.len());
}

#[divan::bench]
fn stage_2_names(bencher: Bencher<'_, '_>) {
    measure(bencher, read, |doc| find_names(doc, lexicon()).len());
}

#[divan::bench]
fn stage_3_entities(bencher: Bencher<'_, '_>) {
    measure(bencher, named, |found| group(found).list.len());
}

#[divan::bench]
fn stage_4_references(bencher: Bencher<'_, '_>) {
    let grouped = |text| {
        let found = named(text);
        let entities = group(&found);
        (found, entities)
    };
    measure(bencher, grouped, |((doc, names), entities)| find_mentions(doc, names, entities, lexicon()).len());
}

#[divan::bench]
fn stage_5_quantities(bencher: Bencher<'_, '_>) {
    measure(bencher, read, |doc| quantity::read(doc, lexicon().quantities(), &Home::default()).money.len());
}

/// Every sentence, names not collapsed; extraction itself parses fewer.
#[divan::bench]
fn stage_6_parse_of_every_sentence(bencher: Bencher<'_, '_>) {
    let words = |text| {
        let doc = read(text);
        let word = |token| Word { form: doc.form(token), class: WordClass::Plain };
        doc.sentences.iter().map(|sentence| sentence.span.range().map(word).collect()).collect()
    };
    measure(bencher, words, |sentences: &Vec<Vec<Word<'_>>>| {
        let mut syntax = Syntax::default();
        sentences
            .iter()
            .map(|words| {
                analyse(words, &mut syntax);
                syntax.heads.len()
            })
            .sum()
    });
}

/// Facts, and all that a [`Reading`] takes beyond the words: stages 2 to 5, and the parse of some sentences.
#[divan::bench]
fn stages_2_to_7_reading(bencher: Bencher<'_, '_>) {
    measure(bencher, read, |doc| Reading::new(doc, lexicon(), &mut lexicon().scorers()).mentions.len());
}

#[divan::bench]
fn stage_8_facts(bencher: Bencher<'_, '_>) {
    let reading = |text| {
        let doc: &'static Document<'static> = Box::leak(Box::new(read(text)));
        Reading::new(doc, lexicon(), &mut lexicon().scorers())
    };
    measure(bencher, reading, |reading| assemble("bench", reading, &mut lexicon().scorers()).investments.len());
}

#[divan::bench]
fn all(bencher: Bencher<'_, '_>) {
    let words: usize = articles().iter().map(|article| article.text.split_whitespace().count()).sum();
    let extract = |article| extractor().extract(article).investments.len();
    bencher.counter(ItemsCount::new(words)).bench(|| articles().iter().map(extract).sum::<usize>());
}
