//! People of the support team: who they are, what they may do, and how they log in.
//!
//! Promised: who is not logged in learns nothing, not even who there is; no password, secret or code lies readable in the database; guessing waits longer
//! and longer and locks nobody else out; there is always an admin, once there is one; what somebody did keeps their name.

mod links;
mod log_in;
mod model;
mod password;
mod roles;
mod second_factor;
pub mod sessions;
pub mod settings;
mod store;
mod throttle;
mod totp;

pub use links::{LINK_MAX_HOURS, LINK_PATH, Link, Links};
pub use log_in::{From, LogIn, LogInError, LoggedIn};
pub use model::{AfterSend, Member, Profile, SIGNATURE_MAX_CHARS};
pub use password::{PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, Password, PasswordProblem};
pub use roles::{Action, Role};
pub use second_factor::{RECOVERY_CODES, SecondFactor};
pub use sessions::Sessions;
pub use throttle::Wait;
pub use totp::TotpSecret;

use crate::db::{self, Db};
use crate::error::ServiceError;
use crate::events::{Actor, Change, Events, Kind, NewEvent, Subject};
use crate::i18n::Lang;
use crate::key::KeySource;
use crate::mail::Outbox;
use crate::values::{Email, Network, PersonName};
use password::Hasher;
use settings::Desk;
use store::people;

/// The room's handle.
#[derive(Clone)]
pub struct Staff {
    db: Db,
    events: Events,
    key: KeySource,
    outbox: Outbox,
    hasher: Hasher,
    settings: Desk,
    public_url: String,
}

impl Staff {
    pub fn new(db: Db, events: Events, key: KeySource, outbox: Outbox, settings: &Desk, public_url: String) -> Self {
        Self { db, events, key, outbox, hasher: Hasher::new(), settings: settings.clone(), public_url }
    }

