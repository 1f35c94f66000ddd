//! Answers, notes and drafts as they are posted. Whatever does not go out comes back on the page, and is kept as a draft.

use std::net::IpAddr;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::forms::{State as FormState, Typed, Why};
use super::insert::Panels;
use super::{page, path};
use crate::app::App;
use crate::desk::failure;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::files::{STAGED, Taken};
use crate::intake::{DeskMessage, DeskReply};
use crate::saved_replies::unfilled;
use crate::site::files::{bounds, problem_texts};
use crate::staff::{AfterSend, Member};
use crate::tickets::drafts::{DraftKind, Saved};
use crate::tickets::model::{FieldProblem, MessageBody, Reference};
use crate::web::client_ip::Client;
use crate::web::{Failure, form, posted, redirect};

const BUTTONS: [&str; 6] = ["send", "solve", "note", "draft", "find", "preview"];

/// A form of the page as it was posted.
pub(super) struct Post {
    reference: Reference,
    kind: DraftKind,
    /// The button.
    pub(super) what: String,
    /// What a panel of the form is asked to insert.
    pub(super) insert: Option<String>,
    pub(super) saved_query: String,
    pub(super) article_query: String,
    pub(super) text: String,
    base_seq: i64,
    version: i64,
    pub(super) taken: Taken,
}

/// `POST /desk/tickets/{reference}/reply`.
pub(in crate::desk) async fn reply(
    State(app): State<App>,
    client: Client,
    Extension(who): Extension<Who>,
    Path(reference): Path<String>,
    request: Request,
) -> Response {
    match Post::read(&app, client.ip, &reference, DraftKind::Reply, request).await {
        Ok(post) => post.answer(&app, &who, client).await,
        Err(failure) => failure.into_response(),
    }
}

/// `POST /desk/tickets/{reference}/note`.
pub(in crate::desk) async fn note(
    State(app): State<App>,
    client: Client,
    Extension(who): Extension<Who>,
    Path(reference): Path<String>,
    request: Request,
) -> Response {
    match Post::read(&app, client.ip, &reference, DraftKind::Note, request).await {
        Ok(post) => post.answer(&app, &who, client).await,
        Err(failure) => failure.into_response(),
    }
}

/// A reply with its author's signature; one that has it already, since it was taken back, is left as it is.
pub(super) fn signed(text: &str, signature: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || signature.is_empty() || text.ends_with(signature) { text.to_owned() } else { format!("{text}\n\n{signature}") }
}

impl Post {
    async fn read(app: &App, from: IpAddr, reference: &str, kind: DraftKind, request: Request) -> Result<Self, Failure> {
        let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
        let posted = posted::read(request, bounds(&app.config), from).await?;
        let field = |name: &str| form::value(&posted.pairs, name).unwrap_or_default().to_owned();
        let (what, text) = (field("do"), field("text"));
        let insert = form::value(&posted.pairs, "insert").map(str::to_owned);
        let (saved_query, article_query) = (field("saved_q"), field("article_q"));
        let number = |name: &str| field(name).parse().unwrap_or_default();
        let (base_seq, version) = (number("base_seq"), number("draft_version"));
        let taken = app.files.take_form(posted, from).await.map_err(|error| failure::of(&error))?;
        Ok(Self { reference, kind, what, insert, saved_query, article_query, text, base_seq, version, taken })
    }

    async fn answer(self, app: &App, who: &Who, client: Client) -> Response {
        match self.try_to_answer(app, who, client).await {
            Ok(response) => response,
            Err(error) => failure::of(&error).into_response(),
        }
    }

