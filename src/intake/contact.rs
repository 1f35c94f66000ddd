//! The contact form, from what was posted to the ticket.

use std::net::IpAddr;

use super::Intake;
use super::contact_form::{self, FormPlace, Rejected, Typed};
use crate::error::ServiceError;
use crate::events::Actor;
use crate::files::{Attachment, Taken};
use crate::spam::{Challenge, EDIT, SHOWN, SemanticScore, Source};
use crate::tickets::model::{Audience, Author, Channel, Draft, Filed, Proof};
use crate::tickets::receive::{Incoming, NewTicket, Received, Target, fingerprint};
use crate::web::form;
use crate::web::posted::Posted;

/// A form as it was posted.
pub struct ContactPost<'a> {
    pub posted: Posted,
    pub place: FormPlace<'a>,
    pub from: IpAddr,
}

/// What becomes of it. The files that were kept come back with whatever goes back to the author.
pub enum ContactOutcome {
    Filed(Filed),
    /// The author wants to change something.
    Edit(Taken),
    /// The address looks like a slip of the finger; its author is asked.
    Asked(Taken),
    /// Something is wrong with the fields, or with a file.
    Rejected(Option<Box<Rejected>>, Taken),
    /// The author has to press a button; this is the signed time of the page that has it.
    Challenged(String, Taken),
    /// Nothing is wrong with it, and it can't be taken all the same.
    NotTaken(ServiceError, Taken),
}

impl Intake {
    /// Takes a contact form: its files first, so that none is lost, then its fields, then what is suspicious about it.
    pub async fn contact(&self, post: ContactPost<'_>) -> ContactOutcome {
        let pairs = post.posted.pairs.clone();
        let taken = match self.0.files.take_form(post.posted, post.from).await {
            Ok(taken) => taken,
            Err(error) => return ContactOutcome::NotTaken(error, Taken::default()),
        };
        if form::value(&pairs, EDIT).is_some() {
            return ContactOutcome::Edit(taken);
        }
        let mut draft = match contact_form::parse(&pairs, post.place) {
            Ok(draft) if taken.problems.is_empty() => draft,
            Ok(_) => return ContactOutcome::Rejected(None, taken),
            Err(rejected) => return ContactOutcome::Rejected(Some(Box::new(rejected)), taken),
        };
        if Typed::from_pairs(&pairs).meant_email().is_some() {
            return ContactOutcome::Asked(taken);
        }
        let meaning = self.0.spam.read(&draft.submission()).await;
        match self.challenge(&draft, meaning, form::value(&pairs, SHOWN)) {
            Ok(Challenge::Wanted(shown)) => return ContactOutcome::Challenged(shown, taken),
            Ok(challenge) => draft.seconds = challenge.seconds(draft.seconds),
            Err(error) => return ContactOutcome::NotTaken(error, taken),
        }
        match self.file(&draft, meaning, &taken.kept, post.from).await {
            Ok(filed) => ContactOutcome::Filed(filed),
            Err(error) => ContactOutcome::NotTaken(error, taken),
        }
    }

    fn challenge(&self, draft: &Draft, meaning: SemanticScore, shown: Option<&str>) -> Result<Challenge, ServiceError> {
        self.0.spam.challenge(&draft.submission(), meaning, shown, &fingerprint(draft, self.0.key.get()?))
    }

    /// Files a message of the form. When this returns `Ok`, the ticket is on disk. The same message within an hour is the same ticket, also
    /// when both arrive at the same moment. A suspicious one is quarantined and looks the same to its author.
    pub async fn file(&self, draft: &Draft, meaning: SemanticScore, files: &[(Attachment, String)], from: IpAddr) -> Result<Filed, ServiceError> {
        let incoming = Incoming {
            by: Actor::Customer,
            author: Author::Customer,
            channel: Channel::Form,
            audience: Audience::Filer,
            proof: Proof::None,
            verifies: false,
            target: Target::New(NewTicket { draft, meaning, source: Source::Network(from), follow_up_of: None, confirms: true }),
            body: draft.message.clone(),
            cut_off: None,
            not_kept: Vec::new(),
            files,
            remarks: Vec::new(),
        };
        match self.0.receive(&incoming).await? {
            Received::Filed(filed) => Ok(filed),
            Received::Added { .. } | Received::Over(_) => Err(ServiceError::Broken("a new ticket that went into another".into())),
        }
    }
}
