//! From what stands in an email to what stands in a ticket.

use crate::error::ServiceError;
use crate::files::FileProblem;
use crate::files::settings::Attachments;
use crate::i18n::{InboundTexts, Lang};
use crate::mail::inbound::{InboundEmail, split};
use crate::values::{MESSAGE_MAX_CHARS, MessageBody, NAME_MAX_CHARS, PersonName, SUBJECT_MAX_CHARS, Subject};

/// Names of files in a note, beyond which they are only counted.
const NAMED_FILES_MAX: usize = 20;

/// What an email says, and what was cut off: quoted emails, the signature, what is longer than a message may be.
pub(crate) fn text(email: &InboundEmail, texts: &InboundTexts) -> Result<(MessageBody, Option<String>), ServiceError> {
    let parts = split(&email.text);
    let said: String = parts.said.chars().take(MESSAGE_MAX_CHARS).collect();
    let rest = parts.said.get(said.len()..).map(str::trim).filter(|rest| !rest.is_empty()).map(str::to_owned);
    let cut_off = match (rest, parts.cut_off) {
        (Some(rest), Some(cut)) => Some(format!("{rest}\n\n{cut}")),
        (rest, cut) => rest.or(cut),
    };
    let message = MessageBody::parse_reply(&said).or_else(|_| MessageBody::parse_reply(texts.no_text));
    Ok((message.map_err(|_| ServiceError::Broken("no text for an email without one".into()))?, cut_off))
}

pub(crate) fn subject(email: &InboundEmail, texts: &InboundTexts) -> Result<Subject, ServiceError> {
    let cut: String = email.subject.chars().take(SUBJECT_MAX_CHARS).collect();
    Subject::parse(&cut).or_else(|_| Subject::parse(texts.no_subject)).map_err(|_| ServiceError::Broken("no subject for an email without one".into()))
}

/// The sender's name, else what stands before the `@`.
pub(crate) fn name(written: &str, address: &str) -> Result<PersonName, ServiceError> {
    let cut = |text: &str| text.chars().take(NAME_MAX_CHARS).collect::<String>();
    let local = address.split('@').next().unwrap_or_default();
    PersonName::parse(&cut(written)).or_else(|_| PersonName::parse(&cut(local))).map_err(|_| ServiceError::Broken("a sender without a name".into()))
}

/// The note about files that were not kept; `None` if all were. `more` are those that were not even looked at.
pub(crate) fn refused_files(lang: Lang, problems: &[(String, FileProblem)], more: usize, limits: &Attachments) -> Option<MessageBody> {
    let texts = lang.inbound();
    let mut named: Vec<String> = problems.iter().take(NAMED_FILES_MAX).map(|(name, problem)| described(texts, name, *problem)).collect();
    let more = more + problems.len().saturating_sub(NAMED_FILES_MAX);
    if more > 0 {
        named.push(format!("+{more} ({}: {})", texts.file_too_many, limits.files_max));
    }
    if named.is_empty() { None } else { MessageBody::parse_reply(&texts.files_refused.replace("{files}", &named.join(", "))).ok() }
}

fn described(texts: &InboundTexts, name: &str, problem: FileProblem) -> String {
    let why = match problem {
        FileProblem::TooLarge => texts.file_too_large,
        FileProblem::TooMany => texts.file_too_many,
        FileProblem::NoRoom => texts.file_no_room,
        FileProblem::Kind => texts.file_kind,
        FileProblem::Damaged | FileProblem::Gone => texts.file_damaged,
    };
    let name = if name.is_empty() { texts.file_nameless } else { name };
    format!("{} ({why})", name.chars().take(100).collect::<String>())
}
