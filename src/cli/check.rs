//! `ajuda check`.

use std::process::ExitCode;

use crate::app::App;
use crate::articles::ContentStore;
use crate::articles::check::{self, Recording};
use crate::clock::Clock;
use crate::search::{asks, find_model};
use clap::Args;

use super::{Settings, say};

#[derive(Args)]
pub(super) struct CheckCommand {
    #[command(flatten)]
    settings: Settings,
    /// Write all present addresses into addresses.tsv, so that none is ever lost, and the days on which texts changed into recorded.tsv.
    #[arg(long)]
    record: bool,
    /// With --record: only the words of these articles or topics (none: of all) changed, not what they say, so their day stays.
    #[arg(long, value_name = "ARTICLE", num_args = 0.., requires = "record")]
    meaning_unchanged: Option<Vec<String>>,
    /// List every fact of facts.toml with the files that cite it.
    #[arg(long)]
    facts: bool,
    /// Ask the search every question that the articles list in `asks`, and list those that don't find their article.
    #[arg(long)]
    asks: bool,
}

pub(super) fn run(command: CheckCommand) -> Result<ExitCode, String> {
    let config = command.settings.load()?;
    let options = App::load_options(&config, &Clock::default());
    let recording = match (command.record, command.meaning_unchanged) {
        (false, _) => Recording::No,
        (true, None) => Recording::Changed,
        (true, Some(articles)) => Recording::MeaningUnchanged(articles),
    };
    let report = check::run(&options, &recording).map_err(|error| error.to_string())?;
    let mut failed = report.failed();
    if command.facts {
        say(&report.facts);
    }
    say(&report.to_string());
    if command.asks {
        let library = ContentStore::open(options).map_err(|error| error.to_string())?.library();
        let asked = asks::run(&library, &config.articles, find_model(&config.model, &config.data), &config.data)
            .map_err(|error| format!("the articles can't be indexed: {error}"))?;
        say(&asked.to_string());
        failed |= asked.failed();
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
