//! What emails to people of the team say.

use lettre::Message;

use super::outbox::Owed;
use super::templates::{Draft, MailRenderer, RenderError, fill, mailbox, page};
use crate::values::escaped;

/// What the email with a one-time link is made from. Never to be logged.
#[derive(Clone)]
pub struct StaffLinkFacts {
    pub email: String,
    pub name: String,
    pub link: String,
    /// They have no password yet: it is an invitation.
    pub is_new: bool,
}

impl MailRenderer {
    /// Writes the email with a one-time link.
    pub fn write_staff_link(&self, owed: &Owed, facts: &StaffLinkFacts) -> Result<Message, RenderError> {
        let lang = owed.mail.lang;
        let texts = lang.staff_mail();
        let fill = |text: &str| fill(text, &[("name", &facts.name), ("brand", &self.brand)]);
        let (subject, intro) = if facts.is_new { (texts.invitation_subject, texts.invitation) } else { (texts.password_subject, texts.password) };
        let (greeting, intro) = (fill(lang.mail().greeting), fill(intro));
        let text = format!("{greeting}\n\n{intro}\n\n{}\n\n{}\n", facts.link, texts.link_note);
        let body = format!(
            "<p>{}</p><p>{}</p>{}<p>{}</p>",
            escaped(&greeting),
            escaped(&intro),
            self.button(texts.button, &facts.link),
            escaped(texts.link_note),
        );
        let draft = Draft { to: mailbox(&facts.name, &facts.email)?, reply_to: None, subject: fill(subject), text, html: page(lang, &body) };
        self.message(owed, draft)
    }
}
