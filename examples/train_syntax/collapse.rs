//! Collapses mentions of a training sentence to one word each, as they come to the parser later.
//!
//! "Mr. Smith joined Acme Corp. for $ 2 million" → "Mr. Smith/Person joined Acme Corp./Company for $ 2 million/Money".
//! Which class a name is given follows rough cues and, without one, chance.

use investgraph::text::syntax::{Deprel, Tag, Upos, WordClass};

use crate::learner::Random;
use crate::treebank::{Token, Tree, merge, range_head};

const TITLES: &str = "\
    CEO CFO COO CTO President Minister Secretary Chairman Chairwoman Chair Director Governor Mayor Senator Sen. Rep. Gov. \
    Mr. Mrs. Ms. Dr. Prime Vice Chief Professor Prof. General Chancellor Spokesman Executive Officer Manager Mr Mrs Ms Dr";
const PLACES: &str = "\
    Iraq Baghdad China Beijing India Delhi Mumbai Pakistan Iran Israel Gaza Jerusalem Lebanon Syria Egypt Cairo Turkey \
    Russia Moscow Ukraine Germany Berlin France Paris Italy Rome Spain Madrid Portugal Britain England Scotland London \
    Ireland Dublin Europe Asia Africa America Canada Toronto Mexico Brazil Argentina Chile Peru Texas California Florida \
    Ohio Houston Washington York Chicago Boston Angeles Francisco Japan Tokyo Korea Seoul Taiwan Vietnam Thailand Bangkok \
    Indonesia Australia Sydney Melbourne Afghanistan Kabul Netherlands Amsterdam Belgium Brussels Switzerland Sweden \
    Norway Denmark Poland Greece Athens Kenya Nigeria Virginia Georgia Kashmir Bangladesh States U.S. US U.K. UK City \
    County Valley Island Islands Street Kong Singapore Malaysia Philippines Austria Vienna Hungary Cuba Colorado Nevada \
    Oregon Michigan";
const GIVEN: &str = "\
    John Mike Michael David George James Robert Bill William Mary Susan Jeff Mark Richard Tom Thomas Paul Peter Steve \
    Stephen Steven Sara Sarah Jim Joe Bob Kevin Brian Chris Dan Daniel Elizabeth Jennifer Karen Linda Laura Anna Anne \
    Charles Edward Frank Gary Henry Jack Jason Jane Julia Kate Ken Larry Lisa Martin Matt Matthew Nancy Nick Patrick \
    Philip Ray Ron Sam Scott Tim Tony Donald Barack Hillary Theresa Angela Vladimir Mohammed Muhammad Ahmed Ali Abu";
const MONTHS: &str = "\
    January February March April May June July August September October November December Jan. Feb. Mar. Apr. Aug. Sept. \
    Sep. Oct. Nov. Dec. Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
const CURRENCIES: &str = "\
    dollars euros euro pounds rupees yen yuan rubles francs won pesos";

/// Collapses names, sums, shares and dates to one word of their class, as the mention stage will.
pub(crate) fn collapse(tree: &Tree, random: &mut Random) -> Option<Tree> {
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

fn listed(list: &str, form: &str) -> bool {
    list.split(' ').any(|word| word == form)
}

fn numbers(tree: &Tree, first: usize) -> usize {
    (first..tree.len()).find(|&index| tree[index].upos != Upos::Num).unwrap_or(tree.len())
}

fn sum(tree: &Tree, at: usize) -> Option<(usize, WordClass)> {
    let end = numbers(tree, at + usize::from(matches!(tree[at].form.as_str(), "$" | "£" | "€" | "US$" | "C$" | "A$")));
    if tree[at].upos == Upos::Sym {
        return (end > at + 1).then_some((end, WordClass::Money));
    }
    let currency = tree.get(end).is_some_and(|token| listed(CURRENCIES, &token.form));
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
    let month = |index: usize| tree.get(index).is_some_and(|token| listed(MONTHS, &token.form) && token.upos == Upos::Propn);
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
        token.penn.starts_with("NNP") && !listed(TITLES, &token.form) && token.form.starts_with(char::is_uppercase)
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
    let has = |list: &str| (at..end).any(|index| listed(list, &tree[index].form));
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
