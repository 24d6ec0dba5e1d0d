//! Finds a node by what a reader calls it. "aws", "Amazon Web Services", "company/aws" → one node.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{View, What};

/// How alike two names must be, from 0 to 1, to be offered as a correction.
const LIKENESS: f64 = 0.82;
/// How many corrections are offered.
const OFFERS: usize = 4;

/// Why a name leads to no node.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// Nothing bears the name.
    #[error("nothing in the graph is called \"{name}\"{}", did_you_mean(near))]
    Unknown {
        /// The name as it was given.
        name: String,
        /// Names like it, the most alike first.
        near: Vec<String>,
    },
    /// Several things bear the name.
    #[error("\"{name}\" is the name of several: {}; give one of these instead", ids.join(", "))]
    Ambiguous {
        /// The name as it was given.
        name: String,
        /// The ids that tell them apart.
        ids: Vec<String>,
    },
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        return "; a name, an alias, a country's code or an id such as \"company/acme\" is wanted".to_owned();
    }
    let near: Vec<String> = near.iter().map(|name| format!("\"{name}\"")).collect();
    format!("; did you mean {}?", near.join(" or "))
}

impl View {
    /// The node with this IRI, id, name, country code or alias; the first of these that fits decides.
    pub fn find(&self, name: &str) -> Result<NodeIndex, FindError> {
        let wanted = folded(name);
        if let Some((index, _)) = self.nodes().find(|(_, node)| node.iri == name || node.id() == name) {
            return Ok(index);
        }
        let named = || self.nodes().filter(|(_, node)| !node.what.kind().is_fact());
        let by_label: Vec<NodeIndex> = named().filter(|(_, node)| folded(&node.label) == wanted).map(|(index, _)| index).collect();
        let by_code = || {
            named().filter(|(_, node)| matches!(node.what, What::Country(code) if code.as_str() == name)).map(|(index, _)| index).collect()
        };
        let by_alias = || {
            let called = named().filter(|(_, node)| node.aliases.iter().any(|alias| folded(alias) == wanted));
            called.map(|(index, _)| index).collect()
        };
        let found = [by_label]
            .into_iter()
            .chain(std::iter::once_with(by_code))
            .chain(std::iter::once_with(by_alias))
            .find(|found| !found.is_empty());
        match found.as_deref() {
            None => Err(FindError::Unknown { name: name.to_owned(), near: self.near(&wanted) }),
            Some(&[index]) => Ok(index),
            Some(several) => {
                let ids = several.iter().map(|&index| self.graph()[index].id().to_owned()).collect();
                Err(FindError::Ambiguous { name: name.to_owned(), ids })
            }
        }
    }

    /// Names like the wanted one, the most alike first.
    fn near(&self, wanted: &str) -> Vec<String> {
        let named = self.nodes().filter(|(_, node)| !node.what.kind().is_fact());
        let mut near: Vec<(f64, &str)> = named
            .flat_map(|(_, node)| std::iter::once(&node.label).chain(&node.aliases))
            .filter_map(|name| {
                let likeness = likeness(wanted, &folded(name));
                (likeness >= LIKENESS).then_some((likeness, name.as_str()))
            })
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let mut seen = BTreeSet::new();
        near.into_iter().filter(|(_, name)| seen.insert(*name)).take(OFFERS).map(|(_, name)| name.to_owned()).collect()
    }
}

/// A name without regard to case, accents and repeated spaces.
fn folded(name: &str) -> String {
    let plain = any_ascii::any_ascii(name).to_lowercase();
    let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // Scripts without a transliteration would fold to nothing and so to one another.
    if folded.is_empty() { name.to_owned() } else { folded }
}

/// How alike two folded names are: a whole word in common counts for much, else the letters decide.
fn likeness(wanted: &str, name: &str) -> f64 {
    let words: BTreeSet<&str> = name.split(' ').collect();
    let shares_all = wanted.len() > 2 && wanted.split(' ').all(|word| words.contains(word));
    if shares_all { 0.99 } else { strsim::jaro_winkler(wanted, name) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn names_aliases_codes_and_ids_lead_to_their_node() {
        let view = sample();
        for (name, id) in [
            ("Amazon Web Services", "company/aws"),
            ("aws", "company/aws"),
            ("company/aws", "company/aws"),
            ("https://w3id.org/investgraph/company/aws", "company/aws"),
            ("FR", "country/FR"),
            ("france", "country/FR"),
            ("auvergne-rhone-alpes", "place/auvergne-rhone-alpes"),
            ("investment/a-i1", "investment/a-i1"),
        ] {
            let found = view.find(name).unwrap();
            assert_eq!(view.graph()[found].id(), id, "{name}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_names_like_it() {
        let view = sample();
        for (name, near) in [("Amazn", "\"Amazon\""), ("Acme", "\"Acme \"Nord\""), ("Auvergne", "\"Auvergne-Rhône-Alpes\"")] {
            let error = view.find(name).unwrap_err().to_string();
            assert!(error.contains("did you mean") && error.contains(near), "{error}");
        }
        let error = view.find("zzzz").unwrap_err().to_string();
        assert!(error.starts_with("nothing in the graph is called \"zzzz\"; a name,"), "{error}");
    }

    #[test]
    fn a_name_of_two_things_is_answered_with_their_ids() {
        let error = sample().find("Lumen").unwrap_err();
        let ids = vec!["company/lumen".to_owned(), "person/lumen".to_owned()];
        assert_eq!(error, FindError::Ambiguous { name: "Lumen".to_owned(), ids });
    }
}
