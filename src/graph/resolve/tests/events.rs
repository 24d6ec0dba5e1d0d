//! Which claims are one investment. Each group of articles tells one event in other words, or two that only look alike.

use super::rows_of;
use crate::fact::{Bound, Count, Investment, Kind, Party, Stage};
use crate::graph::sample::{Story, code, millions, money, store};

fn acme(name: &str, day: &str) -> Story {
    Story::new(name, day).company(&["Acme Cells"])
}

fn lyon(millions_of_euros: u64) -> impl Fn(&mut Investment) {
    move |fact| {
        fact.amount = Some(millions(millions_of_euros, "EUR"));
        fact.places = vec!["Lyon".into()];
    }
}

/// Kind, stage, sum and number of claims of each investment.
fn investments(stories: &[Story]) -> Vec<String> {
    rows_of(
        &store(stories.iter().map(Story::graph)),
        "SELECT ?kind ?stage ?amount ?currency (COUNT(?c) AS ?claims) {
           ?i a ig:Investment ; ig:kind ?kind ; ig:stage ?stage ; ig:claimedIn ?c . OPTIONAL { ?i ig:amount ?amount ; ig:currency ?currency } }
         GROUP BY ?i ?kind ?stage ?amount ?currency",
    )
}

#[test]
fn one_plan_told_in_ten_ways_is_one() {
    let day = "2024-05-13";
    let found = investments(&[
        acme("a", day).invests("FR", lyon(1200)),
        acme("b", day).invests("FR", |fact| fact.amount = Some(money(1_200_000_000, "EUR", Bound::Min))),
        acme("c", "").invests("FR", lyon(1200)),
        acme("d", "2024-05-14").invests("FR", |fact| {
            fact.amount = Some(millions(1300, "USD"));
            fact.equivalents = vec![millions(1200, "EUR")];
        }),
        acme("e", "2024-05-20").invests("FR", lyon(1180)),
        acme("f", "2024-05-14").invests("FR", |fact| {
            lyon(0)(fact);
            fact.amount = None;
            fact.jobs = Some(Count { count: 900, bound: Bound::Exact });
        }),
        acme("g", "2024-05-15").invests("FR", |fact| {
            lyon(1200)(fact);
            fact.countries.clear();
        }),
        acme("h", "2024-06-01").invests("FR", |fact| {
            lyon(1200)(fact);
            fact.kind = Kind::Funding;
        }),
        acme("i", "2024-05-16").invests("FR", |fact| {
            lyon(1200)(fact);
            fact.investors.push(Party::Company("Borealis".into()));
        }),
        acme("j", "2024-05-17").invests("FR", lyon(1300)),
    ]);
    assert_eq!(found, ["project | planned | 1200000000 | EUR | 10"]);
}

#[test]
fn what_only_looks_alike_stays_apart() {
    let cases: [(&str, Story, Story); 10] = [
        (
            "another town",
            acme("a", "").invests("FR", lyon(1200)),
            acme("b", "").invests("FR", |fact| {
                lyon(1200)(fact);
                fact.places = vec!["Lille".into()];
            }),
        ),
        (
            "another country",
            acme("a", "").invests("FR", |fact| fact.amount = Some(millions(1200, "EUR"))),
            acme("b", "").invests("DE", |fact| fact.amount = Some(millions(1200, "EUR"))),
        ),
        ("another payer", acme("a", "").invests("FR", lyon(1200)), Story::new("b", "").company(&["Borealis"]).invests("FR", lyon(1200))),
        ("another sum", acme("a", "").invests("FR", lyon(1200)), acme("b", "").invests("FR", lyon(2400))),
        (
            "a round sum years apart",
            acme("a", "2020-01-10").invests("FR", |fact| fact.amount = Some(millions(1000, "EUR"))),
            acme("b", "2024-01-10").invests("FR", |fact| fact.amount = Some(millions(1000, "EUR"))),
        ),
        (
            "a round sum without a date",
            acme("a", "").invests("FR", |fact| fact.amount = Some(millions(1000, "EUR"))),
            acme("b", "").invests("FR", |fact| fact.amount = Some(millions(1000, "EUR"))),
        ),
        (
            "no conversion",
            acme("a", "").invests("FR", lyon(1200)),
            acme("b", "").invests("FR", |fact| {
                lyon(1200)(fact);
                fact.amount = Some(millions(1200, "USD"));
            }),
        ),
        (
            "a total and a part",
            acme("a", "").invests("FR", lyon(1200)),
            acme("b", "").invests("FR", |fact| {
                lyon(1200)(fact);
                fact.kind = Kind::Total;
            }),
        ),
        (
            "other years",
            acme("a", "").invests("FR", |fact| {
                lyon(1200)(fact);
                fact.until = Some(2026);
            }),
            acme("b", "").invests("FR", |fact| {
                lyon(1200)(fact);
                fact.until = Some(2032);
            }),
        ),
        ("nothing but the payer", acme("a", "").invests("FR", |_| {}), acme("b", "").invests("FR", |_| {})),
    ];
    for (why, one, other) in cases {
        assert_eq!(investments(&[one, other]).len(), 2, "{why}");
    }
}

