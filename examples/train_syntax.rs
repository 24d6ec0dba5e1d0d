//! Trains the tagger and the parser on CoNLL-U files and writes their weights.
//!
//! ```text
//! cargo run --release --example train_syntax -- --train a.conllu.gz --train b.conllu --test c.conllu.gz --out model/
//! ```
//!
//! Without `--out` nothing is written; without `--train` the embedded weights are measured. Two runs on the same files
//! write the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use investgraph::text::syntax::training::{
    Code, Features, Known, LABEL_WIDTH, LABELS, MOVE_WIDTH, Move, State, TAG_WIDTH, best_move, is_title, label_features, move_features,
    tag_features,
};
use investgraph::text::syntax::{Deprel, Model, ROOT, Syntax, Tag, Upos, Word, WordClass};

const TAG_BITS: u32 = 16;
const MOVE_BITS: u32 = 19;
const LABEL_BITS: u32 = 16;
const KNOWN_BITS: u32 = 17;

fn main() -> Result<()> {
    let options = Options::read()?;
    let mut train = Vec::new();
    for path in &options.train {
        train.extend(read_conllu(path)?);
    }
    let model = if train.is_empty() {
        *Model::embedded()
    } else {
        let bytes = learn(&train, &options);
        for (name, table) in &bytes {
            println!("{name}: {} bytes", table.len());
            if let Some(out) = &options.out {
                fs::write(out.join(name), table).with_context(|| format!("writing {name}"))?;
            }
        }
        let [tags, moves, labels, known] = bytes.map(|(_, table)| &*table.leak());
        Model::new(tags, moves, labels, known)
    };
    for path in &options.test {
        let raw = read_conllu(path)?;
        let joined: Vec<Tree> = raw.iter().map(join_hyphens).collect();
        println!("{}", path.display());
        measure("as is", &model, &raw, options.verbose);
        measure("hyphens joined", &model, &joined, options.verbose);
        let mut random = Random(7);
        let collapsed: Vec<Tree> = joined.iter().map(|tree| collapse(tree, &mut random).unwrap_or_else(|| tree.clone())).collect();
        measure("mentions collapsed", &model, &collapsed, options.verbose);
    }
    Ok(())
}

fn knob(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

struct Options {
    train: Vec<PathBuf>,
    test: Vec<PathBuf>,
    out: Option<PathBuf>,
    tag_rounds: usize,
    rounds: usize,
    verbose: bool,
}

impl Options {
    fn read() -> Result<Self> {
        let mut options = Self { train: Vec::new(), test: Vec::new(), out: None, tag_rounds: 6, rounds: 10, verbose: false };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            if name == "--verbose" {
                options.verbose = true;
                continue;
            }
            let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--train" => options.train.push(value.into()),
                "--test" => options.test.push(value.into()),
                "--out" => options.out = Some(value.into()),
                "--tag-rounds" => options.tag_rounds = value.parse()?,
                "--rounds" => options.rounds = value.parse()?,
                _ => bail!("unknown option {name}"),
            }
        }
        Ok(options)
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Trees

#[derive(Clone, Debug)]
struct Token {
    form: String,
    class: WordClass,
    upos: Upos,
    penn: String,
    /// Index of the head; the number of tokens for the root.
    head: usize,
    label: Deprel,
}

impl Token {
    fn tag(&self) -> Tag {
        self.class.tag().unwrap_or_else(|| Tag::refine(self.upos, &self.penn))
    }

    fn word(&self) -> Word<'_> {
        Word { form: &self.form, class: self.class }
    }
}

type Tree = Vec<Token>;

fn read_conllu(path: &Path) -> Result<Vec<Tree>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader: Box<dyn Read> =
        if path.extension().is_some_and(|end| end == "gz") { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut trees = Vec::new();
    let mut tree: Tree = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if line.is_empty() {
            finish_tree(&mut tree, &mut trees);
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, penn, _, head, label, ..] = columns[..] else { continue };
        if line.starts_with('#') || id.contains(['-', '.']) {
            continue;
        }
        let wrong = || format!("{}:{}: not a CoNLL-U word", path.display(), number + 1);
        tree.push(Token {
            form: form.to_owned(),
            class: WordClass::Plain,
            upos: Upos::parse(upos).with_context(wrong)?,
            penn: penn.to_owned(),
            head: head.parse().with_context(wrong)?,
            label: Deprel::parse(label).unwrap_or(Deprel::Dep),
        });
    }
    finish_tree(&mut tree, &mut trees);
    Ok(trees)
}

