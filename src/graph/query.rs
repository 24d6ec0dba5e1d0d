//! Asks the graph. SPARQL → rows, a truth or triples; our prefixes are declared already.
//!
//! ```
//! use investgraph::graph::Store;
//!
//! let store = Store::in_memory()?;
//! let rows = store.select("SELECT ?company ?name { ?company a ig:Company ; skos:prefLabel ?name }")?;
//! assert_eq!(rows.variables, ["company", "name"]);
//! assert!(rows.rows.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt::Write as _;

use oxigraph::model::{GraphName, Term};
use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::StorageError;

use super::Store;
use super::vocab::PREFIXES;

/// Why a query gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is not SPARQL.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What stands there and what should.
        message: String,
    },
    /// The text is SPARQL, but cannot be asked.
    #[error("{0}")]
    Invalid(String),
    /// A parameter has no value.
    #[error("the query needs --set {0}=VALUE")]
    Unset(String),
    /// A value for a parameter that the query does not have.
    #[error("the query has no ${name}; {}", known_parameters(.known))]
    UnknownParameter {
        /// The name given.
        name: String,
        /// The names that it has.
        known: Vec<String>,
    },
    /// A value that is not what the parameter holds.
    #[error("--set {name}={value}: {expected} is expected")]
    WrongValue {
        /// The parameter.
        name: String,
        /// The value given.
        value: String,
        /// What its value must be.
        expected: &'static str,
    },
    /// No saved query has this name.
    #[error("no saved query \"{name}\"; there are: {}", .known.join(", "))]
    UnknownQuery {
        /// The name given.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The answer broke off.
    #[error("the query failed: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The database below failed.
    #[error("the store failed: {0}")]
    Storage(#[from] StorageError),
    /// The query asks for something other than rows.
    #[error("the query gives no rows: only SELECT does")]
    NotRows,
}

fn known_parameters(known: &[String]) -> String {
    if known.is_empty() {
        return "it has no parameters".to_owned();
    }
    known.iter().fold("it has".to_owned(), |mut list, name| {
        // Writing to a string cannot fail.
        let _ = write!(list, " ${name}");
        list
    })
}

/// The rows of a SELECT.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The columns' names, without "?".
    pub variables: Vec<String>,
    /// A value for each column, or nothing.
    pub rows: Vec<Vec<Option<Term>>>,
}

impl Store {
    /// Asks any query.
    ///
    /// # Errors
    /// When the text is not SPARQL, or the answer cannot begin.
    pub fn query(&self, sparql: &str) -> Result<QueryResults<'static>, QueryError> {
        let query = parse(sparql)?;
        Ok(query.on_store(self.oxigraph()).execute()?)
    }

    /// Asks any query, with what the rules have inferred beside what was said.
    ///
    /// # Errors
    /// When the text is not SPARQL, or the answer cannot begin.
    pub fn query_with_inferred(&self, sparql: &str) -> Result<QueryResults<'static>, QueryError> {
        let mut graphs = vec![GraphName::DefaultGraph];
        graphs.extend(self.inferred()?.into_iter().map(GraphName::from));
        let mut query = parse(sparql)?;
        if query.dataset().is_default_dataset() {
            query.dataset_mut().set_default_graph(graphs);
        }
        Ok(query.on_store(self.oxigraph()).execute()?)
    }

    /// Asks a query over all graphs as if they were one.
    pub(super) fn query_all_graphs(&self, sparql: &str) -> Result<QueryResults<'static>, QueryError> {
        let mut query = parse(sparql)?;
        query.dataset_mut().set_default_graph_as_union();
        Ok(query.on_store(self.oxigraph()).execute()?)
    }

    /// Asks for rows.
    ///
    /// # Errors
    /// When the text is not a SELECT, or the answer breaks off.
    pub fn select(&self, sparql: &str) -> Result<Rows, QueryError> {
        let QueryResults::Solutions(solutions) = self.query(sparql)? else { return Err(QueryError::NotRows) };
        let variables = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
        let rows = solutions.map(|solution| Ok(solution?.values().to_vec())).collect::<Result<_, QueryEvaluationError>>()?;
        Ok(Rows { variables, rows })
    }
}

