//! `ajuda backup`: a copy of what people entrusted to the help center, made while it runs, that nobody but its user can read.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use super::{Settings, say};
use crate::app::App;
use crate::clock::Clock;
use crate::private_folder;

/// The database has its own way; what begins like the others is made anew from the articles, or comes with the program.
const NOT_COPIED: [&str; 3] = ["ajuda.db", "vectors.cache", "ajuda-e5"];

/// The database first: a file that its rows name was written before them, and is copied after.
pub(super) async fn run(settings: Settings, to: &Path) -> Result<ExitCode, String> {
    let config = settings.load()?;
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!(
            "{} is not empty. Name a folder that does not exist yet, so that no earlier backup is mixed with this one.",
            to.display()
        ));
    }
    let failed = |error: io::Error| format!("the backup can't be written to {}: {error}", to.display());
    private_folder::make(to).map_err(failed)?;
    let rooms = App::rooms_alone(&config, Clock::default());
    let has_database = rooms.db.copy_to(&to.join("ajuda.db")).await.map_err(|error| error.to_string())?;
    copy(&config.data, to, 0).map_err(failed)?;
    close(to).map_err(failed)?;
    let mut told = format!("The backup is in {}. To restore it, stop the server and make it the data folder.\n", to.display());
    if !has_database {
        told.push_str("The database is on PostgreSQL: back it up with pg_dump.\n");
    }
    if !config.attachments.store.is_empty() {
        told.push_str("Files are in a bucket, which needs a backup of its own.\n");
    }
    if !config.server_key.reveal().is_empty() {
        told.push_str("server_key stands in the settings: keep them too.\n");
    }
    say(&told);
    Ok(ExitCode::SUCCESS)
}

fn copy(from: &Path, to: &Path, depth: usize) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let is_left_out = depth == 0 && NOT_COPIED.iter().any(|start| name.to_string_lossy().starts_with(start));
        if is_left_out {
            continue;
        }
        let copied = to.join(&name);
        if kind.is_dir() && !copied.starts_with(from) {
            private_folder::make(&copied)?;
            copy(&entry.path(), &copied, depth + 1)?;
        } else if kind.is_file() {
            // One that was deleted meanwhile belongs to nothing any more.
            match fs::copy(entry.path(), &copied) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                copied => drop(copied?),
            }
        }
    }
    Ok(())
}

/// Whatever the user's mask: files that only their owner can read.
#[cfg(unix)]
fn close(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            close(&entry.path())?;
        } else {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o600))?;
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn close(_: &Path) -> io::Result<()> {
    Ok(())
}
