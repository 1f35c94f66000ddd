//! Files beside messages. Promised: only pictures, PDF and plain text are kept; a picture holds nothing but the picture; a file is seen by
//! whoever may see its message, and by nobody else; one whose form was refused waits a day for its author and is then dropped.
//!
//! How a page takes files: [`crate::web::posted`] reads the body, [`Files::take_form`] checks and keeps what came, and whatever writes the message
//! gives them to it by [`Files::attach`], in its own transaction. `site::files` has the control, the list of what is kept, and the list under a message.

mod bytes;
mod copies;
pub mod kinds;
mod location;
mod moving;
mod names;
pub(crate) mod not_kept;
mod pictures;
mod previews;
mod room;
pub mod settings;
mod store;
mod text;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes};

pub(crate) use location::mistake;
pub use not_kept::NotKept;
pub use store::PERSONAL_DATA;

use crate::clock::{Clock, Micros};
use crate::db::{self, Db, Write};
use crate::error::ServiceError;
use crate::key::{KeySource, ServerKey, same};
use crate::web::posted::{Arrived, Content, Posted, PostedFile};
use bytes::ByteStore;
use kinds::Kind;
use settings::Attachments;

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
    /// The message that it came with; `None` while it waits for its form.
    pub message: Option<String>,
    pub name: String,
    pub media_type: String,
    /// How many.
    pub bytes: i64,
    /// Width and height of a picture, in pixels.
    pub size: Option<(i64, i64)>,
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    TooLarge,
    TooMany,
    /// Too much at the same time, from one network in an hour, or that waits for its forms.
    NoRoom,
    /// Not one of the kinds that are taken.
    Kind,
    /// A picture that can't be read, or has too many pixels.
    Damaged,
    /// A PDF that doesn't end, or holds something else too.
    BrokenPdf,
    /// Nothing is in it.
    Empty,
    /// A telephone's picture that few programs can open.
    Heic,
    /// Outlook's package (TNEF): files that only Outlook can take out.
    Winmail,
    /// Encrypted, or signed in a way that wraps it up: from an email.
    Encrypted,
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

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct Files(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    key: KeySource,
    settings: Attachments,
    bytes: ByteStore,
    /// Where the bytes lie, unless in a bucket.
    folder: Option<PathBuf>,
}

impl Files {
    /// Where the settings name no bucket, the bytes lie below `data`.
    pub fn new(db: Db, clock: Clock, key: KeySource, settings: &Attachments, data: &Path) -> Self {
        Self(Arc::new(Inner {
            db,
            clock,
            key,
            settings: settings.clone(),
            bytes: ByteStore::new(data, settings),
            folder: settings.store.is_empty().then(|| data.to_owned()),
        }))
    }

    pub fn settings(&self) -> &Attachments {
        &self.0.settings
    }