fn finish_tree(tree: &mut Tree, trees: &mut Vec<Tree>) {
    let root = tree.len();
    for token in tree.iter_mut() {
        token.head = token.head.checked_sub(1).unwrap_or(root);
    }
    if !tree.is_empty() {
        trees.push(std::mem::take(tree));
    }
}

/// Merges groups of adjacent tokens, given as ascending (first, end, new token): the group's head keeps its arc.
fn merge(tree: &Tree, groups: &[(usize, usize, Token)]) -> Tree {
    let mut place = vec![0; tree.len() + 1];
    let mut merged = Tree::new();
    let mut groups = groups.iter().peekable();
    let mut at = 0;
    while at < tree.len() {
        if let Some((_, end, token)) = groups.next_if(|group| group.0 == at) {
            place[at..*end].fill(merged.len());
            merged.push(token.clone());
            at = *end;
        } else {
            place[at] = merged.len();
            merged.push(tree[at].clone());
            at += 1;
        }
    }
    place[tree.len()] = merged.len();
    for token in &mut merged {
        token.head = place[token.head];
    }
    merged
}

/// Token of a range whose arc leaves the range, if there is but one.
fn range_head(tree: &Tree, first: usize, end: usize) -> Option<usize> {
    let mut outer = (first..end).filter(|&index| !(first..end).contains(&tree[index].head));
    let head = outer.next()?;
    outer.next().is_none().then_some(head)
}

/// Joins hyphenated compounds: `Swiss` `-` `based` → `Swiss-based`.
fn join_hyphens(tree: &Tree) -> Tree {
    let mut groups: Vec<(usize, usize, Token)> = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let first = at;
        let mut end = at + 1;
        while end + 1 < tree.len() && tree[end].penn == "HYPH" && tree[end + 1].upos != Upos::Punct {
            end += 2;
        }
        at = end;
        if end == first + 1 {
            continue;
        }
        let Some(head) = range_head(tree, first, end) else { continue };
        let mut token = tree[head].clone();
        token.form = tree[first..end].iter().map(|part| part.form.as_str()).collect();
        if token.label == Deprel::Amod || token.upos == Upos::Verb {
            (token.upos, token.penn) = (Upos::Adj, "JJ".to_owned());
        }
        groups.push((first, end, token));
    }
    merge(tree, &groups)
}

