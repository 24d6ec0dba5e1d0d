//! The resolved graph of hand-made articles.

mod entities;
mod events;
mod shuffle;

use crate::article::Article;
use crate::fact::{Bound, Investment};
use crate::graph::sample::{articles, dump, graph, load, lyon, lyon_facts, money, store};

fn rows(sparql: &str) -> Vec<String> {
    rows_of(&store(articles()), sparql)
}

pub(super) fn rows_of(store: &crate::graph::Store, sparql: &str) -> Vec<String> {
    let show = |term: &Option<oxigraph::model::Term>| match term {
        Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
        Some(term) => term.to_string().rsplit(['/', '#']).next().unwrap_or_default().trim_end_matches('>').to_owned(),
        None => String::new(),
    };
    let mut rows: Vec<String> =
        store.select(sparql).unwrap().rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" | ")).collect();
    rows.sort();
    rows
}

#[test]
fn mentions_of_one_name_are_one_entity() {
    assert_eq!(
        rows("SELECT ?n (COUNT(?a) AS ?articles) { ?c a ig:Company ; skos:prefLabel ?n ; ig:mentionedIn ?a } GROUP BY ?c ?n"),
        ["Borealis | 1", "Helio Cloud | 2", "Helio Group | 1", "Kaveri Steel | 1"]
    );
    assert_eq!(rows("SELECT ?n { ?c skos:prefLabel 'Helio Cloud' ; skos:altLabel ?n }"), ["Helio"]);
}

#[test]
fn relations_lead_from_entity_to_entity() {
    assert_eq!(
        rows("SELECT ?s ?p ?o { VALUES ?p { ig:subsidiaryOf ig:basedIn ig:participatesIn ig:initiativeOf } ?s ?p ?o }"),
        [
            "choose-rhone | initiativeOf | FR",
            "helio-cloud | participatesIn | choose-rhone",
            "helio-cloud | subsidiaryOf | helio-group",
            "helio-group | basedIn | DK"
        ]
    );
}

#[test]
fn an_investment_carries_all_that_its_claim_says() {
    assert_eq!(
        rows(
            "SELECT ?who ?where ?place ?under ?amount ?currency ?bound ?other ?jobs ?until ?confidence {
               ?i a ig:Investment ; ig:kind ig:project ; ig:stage ig:planned ; ig:investor ?who ; ig:country ?where ; ig:place ?place ;
                  ig:initiative ?under ; ig:amount ?amount ; ig:currency ?currency ; ig:bound ?bound ; ig:jobs ?jobs ; ig:until ?until ;
                  ig:confidence ?confidence ; ig:equivalent/ig:amount ?other }"
        ),
        ["helio-cloud | FR | lyon | choose-rhone | 1500000000 | EUR | min | 1600000000 | 900 | 2028 | 0.9"]
    );
    assert_eq!(
        rows("SELECT ?who ?n ?b { ?j a ig:JobCommitment ; ig:company ?who ; ig:jobs ?n ; ig:jobsBound ?b }"),
        ["helio-group | 300 | about"]
    );
}

#[test]
fn evidence_is_reached_from_the_investment() {
    assert_eq!(
        rows(
            "SELECT ?slot ?quote { ?i a ig:Investment ; ig:claimedIn ?c .
               GRAPH ?a { ?c ig:evidence ?e . ?e ig:slot ?slot ; oa:exact ?quote } }"
        ),
        ["amount | more than €1.5 billion", "investor | Helio Cloud"]
    );
}

#[test]
fn loading_again_changes_nothing() {
    let mut store = store(articles());
    let before = dump(&store);
    load(&mut store, articles());
    assert_eq!(dump(&store), before);
}

#[test]
fn neither_order_nor_batches_matter() {
    let whole = dump(&store(articles()));
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut store = crate::graph::Store::in_memory().unwrap();
        for at in order {
            load(&mut store, [articles().swap_remove(at)]);
        }
        assert_eq!(dump(&store), whole, "{order:?}");
    }
}

#[test]
fn a_removed_article_leaves_no_residue() {
    for gone in 0..3 {
        let mut store = store(articles());
        let mut others = articles();
        let id = others.remove(gone).id;
        store.remove(&id).unwrap();
        assert_eq!(dump(&store), dump(&crate::graph::sample::store(others)), "without article {gone}");
    }
    let mut store = store(articles());
    for article in articles() {
        store.remove(&article.id).unwrap();
    }
    assert_eq!(dump(&store), "");
}

#[test]
fn a_changed_article_replaces_what_rested_on_it() {
    let mut facts = lyon_facts();
    facts.investments =
        vec![Investment { amount: Some(money(7, "DKK", Bound::Exact)), equivalents: Vec::new(), ..facts.investments.swap_remove(0) }];
    facts.relations.clear();
    let changed = graph(&Article { text: "Helio Cloud puts 7 crowns into Lyon.".into(), ..lyon() }, &facts);
    let mut changing = store(articles());
    load(&mut changing, [changed.clone()]);
    let fresh = store(articles().into_iter().skip(1).chain([changed]));
    assert_eq!(dump(&changing), dump(&fresh));
    assert_eq!(rows_of(&changing, "SELECT ?a { ?i ig:amount ?a ; ig:currency 'DKK' }"), ["7"]);
    assert!(rows_of(&changing, "SELECT ?s { ?s ig:subsidiaryOf ?o }").is_empty());
}

#[test]
fn the_default_graph_follows_from_the_named_graphs() {
    let mut store = store(articles());
    let before = dump(&store);
    store.rebuild().unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn a_load_that_was_killed_is_finished_by_the_next() {
    let whole = dump(&store(articles()));
    let mut killed = crate::graph::Store::in_memory().unwrap();
    // The first article's graph stands, but nothing was resolved.
    let first = articles().swap_remove(0);
    killed.oxigraph().insert(&super::pending(crate::graph::iri::article(&first.id).as_ref())).unwrap();
    killed.oxigraph().extend(first.quads).unwrap();
    load(&mut killed, articles());
    assert_eq!(dump(&killed), whole);
}
