//! `ajuda new`, `ajuda rename` and `ajuda translations`.

use std::process::ExitCode;

use crate::app::App;
use crate::articles::LoadOptions;
use crate::articles::authoring::translations;
use crate::articles::authoring::{create, rename};
use crate::clock::Clock;

use super::{Settings, say};

pub(super) fn run_new(settings: Settings, article: &str) -> Result<ExitCode, String> {
    let files = create::create(&options(settings)?, article).map_err(|error| error.to_string())?;
    for file in files {
        say(&format!("{}\n", file.display()));
    }
    say("These are drafts: nobody sees them. Write, look at them with ajuda preview, and take status: draft out to publish.\n");
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run_rename(settings: Settings, old: &str, new: &str) -> Result<ExitCode, String> {
    let changed = rename::rename(&options(settings)?, old, new).map_err(|error| error.to_string())?;
    say(&format!("{}\n\najuda check --record puts its new addresses on record.\n", changed.join("\n")));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run_translations(settings: Settings, json: bool) -> Result<ExitCode, String> {
    let rows = translations::table(&options(settings)?).map_err(|error| error.to_string())?;
    say(&if json { serde_json::to_string_pretty(&rows).map_err(|error| error.to_string())? + "\n" } else { translations::as_text(&rows) });
    Ok(ExitCode::SUCCESS)
}

fn options(settings: Settings) -> Result<LoadOptions, String> {
    Ok(App::load_options(&settings.load()?, &Clock::default()))
}
