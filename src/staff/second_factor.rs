//! Setting up the second factor, and its recovery codes.

use data_encoding::BASE32_NOPAD;

use super::sessions::{self, Session, Stage};
use super::store::people;
use super::totp::TotpSecret;
use super::{LoggedIn, Member, Role, Staff};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};
use crate::key::ServerKey;

pub const RECOVERY_CODES: usize = 10;
/// 80 bits: beyond guessing, and sixteen letters.
const RECOVERY_CODE_BYTES: usize = 10;
const PURPOSE: &str = "second factor";

/// A second factor that is in use from now on.
pub struct Confirmed {
    /// They can't be shown again.
    pub codes: Vec<String>,
    /// The session with its new cookie.
    pub logged_in: LoggedIn,
}

/// What concerns second factors; from [`Staff::second_factor`].
pub struct SecondFactor<'a>(pub(super) &'a Staff);

impl SecondFactor<'_> {
    /// Whether somebody has to have one.
    pub fn is_required(&self, member: &Member) -> bool {
        member.role == Role::Admin || self.0.settings.second_factor_for_all
    }

    /// The secret that somebody is to put into their app, the same until they have confirmed it. `NotNow` where one is in use.
    pub async fn offer(&self, member: &Member) -> Result<TotpSecret, ServiceError> {
        let mut write = self.0.db.begin().await?;
        if member.second_factor_at.is_none()
            && let Some(secret) = self.secret(&mut *write, &member.id).await?
        {
            return Ok(secret);
        }
        let no_random = || ServiceError::Unavailable("no random numbers from the system".into());
        let secret = TotpSecret::random().ok_or_else(no_random)?;
        let sealed = self.0.key.get()?.seal(PURPOSE, secret.as_bytes()).ok_or_else(no_random)?;
        if !people::offer_second_factor(&mut write, &member.id, &sealed).await? {
            return Err(ServiceError::NotNow);
        }
        write.commit().await?;
        Ok(secret)
    }

    /// Takes the offered secret into use, if the code is one of it; `None` for a wrong code. Every other session of theirs ends, and the cookie of this
    /// one is another: what somebody copied before opens nothing more.
    pub async fn confirm(&self, member: &Member, session: &Session, typed: &str) -> Result<Option<Confirmed>, ServiceError> {
        if member.second_factor_at.is_some() {
            return Err(ServiceError::NotNow);
        }
        let mut change = self.0.events.begin().await?;
        let now = change.now();
        let Some(secret) = self.secret(&mut **change, &member.id).await? else { return Ok(None) };
        let Some(step) = secret.step_of(typed, now) else { return Ok(None) };
        if !people::use_step(&mut change, &member.id, step).await? {
            return Ok(None);
        }
        people::confirm_second_factor(&mut change, &member.id, now).await?;
        let codes = self.new_codes(&mut change, &member.id).await?;
        super::store::sessions::end_all(&mut change, &member.id, &session.id).await?;
        let cookie = sessions::renew(self.0, &mut change, session).await?;
        change.record(NewEvent::new(Subject::Staff, &member.id, &Actor::Staff(member.id.clone()), Kind::SecondFactorSet));
        change.commit().await?;
        let cookie_max_seconds = (session.valid_until.0 - now.0) / Micros::SECOND;
        Ok(Some(Confirmed { codes, logged_in: LoggedIn { cookie, cookie_max_seconds, stage: Stage::Full, member: member.clone() } }))
    }

    /// New recovery codes in place of all earlier ones.
    pub async fn renew_codes(&self, member: &Member) -> Result<Vec<String>, ServiceError> {
        if member.second_factor_at.is_none() {
            return Err(ServiceError::NotNow);
        }
        let mut change = self.0.events.begin().await?;
        let codes = self.new_codes(&mut change, &member.id).await?;
        change.record(NewEvent::new(Subject::Staff, &member.id, &Actor::Staff(member.id.clone()), Kind::RecoveryCodesMade));
        change.commit().await?;
        Ok(codes)
    }

    /// How many recovery codes are left.
    pub async fn codes_left(&self, member: &Member) -> Result<i64, ServiceError> {
        Ok(people::count_recovery_codes(&self.0.db.ready().await?, &member.id).await?)
    }

    /// Takes somebody's second factor away: a telephone was lost. All their sessions end, since whoever has the telephone may have them.
    pub async fn reset(&self, staff: &str, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.0.events.begin().await?;
        if !people::drop_second_factor(&mut change, staff).await? {
            return Err(ServiceError::NotFound);
        }
        super::store::sessions::end_all(&mut change, staff, "").await?;
        change.record(NewEvent::new(Subject::Staff, staff, by, Kind::SecondFactorReset));
        Ok(change.commit().await?)
    }

    pub(super) async fn secret<'c>(
        &self,
        executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
        staff: &str,
    ) -> Result<Option<TotpSecret>, ServiceError> {
        let Some(sealed) = people::second_factor(executor, staff).await? else { return Ok(None) };
        let opened = self.0.key.get()?.unseal(PURPOSE, &sealed);
        let lost = || ServiceError::Broken("a second factor that this server's key doesn't open: `ajuda staff reset --second-factor`".into());
        Ok(Some(TotpSecret::from_bytes(opened.ok_or_else(lost)?)))
    }

    async fn new_codes(&self, change: &mut crate::events::Change, staff: &str) -> Result<Vec<String>, ServiceError> {
        let mut random = [0; RECOVERY_CODES * RECOVERY_CODE_BYTES];
        getrandom::fill(&mut random).map_err(|_| ServiceError::Unavailable("no random numbers from the system".into()))?;
        let key = self.0.key.get()?;
        let letters: Vec<String> = random.chunks(RECOVERY_CODE_BYTES).map(|bytes| BASE32_NOPAD.encode(bytes).to_lowercase()).collect();
        let hashed: Vec<String> = letters.iter().map(|letters| recovery_tag(key, staff, letters)).collect();
        people::set_recovery_codes(change, staff, &hashed).await?;
        Ok(letters.iter().map(|letters| format!("{}-{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..12], &letters[12..])).collect())
    }
}

/// A typed recovery code without what stands between its letters.
pub(super) fn recovery_letters(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

pub(super) fn recovery_tag(key: &ServerKey, staff: &str, letters: &str) -> String {
    key.tag("recovery code", &[staff.as_bytes(), letters.as_bytes()])
}
