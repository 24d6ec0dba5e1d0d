//! Decisions on hand-made articles: what they change, that they hold for what comes later, and that they can be taken back.

use super::*;
use crate::fact::{Object, Predicate};
use crate::graph::sample::{Story, dump, load, millions, store};
use crate::graph::vocab::{BASE, ig};

fn story(name: &str, company: &str, day: &str) -> Story {
    Story::new(name, day).company(&[company]).seat("IN").invests("IN", |fact| {
        fact.amount = Some(millions(1200, "EUR"));
        fact.places = vec!["Chennai".into()];
    })
}

fn three() -> Vec<ArticleGraph> {
    let unit =
        story("c", "Kaveri Steel", "2024-07-01").company(&["Borealis"]).says(Predicate::SubsidiaryOf, Object::Company("Borealis".into()));
    vec![story("a", "Kaveri Steel", "2024-05-13").graph(), story("b", "KSI", "2024-05-14").graph(), unit.graph()]
}

fn entity(key: &str) -> String {
    format!("{BASE}{key}")
}

fn decision(act: Act) -> Decision {
    Decision { created: "2025-03-01T12:00:00Z".into(), act, note: None }
}

/// Names with the number of their articles, and investments with that of their claims.
fn shape(store: &Store) -> (Vec<String>, Vec<usize>) {
    let rows = store
        .select(
            "SELECT ?n (COUNT(DISTINCT ?a) AS ?c) { ?e a ig:Company ; skos:prefLabel ?n ; ig:mentionedIn ?a } GROUP BY ?e ?n ORDER BY ?n",
        )
        .unwrap();
    let show = |term: &Option<oxigraph::model::Term>| match term {
        Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    };
    let names = rows.rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" ")).collect();
    let facts = facts(store);
    let mut sizes: Vec<usize> = facts.iter().map(|fact| store.prints_of(fact).unwrap().len()).collect();
    sizes.sort_unstable();
    (names, sizes)
}

fn facts(store: &Store) -> Vec<String> {
    let rows = store.select("SELECT ?i { ?i a ig:Investment } ORDER BY ?i").unwrap();
    rows.rows.iter().map(|row| row[0].as_ref().unwrap().to_string().trim_matches(['<', '>']).to_owned()).collect()
}

fn prints(store: &Store, fact: &str) -> BTreeSet<String> {
    store.prints_of(fact).unwrap().into_iter().map(|(_, print)| print).collect()
}

/// Takes decisions, and checks that they hold when everything is loaded again, in another store and another order, and that undoing them
/// leaves no trace.
fn shape_after(acts: Vec<Act>) -> (Vec<String>, Vec<usize>) {
    let mut decided = store(three());
    let before = dump(&decided);
    let decisions: Vec<Decision> = acts.into_iter().map(decision).collect();
    decided.decide(&decisions, &[]).unwrap();
    let after = dump(&decided);
    let shape = shape(&decided);
    decided.decide(&decisions, &[]).unwrap();
    load(&mut decided, three());
    assert_eq!(dump(&decided), after, "a second time changes nothing");
    decided.rebuild().unwrap();
    assert_eq!(dump(&decided), after, "the default graph follows from articles and decisions");

    let mut other = Store::in_memory().unwrap();
    assert_eq!(other.import_decisions(decided.decision_quads().unwrap()).unwrap(), decisions.len());
    for article in three().into_iter().rev() {
        load(&mut other, [article]);
    }
    assert_eq!(dump(&other), after, "decisions taken before the articles came");

    for decision in decisions.iter().rev() {
        decided.undo(&decision.id()).unwrap();
    }
    assert_eq!(dump(&decided), before, "undone");
    shape
}

#[test]
fn without_decisions_names_decide() {
    assert_eq!(shape(&store(three())), (vec!["Borealis 1".into(), "KSI 1".into(), "Kaveri Steel 2".into()], vec![1, 2]));
}

#[test]
fn merged_names_are_one_and_so_are_their_investments() {
    let keys = BTreeSet::from(["company/kaveri-steel".to_owned(), "company/ksi".to_owned()]);
    let merge = Act::Merge { kept: entity("company/kaveri-steel"), joined: entity("company/ksi"), keys };
    assert_eq!(shape_after(vec![merge]), (vec!["Borealis 1".into(), "Kaveri Steel 3".into()], vec![3]));
}

#[test]
fn a_split_parts_mentions_by_article_and_by_name() {
    let selection = |name: Option<&str>, article: Option<&str>| Selection {
        from: entity("company/kaveri-steel"),
        keys: BTreeSet::from(["company/kaveri-steel".to_owned()]),
        name: name.map(str::to_owned),
        articles: article.map(|name| iri::article(&story(name, "", "").graph().id).into_string()).into_iter().collect(),
        into: "company/other-steel".into(),
    };
    let (names, sizes) = shape_after(vec![Act::Split(selection(None, Some("c")))]);
    assert_eq!((names.len(), sizes), (4, vec![1, 1, 1]));
    let (names, _) = shape_after(vec![Act::Split(selection(Some("kaveri-steel"), None))]);
    assert_eq!(names, ["Borealis 1", "KSI 1", "Kaveri Steel 2"], "all of the name, under another IRI");
    let rename = Act::Rename { entity: entity("company/other-steel"), name: "Other Steel".into() };
    let (names, _) = shape_after(vec![Act::Split(selection(None, Some("c"))), rename]);
    assert_eq!(names, ["Borealis 1", "KSI 1", "Kaveri Steel 1", "Other Steel 1"]);
}

