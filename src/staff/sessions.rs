//! Browsers that are logged in. The cookie's value is random and stands hashed in the database; it changes at every step of logging in.

use data_encoding::BASE64URL_NOPAD;

use super::store::{people, sessions as store};
use super::{Member, Staff};
use crate::clock::Micros;
use crate::db::{self, Write};
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};
use crate::key::ServerKey;
use crate::values::words::words;

/// Between password and second factor there is so much time.
pub(super) const CODE_MAX_MICROS: i64 = 10 * Micros::MINUTE;
/// When a browser was seen is written down at most so often.
const SEEN_EVERY: i64 = Micros::MINUTE;
/// A session that is over is still recognized for so long, so that what was typed in it is not lost.
const OVER_KEPT: i64 = 7 * Micros::DAY;
/// Before something dangerous the password is asked again after so long.
pub const CONFIRMED_FOR: i64 = 15 * Micros::MINUTE;
const BROWSER_MAX_CHARS: usize = 60;

/// How far a browser has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the second factor is still to come.
    Code,
    Full,
}

words!(Stage { Code => "code", Full => "full" });

/// A browser that is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// No secret: it names the session in lists.
    pub id: String,
    pub staff: String,
    pub stage: Stage,
    pub created_at: Micros,
    pub seen_at: Micros,
    pub valid_until: Micros,
    /// When the password was typed last.
    pub confirmed_at: Micros,
    /// "Chrome, Android".
    pub browser: String,
}

/// What a cookie is worth.
#[derive(Debug, Clone)]
pub enum Found {
    /// Somebody is logged in, or halfway there.
    Live(Box<Session>, Box<Member>),
    /// Their session ended by itself; nobody ended it.
    Over(Box<Member>),
    /// None, or one that was ended.
    Nobody,
}

/// What concerns sessions; from [`Staff::sessions`].
pub struct Sessions<'a>(pub(super) &'a Staff);

impl Sessions<'_> {
    /// Who a cookie's value belongs to.
    pub async fn find(&self, cookie: &str) -> Result<Found, ServiceError> {
        let (pool, now) = (self.0.db.ready().await?, self.0.events.now());
        let Some(session) = store::by_token(&pool, &token(self.0.key.get()?, cookie)).await? else { return Ok(Found::Nobody) };
        let Some(found) = people::by_id(&pool, &session.staff).await? else { return Ok(Found::Nobody) };
        if self.is_over(&session, now) {
            return Ok(if session.stage == Stage::Full { Found::Over(Box::new(found.member)) } else { Found::Nobody });
        }
        if session.stage == Stage::Full && session.seen_at.plus(SEEN_EVERY) <= now {
            let mut write = self.0.db.begin().await?;
            store::seen(&mut write, &session.id, now).await?;
            write.commit().await?;
        }
        Ok(Found::Live(Box::new(session), Box::new(found.member)))
    }

    /// Whether a session still is one: asked again and again by a page that stays open.
    pub async fn is_live(&self, id: &str) -> Result<bool, ServiceError> {
        let (pool, now) = (self.0.db.ready().await?, self.0.events.now());
        let Some(session) = store::by_id(&pool, id).await? else { return Ok(false) };
        Ok(!self.is_over(&session, now) && people::by_id(&pool, &session.staff).await?.is_some())
    }

    fn is_over(&self, session: &Session, now: Micros) -> bool {
        let idle_max = i64::from(self.0.settings.session_idle_max_minutes) * Micros::MINUTE;
        session.valid_until <= now || (session.stage == Stage::Full && session.seen_at.plus(idle_max) <= now)
    }

    /// Those of somebody that are open, the one used last first.
    pub async fn of(&self, staff: &str) -> Result<Vec<Session>, ServiceError> {
        let now = self.0.events.now();
        let all = store::of(&self.0.db.ready().await?, staff).await?;
        Ok(all.into_iter().filter(|session| !self.is_over(session, now)).collect())
    }

    /// Ends one of somebody's sessions; `NotFound` if it is none of theirs.
    pub async fn end(&self, id: &str, staff: &str, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.0.events.begin().await?;
        if !store::end(&mut change, id, staff).await? {
            return Err(ServiceError::NotFound);
        }
        change.record(NewEvent::new(Subject::Staff, staff, by, Kind::SessionsEnded));
        Ok(change.commit().await?)
    }

    /// Ends all of somebody's sessions, but perhaps the one that asks.
    pub async fn end_all(&self, staff: &str, but: Option<&str>, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.0.events.begin().await?;
        store::end_all(&mut change, staff, but.unwrap_or_default()).await?;
        change.record(NewEvent::new(Subject::Staff, staff, by, Kind::SessionsEnded));
        Ok(change.commit().await?)
    }

    /// Drops what is over since long.
    pub async fn prune(&self) -> Result<(), ServiceError> {
        let now = self.0.events.now();
        let mut write = self.0.db.begin().await?;
        store::prune(&mut write, now.plus(-OVER_KEPT)).await?;
        super::store::links::prune(&mut write, now.plus(-OVER_KEPT)).await?;
        super::store::tries::prune(&mut write, now.plus(-super::throttle::FORGOTTEN_AFTER)).await?;
        Ok(write.commit().await?)
    }
}

impl Session {
    /// Whether something dangerous may be done without the password once more.
    pub fn is_confirmed(&self, now: Micros) -> bool {
        now < self.confirmed_at.plus(CONFIRMED_FOR)
    }
}

/// Opens a session; returns the cookie's value and how long it is worth something, in seconds.
pub(super) async fn open(
    staff: &Staff,
    write: &mut Write,
    member: &Member,
    stage: Stage,
    browser: &str,
    now: Micros,
) -> Result<(String, i64), ServiceError> {
    let cookie = random_cookie()?;
    let lasts = match stage {
        Stage::Code => CODE_MAX_MICROS,
        Stage::Full => i64::from(staff.settings.session_max_hours) * Micros::HOUR,
    };
    let session = Session {
        id: db::new_id(now)?,
        staff: member.id.clone(),
        stage,
        created_at: now,
        seen_at: now,
        valid_until: now.plus(lasts),
        confirmed_at: now,
        browser: browser.chars().filter(|char| !char.is_control()).take(BROWSER_MAX_CHARS).collect(),
    };
    store::insert(write, &session, &token(staff.key.get()?, &cookie)).await?;
    // The cookie outlives the session a little, so that an ended one is recognized.
    let kept = if stage == Stage::Full { lasts + OVER_KEPT } else { lasts };
    Ok((cookie, kept / Micros::SECOND))
}

/// Another cookie for a session that goes on.
pub(super) async fn renew(staff: &Staff, write: &mut Write, session: &Session) -> Result<String, ServiceError> {
    let cookie = random_cookie()?;
    store::renew(write, &session.id, &token(staff.key.get()?, &cookie)).await?;
    Ok(cookie)
}

fn random_cookie() -> Result<String, ServiceError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| ServiceError::Unavailable("no random numbers from the system".into()))?;
    Ok(BASE64URL_NOPAD.encode(&random))
}

fn token(key: &ServerKey, cookie: &str) -> String {
    key.tag("staff session", &[cookie.as_bytes()])
}
