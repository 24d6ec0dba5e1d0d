//! `investgraph export FORMAT`: the graph for other programs, whole or narrowed to what matters.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueHint};

use super::{Outcome, Shell, UsageError};
use crate::export::{Csv, Dot, ExportError, Format, Source};
use crate::graph::Store;
use crate::view::{NodeKind, View};

const EXAMPLES: &str = "\
Examples:
  investgraph export csv -o tables/
  investgraph export csv --table investments > investments.csv
  investgraph export dot --focus \"Choose France\" | dot -Tsvg > choose-france.svg
  investgraph export dot --focus Microsoft --to Germany -o path.dot";

/// The formats, in the order in which they are offered.
const FORMATS: [&str; 2] = ["csv", "dot"];

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExportArgs {
    /// Write this format: csv (tables) or dot (a drawing for Graphviz)
    format: String,
    /// Write to this file, or all CSV tables into this folder; "-" is stdout
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    output: Option<PathBuf>,
    /// Write one CSV table alone: investments, companies, bodies, people, countries, places, initiatives, jobs, relations, articles or evidence
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Keep only what lies around this company, country, place, initiative or investment; repeat it for several
    #[arg(long, value_name = "NAME")]
    focus: Vec<String>,
    /// Go this many steps out from --focus; an investment and all that it connects is one step
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus")]
    depth: usize,
    /// Keep only what connects --focus with this one, by the shortest ways
    #[arg(long, value_name = "NAME", requires = "focus", conflicts_with = "depth")]
    to: Option<String>,
    /// Keep only the N best-connected companies and what lies around them
    #[arg(long, value_name = "N", conflicts_with = "focus")]
    top: Option<usize>,
}

/// Writes the export.
pub fn run(args: &ExportArgs, shell: &Shell) -> anyhow::Result<Outcome> {
    let format: Box<dyn Format> = match args.format.as_str() {
        "csv" => Box::new(Csv),
        "dot" => Box::new(Dot { title: None }),
        other => return Err(UsageError(format!("unknown format \"{other}\"; the formats are {}", FORMATS.join(", "))).into()),
    };
    check(args, format.as_ref())?;
    let store = Store::open_read_only(shell.store())?;
    let (view, title) = narrowed(View::read(&store)?, args)?;
    if view.graph().node_count() == 0 {
        shell.warn("there is nothing to show; load articles first with `investgraph load PATH`");
    }
    let format: Box<dyn Format> = if format.name() == "dot" { Box::new(Dot { title }) } else { format };
    let source = Source { view: &view, store: &store };
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    match (args.table.as_deref().or_else(|| only(format.parts())), output) {
        (Some(part), None) => {
            let mut out = shell.out();
            format.write(part, source, &mut out)?;
            out.flush()?;
        }
        (Some(part), Some(file)) => write_file(file, part, format.as_ref(), source)?,
        (None, Some(folder)) => {
            fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder; name another with -o", folder.display()))?;
            for part in format.parts() {
                write_file(&folder.join(format!("{part}.{}", format.name())), part, format.as_ref(), source)?;
            }
            shell.note(format_args!("wrote {} tables to {}", format.parts().len(), folder.display()));
        }
        (None, None) => return Err(wants_output()),
    }
    Ok(Outcome::Done)
}

/// Refuses what makes no sense before the store is opened.
fn check(args: &ExportArgs, format: &dyn Format) -> anyhow::Result<()> {
    match &args.table {
        Some(_) if format.name() != "csv" => Err(UsageError(format!("--table goes with csv, not with {}", format.name())).into()),
        Some(table) if !format.parts().contains(&table.as_str()) => {
            Err(UsageError(ExportError::UnknownTable { table: table.clone() }.to_string()).into())
        }
        None if only(format.parts()).is_none() && args.output.as_deref().is_none_or(|path| path == Path::new("-")) => Err(wants_output()),
        _ => Ok(()),
    }
}

fn wants_output() -> anyhow::Error {
    UsageError("csv has many tables; give -o DIR for all of them, or --table NAME for one on stdout".to_owned()).into()
}

/// The one part of a format that has no more.
fn only(parts: &'static [&'static str]) -> Option<&'static str> {
    match parts {
        [part] => Some(part),
        _ => None,
    }
}

/// The part of the view that was asked for, with a title for it.
fn narrowed(view: View, args: &ExportArgs) -> anyhow::Result<(View, Option<String>)> {
    let find = |name: &String| view.find(name).map_err(|error| UsageError(error.to_string()));
    let label = |index: petgraph::graph::NodeIndex| view.graph()[index].label.as_str();
    if let Some(top) = args.top {
        let best: Vec<_> = view.by_degree(NodeKind::Company).into_iter().map(|(index, _)| index).take(top).collect();
        return Ok((view.focus(&best, 1), Some(format!("The {} best-connected companies", best.len()))));
    }
    let focus = args.focus.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let Some(&first) = focus.first() else { return Ok((view, None)) };
    let Some(to) = &args.to else {
        let names: Vec<&str> = focus.iter().map(|&index| label(index)).collect();
        return Ok((view.focus(&focus, args.depth), Some(format!("Around {}", names.join(", ")))));
    };
    if focus.len() > 1 {
        return Err(UsageError("--to wants a single --focus".to_owned()).into());
    }
    let end = find(to)?;
    let between = view.connection(first, end);
    if between.graph().node_count() == 0 {
        anyhow::bail!("nothing connects {} with {}", label(first), label(end));
    }
    Ok((between, Some(format!("From {} to {}", label(first), label(end)))))
}

fn write_file(path: &Path, part: &str, format: &dyn Format, source: Source<'_>) -> anyhow::Result<()> {
    let cannot = || format!("{}: cannot write; name another place with -o", path.display());
    let mut out = BufWriter::new(File::create(path).with_context(cannot)?);
    format.write(part, source, &mut out).map_err(bare).with_context(cannot)?;
    out.flush().with_context(cannot)
}

/// The system's error alone, since the path before it says the rest.
fn bare(error: ExportError) -> anyhow::Error {
    match error {
        ExportError::Output(error) => error.into(),
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        args: ExportArgs,
    }

    fn args(line: &str) -> ExportArgs {
        Line::try_parse_from(format!("export {line}").split(' ')).unwrap().args
    }

    #[test]
    fn what_cannot_be_written_is_told_before_the_store_is_opened() {
        for (line, told) in [
            ("csv", "csv has many tables; give -o DIR for all of them, or --table NAME for one on stdout"),
            ("csv -o -", "csv has many tables; give -o DIR for all of them, or --table NAME for one on stdout"),
            ("csv --table firms", "unknown table \"firms\"; the tables are investments, companies,"),
            ("dot --table jobs", "--table goes with csv, not with dot"),
        ] {
            let args = args(line);
            let format: &dyn Format = if args.format == "csv" { &Csv } else { &Dot { title: None } };
            let error = check(&args, format).unwrap_err();
            assert!(error.is::<UsageError>() && error.to_string().starts_with(told), "{line}: {error}");
        }
    }

    #[test]
    fn options_that_contradict_each_other_are_refused() {
        for line in
            ["dot --depth 2", "dot --to France", "dot --focus A --to B --depth 2", "dot --top 3 --focus A", "dot --focus A --depth -1"]
        {
            assert!(Line::try_parse_from(format!("export {line}").split(' ')).is_err(), "{line}");
        }
    }
}