#[test]
fn a_given_name_is_shown_and_the_old_one_stays_known() {
    let rename = Act::Rename { entity: entity("company/ksi"), name: "Kaveri Steel India".into() };
    let (names, _) = shape_after(vec![rename.clone()]);
    assert_eq!(names, ["Borealis 1", "Kaveri Steel 2", "Kaveri Steel India 1"]);
    let mut store = store(three());
    store.decide(&[decision(rename)], &[]).unwrap();
    assert_eq!(store.select("SELECT ?e { ?e skos:altLabel 'KSI' }").unwrap().rows.len(), 1);
}

#[test]
fn a_rejected_fact_stays_out_whoever_tells_it() {
    let mut store = store(three());
    let fact = facts(&store).into_iter().find(|fact| prints(&store, fact).len() == 2).unwrap();
    let act = Act::RejectFact { prints: prints(&store, &fact), fact };
    assert_eq!(shape_after(vec![act.clone()]).1, [1]);
    store.decide(&[decision(act)], &[]).unwrap();
    load(&mut store, [story("d", "Kaveri Steel", "2024-05-20").graph()]);
    assert_eq!(shape(&store).1, [1], "a third article tells the same");
}

#[test]
fn a_rejected_claim_takes_only_its_article_out() {
    let store = store(three());
    let fact = facts(&store).into_iter().find(|fact| prints(&store, fact).len() == 2).unwrap();
    let (claim, print) = store.prints_of(&fact).unwrap().swap_remove(0);
    assert_eq!(shape_after(vec![Act::RejectClaim { claim, print }]).1, [1, 1]);
}

#[test]
fn a_rejected_relation_is_said_no_more() {
    let act = Act::RejectRelation {
        subject: entity("company/kaveri-steel"),
        predicate: ig::SUBSIDIARY_OF.as_str().to_owned(),
        object: entity("company/borealis"),
    };
    let mut store = store(three());
    assert!(store.says(&entity("company/kaveri-steel"), ig::SUBSIDIARY_OF, &entity("company/borealis")).unwrap());
    store.decide(&[decision(act.clone())], &[]).unwrap();
    assert!(!store.says(&entity("company/kaveri-steel"), ig::SUBSIDIARY_OF, &entity("company/borealis")).unwrap());
    shape_after(vec![act]);
}

#[test]
fn investments_are_merged_and_parted_by_their_claims() {
    let store = store(three());
    let all = facts(&store);
    let together =
        Act::Together { prints: all.iter().flat_map(|fact| prints(&store, fact)).collect(), facts: all.iter().cloned().collect() };
    assert_eq!(shape_after(vec![together]).1, [3]);
    let fact = all.into_iter().find(|fact| prints(&store, fact).len() == 2).unwrap();
    let mut both: Vec<String> = prints(&store, &fact).into_iter().collect();
    let rest = BTreeSet::from([both.remove(1)]);
    assert_eq!(shape_after(vec![Act::Apart { fact, prints: both.into_iter().collect(), rest }]).1, [1, 1, 1]);
}

#[test]
fn an_asserted_fact_stands_beside_what_articles_say() {
    let lexicon = crate::lexicon::Lexicon::embedded().unwrap();
    let cells = [
        ("kind", "project"),
        ("investors", "Kaveri Steel"),
        ("countries", "IN"),
        ("places", "Chennai"),
        ("amount", "1200000000"),
        ("currency", "EUR"),
        ("source", "annual report"),
        ("date", "2024-06-01"),
    ];
    let row: Row = cells.iter().map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned())).collect();
    let (article, facts, source) = asserted(&row, lexicon.gazetteer()).unwrap();
    let graph = crate::graph::sample::graph(&article, &facts);
    let mut store = store(three());
    let before = dump(&store);
    let decision = decision(Act::Assert { article: iri::article(&graph.id).into_string(), source });
    store.decide(std::slice::from_ref(&decision), &[graph]).unwrap();
    assert_eq!(shape(&store).1, [1, 3], "one more source of what is known");
    let mut other = crate::graph::sample::store(three());
    assert_eq!(other.import_decisions(store.decision_quads().unwrap()).unwrap(), 1);
    assert_eq!(dump(&other), dump(&store));
    store.undo(&decision.id()).unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn an_unknown_decision_cannot_be_undone() {
    assert!(matches!(store(three()).undo("0000"), Err(StoreError::NoDecision(_))));
}
