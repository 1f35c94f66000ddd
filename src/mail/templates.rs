//! What emails say, as text and as simple HTML with the same words.

use std::time::{Duration, SystemTime};

use jiff::tz::TimeZone;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::outbox::{Owed, Template};
use super::settings::Settings;
use crate::clock::Micros;
use crate::i18n::{Lang, MailTexts};
use crate::values::{ascii_address, escaped, rich_text};

/// What may stand before the `@` (RFC 5321, 4.5.3.1.1).
const LOCAL_PART_MAX_CHARS: usize = 64;

/// What an email about a ticket is made from. Everything a person typed is plain text.
#[derive(Debug, Clone)]
pub struct TicketFacts {
    pub reference: String,
    pub subject: String,
    pub name: String,
    pub email: String,
    pub code: Option<String>,
    /// As the team's language calls them.
    pub reason: Option<String>,
    pub article: Option<String>,
    pub message: String,
    /// Whether that is the Markdown of staff.
    pub is_rich: bool,
    /// Names of the files that came with the message, one after the other; empty: none did.
    pub files: String,
    /// The same of those that came and were not kept, each with the reason, in the customer's language.
    pub not_kept: String,
    /// Whether somebody has shown that the address is theirs. To others go no words of whoever wrote.
    pub is_proved: bool,
    /// When the first answer is promised for.
    pub due_at: Micros,
    /// The customer's private link.
    pub link: String,
    /// What stands in the address that the customer's answer goes to. Never to be logged.
    pub reply_token: String,
}

/// What the email of a sign-in is made from. Never to be logged.
#[derive(Clone)]
pub struct SignInFacts {
    pub email: String,
    /// As it is to be read.
    pub code: String,
    pub link: String,
}

/// Who sends, and in whose name.
#[derive(Debug, Clone)]
pub struct MailRenderer {
    pub(super) brand: String,
    accent: String,
    from: Mailbox,
    /// Where new tickets are announced.
    support: Option<Mailbox>,
    /// Where customers' answers are fetched from.
    inbox: Option<lettre::Address>,
    /// Whether the inbox takes addresses that name a ticket.
    plus_addressing: bool,
    /// The language of the support team.
    support_lang: Lang,
    /// The zone in which times are told.
    time_zone: TimeZone,
}

/// Why an email can't be written; trying again would not help. Holds no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("support_mail is empty")]
    NoSupportMail,
    #[error("the recipient is not an email address")]
    BadAddress,
    #[error("the email can't be built")]
    Unbuildable,
}

pub(super) struct Draft {
    pub(super) to: Mailbox,
    pub(super) reply_to: Option<Mailbox>,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Tells other programs not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

impl MailRenderer {
    pub fn new(settings: &Settings) -> Self {
        let support: Option<Mailbox> = settings.support_mail.parse().ok();
        let from = settings.smtp.from.parse().ok().or_else(|| support.clone()).unwrap_or_else(nobody);
        Self {
            brand: settings.brand.clone(),
            accent: settings.accent.clone(),
            from,
            support,
            inbox: settings.inbox_address(),
            plus_addressing: settings.imap.plus_addressing,
            support_lang: settings.support_lang,
            time_zone: settings.time_zone.zone().clone(),
        }
    }

    /// Writes an email.
    pub fn write(&self, owed: &Owed, facts: &TicketFacts) -> Result<Message, RenderError> {
        let draft = match owed.mail.template {
            Template::Confirmation => self.confirmation(owed.mail.lang, facts, owed.created_at)?,
            Template::Announcement => self.announcement(facts, owed.created_at)?,
            Template::Answer => self.answer(owed.mail.lang, facts)?,
            Template::CustomerWrote => self.customer_wrote(facts)?,
            // About no ticket: each has a function of its own.
            Template::SignIn | Template::StaffLink | Template::Notifications | Template::BuyerCode => return Err(RenderError::Unbuildable),
        };
        self.message(owed, draft)
    }

