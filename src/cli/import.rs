//! `ajuda import`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::app::App;
use crate::articles::import::{self, Generator, Request};
use crate::clock::Clock;
use crate::i18n::Lang;

use super::{Settings, say};

#[derive(Args)]
pub(super) struct ImportCommand {
    /// Settings file; without this, ajuda.toml where it exists.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The folder to import: that with the settings of the site, else that of the texts.
    folder: PathBuf,
    /// Folder to write into; articles that are there already stay as they are.
    #[arg(long, value_name = "DIR", default_value = "imported")]
    into: PathBuf,
    /// What the folder was written for, where its files don't tell: docusaurus, vitepress, mkdocs, hugo, jekyll or plain.
    #[arg(long, value_name = "NAME", value_parser = generator)]
    from_generator: Option<Generator>,
    /// Language of texts whose folder or name doesn't say it: pt, es or en.
    #[arg(long, value_parser = lang)]
    lang: Option<Lang>,
}

fn generator(name: &str) -> Result<Generator, String> {
    Generator::parse(name).ok_or_else(|| format!("write one of {}", Generator::ALL.map(|(_, name)| name).join(", ")))
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::parse(code).ok_or_else(|| "write pt, es or en".to_owned())
}

pub(super) fn run(command: ImportCommand) -> Result<ExitCode, String> {
    let settings = Settings { config: command.config, articles: Some(command.into.clone()), data: None };
    let config = settings.load()?;
    std::fs::create_dir_all(&command.into)
        .map_err(|error| format!("{}: can't be written ({}). Check the path and its rights.", command.into.display(), error.kind()))?;
    let mut options = App::load_options(&config, &Clock::default());
    // Words are for `ajuda check`; here only what keeps a text from readers counts.
    options.spelling = false;
    let request = Request { from: command.folder, generator: command.from_generator, lang: command.lang };
    let report = import::run(&request, &options).map_err(|error| error.to_string())?;
    say(&report.to_string());
    Ok(ExitCode::SUCCESS)
}
