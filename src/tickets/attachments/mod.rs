//! Files beside messages. Promised: only pictures, PDF and plain text are kept; a picture holds nothing but the picture; a file is seen by
//! whoever may see its message, and by nobody else; one whose form was refused waits a day for its author and is then dropped.
//!
//! How a page takes files: [`crate::web::posted`] reads the body, [`Tickets::take_files`] checks and keeps what came, and then
//! [`Tickets::file_with`] files a new ticket with them; [`Tickets::customer_writes`] and [`Tickets::answer_with`] take them into one that exists.
//! `pages::files` has the control, the list of what is kept, and the list under a message.

mod files;
pub mod kinds;
mod moving;
mod names;
mod pictures;
mod place;
mod previews;
mod store;

use std::net::IpAddr;

use axum::body::{Body, Bytes};
use subtle::ConstantTimeEq;

pub(super) use files::Files;
use kinds::Kind;
pub(crate) use place::mistake;

use super::model::Reference;
use super::{Right, TicketError, Tickets};
use crate::clock::Micros;
use crate::db::{self, Write};
use crate::key::ServerKey;
use crate::web::posted::{Arrived, Content, Posted, PostedFile};

/// The names of the form's controls: files, those kept from an earlier try, and those of them that are not wanted any more.
pub const FILES: &str = "files";
pub const STAGED: &str = "staged";
pub const UNWANTED: &str = "unwanted";

/// A file whose form was refused waits for so long.
const STAGED_MICROS: i64 = Micros::DAY;
/// All that wait for their forms: whoever comes from many networks must not fill the disk, and forms without files are taken all the same.
const STAGED_MAX_BYTES: i64 = 4 * 1024 * 1024 * 1024;
/// Instances' clocks differ, and a form may be under way: what is over is dropped so much later.
const SWEEP_AFTER_MICROS: i64 = Micros::HOUR;
const SWEPT_AT_ONCE_MAX: i64 = 500;

/// A file that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    /// The entry that it came with; `None` while it waits for its form.
    pub entry: Option<String>,
    pub name: String,
    pub media_type: String,
    /// How many.
    pub bytes: i64,
    /// Width and height of a picture, in pixels.
    pub size: Option<(i64, i64)>,
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileProblem {
    TooLarge,
    TooMany,
    /// Too much at the same time, from one network in an hour, or that waits for its forms.
    NoRoom,
    /// Not one of the kinds that are taken.
    Kind,
    /// A picture that can't be read, or has too many pixels.
    Damaged,
    /// It waited longer than a day, or is another's.
    Gone,
}

/// What became of a form's files.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Kept, each with its signed id for the next try.
    pub kept: Vec<(Attachment, String)>,
    /// Not kept: name and reason.
    pub problems: Vec<(String, FileProblem)>,
}

impl Tickets {
    /// Checks, cleans and keeps the files of a form, and takes up those that an earlier try left. Names without their signature count for
    /// nothing. An error means that nothing can be kept now.
    pub async fn take_files(&self, posted: Posted, from: IpAddr) -> Result<Taken, TicketError> {
        let mut taken = Taken::default();
        let values = |name: &str| posted.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect::<Vec<_>>();
        let unwanted = values(UNWANTED);
        for token in values(STAGED).into_iter().filter(|token| !unwanted.contains(token)) {
            if taken.kept.len() == self.0.attachments.files_max {
                break;
            }
            match self.staged(&token).await? {
                Some(attachment) if taken.kept.iter().any(|(kept, _)| kept.id == attachment.id) => {}
                Some(attachment) => taken.kept.push((attachment, token)),
                None => taken.problems.push((String::new(), FileProblem::Gone)),
            }
        }
        let budget = files_budget(self.0.key.get()?, from);
        let is_full = !posted.files.is_empty() && store::staged_bytes(&self.0.db.ready().await?).await? >= STAGED_MAX_BYTES;
        for file in posted.files.into_iter().filter(|file| file.field == FILES) {
            let name = names::readable(&file.name);
            if is_full {
                taken.problems.push((name, FileProblem::NoRoom));
                continue;
            }
            if taken.kept.len() >= self.0.attachments.files_max {
                taken.problems.push((name, FileProblem::TooMany));
                continue;
            }
            match self.take(file, &budget).await? {
                Ok(kept) => taken.kept.push(kept),
                Err(problem) => taken.problems.push((name, problem)),
            }
        }
        Ok(taken)
    }

