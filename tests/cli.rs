//! The wiring of the command line: what goes to stdout and stderr, and the exit status.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use oxigraph::io::{RdfFormat, RdfParser};
use predicates::prelude::*;
use predicates::str::{contains, starts_with};

/// The program with a neutral environment.
fn investgraph() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_investgraph"));
    for name in ["INVESTGRAPH_STORE", "INVESTGRAPH_ONTOLOGY", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn read_prints_one_object_a_line_that_it_reads_again() {
    let first = investgraph().args(["read", "examples/articles"]).assert().success().stderr("");
    let articles = String::from_utf8(first.get_output().stdout.clone()).unwrap();
    let count = fs::read_dir("examples/articles").unwrap().count();
    assert_eq!(articles.lines().count(), count);
    investgraph().args(["read", "-"]).write_stdin(articles.clone()).assert().success().stdout(articles);
}

#[test]
fn skipped_inputs_are_named_and_counted() {
    let folder = folder(&[
        ("a.txt", b"Acme will build a plant."),
        ("b.txt", b""),
        ("c.txt", b"caf\xe9"),
        ("d.jsonl", b"{\"text\": \"Acme\"}\n{broken\n{\"title\": \"Acme\"}\n"),
    ]);
    let told = contains("b.txt: the file is empty")
        .and(contains("c.txt: not UTF-8 text (byte 3)"))
        .and(contains("d.jsonl:2: not valid JSON"))
        .and(contains("d.jsonl:3: no text"))
        .and(contains("2 articles read, 4 inputs skipped (1 empty, 1 no-text, 1 not-json, 1 not-utf8)"));
    investgraph().arg("read").arg(folder.path()).assert().code(3).stdout(contains("\n").count(2)).stderr(told);
}

#[test]
fn skipped_inputs_are_logged() {
    let lines: String = (0..15).map(|_| "{\"title\": \"Acme\"}\n").collect();
    let folder = folder(&[("a.txt", b"Acme will build a plant."), ("b.txt", b""), ("c.jsonl", lines.as_bytes())]);
    let log = path(&folder, "skipped.log");
    let told = contains("b.txt: the file is empty")
        .and(contains("c.jsonl:10: no text"))
        .and(contains("c.jsonl:11: no text").not())
        .and(contains("more inputs are skipped for this cause (no-text)"))
        .and(contains("16 inputs skipped (15 no-text, 1 empty)"));
    investgraph().args(["read", "--log", &log]).arg(folder.path()).assert().code(3).stderr(told);
    let log = fs::read_to_string(log).unwrap();
    assert_eq!(log.lines().count(), 16);
    let first: serde_json::Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!((first["cause"].as_str(), first["line"].as_u64()), (Some("empty"), None));
    let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!((last["cause"].as_str(), last["line"].as_u64()), (Some("no-text"), Some(15)));
    investgraph()
        .args(["read", "a", "--log", "/no/such/folder/log"])
        .assert()
        .code(1)
        .stderr(contains("/no/such/folder/log: cannot write"));
}

const GERMAN: &str = "Der Konzern will nach eigenen Angaben mehr als eine Milliarde Euro in sein neues Werk in Dresden stecken. Das teilte \
    das Unternehmen am Montag mit; die ersten Anlagen sollen schon im nächsten Jahr laufen.";

#[test]
fn other_languages_are_read_only_when_asked_for() {
    let folder = folder(&[("a.txt", b"Acme will build a plant."), ("b.txt", GERMAN.as_bytes())]);
    let told = || contains("b.txt: not in English (de)").and(contains("1 article read, 1 input skipped (1 foreign)"));
    let run = |args: &[&str]| investgraph().args(args).arg(folder.path()).assert();
    run(&["extract", "--format", "json"]).code(3).stdout(contains("\n").count(1)).stderr(told());
    run(&["extract", "--format", "json", "--language", "any"]).success().stdout(contains("\n").count(2));
    run(&["read"]).success().stdout(contains("\"language\":\"de\""));
    run(&["read", "--language", "en"]).code(3).stdout(contains("\n").count(1)).stderr(told());
}

#[test]
fn fields_and_encodings_can_be_named() {
    let folder = folder(&[("a.csv", b"Ort;Story\nLyon;Acme builds.\n"), ("b.txt", b"caf\xe9")]);
    let (table, text) = (path(&folder, "a.csv"), path(&folder, "b.txt"));
    investgraph().args(["read", &table]).assert().code(1).stderr(contains("no column holds the text (there are: Ort, Story)"));
    investgraph().args(["read", &table, "--field", "text=story"]).assert().success().stdout(contains("\"text\":\"Acme builds.\""));
    investgraph().args(["read", &text, "--encoding", "latin1"]).assert().success().stdout(contains("café"));
}

#[test]
fn a_dry_run_stores_nothing() {
    let folder = folder(&[("rain.txt", b"Rain fell on the hills.")]);
    let (store, rain) = (folder.path().join("store"), path(&folder, "rain.txt"));
    let load = |args: &[&str]| investgraph().args(["load", &rain, "--store"]).arg(&store).args(args).assert().success();
    load(&["--dry-run"]).stderr(contains("nothing was stored; would be 1 article: 1 new"));
    assert!(!store.exists());
    load(&[]).stderr(contains("1 article: 1 new"));
    load(&["--dry-run"]).stderr(contains("would be 1 article: 0 new, 1 unchanged"));
}

/// Whatever is in the folder, the program ends in time, reads the sound article and names the rest.
#[cfg(unix)]
#[test]
fn hostile_folders_are_survived() {
    let gzip = |bytes: &[u8], times: usize| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        (0..times).for_each(|_| std::io::Write::write_all(&mut gzip, bytes).unwrap());
        gzip.finish().unwrap()
    };
    let mut cut = gzip(b"{\"text\": \"Acme\"}\n", 1000);
    cut.truncate(cut.len() / 2);
    let utf16: Vec<u8> = GERMAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = folder(&[
        ("sound.txt", b"Acme will build a plant."),
        ("bomb.txt.gz", &gzip(&vec![b'x'; 1 << 20], 17)),
        ("bomb.jsonl.gz", &gzip(&vec![b'\n'; 1 << 20], 200)),
        ("cut.jsonl.gz", &cut),
        ("deep.html", "<div>".repeat(200_000).as_bytes()),
        ("deep.json", format!("[{{\"text\": {}", "[".repeat(200_000)).as_bytes()),
        ("laughs.xml", b"<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss version=\"2.0\"><channel><item><title>&b;</title></item></channel></rss>"),
        ("nul.txt", &[0; 1000]),
        ("surrogate.jsonl", b"{\"text\": \"\\ud800\"}"),
        ("utf16.txt", &utf16),
        ("broken.warc", b"WARC/1.0\r\nContent-Length: 99\r\n\r\nx"),
        ("quote.csv", b"title,text\n\"Acme,x\n"),
    ]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    let log = path(&folder, "skipped.log");
    let read = investgraph().args(["read", "--log", &log]).arg(folder.path()).timeout(std::time::Duration::from_secs(60)).assert().code(3);
    let read = String::from_utf8(read.get_output().stdout.clone()).unwrap();
    assert!(read.lines().any(|line| line.contains("Acme will build a plant.")));
    assert!(read.lines().any(|line| line.contains("das Unternehmen am Montag mit")));
    let log = fs::read_to_string(log).unwrap();
    for (name, cause) in [
        ("bomb.txt.gz", "too-long"),
        ("bomb.jsonl.gz", "bomb"),
        ("cut.jsonl.gz", "unreadable"),
        ("deep.html", "overgrown"),
        ("deep.json", "unfinished"),
        ("laughs.xml", "no"),
        ("nul.txt", "binary"),
        ("surrogate.jsonl", "not-json"),
        ("broken.warc", "unfinished"),
        ("quote.csv", "unfinished"),
        ("", "unreadable"),
    ] {
        let named = |line: &&str| line.contains(&format!("/{name}")) && line.contains(&format!("\"cause\":\"{cause}"));
        assert!(log.lines().any(|line| named(&line)), "{name} should be logged as {cause}:\n{log}");
    }
}

#[test]
fn quiet_leaves_the_warnings_and_drops_the_summary() {
    let folder = folder(&[("a.txt", b"Acme will build a plant."), ("b.txt", b"")]);
    let told = contains("b.txt: the file is empty").and(contains("articles read").not());
    investgraph().args(["read", "--quiet"]).arg(folder.path()).assert().code(3).stderr(told);
}

#[test]
fn nothing_to_read_is_a_failure_that_says_what_to_do() {
    let folder = folder(&[("picture.png", b"x")]);
    for (arg, message) in [
        (path(&folder, "nowhere.txt"), "nowhere.txt: no such file or folder; check the path"),
        (path(&folder, ""), "the folder holds no articles"),
    ] {
        let told = contains(message).and(contains("error: no article could be read"));
        investgraph().args(["read", &arg]).assert().code(1).stdout("").stderr(told);
    }
}

#[test]
fn wrong_usage_has_its_own_status() {
    for args in [&["read"][..], &["extract", "--min-confidence", "2", "x"], &["extract", "--format", "pdf", "x"], &["paint"]] {
        investgraph().args(args).assert().code(2).stdout("").stderr(starts_with("error: "));
    }
}

#[test]
fn a_hundred_megabytes_on_one_line_are_passed_over() {
    let mut input = vec![b'x'; 100 << 20];
    input.extend_from_slice(b"\n{\"id\": \"next\", \"text\": \"Acme\"}\n");
    let folder = folder(&[("long.jsonl", &input)]);
    let told = contains("long.jsonl:1: longer than 16 MB");
    investgraph().args(["read", &path(&folder, "long.jsonl")]).assert().code(3).stdout(contains("\"article\":\"next\"")).stderr(told);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let program = env!("CARGO_BIN_EXE_investgraph");
    let lines = "{\"text\": \"Acme will build a plant.\"}\n".repeat(50_000);
    let folder = folder(&[("many.jsonl", lines.as_bytes())]);
    let script = format!("('{program}' read '{}'; echo $? >&2) | head -c 10", path(&folder, "many.jsonl"));
    Command::new("sh").args(["-c", &script]).assert().success().stderr("0\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let script = format!("'{}' read examples/articles > /dev/full", env!("CARGO_BIN_EXE_investgraph"));
    let told = contains("error: cannot write the results; make room or name another output: ");
    Command::new("sh").args(["-c", &script]).assert().code(1).stderr(told);
}

#[test]
fn extract_keeps_the_order_of_the_input_on_many_threads() {
    let mut lines = String::new();
    for id in 0..2000 {
        writeln!(lines, "{{\"id\": {id}, \"text\": \"Acme will invest €{id} million in Lyon.\"}}").unwrap();
    }
    let extract = |jobs: &str| {
        let assert = investgraph().args(["extract", "-", "--format", "json", "--jobs", jobs]).write_stdin(lines.clone()).assert().success();
        String::from_utf8(assert.get_output().stdout.clone()).unwrap()
    };
    let one = extract("1");
    assert_eq!(one, extract("4"));
    let ids: Vec<_> = one.lines().map(|line| line.split('"').nth(3).unwrap().parse::<usize>().unwrap()).collect();
    assert_eq!(ids, (0..2000).collect::<Vec<_>>());
}

#[test]
fn quads_are_the_same_in_trig_and_nquads() {
    let quads = |format: &str| {
        let assert = investgraph().args(["extract", "--format", format, "examples/articles"]).assert().success();
        let output = assert.get_output().stdout.clone();
        let parser = RdfParser::from_format(if format == "trig" { RdfFormat::TriG } else { RdfFormat::NQuads });
        parser.for_slice(&output).map(|quad| quad.unwrap().to_string()).collect::<BTreeSet<_>>()
    };
    let trig = quads("trig");
    assert!(trig.iter().any(|quad| quad.contains("NewsArticle")));
    assert_eq!(trig, quads("nquads"));
}

#[test]
fn quads_have_no_explanations() {
    let told = contains("--explain goes with --format json and text");
    investgraph().args(["extract", "--explain", "--format", "trig", "examples/articles"]).assert().code(2).stderr(told);
}

#[test]
fn colours_show_only_where_they_are_wanted() {
    let extract = |color: &str| {
        let assert = investgraph().args(["extract", "--format", "text", "--color", color, "examples/articles"]).assert().success();
        String::from_utf8(assert.get_output().stdout.clone()).unwrap()
    };
    assert!(extract("always").contains('\u{1b}'));
    assert!(!extract("auto").contains('\u{1b}'));
    assert_eq!(extract("auto"), extract("never"));
}

#[test]
fn completions_are_written_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        investgraph().args(["completions", shell]).assert().success().stdout(contains("investgraph"));
    }
}

