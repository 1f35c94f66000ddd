//! Logging in: the password, then the second factor where there is one.

use super::sessions::{self, Found, Session, Stage};
use super::store::{people, sessions as session_store};
use super::throttle::{Try, Wait};
use super::{Member, Staff};
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};
use crate::values::{Email, Network};

/// Groups of letters of a recovery code are of this kind; anything else that was typed as a code is one of an app.
const RECOVERY_CODE_MIN_CHARS: usize = 10;

/// What concerns logging in; from [`Staff::log_in`].
pub struct LogIn<'a>(pub(super) &'a Staff);

/// A browser after a step that went well.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The new value of the session's cookie.
    pub cookie: String,
    /// What the browser keeps it for.
    pub cookie_max_seconds: i64,
    pub stage: Stage,
    pub member: Member,
}

/// Why a step did not go well.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// Whatever is wrong: who asks is not told what.
    #[error("address, password or code is wrong")]
    Wrong,
    #[error("too many tries; {} seconds to wait", .0.seconds)]
    Wait(Wait),
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

/// Where a try comes from.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    pub network: std::net::IpAddr,
    /// The value of the cookie by which a browser is known that somebody has logged in with.
    pub known: Option<&'a str>,
    pub browser: &'a str,
}

impl LogIn<'_> {
    /// The password. Unknown addresses get the same answer, for the same work.
    pub async fn password(&self, email: &Email, typed: &str, from: From<'_>) -> Result<LoggedIn, LogInError> {
        let found = people::by_email(&self.0.db.ready().await.map_err(ServiceError::from)?, &email.key()).await.map_err(ServiceError::from)?;
        let attempt = self.attempt("password", &email.key(), found.as_ref().map(|found| &found.member), from)?;
        self.begin(&attempt).await?;
        let stored = found.as_ref().and_then(|found| found.password.as_deref());
        let fits = self.0.hasher.fits(typed, stored, Network::from(from.network)).await?;
        let Some(found) = found.filter(|_| fits) else { return Err(LogInError::Wrong) };
        let mut change = self.0.events.begin().await.map_err(ServiceError::from)?;
        attempt.was_right(&mut change).await?;
        let logged_in = open(self.0, &mut change, found.member, from.browser).await?;
        change.commit().await.map_err(ServiceError::from)?;
        Ok(logged_in)
    }

    /// The second factor, of a browser that got the password right: a code of the app, or a recovery code.
    pub async fn code(&self, cookie: &str, typed: &str, from: From<'_>) -> Result<LoggedIn, LogInError> {
        let Found::Live(session, member) = self.0.sessions().find(cookie).await? else { return Err(LogInError::Failed(ServiceError::NotFound)) };
        if session.stage != Stage::Code {
            return Err(LogInError::Failed(ServiceError::NotFound));
        }
        let attempt = self.attempt("code", &member.email, Some(&member), from)?;
        self.begin(&attempt).await?;
        let mut change = self.0.events.begin().await.map_err(ServiceError::from)?;
        if !self.is_code(&mut change, &member, typed).await? {
            return Err(LogInError::Wrong);
        }
        attempt.was_right(&mut change).await?;
        session_store::end(&mut change, &session.id, &member.id).await.map_err(ServiceError::from)?;
        let logged_in = open_as(self.0, &mut change, *member, Stage::Full, from.browser).await?;
        change.commit().await.map_err(ServiceError::from)?;
        Ok(logged_in)
    }

    /// The password of somebody who is logged in, once more.
    pub async fn confirm(&self, session: &Session, member: &Member, typed: &str, from: From<'_>) -> Result<(), LogInError> {
        let attempt = self.attempt("password", &member.email, Some(member), from)?;
        self.begin(&attempt).await?;
        let pool = self.0.db.ready().await.map_err(ServiceError::from)?;
        let stored = people::by_id(&pool, &member.id).await.map_err(ServiceError::from)?.and_then(|found| found.password);
        if !self.0.hasher.fits(typed, stored.as_deref(), Network::from(from.network)).await? {
            return Err(LogInError::Wrong);
        }
        let mut write = self.0.db.begin().await.map_err(ServiceError::from)?;
        attempt.was_right(&mut write).await?;
        session_store::confirm(&mut write, &session.id, self.0.events.now()).await.map_err(ServiceError::from)?;
        Ok(write.commit().await.map_err(ServiceError::from)?)
    }

    /// What a browser keeps by which it is known to be one that somebody has logged in with. A new password makes it void.
    pub fn known_browser(&self, member: &Member) -> Result<String, ServiceError> {
        Ok(format!("{}.{}", member.id, self.known_tag(member)?))
    }

    fn known_tag(&self, member: &Member) -> Result<String, ServiceError> {
        let since = member.password_set_at.map_or(0, |at| at.0).to_be_bytes();
        Ok(self.0.key.get()?.tag("known browser", &[member.id.as_bytes(), &since]))
    }

    async fn begin(&self, attempt: &Try) -> Result<(), LogInError> {
        let mut write = self.0.db.begin().await.map_err(ServiceError::from)?;
        if let Some(wait) = attempt.begin(&mut write, self.0.events.now()).await? {
            return Err(LogInError::Wait(wait));
        }
        Ok(write.commit().await.map_err(ServiceError::from)?)
    }

    fn attempt(&self, what: &str, email: &str, member: Option<&Member>, from: From<'_>) -> Result<Try, ServiceError> {
        let key = self.0.key.get()?;
        let network = key.network_tag(from.network);
        let tag = |parts: &[&[u8]]| key.tag("staff try", &[&[what.as_bytes()], parts].concat());
        if let (Some(member), Some(known)) = (member, from.known)
            && crate::key::same(known, &self.known_browser(member)?)
        {
            return Ok(Try::of_known(tag(&[b"browser", known.as_bytes(), network.as_bytes()])));
        }
        let (person_here, person) = (tag(&[b"here", email.as_bytes(), network.as_bytes()]), tag(&[b"person", email.as_bytes()]));
        Ok(Try::of_stranger(person_here, person, tag(&[b"network", network.as_bytes()])))
    }

    /// Whether it is the app's code, which is used up by this, or a recovery code, which is too.
    async fn is_code(&self, change: &mut Change, member: &Member, typed: &str) -> Result<bool, ServiceError> {
        let letters = super::second_factor::recovery_letters(typed);
        if letters.len() >= RECOVERY_CODE_MIN_CHARS {
            let hashed = super::second_factor::recovery_tag(self.0.key.get()?, &member.id, &letters);
            let is_one = people::use_recovery_code(change, &member.id, &hashed).await?;
            if is_one {
                let by = Actor::Staff(member.id.clone());
                change.record(NewEvent::new(Subject::Staff, &member.id, &by, Kind::RecoveryCodeUsed));
            }
            return Ok(is_one);
        }
        let Some(secret) = self.0.second_factor().secret(&mut ***change, &member.id).await? else { return Ok(false) };
        match secret.step_of(typed, change.now()) {
            Some(step) => Ok(people::use_step(change, &member.id, step).await?),
            None => Ok(false),
        }
    }
}

/// Opens the session that comes after the right password.
pub(super) async fn open(staff: &Staff, change: &mut Change, member: Member, browser: &str) -> Result<LoggedIn, ServiceError> {
    let stage = if member.second_factor_at.is_some() { Stage::Code } else { Stage::Full };
    open_as(staff, change, member, stage, browser).await
}

async fn open_as(staff: &Staff, change: &mut Change, member: Member, stage: Stage, browser: &str) -> Result<LoggedIn, ServiceError> {
    let now = change.now();
    let (cookie, cookie_max_seconds) = sessions::open(staff, change, &member, stage, browser, now).await?;
    if stage == Stage::Full {
        let by = Actor::Staff(member.id.clone());
        change.record(NewEvent::new(Subject::Staff, &member.id, &by, Kind::LoggedIn));
    }
    Ok(LoggedIn { cookie, cookie_max_seconds, stage, member })
}