    /// The row comes first: if the program ends in between, the row is swept.
    pub(super) async fn take(&self, file: PostedFile, budget: &str) -> Result<Result<(Attachment, String), FileProblem>, TicketError> {
        let arrived = match file.content {
            Content::Whole(arrived) => arrived,
            Content::TooLarge => return Ok(Err(FileProblem::TooLarge)),
            Content::TooMany => return Ok(Err(FileProblem::TooMany)),
            Content::NoRoom => return Ok(Err(FileProblem::NoRoom)),
        };
        let key = self.0.key.get()?;
        let (kind, bytes, picture) = match cleaned(&arrived).await {
            Ok(cleaned) => cleaned,
            Err(problem) => return Ok(Err(problem)),
        };
        let now = self.0.clock.now();
        let attachment = Attachment {
            id: db::new_id(now)?,
            entry: None,
            name: names::safe_name(&file.name, kind),
            media_type: kind.media_type().to_owned(),
            bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            size: picture.as_ref().map(|picture| picture.size),
        };
        let mut write = self.0.db.begin().await?;
        if super::store::use_budget(&mut write, budget, now).await? > i64::from(self.0.attachments.files_per_network_per_hour) {
            write.undo().await?;
            return Ok(Err(FileProblem::NoRoom));
        }
        store::insert(&mut write, &attachment, &key.tag("file", &[&bytes]), now, now.plus(STAGED_MICROS)).await?;
        write.commit().await?;
        self.0.files.put(&attachment.id, bytes).await?;
        if let Some(preview) = picture.and_then(|picture| picture.preview) {
            self.0.files.put_preview(&attachment.id, preview).await?;
        }
        let token = signed(key, &attachment.id);
        Ok(Ok((attachment, token)))
    }

    /// What a signed id of an earlier try stands for; `None` when it was forged, is over, or was used.
    async fn staged(&self, token: &str) -> Result<Option<Attachment>, TicketError> {
        let Some((id, _)) = token.split_once('.') else { return Ok(None) };
        if !bool::from(token.as_bytes().ct_eq(signed(self.0.key.get()?, id).as_bytes())) {
            return Ok(None);
        }
        Ok(store::staged(&self.0.db.ready().await?, id, self.0.clock.now()).await?)
    }

    /// Checks, cleans and keeps files that staff bring from their own machine.
    pub(super) async fn take_files_of_staff(&self, files: Vec<(String, Vec<u8>)>) -> Result<Taken, TicketError> {
        let mut taken = Taken::default();
        let budget = self.0.key.get()?.tag("files", &[b"staff"]);
        for (name, bytes) in files {
            let content = match bytes.len() {
                _ if taken.kept.len() >= self.0.attachments.files_max => Content::TooMany,
                length if length > self.0.attachments.file_max_bytes => Content::TooLarge,
                _ => Content::Whole(Arrived::elsewhere(bytes)),
            };
            match self.take(PostedFile { field: FILES.to_owned(), name: name.clone(), content }, &budget).await? {
                Ok(kept) => taken.kept.push(kept),
                Err(problem) => taken.problems.push((names::readable(&name), problem)),
            }
        }
        Ok(taken)
    }

    /// Gives kept files to something said in a ticket, within the caller's transaction; without an entry they belong to the ticket's first.
    /// What that has already, it does not get twice.
    pub(super) async fn attach_in(
        &self,
        write: &mut Write,
        ticket: &str,
        entry: Option<&str>,
        kept: &[(Attachment, String)],
    ) -> Result<(), TicketError> {
        let first = match entry {
            Some(entry) => Some(entry.to_owned()),
            None => store::first_message(write, ticket).await?,
        };
        let entry = first.ok_or_else(|| TicketError::Broken("a ticket without its first message".into()))?;
        let now = self.0.clock.now();
        for (place, (attachment, _)) in (0..).zip(kept) {
            store::attach(write, &attachment.id, ticket, &entry, now, place).await?;
        }
        Ok(())
    }

