//! What staff have begun to write: kept per person, ticket and kind, until it is sent.
//!
//! Promised: whatever colleagues do to the ticket, a draft stays byte for byte; what another page saved since is never overwritten unseen.

use super::Tickets;
use super::store::drafts as store;
use crate::clock::Micros;
use crate::db::Write;
use crate::error::ServiceError;
use crate::files::Attachment;
use crate::values::words::words;

/// Its files wait for a draft so long after it was saved last.
const FILES_KEPT_MICROS: i64 = 30 * Micros::DAY;
/// A save that was under way when its text was sent comes within this.
const SENT_JUST_NOW_MICROS: i64 = Micros::MINUTE;
/// More than one message takes, so that nothing is lost where two are put together.
pub const DRAFT_MAX_CHARS: usize = 40_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftKind {
    Reply,
    Note,
}

words!(DraftKind { Reply => "reply", Note => "note" });

/// A draft as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedDraft {
    pub body: String,
    /// Signed ids of its files.
    pub files: Vec<String>,
    pub saved_at: Micros,
    /// To be given back when it is saved again; 0: there is none.
    pub version: i64,
}

/// What became of a draft that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Its new version; 0: it was empty, so there is none now.
    Kept(i64),
    /// Another page saved something else since. Nothing was changed.
    Newer(SavedDraft),
}

/// Drafts; from [`Tickets::drafts`].
pub struct Drafts<'a>(pub(super) &'a Tickets);

impl Drafts<'_> {
    /// Somebody's draft in a ticket; an empty one where there is none.
    pub async fn find(&self, staff: &str, ticket: &str, kind: DraftKind) -> Result<SavedDraft, ServiceError> {
        Ok(store::find(&self.0.0.db.ready().await?, staff, ticket, kind).await?.unwrap_or_default())
    }

    /// The files of a draft that are still there, each with its signed id.
    pub async fn files(&self, draft: &SavedDraft) -> Result<Vec<(Attachment, String)>, ServiceError> {
        self.0.0.files.staged_all(&draft.files).await
    }

    /// Keeps a draft. `seen`: the version that the page began with.
    pub async fn save(&self, staff: &str, ticket: &str, kind: DraftKind, body: &str, files: &[String], seen: i64) -> Result<Saved, ServiceError> {
        let body = cleaned(body);
        let mut write = self.0.0.db.begin().await?;
        let now = self.0.0.events.now();
        let kept = store::lock(&mut write, staff, ticket, kind).await?.unwrap_or_default();
        if kept.version != seen && (kept.body != body || kept.files != files) && kept.version != 0 {
            return Ok(Saved::Newer(kept));
        }
        if body.trim().is_empty() && files.is_empty() {
            store::delete(&mut write, staff, ticket, kind).await?;
            write.commit().await?;
            return Ok(Saved::Kept(0));
        }
        let version = kept.version + 1;
        self.put(&mut write, staff, ticket, kind, &SavedDraft { body, files: files.to_vec(), saved_at: now, version }).await?;
        write.commit().await?;
        Ok(Saved::Kept(version))
    }

    /// Keeps what a script saves while somebody types. What was sent meanwhile is not begun anew: then another page has the last word.
    pub async fn save_by_itself(
        &self,
        staff: &str,
        ticket: &str,
        kind: DraftKind,
        body: &str,
        files: &[String],
        seen: i64,
    ) -> Result<Saved, ServiceError> {
        let kept = self.find(staff, ticket, kind).await?;
        let since = self.0.0.events.now().plus(-SENT_JUST_NOW_MICROS);
        let is_sent =
            kept.version == 0 && (seen != 0 || store::said_just_now(&self.0.0.db.ready().await?, staff, ticket, cleaned(body).trim(), since).await?);
        if is_sent { Ok(Saved::Newer(kept)) } else { self.save(staff, ticket, kind, body, files, seen).await }
    }

    /// Gives words back to their author, within the caller's transaction; what they have begun since stands below.
    pub(crate) async fn put_back(&self, write: &mut Write, staff: &str, ticket: &str, body: &str, files: &[String]) -> Result<(), ServiceError> {
        let kept = store::lock(write, staff, ticket, DraftKind::Reply).await?.unwrap_or_default();
        let body = if kept.body.trim().is_empty() || kept.body == body { body.to_owned() } else { format!("{body}\n\n{}", kept.body) };
        let mut files = files.to_vec();
        files.extend(kept.files.into_iter().filter(|file| !files.contains(file)).collect::<Vec<_>>());
        let draft = SavedDraft { body, files, saved_at: self.0.0.events.now(), version: kept.version + 1 };
        self.put(write, staff, ticket, DraftKind::Reply, &draft).await
    }

    async fn put(&self, write: &mut Write, staff: &str, ticket: &str, kind: DraftKind, draft: &SavedDraft) -> Result<(), ServiceError> {
        self.0.0.files.keep_staged(write, &draft.files, draft.saved_at.plus(FILES_KEPT_MICROS)).await?;
        Ok(store::put(write, staff, ticket, kind, draft).await?)
    }

    /// A text was sent, within the caller's transaction: its draft goes, unless another page has saved something else since the `seen` one.
    pub(crate) async fn sent(
        &self,
        write: &mut Write,
        staff: &str,
        ticket: &str,
        kind: DraftKind,
        seen: i64,
        text: &str,
    ) -> Result<(), ServiceError> {
        let kept = store::lock(write, staff, ticket, kind).await?.unwrap_or_default();
        if kept.version <= seen || kept.body.trim() == cleaned(text).trim() {
            store::delete(write, staff, ticket, kind).await?;
        }
        Ok(())
    }
}

/// Line ends as they are stored everywhere, and nothing that a database refuses.
fn cleaned(body: &str) -> String {
    body.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "").chars().take(DRAFT_MAX_CHARS).collect()
}
