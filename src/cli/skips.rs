//! What was skipped. Each input → a warning and a line of the log; in all → "3 inputs skipped (2 empty, 1 foreign)".

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use super::Shell;
use crate::article::Skipped;

/// With a log, this many inputs of one cause are named on stderr; the log names all.
const NAMED: usize = 10;

/// Counts and names what is skipped.
#[derive(Debug)]
pub(super) struct Skips {
    by_cause: BTreeMap<&'static str, usize>,
    log: Option<(PathBuf, BufWriter<File>)>,
}

/// How many inputs were skipped, by cause.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SkippedInputs {
    pub(super) all: usize,
    by_cause: BTreeMap<&'static str, usize>,
}

/// A line of the log.
#[derive(Serialize)]
struct LogEntry<'a> {
    file: &'a str,
    line: Option<u64>,
    record: Option<&'a str>,
    cause: &'a str,
    message: String,
}

impl Skips {
    /// Nothing skipped yet. Begins the log anew.
    pub(super) fn new(log: Option<&Path>) -> anyhow::Result<Self> {
        let open = |path: &Path| {
            let file = File::create(path).with_context(|| format!("{}: cannot write the log", path.display()))?;
            anyhow::Ok((path.to_owned(), BufWriter::new(file)))
        };
        Ok(Self { by_cause: BTreeMap::new(), log: log.map(open).transpose()? })
    }

    /// Names an input and counts it.
    pub(super) fn add(&mut self, skipped: &Skipped, shell: &Shell) -> anyhow::Result<()> {
        let cause = skipped.reason.cause();
        let count = self.by_cause.entry(cause).or_default();
        *count += 1;
        let Some((path, log)) = &mut self.log else {
            shell.warn(skipped);
            return Ok(());
        };
        if *count <= NAMED {
            shell.warn(skipped);
        } else if *count == NAMED + 1 {
            shell.warn(format_args!("more inputs are skipped for this cause ({cause}); {} names them all", path.display()));
        }
        let Skipped { file, line, record, reason } = skipped;
        let entry = LogEntry { file, line: *line, record: record.as_deref(), cause, message: reason.to_string() };
        let written = serde_json::to_writer(&mut *log, &entry).map_err(std::io::Error::from).and_then(|()| log.write_all(b"\n"));
        written.with_context(|| format!("{}: cannot write the log", path.display()))
    }

    /// Completes the log and tells what was skipped in all.
    pub(super) fn finish(self) -> anyhow::Result<SkippedInputs> {
        if let Some((path, mut log)) = self.log {
            log.flush().with_context(|| format!("{}: cannot write the log", path.display()))?;
        }
        Ok(SkippedInputs { all: self.by_cause.values().sum(), by_cause: self.by_cause })
    }
}

impl fmt::Display for SkippedInputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} skipped", self.all, if self.all == 1 { "input" } else { "inputs" })?;
        // The commonest first.
        let mut causes: Vec<_> = self.by_cause.iter().map(|(cause, count)| format!("{count} {cause}")).collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.split(' ').next().and_then(|count| count.parse::<usize>().ok())));
        if causes.is_empty() { Ok(()) } else { write!(f, " ({})", causes.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_the_commonest_first() {
        for (by_cause, told) in [
            (vec![("empty", 1), ("foreign", 12), ("no-text", 2)], "15 inputs skipped (12 foreign, 2 no-text, 1 empty)"),
            (vec![("empty", 1)], "1 input skipped (1 empty)"),
            (vec![], "0 inputs skipped"),
        ] {
            let by_cause: BTreeMap<_, _> = by_cause.into_iter().collect();
            assert_eq!(SkippedInputs { all: by_cause.values().sum(), by_cause }.to_string(), told);
        }
    }
}