fn bid(story: Story, sum: u64, stage: Stage) -> Story {
    story.company(&["Borealis"]).invests("FR", |fact| {
        fact.kind = Kind::Acquisition;
        fact.recipients = vec!["Borealis".into()];
        fact.amount = Some(millions(sum, "EUR"));
        fact.stage = stage;
    })
}

#[test]
fn the_stage_is_the_latest_one_and_does_not_go_back() {
    let story = |name: &str, day: &str, stage| bid(acme(name, day), 930, stage);
    let considered = story("a", "2024-01-10", Stage::Considered);
    let planned = story("b", "2024-02-10", Stage::Planned);
    let done = story("c", "2024-07-01", Stage::Done);
    for (stories, stage) in [
        (vec![considered.clone(), planned.clone()], "planned"),
        (vec![done.clone(), planned, considered.clone()], "done"),
        (vec![considered, story("d", "2024-03-01", Stage::Cancelled)], "cancelled"),
    ] {
        assert_eq!(investments(&stories), [format!("acquisition | {stage} | 930000000 | EUR | {}", stories.len())]);
    }
    assert_eq!(investments(&[done, story("e", "2025-01-10", Stage::Considered)]).len(), 2, "a new bid after the old one is done");
}

#[test]
fn a_raised_bid_is_another() {
    let bids = [bid(acme("a", "2024-01-10"), 1200, Stage::Considered), bid(acme("b", "2024-01-20"), 1300, Stage::Considered)];
    assert_eq!(investments(&bids).len(), 2);
}

#[test]
fn a_claim_that_fits_two_of_one_article_goes_with_neither() {
    let two = acme("a", "2024-05-13").invests("FR", lyon(1200)).invests("FR", lyon(1200));
    assert_eq!(investments(&[two, acme("b", "2024-05-14").invests("FR", lyon(1200))]).len(), 3);
}

#[test]
fn a_state_pays_the_same_sum_to_many() {
    let grant = |name: &str, recipient: &str| {
        Story::new(name, "").company(&[recipient]).invests("DE", |fact| {
            fact.kind = Kind::Public;
            fact.investors = vec![Party::Country(code("DE"))];
            fact.recipients = vec![recipient.into()];
            fact.amount = Some(millions(85, "EUR"));
        })
    };
    assert_eq!(investments(&[grant("a", "Acme Cells"), grant("b", "Borealis")]).len(), 2);
    assert_eq!(investments(&[grant("a", "Acme Cells"), grant("b", "Acme Cells")]).len(), 1);
}

#[test]
fn the_sum_that_most_articles_give_is_the_property() {
    let stories = [
        acme("a", "2024-05-13").invests("FR", lyon(1200)),
        acme("b", "2024-05-13").invests("FR", lyon(1300)),
        acme("c", "2024-05-14").invests("FR", lyon(1300)),
    ];
    assert_eq!(investments(&stories), ["project | planned | 1300000000 | EUR | 3"]);
    let said = rows_of(
        &store(stories.iter().map(Story::graph)),
        "SELECT ?amount ?name { ?i a ig:Investment ; ig:claimedIn ?c . GRAPH ?g { ?c ig:amount ?amount . ?g schema:identifier ?name } }",
    );
    assert_eq!(said, ["1200000000 | a", "1300000000 | b", "1300000000 | c"]);
}

#[test]
fn job_numbers_told_twice_are_one() {
    let jobs = |name: &str, count| {
        let mut story = acme(name, "2024-05-13");
        story.facts.jobs.push(crate::fact::JobCommitment {
            company: Some("Acme Cells".into()),
            country: Some(code("FR")),
            jobs: Count { count, bound: Bound::Exact },
            evidence: Vec::new(),
            confidence: crate::fact::Confidence::new(0.7),
            found_by: "test".into(),
        });
        story.graph()
    };
    let found = rows_of(
        &store([jobs("a", 900), jobs("b", 900), jobs("c", 350)]),
        "SELECT ?jobs (COUNT(?c) AS ?claims) { ?j a ig:JobCommitment ; ig:jobs ?jobs ; ig:claimedIn ?c } GROUP BY ?j ?jobs",
    );
    assert_eq!(found, ["350 | 1", "900 | 2"]);
}
