//! From what stands in an email to what stands in a ticket.

use crate::error::ServiceError;
use crate::files::NotKept;
use crate::files::not_kept::listed;
use crate::i18n::{InboundTexts, Lang};
use crate::mail::inbound::{InboundEmail, OwnAddresses, split};
use crate::values::{MESSAGE_MAX_CHARS, MessageBody, NAME_MAX_CHARS, PersonName, SUBJECT_MAX_CHARS, Subject};

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

/// The sender's name, else what stands before the `@`. A name that looks like an address would be taken for the sender's.
pub(crate) fn name(written: &str, address: &str) -> Result<PersonName, ServiceError> {
    let written = if written.contains(['@', '<', '>']) { "" } else { written };
    let cut = |text: &str| text.chars().take(NAME_MAX_CHARS).collect::<String>();
    let local = address.split('@').next().unwrap_or_default();
    PersonName::parse(&cut(written)).or_else(|_| PersonName::parse(&cut(local))).map_err(|_| ServiceError::Broken("a sender without a name".into()))
}

/// What staff have to know of an email besides what it says.
pub(crate) fn remarks(lang: Lang, email: &InboundEmail, own: &OwnAddresses, sender: &str, not_kept: &[NotKept], is_whole: bool) -> Vec<MessageBody> {
    let texts = lang.inbound();
    let files = (!not_kept.is_empty()).then(|| texts.files_refused.replace("{files}", &listed(lang, not_kept)));
    let reply_to = email.reply_to.as_ref().filter(|reply_to| !reply_to.address.eq_ignore_ascii_case(sender) && !own.has_address(&reply_to.address));
    let reply_to = reply_to.map(|reply_to| texts.reply_to.replace("{sender}", sender).replace("{address}", &reply_to.address));
    let remarks = [
        files,
        reply_to,
        email.is_encrypted.then(|| texts.encrypted.to_owned()),
        (!email.is_text_whole).then(|| texts.text_cut.to_owned()),
        (!is_whole).then(|| texts.was_too_large.to_owned()),
    ];
    remarks.into_iter().flatten().filter_map(|text| MessageBody::parse_reply(&text).ok()).collect()
}
