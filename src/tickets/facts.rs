//! What emails about a ticket say.

use super::access::{Right, link_path};
use super::model::{Proof, Ticket};
use super::store;
use super::view::Read;
use crate::articles::model::ArticleId;
use crate::error::ServiceError;
use crate::files::not_kept;
use crate::mail::{Mail, Template, TicketFacts};

impl Read<'_> {
    /// What an email about a ticket says; `None` if the ticket, or what was said in it, is gone.
    pub async fn mail_facts(&self, mail: &Mail) -> Result<Option<TicketFacts>, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let Some(id) = &mail.ticket else { return Ok(None) };
        let Some(ticket) = store::by_id(&pool, id).await? else { return Ok(None) };
        let said = match &mail.message {
            Some(message) => store::message_by_id(&pool, message).await?,
            None => store::first_message(&pool, id).await?,
        };
        let Some(said) = said else { return Ok(None) };
        let files = self.0.0.files.of_ticket(id).await?.into_iter().filter(|file| file.message.as_ref() == Some(&said.id));
        let files = files.map(|file| file.name).collect::<Vec<_>>().join(", ");
        let not_kept = match mail.template {
            Template::Answer => store::not_kept_before(&pool, id, said.at).await?,
            _ => said.not_kept.clone(),
        };
        // Staff have read what they answer.
        let is_plain = ticket.proof == Proof::None && mail.template == Template::Confirmation;
        let token = self.0.access()?.link_token(&ticket.key, Right::Mailbox);
        let link = format!("{}{}", self.0.0.settings.public_url, link_path(ticket.lang, &ticket.key.reference, &token));
        let (reason, article) = self.names(&ticket);
        Ok(Some(TicketFacts {
            is_rich: said.is_rich(),
            message: said.body,
            files,
            not_kept: if is_plain { not_kept::listed_plainly(ticket.lang, &not_kept) } else { not_kept::listed(ticket.lang, &not_kept) },
            is_proved: ticket.proof != Proof::None,
            due_at: ticket.due_at.or(said.due_at).unwrap_or(said.at),
            reference: ticket.key.reference.to_string(),
            subject: ticket.subject,
            name: ticket.name,
            email: ticket.email,
            code: ticket.code,
            reason,
            article,
            reply_token: self.0.access()?.reply_token(&ticket.key),
            link,
        }))
    }

    /// What a ticket's reason and article are called in the language of the team; what is no longer there keeps its id.
    fn names(&self, ticket: &Ticket) -> (Option<String>, Option<String>) {
        let library = self.0.library();
        let reason = |id: &String| {
            let title = library.as_ref().and_then(|library| Some(library.reason(id)?.texts[library.default_lang].title.clone()));
            title.unwrap_or_else(|| id.clone())
        };
        let article = |id: &ArticleId| {
            let article = library.as_ref().and_then(|library| Some((library.articles.get(id)?, library.default_lang)));
            article.map_or_else(|| id.as_str().to_owned(), |(article, lang)| article.shown(lang, lang).title.clone())
        };
        (ticket.reason.as_ref().map(reason), ticket.article.as_ref().map(article))
    }
}
