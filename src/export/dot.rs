//! A drawing for Graphviz. A [`View`] → `digraph investments { … }`, which `dot -Tsvg` renders.
//!
//! Money runs from left to right in three columns: who pays, the sum, where it goes. An arrow that would break this order
//! (a state that pays, a firm that both invests and receives) is laid out the other way round and drawn as it is meant.
//! The places of a country stand with it in one frame, which stands for "located in" and for the sum's "in" the country.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::io::Write;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};

use crate::graph::{Kind, Stage};
use crate::view::{Edge, Node, NodeKind, View, What, count_label, money_label};

use super::style::{self, FAINT, INK};
use super::{ExportError, Format, Source};

/// Longest line of a label in characters; a longer name is broken at a space.
const LINE: usize = 22;

/// The DOT language.
#[derive(Clone, Debug, Default)]
pub struct Dot {
    /// The words above the drawing.
    pub title: Option<String>,
}

impl Format for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn write(&self, _part: &str, source: Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        Ok(out.write_all(self.draw(source.view).as_bytes())?)
    }
}

impl Dot {
    /// The drawing of a view as text.
    #[must_use]
    pub fn draw(&self, view: &View) -> String {
        let mut dot = String::new();
        // Writing to a string cannot fail.
        let _ = Drawing::new(view).write(self.title.as_deref(), &mut dot);
        dot
    }
}

/// A view with what the drawing decides about it.
struct Drawing<'a> {
    view: &'a View,
    /// Nodes that are drawn; things that are merely mentioned are not, unless nothing else is there.
    shown: BTreeSet<NodeIndex>,
    /// Country → its places; they share a frame.
    frames: BTreeMap<NodeIndex, BTreeSet<NodeIndex>>,
}

impl<'a> Drawing<'a> {
    fn new(view: &'a View) -> Self {
        let touches = |index, direction| view.graph().edges_directed(index, direction).any(|edge| *edge.weight() != Edge::LocatedIn);
        let connected = |index: NodeIndex| touches(index, Incoming) || touches(index, Outgoing);
        let mut shown: BTreeSet<NodeIndex> = view.nodes().map(|(index, _)| index).filter(|&index| connected(index)).collect();
        if shown.is_empty() {
            shown = view.nodes().map(|(index, _)| index).collect();
        }
        let mut frames: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
        for (place, _) in view.of_kind(NodeKind::Place).filter(|(place, _)| shown.contains(place)) {
            let around = view.targets(place, Edge::LocatedIn);
            let mut countries = around.into_iter().filter(|&around| is_kind(view, around, NodeKind::Country));
            // A place of two countries belongs in neither frame.
            if let (Some(country), None) = (countries.next(), countries.next()) {
                frames.entry(country).or_default().insert(place);
            }
        }
        shown.extend(frames.keys());
        Self { view, shown, frames }
    }

    fn write(&self, title: Option<&str>, out: &mut String) -> fmt::Result {
        writeln!(out, "digraph investments {{")?;
        let font = "fontname=\"Helvetica,Arial,sans-serif\"";
        // Many arrows between two columns need room to part.
        let ranksep = match self.facts().count() {
            0..=15 => "0.7",
            16..=40 => "1.2",
            _ => "2",
        };
        writeln!(
            out,
            "  graph [rankdir=LR, newrank=true, nodesep=0.22, ranksep={ranksep}, pad=0.3, bgcolor=white, {font}, fontsize=18, fontcolor=\"{INK}\"];"
        )?;
        writeln!(out, "  node [{font}, fontsize=12, fontcolor=\"{INK}\", margin=\"0.12,0.06\", height=0.3, penwidth=1.2];")?;
        writeln!(out, "  edge [{font}, fontsize=9, fontcolor=\"{FAINT}\", arrowsize=0.7, penwidth=1.1];")?;
        self.heading(title, out)?;
        let framed: BTreeSet<NodeIndex> =
            self.frames.iter().flat_map(|(&country, places)| places.iter().copied().chain([country])).collect();
        for &index in self.shown.difference(&framed) {
            self.node(index, "  ", out)?;
        }
        for (n, (&country, places)) in self.frames.iter().enumerate() {
            writeln!(out, "  subgraph cluster_{n} {{")?;
            let members: Vec<String> = places.iter().chain([&country]).map(|&index| quoted(self.view.graph()[index].id())).collect();
            writeln!(out, "    label=\"\"; style=\"rounded,dashed\"; color=\"#7CC7B0\"; margin=10;")?;
            self.node(country, "    ", out)?;
            places.iter().try_for_each(|&place| self.node(place, "    ", out))?;
            writeln!(out, "    {{ rank=same; {}; }}", members.join("; "))?;
            writeln!(out, "  }}")?;
        }
        self.column(out)?;
        self.edges(out)?;
        writeln!(out, "}}")
    }