const TITLES: &[&str] = &[
    "CEO",
    "CFO",
    "COO",
    "CTO",
    "President",
    "Minister",
    "Secretary",
    "Chairman",
    "Chairwoman",
    "Chair",
    "Director",
    "Governor",
    "Mayor",
    "Senator",
    "Sen.",
    "Rep.",
    "Gov.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Dr.",
    "Prime",
    "Vice",
    "Chief",
    "Professor",
    "Prof.",
    "General",
    "Chancellor",
    "Spokesman",
    "Executive",
    "Officer",
    "Manager",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
];
const PLACES: &[&str] = &[
    "Iraq",
    "Baghdad",
    "China",
    "Beijing",
    "India",
    "Delhi",
    "Mumbai",
    "Pakistan",
    "Iran",
    "Israel",
    "Gaza",
    "Jerusalem",
    "Lebanon",
    "Syria",
    "Egypt",
    "Cairo",
    "Turkey",
    "Russia",
    "Moscow",
    "Ukraine",
    "Germany",
    "Berlin",
    "France",
    "Paris",
    "Italy",
    "Rome",
    "Spain",
    "Madrid",
    "Portugal",
    "Britain",
    "England",
    "Scotland",
    "London",
    "Ireland",
    "Dublin",
    "Europe",
    "Asia",
    "Africa",
    "America",
    "Canada",
    "Toronto",
    "Mexico",
    "Brazil",
    "Argentina",
    "Chile",
    "Peru",
    "Texas",
    "California",
    "Florida",
    "Ohio",
    "Houston",
    "Washington",
    "York",
    "Chicago",
    "Boston",
    "Angeles",
    "Francisco",
    "Japan",
    "Tokyo",
    "Korea",
    "Seoul",
    "Taiwan",
    "Vietnam",
    "Thailand",
    "Bangkok",
    "Indonesia",
    "Australia",
    "Sydney",
    "Melbourne",
    "Afghanistan",
    "Kabul",
    "Netherlands",
    "Amsterdam",
    "Belgium",
    "Brussels",
    "Switzerland",
    "Sweden",
    "Norway",
    "Denmark",
    "Poland",
    "Greece",
    "Athens",
    "Kenya",
    "Nigeria",
    "Virginia",
    "Georgia",
    "Kashmir",
    "Bangladesh",
    "States",
    "U.S.",
    "US",
    "U.K.",
    "UK",
    "City",
    "County",
    "Valley",
    "Island",
    "Islands",
    "Street",
    "Kong",
    "Singapore",
    "Malaysia",
    "Philippines",
    "Austria",
    "Vienna",
    "Hungary",
    "Cuba",
    "Colorado",
    "Nevada",
    "Oregon",
    "Michigan",
];
const GIVEN: &[&str] = &[
    "John",
    "Mike",
    "Michael",
    "David",
    "George",
    "James",
    "Robert",
    "Bill",
    "William",
    "Mary",
    "Susan",
    "Jeff",
    "Mark",
    "Richard",
    "Tom",
    "Thomas",
    "Paul",
    "Peter",
    "Steve",
    "Stephen",
    "Steven",
    "Sara",
    "Sarah",
    "Jim",
    "Joe",
    "Bob",
    "Kevin",
    "Brian",
    "Chris",
    "Dan",
    "Daniel",
    "Elizabeth",
    "Jennifer",
    "Karen",
    "Linda",
    "Laura",
    "Anna",
    "Anne",
    "Charles",
    "Edward",
    "Frank",
    "Gary",
    "Henry",
    "Jack",
    "Jason",
    "Jane",
    "Julia",
    "Kate",
    "Ken",
    "Larry",
    "Lisa",
    "Martin",
    "Matt",
    "Matthew",
    "Nancy",
    "Nick",
    "Patrick",
    "Philip",
    "Ray",
    "Ron",
    "Sam",
    "Scott",
    "Tim",
    "Tony",
    "Donald",
    "Barack",
    "Hillary",
    "Theresa",
    "Angela",
    "Vladimir",
    "Mohammed",
    "Muhammad",
    "Ahmed",
    "Ali",
    "Abu",
];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "Aug.",
    "Sept.",
    "Sep.",
    "Oct.",
    "Nov.",
    "Dec.",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const CURRENCIES: &[&str] = &["dollars", "euros", "euro", "pounds", "rupees", "yen", "yuan", "rubles", "francs", "won", "pesos"];

/// Collapses names, sums, shares and dates to one word of their class, as the mention stage will.
fn collapse(tree: &Tree, random: &mut Random) -> Option<Tree> {
    let mut groups: Vec<(usize, usize, Token)> = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let found = sum(tree, at)
            .or_else(|| share(tree, at))
            .or_else(|| date(tree, at))
            .or_else(|| number(tree, at, random))
            .or_else(|| name(tree, at, random));
        let Some((end, class)) = found else {
            at += 1;
            continue;
        };
        match range_head(tree, at, end) {
            Some(head) if groups.last().is_none_or(|group| group.1 <= at) => {
                let mut token = tree[head].clone();
                token.class = class;
                token.form = tree[at..end].iter().map(|part| part.form.as_str()).collect::<Vec<_>>().join(" ");
                token.upos = class.tag().map_or(token.upos, Tag::upos);
                groups.push((at, end, token));
                at = end;
            }
            _ => at += 1,
        }
    }
    (!groups.is_empty()).then(|| merge(tree, &groups))
}

fn numbers(tree: &Tree, first: usize) -> usize {
    (first..tree.len()).find(|&index| tree[index].upos != Upos::Num).unwrap_or(tree.len())
}

fn sum(tree: &Tree, at: usize) -> Option<(usize, WordClass)> {
    let end = numbers(tree, at + usize::from(matches!(tree[at].form.as_str(), "$" | "£" | "€" | "US$" | "C$" | "A$")));
    if tree[at].upos == Upos::Sym {
        return (end > at + 1).then_some((end, WordClass::Money));
    }
    let currency = tree.get(end).is_some_and(|token| CURRENCIES.contains(&token.form.as_str()));
    (end > at && currency).then_some((end + 1, WordClass::Money))
}

