//! `ajuda searches`: what was searched for in vain, and what may be shown as popular.

use std::process::ExitCode;

use clap::Args;

use super::{Settings, say};
use crate::app::App;
use crate::clock::Clock;
use crate::i18n::Lang;
use crate::search::log;

#[derive(Args)]
pub(super) struct Popular {
    /// Show this question among the popular ones, however many asked it.
    #[arg(long, value_name = "QUERY", conflicts_with = "disallow")]
    allow: Option<String>,
    /// Take that back.
    #[arg(long, value_name = "QUERY")]
    disallow: Option<String>,
    /// Of which language's pages; else the default language's.
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

fn parse_lang(typed: &str) -> Result<Lang, String> {
    Lang::parse(typed).ok_or_else(|| "the language is pt, es or en".into())
}

pub(super) async fn run(settings: Settings, days: u32, limit: u32, json: bool, popular: Popular) -> Result<ExitCode, String> {
    let config = settings.load()?;
    let searches = App::rooms_alone(&config, Clock::default()).searches;
    if let Some(query) = popular.allow.as_ref().or(popular.disallow.as_ref()) {
        let lang = popular.lang.unwrap_or(config.default_language);
        let is_counted = searches.allow(lang, query, popular.allow.is_some()).await.map_err(|error| error.to_string())?;
        if !is_counted {
            return Err("That is no question that could be shown: it is too long, or could say something of a person.".into());
        }
        say("Done. The home page shows it within the hour.\n");
        return Ok(ExitCode::SUCCESS);
    }
    let missed = searches.missed(days, limit).await.map_err(|error| error.to_string())?;
    say(&if json { serde_json::to_string_pretty(&missed).map_err(|error| error.to_string())? + "\n" } else { log::as_text(&missed) });
    Ok(ExitCode::SUCCESS)
}
