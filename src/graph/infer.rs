//! What follows from what was said. `ontology/rules/*.rq` + store → named graphs of inferred triples.
//!
//! A rule is a CONSTRUCT over the default graph; its first comment line says what it does. Each rule's triples stand in a graph of their
//! own, `…/inferred/{rule}`, a [`ig:InferredGraph`](super::vocab::ig::INFERRED_GRAPH), and so never among what was said. They go when the default graph
//! changes, since they may follow no longer.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad};
use oxigraph::sparql::QueryResults;
use oxigraph::store::StorageError;

use super::vocab::{BASE, ig, rdfs};
use super::{QueryError, SavedQuery, Store, StoreError};
use crate::lexicon::{Files, LexiconError};

/// The folder of the rules.
const FOLDER: &str = "rules";

/// Why rules cannot be applied.
#[derive(Debug, thiserror::Error)]
pub enum InferError {
    /// A rule cannot be asked.
    #[error("rule {rule}: {source}")]
    Rule {
        /// The rule's name.
        rule: String,
        /// What is wrong.
        source: QueryError,
    },
    /// A rule is no CONSTRUCT.
    #[error("rule {0}: only a CONSTRUCT gives triples")]
    NoConstruct(String),
    /// The store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All rules of the ontology; none where it has no folder for them.
pub fn rules(files: &Files) -> Result<Vec<SavedQuery>, LexiconError> {
    match files.list(FOLDER, ".rq") {
        Ok(paths) => paths.iter().map(|path| Ok(SavedQuery::parse(SavedQuery::name_of(path), &files.read(path)?))).collect(),
        Err(LexiconError::Unreadable { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

impl Store {
    /// Applies the rules; what they inferred before goes. Gives each rule's number of triples.
    pub fn infer(&mut self, rules: &[SavedQuery]) -> Result<Vec<(String, usize)>, InferError> {
        let mut inferred = Vec::new();
        for rule in rules {
            let wrong = |source| InferError::Rule { rule: rule.name.clone(), source };
            let graph = NamedNode::new_unchecked(format!("{BASE}inferred/{}", super::iri::slug(&rule.name)));
            let sparql = rule.fill(&std::collections::BTreeMap::new()).map_err(wrong)?;
            let QueryResults::Graph(triples) = self.query(&sparql).map_err(wrong)? else {
                return Err(InferError::NoConstruct(rule.name.clone()));
            };
            let mut quads = Vec::new();
            for triple in triples {
                let triple = triple.map_err(QueryError::from).map_err(wrong)?;
                quads.push(triple.in_graph(GraphName::NamedNode(graph.clone())));
            }
            super::write::sort_quads(&mut quads);
            inferred.push((rule.name.clone(), quads.len()));
            quads.push(Quad::new(graph.clone(), rdf::TYPE, ig::INFERRED_GRAPH, graph.clone()));
            quads.push(Quad::new(graph.clone(), rdfs::COMMENT, Literal::from(rule.description.as_str()), graph));
            self.replace_inferred(inferred.len() == 1, &quads).map_err(StoreError::from)?;
        }
        Ok(inferred)
    }

    /// Takes out all that was inferred; says whether there was anything.
    pub fn forget_inferred(&mut self) -> Result<bool, StoreError> {
        let any = !self.inferred()?.is_empty();
        self.replace_inferred(true, &[])?;
        Ok(any)
    }

    /// The graphs of inferred triples.
    pub(super) fn inferred(&self) -> Result<Vec<NamedNode>, StorageError> {
        graphs(self.oxigraph())
    }

    fn replace_inferred(&self, forget: bool, quads: &[Quad]) -> Result<(), StorageError> {
        let mut transaction = self.oxigraph().start_transaction()?;
        if forget {
            for graph in graphs(self.oxigraph())? {
                transaction.remove_named_graph(graph.as_ref())?;
            }
        }
        transaction.extend(quads);
        transaction.commit()
    }
}

/// The graphs of inferred triples, in the order of their names.
pub(super) fn graphs(source: &impl super::resolve::QuadSource) -> Result<Vec<NamedNode>, StorageError> {
    let mut graphs = Vec::new();
    for quad in source.quads(None, Some(rdf::TYPE), Some(ig::INFERRED_GRAPH.into()), None) {
        if let NamedOrBlankNode::NamedNode(graph) = quad?.subject {
            graphs.push(graph);
        }
    }
    graphs.sort();
    Ok(graphs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{alone, alone_facts, articles, dump, graph, load, store};

    fn count(store: &Store, sparql: &str) -> usize {
        let QueryResults::Solutions(rows) = store.query_with_inferred(sparql).unwrap() else { panic!("{sparql}") };
        rows.count()
    }

    #[test]
    fn rules_infer_beside_what_was_said() {
        let mut store = store(articles());
        let said = dump(&store);
        let all = rules(&Files::Embedded).unwrap();
        let inferred = store.infer(&all).unwrap();
        assert_eq!(
            inferred.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["co-investors", "investments-of-parents", "investments-of-regions"]
        );
        let parents = "SELECT ?i { ?i ig:countsFor <https://w3id.org/investgraph/company/helio-group> }";
        assert_eq!(count(&store, parents), 2);
        assert_eq!(store.select(parents).unwrap().rows.len(), 0, "not among what was said");
        assert_eq!(count(&store, "SELECT ?a { ?a ig:coInvestorOf ?b }"), 2);
        let again = dump(&store);
        store.infer(&all).unwrap();
        assert_eq!(dump(&store), again, "a second time changes nothing");
        assert!(store.forget_inferred().unwrap());
        assert_eq!(dump(&store), said);
    }

    #[test]
    fn what_may_follow_no_longer_goes() {
        let mut store = store(articles());
        let said = dump(&store);
        store.infer(&rules(&Files::Embedded).unwrap()).unwrap();
        load(&mut store, articles());
        assert!(!store.inferred().unwrap().is_empty(), "nothing has changed");
        let changed = graph(&crate::article::Article { title: Some("Another headline".into()), ..alone() }, &alone_facts());
        load(&mut store, [changed]);
        assert!(store.inferred().unwrap().is_empty());
        store.remove(&crate::graph::iri::article_id(&alone())).unwrap();
        load(&mut store, articles());
        assert_eq!(dump(&store), said);
    }

    #[test]
    fn a_rule_that_gives_no_triples_is_named() {
        let rule = SavedQuery::parse("odd", "# Odd.\nSELECT ?x { ?x a ?y }");
        let error = store(articles()).infer(&[rule]).unwrap_err().to_string();
        assert_eq!(error, "rule odd: only a CONSTRUCT gives triples");
        let rule = SavedQuery::parse("broken", "CONSTRUCT {");
        assert!(store(articles()).infer(&[rule]).unwrap_err().to_string().starts_with("rule broken: line 1"));
    }
}
