//! Snapshots of each format from one small hand-made graph.

use oxigraph::model::{GraphName, NamedNode, Quad};

use super::*;
use crate::graph::vocab::{BASE, ig};
use crate::view::tests::{sample, sample_quads};

/// The hand-made graph with the words behind two of its claims.
fn store() -> Store {
    let store = Store::in_memory().unwrap();
    store.oxigraph().extend(sample_quads()).unwrap();
    let evidence = "
        <article/a#i1> ig:evidence <article/a#i1/amount/1>, <article/a#i1/investor/1> .
        <article/a#i1/investor/1> ig:slot 'investor' ; oa:exact 'AWS' ; oa:start 0 ; oa:end 3 .
        <article/a#i1/amount/1> ig:slot 'amount' ; oa:exact 'more than\\n\"€1.2bn\", at least' ; oa:start 10 ; oa:end 38 .
        <article/a#r1> rdf:subject <article/a#c1> ; rdf:predicate ig:subsidiaryOf ; rdf:object <article/a#c2> ; ig:evidence <article/a#r1/subject/1> .
        <article/a#r1/subject/1> ig:slot 'subject' ; oa:exact 'AWS' ; oa:start 0 ; oa:end 3 .";
    let update = format!(
        "BASE <{BASE}> PREFIX ig: <https://w3id.org/investgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
         PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> INSERT DATA {{ GRAPH <article/a> {{ {evidence} }} }}"
    );
    store.oxigraph().update(&update).unwrap();
    store
}

fn written(format: &dyn Format, part: &str, view: &View) -> String {
    let store = store();
    let mut out = Vec::new();
    format.write(part, Source { view, store: &store }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn csv_tables_of_the_sample() {
    let view = sample();
    let tables: Vec<String> = csv::TABLES.iter().map(|table| format!("── {table}.csv\n{}\n", written(&Csv, table, &view))).collect();
    insta::assert_snapshot!(tables.concat());
}

#[test]
fn dot_of_the_sample() {
    let title = Some("Investments in \"the\" sample".to_owned());
    insta::assert_snapshot!(written(&Dot { title }, "graph", &sample()));
}

#[test]
fn every_row_has_as_many_cells_as_its_header() {
    let view = sample();
    for table in csv::TABLES {
        let text = written(&Csv, table, &view);
        // The reader refuses rows of another length.
        let rows = ::csv::Reader::from_reader(text.as_bytes()).records().collect::<Result<Vec<_>, _>>();
        assert!(!rows.unwrap().is_empty(), "{table}");
    }
}

#[test]
fn a_narrowed_view_tells_only_of_its_own() {
    let view = sample();
    let acme = view.find("company/acme-soehne").unwrap();
    let part = view.focus(&[acme], 1);
    assert_eq!(written(&Csv, "investments", &part).lines().count(), 2);
    assert_eq!(written(&Csv, "evidence", &part).lines().count(), 1);
    assert!(!written(&Dot::default(), "graph", &part).contains("Amazon"));
}

#[test]
fn an_unknown_table_is_answered_with_the_known_ones() {
    let store = store();
    let view = sample();
    let error = Csv.write("firms", Source { view: &view, store: &store }, &mut Vec::new()).unwrap_err().to_string();
    assert!(error.starts_with("unknown table \"firms\"; the tables are investments, companies,"), "{error}");
}

#[test]
fn an_empty_graph_makes_a_valid_drawing_and_headers_alone() {
    let view = View::default();
    assert!(written(&Dot::default(), "graph", &view).starts_with("digraph investments {"));
    assert_eq!(written(&Csv, "companies", &view).lines().count(), 1);
}

#[test]
fn nothing_in_a_name_ends_a_dot_string() {
    let name = "a\"b\\c\nd\u{7}<e>&{f}|\\";
    let iri = |path: &str| NamedNode::new_unchecked(format!("{BASE}{path}"));
    let label = oxigraph::model::Literal::new_simple_literal(name);
    let quads = [
        Quad::new(iri("company/x"), oxigraph::model::vocab::rdf::TYPE, ig::COMPANY, GraphName::DefaultGraph),
        Quad::new(iri("company/x"), crate::graph::vocab::skos::PREF_LABEL, label, GraphName::DefaultGraph),
    ];
    let view = View::from_quads(quads.into_iter().map(Ok)).unwrap();
    let dot = Dot::default().draw(&view);
    assert!(dot.contains("[label=\"a\\\"b\\\\c d <e>&{f}|\\\\\", shape=box"), "{dot}");
}

#[test]
fn what_is_merely_mentioned_is_not_drawn() {
    let dot = Dot::default().draw(&sample());
    assert!(dot.contains("\"country/FR\" [label") && !dot.contains("country/DE"), "{dot}");
}

#[test]
fn the_frame_of_a_country_stands_for_the_country_of_its_places() {
    let dot = Dot::default().draw(&sample());
    assert!(dot.contains("\"investment/a-i1\" -> \"place/paris\""), "{dot}");
    assert!(!dot.contains("\"investment/a-i1\" -> \"country/FR\""), "{dot}");
    assert!(dot.contains("\"investment/c-i1\" -> \"country/FR\""), "{dot}");
}

#[test]
fn a_title_is_text_and_no_markup() {
    let title = Some("R&D <b>\"x\"".to_owned());
    assert!(Dot { title }.draw(&sample()).contains(">R&amp;D &lt;b&gt;&quot;x&quot;<"));
}
