//! `ajuda init DIR`: an empty help center to begin with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Every file of an empty help center, by its path.
const STARTER: [(&str, &str); 8] = [
    ("contact.toml", include_str!("starter/contact.toml")),
    ("buyer/section.toml", include_str!("starter/buyer.toml")),
    ("buyer/first-steps/topic.toml", include_str!("starter/first-steps.toml")),
    ("buyer/first-steps/how-to-write-an-article/pt.md", include_str!("starter/pt.md")),
    ("buyer/first-steps/how-to-write-an-article/es.md", include_str!("starter/es.md")),
    ("buyer/first-steps/how-to-write-an-article/en.md", include_str!("starter/en.md")),
    ("creator/section.toml", include_str!("starter/creator.toml")),
    ("affiliate/section.toml", include_str!("starter/affiliate.toml")),
];

/// Why the folder was not made.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    #[error("{}: the folder is not empty. Name a new or an empty one.", .0.display())]
    NotEmpty(PathBuf),
    #[error("{}: can't be written ({}). Check the path and its rights.", .0.display(), .1)]
    Unwritable(PathBuf, io::ErrorKind),
}

/// Makes the folder, if need be, and fills it: three sections in three languages, some contact reasons, one article.
pub fn create(folder: &Path) -> Result<(), InitError> {
    let unwritable = |path: &Path, error: &io::Error| InitError::Unwritable(path.to_owned(), error.kind());
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let mut entries = fs::read_dir(folder).map_err(|error| unwritable(folder, &error))?;
    if entries.next().is_some() {
        return Err(InitError::NotEmpty(folder.to_owned()));
    }
    for (path, text) in STARTER {
        let file = folder.join(path);
        let parent = file.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&file, text)).map_err(|error| unwritable(&file, &error))?;
    }
    Ok(())
}