    fn node(&self, index: NodeIndex, indent: &str, out: &mut String) -> fmt::Result {
        let node = &self.view.graph()[index];
        let look = style::of_node(node.what.kind());
        let (shape, mut line) = (look.shape, look.line);
        let (label, style, fill, more) = match &node.what {
            What::Investment(investment) => {
                if investment.stage == Stage::Cancelled {
                    line = FAINT;
                }
                (investment_lines(node), style::of_stage(investment.stage), style::of_kind(investment.kind), ", fontsize=11")
            }
            What::Jobs(_) => (node.label.clone(), "filled", look.fill, ", fontsize=11"),
            What::Country(_) => (broken(&node.label), "filled", look.fill, ", fontsize=14, penwidth=2"),
            What::Company => (broken(&node.label), "rounded,filled", look.fill, ""),
            _ => (broken(&node.label), "filled", look.fill, ""),
        };
        let (id, label, tip) = (quoted(node.id()), quoted(&label), quoted(&tip(node)));
        writeln!(
            out,
            "{indent}{id} [label={label}, shape={shape}, style=\"{style}\", fillcolor=\"{fill}\", color=\"{line}\"{more}, tooltip={tip}];"
        )
    }

    fn edges(&self, out: &mut String) -> fmt::Result {
        let graph = self.view.graph();
        let mut edges: Vec<_> = graph.edge_references().map(|edge| (edge.source(), edge.target(), *edge.weight())).collect();
        edges.sort_unstable();
        for (source, target, edge) in edges {
            if !self.shown.contains(&source) || !self.shown.contains(&target) || self.is_told_by_frame(source, target, edge) {
                continue;
            }
            let words = match (edge, &graph[source].what, &graph[target].what) {
                (Edge::Investor, _, What::Investment(investment)) => style::verb(investment.kind),
                (Edge::Recipient, What::Investment(investment), _) => style::preposition(investment.kind),
                _ => edge.words(),
            };
            let (color, line) = style::of_edge(edge);
            let (from, to) = (quoted(graph[source].id()), quoted(graph[target].id()));
            let (from, to, turned) = if self.is_turned(source, target, edge) { (to, from, ", dir=back") } else { (from, to, "") };
            let line = if line == "solid" { String::new() } else { format!(", style={line}") };
            // Only what no money holds in its column is placed by its standing relations.
            let loose = if Edge::RELATIONS.contains(&edge) && edge != Edge::SubsidiaryOf && self.has_column(source) {
                ", constraint=false"
            } else {
                ""
            };
            writeln!(out, "  {from} -> {to} [label=\"{words}\", color=\"{color}\"{line}{loose}{turned}];")?;
        }
        Ok(())
    }

    /// Whether the frame around a country and its places shows this edge already.
    fn is_told_by_frame(&self, source: NodeIndex, target: NodeIndex, edge: Edge) -> bool {
        let Some(places) = self.frames.get(&target) else { return false };
        match edge {
            Edge::LocatedIn => places.contains(&source),
            Edge::InCountry => self.view.targets(source, Edge::InPlace).iter().any(|place| places.contains(place)),
            _ => false,
        }
    }

    /// Whether a fact holds the node in its column.
    fn has_column(&self, index: NodeIndex) -> bool {
        self.view.neighbours(index).into_iter().any(|next| self.view.graph()[next].what.kind().is_fact())
    }

