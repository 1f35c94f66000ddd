//! What the email says that goes to the address of a purchase. Nothing in it was typed by whoever asked for it.

use lettre::Message;

use super::outbox::Owed;
use super::templates::{Draft, MailRenderer, RenderError, fill, mailbox, page};
use crate::values::escaped;

/// What it is made from. Never to be logged.
#[derive(Clone)]
pub struct BuyerCodeFacts {
    /// Of the purchase.
    pub email: String,
    /// The purchase's transaction code.
    pub order: String,
    pub product: Option<String>,
    /// As it is to be read.
    pub code: String,
}

impl MailRenderer {
    /// Writes the email with the code that proves who made a purchase.
    pub fn write_buyer_code(&self, owed: &Owed, facts: &BuyerCodeFacts) -> Result<Message, RenderError> {
        let lang = owed.mail.lang;
        let texts = lang.buyer();
        let fill = |text: &str| fill(text, &[("brand", &self.brand)]);
        let (intro, use_it) = (fill(texts.mail_intro), texts.mail_use);
        let product = facts.product.as_deref().map(|product| format!("{}: {product}", texts.mail_product));
        let about: Vec<String> = std::iter::once(format!("{}: {}", texts.mail_order, facts.order)).chain(product).collect();
        let text = format!("{intro}\n\n{}\n\n{use_it}\n\n{}\n\n{}\n", about.join("\n"), facts.code, texts.mail_not_you);
        let body = format!(
            "<p>{}</p><p>{}</p><p>{}</p><p style=\"font-size:28px;font-weight:bold;letter-spacing:2px\">{}</p><p>{}</p>",
            escaped(&intro),
            about.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>"),
            escaped(use_it),
            escaped(&facts.code),
            escaped(texts.mail_not_you),
        );
        let draft = Draft { to: mailbox("", &facts.email)?, reply_to: None, subject: fill(texts.mail_subject), text, html: page(lang, &body) };
        self.message(owed, draft)
    }
}
