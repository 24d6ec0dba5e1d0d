//! investgraph reads news and builds a knowledge graph of investments.
//!
//! ```text
//! article ──► text ──► mentions ──► facts ──► graph ──► query · export
//! (files)   (words,   (money,      (who puts  (RDF in   (SPARQL, CSV, DOT)
//!           sentences) companies…)  what where) Oxigraph)
//! ```
//!
//! Data flows one way. A stage is a function on data: it takes the value of the stage before and returns its own.
//! No stage reaches back, holds a handle to a later one, or prints. Only [`cli`] touches terminal, clock and environment.

pub mod article;
pub mod cli;
pub mod eval;
pub mod export;
pub mod fact;
pub mod graph;
pub mod lexicon;
pub mod mention;
pub mod pipeline;
pub mod text;
pub mod view;
