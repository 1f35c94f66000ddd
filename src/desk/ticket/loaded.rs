//! What the page of a ticket shows, read in an order in which nothing falls between: the number of the last event first.

use std::collections::HashMap;
use std::sync::Arc;

use super::purchases::Purchases;
use crate::app::App;
use crate::clock::Micros;
use crate::desk::list::Shown;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::events::{Actor, Event};
use crate::files::Attachment;
use crate::saved_replies::SavedReply;
use crate::staff::Member;
use crate::tickets::drafts::{DraftKind, SavedDraft};
use crate::tickets::held::HeldAnswer;
use crate::tickets::model::{Author, Message, Reference, Ticket, Visits};
use crate::tickets::presence::Present;

/// Tickets of the same customer that are named.
const OTHERS_MAX: usize = 6;

pub(super) struct Loaded {
    pub(super) shown: Shown,
    pub(super) ticket: Ticket,
    /// The ticket's last event: what forms carry along.
    pub(super) base_seq: i64,
    /// Oldest first.
    pub(super) messages: Vec<Message>,
    pub(super) files: Vec<Attachment>,
    pub(super) events: Vec<Event>,
    pub(super) held: Vec<HeldAnswer>,
    /// Those of this member of the team, in other tickets too.
    pub(super) own_held: Vec<(String, Reference, Micros)>,
    /// What this member of the team has begun to write, with its files.
    pub(super) reply: (SavedDraft, Vec<(Attachment, String)>),
    pub(super) note: (SavedDraft, Vec<(Attachment, String)>),
    /// Everybody who could take the ticket.
    pub(super) members: Vec<Member>,
    /// Names by id, of those who left too.
    names: HashMap<String, String>,
    /// What the customer sent along of what they searched and read.
    pub(super) visits: Visits,
    pub(super) purchases: Purchases,
    pub(super) others: Vec<(Reference, String, Micros)>,
    pub(super) files_max: usize,
    /// Whether emails leave at all.
    pub(super) sends_mail: bool,
    /// Who else is at the ticket.
    pub(super) present: Vec<Present>,
    /// Saved replies that are used most.
    pub(super) saved: Vec<SavedReply>,
    /// Of all open tickets, the most used first.
    pub(super) tags_in_use: Vec<String>,
}

impl Loaded {
    pub(super) async fn read(app: &App, who: &Who, reference: &Reference) -> Result<Self, ServiceError> {
        let id = app.tickets.read().find(reference).await?.key.id;
        let base_seq = app.events.last_of_now(&id).await?;
        let (ticket, messages) = app.tickets.read().for_staff(reference).await?;
        let events = app.events.of_ticket(&id).await?;
        let members = app.staff.list().await?;
        let names = names(app, &members, &messages, &events).await?;
        let drafts = app.tickets.drafts();
        let reply = drafts.find(&who.member.id, &id, DraftKind::Reply).await?;
        let note = drafts.find(&who.member.id, &id, DraftKind::Note).await?;
        let (reply_files, note_files) = (drafts.files(&reply).await?, drafts.files(&note).await?);
        let others = app.tickets.read().of_address(&ticket.address, "").await?.into_iter().map(|listed| listed.ticket);
        let others = others.filter(|other| other.key.id != id).take(OTHERS_MAX).map(|other| (other.key.reference, other.subject, other.created_at));
        Ok(Self {
            shown: Shown {
                site: Arc::clone(&app.site),
                library: app.content.library(),
                lang: who.lang,
                staff: who.member.id.clone(),
                now: app.clock.now(),
                presence: app.presence.clone(),
            },
            base_seq,
            files: app.files.of_ticket(&id).await?,
            held: app.tickets.held().of_ticket(&id).await?,
            own_held: app.tickets.held().of_staff(&who.member.id).await?,
            reply: (reply, reply_files),
            note: (note, note_files),
            purchases: Purchases::read(app, who, &ticket, &messages).await?,
            visits: app.tickets.read().visits(&id).await?,
            others: others.collect(),
            sends_mail: app.config.sends_mail(),
            files_max: app.config.attachments.files_max,
            present: app.presence.others(&id, &who.member.id),
            saved: app.saved_replies.find(&who.member.id, "").await?,
            tags_in_use: app.tickets.lists().tags_in_use().await?,
            ticket,
            messages,
            events,
            members,
            names,
        })
    }

    /// What somebody of the team is called, whether they still belong to it or not.
    pub(super) fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_default()
    }

    /// Who did something, in words.
    pub(super) fn actor(&self, actor: &Actor) -> String {
        let words = self.shown.lang.desk_ticket();
        match actor {
            Actor::Staff(id) => self.name(id),
            Actor::Customer => words.customer.to_owned(),
            Actor::Console => words.console.to_owned(),
            Actor::Rule(_) | Actor::System(_) => words.system.to_owned(),
        }
    }
}

async fn names(app: &App, members: &[Member], messages: &[Message], events: &[Event]) -> Result<HashMap<String, String>, ServiceError> {
    let mut names: HashMap<String, String> = members.iter().map(|member| (member.id.clone(), member.name.clone())).collect();
    let authors = messages.iter().filter_map(|message| match &message.author {
        Author::Staff(id) => id.as_deref(),
        _ => None,
    });
    let actors = events.iter().filter_map(|event| match &event.by {
        Actor::Staff(id) => Some(id.as_str()),
        _ => None,
    });
    let assignees = events.iter().filter_map(|event| event.data.get("assignee")?.as_str());
    for id in authors.chain(actors).chain(assignees) {
        if !names.contains_key(id)
            && let Some(name) = app.staff.name(id).await?
        {
            names.insert(id.to_owned(), name);
        }
    }
    Ok(names)
}
