//! Everything about one address, as a folder: `data.json` and the files. Notes of the staff are in it: they are about the person. Who of
//! the staff wrote is not: that is about somebody else.

use std::path::Path;

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::store;
use crate::clock::Micros;
use crate::tickets::model::{Attachment, Email, Entry, Ticket};
use crate::tickets::{TicketError, Tickets};

/// File systems take names of 255 bytes; the id before it and room to spare.
const NAME_MAX_BYTES: usize = 180;

/// What an export could not do.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("{0}: there is something already. Name a folder that does not exist yet, with --to.")]
    Taken(String),
    #[error("{0}: can't be written ({1}).")]
    NotWritten(String, std::io::Error),
    #[error("{0}")]
    Failed(#[from] TicketError),
}

impl Tickets {
    /// Writes everything about an address into a new folder; how many tickets and files. The folder is only for its owner to read.
    pub async fn export(&self, email: &Email, folder: &Path) -> Result<(usize, usize), ExportError> {
        let not_written = |error| ExportError::NotWritten(folder.display().to_string(), error);
        if folder.exists() {
            return Err(ExportError::Taken(folder.display().to_string()));
        }
        for private in [folder.to_owned(), folder.join("files")] {
            crate::db::make_private_folder(&private).map_err(not_written)?;
        }
        let pool = self.0.db.ready().await.map_err(TicketError::from)?;
        let (mut tickets, mut files) = (Vec::new(), 0);
        for id in store::ids_of_address(&pool, &email.key()).await.map_err(TicketError::from)? {
            let Some(ticket) = super::super::store::ticket_by_id(&pool, &id).await.map_err(TicketError::from)? else { continue };
            let (_, entries) = self.get_for_staff(&ticket.key.reference).await?;
            let attachments = self.files_for_staff(&ticket.key.reference).await?;
            for attachment in &attachments {
                let bytes = self.file_for_staff(&ticket.key.reference, &attachment.id).await?;
                std::fs::write(folder.join("files").join(file_name(attachment)), bytes).map_err(not_written)?;
            }
            files += attachments.len();
            let mails = store::mails(&pool, &id).await.map_err(TicketError::from)?;
            tickets.push(self.ticket_as_json(&ticket, &entries, &attachments, &mails).await?);
        }
        let logins = store::logins(&pool, &email.key()).await.map_err(TicketError::from)?;
        let sessions = store::sessions(&pool, &email.key()).await.map_err(TicketError::from)?;
        let letters = write_letters(folder, store::letters(&pool, &email.key()).await.map_err(TicketError::from)?).map_err(not_written)?;
        let all = json!({
            "email": email.as_str(),
            "exported_at": moment(self.0.clock.now()),
            "tickets": tickets,
            "letters": letters,
            "log_ins": logins.iter().map(|(until, used)| json!({ "valid_until": moment(Micros(*until)), "used_at": used.map(|at| moment(Micros(at))) })).collect::<Vec<_>>(),
            "sessions": sessions.iter().map(|until| json!({ "valid_until": moment(Micros(*until)) })).collect::<Vec<_>>(),
        });
        let text = serde_json::to_string_pretty(&all).map_err(|error| not_written(error.into()))?;
        std::fs::write(folder.join("data.json"), text + "\n").map_err(not_written)?;
        Ok((tickets.len(), files))
    }

    async fn ticket_as_json(
        &self,
        ticket: &Ticket,
        entries: &[Entry],
        files: &[Attachment],
        mails: &[(i64, String, String)],
    ) -> Result<Value, TicketError> {
        let follows = self.followed(ticket).await?;
        Ok(json!({
            "reference": ticket.key.reference.as_str(),
            "subject": ticket.subject,
            "name": ticket.name,
            "email": ticket.email,
            "transaction_code": ticket.code,
            "reason": ticket.reason,
            "article": ticket.article.as_ref().map(|article| article.as_str().to_owned()),
            "language": ticket.lang.code(),
            "status": ticket.status.word(),
            "urgency": ticket.urgency.word(),
            "kept_aside": ticket.held.map(|held| held.word()),
            "created_at": moment(ticket.created_at),
            "updated_at": moment(ticket.updated_at),
            "answer_due_at": moment(ticket.answer_due_at),
            "answered_at": ticket.answered_at.map(moment),
            "verified_at": ticket.verified_at.map(moment),
            "solved_at": ticket.solved_at.map(moment),
            "goes_on_with": follows.map(|reference| reference.to_string()),
            "rating": ticket.rating.as_ref().map(|rating| json!({ "stars": rating.stars, "sentence": rating.text })),
            "messages": entries.iter().map(|entry| entry_as_json(entry, files)).collect::<Vec<_>>(),
            "mails": mails.iter().map(|(at, template, state)| json!({ "at": moment(Micros(*at)), "kind": template, "state": state })).collect::<Vec<_>>(),
        }))
    }
}

/// Letters that wait for staff, or that staff dropped: those in tickets stand there.
fn write_letters(folder: &Path, rows: Vec<store::LetterRow>) -> std::io::Result<Vec<Value>> {
    let mut letters = Vec::new();
    for row in rows {
        let bytes = row.raw.and_then(|raw| BASE64.decode(raw.as_bytes()).ok());
        let file = format!("files/{}.eml", row.id);
        if let Some(bytes) = &bytes {
            std::fs::write(folder.join(&file), bytes)?;
        }
        letters.push(json!({ "at": moment(Micros(row.taken_at)), "state": row.state, "subject": row.subject, "file": bytes.map(|_| file) }));
    }
    Ok(letters)
}

fn entry_as_json(entry: &Entry, files: &[Attachment]) -> Value {
    let own = files.iter().filter(|file| file.entry.as_ref() == Some(&entry.id));
    let files = own
        .map(|file| json!({ "name": file.name, "media_type": file.media_type, "bytes": file.bytes, "file": format!("files/{}", file_name(file)) }));
    json!({
        "at": moment(entry.at),
        "from": entry.kind.word(),
        "via": entry.via.word(),
        "text": entry.body,
        "cut_off": entry.cut_off,
        "files": files.collect::<Vec<_>>(),
    })
}

/// Its id, which is alone in the world, and its name as far as any file system takes it.
fn file_name(file: &Attachment) -> String {
    let name: String = file.name.chars().map(|char| if char.is_control() || matches!(char, '/' | '\\' | ':') { '_' } else { char }).collect();
    let skipped = name.char_indices().map(|(at, _)| at).find(|at| name.len() - at <= NAME_MAX_BYTES).unwrap_or(name.len());
    format!("{}-{}", file.id, &name[skipped..])
}

fn moment(at: Micros) -> String {
    at.timestamp().to_string()
}