    async fn try_to_answer(mut self, app: &App, who: &Who, client: Client) -> Result<Response, ServiceError> {
        let ticket = app.tickets.read().find(&self.reference).await?;
        // A button that this form does not have sends nothing.
        if self.insert.is_none() && !BUTTONS.contains(&self.what.as_str()) {
            return Ok(Failure::BadRequest.into_response());
        }
        if let Some(panels) = self.prepare(app, who, client, &ticket).await? {
            return self.back_with(app, who, &ticket.key.id, StatusCode::OK, (Why::Prepared, panels)).await;
        }
        if self.what == "draft" {
            return self.keep(app, who, &ticket.key.id).await;
        }
        let words = who.lang.desk_ticket();
        let mut problems = problem_texts(who.lang, &app.config.attachments, &self.taken);
        let is_reply = self.kind == DraftKind::Reply && self.what != "note";
        let places = if is_reply { unfilled(&self.text) } else { Vec::new() };
        if !places.is_empty() {
            problems.push(who.lang.desk_replies().fill_in.replace("{places}", &places.join(" ")));
        }
        let text = if is_reply { signed(&self.text, &who.member.signature) } else { self.text.clone() };
        let body = match MessageBody::parse_reply(&text) {
            Ok(body) => Some(body),
            Err(problem) => {
                let is_long = matches!(problem, FieldProblem::TooLong { .. });
                problems.insert(0, if is_long { words.long_text } else { words.empty_text }.to_owned());
                None
            }
        };
        let Some(body) = body.filter(|_| problems.is_empty()) else {
            return self.back(app, who, &ticket.key.id, StatusCode::UNPROCESSABLE_ENTITY, Why::Problems(problems)).await;
        };
        let message = DeskMessage {
            staff: &who.member.id,
            reference: &self.reference,
            base_seq: self.base_seq,
            draft_version: self.version,
            body,
            typed: &self.text,
            files: &self.taken.kept,
            solves: self.what == "solve",
        };
        if self.kind == DraftKind::Note || self.what == "note" {
            app.intake.desk_note(message, self.kind).await?;
            return Ok(redirect::see_other(&format!("{}?done=note", path(&self.reference))));
        }
        match app.intake.desk_reply(message).await? {
            DeskReply::Held(_) => self.lead_on(app, who, "#held").await,
            DeskReply::Sent(_) => self.lead_on(app, who, "?done=sent").await,
            DeskReply::SaidSince => self.back(app, who, &ticket.key.id, StatusCode::CONFLICT, Why::SaidSince).await,
            DeskReply::NotNow => {
                let why = Why::Problems(vec![words.not_now.to_owned()]);
                self.back(app, who, &ticket.key.id, StatusCode::CONFLICT, why).await
            }
        }
    }

    /// Where this person goes on after a reply.
    async fn lead_on(&self, app: &App, who: &Who, here: &str) -> Result<Response, ServiceError> {
        Ok(match who.member.after_send {
            AfterSend::Stay => redirect::see_other(&format!("{}{here}", path(&self.reference))),
            AfterSend::List => redirect::see_other("/desk"),
            AfterSend::Next => match app.tickets.lists().next(&who.member.id, Some(&self.reference)).await? {
                Some(next) => redirect::see_other(&path(&next)),
                None => redirect::see_other("/desk?nothing=1"),
            },
        })
    }

    fn tokens(&self) -> Vec<String> {
        self.taken.kept.iter().map(|(_, token)| token.clone()).collect()
    }

    async fn rescue(self, app: &App, member: &Member) -> Result<(), ServiceError> {
        let ticket = app.tickets.read().find(&self.reference).await?;
        let (drafts, tokens) = (app.tickets.drafts(), self.tokens());
        if let Saved::Newer(newer) = drafts.save(&member.id, &ticket.key.id, self.kind, &self.text, &tokens, self.version).await? {
            let both = format!("{}\n\n{}", self.text.trim_end(), newer.body);
            let files: Vec<String> = newer.files.iter().cloned().chain(tokens).collect();
            drafts.save(&member.id, &ticket.key.id, self.kind, &both, &files, newer.version).await?;
        }
        Ok(())
    }

    /// "Save draft".
    async fn keep(self, app: &App, who: &Who, ticket: &str) -> Result<Response, ServiceError> {
        let problems = problem_texts(who.lang, &app.config.attachments, &self.taken);
        if !problems.is_empty() {
            return self.back(app, who, ticket, StatusCode::UNPROCESSABLE_ENTITY, Why::Problems(problems)).await;
        }
        match app.tickets.drafts().save(&who.member.id, ticket, self.kind, &self.text, &self.tokens(), self.version).await? {
            Saved::Kept(_) => Ok(redirect::see_other(&format!("{}?done=draft#{}", path(&self.reference), self.kind.word()))),
            Saved::Newer(_) => self.back(app, who, ticket, StatusCode::CONFLICT, Why::NewerDraft).await,
        }
    }