fn share(tree: &Tree, at: usize) -> Option<(usize, WordClass)> {
    let end = numbers(tree, at);
    let sign = tree.get(end).is_some_and(|token| matches!(token.form.as_str(), "%" | "percent" | "pc"));
    (end > at && sign).then_some((end + 1, WordClass::Percent))
}

fn date(tree: &Tree, at: usize) -> Option<(usize, WordClass)> {
    let year = |index: usize| {
        tree.get(index).is_some_and(|token| {
            token.form.len() == 4 && (token.form.starts_with("19") || token.form.starts_with("20")) && token.upos == Upos::Num
        })
    };
    let month = |index: usize| tree.get(index).is_some_and(|token| MONTHS.contains(&token.form.as_str()) && token.upos == Upos::Propn);
    if year(at) && tree[at].label != Deprel::Nummod {
        return Some((at + 1, WordClass::Date));
    }
    let start = at + usize::from(tree[at].upos == Upos::Num && month(at + 1));
    if !month(start) {
        return None;
    }
    let mut end = start + 1;
    while end < tree.len() && end < at + 8 {
        let comma = tree[end].form == "," && (year(end + 1) || month(end + 1));
        if !(tree[end].upos == Upos::Num || month(end) || comma) {
            break;
        }
        end += 1;
    }
    (start + 1..=end).rev().find(|&end| range_head(tree, at, end).is_some()).map(|end| (end, WordClass::Date))
}

fn number(tree: &Tree, at: usize, random: &mut Random) -> Option<(usize, WordClass)> {
    let end = numbers(tree, at);
    let figure = tree[at].form.starts_with(|letter: char| letter.is_ascii_digit());
    (end > at && (figure || end > at + 1 || random.below(3) == 0) && range_head(tree, at, end).is_some())
        .then_some((end, WordClass::Number))
}

fn name(tree: &Tree, at: usize, random: &mut Random) -> Option<(usize, WordClass)> {
    let part = |index: usize| {
        let token = &tree[index];
        token.penn.starts_with("NNP") && !TITLES.contains(&token.form.as_str()) && token.form.starts_with(char::is_uppercase)
    };
    let bound =
        |index: usize| matches!(tree[index].label, Deprel::Flat | Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::Goeswith);
    if !part(at) {
        return None;
    }
    let longest = (at..tree.len()).take_while(|&index| part(index)).last()? + 1;
    let fits = |end: usize| {
        let Some(head) = range_head(tree, at, end) else { return false };
        tree[head].upos == Upos::Propn && (at..end).all(|index| index == head || bound(index))
    };
    let mut end = (at + 1..=longest).rev().find(|&end| fits(end))?;
    // "Bank of America": one name, half of the time.
    if end + 1 < tree.len() && tree[end].form == "of" && part(end + 1) && random.below(2) == 0 {
        let rest = (end + 1..tree.len()).take_while(|&index| part(index)).last()? + 1;
        if range_head(tree, at, rest).is_some_and(|head| head < end) {
            end = rest;
        }
    }
    let has = |list: &[&str]| (at..end).any(|index| list.contains(&tree[index].form.as_str()));
    let person = has(GIVEN) || (at..end).any(|index| tree[index].label == Deprel::Flat);
    let class = if person {
        WordClass::Person
    } else if has(PLACES) {
        WordClass::Place
    } else {
        [WordClass::Company, WordClass::Company, WordClass::Company, WordClass::Person, WordClass::Place][random.below(5)]
    };
    Some((end, class))
}

// ---------------------------------------------------------------------------------------------------------------------
// Learning

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below a usize")]
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// Weights in training: the current ones, and their sum over time in `drift` for the average.
struct Learner<const W: usize> {
    weights: Vec<[f32; W]>,
    drift: Vec<[f32; W]>,
    squares: Vec<[f32; W]>,
    clock: f32,
    bits: u32,
}

impl<const W: usize> Learner<W> {
    fn new(bits: u32) -> Self {
        Self { weights: vec![[0.0; W]; 1 << bits], drift: vec![[0.0; W]; 1 << bits], squares: vec![[0.0; W]; 1 << bits], clock: 1.0, bits }
    }

    fn row(&self, feature: u32) -> usize {
        (feature >> (32 - self.bits)) as usize
    }

