//! Saved queries. `ontology/queries/NAME.rq` + `company=Acme` → SPARQL ready to ask.
//!
//! The first comment line of a file describes the query, further ones its parameters; the query holds them as SPARQL's `$name`:
//!
//! ```text
//! # Who invests how much in one country.
//! # $country: the country's name or code [default: France]
//! # $limit (number): how many rows
//! ```
//!
//! A value becomes an escaped string literal, or digits for a number, so that no value can change what is asked.

use std::collections::BTreeMap;

use oxigraph::model::Literal;

use super::QueryError;
use crate::lexicon::{Files, LexiconError};

/// The folder of the saved queries.
const FOLDER: &str = "queries";
/// How their files end.
const ENDING: &str = ".rq";

/// A query with its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// The file's name without its ending.
    pub name: String,
    /// What it answers.
    pub description: String,
    /// What can be set.
    pub parameters: Vec<Parameter>,
    /// The SPARQL text with its comments.
    text: String,
}

/// Something that can be set in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name, without "$".
    pub name: String,
    /// What it is.
    pub description: String,
    /// What its values are.
    pub kind: ParameterKind,
    /// Its value when none is set.
    pub default: Option<String>,
}

/// What a parameter's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Any text; a string literal in the query.
    Text,
    /// Digits; an integer in the query.
    Number,
}

impl SavedQuery {
    /// All saved queries, by name.
    pub fn all(files: &Files) -> Result<Vec<Self>, LexiconError> {
        let paths = files.list(FOLDER, ENDING)?;
        paths.iter().map(|path| Ok(Self::parse(Self::name_of(path), &files.read(path)?))).collect()
    }

    /// The query of a name, or the names that there are.
    pub fn named(all: Vec<Self>, name: &str) -> Result<Self, QueryError> {
        let known = all.iter().map(|query| query.name.clone()).collect();
        let wanted = name.trim().trim_end_matches(ENDING);
        all.into_iter().find(|query| query.name == wanted).ok_or_else(|| QueryError::UnknownQuery { name: name.to_owned(), known })
    }

    /// The name of a file's query.
    #[must_use]
    pub(super) fn name_of(path: &str) -> &str {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.strip_suffix(ENDING).unwrap_or(file)
    }

    /// Reads a query; any SPARQL text will do.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Self {
        let mut comments = text.lines().map_while(|line| line.trim().strip_prefix('#')).map(str::trim).peekable();
        let description = comments.next_if(|line| !line.starts_with('$')).unwrap_or_default().to_owned();
        Self { name: name.to_owned(), description, parameters: comments.filter_map(Parameter::parse).collect(), text: text.to_owned() }
    }

    /// The SPARQL text with every parameter replaced by its value.
    pub fn fill(&self, values: &BTreeMap<String, String>) -> Result<String, QueryError> {
        for name in values.keys() {
            if !self.parameters.iter().any(|parameter| parameter.name == *name) && !holds(&self.text, name) {
                let known = self.parameters.iter().map(|parameter| parameter.name.clone()).collect();
                return Err(QueryError::UnknownParameter { name: name.clone(), known });
            }
        }
        let mut terms = BTreeMap::new();
        for parameter in &self.parameters {
            let value =
                values.get(&parameter.name).or(parameter.default.as_ref()).ok_or_else(|| QueryError::Unset(parameter.name.clone()))?;
            terms.insert(parameter.name.as_str(), parameter.kind.term(&parameter.name, value)?);
        }
        for (name, value) in values {
            if !terms.contains_key(name.as_str()) {
                terms.insert(name, ParameterKind::Text.term(name, value)?);
            }
        }
        Ok(replace(&self.text, &terms))
    }
}

impl Parameter {
    /// Reads "$limit (number): how many rows [default: 20]".
    fn parse(line: &str) -> Option<Self> {
        let (head, description) = line.strip_prefix('$')?.split_once(':')?;
        let (name, kind) = match head.split_once('(') {
            Some((name, kind)) if kind.trim_end_matches(')').trim() == "number" => (name.trim(), ParameterKind::Number),
            Some((name, _)) => (name.trim(), ParameterKind::Text),
            None => (head.trim(), ParameterKind::Text),
        };
        let (description, default) = match description.split_once("[default:") {
            Some((description, default)) => (description, Some(default.trim().trim_end_matches(']').trim().to_owned())),
            None => (description, None),
        };
        Some(Self { name: name.to_owned(), description: description.trim().to_owned(), kind, default })
    }
}