    /// Writes the email of a sign-in.
    pub fn write_sign_in(&self, owed: &Owed, facts: &SignInFacts) -> Result<Message, RenderError> {
        self.message(owed, self.sign_in(owed.mail.lang, facts)?)
    }

    pub(super) fn message(&self, owed: &Owed, draft: Draft) -> Result<Message, RenderError> {
        let created = SystemTime::UNIX_EPOCH + Duration::from_micros(owed.created_at.0.unsigned_abs());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(draft.to)
            .subject(one_line(&draft.subject))
            .date(created)
            .message_id(Some(format!("<{}@{}>", owed.id, self.from.email.domain())))
            .header(AutoSubmitted);
        if let Some(ticket) = &owed.mail.ticket {
            // No email bears this id: mail programs put together whatever refers to the same one (RFC 5322, 3.6.4).
            let thread = format!("<{ticket}@{}>", self.from.email.domain());
            message = message.in_reply_to(thread.clone()).references(thread);
        }
        if let Some(reply_to) = draft.reply_to {
            message = message.reply_to(reply_to);
        }
        message.multipart(MultiPart::alternative_plain_html(draft.text, draft.html)).map_err(|_| RenderError::Unbuildable)
    }

    /// Where the customer's answer goes: to our own mailbox, if possible with the ticket's name before the `@`, else to the support team.
    fn answers_to(&self, facts: &TicketFacts) -> Option<Mailbox> {
        let Some(inbox) = &self.inbox else { return self.support.clone() };
        let named = format!("{}+{}", inbox.user(), facts.reply_token);
        let address =
            if self.plus_addressing && named.len() <= LOCAL_PART_MAX_CHARS { lettre::Address::new(named, inbox.domain()).ok() } else { None };
        Some(Mailbox::new(Some(one_line(&self.brand)), address.unwrap_or_else(|| inbox.clone())))
    }

    fn confirmation(&self, lang: Lang, facts: &TicketFacts, written: Micros) -> Result<Draft, RenderError> {
        let texts = lang.mail();
        let due = lang.deadline_in_mail(facts.due_at, written, &self.time_zone);
        let fill = |text: &str| fill(text, &[("reference", &facts.reference), ("name", &facts.name), ("brand", &self.brand), ("due", &due)]);
        let greeting = if facts.is_proved { texts.greeting } else { texts.greeting_plain };
        let opening = [greeting, texts.received, texts.answer_due].map(fill);
        let (not_kept, not_kept_html) = files_line(texts.files_not_kept, &facts.not_kept);
        let (wrote, wrote_html) = Self::repeated(texts, facts);
        let text = format!(
            "{}\n\n{}\n\n{}\n\n{not_kept}{}\n{}\n\n{}\n\n{wrote}{}\n",
            opening[0], opening[1], opening[2], texts.follow, facts.link, texts.link_is_private, texts.not_you
        );
        let body = format!(
            "{}{not_kept_html}{button}<p>{private}</p>{wrote_html}<p>{not_you}</p>",
            opening.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect::<String>(),
            button = self.button(texts.follow_button, &facts.link),
            private = escaped(texts.link_is_private),
            not_you = escaped(texts.not_you),
        );
        let to = mailbox(if facts.is_proved { &facts.name } else { "" }, &facts.email)?;
        Ok(Draft { to, reply_to: self.answers_to(facts), subject: fill(texts.confirmation_subject), text, html: page(lang, &body) })
    }

    /// What the customer wrote, for them alone: whoever files a ticket under somebody else's address must not write to them through us.
    fn repeated(texts: &MailTexts, facts: &TicketFacts) -> (String, String) {
        if !facts.is_proved {
            return (String::new(), String::new());
        }
        let text = format!("{}\n\n{}\n\n{}\n\n", texts.you_wrote, quoted(&facts.subject), quoted(&facts.message));
        let quote = quoted_html(&format!("{}\n\n{}", facts.subject, facts.message));
        (text, format!("<p>{}</p>{quote}", escaped(texts.you_wrote)))
    }

