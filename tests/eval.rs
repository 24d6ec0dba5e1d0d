//! The figures of `eval`, also against the reference scorer where it is at hand.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

fn eval(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_investgraph")).arg("eval").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn figures_are_as_reviewed() {
    insta::assert_snapshot!("eval", eval(&["tests/gold", "--facts", "tests/gold/facts.jsonl", "--calibration"]));
}

#[test]
fn figures_agree_with_the_reference_scorer() {
    let scorer = Path::new("../shared/gold/score.py");
    if !scorer.exists() {
        eprintln!("not run: the reference scorer is not there ({})", scorer.display());
        return;
    }
    let reference =
        Command::new("python3").arg(scorer).args(["--gold", "tests/gold", "--pred", "tests/gold/facts.jsonl"]).output().unwrap();
    assert!(reference.status.success(), "{}", String::from_utf8_lossy(&reference.stderr));
    assert_eq!(eval(&["tests/gold", "--facts", "tests/gold/facts.jsonl"]), String::from_utf8(reference.stdout).unwrap());
}

#[test]
fn extracted_facts_are_measured_and_what_is_wrong_is_named() {
    assert!(eval(&["tests/gold"]).contains("on 2 articles"));
    let wrong = |arguments: &[&str], said: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_investgraph")).arg("eval").args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && error.contains(said), "{error}");
    };
    wrong(&["examples/articles"], "no NAME.json");
    wrong(&["tests/gold", "--only", "nothing"], "no article's name contains");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.json"), "{\"companies\":\n 3}").unwrap();
    wrong(&[folder.path().to_str().unwrap()], "a.json:2: not in the shape");
    std::fs::write(folder.path().join("a.json"), "{}").unwrap();
    wrong(&[folder.path().to_str().unwrap()], "a.txt: no such article");
}