    fn score(&self, features: &[u32]) -> [f32; W] {
        let mut scores = [0.0; W];
        for &feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.weights[self.row(feature)]) {
                *score += weight;
            }
        }
        scores
    }

    fn update(&mut self, features: &[u32], right: usize, wrong: usize) {
        for &feature in features {
            let row = self.row(feature);
            self.weights[row][right] += 1.0;
            self.weights[row][wrong] -= 1.0;
            self.drift[row][right] += self.clock;
            self.drift[row][wrong] -= self.clock;
        }
    }

    /// A step of `AdaGrad` down the log-loss.
    fn descend(&mut self, features: &[u32], scores: &[f32], gold: usize, rate: f32) {
        let peak = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut slopes = [0.0_f32; W];
        let mut sum = 0.0;
        for (slope, score) in slopes.iter_mut().zip(scores) {
            *slope = (score - peak).exp();
            sum += *slope;
        }
        for slope in &mut slopes {
            *slope /= sum;
        }
        slopes[gold] -= 1.0;
        if slopes[gold].abs() < 0.01 {
            return;
        }
        let mut active = [0_usize; W];
        let mut count = 0;
        for (class, slope) in slopes.iter().enumerate() {
            if slope.abs() > 0.005 {
                active[count] = class;
                count += 1;
            }
        }
        for &feature in features {
            let row = self.row(feature);
            for &class in &active[..count] {
                let slope = slopes[class];
                self.squares[row][class] += slope * slope;
                let delta = -rate * slope / (self.squares[row][class] + 0.1).sqrt();
                self.weights[row][class] += delta;
                self.drift[row][class] += self.clock * delta;
            }
        }
    }

    /// Averages, then rounds each row to bytes with a shift of its own.
    fn quantise(&self, classes: usize, max_shift: u8) -> Vec<u8> {
        let mean = |row: usize, class: usize| self.weights[row][class] - self.drift[row][class] / self.clock;
        let mut peaks: Vec<f32> =
            (0..self.weights.len()).map(|row| (0..classes).map(|class| mean(row, class).abs()).fold(0.0, f32::max)).collect();
        let rows = peaks.clone();
        peaks.sort_by(f32::total_cmp);
        let peak = peaks[peaks.len() - 1 - peaks.len() / knob("CLIP", 5000) as usize].max(1e-6);
        let unit = peak / (127.0 * f32::from(1_u16 << max_shift));
        let mut bytes = Vec::with_capacity(self.weights.len() * W);
        for (row, &largest) in rows.iter().enumerate() {
            let shift = (0..max_shift).find(|&shift| largest <= 127.0 * unit * f32::from(1_u16 << shift)).unwrap_or(max_shift);
            let step = unit * f32::from(1_u16 << shift);
            for class in 0..W - 1 {
                let weight = if class < classes { (mean(row, class) / step).round().clamp(-127.0, 127.0) } else { 0.0 };
                #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i8")]
                bytes.push((weight as i8).cast_unsigned());
            }
            bytes.push(shift);
        }
        bytes
    }
}

fn argmax(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, class| if scores[class] > scores[best] { class } else { best })
}

fn codes(tree: &Tree) -> Vec<Code> {
    tree.iter().map(|token| Code::of(&token.word())).collect()
}

