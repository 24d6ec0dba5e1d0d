//! Snapshots of all help texts: what a user reads first.

use clap::CommandFactory;
use investgraph::cli::Cli;

#[test]
fn help_texts_are_as_reviewed() {
    let mut program = Cli::command().term_width(100);
    program.build();
    insta::assert_snapshot!("investgraph", program.render_help());
    for command in program.get_subcommands_mut() {
        let name = command.get_name().to_owned();
        insta::assert_snapshot!(name, command.render_help());
    }
}
