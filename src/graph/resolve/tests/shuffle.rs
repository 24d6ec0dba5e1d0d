//! However articles come, change and go, the graph is the one of those that are there.

use proptest::prelude::*;

use crate::fact::{Kind, Object, Predicate, Stage};
use crate::graph::sample::{Story, dump, load, millions, store};
use crate::graph::{ArticleGraph, Store};

/// A pool of articles that share names, acronyms, seats, sums and places in many ways.
fn pool() -> Vec<Story> {
    let names: [&[&str]; 6] = [
        &["Kaveri Steel Works", "KSW"],
        &["KSW"],
        &["Kaveri"],
        &["Kaveri Group"],
        &["Krakow Salt Works", "KSW"],
        &["Kaveri Steel Works", "Kaveri"],
    ];
    let seats = ["IN", "PL", "IN", ""];
    let sums = [1200, 1200, 1300, 1180, 1000];
    let stages = [Stage::Planned, Stage::Done, Stage::Considered, Stage::Planned, Stage::Cancelled, Stage::Done, Stage::Planned];
    let days = ["2024-05-13", "", "2024-05-20", "2024-06-02", "2025-05-01"];
    (0..24)
        .map(|number| {
            let story = Story::new(&format!("s{number}"), days[number % 5]).company(names[number % 6]).company(&["Borealis"]);
            let story = if seats[number % 4].is_empty() { story } else { story.seat(seats[number % 4]) };
            let story = if number % 7 == 3 { story.says(Predicate::SubsidiaryOf, Object::Company("Borealis".into())) } else { story };
            story.invests("IN", |fact| {
                fact.amount = Some(millions(sums[number % 5], "EUR")).filter(|_| number % 8 != 7);
                fact.places = if number % 3 == 0 { vec!["Chennai".into()] } else { Vec::new() };
                fact.stage = stages[number % 7];
                if number % 4 == 2 {
                    fact.kind = Kind::Acquisition;
                    fact.recipients = vec!["Borealis".into()];
                }
            })
        })
        .collect()
}

fn graphs() -> Vec<ArticleGraph> {
    pool().iter().map(Story::graph).collect()
}

/// Another text under the same URL.
fn changed(number: usize) -> ArticleGraph {
    let mut stories = pool();
    let mut story = stories.swap_remove(number);
    story.article.text.push_str(" It was changed.");
    story.facts = stories[(number * 5 + 3) % stories.len()].facts.clone();
    story.graph()
}

#[test]
fn the_pool_joins_and_parts() {
    let store = store(graphs());
    let count = |class: &str| store.select(&format!("SELECT ?x {{ ?x a ig:{class} }}")).unwrap().rows.len();
    assert!((3..8).contains(&count("Company")), "{} companies", count("Company"));
    assert!((3..20).contains(&count("Investment")), "{} investments", count("Investment"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_batches_matter(order in Just((0..24).collect::<Vec<usize>>()).prop_shuffle(), size in 1_usize..9) {
        let graphs = graphs();
        let mut store = Store::in_memory().unwrap();
        for batch in order.chunks(size) {
            load(&mut store, batch.iter().map(|&at| graphs[at].clone()));
        }
        prop_assert_eq!(dump(&store), dump(&crate::graph::sample::store(graphs)));
    }

    #[test]
    fn what_was_there_and_went_leaves_no_trace(
        order in Just((0..24).collect::<Vec<usize>>()).prop_shuffle(),
        gone in 1_usize..12,
        turned in 0_usize..6,
    ) {
        let graphs = graphs();
        let mut store = crate::graph::sample::store(graphs.clone());
        let (gone, kept) = order.split_at(gone);
        let (turned, rest) = kept.split_at(turned);
        for &at in gone {
            store.remove(&graphs[at].id).unwrap();
        }
        for &at in turned {
            load(&mut store, [changed(at)]);
        }
        let fresh = turned.iter().map(|&at| changed(at)).chain(rest.iter().map(|&at| graphs[at].clone()));
        prop_assert_eq!(dump(&store), dump(&crate::graph::sample::store(fresh)));
        store.rebuild().unwrap();
        let fresh = turned.iter().map(|&at| changed(at)).chain(rest.iter().map(|&at| graphs[at].clone()));
        prop_assert_eq!(dump(&store), dump(&crate::graph::sample::store(fresh)));
    }
}
