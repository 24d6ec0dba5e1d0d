//! Which names are one entity.

use super::rows_of;
use crate::fact::{Object, Predicate};
use crate::graph::Store;
use crate::graph::sample::{Story, millions, store};

/// The companies of these articles: IRI's end, name, number of articles.
fn companies(stories: &[Story]) -> Vec<String> {
    let store: Store = store(stories.iter().map(Story::graph));
    rows_of(
        &store,
        "SELECT ?c ?n (COUNT(DISTINCT ?a) AS ?articles) { ?c a ig:Company ; skos:prefLabel ?n ; ig:mentionedIn ?a } GROUP BY ?c ?n",
    )
}

#[test]
fn namesakes_with_seats_in_two_countries_are_two() {
    let found = companies(&[
        Story::new("a", "").company(&["First National Bank"]).seat("US"),
        Story::new("b", "").company(&["First National Bank"]).seat("ZA"),
        Story::new("c", "").company(&["First National Bank"]).invests("ZA", |fact| fact.amount = Some(millions(12, "ZAR"))),
        Story::new("d", "").company(&["First National Bank"]),
    ]);
    assert_eq!(
        found,
        [
            "first-national-bank | First National Bank | 1",
            "first-national-bank-us | First National Bank | 1",
            "first-national-bank-za | First National Bank | 2"
        ]
    );
}

#[test]
fn one_seat_or_none_keeps_a_name_together() {
    let found = companies(&[
        Story::new("a", "").company(&["Kaveri Steel"]).seat("IN"),
        Story::new("b", "").company(&["Kaveri Steel"]),
        Story::new("c", "").company(&["Kaveri Steel"]).seat("IN").seat("GB"),
    ]);
    assert_eq!(found, ["kaveri-steel | Kaveri Steel | 3"]);
}

#[test]
fn a_short_name_joins_the_only_firm_that_bears_it() {
    let full = Story::new("a", "").company(&["Kaveri Steel Works", "KSW", "Kaveri"]).seat("IN");
    let short = |name: &str, country: &str| Story::new("b", "").company(&[name]).seat(country);
    for name in ["KSW", "Kaveri"] {
        assert_eq!(companies(&[full.clone(), short(name, "IN")]), ["kaveri-steel-works | Kaveri Steel Works | 2"], "{name}");
        let apart = companies(&[full.clone(), short(name, "PL")]);
        assert_eq!(apart.len(), 2, "another seat: {apart:?}");
        let rival = Story::new("c", "").company(&["Krakow Salt Works", "KSW", "Kaveri"]).seat("IN");
        let doubtful = companies(&[full.clone(), rival, short(name, "IN")]);
        assert_eq!(doubtful.len(), 3, "two bear the name: {doubtful:?}");
    }
    let unplaced = companies(&[full.clone(), Story::new("b", "").company(&["KSW"])]);
    assert_eq!(unplaced.len(), 2, "nothing but a name: {unplaced:?}");
    let both = Story::new("b", "").company(&["KSW"]).company(&["Kaveri Steel Works"]).seat("IN");
    assert_eq!(companies(&[full.clone(), both]).len(), 2, "an article that tells them apart");
    let owner = Object::Company("Kaveri Steel Works".into());
    let unit = Story::new("b", "").company(&["KSW"]).seat("IN").says(Predicate::SubsidiaryOf, owner);
    assert_eq!(companies(&[full, unit]).len(), 2, "a unit is not its owner");
}

#[test]
fn other_names_do_not_join() {
    for (one, other) in [("Kaveri Steel", "Kaveri Cement"), ("Kaveri Steel", "Kaveri Steel Finance"), ("Acme", "Acme Europe")] {
        let found = companies(&[Story::new("a", "").company(&[one]).seat("IN"), Story::new("b", "").company(&[other]).seat("IN")]);
        assert_eq!(found.len(), 2, "{one}, {other}");
    }
}

#[test]
fn a_group_is_the_firm_of_its_name_where_their_seats_meet() {
    let found = |seat: &str| {
        companies(&[Story::new("a", "").company(&["Kaveri Group"]).seat("IN"), Story::new("b", "").company(&["Kaveri"]).seat(seat)]).len()
    };
    assert_eq!((found("IN"), found("PL")), (1, 2));
}
