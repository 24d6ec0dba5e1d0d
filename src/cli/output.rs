//! Where a command's words go: results to stdout, problems and notes to stderr, colours only where they are wanted.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use anyhow::Context;
use indicatif::MultiProgress;

use super::{GlobalArgs, Progress};
use crate::lexicon::{Files, Lexicon};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// When to colour the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Even into files and pipes
    Always,
    /// Not at all
    Never,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All done.
    Done,
    /// Nothing useful came of it.
    Failed,
    /// The command line asks for what does not exist.
    Usage,
    /// Done, but some inputs were skipped.
    Skipped,
}

impl Outcome {
    /// What an error means for the exit status. A reader that went away (`| head`) is no failure.
    #[must_use]
    pub fn of_error(error: &anyhow::Error) -> Self {
        if error.chain().any(is_broken_pipe) {
            Self::Done
        } else if error.chain().any(<dyn std::error::Error>::is::<UsageError>) {
            Self::Usage
        } else {
            Self::Failed
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Failed => Self::from(1),
            Outcome::Usage => Self::from(2),
            Outcome::Skipped => Self::from(3),
        }
    }
}

fn is_broken_pipe(cause: &(dyn std::error::Error + 'static)) -> bool {
    let kind = cause
        .downcast_ref::<io::Error>()
        .map(io::Error::kind)
        .or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind));
    kind == Some(io::ErrorKind::BrokenPipe)
}

/// A request that cannot be met as it was typed: an unknown table, format or saved query. Exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// The terminal as a command sees it, with the options that every command shares.
#[derive(Debug)]
pub struct Shell {
    store: PathBuf,
    ontology: Option<PathBuf>,
    quiet: bool,
    stdout: ColorChoice,
    stderr: ColorChoice,
    bars: MultiProgress,
}

impl Shell {
    /// The shell that the global options ask for.
    #[must_use]
    pub fn new(global: &GlobalArgs) -> Self {
        let choice = |auto| match global.color {
            ColorWhen::Auto => auto,
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        };
        Self {
            store: global.store.clone(),
            ontology: global.ontology.clone(),
            quiet: global.quiet,
            stdout: choice(AutoStream::choice(&io::stdout())),
            stderr: choice(AutoStream::choice(&io::stderr())),
            bars: MultiProgress::new(),
        }
    }

    /// The store's folder.
    #[must_use]
    pub fn store(&self) -> &Path {
        &self.store
    }

    /// The ontology's files: in the folder that `--ontology` names, else those built in.
    #[must_use]
    pub fn files(&self) -> Files {
        self.ontology.clone().map_or(Files::Embedded, Files::Dir)
    }

    /// The names, words and patterns of these files.
    pub fn lexicon(&self) -> anyhow::Result<Lexicon> {
        match &self.ontology {
            Some(folder) => Lexicon::from_dir(folder).with_context(|| format!("cannot use the ontology in {}", folder.display())),
            None => Ok(Lexicon::embedded()?),
        }
    }

    /// Whether progress and summaries are unwanted.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether a person reads the results as they come.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Stdout for results, byte for byte, buffered. Flush it before returning.
    #[must_use]
    pub fn out(&self) -> BufWriter<StdoutLock<'static>> {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Stdout for styled text, buffered: write [`Style`]s freely, they are taken out where no colour is wanted.
    #[must_use]
    pub fn styled(&self) -> BufWriter<AutoStream<StdoutLock<'static>>> {
        BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), self.stdout))
    }

    /// Tells what was done; silent when quiet.
    pub fn note(&self, message: impl Display) {
        if !self.quiet {
            self.tell(&format!("{message}"));
        }
    }

    /// Tells of an input that was skipped, or of another problem that does not stop the work.
    pub fn warn(&self, message: impl Display) {
        self.tell(&format!("{WARNING}warning:{WARNING:#} {message}"));
    }

    /// Tells why the work stopped, with all causes on one line.
    pub fn error(&self, error: &anyhow::Error) {
        self.tell(&format!("{ERROR}error:{ERROR:#} {}", one_line(error)));
    }

    /// A progress display on stderr that counts `what` ("articles"); silent when quiet or not on a terminal.
    #[must_use]
    pub fn progress(&self, what: &'static str, total_bytes: Option<u64>) -> Progress {
        if self.quiet { Progress::hidden() } else { Progress::new(&self.bars, what, total_bytes) }
    }

    /// Writes one line to stderr, above any progress display. A closed stderr is no reason to stop.
    fn tell(&self, line: &str) {
        self.bars.suspend(|| {
            let mut stderr = AutoStream::new(io::stderr().lock(), self.stderr);
            let _ = writeln!(stderr, "{line}");
        });
    }
}

/// The error with its causes, each told once: some errors repeat their cause in their own words.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !line.ends_with(&cause) {
            let parting = if line.is_empty() { "" } else { ": " };
            line.extend([parting, &cause]);
        }
    }
    line.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_pipe_is_success_wherever_it_hides() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        let errors = [
            anyhow::Error::from(pipe()),
            Err::<(), _>(pipe()).context("while writing").unwrap_err(),
            anyhow::Error::from(serde_json::Error::io(pipe())),
        ];
        for error in errors {
            assert_eq!(Outcome::of_error(&error), Outcome::Done, "{error:#}");
        }
    }

    #[test]
    fn usage_errors_keep_their_status_under_context() {
        let error = Err::<(), _>(UsageError("unknown table \"x\"".into())).context("export csv").unwrap_err();
        assert_eq!(Outcome::of_error(&error), Outcome::Usage);
        assert_eq!(Outcome::of_error(&anyhow::anyhow!("disk on fire")), Outcome::Failed);
    }

    #[test]
    fn causes_are_told_once_on_one_line() {
        let cause = || io::Error::other("disk\non fire");
        let quoting = io::Error::other(format!("cannot write: {}", cause()));
        for (error, line) in [
            (Err::<(), _>(cause()).context("cannot write").unwrap_err(), "cannot write: disk on fire"),
            (Err::<(), _>(cause()).context(quoting).unwrap_err(), "cannot write: disk on fire"),
        ] {
            assert_eq!(one_line(&error), line);
        }
    }
}
