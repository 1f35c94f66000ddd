//! What the email says that tells somebody of the team what happened. Never a word of what was written in a ticket, and no address that leads to a
//! customer.

use lettre::Message;

use super::outbox::Owed;
use super::templates::{Draft, MailRenderer, RenderError, fill, mailbox, page};
use crate::i18n::NotificationTexts;
use crate::values::{escaped, first_name};

/// What the email is made from.
#[derive(Debug, Clone)]
pub struct NotificationFacts {
    pub email: String,
    pub name: String,
    /// Those that are listed, the newest first; never none.
    pub lines: Vec<NotificationLine>,
    /// How many there are beside those.
    pub more: i64,
    /// Where all of them are.
    pub link: String,
    /// Where the person chooses what they are told.
    pub choices_link: String,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct NotificationLine {
    pub what: &'static str,
    /// `None`: nobody, time passed.
    pub who: Option<String>,
    pub subject: String,
    pub reference: String,
    pub link: String,
}

impl MailRenderer {
    /// Writes the email. Nothing says where an answer would go but the sender's own address.
    pub fn write_notifications(&self, owed: &Owed, facts: &NotificationFacts) -> Result<Message, RenderError> {
        let lang = owed.mail.lang;
        let texts = lang.notifications();
        let (name, more) = (first_name(&facts.name), facts.more.to_string());
        let fill = |text: &str| fill(text, &[("name", name), ("brand", &self.brand), ("count", &more)]);
        let (greeting, intro) = (fill(lang.mail().greeting), fill(texts.mail_intro));
        let more = (facts.more > 0).then(|| fill(texts.mail_more));
        let lines: String = facts.lines.iter().map(line_text).collect();
        let more_text = more.as_ref().map(|more| format!("{more}\n{}\n\n", facts.link)).unwrap_or_default();
        let text = format!("{greeting}\n\n{intro}\n\n{lines}{more_text}{}\n\n{}\n{}\n", texts.mail_no_reply, texts.mail_choices, facts.choices_link);
        let body = format!(
            "<p>{}</p><p>{}</p><ul style=\"padding-left:20px\">{}</ul>{}{}<p>{}</p><p>{} <a href=\"{choices}\">{choices}</a></p>",
            escaped(&greeting),
            escaped(&intro),
            facts.lines.iter().map(line_html).collect::<String>(),
            more.map(|more| format!("<p>{}</p>", escaped(&more))).unwrap_or_default(),
            self.button(texts.mail_button, &facts.link),
            escaped(texts.mail_no_reply),
            escaped(texts.mail_choices),
            choices = escaped(&facts.choices_link),
        );
        let draft = Draft { to: mailbox(&facts.name, &facts.email)?, reply_to: None, subject: subject(texts, facts)?, text, html: page(lang, &body) };
        self.message(owed, draft)
    }
}

fn subject(texts: &NotificationTexts, facts: &NotificationFacts) -> Result<String, RenderError> {
    let count = i64::try_from(facts.lines.len()).unwrap_or(i64::MAX).saturating_add(facts.more);
    match facts.lines.as_slice() {
        [] => Err(RenderError::Unbuildable),
        [one] if count == 1 => Ok(fill(texts.mail_subject_one, &[("what", one.what), ("subject", &one.subject), ("reference", &one.reference)])),
        _ => Ok(fill(texts.mail_subject_many, &[("count", &count.to_string())])),
    }
}

/// "The customer replied · Maria Souza"
fn what(line: &NotificationLine) -> String {
    match &line.who {
        Some(who) => format!("{} · {who}", line.what),
        None => line.what.to_owned(),
    }
}

fn line_text(line: &NotificationLine) -> String {
    format!("{}\n{} ({})\n{}\n\n", what(line), line.subject, line.reference, line.link)
}

fn line_html(line: &NotificationLine) -> String {
    format!(
        "<li style=\"margin:8px 0\">{}<br><a href=\"{}\">{}</a> ({})</li>",
        escaped(&what(line)),
        escaped(&line.link),
        escaped(&line.subject),
        escaped(&line.reference)
    )
}
