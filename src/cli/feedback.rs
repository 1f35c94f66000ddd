//! `ajuda feedback`: whether articles helped, and what readers missed in them.

use std::process::ExitCode;

use super::{Settings, say};
use crate::app::App;
use crate::articles::counts::Counts;
use crate::articles::feedback;
use crate::clock::Clock;

/// Sentences shown, of all articles together.
const SENTENCES_MAX: u32 = 200;

pub(super) async fn run(settings: Settings, days: u32, json: bool) -> Result<ExitCode, String> {
    let clock = Clock::default();
    let rooms = App::rooms_alone(&settings.load()?, clock.clone());
    let rows = Counts::new(rooms.db, clock).feedback(days, SENTENCES_MAX).await.map_err(|error| error.to_string())?;
    say(&if json { serde_json::to_string_pretty(&rows).map_err(|error| error.to_string())? + "\n" } else { feedback::as_text(&rows) });
    Ok(ExitCode::SUCCESS)
}
