//! Writes quads as text, always in the same order. Quads → N-Quads, Turtle, …

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, Quad, QuadRef, TripleRef};

use super::vocab::PREFIXES;

/// Sorts by graph, subject, predicate and object, and drops doubles.
pub fn sort_quads(quads: &mut Vec<Quad>) {
    quads.sort_by_cached_key(|quad| {
        (quad.graph_name.to_string(), quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string())
    });
    quads.dedup();
}

/// Writes quads in the order given, with our prefixes.
///
/// A format without named graphs keeps the triples and drops the graphs' names.
///
/// # Errors
/// When the writer fails.
pub fn write_quads<'a>(quads: impl IntoIterator<Item = &'a Quad>, format: RdfFormat, writer: impl Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
    }
    let mut serializer = serializer.for_writer(writer);
    for quad in quads {
        if format.supports_datasets() {
            serializer.serialize_quad(quad)?;
        } else {
            let QuadRef { subject, predicate, object, .. } = quad.as_ref();
            serializer.serialize_quad(TripleRef { subject, predicate, object }.in_graph(GraphNameRef::DefaultGraph))?;
        }
    }
    serializer.finish()?.flush()
}

/// Every quad on a line of N-Quads, sorted: equal graphs give equal bytes.
#[must_use]
pub fn to_nquads<'a>(quads: impl IntoIterator<Item = &'a Quad>) -> String {
    let mut lines: Vec<String> = quads.into_iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat()
}
