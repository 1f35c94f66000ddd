//! Texts that staff insert into their replies, in each language, with places that are filled from the ticket.
//!
//! Promised: a person's own are seen by them alone; a place that nothing fills stays visible, so that no reply leaves with it.

mod placeholders;
mod store;

pub use placeholders::{Facts, fill, unfilled};

use crate::clock::{Clock, Micros};
use crate::db::{self, Db};
use crate::error::ServiceError;
use crate::files::{Attachment, Files};
use crate::i18n::Lang;

pub const NAME_MAX_CHARS: usize = 100;
pub const TEXT_MAX_CHARS: usize = 8_000;
/// Of one search.
const FOUND_MAX: usize = 20;
/// More than any team keeps; all of them are looked through.
const READ_MAX: i64 = 2_000;
/// Its files wait as long as it is there.
const FILES_KEPT: Micros = Micros(i64::MAX / 2);

/// A saved reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedReply {
    pub id: String,
    /// Whose alone it is; `None`: everybody's.
    pub owner: Option<String>,
    pub name: String,
    pub texts: Vec<(Lang, String)>,
    /// Signed ids of its files.
    pub files: Vec<String>,
    /// How often it was inserted.
    pub uses: i64,
}

impl SavedReply {
    pub fn text(&self, lang: Lang) -> Option<&str> {
        self.texts.iter().find(|(of, _)| *of == lang).map(|(_, text)| text.as_str())
    }

    /// The text for a customer of a language, and the language that it is in: where there is none in theirs, another.
    pub fn for_lang(&self, lang: Lang) -> Option<(Lang, &str)> {
        let own = self.texts.iter().find(|(of, _)| *of == lang);
        own.or(self.texts.first()).map(|(of, text)| (*of, text.as_str()))
    }

    fn holds(&self, sought: &str) -> bool {
        let is_in = |text: &str| crate::values::fold(text).contains(sought);
        is_in(&self.name) || self.texts.iter().any(|(_, text)| is_in(text))
    }
}

/// What somebody typed for one. The texts are not empty.
#[derive(Debug, Clone)]
pub struct Written {
    pub name: String,
    pub is_shared: bool,
    pub texts: Vec<(Lang, String)>,
    pub files: Vec<String>,
}

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct SavedReplies {
    db: Db,
    clock: Clock,
    files: Files,
}

impl SavedReplies {
    pub fn new(db: Db, clock: Clock, files: Files) -> Self {
        Self { db, clock, files }
    }

    /// Those that somebody sees, the most used first; those that hold some words in their name or text, where words are given.
    pub async fn find(&self, staff: &str, sought: &str) -> Result<Vec<SavedReply>, ServiceError> {
        let mut all = self.all(staff).await?;
        let sought = crate::values::fold(sought.trim());
        all.retain(|reply| sought.is_empty() || reply.holds(&sought));
        all.truncate(FOUND_MAX);
        Ok(all)
    }

    /// All that somebody sees, the most used first.
    pub async fn all(&self, staff: &str) -> Result<Vec<SavedReply>, ServiceError> {
        Ok(store::all(&self.db.ready().await?, staff, READ_MAX).await?)
    }

    /// One that somebody sees.
    pub async fn by_id(&self, id: &str, staff: &str) -> Result<SavedReply, ServiceError> {
        // It comes from an address: not everything that stands there may be asked of a database.
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ServiceError::NotFound);
        }
        store::by_id(&self.db.ready().await?, id, staff).await?.ok_or(ServiceError::NotFound)
    }

    /// Its files that are there.
    pub async fn files_of(&self, reply: &SavedReply) -> Result<Vec<(Attachment, String)>, ServiceError> {
        self.files.staged_all(&reply.files).await
    }

    /// Keeps a new one, or what `earlier` is from now on. Whoever calls has seen that this person may. Returns its id.
    pub async fn save(&self, earlier: Option<&SavedReply>, written: &Written, staff: &str) -> Result<String, ServiceError> {
        let mut write = self.db.begin().await?;
        let now = self.clock.now();
        let id = match earlier {
            Some(earlier) => earlier.id.clone(),
            None => db::new_id(now)?,
        };
        let owner = (!written.is_shared).then_some(staff);
        let row = SavedReply {
            id: id.clone(),
            owner: owner.map(str::to_owned),
            name: written.name.clone(),
            texts: written.texts.clone(),
            files: written.files.clone(),
            uses: 0,
        };
        store::put(&mut write, &row, now).await?;
        self.files.keep_staged(&mut write, &written.files, FILES_KEPT).await?;
        let gone: Vec<String> = earlier.map(|earlier| earlier.files.clone()).unwrap_or_default();
        let gone: Vec<String> = gone.into_iter().filter(|file| !written.files.contains(file)).collect();
        self.files.let_go_staged(&mut write, &gone).await?;
        write.commit().await?;
        Ok(id)
    }

    pub async fn delete(&self, reply: &SavedReply) -> Result<(), ServiceError> {
        let mut write = self.db.begin().await?;
        store::delete(&mut write, &reply.id).await?;
        self.files.let_go_staged(&mut write, &reply.files).await?;
        Ok(write.commit().await?)
    }

    /// Somebody inserts it: it is counted, and its files are copied for the reply.
    pub async fn insert(&self, reply: &SavedReply) -> Result<Vec<(Attachment, String)>, ServiceError> {
        let mut write = self.db.begin().await?;
        store::count_use(&mut write, &reply.id).await?;
        write.commit().await?;
        let mut copies = Vec::new();
        for (attachment, _) in self.files_of(reply).await? {
            copies.push(self.files.copy(&attachment).await?);
        }
        Ok(copies)
    }
}
