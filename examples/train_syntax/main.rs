//! Trains the tagger and the parser on CoNLL-U files and writes their weights.
//!
//! ```text
//! cargo run --release --example train_syntax -- --train a.conllu.gz --train b.conllu --test c.conllu --out model/
//! ```
//!
//! Without `--out` nothing is written; without `--train` the embedded weights are measured. Two runs on the same files
//! write the same bytes.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use investgraph::text::syntax::training::{Known, LABELS, MOVE_FEATURES};
use investgraph::text::syntax::{Model, Tag};
use rustc_hash::FxHashMap;

use crate::collapse::collapse;
use crate::headline::headline;
use crate::learner::Random;
use crate::measure::measure;
use crate::parser::Parser;
use crate::price::{pay, price};
use crate::tagger::Tagger;
use crate::treebank::{Tree, codes, join_hyphens, read_conllu};

mod census;
mod collapse;
mod headline;
mod learner;
mod measure;
mod parser;
mod price;
mod quantise;
mod tagger;
mod treebank;

const KNOWN_BITS: u32 = 17;
const FOLDS: usize = 5;
/// Forms that occur less often are read by ending and shape.
const FREQUENT: usize = 8;

fn main() -> Result<()> {
    let options = Options::read()?;
    let mut model = *Model::embedded();
    if !options.train.is_empty() {
        let files = train(&read_all(&options.train)?, &options);
        if let Some(folder) = &options.out {
            for (name, bytes) in &files {
                fs::write(folder.join(name), bytes).with_context(|| format!("writing {name}"))?;
            }
        }
        let [tags, moves, labels, known] = files.map(|(_, bytes)| &*bytes.leak());
        println!("{} bytes of weights", tags.len() + moves.len() + labels.len() + known.len());
        model = Model::new(tags, moves, labels, known);
    }
    for path in &options.test {
        println!("{}", path.display());
        test(&model, path, options.all)?;
    }
    Ok(())
}

struct Options {
    train: Vec<PathBuf>,
    test: Vec<PathBuf>,
    out: Option<PathBuf>,
    rounds: usize,
    orders: u64,
    all: bool,
}

impl Options {
    fn read() -> Result<Self> {
        let mut options = Self { train: Vec::new(), test: Vec::new(), out: None, rounds: 8, orders: 8, all: false };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            if name == "--all-relations" {
                options.all = true;
                continue;
            }
            let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--train" => options.train.push(value.into()),
                "--test" => options.test.push(value.into()),
                "--out" => options.out = Some(value.into()),
                "--rounds" => options.rounds = value.parse()?,
                "--orders" => options.orders = value.parse()?,
                _ => bail!("unknown option {name}"),
            }
        }
        Ok(options)
    }
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<Tree>> {
    let mut trees = Vec::new();
    for path in paths {
        trees.extend(read_conllu(path)?.iter().map(join_hyphens));
    }
    Ok(trees)
}

