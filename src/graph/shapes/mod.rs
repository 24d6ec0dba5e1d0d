//! What a sound graph is. `ontology/shapes.ttl` + store → the violations.
//!
//! Shapes are SHACL. This reads the part of SHACL that data such as ours needs, and refuses a shape that asks for more, so that
//! no constraint is passed over in silence: targets by class; property paths of one step, forth or back; `sh:minCount`, `sh:maxCount`, `sh:datatype`,
//! `sh:class`, `sh:nodeKind`, `sh:in`, `sh:hasValue`, `sh:pattern`, the four bounds of numbers; `sh:or` and `sh:and` over shapes; and `sh:sparql`
//! for all else. Claims stand in the articles' graphs, so shapes look at all graphs as one.

mod check;
mod report;
mod shape;

pub use report::{Report, Severity, Violation};
pub use shape::{ShapeError, Shapes};
