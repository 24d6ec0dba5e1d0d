//! The wiring of the commands that look after the graph: curation, time, inference, validation.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use predicates::prelude::*;
use predicates::str::{contains, starts_with};

/// Three sources tell of one plan, the last one of another besides. Asserted, so that nothing hangs on how well text is read.
const FACTS: &str = "\
kind,stage,investors,countries,places,amount,currency,jobs,source,date
project,planned,Siemens,Germany,Dresden,1250000000,EUR,900,first,2024-05-13
project,planned,Siemens,DE,Dresden,1250000000,EUR,900,second,2024-05-14
project,done,Siemens,DE,Dresden,1250000000,EUR,,third,2025-02-01
project,planned,Siemens,DE,Erlangen,480000000,EUR,,third,2025-02-01
";

struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with a store of the four facts.
    fn loaded() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.assert("news.csv", FACTS).success().stderr(contains("4 asserted, 0 skipped"));
        folder
    }

    fn assert(&self, name: &str, table: &str) -> Assert {
        fs::write(self.path(name), table).unwrap();
        self.run(&["assert", self.path(name).to_str().unwrap()])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Assert {
        let mut command = Command::new(env!("CARGO_BIN_EXE_investgraph"));
        for name in ["INVESTGRAPH_STORE", "INVESTGRAPH_ONTOLOGY", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.args(args).arg("--store").arg(self.path("store")).assert()
    }

    /// The lines of a query's answer, without its heading.
    fn ask(&self, args: &[&str]) -> Vec<String> {
        let answer = self.run(&[&["query"], args].concat()).success();
        let text = String::from_utf8(answer.get_output().stdout.clone()).unwrap();
        text.lines().skip(1).map(|line| line.trim_end().to_owned()).collect()
    }
}

/// How many claims each investment rests on, with its sum and stage.
const INVESTMENTS: &str = "SELECT ?amount ?stage (COUNT(?c) AS ?claims) { ?i a ig:Investment ; ig:amount ?amount ; ig:stage ?s ; ig:claimedIn ?c \
                           BIND (STRAFTER(STR(?s), '#') AS ?stage) } GROUP BY ?i ?amount ?stage ORDER BY DESC(?amount)";

#[test]
fn one_plan_in_three_papers_is_one_investment_whose_stage_moves() {
    let folder = Folder::loaded();
    assert_eq!(folder.ask(&[INVESTMENTS]), ["1250000000,done,3", "480000000,planned,1"]);
    assert_eq!(folder.ask(&[INVESTMENTS, "--as-of", "2024-05-13"]), ["1250000000,planned,1"]);
    assert_eq!(folder.ask(&[INVESTMENTS, "--as-of", "2024-12-31"]), ["1250000000,planned,2"]);
    assert!(folder.ask(&[INVESTMENTS, "--as-of", "2020-01-01"]).is_empty());
    folder.run(&["query", INVESTMENTS, "--as-of", "May"]).code(2).stderr(contains("not a day such as 2024-06-01"));
    let told = contains("history: planned (2024-05-13 Asserted: ").and(contains(") → done (2025-02-01 Asserted: "));
    folder.run(&["show", "Siemens"]).success().stdout(told);
    folder.run(&["show", "Siemens", "--format", "json"]).success().stdout(contains("\"disagreement\""));
    folder.run(&["show", "Simens"]).code(2).stderr(contains("did you mean \"Siemens\""));
    let stages = folder.ask(&["--saved", "disagreements"]);
    assert!(stages.iter().any(|row| row.contains(",stage,done,yes,2025-02-01,asserted: third")), "{stages:?}");
}

#[test]
fn a_rejected_investment_stays_out_on_reload_until_it_is_undone() {
    let folder = Folder::loaded();
    let investment = folder.ask(&["SELECT ?i { ?i a ig:Investment ; ig:amount ?a FILTER (?a = 480000000) }"]).swap_remove(0);
    folder.run(&["reject", &investment, "--note", "a rumour"]).success().stderr(contains("reject investment/"));
    folder.assert("again.csv", FACTS).success();
    assert_eq!(folder.ask(&[INVESTMENTS]), ["1250000000,done,3"]);
    let list = folder.run(&["decisions"]).success();
    let list = String::from_utf8(list.get_output().stdout.clone()).unwrap();
    let line = list.lines().find(|line| line.contains("a rumour")).unwrap();
    let id = line.split(',').next().unwrap();
    folder.run(&["decisions", "undo", id]).success().stderr(starts_with("no longer: reject"));
    assert_eq!(folder.ask(&[INVESTMENTS]).len(), 2);
    folder.run(&["decisions", "undo", id]).code(2).stderr(contains("no decision"));
}

#[test]
fn decisions_go_to_a_file_and_come_back() {
    let folder = Folder::loaded();
    folder.run(&["rename", "Siemens", "Siemens of Munich"]).success();
    let table = "kind,investors,countries,amount,currency,source\nproject,Acme Cells,FR,7000000,EUR,annual report\ngift,,,,,x\n";
    let skipped = contains("facts.csv:3: kind: \"gift\" is no kind").and(contains("1 asserted, 1 skipped"));
    folder.assert("facts.csv", table).code(3).stderr(skipped);
    let file = folder.path("decisions.trig");
    folder.run(&["decisions", "export", "-o", file.to_str().unwrap()]).success();
    let other = Folder(tempfile::tempdir().unwrap());
    other.run(&["decisions", "import", file.to_str().unwrap()]).success().stderr(contains("6 new decisions"));
    let names = ["SELECT ?n { ?c a ig:Company ; skos:prefLabel ?n } ORDER BY ?n"];
    assert_eq!(other.ask(&names), ["Acme Cells", "Siemens of Munich"]);
    assert_eq!(other.ask(&names), folder.ask(&names));
    other.run(&["decisions", "import", file.to_str().unwrap()]).success().stderr(contains("0 new decisions"));
}

#[test]
fn what_cannot_be_decided_is_told() {
    let folder = Folder::loaded();
    for (args, message) in [
        (&["merge", "Siemens", "siemens"][..], "are one already"),
        (&["merge", "Siemens", "Germany"], "country/DE a country"),
        (&["merge", "Siemens", "Nobody at all"], "nothing in the graph is called"),
        (&["split", "Siemens"], "--name"),
        (&["split", "Siemens", "--article", "fifth"], "no article \"fifth\""),
        (&["rename", "Germany", "Deutschland"], "cannot be renamed"),
        (&["reject", "Siemens"], "is no fact"),
        (&["reject", "Siemens", "owns", "Germany"], "no relation \"owns\""),
        (&["reject", "article/none#i1"], "no claim"),
    ] {
        folder.run(args).code(2).stdout("").stderr(contains(message));
    }
}

#[test]
fn rules_infer_apart_from_what_was_said() {
    let folder = Folder::loaded();
    folder.run(&["infer"]).success().stderr(contains("investments-of-regions: "));
    let regions = ["SELECT DISTINCT ?n { ?i ig:countsFor/skos:prefLabel ?n } ORDER BY ?n"];
    assert!(folder.ask(&regions).is_empty());
    assert!(folder.ask(&[regions[0], "--inferred"]).contains(&"Saxony".to_owned()));
    folder.run(&["infer", "--remove"]).success();
    assert!(folder.ask(&[regions[0], "--inferred"]).is_empty());
    folder.run(&["infer", "--list"]).success().stdout(contains("co-investors\n    Those who pay"));
}

#[test]
fn a_loaded_store_is_valid_and_a_broken_shape_is_told() {
    let folder = Folder::loaded();
    folder.run(&["validate"]).success().stdout("severity,thing,finding,property,value\n").stderr("0 violations\n");
    folder.run(&["validate", "--format", "turtle"]).success().stdout(contains("sh:conforms").or(contains("shacl#conforms")));
    let shapes = folder.path("mine.ttl");
    let text = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ig: <https://w3id.org/investgraph/ontology#> .
        <x:mine> sh:targetClass ig:Company ; sh:property [ sh:path ig:participatesIn ; sh:minCount 1 ; sh:message \"takes part in nothing\" ] .";
    fs::write(&shapes, text).unwrap();
    let mine = ["validate", "--shapes", shapes.to_str().unwrap()];
    folder.run(&mine).code(1).stdout(contains("violation,company/siemens,takes part in nothing,participatesIn,"));
    fs::write(&shapes, "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:mine> sh:targetClass <x:c> ; sh:closed true .").unwrap();
    folder.run(&mine).code(1).stderr(contains("mine.ttl").and(contains("sh:closed is not supported")));
}

/// The annotators' articles, where they are at hand, make a sound graph.
#[test]
fn a_large_set_of_articles_is_valid() {
    let Some(set) = std::env::var_os("INVESTGRAPH_ARTICLES").map(PathBuf::from).filter(|set| set.is_dir()) else {
        eprintln!("set INVESTGRAPH_ARTICLES to a folder of articles to run this");
        return;
    };
    let folder = Folder(tempfile::tempdir().unwrap());
    folder.run(&["load", set.to_str().unwrap()]);
    folder.run(&["validate"]).success();
}
