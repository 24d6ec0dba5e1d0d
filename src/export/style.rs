//! How kinds look in a drawing. Colours are told apart also without seeing red or green (after Okabe and Ito), and never alone:
//! shapes, line styles and words say the same.

use crate::graph::{Kind, Stage};
use crate::view::{Edge, NodeKind};

/// The look of a node: a Graphviz shape and three colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) shape: &'static str,
    pub(super) fill: &'static str,
    pub(super) line: &'static str,
}

/// The colour of all words.
pub(super) const INK: &str = "#1A1A1A";
/// The colour of words and lines of lesser weight.
pub(super) const FAINT: &str = "#6B7280";

/// The look of a thing with a name, or of jobs.
pub(super) const fn of_node(kind: NodeKind) -> Look {
    let (shape, fill, line) = match kind {
        NodeKind::Company => ("box", "#DCEBF7", "#0072B2"),
        NodeKind::PublicBody => ("octagon", "#E5E7EB", "#4B5563"),
        NodeKind::Person => ("egg", "#F3F4F6", "#4B5563"),
        NodeKind::Country => ("ellipse", "#BFE8D9", "#009E73"),
        NodeKind::Place => ("ellipse", "#F1FAF7", "#009E73"),
        NodeKind::Initiative => ("hexagon", "#F5E1EC", "#B0578D"),
        NodeKind::Investment => ("box", "#FFFFFF", INK),
        NodeKind::Jobs => ("note", "#FFFFFF", FAINT),
    };
    Look { shape, fill, line }
}

/// The fill of an investment.
pub(super) const fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Project => "#F7C65B",
        Kind::Acquisition => "#F0A27A",
        Kind::Funding => "#F7F09A",
        Kind::Public => "#9CCBEC",
        Kind::Total => "#D1D5DB",
    }
}

/// The outline of an investment: the surer it is, the firmer the line.
pub(super) const fn of_stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Considered => "rounded,filled,dashed",
        Stage::Planned => "rounded,filled",
        Stage::Done => "rounded,filled,bold",
        Stage::Cancelled => "rounded,filled,dotted",
    }
}

/// The colour of an arrow: the money stands out, standing relations recede.
pub(super) const fn of_edge(edge: Edge) -> (&'static str, &'static str) {
    match edge {
        Edge::Investor | Edge::Recipient => ("#B45309", "solid"),
        Edge::InCountry | Edge::InPlace => ("#007A59", "solid"),
        Edge::UnderInitiative => ("#B0578D", "solid"),
        Edge::Employer => (FAINT, "solid"),
        Edge::SubsidiaryOf => ("#0072B2", "solid"),
        Edge::BasedIn | Edge::OperatesIn | Edge::LocatedIn => ("#9CA3AF", "dashed"),
        Edge::ParticipatesIn | Edge::InitiativeOf => ("#C58BAE", "dashed"),
    }
}

/// What the investor does, in a word beside the arrow.
pub(super) const fn verb(kind: Kind) -> &'static str {
    match kind {
        Kind::Project | Kind::Total => "invests",
        Kind::Acquisition => "buys",
        Kind::Funding => "funds",
        Kind::Public => "grants",
    }
}

/// How the sum goes to its recipient, in a word beside the arrow.
pub(super) const fn preposition(kind: Kind) -> &'static str {
    match kind {
        Kind::Acquisition => "for",
        Kind::Public => "to",
        Kind::Project | Kind::Funding | Kind::Total => "into",
    }
}