#[test]
fn a_missing_ontology_folder_is_named() {
    let nowhere = Path::new("/nowhere/ontology");
    investgraph()
        .args(["extract", "examples/articles", "--ontology"])
        .arg(nowhere)
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("/nowhere/ontology"));
}

/// A store with one article that says nothing of investments, and the folder that holds both.
fn loaded() -> tempfile::TempDir {
    let folder = folder(&[("rain.txt", b"Rain fell on the hills.\n\nIt fell all day.\n")]);
    let store = folder.path().join("store");
    let done = investgraph().args(["load", "--store"]).arg(&store).arg(folder.path().join("rain.txt")).assert().success();
    done.stderr(contains("1 article: 1 new"));
    folder
}

#[test]
fn a_second_load_changes_nothing_and_queries_see_the_first() {
    let folder = loaded();
    let store = folder.path().join("store");
    investgraph()
        .args(["load", "--store"])
        .arg(&store)
        .arg(folder.path().join("rain.txt"))
        .assert()
        .success()
        .stderr(contains("1 unchanged"));
    let ask = |sparql: &str| investgraph().args(["query", sparql, "--store"]).arg(&store).assert();
    ask("SELECT ?name { GRAPH ?a { ?a schema:identifier ?name } }").success().stdout("name\r\nrain\r\n");
    ask("ASK { ?a a schema:NewsArticle }").success().stdout("true\n");
    ask("CONSTRUCT { ?a a ig:Thing } { ?a a schema:NewsArticle }").success().stdout(contains("a ig:Thing"));
    let error = ask("SELECT ?x {\n ?x a ig:Company").code(2).stdout("");
    error.stderr("error: line 2, column 17: the query cannot end here\n");
}