    /// Checks, cleans and keeps the files of a form, and takes up those that an earlier try left. Names without their signature count for
    /// nothing. An error means that nothing can be kept now.
    pub async fn take_form(&self, posted: Posted, from: IpAddr) -> Result<Taken, ServiceError> {
        let mut taken = Taken::default();
        let values = |name: &str| posted.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect::<Vec<_>>();
        let unwanted = values(UNWANTED);
        for token in values(STAGED).into_iter().filter(|token| !unwanted.contains(token)) {
            if taken.kept.len() == self.0.settings.files_max {
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
            if taken.kept.len() >= self.0.settings.files_max {
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
    pub async fn take(&self, file: PostedFile, budget: &str) -> Result<Result<(Attachment, String), FileProblem>, ServiceError> {
        let arrived = match file.content {
            Content::Whole(arrived) => arrived,
            Content::TooLarge => return Ok(Err(FileProblem::TooLarge)),
            Content::TooMany => return Ok(Err(FileProblem::TooMany)),
            Content::NoRoom => return Ok(Err(FileProblem::NoRoom)),
        };
        let key = self.0.key.get()?;
        // Before the work, and whatever comes of it: what is refused costs as much.
        if !self.reserve(budget, arrived.bytes.len()).await? {
            return Ok(Err(FileProblem::NoRoom));
        }
        let (kind, bytes, picture) = match cleaned(&arrived, budget).await {
            Ok(cleaned) => cleaned,
            Err(problem) => return Ok(Err(problem)),
        };
        let now = self.0.clock.now();
        let attachment = Attachment {
            id: db::new_id(now)?,
            message: None,
            name: names::safe_name(&file.name, kind),
            media_type: kind.media_type().to_owned(),
            bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            size: picture.as_ref().map(|picture| picture.size),
        };
        let mut write = self.0.db.begin().await?;
        store::insert(&mut write, &attachment, &key.tag("file", &[&bytes]), now, now.plus(STAGED_MICROS)).await?;
        write.commit().await?;
        self.0.bytes.put(&attachment.id, bytes).await?;
        if let Some(preview) = picture.and_then(|picture| picture.preview) {
            self.0.bytes.put_preview(&attachment.id, preview).await?;
        }
        let token = signed(key, &attachment.id);
        Ok(Ok((attachment, token)))
    }

    /// The small picture of a file that waits for its form, for whoever has its signed id.
    pub async fn staged_preview(&self, token: &str) -> Result<Option<(Attachment, Body)>, ServiceError> {
        match self.staged(token).await? {
            Some(attachment) if attachment.size.is_some() => Ok(Some(self.preview(attachment).await?)),
            _ => Ok(None),
        }
    }

    /// What a signed id of an earlier try stands for; `None` when it was forged, is over, or was used.
    async fn staged(&self, token: &str) -> Result<Option<Attachment>, ServiceError> {
        let Some((id, _)) = token.split_once('.') else { return Ok(None) };
        if !same(token, &signed(self.0.key.get()?, id)) {
            return Ok(None);
        }
        Ok(store::staged(&self.0.db.ready().await?, id, self.0.clock.now()).await?)
    }

    /// Checks, cleans and keeps files that staff bring from their own machine.
    pub async fn take_from_staff(&self, files: Vec<(String, Vec<u8>)>) -> Result<Taken, ServiceError> {
        let mut taken = Taken::default();
        let budget = self.0.key.get()?.tag("files", &[b"staff"]);
        for (name, bytes) in files {
            let content = match bytes.len() {
                _ if taken.kept.len() >= self.0.settings.files_max => Content::TooMany,
                length if length > self.0.settings.file_max_bytes => Content::TooLarge,
                _ => Content::Whole(Arrived::elsewhere(bytes)),
            };
            match self.take(PostedFile { field: FILES.to_owned(), name: name.clone(), content }, &budget).await? {
                Ok(kept) => taken.kept.push(kept),
                Err(problem) => taken.problems.push((names::readable(&name), problem)),
            }
        }
        Ok(taken)
    }

    /// Those of some signed ids that still wait for their form, each with its id.
    pub async fn staged_all(&self, tokens: &[String]) -> Result<Vec<(Attachment, String)>, ServiceError> {
        let mut found = Vec::new();
        for token in tokens {
            found.extend(self.staged(token).await?.map(|attachment| (attachment, token.clone())));
        }
        Ok(found)
    }

    /// They wait until a moment, within the caller's transaction.
    pub async fn keep_staged(&self, write: &mut Write, tokens: &[String], until: Micros) -> Result<(), ServiceError> {
        let key = self.0.key.get()?;
        for id in tokens.iter().filter_map(|token| token.split_once('.').map(|(id, _)| id).filter(|id| same(token, &signed(key, id)))) {
            store::keep_staged(write, id, until).await?;
        }
        Ok(())
    }

    /// Nothing waits for them any more: the sweep drops them.
    pub async fn let_go_staged(&self, write: &mut Write, tokens: &[String]) -> Result<(), ServiceError> {
        self.keep_staged(write, tokens, Micros(0)).await
    }

    /// Gives kept files to a message, within the caller's transaction. What it has already, it does not get twice.
    pub async fn attach(&self, write: &mut Write, ticket: &str, message: &str, kept: &[(Attachment, String)]) -> Result<(), ServiceError> {
        let now = self.0.clock.now();
        for (place, (attachment, _)) in (0..).zip(kept) {
            store::attach(write, &attachment.id, ticket, message, now, place).await?;
        }
        Ok(())
    }

    /// What the files of a ticket are called is forgotten; they go when it is gone.
    pub async fn forget_names(&self, write: &mut Write, ticket: &str) -> Result<(), ServiceError> {
        Ok(store::forget_names(write, ticket).await?)
    }

    /// All files of a ticket, oldest first, those of notes too: who may see which follows from their messages.
    pub async fn of_ticket(&self, ticket: &str) -> Result<Vec<Attachment>, ServiceError> {
        Ok(store::of_ticket(&self.0.db.ready().await?, ticket).await?)
    }

    /// One file of a ticket; `None` if it has no such file.
    pub async fn find(&self, ticket: &str, id: &str) -> Result<Option<Attachment>, ServiceError> {
        // It comes from an address: not everything that stands there may be asked of a database.
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(None);
        }
        Ok(store::one_of_ticket(&self.0.db.ready().await?, ticket, id).await?)
    }

    /// The content of a file.
    pub async fn read(&self, id: &str) -> Result<Bytes, ServiceError> {
        self.0.bytes.get(id).await
    }

    /// The same, piece by piece, as the reader takes it.
    pub async fn stream(&self, id: &str) -> Result<Body, ServiceError> {
        self.0.bytes.stream(id).await
    }

    /// Keeps bytes that belong to no attachment, under a name of the caller's that is no id.
    pub async fn put_raw(&self, name: &str, bytes: Vec<u8>) -> Result<(), ServiceError> {
        self.0.bytes.put(name, bytes.into()).await
    }

    pub async fn delete_raw(&self, name: &str) -> Result<(), ServiceError> {
        self.0.bytes.delete_one(name).await
    }

    /// Names of such bytes that begin like this and lie there for an hour or longer: younger ones may be waiting for their row.
    pub async fn list_raw(&self, prefix: &str) -> Result<Vec<String>, ServiceError> {
        self.0.bytes.list(prefix, self.0.clock.now().plus(-SWEEP_AFTER_MICROS)).await
    }

    /// Drops files that waited in vain. The content goes first: a row that is left is found again.
    pub async fn sweep(&self) -> Result<(), ServiceError> {
        let since = self.0.clock.now().plus(-SWEEP_AFTER_MICROS);
        loop {
            let orphans = store::orphans(&self.0.db.ready().await?, since, SWEPT_AT_ONCE_MAX).await?;
            if orphans.is_empty() {
                return Ok(());
            }
            self.0.bytes.delete_unfinished(&orphans).await?;
            for id in orphans {
                self.0.bytes.delete(&id).await?;
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
struct Pixels {
    /// Width and height.
    size: (i64, i64),
    preview: Option<Bytes>,
}

/// What is kept of a file.
async fn cleaned(arrived: &Arrived, whose: &str) -> Result<(Kind, Bytes, Option<Pixels>), FileProblem> {
    let kind = Kind::of(&arrived.bytes)?;
    if kind == Kind::Text {
        let text = text::to_utf8(&arrived.bytes).ok_or(FileProblem::Kind)?;
        return Ok((kind, text.into_bytes().into(), None));
    }
    if !kind.is_picture() {
        return Ok((kind, arrived.bytes.clone(), None));
    }
    let picture = pictures::cleaned(kind, arrived, whose).await.ok_or(FileProblem::Damaged)?;
    let pixels = Pixels { size: (picture.width.into(), picture.height.into()), preview: picture.preview.map(Bytes::from) };
    Ok((picture.kind, picture.bytes.into(), Some(pixels)))
}
