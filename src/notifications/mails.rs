//! The emails that collect what somebody has to be told. Which they are is decided here; they leave through the outbox, and say what is still unread
//! when they do.

use super::model::Notification;
use super::{Notifications, store};
use crate::clock::Micros;
use crate::db::{DbError, Write};
use crate::error::ServiceError;
use crate::mail::{Mail, NotificationFacts, NotificationLine, Owed};
use crate::staff::Member;

/// Something waits so long for more of its kind before it leaves.
pub(super) const COLLECTED_MICROS: i64 = 2 * Micros::MINUTE;
/// Between two emails to one person.
const PAUSE_MICROS: i64 = 5 * Micros::MINUTE;
/// What did not leave for so long, since no email could, stays on the desk.
const OLDEST_MICROS: i64 = 2 * Micros::DAY;
/// Things that one email lists; of the others it says how many.
const LINES_MAX: i64 = 20;

impl Notifications {
    /// Owes an email to everybody who has something that waited long enough, and got none a moment ago.
    pub(super) async fn owe_mails(&self, write: &mut Write, members: &[Member], now: Micros) -> Result<(), DbError> {
        for staff in store::to_mail(write, now, now.plus(-PAUSE_MICROS), now.plus(-OLDEST_MICROS)).await? {
            if let Some(member) = members.iter().find(|member| member.id == staff) {
                self.outbox.put(write, &Mail::of_notifications(&staff, member.lang.unwrap_or(self.default_lang)), now).await?;
            }
        }
        Ok(())
    }

    /// What an email says; `None` where nothing is left to say: all was read meanwhile, or the person has left.
    pub async fn mail_facts(&self, owed: &Owed) -> Result<Option<NotificationFacts>, ServiceError> {
        let Some(staff) = &owed.mail.staff else { return Ok(None) };
        let Some(member) = self.staff.by_id(staff).await? else { return Ok(None) };
        let mut write = self.db.begin().await?;
        store::put_into_mail(&mut write, staff, &owed.id, self.events.now().plus(-OLDEST_MICROS)).await?;
        let (listed, count) = store::in_mail(&mut write, &owed.id, LINES_MAX).await?;
        write.commit().await?;
        if listed.is_empty() {
            return Ok(None);
        }
        let more = count - i64::try_from(listed.len()).unwrap_or(count);
        let lines = listed.iter().map(|one| self.line(one, owed)).collect();
        let (link, choices_link) = (format!("{}/desk/notifications", self.public_url), format!("{}/desk/me#notifications", self.public_url));
        Ok(Some(NotificationFacts { email: member.email, name: member.name, lines, more, link, choices_link }))
    }

    fn line(&self, one: &Notification, owed: &Owed) -> NotificationLine {
        let lang = owed.mail.lang;
        NotificationLine {
            what: one.kind.name(lang),
            who: one.who.name(lang),
            subject: one.subject.clone(),
            reference: one.reference.clone(),
            link: format!("{}/desk/tickets/{}", self.public_url, one.reference),
        }
    }

    /// An email left: what it told is told by no other.
    pub async fn mailed(&self, owed: &Owed) -> Result<(), DbError> {
        let mut write = self.db.begin().await?;
        store::mailed(&mut write, &owed.id, self.events.now()).await?;
        write.commit().await
    }
}
