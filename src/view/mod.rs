//! What a reader looks at. The resolved graph → a [`View`]: a petgraph of companies, places and investments.
//!
//! Nodes are things with a name (companies, public bodies, persons, countries, places, initiatives) and facts
//! (investments, job commitments). Edges follow the money:
//!
//! ```text
//! AWS ──invests──► (€1.2 bn+ · planned) ──in──► France
//!  └──part of──► Amazon                 └─under─► Choose France
//! ```
//!
//! A view can be narrowed to what lies around one thing ([`View::focus`]), to what connects two
//! ([`View::between`]), or to the best connected ([`View::by_degree`], [`View::by_sum`]). Nodes and edges stand in
//! the order of their IRIs, so that the same graph always makes the same picture.

mod build;
mod dossier;
mod find;
mod focus;
mod label;
mod node;
mod rank;

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

pub use build::ViewError;
pub use dossier::{Dossier, FactDossier, Said, SourceArticle, Words};
pub use find::FindError;
pub use label::{count_label, investment_label, money_label, number};
pub use node::{Edge, Investment, Jobs, Node, NodeKind, What, short};

/// The resolved graph, or a part of it, as nodes and edges.
#[derive(Clone, Debug, Default)]
pub struct View {
    graph: DiGraph<Node, Edge>,
    by_iri: BTreeMap<String, NodeIndex>,
}

impl View {
    /// The graph itself.
    #[must_use]
    pub const fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// All nodes in the order of their IRIs.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.graph.node_indices().map(|index| (index, &self.graph[index]))
    }

    /// The nodes of one kind in the order of their IRIs.
    pub fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.nodes().filter(move |(_, node)| node.what.kind() == kind)
    }

    /// The node with this IRI.
    #[must_use]
    pub fn by_iri(&self, iri: &str) -> Option<NodeIndex> {
        self.by_iri.get(iri).copied()
    }

    /// Where edges of this kind lead from a node, in the order of the IRIs.
    #[must_use]
    pub fn targets(&self, node: NodeIndex, edge: Edge) -> Vec<NodeIndex> {
        let edges = self.graph.edges(node).filter(|e| *e.weight() == edge);
        edges.map(|e| e.target()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Where edges of this kind come from that lead to a node, in the order of the IRIs.
    #[must_use]
    pub fn sources(&self, node: NodeIndex, edge: Edge) -> Vec<NodeIndex> {
        let edges = self.graph.edges_directed(node, petgraph::Incoming).filter(|e| *e.weight() == edge);
        edges.map(|e| e.source()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Neighbours along edges of any kind and direction, in the order of the IRIs.
    #[must_use]
    pub fn neighbours(&self, node: NodeIndex) -> BTreeSet<NodeIndex> {
        self.graph.neighbors_undirected(node).collect()
    }

    /// The part of the view that holds only these nodes, with all edges among them.
    #[must_use]
    pub fn part(&self, nodes: &BTreeSet<NodeIndex>) -> Self {
        let edges = nodes.iter().flat_map(|&index| self.graph.edges(index)).filter(|edge| nodes.contains(&edge.target()));
        let iri = |index: NodeIndex| self.graph[index].iri.clone();
        let edges = edges.map(|edge| (iri(edge.source()), *edge.weight(), iri(edge.target()))).collect();
        Self::new(nodes.iter().map(|&index| self.graph[index].clone()).collect(), edges)
    }

    /// A view of these nodes and of the edges, by IRI, of which both ends are among them.
    fn new(mut nodes: Vec<Node>, edges: BTreeSet<(String, Edge, String)>) -> Self {
        nodes.sort_by(|a, b| a.iri.cmp(&b.iri));
        let mut graph = DiGraph::with_capacity(nodes.len(), edges.len());
        let by_iri: BTreeMap<String, NodeIndex> = nodes.into_iter().map(|node| (node.iri.clone(), graph.add_node(node))).collect();
        for (source, edge, target) in edges {
            if let (Some(&source), Some(&target)) = (by_iri.get(&source), by_iri.get(&target)) {
                graph.add_edge(source, target, edge);
            }
        }
        Self { graph, by_iri }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Quad;

    use super::*;

    /// The quads of the hand-made graph.
    pub(crate) fn sample_quads() -> Vec<Quad> {
        let turtle = include_str!("../../tests/graphs/sample.ttl");
        RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle).collect::<Result<_, _>>().unwrap()
    }

    /// The hand-made graph: one of each kind of thing.
    pub(crate) fn sample() -> View {
        View::from_quads(sample_quads().into_iter().map(Ok)).unwrap()
    }

    /// The ids of all nodes.
    pub(crate) fn ids(view: &View) -> Vec<String> {
        view.nodes().map(|(_, node)| node.id().to_owned()).collect()
    }

    #[test]
    fn the_order_of_quads_does_not_matter() {
        let mut quads = sample_quads();
        quads.reverse();
        let turned = View::from_quads(quads.into_iter().map(Ok)).unwrap();
        let edges = |view: &View| {
            let edges = view.graph().edge_references();
            edges.map(|e| (e.source(), e.target(), *e.weight())).collect::<Vec<_>>()
        };
        assert_eq!(ids(&turned), ids(&sample()));
        assert_eq!(edges(&turned), edges(&sample()));
    }

    #[test]
    fn a_part_keeps_the_edges_among_its_nodes() {
        let view = sample();
        let nodes = ["AWS", "FR", "job/a-j1"].iter().map(|name| view.find(name).unwrap()).collect();
        let part = view.part(&nodes);
        assert_eq!(ids(&part), ["company/aws", "country/FR", "job/a-j1"]);
        assert_eq!(part.graph().edge_count(), 2);
    }
}
