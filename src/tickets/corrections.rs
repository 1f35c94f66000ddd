//! What staff put right of a ticket: its reason, the language of its customer, the address that answers go to.

use super::model::{Proof, Reference, Ticket};
use super::store;
use super::triage::Triage;
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};
use crate::i18n::Lang;
use crate::values::Email;

/// What is to be put right; `None`: it stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    pub reason: Option<String>,
    pub lang: Option<Lang>,
    /// Staff have seen that the customer wants this.
    pub email: Option<Email>,
}

impl Triage<'_> {
    /// Puts right what is wrong, and says so in the log. What is as it should be already leaves no event. False: nothing was changed.
    pub async fn correct(&self, reference: &Reference, correction: &Correction, by: &Actor) -> Result<bool, ServiceError> {
        let mut change = self.0.0.events.begin().await?;
        let mut ticket = self.0.lock(&mut change, reference).await?;
        let reason = correction.reason.clone().filter(|reason| ticket.reason.as_ref() != Some(reason));
        let lang = correction.lang.filter(|lang| *lang != ticket.lang);
        let is_changed = reason.is_some() || lang.is_some();
        if is_changed {
            let mut event = NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Corrected);
            if let Some(reason) = reason {
                event = event.with("reason", reason.as_str());
                ticket.reason = Some(reason);
            }
            if let Some(lang) = lang {
                event = event.with("lang", lang.code());
                ticket.lang = lang;
            }
            store::save(&mut change, &ticket).await?;
            change.record(event);
        }
        let is_moved = match &correction.email {
            Some(email) if !ticket.is_of(email.as_str()) => {
                self.move_to(&mut change, &mut ticket, email, by).await?;
                true
            }
            _ => false,
        };
        if is_changed || is_moved {
            change.commit().await?;
            self.0.0.outbox.wake();
        } else {
            change.undo().await?;
        }
        Ok(is_changed || is_moved)
    }

    /// The ticket is under another address from now on. Links and cookies made before are void, and nobody has shown yet that the new address is theirs.
    async fn move_to(&self, change: &mut Change, ticket: &mut Ticket, email: &Email, by: &Actor) -> Result<(), ServiceError> {
        let now = change.now();
        let address = self.0.0.customers.address(change, email, now).await?;
        store::move_to_address(change, &ticket.key.id, &address.customer, &address.id).await?;
        ticket.proof = Proof::None;
        ticket.updated_at = now;
        store::save(change, ticket).await?;
        let event = NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::AddressCorrected);
        change.record(event.with("address", address.id.as_str()).with("consent", true));
        Ok(())
    }
}