fn learn(raw: &[Tree], options: &Options) -> [(&'static str, Vec<u8>); 4] {
    let mut random = Random(1);
    let joined: Vec<Tree> = raw.iter().map(join_hyphens).collect();
    let copies: Vec<(usize, Tree)> = joined.iter().enumerate().filter_map(|(id, tree)| Some((id, collapse(tree, &mut random)?))).collect();
    println!("{} sentences, {} copies with mentions collapsed", joined.len(), copies.len());
    let known = known_forms(&joined);
    let mut numbered: Vec<(usize, Tree)> = joined.into_iter().enumerate().collect();
    numbered.extend(copies);
    random.shuffle(&mut numbered);
    let (ids, trees): (Vec<usize>, Vec<Tree>) = numbered.into_iter().unzip();

    let start = Instant::now();
    let all: Vec<&Tree> = trees.iter().collect();
    let tagger = learn_tags(&all, options.tag_rounds);
    println!("tagger trained in {:.1?}", start.elapsed());
    // Tags as a tagger gives them that has not seen the sentence.
    const FOLDS: usize = 5;
    let mut tags: Vec<Vec<Tag>> = vec![Vec::new(); trees.len()];
    // A sentence and its collapsed copy fall into the same fold.
    for held in 0..FOLDS {
        let rest: Vec<&Tree> = trees.iter().zip(&ids).filter(|(_, id)| *id % FOLDS != held).map(|(tree, _)| tree).collect();
        let part = Tagging { weights: learn_tags(&rest, options.tag_rounds.min(5)).average() };
        for ((tree, id), tags) in trees.iter().zip(&ids).zip(&mut tags) {
            if id % FOLDS == held {
                *tags = part.tag(tree);
            }
        }
    }
    println!("jack-knifed in {:.1?}", start.elapsed());
    let (moves, labels) = learn_parser(&trees, &tags, &known, options.rounds);
    println!("parser trained in {:.1?}", start.elapsed());
    [
        ("tags.bin", tagger.quantise(Tag::ALL.len(), 3)),
        ("moves.bin", moves.quantise(Move::ALL.len(), knob("MS", 2) as u8)),
        ("labels.bin", labels.quantise(LABELS, knob("LS", 2) as u8)),
        ("known.bin", known),
    ]
}

/// Bits of the forms that occur at least twice.
fn known_forms(trees: &[Tree]) -> Vec<u8> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for code in trees.iter().flat_map(codes) {
        *counts.entry(code.lower).or_default() += 1;
    }
    let mut bits = vec![0; 1 << (KNOWN_BITS - 3)];
    for (&form, _) in counts.iter().filter(|(_, count)| **count > 1) {
        let (byte, bit) = Known::position(form, 32 - KNOWN_BITS);
        bits[byte] |= bit;
    }
    bits
}

fn learn_tags(trees: &[&Tree], rounds: usize) -> Learner<TAG_WIDTH> {
    let mut random = Random(2);
    let mut learner = Learner::new(knob("TB", TAG_BITS));
    let mut order: Vec<usize> = (0..trees.len()).collect();
    let all_codes: Vec<Vec<Code>> = trees.iter().map(|tree| codes(tree)).collect();
    let mut features = Features::new();
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let (tree, codes) = (trees[index], &all_codes[index]);
            let title = is_title(codes);
            let mut before = (31, 31);
            for (at, token) in tree.iter().enumerate() {
                let gold = token.tag();
                let mut tag = gold;
                if token.class == WordClass::Plain {
                    tag_features(codes, at, before, title, &mut features);
                    let guess = argmax(&learner.score(features.as_slice())[..Tag::ALL.len()]);
                    tag = Tag::ALL[guess];
                    if tag != gold {
                        learner.update(features.as_slice(), gold as usize, guess);
                    }
                    learner.clock += 1.0;
                }
                before = (before.1, tag as u32);
            }
        }
    }
    learner
}

struct Tagging {
    weights: Learner<TAG_WIDTH>,
}

impl<const W: usize> Learner<W> {
    fn average(mut self) -> Self {
        for (row, drift) in self.weights.iter_mut().zip(&self.drift) {
            for (weight, drift) in row.iter_mut().zip(drift) {
                *weight -= drift / self.clock;
            }
        }
        self.drift.clear();
        self
    }
}

impl Tagging {
    fn tag(&self, tree: &Tree) -> Vec<Tag> {
        let codes = codes(tree);
        let title = is_title(&codes);
        let mut before = (31, 31);
        let mut features = Features::new();
        let mut tags = Vec::new();
        for (at, token) in tree.iter().enumerate() {
            let tag = token.class.tag().unwrap_or_else(|| {
                tag_features(&codes, at, before, title, &mut features);
                Tag::ALL[argmax(&self.weights.score(features.as_slice())[..Tag::ALL.len()])]
            });
            tags.push(tag);
            before = (before.1, tag as u32);
        }
        tags
    }
}

