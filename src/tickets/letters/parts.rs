//! From what stands in a letter to what stands in a ticket.

use crate::config::Attachments;
use crate::i18n::{Lang, LetterTexts};
use crate::mail::inbound::{Letter, split};
use crate::tickets::TicketError;
use crate::tickets::attachments::FileProblem;
use crate::tickets::model::{MESSAGE_MAX_CHARS, Message, NAME_MAX_CHARS, PersonName, SUBJECT_MAX_CHARS, Subject};

/// Names of files in a note, beyond which they are only counted.
const NAMED_FILES_MAX: usize = 20;

/// What a letter says, and what was cut off: quoted letters, the signature, what is longer than a message may be.
pub(super) fn text(letter: &Letter, texts: &LetterTexts) -> Result<(Message, Option<String>), TicketError> {
    let parts = split(&letter.text);
    let said: String = parts.said.chars().take(MESSAGE_MAX_CHARS).collect();
    let rest = parts.said.get(said.len()..).map(str::trim).filter(|rest| !rest.is_empty()).map(str::to_owned);
    let cut_off = match (rest, parts.cut_off) {
        (Some(rest), Some(cut)) => Some(format!("{rest}\n\n{cut}")),
        (rest, cut) => rest.or(cut),
    };
    let message = Message::parse_reply(&said).or_else(|_| Message::parse_reply(texts.no_text));
    Ok((message.map_err(|_| TicketError::Broken("no text for a letter without one".into()))?, cut_off))
}

pub(super) fn subject(letter: &Letter, texts: &LetterTexts) -> Result<Subject, TicketError> {
    let cut: String = letter.subject.chars().take(SUBJECT_MAX_CHARS).collect();
    Subject::parse(&cut).or_else(|_| Subject::parse(texts.no_subject)).map_err(|_| TicketError::Broken("no subject for a letter without one".into()))
}

/// The sender's name, else what stands before the `@`.
pub(super) fn name(written: &str, email: &str) -> Result<PersonName, TicketError> {
    let cut = |text: &str| text.chars().take(NAME_MAX_CHARS).collect::<String>();
    let local = email.split('@').next().unwrap_or_default();
    PersonName::parse(&cut(written)).or_else(|_| PersonName::parse(&cut(local))).map_err(|_| TicketError::Broken("a sender without a name".into()))
}

/// The note about files that were not kept; `None` if all were. `more` are those that were not even looked at.
pub(super) fn refused_files(lang: Lang, problems: &[(String, FileProblem)], more: usize, limits: &Attachments) -> Option<Message> {
    let texts = lang.letters();
    let mut named: Vec<String> = problems.iter().take(NAMED_FILES_MAX).map(|(name, problem)| described(texts, name, *problem)).collect();
    let more = more + problems.len().saturating_sub(NAMED_FILES_MAX);
    if more > 0 {
        named.push(format!("+{more} ({}: {})", texts.file_too_many, limits.files_max));
    }
    if named.is_empty() { None } else { Message::parse_reply(&texts.files_refused.replace("{files}", &named.join(", "))).ok() }
}

fn described(texts: &LetterTexts, name: &str, problem: FileProblem) -> String {
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
