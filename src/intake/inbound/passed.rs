//! Emails that no person wrote. Nothing is done with them, but for a month everybody can see that they came, and let one in that was a person's.

use super::review::file_name;
use super::store::Kept;
use super::{Arrival, InboundEmails, IntakeOutcome, ReviewRow, store};
use crate::error::ServiceError;
use crate::intake::Counted;
use crate::mail::inbound::Program;
use crate::tickets::model::SUBJECT_MAX_CHARS;

/// What is kept whole of them together; beyond that the oldest are only listed.
pub(super) const PASSED_MAX_BYTES: i64 = 1024 * 1024 * 1024;
/// So many are listed: a mail server that bounces without end fills no disk.
const PASSED_MAX: i64 = 20_000;
/// How many are taken from the list at once where it is full.
const FORGOTTEN_AT_ONCE: i64 = 100;

impl InboundEmails {
    pub(super) async fn pass_over(&self, arrival: &Arrival, program: Program) -> Result<IntakeOutcome, ServiceError> {
        let size = i64::try_from(arrival.raw.len()).unwrap_or(i64::MAX);
        self.make_room(size, PASSED_MAX_BYTES).await?;
        let subject: String = arrival.email.subject.chars().take(SUBJECT_MAX_CHARS).collect();
        let kept = Kept { state: "passed", why: program.word(), ticket: None, subject: &subject, bytes: size };
        if !self.keep_whole(arrival, kept).await? {
            return Ok(IntakeOutcome::Known);
        }
        (self.rooms.count)(Counted::PassedOver(program));
        Ok(IntakeOutcome::PassedOver(program))
    }

    /// Room for an email of `size` bytes where all together may take `max_bytes`: the oldest are only listed from then on.
    pub async fn make_room(&self, size: i64, max_bytes: i64) -> Result<(), ServiceError> {
        let mut write = self.db.begin().await?;
        let (count, mut bytes) = store::passed_size(&mut write).await?;
        let mut gone = Vec::new();
        'enough: while bytes.saturating_add(size) > max_bytes {
            let oldest = store::oldest_passed(&mut write).await?;
            if oldest.is_empty() {
                break;
            }
            for (id, fingerprint, its_bytes) in oldest {
                if bytes.saturating_add(size) <= max_bytes {
                    break 'enough;
                }
                store::forget_bytes(&mut write, &id).await?;
                bytes -= its_bytes;
                gone.push(fingerprint);
            }
        }
        if count >= PASSED_MAX {
            store::forget_oldest_passed(&mut write, FORGOTTEN_AT_ONCE).await?;
        }
        write.commit().await?;
        for fingerprint in gone {
            self.rooms.files.delete_raw(&file_name(&fingerprint)).await?;
        }
        Ok(())
    }

    /// Those of the last month, newest first.
    pub async fn passed_over(&self, limit: u32) -> Result<Vec<ReviewRow>, ServiceError> {
        Ok(store::passed_over(&self.db.ready().await?, limit.into()).await?)
    }
}
