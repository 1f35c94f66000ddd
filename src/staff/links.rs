//! One-time links by which somebody chooses a password: an invitation, or a way back in. Made from the link's id with the server's key, so that nothing
//! in the database opens anything.

use super::password::Password;
use super::store::{links as store, people, sessions};
use super::{LoggedIn, Member, Staff};
use crate::clock::Micros;
use crate::db;
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};
use crate::i18n::Lang;
use crate::key::{ServerKey, same};
use crate::mail::{Mail, StaffLinkFacts};
use crate::values::Network;

/// A link can be used for so long.
pub const LINK_MAX_HOURS: i64 = 24;
/// Where its page is.
pub const LINK_PATH: &str = "/desk/welcome";

/// What concerns one-time links; from [`Staff::links`].
pub struct Links<'a>(pub(super) &'a Staff);

/// A link that was made just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: String,
    /// With the help center's address in front. Never to be logged.
    pub url: String,
    pub valid_until: Micros,
}

impl Links<'_> {
    /// Makes the one link that is good for somebody from now on; with `mail`, an email takes it to them.
    pub async fn make(&self, member: &Member, by: &Actor, mail: Option<Lang>) -> Result<Link, ServiceError> {
        let mut change = self.0.events.begin().await?;
        let link = self.make_in(&mut change, &member.id).await?;
        if let Some(lang) = mail {
            let now = change.now();
            self.0.outbox.put(&mut change, &Mail::of_staff_link(&link.id, member.lang.unwrap_or(lang)), now).await?;
        }
        change.record(NewEvent::new(Subject::Staff, &member.id, by, Kind::LinkMade));
        change.commit().await?;
        self.0.outbox.wake();
        Ok(link)
    }

    /// The same within somebody's transaction, without an email.
    pub(super) async fn make_in(&self, change: &mut Change, staff: &str) -> Result<Link, ServiceError> {
        let now = change.now();
        let (id, valid_until) = (db::new_id(now)?, now.plus(LINK_MAX_HOURS * Micros::HOUR));
        store::replace(change, &id, staff, valid_until).await?;
        Ok(Link { url: self.url(&id)?, id, valid_until })
    }

    fn url(&self, id: &str) -> Result<String, ServiceError> {
        Ok(format!("{}{LINK_PATH}?key={id}.{}", self.0.public_url, tag(self.0.key.get()?, id)))
    }

    /// Whose link it is, while it is good.
    pub async fn owner(&self, key: &str) -> Result<Option<Member>, ServiceError> {
        let Some(id) = self.id_of(key)? else { return Ok(None) };
        let pool = self.0.db.ready().await?;
        let Some(staff) = store::of(&pool, id, self.0.events.now()).await? else { return Ok(None) };
        Ok(people::by_id(&pool, &staff).await?.map(|found| found.member))
    }

    /// Uses the link up: the password is set, all earlier sessions end, and this browser is logged in as far as that goes without the second factor.
    /// `NotFound` where it is no good any more.
    pub async fn spend(&self, key: &str, password: &Password, from: Network, browser: &str) -> Result<LoggedIn, ServiceError> {
        let Some(id) = self.id_of(key)? else { return Err(ServiceError::NotFound) };
        if store::of(&self.0.db.ready().await?, id, self.0.events.now()).await?.is_none() {
            return Err(ServiceError::NotFound);
        }
        let hash = self.0.hasher.hash(password, from).await?;
        let mut change = self.0.events.begin().await?;
        let now = change.now();
        let staff = store::consume(&mut change, id, now).await?.ok_or(ServiceError::NotFound)?;
        people::set_password(&mut change, &staff, Some(&hash), now).await?;
        sessions::end_all(&mut change, &staff, "").await?;
        let member = people::by_id(&mut **change, &staff).await?.ok_or(ServiceError::NotFound)?.member;
        let by = Actor::Staff(staff.clone());
        change.record(NewEvent::new(Subject::Staff, &staff, &by, Kind::PasswordSet));
        let logged_in = super::log_in::open(self.0, &mut change, member, browser).await?;
        change.commit().await?;
        Ok(logged_in)
    }

    /// What the email with a link says; `None` if the link is gone, or was used.
    pub async fn mail_facts(&self, mail: &Mail) -> Result<Option<StaffLinkFacts>, ServiceError> {
        let Some(id) = &mail.staff_link else { return Ok(None) };
        let pool = self.0.db.ready().await?;
        let Some(staff) = store::of(&pool, id, self.0.events.now()).await? else { return Ok(None) };
        let Some(found) = people::by_id(&pool, &staff).await? else { return Ok(None) };
        let is_new = found.member.password_set_at.is_none();
        Ok(Some(StaffLinkFacts { email: found.member.email, name: found.member.name, link: self.url(id)?, is_new }))
    }

    /// The id in a link's key, if the server made that key.
    fn id_of<'k>(&self, key: &'k str) -> Result<Option<&'k str>, ServiceError> {
        let Some((id, given)) = key.split_once('.') else { return Ok(None) };
        Ok(same(given, &tag(self.0.key.get()?, id)).then_some(id))
    }
}

fn tag(key: &ServerKey, id: &str) -> String {
    key.tag("staff link", &[id.as_bytes()])
}
