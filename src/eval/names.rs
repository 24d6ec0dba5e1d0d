//! Names that count as the same. "The Acme Group plc" and "ACME" → "acme".

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that add nothing at a name's end, and the article at its start.
const SUFFIXES: [&str; 39] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "companies",
    "ltd",
    "limited",
    "plc",
    "llc",
    "lp",
    "llp",
    "ag",
    "sa",
    "se",
    "nv",
    "bv",
    "gmbh",
    "spa",
    "ab",
    "asa",
    "oyj",
    "as",
    "kk",
    "pte",
    "pvt",
    "private",
    "bhd",
    "sdn",
    "berhad",
    "group",
    "holding",
    "holdings",
    "sas",
    "kgaa",
    "tbk",
    "pt",
    "the",
];

/// Public bodies that pay without being companies: any of these names is the first one.
const BODIES: [&[&str]; 4] = [
    &["european union", "eu", "european commission", "commission", "brussels"],
    &["international monetary fund", "imf"],
    &["world bank", "world bank group"],
    &["united nations", "un"],
];

/// A name without case, accents, leading article and legal forms.
pub(super) fn norm(name: &str) -> String {
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain.to_lowercase().replace('ß', "ss").replace('&', " and ");
    let plain = without_possessive(&plain);
    let mut words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|w| SUFFIXES.contains(w)) {
        words.pop();
    }
    while words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    let key = words.join(" ");
    BODIES.iter().find(|names| names.contains(&key.as_str())).map_or(key, |names| names[0].to_owned())
}

/// "acme's plant" → "acme plant".
fn without_possessive(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '’']) {
        let mark = rest[at..].chars().next().map_or(1, char::len_utf8);
        let tail = &rest[at + mark..];
        let ends = tail.strip_prefix('s').filter(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        out.push_str(&rest[..at]);
        match ends {
            Some(after) => rest = after,
            None => {
                out.push_str(&rest[at..at + mark]);
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The gold's names: each stands for the first of its list.
#[derive(Debug)]
pub(super) struct Names {
    keys: HashMap<String, String>,
}

impl Names {
    pub(super) fn new(clusters: &[Vec<String>]) -> Self {
        let mut keys = HashMap::new();
        for names in clusters {
            for name in names {
                keys.entry(norm(name)).or_insert_with(|| norm(&names[0]));
            }
        }
        Self { keys }
    }

    /// The key of a name: that of its list, else its own.
    pub(super) fn key(&self, name: &str) -> String {
        let own = norm(name);
        self.keys.get(&own).cloned().unwrap_or(own)
    }

    fn known(&self, cluster: &[String]) -> Option<String> {
        cluster.iter().find_map(|name| self.keys.get(&norm(name)).cloned())
    }

    /// The key of each list: the first that the gold knows, else that of its first name.
    pub(super) fn keys(&self, clusters: &[Vec<String>]) -> BTreeSet<String> {
        clusters.iter().filter(|c| !c.is_empty()).map(|c| self.known(c).unwrap_or_else(|| norm(&c[0]))).collect()
    }
}

/// Extracted names: each stands for what the gold calls any name of its list.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    gold: &'a Names,
    keys: HashMap<String, String>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(gold: &'a Names, clusters: &[Vec<String>]) -> Self {
        let mut keys = HashMap::new();
        for cluster in clusters.iter().filter(|c| !c.is_empty()) {
            let key = gold.known(cluster).unwrap_or_else(|| norm(&cluster[0]));
            for name in cluster {
                keys.insert(norm(name), key.clone());
            }
        }
        Self { gold, keys }
    }

    pub(super) fn key(&self, name: &str) -> String {
        let own = norm(name);
        self.gold.keys.get(&own).or_else(|| self.keys.get(&own)).cloned().unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_case_accents_articles_and_forms() {
        for (name, key) in [
            ("The Acme Group plc", "acme"),
            ("Crédit Mutuel S.A.", "credit mutuel s a"),
            ("Marks & Spencer", "marks and spencer"),
            ("Sotheby's", "sotheby"),
            ("O'Neill", "o neill"),
            ("European Commission", "european union"),
            ("Group", "group"),
        ] {
            assert_eq!(norm(name), key, "{name}");
        }
    }
}