/// Learns from the sentences, headlines made of them, and copies of both with mentions collapsed; gives the weight files.
fn train(originals: &[Tree], options: &Options) -> [(&'static str, Vec<u8>); 4] {
    let start = Instant::now();
    let mut random = Random(1);
    let titled = |(id, tree)| Some((id, headline(tree, &mut random)?));
    let headlines: Vec<(usize, Tree)> = originals.iter().enumerate().filter_map(titled).collect();
    let mut trees: Vec<(usize, &Tree)> = originals.iter().enumerate().collect();
    trees.extend(headlines.iter().map(|(id, tree)| (*id, tree)));
    let copy = |(id, tree): &(usize, &Tree)| Some((*id, collapse(tree, &mut random)?));
    let copies: Vec<(usize, Tree)> = trees.iter().filter_map(copy).collect();
    let mut sum = |(id, tree): &(usize, Tree)| if random.below(6) == 0 { Some((*id, price(tree, &mut random)?)) } else { None };
    let priced: Vec<(usize, Tree)> = copies.iter().filter_map(&mut sum).collect();
    println!("{} sentences, {} headlines, {} copies with mentions collapsed", originals.len(), headlines.len(), copies.len());
    let paid: Vec<(usize, Tree)> = copies.iter().filter_map(|(id, tree)| Some((*id, pay(tree, &mut random)?))).collect();
    println!("{} of these copied again with a sum before a noun, {} with one for an object", priced.len(), paid.len());
    trees.extend(copies.iter().chain(&priced).chain(&paid).map(|(id, tree)| (*id, tree)));
    random.shuffle(&mut trees);

    let all: Vec<&Tree> = trees.iter().map(|(_, tree)| *tree).collect();
    let tagger = Tagger::train(&all, options.rounds, options.orders);
    println!("tagger trained in {:.0?}", start.elapsed());
    let tags = unseen_tags(&trees, options.rounds);
    println!("sentences tagged in {:.0?}", start.elapsed());
    let known = known_forms(originals);
    let sentences: Vec<(&Tree, &[Tag])> = all.iter().copied().zip(tags.iter().map(Vec::as_slice)).collect();
    let parser = Parser::train(&sentences, &Known::new(known.clone().leak()), options.rounds, options.orders);
    println!("parser trained in {:.0?}", start.elapsed());
    [
        ("tags.bin", quantise::table(&tagger.index, &tagger.weights, Tag::ALL.len(), 3)),
        ("moves.bin", quantise::pairs(&parser.move_index, &parser.moves, MOVE_FEATURES)),
        ("labels.bin", quantise::table(&parser.label_index, &parser.labels, LABELS, 2)),
        ("known.bin", known),
    ]
}

/// Tags as a tagger gives them that has seen neither the sentence nor its copy.
fn unseen_tags(trees: &[(usize, &Tree)], rounds: usize) -> Vec<Vec<Tag>> {
    let mut tags = vec![Vec::new(); trees.len()];
    for fold in 0..FOLDS {
        let (held, rest): (Vec<usize>, Vec<usize>) = (0..trees.len()).partition(|&at| trees[at].0 % FOLDS == fold);
        let pick = |places: &[usize]| -> Vec<&Tree> { places.iter().map(|&at| trees[at].1).collect() };
        let tagged = Tagger::train(&pick(&rest), rounds, 1).tag(&pick(&held));
        for (at, found) in held.into_iter().zip(tagged) {
            tags[at] = found;
        }
    }
    tags
}

/// Bits of the frequent forms.
fn known_forms(trees: &[Tree]) -> Vec<u8> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let mut bits = vec![0; 1 << (KNOWN_BITS - 3)];
    for code in trees.iter().flat_map(codes) {
        let count = counts.entry(code.lower).or_default();
        *count += 1;
        if *count == FREQUENT {
            let (byte, bit) = Known::position(code.lower, 32 - KNOWN_BITS);
            bits[byte] |= bit;
        }
    }
    bits
}

/// Measures the model on a file, as it is and as the stages before would hand it on.
fn test(model: &Model, path: &Path, all: bool) -> Result<()> {
    let raw = read_conllu(path)?;
    let joined: Vec<Tree> = raw.iter().map(join_hyphens).collect();
    let mut random = Random(7);
    let collapsed: Vec<Tree> = joined.iter().map(|tree| collapse(tree, &mut random).unwrap_or_else(|| tree.clone())).collect();
    let headlines: Vec<Tree> = collapsed.iter().filter_map(|tree| headline(tree, &mut random)).collect();
    measure("as is", model, &raw, all);
    measure("hyphens joined", model, &joined, all);
    measure("mentions collapsed", model, &collapsed, all);
    measure("as headlines", model, &headlines, all);
    let priced: Vec<Tree> = collapsed.iter().filter_map(|tree| price(tree, &mut random)).collect();
    measure("with a sum before a noun", model, &priced, all);
    let paid: Vec<Tree> = collapsed.iter().filter_map(|tree| pay(tree, &mut random)).collect();
    measure("with a sum for an object", model, &paid, all);
    Ok(())
}