    /// The page again with what was typed, which is kept as a draft besides.
    async fn back(self, app: &App, who: &Who, ticket: &str, status: StatusCode, why: Why) -> Result<Response, ServiceError> {
        self.back_with(app, who, ticket, status, (why, Panels::default())).await
    }

    async fn back_with(
        mut self,
        app: &App,
        who: &Who,
        ticket: &str,
        status: StatusCode,
        (mut why, panels): (Why, Panels),
    ) -> Result<Response, ServiceError> {
        let drafts = app.tickets.drafts();
        let saved = drafts.save(&who.member.id, ticket, self.kind, &self.text, &self.tokens(), self.version).await?;
        let version = match saved {
            Saved::Kept(version) => version,
            Saved::Newer(newer) => {
                // Both texts on the page; what is saved stays until the page is sent.
                self.text = format!("{}\n\n{}", self.text.trim_end(), newer.body);
                let known: Vec<_> = self.tokens();
                let more = drafts.files(&newer).await?.into_iter().filter(|(_, token)| !known.contains(token));
                self.taken.kept.extend(more.collect::<Vec<_>>());
                if !matches!(why, Why::Problems(_)) {
                    why = Why::NewerDraft;
                }
                newer.version
            }
        };
        let typed = Typed { kind: self.kind, text: self.text, files: self.taken.kept, version, why };
        Ok(page(app, who, &self.reference, status, FormState { typed: Some(typed), panels, ..FormState::default() }).await)
    }
}

/// An answer or a note that came after its session had ended by itself: text and files become the person's draft. Whatever else was posted is dropped.
pub(in crate::desk) async fn rescue(app: &App, member: &Member, request: Request) {
    let path = request.uri().path().to_owned();
    let mut parts = path.trim_start_matches("/desk/tickets/").split('/');
    let (Some(reference), Some(what), None) = (parts.next(), parts.next(), parts.next()) else { return };
    let Some(kind) = DraftKind::parse(what) else { return };
    let (mut head, body) = request.into_parts();
    let Ok(client) = Client::from_request_parts(&mut head, app).await;
    let Ok(post) = Post::read(app, client.ip, reference, kind, Request::from_parts(head, body)).await else { return };
    if let Err(error) = post.rescue(app, member).await {
        tracing::warn!(%error, "what was typed in a session that has ended could not be kept");
    }
}

/// `POST /desk/tickets/{reference}/draft`: what a script saves while somebody types. Answers with the new version; 409 where another page saved something
/// else since.
pub(in crate::desk) async fn save_draft(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Path(reference): Path<String>,
    body: Bytes,
) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default();
    let Some(kind) = DraftKind::parse(field("kind")) else { return Failure::BadRequest.into_response() };
    let files: Vec<String> = pairs.iter().filter(|(name, _)| name == STAGED).map(|(_, token)| token.clone()).collect();
    let saved = async {
        let ticket = app.tickets.read().find(&reference).await?;
        let version = field("draft_version").parse().unwrap_or_default();
        app.tickets.drafts().save_by_itself(&who.member.id, &ticket.key.id, kind, field("text"), &files, version).await
    };
    match saved.await {
        Ok(Saved::Kept(version)) => axum::Json(serde_json::json!({ "version": version })).into_response(),
        Ok(Saved::Newer(newer)) => (StatusCode::CONFLICT, axum::Json(serde_json::json!({ "version": newer.version }))).into_response(),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/tickets/{reference}/undo`.
pub(in crate::desk) async fn undo(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, body: Bytes) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    match app.intake.undo_answer(form::value(&pairs, "answer").unwrap_or_default(), &who.member.id).await {
        Ok(reference) => redirect::see_other(&format!("{}?done=undone#reply", path(&reference))),
        Err(ServiceError::NotFound) => redirect::see_other(&format!("{}?done=too_late", path(&reference))),
        Err(error) => failure::of(&error).into_response(),
    }
}