fn learn_parser(trees: &[Tree], tags: &[Vec<Tag>], known: &[u8], rounds: usize) -> (Learner<MOVE_WIDTH>, Learner<LABEL_WIDTH>) {
    let known = Known::new(known.to_vec().leak());
    let mut random = Random(3);
    let mut moves = Learner::<MOVE_WIDTH>::new(knob("MB", MOVE_BITS));
    let mut labels = Learner::<LABEL_WIDTH>::new(knob("LB", LABEL_BITS));
    let mut order: Vec<usize> = (0..trees.len()).collect();
    let mut state = State::default();
    let (mut move_hashes, mut label_hashes) = (Features::new(), Features::new());
    let (rate, drop) = (knob("LR", 100) as f32 / 1000.0, knob("DROP", 0) as usize);
    let loss = knob("LOSS", 1);
    let mut kept: Vec<u32> = Vec::new();
    for round in 0..rounds {
        random.shuffle(&mut order);
        let (mut steps, mut errors, mut arcs, mut wrong_labels) = (0, 0, 0, 0);
        for &index in &order {
            let tree = &trees[index];
            if tree.len() > 200 {
                continue;
            }
            state.begin(&codes(tree), &tags[index], &known);
            while !state.is_done() {
                move_features(&state, &mut move_hashes);
                kept.clear();
                kept.extend(move_hashes.as_slice().iter().filter(|_| drop == 0 || random.below(100) >= drop));
                let scores = moves.score(&kept);
                let guess = best_move(&state, |step| scores[step as usize]);
                let costs = costs(&state, tree);
                let allowed = |step: &Move| state.allows(*step);
                let least = Move::ALL.into_iter().filter(allowed).map(|step| costs[step as usize]).min().unwrap_or(0);
                let mut good = Move::ALL.into_iter().filter(|step| allowed(step) && costs[*step as usize] == least);
                let mut gold = guess;
                if loss == 1 {
                    let first = good.next().unwrap_or(guess);
                    gold = good.fold(first, |best, step| if scores[step as usize] > scores[best as usize] { step } else { best });
                    let mut bounded = [-1e9_f32; 3];
                    for step in Move::ALL {
                        if state.allows(step) && (step == gold || costs[step as usize] > least) {
                            bounded[step as usize] = scores[step as usize];
                        }
                    }
                    moves.descend(&kept, &bounded, gold as usize, rate);
                    errors += i32::from(costs[guess as usize] > least);
                } else if costs[guess as usize] > least {
                    let first = good.next().unwrap_or(guess);
                    gold = good.fold(first, |best, step| if scores[step as usize] > scores[best as usize] { step } else { best });
                    moves.update(&kept, gold as usize, guess as usize);
                    errors += 1;
                }
                moves.clock += 1.0;
                steps += 1;
                let step = if round == 0 || random.below(10) == 0 { gold } else { guess };
                let label = match state.arc(step) {
                    None => Deprel::Dep,
                    Some((head, _)) if head == state.root() => Deprel::Root,
                    Some((head, child)) => {
                        label_features(&state, head, child, &mut label_hashes);
                        kept.clear();
                        kept.extend(label_hashes.as_slice().iter().filter(|_| drop == 0 || random.below(100) >= drop));
                        let scores = labels.score(&kept);
                        let guess = argmax(&scores[..LABELS]);
                        let token = &tree[usize::from(child)];
                        let mut label = Deprel::ALL[guess];
                        if token.head == usize::from(head) && (token.label as usize) < LABELS {
                            arcs += 1;
                            if loss == 1 {
                                labels.descend(&kept, &scores[..LABELS], token.label as usize, rate);
                                wrong_labels += i32::from(label != token.label);
                            } else if label != token.label {
                                wrong_labels += 1;
                                labels.update(&kept, token.label as usize, guess);
                                if round == 0 {
                                    label = token.label;
                                }
                            }
                            labels.clock += 1.0;
                        }
                        label
                    }
                };
                state.apply(step, label);
            }
        }
        println!(
            "round {round}: {:.2} % of moves wrong, {:.2} % of labels",
            100.0 * f64::from(errors) / f64::from(steps),
            100.0 * f64::from(wrong_labels) / f64::from(arcs)
        );
    }
    (moves, labels)
}

/// Gold arcs that each move would put out of reach.
fn costs(state: &State, tree: &Tree) -> [usize; 3] {
    let head = |index: u16| tree[usize::from(index)].head;
    let next = usize::from(state.next());
    let mut costs = [0; 3];
    if state.next() < state.root() {
        let beneath = state.stack().iter().rev().skip(1).any(|&index| usize::from(index) == head(state.next()));
        costs[0] = usize::from(beneath) + state.stack().iter().filter(|&&index| head(index) == next).count();
    }
    if state.stack().is_empty() {
        return costs;
    }
    let top = state.stacked(0);
    let lost = (next..tree.len()).filter(|&index| tree[index].head == usize::from(top)).count();
    let under = state.stack().len() > 1 && usize::from(state.stacked(1)) == head(top);
    costs[1] = lost + usize::from(head(top) > next || under);
    costs[2] = lost + usize::from(head(top) >= next);
    costs
}