/// An evaluator that knows our prefixes.
fn evaluator() -> Result<SparqlEvaluator, QueryError> {
    PREFIXES.into_iter().try_fold(SparqlEvaluator::new(), |evaluator, (prefix, iri)| {
        evaluator.with_prefix(prefix, iri).map_err(|error| QueryError::Invalid(error.to_string()))
    })
}

fn parse(sparql: &str) -> Result<PreparedSparqlQuery, QueryError> {
    evaluator()?.parse_query(sparql).or_else(|error| {
        // The parser tries keywords by reading as many characters; with room after the end it tells how many.
        let again = evaluator()?.parse_query(&format!("{sparql}{:64}", ""));
        Err(syntax_error(sparql, &again.err().unwrap_or(error).to_string()))
    })
}

/// Turns the parser's "error at 2:7: expected one of …" into one line that shows what stands there.
fn syntax_error(sparql: &str, text: &str) -> QueryError {
    let parsed = text.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, rest) = rest.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?, rest.trim().trim_start_matches("expected ")))
    });
    let Some((line, column, expected)) = parsed else { return QueryError::Invalid(text.to_owned()) };
    let before: usize = sparql.split_inclusive('\n').take(line.saturating_sub(1)).map(|line| line.chars().count()).sum();
    let mut offset = before + column.saturating_sub(1);
    // A keyword that was tried and not found is reported at its end, and hides what else would have been possible.
    let keyword = !expected.is_empty() && expected.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    if keyword {
        offset = offset.saturating_sub(expected.len());
    }
    let offset = offset.min(sparql.trim_end().chars().count());
    let rest: String = sparql.chars().skip(offset).collect();
    let found = match rest.split_whitespace().next() {
        Some(word) => format!("\"{}\" cannot stand here", word.chars().take(30).collect::<String>()),
        None => "the query cannot end here".to_owned(),
    };
    let message = if keyword || expected.contains("[_]") { found } else { format!("{found}; expected {}", shortened(expected)) };
    let start = sparql.chars().take(offset).collect::<String>();
    let line = start.matches('\n').count() + 1;
    let column = start.chars().rev().take_while(|&c| c != '\n').count() + 1;
    QueryError::Syntax { line, column, message }
}

/// The first few of a long list of what the parser would have taken.
fn shortened(expected: &str) -> String {
    let Some(list) = expected.strip_prefix("one of ") else { return expected.to_owned() };
    let items: Vec<&str> = list.split(", ").collect();
    if items.len() <= 6 { expected.to_owned() } else { format!("one of {} and {} more", items[..5].join(", "), items.len() - 5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_sparql_is_told_in_one_line_with_its_place() {
        let store = Store::in_memory().unwrap();
        let cases = [
            ("SELECT ?x WHERE { ?x a ig:Company", 1, 34),
            ("SELECT ?x\nWHERE { ?x a ?y ] }", 2, 17),
            ("SELEKT ?x { ?x a ?y }", 1, 1),
            ("", 1, 1),
            ("SELECT ?x { ?x a ?y FILTR(?y) }", 1, 21),
            ("SELECT ?x { ?x a ?y } LIMIT many", 1, 29),
        ];
        for (sparql, line, column) in cases {
            let error = store.select(sparql).unwrap_err();
            let text = error.to_string();
            let QueryError::Syntax { line: at_line, column: at_column, .. } = error else { panic!("{sparql}: {text}") };
            assert_eq!((at_line, at_column), (line, column), "{sparql}: {text}");
            assert!(!text.contains('\n') && text.len() < 200, "{text}");
        }
        assert!(matches!(store.select("SELECT ?x { ?x a unknown:Thing }"), Err(QueryError::Syntax { .. } | QueryError::Invalid(_))));
    }

    #[test]
    fn only_a_select_gives_rows() {
        assert!(matches!(Store::in_memory().unwrap().select("ASK { ?s ?p ?o }"), Err(QueryError::NotRows)));
    }
}