    pub fn log_in(&self) -> LogIn<'_> {
        LogIn(self)
    }

    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }

    pub fn links(&self) -> Links<'_> {
        Links(self)
    }

    pub fn second_factor(&self) -> SecondFactor<'_> {
        SecondFactor(self)
    }

    /// Adds somebody, or changes name and role of somebody who is there or was. Returns the id.
    pub async fn add(&self, email: &Email, name: &PersonName, role: Role, by: &Actor) -> Result<String, ServiceError> {
        let mut change = self.events.begin().await?;
        let now = change.now();
        if role != Role::Admin {
            self.keep_an_admin(&mut change, email).await?;
        }
        let id = people::upsert(&mut change, &db::new_id(now)?, &email.key(), name.as_str(), role, now).await?;
        change.record(NewEvent::new(Subject::Staff, &id, by, Kind::StaffAdded).with("role", role.word()));
        change.commit().await?;
        Ok(id)
    }

    /// Gives somebody another role. `NotNow` for the last admin.
    pub async fn set_role(&self, id: &str, role: Role, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.events.begin().await?;
        let admins = people::lock_admins(&mut change).await?;
        if role != Role::Admin && admins == [id] {
            return Err(ServiceError::NotNow);
        }
        if !people::set_role(&mut change, id, role).await? {
            return Err(ServiceError::NotFound);
        }
        change.record(NewEvent::new(Subject::Staff, id, by, Kind::StaffRoleChanged).with("role", role.word()));
        Ok(change.commit().await?)
    }

    /// Somebody leaves, within the caller's transaction, who takes their tickets from them: their sessions end, and nothing that they logged in with holds
    /// any more. What they did keeps their name. Returns the id; `NotFound` if nobody has the address, `NotNow` for the last admin.
    pub async fn disable(&self, change: &mut Change, email: &Email, by: &Actor) -> Result<String, ServiceError> {
        self.keep_an_admin(change, email).await?;
        let now = change.now();
        let id = people::disable(change, &email.key(), now).await?.ok_or(ServiceError::NotFound)?;
        store::sessions::end_all(change, &id, "").await?;
        store::links::drop_of(change, &id).await?;
        people::set_recovery_codes(change, &id, &[]).await?;
        change.record(NewEvent::new(Subject::Staff, &id, by, Kind::StaffRemoved));
        Ok(id)
    }

    /// `NotNow` where whoever has the address is the last admin.
    async fn keep_an_admin(&self, change: &mut Change, email: &Email) -> Result<(), ServiceError> {
        let admins = people::lock_admins(change).await?;
        let found = people::by_email(&mut ***change, &email.key()).await?;
        if found.is_some_and(|found| admins == [found.member.id]) { Err(ServiceError::NotNow) } else { Ok(()) }
    }

    /// Sets somebody's password; all their sessions end but the one that asks.
    pub async fn set_password(&self, id: &str, password: &Password, from: Network, but: Option<&str>, by: &Actor) -> Result<(), ServiceError> {
        let hash = self.hasher.hash(password, from).await?;
        let mut change = self.events.begin().await?;
        let now = change.now();
        if !people::set_password(&mut change, id, Some(&hash), now).await? {
            return Err(ServiceError::NotFound);
        }
        store::links::drop_of(&mut change, id).await?;
        store::sessions::end_all(&mut change, id, but.unwrap_or_default()).await?;
        change.record(NewEvent::new(Subject::Staff, id, by, Kind::PasswordSet));
        Ok(change.commit().await?)
    }

    /// Takes somebody's password away and ends their sessions; the link that is returned lets them choose another.
    pub async fn reset_password(&self, id: &str, by: &Actor) -> Result<Link, ServiceError> {
        let mut change = self.events.begin().await?;
        let now = change.now();
        if !people::set_password(&mut change, id, None, now).await? {
            return Err(ServiceError::NotFound);
        }
        store::sessions::end_all(&mut change, id, "").await?;
        let link = self.links().make_in(&mut change, id).await?;
        change.record(NewEvent::new(Subject::Staff, id, by, Kind::PasswordReset));
        change.commit().await?;
        Ok(link)
    }

    /// Somebody changes what they are called, what customers see, and how the desk is for them.
    pub async fn set_profile(&self, id: &str, profile: &Profile, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.events.begin().await?;
        people::set_profile(&mut change, id, profile).await?;
        change.record(NewEvent::new(Subject::Staff, id, by, Kind::StaffProfileChanged));
        Ok(change.commit().await?)
    }

    /// The desk's language of somebody; `None`: the browser's.
    pub async fn set_lang(&self, id: &str, lang: Option<Lang>) -> Result<(), ServiceError> {
        let mut write = self.db.begin().await?;
        people::set_lang(&mut write, id, lang).await?;
        Ok(write.commit().await?)
    }

    /// How somebody is told of what; see [`Member::notify`].
    pub async fn set_notify(&self, id: &str, choices: Option<&str>) -> Result<(), ServiceError> {
        let mut write = self.db.begin().await?;
        people::set_notify(&mut write, id, choices).await?;
        Ok(write.commit().await?)
    }

    /// Those who belong to the team now, by name.
    pub async fn list(&self) -> Result<Vec<Member>, ServiceError> {
        Ok(people::list(&self.db.ready().await?).await?)
    }

    /// Somebody who belongs to the team now; `None` if nobody has the address.
    pub async fn by_email(&self, email: &Email) -> Result<Option<Member>, ServiceError> {
        Ok(people::by_email(&self.db.ready().await?, &email.key()).await?.map(|found| found.member))
    }

    /// Somebody who belongs to the team now.
    pub async fn by_id(&self, id: &str) -> Result<Option<Member>, ServiceError> {
        Ok(people::by_id(&self.db.ready().await?, id).await?.map(|found| found.member))
    }

    /// What somebody is called, whether they still belong to the team or not.
    pub async fn name(&self, id: &str) -> Result<Option<String>, ServiceError> {
        Ok(people::name(&self.db.ready().await?, id).await?)
    }
}