    /// Whether the edge is laid out against its direction, so that the columns stay in order.
    fn is_turned(&self, source: NodeIndex, target: NodeIndex, edge: Edge) -> bool {
        match edge {
            // A parent stands left of its subsidiaries.
            Edge::SubsidiaryOf => true,
            Edge::Investor => is_kind(self.view, source, NodeKind::Country),
            Edge::Recipient => !self.view.targets(target, Edge::Investor).is_empty(),
            _ => false,
        }
    }

    /// All investments stand in one column, job commitments with them.
    fn column(&self, out: &mut String) -> fmt::Result {
        let facts: Vec<String> = self.facts().map(|node| quoted(node.id())).collect();
        if facts.len() < 2 { Ok(()) } else { writeln!(out, "  {{ rank=same; {}; }}", facts.join("; ")) }
    }

    fn facts(&self) -> impl Iterator<Item = &'a Node> {
        let view = self.view;
        self.shown.iter().map(|&index| &view.graph()[index]).filter(|node| node.what.kind().is_fact())
    }

    /// The title, and below it a key to the shapes and colours that occur.
    fn heading(&self, title: Option<&str>, out: &mut String) -> fmt::Result {
        let mut cells = Vec::new();
        let things = NodeKind::ALL.into_iter().filter(|kind| *kind != NodeKind::Investment);
        for kind in things.filter(|kind| self.shown.iter().any(|&index| is_kind(self.view, index, *kind))) {
            let look = style::of_node(kind);
            cells.push((look.fill, look.line, kind.name()));
        }
        for kind in Kind::ALL {
            if self.facts().any(|node| matches!(&node.what, What::Investment(investment) if investment.kind == kind)) {
                cells.push((style::of_kind(kind), INK, kind.name()));
            }
        }
        write!(out, "  labelloc=t; labeljust=l; label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"4\">")?;
        if let Some(title) = title {
            write!(out, "<tr><td align=\"left\" colspan=\"{}\">{}</td></tr>", cells.len().max(1), marked_up(title))?;
        }
        write!(out, "<tr>")?;
        if cells.is_empty() {
            write!(out, "<td></td>")?;
        }
        for (fill, line, name) in cells {
            write!(out, "<td border=\"1\" bgcolor=\"{fill}\" color=\"{line}\"><font point-size=\"11\">{name}</font></td>")?;
        }
        writeln!(out, "</tr></table>>;")
    }
}

fn is_kind(view: &View, index: NodeIndex, kind: NodeKind) -> bool {
    view.graph()[index].what.kind() == kind
}

/// Sum and stage, then the jobs: "€1.2 bn+ · planned", "3,000+ jobs".
fn investment_lines(node: &Node) -> String {
    match &node.what {
        What::Investment(investment) => match &investment.jobs {
            Some(jobs) => format!("{}\n{}", node.label, count_label(jobs)),
            None => node.label.clone(),
        },
        _ => node.label.clone(),
    }
}

/// What a pointer over the node in an SVG shows: "€1.2 bn+ · planned (project), $1.3 bn, until 2027, 2 articles".
fn tip(node: &Node) -> String {
    let mut parts = Vec::new();
    if let What::Investment(investment) = &node.what {
        parts.push(format!("{} ({})", node.label, investment.kind.name()));
        parts.extend(investment.equivalents.iter().map(money_label));
        parts.extend(match (investment.from, investment.until) {
            (Some(from), Some(until)) if from == until => Some(format!("in {from}")),
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(until)) => Some(format!("until {until}")),
            (None, None) => None,
        });
    } else {
        parts.push(format!("{} ({})", node.label, node.what.kind().name()));
    }
    parts.extend(node.aliases.iter().cloned());
    match node.articles.len() {
        0 => {}
        1 => parts.push("1 article".to_owned()),
        n => parts.push(format!("{n} articles")),
    }
    parts.join(", ")
}

/// A name on lines of about [`LINE`] characters.
fn broken(name: &str) -> String {
    let mut lines = vec![String::new()];
    for word in name.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= LINE {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

/// Text within an HTML-like label.
fn marked_up(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
        safe
    })
}

/// A DOT string: quotes and backslashes are escaped, ends of lines become `\n`.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