#[test]
fn what_a_query_lacks_is_told() {
    let folder = loaded();
    let store = folder.path().join("store");
    let run = |args: &[&str]| investgraph().args(args).arg("--store").arg(&store).assert();
    run(&["query", "--saved", "nonsense"])
        .code(2)
        .stderr(contains("no saved query \"nonsense\"; there are: ").and(contains("investments-by-country")));
    run(&["query", "--saved", "sources-of-company"]).code(2).stderr(contains("needs --set company=VALUE"));
    run(&["query", "--saved", "biggest-investments", "--set", "limit=many"]).code(2).stderr(contains("a whole number is expected"));
    run(&["query", "--saved", "biggest-investments", "--format", "turtle"]).code(2).stderr(contains("a SELECT gives rows"));
    run(&["query", "--file", "no/such.rq"]).code(1).stderr(contains("no/such.rq: cannot read the query"));
    run(&["query", "--list"]).success().stdout(contains("investments-by-country\n    Investments by country"));
}

#[test]
fn articles_are_listed_and_removed() {
    let folder = loaded();
    let store = folder.path().join("store");
    let run = |args: &[&str]| investgraph().args(["articles", "--store"]).arg(&store).args(args).assert();
    run(&["--format", "json"]).success().stdout(contains("\"article\":\"rain\""));
    run(&["remove", "snow"]).code(2).stderr(contains("no article \"snow\" in the store"));
    run(&["remove", "rain"]).success().stderr(starts_with("removed text-"));
    run(&[]).success().stdout("id,article,published,publisher,headline,claims,url\n");
    investgraph().args(["query", "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "--store"]).arg(&store).assert().stdout("false\n");
}

#[test]
fn a_folder_that_is_no_store_is_left_alone() {
    let folder = folder(&[("rain.txt", b"Rain fell.")]);
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "Dear all").unwrap();
    for command in [vec!["load", "rain.txt"], vec!["query", "ASK {}"], vec!["articles"], vec!["articles", "remove", "x"]] {
        let tried = investgraph().current_dir(folder.path()).args(&command).arg("--store").arg(&other).assert().code(1);
        tried.stderr(contains("is not a store; give --store"));
    }
    let missing = investgraph().args(["query", "ASK {}", "--store"]).arg(folder.path().join("none")).assert().code(1);
    missing.stderr(contains("there is no store; `investgraph load` makes one"));
    investgraph().args(["load", "no/such/path", "--store"]).arg(folder.path().join("none")).assert().code(1);
    assert!(!folder.path().join("none").exists(), "nothing to load makes no store");
}
