//! Who may use whom: data flows one way, so a module may use only the stages before it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate and those of ours that it may use besides itself.
const RULES: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("lexicon", &["text"]),
    ("article", &["text", "lexicon"]),
    ("mention", &["text", "lexicon"]),
    ("fact", &["mention", "text", "lexicon"]),
    ("pipeline", &["article", "text", "lexicon", "mention", "fact"]),
    ("eval", &[]),
    ("graph", &["article", "fact", "lexicon"]),
    ("view", &["graph"]),
    ("export", &["view", "graph"]),
    ("serve", &["article", "text", "lexicon", "mention", "fact", "pipeline", "graph", "view", "export"]),
    ("cli", &["article", "text", "lexicon", "mention", "fact", "pipeline", "graph", "view", "export", "serve", "eval"]),
];

#[test]
fn modules_use_only_the_stages_before_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut offences = Vec::new();
    for file in rust_files(&source) {
        let place = file.strip_prefix(&source).unwrap();
        let module = module_of(place);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = RULES.iter().find(|(name, _)| *name == module) else {
            offences.push(format!("{}: the module {module} has no rule in this test", place.display()));
            continue;
        };
        for used in used_modules(&fs::read_to_string(&file).unwrap()) {
            if used != module && !allowed.contains(&used.as_str()) {
                offences.push(format!("{}: {module} may not use {used}", place.display()));
            }
        }
    }
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn paths_are_found_in_lists_and_expressions() {
    let source = "\
        //! Not [`crate::serve`].\n\
        use crate::{article::Article, fact::{self, Money}};\n\
        pub use crate::text::Span; // nor crate::view\n\
        fn f() -> crate::graph::Quad { crate::lexicon::x() }\n\
        #[cfg(test)]\n\
        mod tests { use crate::cli::Cli; }\n";
    assert_eq!(used_modules(source).into_iter().collect::<Vec<_>>(), ["article", "fact", "graph", "lexicon", "text"]);
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The top-level module that a file belongs to.
fn module_of(place: &Path) -> String {
    let first = place.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The top-level modules behind `crate::` in a file's code. Comments and the tests at its foot are left out.
fn used_modules(source: &str) -> BTreeSet<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let code: String = code.lines().map(|line| line.split("//").next().unwrap()).collect();
    let mut modules = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let inside_a_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if inside_a_word {
            continue;
        }
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(list) => modules.extend(first_segments(list)),
            None => modules.extend(identifier(rest)),
        }
    }
    modules
}

/// The first segment of each item of a `{…}` list whose opening brace is gone.
fn first_segments(list: &str) -> Vec<String> {
    let mut segments = Vec::new();
    let mut depth = 0;
    let mut item = true;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => item = true,
            _ if item && !c.is_whitespace() => {
                segments.extend(identifier(&list[at..]));
                item = false;
            }
            _ => {}
        }
    }
    segments
}

fn identifier(code: &str) -> Option<String> {
    let name: String = code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let module = name.chars().next().is_some_and(char::is_lowercase);
    module.then_some(name)
}
