//! Everything about one address, as a folder: `data.json` and the files. Notes of the staff are in it: they are about the person. Who of
//! the staff wrote is not: that is about somebody else.

use std::path::Path;

use serde_json::{Value, json};

use super::Privacy;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Kind;
use crate::orders::Purchase;
use crate::private_folder;
use crate::tickets::model::{Attachment, Message, QuarantineReason, Ticket};
use crate::values::Email;

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
    Failed(#[from] ServiceError),
}

impl Privacy {
    /// Writes everything about an address into a new folder; how many tickets and files. The folder is only for its owner to read.
    pub async fn export(&self, email: &Email, folder: &Path) -> Result<(usize, usize), ExportError> {
        let not_written = |error| ExportError::NotWritten(folder.display().to_string(), error);
        if folder.exists() {
            return Err(ExportError::Taken(folder.display().to_string()));
        }
        for private in [folder.to_owned(), folder.join("files")] {
            private_folder::make(&private).map_err(not_written)?;
        }
        let (subject, ids) = self.subject(email).await?;
        let (mut tickets, mut files) = (Vec::new(), 0);
        for id in ids {
            let Some(ticket) = self.rooms.tickets.read().find_by_id(&id).await? else { continue };
            let (_, messages) = self.rooms.tickets.read().for_staff(&ticket.key.reference).await?;
            let attachments = self.rooms.files.of_ticket(&id).await?;
            for attachment in &attachments {
                let bytes = self.rooms.files.read(&attachment.id).await?;
                std::fs::write(folder.join("files").join(file_name(attachment)), bytes).map_err(not_written)?;
            }
            files += attachments.len();
            tickets.push(self.ticket_as_json(&ticket, &messages, &attachments).await?);
        }
        let customer = subject.customer.as_str();
        let log_ins = self.rooms.customers.log_ins(customer).await?;
        let addresses = self.rooms.customers.addresses(customer).await?;
        let emails = self.write_emails(folder, customer).await?;
        let purchases = self.rooms.orders.of_buyer(email).await?;
        let purchases: Vec<Value> = purchases.iter().map(purchase_as_json).collect();
        let all = json!({
            "email": email.as_str(),
            "exported_at": moment(self.rooms.events.now()),
            "addresses": addresses.iter().map(|row| json!({ "address": row.address, "verified_at": row.verified_at.map(|at| moment(Micros(at))) })).collect::<Vec<_>>(),
            "tickets": tickets,
            "incoming_emails": emails,
            "purchases": purchases,
            "log_ins": log_ins.codes.iter().map(|(until, used)| json!({ "valid_until": moment(Micros(*until)), "used_at": used.map(|at| moment(Micros(at))) })).collect::<Vec<_>>(),
            "sessions": log_ins.sessions.iter().map(|until| json!({ "valid_until": moment(Micros(*until)) })).collect::<Vec<_>>(),
        });
        let text = serde_json::to_string_pretty(&all).map_err(|error| not_written(error.into()))?;
        std::fs::write(folder.join("data.json"), text + "\n").map_err(not_written)?;
        Ok((tickets.len(), files))
    }

    async fn ticket_as_json(&self, ticket: &Ticket, messages: &[Message], files: &[Attachment]) -> Result<Value, ServiceError> {
        let follow_up_of = match &ticket.follow_up_of {
            Some(earlier) => self.rooms.tickets.read().find_by_id(earlier).await?.map(|earlier| earlier.key.reference.to_string()),
            None => None,
        };
        let mails = self.rooms.outbox.of_ticket(&ticket.key.id).await?;
        let events = self.rooms.events.of_ticket(&ticket.key.id).await?;
        let visits = self.rooms.tickets.read().visits(&ticket.key.id).await?;
        let proved = self.rooms.orders.proved_in(&ticket.key.id).await?;
        let visits: Vec<String> = visits.iter().map(ToString::to_string).collect();
        Ok(json!({
            "reference": ticket.key.reference.as_str(),
            "subject": ticket.subject,
            "name": ticket.name,
            "email": ticket.email,
            "transaction_code": ticket.code,
            "purchases_proved": proved.into_iter().map(|purchase| purchase.code).collect::<Vec<_>>(),
            "searched_and_read": visits,
            "reason": ticket.reason,
            "article": ticket.article.as_ref().map(|article| article.as_str().to_owned()),
            "language": ticket.lang.code(),
            "status": ticket.status.word(),
            "priority": ticket.priority.word(),
            "tags": ticket.tags,
            "quarantine": ticket.quarantine.map(QuarantineReason::word),
            "proof": ticket.proof.word(),
            "created_at": moment(ticket.created_at),
            "updated_at": moment(ticket.updated_at),
            "due_at": ticket.due_at.map(moment),
            "answered_at": ticket.answered_at.map(moment),
            "solved_at": ticket.solved_at.map(moment),
            "follow_up_of": follow_up_of,
            "rating": ticket.rating.as_ref().map(|rating| json!({ "stars": rating.stars, "comment": rating.comment })),
            "messages": messages.iter().map(|message| message_as_json(message, files)).collect::<Vec<_>>(),
            "mails": mails.iter().map(|(at, template, state)| json!({ "at": moment(Micros(*at)), "kind": template, "state": state })).collect::<Vec<_>>(),
            "events": events.iter().filter(|event| !is_of_desk(event.kind)).map(|event| json!({ "at": moment(event.at), "by": event.by.words().0, "kind": event.kind.word() })).collect::<Vec<_>>(),
        }))
    }

    /// Emails in review, passed over, or dropped by staff: those in tickets stand there.
    async fn write_emails(&self, folder: &Path, customer: &str) -> Result<Vec<Value>, ExportError> {
        let mut emails = Vec::new();
        for row in self.rooms.inbound.unfiled(customer).await? {
            let is_kept = row.state == "review" || (row.state == "passed" && row.bytes > 0);
            let bytes = if is_kept { Some(self.rooms.inbound.raw(&row.fingerprint).await?) } else { None };
            let file = format!("files/{}.eml", row.id);
            if let Some(bytes) = &bytes {
                std::fs::write(folder.join(&file), bytes).map_err(|error| ExportError::NotWritten(folder.display().to_string(), error))?;
            }
            emails.push(json!({ "at": moment(Micros(row.received_at)), "state": row.state, "subject": row.subject, "file": bytes.map(|_| file) }));
        }
        Ok(emails)
    }
}

fn purchase_as_json(purchase: &Purchase) -> Value {
    json!({
        "transaction": purchase.code,
        "status": purchase.status,
        "product": purchase.product_name,
        "name": purchase.buyer_name,
        "email": purchase.buyer_email,
        "ordered_at": purchase.ordered_at.map(moment),
        "approved_at": purchase.approved_at.map(moment),
        "amount": purchase.price().map(|price| price.plain()),
        "currency": purchase.currency,
    })
}

/// What happened to an answer before it was one.
fn is_of_desk(kind: Kind) -> bool {
    matches!(kind, Kind::AnswerHeld | Kind::AnswerUndone | Kind::AnswerReturned)
}

fn message_as_json(message: &Message, files: &[Attachment]) -> Value {
    let own = files.iter().filter(|file| file.message.as_ref() == Some(&message.id));
    let files = own
        .map(|file| json!({ "name": file.name, "media_type": file.media_type, "bytes": file.bytes, "file": format!("files/{}", file_name(file)) }));
    json!({
        "at": moment(message.at),
        "from": message.kind().word(),
        "channel": message.channel.word(),
        "proof": message.proof.word(),
        "text": message.body,
        "cut_off": message.cut_off,
        "files_not_kept": message.not_kept,
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
