//! What is kept about an address, on the command line.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::moment;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::privacy::{ExportError, Kept};
use crate::rooms::Rooms;
use crate::values::Email;

/// What nobody can find by an address.
const NOT_ATTRIBUTABLE: &str = "Not to be found by an address, so untouched: \"was this helpful\" votes and their sentences (kept by network), \
what was searched for (kept without who asked), files of forms that were never sent (gone after about a day), emails that left already, what others \
wrote about the person, backups.\n";

/// Writes everything about an address into a folder.
pub async fn export(rooms: &Rooms, email: &Email, to: Option<PathBuf>) -> Result<String, ExportError> {
    if rooms.privacy.kept_about(email).await?.is_nothing() {
        return Ok(format!("Nothing is kept about {}; nothing was written.\n", email.as_str()));
    }
    let folder = to.unwrap_or_else(|| Path::new("privacy-export").to_owned());
    let (count, files) = rooms.privacy.export(email, &folder).await?;
    Ok(format!(
        "{} holds tickets: {count}, files: {files}.\nInternal notes are in it, as they are about the person; read it before you hand it over, \
         for what is about somebody else. Then delete the folder.\n",
        folder.display()
    ))
}

/// Shows what would be erased, or erases it.
pub async fn erase(rooms: &Rooms, email: &Email, by: &Actor, yes: bool) -> Result<String, ServiceError> {
    if yes {
        let kept = rooms.privacy.erase(email, by).await?;
        if kept.is_nothing() {
            return Ok(format!("Nothing is kept about {}.\n{}", email.as_str(), before(rooms, email).await?));
        }
        return Ok(format!("Erased:\n{}{NOT_ATTRIBUTABLE}That it was done is noted, without the address.\n", listed(&kept)));
    }
    let kept = rooms.privacy.kept_about(email).await?;
    let before = before(rooms, email).await?;
    if kept.is_nothing() {
        return Ok(format!("Nothing is kept about {}.\n{before}", email.as_str()));
    }
    Ok(format!(
        "About {} this would be erased for good:\n{}{NOT_ATTRIBUTABLE}{before}Nothing was erased yet. To do it, say the same with --yes.\n",
        email.as_str(),
        listed(&kept)
    ))
}

fn listed(kept: &Kept) -> String {
    let written = i64::try_from(kept.written_mails).unwrap_or(i64::MAX);
    let lines = kept.counts.iter().copied().chain([("emails written into the data folder", written)]);
    lines.filter(|(_, count)| *count > 0).fold(String::new(), |mut text, (what, count)| {
        let _ = writeln!(text, "{count:>7}  {what}");
        text
    })
}

async fn before(rooms: &Rooms, email: &Email) -> Result<String, ServiceError> {
    Ok(rooms.privacy.erasures_of(email).await?.iter().fold(String::new(), |mut text, erasure| {
        let at = moment(rooms, Micros(erasure.erased_at));
        let _ = writeln!(
            text,
            "Erased on {at}: tickets {}, messages {}, files {}, other entries {}.",
            erasure.tickets, erasure.messages, erasure.files, erasure.others
        );
        text
    }))
}