    fn answer(&self, lang: Lang, facts: &TicketFacts) -> Result<Draft, RenderError> {
        let texts = lang.mail();
        let fill = |text: &str| fill(text, &[("reference", &facts.reference), ("name", &facts.name), ("subject", &facts.subject)]);
        let opening = [texts.greeting, texts.answered].map(fill);
        let (files, files_html) = files_line(texts.with_files, &facts.files);
        let (not_kept, not_kept_html) = files_line(texts.files_not_kept, &facts.not_kept);
        let (message, html) = if facts.is_rich {
            (rich_text::to_plain(&facts.message), rich_text::to_html(&facts.message))
        } else {
            (facts.message.clone(), format!("<div style=\"white-space:pre-wrap\">{}</div>", escaped(&facts.message)))
        };
        let text = format!(
            "{}\n\n{}\n\n{}\n\n{files}{not_kept}{}\n{}\n\n{}\n",
            opening[0], opening[1], message, texts.follow, facts.link, texts.link_is_private
        );
        let body = format!(
            "{}{html}{files_html}{not_kept_html}{}<p>{}</p>",
            opening.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect::<String>(),
            self.button(texts.follow_button, &facts.link),
            escaped(texts.link_is_private),
        );
        Ok(Draft {
            to: mailbox(&facts.name, &facts.email)?,
            reply_to: self.answers_to(facts),
            subject: fill(texts.answer_subject),
            text,
            html: page(lang, &body),
        })
    }

    fn customer_wrote(&self, facts: &TicketFacts) -> Result<Draft, RenderError> {
        let lang = self.support_lang;
        let texts = lang.mail();
        let fill = |text: &str| fill(text, &[("reference", &facts.reference), ("name", &facts.name), ("subject", &facts.subject)]);
        let intro = fill(texts.customer_wrote_intro);
        let (files, files_html) = files_line(&format!("{}: {{files}}", texts.label_files), &facts.files);
        Ok(Draft {
            to: self.support.clone().ok_or(RenderError::NoSupportMail)?,
            reply_to: Some(mailbox(&facts.name, &facts.email)?),
            subject: fill(texts.customer_wrote_subject),
            text: format!("{intro}\n\n{files}{}\n", quoted(&facts.message)),
            html: page(lang, &format!("<p>{}</p>{files_html}{}", escaped(&intro), quoted_html(&facts.message))),
        })
    }

    fn sign_in(&self, lang: Lang, facts: &SignInFacts) -> Result<Draft, RenderError> {
        let texts = lang.mail();
        let fill = |text: &str| fill(text, &[("brand", &self.brand)]);
        let intro = fill(texts.log_in_intro);
        let text = format!("{intro}\n\n{}\n\n{}\n{}\n\n{}\n", facts.code, texts.log_in_link, facts.link, texts.log_in_not_you);
        let body = format!(
            "<p>{}</p><p style=\"font-size:28px;font-weight:bold;letter-spacing:2px\">{}</p><p>{}</p>{}<p>{}</p>",
            escaped(&intro),
            escaped(&facts.code),
            escaped(texts.log_in_link),
            self.button(texts.log_in_button, &facts.link),
            escaped(texts.log_in_not_you),
        );
        Ok(Draft { to: mailbox("", &facts.email)?, reply_to: None, subject: fill(texts.log_in_subject), text, html: page(lang, &body) })
    }

    pub(super) fn button(&self, label: &str, link: &str) -> String {
        format!(
            "<p style=\"margin:24px 0\"><a href=\"{}\" style=\"background:{};color:#ffffff;padding:12px 20px;border-radius:8px;\
             text-decoration:none;display:inline-block\">{}</a></p>",
            escaped(link),
            escaped(&self.accent),
            escaped(label)
        )
    }