    /// One file of a ticket as a reader with a right to it may see it, and its content. A note's file is not there for them.
    pub async fn open_file(&self, reference: &Reference, right: Right, id: &str) -> Result<(Attachment, Body), TicketError> {
        let attachment = self.file_for_customer(reference, right, id).await?;
        let body = self.0.files.stream(&attachment.id).await?;
        Ok((attachment, body))
    }

    async fn file_for_customer(&self, reference: &Reference, right: Right, id: &str) -> Result<Attachment, TicketError> {
        let view = self.show(reference, right).await?;
        view.files.into_iter().find(|attachment| attachment.id == id).ok_or(TicketError::NotFound)
    }

    /// All files of a ticket, for staff.
    pub async fn files_for_staff(&self, reference: &Reference) -> Result<Vec<Attachment>, TicketError> {
        let pool = self.0.db.ready().await?;
        let ticket = super::store::ticket_by_reference(&pool, reference).await?.ok_or(TicketError::NotFound)?;
        Ok(store::for_staff(&pool, &ticket.key.id).await?)
    }

    /// The content of one file of a ticket, for staff.
    pub async fn file_for_staff(&self, reference: &Reference, id: &str) -> Result<Bytes, TicketError> {
        let files = self.files_for_staff(reference).await?;
        let attachment = files.into_iter().find(|attachment| attachment.id == id).ok_or(TicketError::NotFound)?;
        self.0.files.get(&attachment.id).await
    }

    /// What the customer may see of a ticket's files.
    pub(super) async fn files_for_customer(&self, ticket: &str, with_answers: bool) -> Result<Vec<Attachment>, TicketError> {
        Ok(store::for_customer(&self.0.db.ready().await?, ticket, with_answers).await?)
    }

    /// Drops files that waited in vain. The content goes first: a row that is left is found again.
    pub(super) async fn sweep_files(&self) -> Result<(), TicketError> {
        let since = self.0.clock.now().plus(-SWEEP_AFTER_MICROS);
        loop {
            let orphans = store::orphans(&self.0.db.ready().await?, since, SWEPT_AT_ONCE_MAX).await?;
            if orphans.is_empty() {
                return Ok(());
            }
            self.0.files.delete_unfinished(&orphans).await?;
            for id in orphans {
                self.0.files.delete(&id).await?;
                let mut write = self.0.db.begin().await?;
                store::delete_orphan(&mut write, &id).await?;
                write.commit().await?;
            }
        }
    }
}

/// What the files of a network count against.
fn files_budget(key: &ServerKey, from: IpAddr) -> String {
    key.tag("files", &[key.network_tag(from).as_bytes()])
}

/// A staged file's id, so that nobody can name another's.
fn signed(key: &ServerKey, id: &str) -> String {
    format!("{id}.{}", key.tag("staged file", &[id.as_bytes()]))
}

/// What is known of a picture besides its bytes.
struct Seen {
    /// Width and height.
    size: (i64, i64),
    preview: Option<Bytes>,
}

/// What is kept of a file.
async fn cleaned(arrived: &Arrived) -> Result<(Kind, Bytes, Option<Seen>), FileProblem> {
    let kind = Kind::of(&arrived.bytes).ok_or(FileProblem::Kind)?;
    if !kind.is_picture() {
        return Ok((kind, arrived.bytes.clone(), None));
    }
    let picture = pictures::cleaned(kind, arrived).await.ok_or(FileProblem::Damaged)?;
    let seen = Seen { size: (picture.width.into(), picture.height.into()), preview: picture.preview.map(Bytes::from) };
    Ok((picture.kind, picture.bytes.into(), Some(seen)))
}