// ---------------------------------------------------------------------------------------------------------------------
// Measuring

fn measure(name: &str, model: &Model, trees: &[Tree], verbose: bool) {
    let sentences: Vec<Vec<Word<'_>>> = trees.iter().map(|tree| tree.iter().map(Token::word).collect()).collect();
    let mut syntax = Syntax::default();
    let (mut words, mut tagged, mut attached, mut labelled) = (0.0_f64, 0.0, 0.0, 0.0);
    let (mut plain, mut plain_attached, mut plain_labelled) = (0.0_f64, 0.0, 0.0);
    let (mut verbs, mut verbs_right) = (0.0_f64, 0.0);
    let mut counts: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
    for (tree, sentence) in trees.iter().zip(&sentences) {
        model.analyse(sentence, &mut syntax);
        let head = |index: usize| if syntax.heads[index] == ROOT { tree.len() } else { usize::from(syntax.heads[index]) };
        for (index, token) in tree.iter().enumerate() {
            words += 1.0;
            tagged += f64::from(u8::from(syntax.tags[index] == token.upos));
            let right = head(index) == token.head;
            let same = right && syntax.labels[index] == token.label;
            attached += f64::from(u8::from(right));
            labelled += f64::from(u8::from(same));
            if token.upos != Upos::Punct {
                plain += 1.0;
                plain_attached += f64::from(u8::from(right));
                plain_labelled += f64::from(u8::from(same));
            }
            counts.entry(token.label.as_str()).or_default()[0] += 1.0;
            counts.entry(syntax.labels[index].as_str()).or_default()[1] += 1.0;
            counts.entry(token.label.as_str()).or_default()[2] += f64::from(u8::from(same));
        }
        // Verbs whose subject and object are both right.
        for verb in 0..tree.len() {
            let gold: BTreeSet<(usize, Deprel)> = (0..tree.len())
                .filter(|&index| tree[index].head == verb)
                .map(|index| (index, tree[index].label))
                .filter(|(_, label)| core(*label))
                .collect();
            if tree[verb].upos != Upos::Verb || gold.is_empty() {
                continue;
            }
            let found: BTreeSet<(usize, Deprel)> = (0..tree.len())
                .filter(|&index| head(index) == verb)
                .map(|index| (index, syntax.labels[index]))
                .filter(|(_, label)| core(*label))
                .collect();
            verbs += 1.0;
            verbs_right += f64::from(u8::from(found == gold));
        }
    }
    println!(
        "  {name}: UPOS {:.2}  UAS {:.2} LAS {:.2}  without punctuation {:.2} {:.2}  verbs with right subject and object {:.1}",
        100.0 * tagged / words,
        100.0 * attached / words,
        100.0 * labelled / words,
        100.0 * plain_attached / plain,
        100.0 * plain_labelled / plain,
        100.0 * verbs_right / verbs
    );
    let f1 = |label: &str| counts.get(label).map_or(0.0, |[gold, found, same]| 200.0 * same / (gold + found).max(1.0));
    print!("   ");
    if verbose {
        for label in counts.keys() {
            print!(" {label} {:.1}", f1(label));
        }
    } else {
        for label in
            ["nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos", "conj", "acl", "acl:relcl", "advcl", "xcomp", "ccomp", "compound"]
        {
            print!(" {label} {:.1}", f1(label));
        }
    }
    println!();
    let mut tags = Vec::new();
    let repeats = 1 + 200_000 / words as usize;
    let start = Instant::now();
    for sentence in (0..repeats).flat_map(|_| &sentences) {
        model.tag(sentence, &mut tags);
    }
    let tagging = start.elapsed();
    let start = Instant::now();
    for sentence in (0..repeats).flat_map(|_| &sentences) {
        model.analyse(sentence, &mut syntax);
    }
    let rate = |time: std::time::Duration| words * repeats as f64 / time.as_secs_f64() / 1e6;
    println!("    million words a second: tags {:.2}, tags and parse {:.2}", rate(tagging), rate(start.elapsed()));
}

fn core(label: Deprel) -> bool {
    matches!(label, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj)
}
