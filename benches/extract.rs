//! Speed of extraction, stage by stage, in bytes of text a second, over the example articles.
//!
//! `INVESTGRAPH_BENCH_TEXT=FILE.jsonl cargo bench` measures over the `text` fields of a file of one's own instead.

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
use divan::counter::BytesCount;
use investgraph::article::Article;
use investgraph::lexicon::Lexicon;
use investgraph::mention::find_names;
use investgraph::mention::quantity::{self, Home};
use investgraph::pipeline::Extractor;
use investgraph::text::Document;

fn main() {
    divan::main();
}

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::new(Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"))))
}

fn texts() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| match std::env::var("INVESTGRAPH_BENCH_TEXT") {
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
    })
}

fn measure(bencher: Bencher<'_, '_>, stage: impl Fn(&str) -> usize + Sync) {
    let bytes: usize = texts().iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| texts().iter().map(|text| stage(text)).sum::<usize>());
}

#[divan::bench]
fn start_up() -> usize {
    Lexicon::embedded().map_or(0, |lexicon| lexicon.gazetteer().companies().len())
}

#[divan::bench]
fn words_and_sentences(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| Document::read(text, extractor().lexicon().abbreviations()).tokens.len());
}

#[divan::bench]
fn with_quantities(bencher: Bencher<'_, '_>) {
    let lexicon = extractor().lexicon();
    measure(bencher, |text| {
        let doc = Document::read(text, lexicon.abbreviations());
        quantity::read(&doc, lexicon.quantities(), &Home::default()).money.len()
    });
}

#[divan::bench]
fn with_names(bencher: Bencher<'_, '_>) {
    let lexicon = extractor().lexicon();
    measure(bencher, |text| find_names(&Document::read(text, lexicon.abbreviations()), lexicon).len());
}

#[divan::bench]
fn facts(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| extractor().extract(&Article { text: text.to_owned(), ..Article::default() }).investments.len());
}