impl ParameterKind {
    /// The value as a SPARQL term.
    fn term(self, name: &str, value: &str) -> Result<String, QueryError> {
        match self {
            Self::Text => Ok(Literal::from(value).to_string()),
            Self::Number if !value.is_empty() && value.len() <= 18 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(value.to_owned())
            }
            Self::Number => Err(QueryError::WrongValue { name: name.to_owned(), value: value.to_owned(), expected: "a whole number" }),
        }
    }
}

fn holds(text: &str, name: &str) -> bool {
    variables(text).any(|(_, variable)| variable == name)
}

/// Where each "$name" begins, and the name.
fn variables(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('$').map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (at, &rest[..end])
    })
}

fn replace(text: &str, terms: &BTreeMap<&str, String>) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (at, name) in variables(text) {
        let Some(term) = terms.get(name) else { continue };
        // Comments keep the parameter's name: they explain it.
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        if text[line..at].trim_start().starts_with('#') {
            continue;
        }
        filled.push_str(&text[done..at]);
        filled.push_str(term);
        done = at + 1 + name.len();
    }
    filled.push_str(&text[done..]);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Store;

    const TEXT: &str =
        "# What a company does.\n# $company: its name\n# $limit (number): rows [default: 20]\nSELECT ?x { ?x ig:p $company } LIMIT $limit";

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn comments_describe_the_query_and_its_parameters() {
        let query = SavedQuery::parse("x", TEXT);
        assert_eq!(query.description, "What a company does.");
        assert_eq!(
            query.parameters[0],
            Parameter { name: "company".into(), description: "its name".into(), kind: ParameterKind::Text, default: None }
        );
        assert_eq!(query.parameters[1].kind, ParameterKind::Number);
        assert_eq!(query.parameters[1].default.as_deref(), Some("20"));
    }

    #[test]
    fn values_cannot_change_what_is_asked() {
        let query = SavedQuery::parse("x", TEXT);
        for value in ["Acme", "\" } DROP ALL #", "a\nb\\", "'$limit'", "O\"Neill"] {
            let filled = query.fill(&values(&[("company", value)])).unwrap();
            assert!(filled.ends_with("} LIMIT 20"), "{filled}");
            assert_eq!(filled.lines().count(), TEXT.lines().count(), "{filled}");
            Store::in_memory().unwrap().select(&filled).unwrap();
        }
        assert!(matches!(query.fill(&values(&[("company", "x"), ("limit", "5; DROP")])), Err(QueryError::WrongValue { .. })));
    }

    #[test]
    fn wrong_parameters_are_told() {
        let query = SavedQuery::parse("x", TEXT);
        assert_eq!(query.fill(&values(&[])).unwrap_err().to_string(), "the query needs --set company=VALUE");
        let error = query.fill(&values(&[("compny", "x")])).unwrap_err().to_string();
        assert_eq!(error, "the query has no $compny; it has $company $limit");
    }

    #[test]
    fn any_query_can_be_filled() {
        let query = SavedQuery::parse("", "SELECT * { ?x skos:prefLabel $name }");
        assert_eq!(query.fill(&values(&[("name", "A")])).unwrap(), "SELECT * { ?x skos:prefLabel \"A\" }");
        assert_eq!(query.fill(&values(&[])).unwrap(), "SELECT * { ?x skos:prefLabel $name }");
    }

    #[test]
    fn every_saved_query_is_described_and_reads_as_sparql() {
        let all = SavedQuery::all(&Files::Embedded).unwrap();
        assert!(all.len() >= 10);
        let store = Store::in_memory().unwrap();
        for query in all {
            assert!(query.description.ends_with('.'), "{}: \"{}\"", query.name, query.description);
            let set: Vec<(&str, &str)> = query.parameters.iter().filter(|p| p.default.is_none()).map(|p| (p.name.as_str(), "x")).collect();
            let filled = query.fill(&values(&set)).unwrap();
            assert!(
                !variables(&filled).any(|(at, _)| !filled[..at].lines().last().unwrap_or_default().starts_with('#')),
                "{}: a parameter is not declared",
                query.name
            );
            store.select(&filled).unwrap_or_else(|error| panic!("{}: {error}", query.name));
        }
    }

    /// The answer of a saved query over the sample articles, a row a line.
    fn answer(name: &str, set: &[(&str, &str)]) -> Vec<String> {
        let query = SavedQuery::named(SavedQuery::all(&Files::Embedded).unwrap(), name).unwrap();
        let rows = crate::graph::sample::store(crate::graph::sample::articles()).select(&query.fill(&values(set)).unwrap()).unwrap().rows;
        let show = |term: &Option<oxigraph::model::Term>| match term {
            Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
            Some(oxigraph::model::Term::NamedNode(node)) => node.as_str().rsplit_once('/').map_or("", |(_, last)| last).to_owned(),
            _ => String::new(),
        };
        rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn saved_queries_answer_what_they_promise() {
        type Case = (&'static str, &'static [(&'static str, &'static str)], Vec<String>);
        let project = format!("{}-i1", crate::graph::sample::articles()[0].id);
        let cases: [Case; 13] = [
            (
                "investments-by-country",
                &[],
                vec!["FR | FR | 2 | EUR | 1540000000 | 1500000000".into(), "IN | IN | 1 | INR | 25000000 | 25000000".into()],
            ),
            (
                "investments-by-company",
                &[],
                vec!["Helio Cloud | 2 | 2 | EUR | 1540000000".into(), "Helio Group | 2 | 0 | EUR | 1540000000".into()],
            ),
            ("investments-by-initiative", &[], vec!["Choose Rhône | 1 | 1 | EUR | 1500000000 | 900".into()]),
            ("jobs-by-country", &[], vec!["FR | FR | 1200 | 900 | 300 | 2".into()]),
            (
                "biggest-investments",
                &[("limit", "1")],
                vec![format!("Helio Cloud |  | FR | 1500000000 | EUR | min | project | planned | {project}")],
            ),
            (
                "investments-in-country",
                &[("country", "in")],
                vec![" | IN | Kaveri Steel |  | 25000000 | INR |  | public | planned | text-371a948ce1de44eccd91d1ea01570df0-i1".into()],
            ),
            (
                "investments-of-company",
                &[("company", "borealis")],
                vec![format!(
                    "2024-06-01 | Borealis | recipient | FR | 40000000 | EUR |  | funding | done | {}-i1",
                    crate::graph::sample::articles()[1].id
                )],
            ),
            ("companies-without-seat", &[], vec!["Helio Cloud | 2 | 2".into(), "Borealis | 1 | 1".into(), "Kaveri Steel | 1 | 1".into()]),
            ("co-investors", &[], vec!["European Investment Bank | Helio Cloud | 1 | Borealis".into()]),
            (
                "investments-by-year",
                &[],
                vec!["2028 | 1 | EUR | 1500000000".into(), "2024 | 1 | EUR | 40000000".into(), " | 1 | INR | 25000000".into()],
            ),
            ("subsidiaries", &[], vec!["Helio Group | Helio Cloud | 1".into()]),
            (
                "public-money",
                &[],
                vec![" | IN | Kaveri Steel | IN | 25000000 | INR | planned | text-371a948ce1de44eccd91d1ea01570df0-i1".into()],
            ),
            (
                "sources-of-company",
                &[("company", "helio group")],
                vec!["Helio Group | 2024-05-13 | The Paper | Helio Cloud to build in Lyon | Helio Group | helio-lyon".into()],
            ),
        ];
        for (name, set, expected) in cases {
            assert_eq!(answer(name, set), expected, "{name}");
        }
        for wanted in [project.as_str(), "helio cloud"] {
            let evidence = answer("evidence-of-investment", &[("investment", wanted)]);
            assert!(evidence[0].starts_with(&format!("{project} | investor | Helio Cloud | Helio Cloud, a unit of")), "{evidence:?}");
            assert!(evidence[1].contains("| more than €1.5 billion |"), "{evidence:?}");
        }
        assert_eq!(answer("articles-without-facts", &[]), Vec::<String>::new());
        assert_eq!(answer("flows-between-countries", &[]), Vec::<String>::new());
        assert_eq!(answer("uncertain-claims", &[("limit", "1")]).len(), 1);
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let error = SavedQuery::named(SavedQuery::all(&Files::Embedded).unwrap(), "nonsense").unwrap_err().to_string();
        assert!(error.contains("investments-by-country"), "{error}");
    }
}