    fn announcement(&self, facts: &TicketFacts, written: Micros) -> Result<Draft, RenderError> {
        let lang = self.support_lang;
        let texts = lang.mail();
        let due = lang.deadline_in_mail(facts.due_at, written, &self.time_zone);
        let lines = announcement_lines(texts, facts, &due);
        let listed: String = lines.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
        let text = format!("{}\n\n{listed}\n{}\n\n{}\n", texts.announcement_intro, quoted(&facts.message), texts.reply_goes_to_customer);
        let listed: String = lines.iter().map(|(label, value)| format!("<strong>{}:</strong> {}<br>", escaped(label), escaped(value))).collect();
        let body = format!(
            "<p>{}</p><p>{listed}</p>{}<p>{}</p>",
            escaped(texts.announcement_intro),
            quoted_html(&facts.message),
            escaped(texts.reply_goes_to_customer)
        );
        Ok(Draft {
            to: self.support.clone().ok_or(RenderError::NoSupportMail)?,
            reply_to: Some(mailbox(&facts.name, &facts.email)?),
            subject: fill(texts.announcement_subject, &[("reference", &facts.reference), ("subject", &facts.subject)]),
            text,
            html: page(lang, &body),
        })
    }
}

/// Says in the text and in the HTML which files came along, or were not kept; nothing where there are none.
fn files_line(words: &str, files: &str) -> (String, String) {
    if files.is_empty() {
        return (String::new(), String::new());
    }
    let line = fill(words, &[("files", files)]);
    (format!("{line}\n\n"), format!("<p>{}</p>", escaped(&line)))
}

fn announcement_lines<'a>(texts: &MailTexts, facts: &'a TicketFacts, due: &'a str) -> Vec<(&'static str, &'a str)> {
    let labels = [
        texts.label_reference,
        texts.label_subject,
        texts.label_from,
        texts.label_reason,
        texts.label_code,
        texts.label_article,
        texts.label_files,
        texts.label_due,
    ];
    let values = [
        Some(facts.reference.as_str()),
        Some(facts.subject.as_str()),
        Some(facts.email.as_str()),
        facts.reason.as_deref(),
        facts.code.as_deref(),
        facts.article.as_deref(),
        (!facts.files.is_empty()).then_some(facts.files.as_str()),
        Some(due),
    ];
    labels.into_iter().zip(values).filter_map(|(label, value)| Some((label, value?))).collect()
}

/// The sender where none is configured, so only of emails that stay in the data folder.
fn nobody() -> Mailbox {
    Mailbox::new(None, lettre::Address::new_dangerous("no-reply", "localhost"))
}

pub(super) fn mailbox(name: &str, email: &str) -> Result<Mailbox, RenderError> {
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), ascii_address(email).parse().map_err(|_| RenderError::BadAddress)?))
}

/// Whatever it was, it is one line afterwards: a second wall behind the form's own check.
fn one_line(text: &str) -> String {
    // What looks like an encoded word (RFC 2047) would be decoded by whoever reads it.
    let text = text.replace("=?", "= ?");
    text.chars().map(|char| if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') { ' ' } else { char }).collect()
}

/// Fills in `{key}`; what was filled in is not looked at again.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let found = values.iter().find(|(key, _)| rest[1..].strip_prefix(key).is_some_and(|after| after.starts_with('}')));
        match found {
            Some((key, value)) => {
                filled.push_str(value);
                rest = &rest[key.len() + 2..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled + rest
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

fn quoted_html(text: &str) -> String {
    format!("<blockquote style=\"margin:16px 0;padding-left:16px;border-left:3px solid #9aa4b2;white-space:pre-wrap\">{}</blockquote>", escaped(text))
}

/// No picture, no remote file: it looks the same everywhere and tells nobody that it was opened.
pub(super) fn page(lang: Lang, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head>\
         <body style=\"margin:0;padding:24px\"><div style=\"max-width:560px;margin:0 auto;font:16px/1.5 system-ui,sans-serif\">{body}</div></body></html>",
        lang.tag()
    )
}
