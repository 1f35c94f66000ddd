//! What staff write: nothing is lost, nobody answers unawares, an answer can be taken back, and a note never leaves.

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::{DeskMessage, DeskReply, Reader};
use ajuda::staff::Role;
use ajuda::tickets::Right;
use ajuda::tickets::drafts::{DraftKind, Saved};
use ajuda::tickets::model::{Channel, Priority, Reference, Status, Tag, Transition};

use super::{email, logged_in, name};
use crate::files::{post, wide_png};
use crate::history::histories;
use crate::support::{Acts, Engine, HOME, Stage, draft, engines, said};
use crate::visitor::Visitor;

/// Two people at the desk, and a ticket.
pub(super) struct Desk {
    pub(super) visitor: Visitor,
    pub(super) ana: Visitor,
    pub(super) rui: Visitor,
    pub(super) reference: Reference,
    id: String,
}

impl Desk {
    pub(super) async fn new(engine: &Engine) -> Self {
        let visitor = Visitor::new(engine).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana Lima", Role::Agent).await;
        let rui = logged_in(&visitor, "rui@example.org", "Rui", Role::Agent).await;
        let filed = visitor.app.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket");
        let path = format!("/desk/tickets/{}", filed.key.reference);
        ana.get(&path).await.assert_status(200);
        Self { visitor, ana, rui, reference: filed.key.reference, id: filed.key.id }
    }

    pub(super) fn path(&self) -> String {
        format!("/desk/tickets/{}", self.reference)
    }

    /// What a page's form carries along.
    async fn seen(&self, who: &Visitor) -> (String, String) {
        let page = who.get(&self.path()).await;
        let of = |name: &str| page.assert_status(200).attributes(&format!("#reply input[name={name}]"), "value").remove(0);
        (of("base_seq"), of("draft_version"))
    }

    pub(super) async fn reply(&self, who: &Visitor, text: &str, what: &str) -> crate::visitor::Reply {
        let (seq, version) = self.seen(who).await;
        self.reply_from(who, text, what, &seq, &version).await
    }

    async fn reply_from(&self, who: &Visitor, text: &str, what: &str, seq: &str, version: &str) -> crate::visitor::Reply {
        who.post(&format!("{}/reply", self.path()), &[("text", text), ("do", what), ("base_seq", seq), ("draft_version", version)]).await
    }

    pub(super) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.visitor.app.db.ready().await.expect("a database")).await.expect("a number")
    }

    async fn member(&self, address: &str) -> String {
        self.visitor.app.staff.by_email(&email(address)).await.expect("a database").expect("a member").id
    }

    async fn ticket(&self) -> ajuda::tickets::model::Ticket {
        self.visitor.app.tickets.read().find(&self.reference).await.expect("a ticket")
    }

    /// Lets the time pass in which an answer can be taken back, and sends it.
    pub(super) async fn release(&self) {
        self.visitor.app.clock.advance(10 * Micros::SECOND);
        self.visitor.app.intake.release_answers().await.expect("a database");
    }
}

pub(super) const ANSWERS: &str = "SELECT COUNT(*) FROM messages WHERE author_kind = 'staff' AND audience <> 'staff'";
pub(super) const ANSWER_MAILS: &str = "SELECT COUNT(*) FROM outbox WHERE template = 'answer'";

#[tokio::test]
async fn an_answer_is_nowhere_for_ten_seconds_and_then_goes_once() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = &desk.visitor.app;
        let before = app.tickets.read().version(&desk.reference).await.expect("a database");
        let (mails, shown) =
            (desk.number("SELECT COUNT(*) FROM outbox").await, app.tickets.read().view(&desk.reference, Right::Mailbox).await.expect("a view"));
        desk.reply(&desk.ana, "Já liberamos o seu acesso.", "solve").await.assert_status(303);
        for _ in 0..2 {
            assert_eq!(app.tickets.read().version(&desk.reference).await.expect("a database"), before);
            let now = app.tickets.read().view(&desk.reference, Right::Mailbox).await.expect("a view");
            assert_eq!(
                (now.messages.len(), now.steps.len(), now.ticket.updated_at),
                (shown.messages.len(), shown.steps.len(), shown.ticket.updated_at)
            );
            assert_eq!((now.ticket.status, now.ticket.answered_at, now.ticket.due_at), (Status::New, None, shown.ticket.due_at));
            assert_eq!((desk.number(ANSWERS).await, desk.number("SELECT COUNT(*) FROM outbox").await), (0, mails));
            assert!(desk.ana.get(&desk.path()).await.text_of("#held button").is_some());
            assert!(desk.rui.get(&desk.path()).await.text_of("#held").expect("said").contains("Ana Lima"));
            app.clock.advance(9 * Micros::SECOND);
            app.intake.release_answers().await.expect("a database");
        }
        // Both of two instances want it.
        app.clock.advance(Micros::SECOND);
        let other = Stage::on(app.config.clone(), app.clock.clone());
        let (one, two) = tokio::join!(app.intake.release_answers(), other.intake.release_answers());
        one.and(two).expect("a database");
        assert_eq!((desk.number(ANSWERS).await, desk.number(ANSWER_MAILS).await), (1, 1));
        let ticket = desk.ticket().await;
        assert_eq!((ticket.status, ticket.assignee), (Status::Solved, Some(desk.member("ana@example.org").await)));
        assert!(ticket.answered_at.is_some());
        let said = app.tickets.read().for_staff(&desk.reference).await.expect("a ticket").1;
        assert_eq!((said[1].body.as_str(), said[1].channel), ("Já liberamos o seu acesso.", Channel::Desk));
        app.intake.release_answers().await.expect("a database");
        assert_eq!(desk.number(ANSWERS).await, 1);
    }
}

#[tokio::test]
async fn an_answer_taken_back_is_a_draft_again_with_its_files() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (seq, version) = desk.seen(&desk.ana).await;
        let text = "  Linha um\n\n\tcom  espaços";
        let fields = [("text", text), ("do", "send"), ("base_seq", &seq), ("draft_version", &version)];
        post(&desk.ana, &format!("{}/reply", desk.path()), &fields, &[("tela.png", &wide_png())]).await.assert_status(303);
        let page = desk.ana.get(&desk.path()).await;
        let answer = page.attributes("#held button", "value").remove(0);
        // Nobody else takes it back.
        let refused = desk.rui.post(&format!("{}/undo", desk.path()), &[("answer", &answer)]).await;
        assert!(refused.assert_status(303).header("location").contains("too_late"));
        let undone = desk.ana.post(&format!("{}/undo", desk.path()), &[("answer", &answer)]).await;
        assert!(undone.assert_status(303).header("location").contains("undone"));
        let page = desk.ana.get(&desk.path()).await;
        assert_eq!(page.text_of("#reply-text").expect("a field").trim(), text.trim());
        assert_eq!(page.texts_of("#reply .file-name"), ["tela.png"]);
        desk.release().await;
        assert_eq!((desk.number(ANSWERS).await, desk.number(ANSWER_MAILS).await), (0, 0));
        // Sent again, it has the file, a day later too.
        desk.visitor.app.clock.advance(2 * Micros::DAY);
        desk.visitor.app.files.sweep().await.expect("a database");
        super::log_in(&desk.ana, "ana@example.org", super::PASSWORD).await.assert_status(303);
        let page = desk.ana.get(&desk.path()).await;
        let staged = page.attributes("#reply input[name=staged]", "value").remove(0);
        let (seq, version) = desk.seen(&desk.ana).await;
        let fields = [("text", text), ("do", "send"), ("base_seq", &seq), ("draft_version", &version), ("staged", &staged)];
        desk.ana.post(&format!("{}/reply", desk.path()), &fields).await.assert_status(303);
        desk.release().await;
        let view = desk.visitor.app.tickets.read().view(&desk.reference, Right::Mailbox).await.expect("a view");
        assert_eq!(view.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["tela.png"]);
        let again = desk.ana.post(&format!("{}/undo", desk.path()), &[("answer", &answer)]).await;
        assert!(again.assert_status(303).header("location").contains("too_late"));
    }
}

#[tokio::test]
async fn where_the_customer_writes_meanwhile_the_answer_comes_back_to_its_author() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = &desk.visitor.app;
        desk.reply(&desk.ana, "Tente de novo amanhã.", "solve").await.assert_status(303);
        app.reply(&desk.reference, Reader::FILER, said("Esqueçam, já resolvi.")).await.expect("a reply");
        desk.release().await;
        assert_eq!((desk.number(ANSWERS).await, desk.number(ANSWER_MAILS).await), (0, 0));
        assert_eq!(desk.ticket().await.status, Status::New);
        let page = desk.ana.get(&desk.path()).await;
        assert_eq!(page.text_of("#reply-text").expect("a field").trim(), "Tente de novo amanhã.");
        assert!(page.text().contains("voltou para o rascunho"));
        // The same where the ticket takes no answer any more.
        desk.reply(&desk.ana, "Então está resolvido.", "send").await.assert_status(303);
        app.tickets.transition(&desk.reference, Transition::Closed, &Actor::Console).await.expect("closed");
        desk.release().await;
        assert_eq!(desk.number(ANSWERS).await, 0);
        let (ana, drafts) = (desk.member("ana@example.org").await, app.tickets.drafts());
        assert_eq!(drafts.find(&ana, &desk.id, DraftKind::Reply).await.expect("a draft").body, "Então está resolvido.");
        // An erased ticket takes what waits with it.
        let customer = ajuda::tickets::model::Email::parse("maria@example.com").expect("an address");
        app.privacy.erase(&customer, &Actor::Console).await.expect("erased");
        assert_eq!(desk.number("SELECT COUNT(*) FROM drafts").await + desk.number("SELECT COUNT(*) FROM held_answers").await, 0);
    }
}

#[tokio::test]
async fn what_was_said_meanwhile_stops_an_answer_and_keeps_its_text() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = &desk.visitor.app;
        let (seq, version) = desk.seen(&desk.ana).await;
        app.reply(&desk.reference, Reader::FILER, said("Mais um detalhe: foi no PIX.")).await.expect("a reply");
        let hostile = "Minha resposta </textarea><script>alert(1)</script>";
        let stopped = desk.reply_from(&desk.ana, hostile, "send", &seq, &version).await;
        stopped.assert_status(409);
        assert_eq!(stopped.text_of("#reply-text").expect("a field").trim(), hostile);
        assert!(stopped.text().contains("foi no PIX") && !stopped.text().contains("<script>alert"));
        assert_eq!(stopped.header("cache-control"), "no-store");
        desk.release().await;
        assert_eq!(desk.number(ANSWERS).await, 0);
        // As a note, changed, or anyway.
        let carried = |name: &str| stopped.attributes(&format!("#reply input[name={name}]"), "value").remove(0);
        let (seq, version) = (carried("base_seq"), carried("draft_version"));
        desk.reply_from(&desk.ana, hostile, "send", &seq, &version).await.assert_status(303);
        // One's own note does not stop one, a colleague's does, and so does an answer that is about to leave.
        let (seq, version) = desk.seen(&desk.rui).await;
        desk.release().await;
        desk.reply_from(&desk.rui, "Eu também.", "send", &seq, &version).await.assert_status(303);
        let (seq, version) = desk.seen(&desk.ana).await;
        desk.rui.post(&format!("{}/note", desk.path()), &[("text", "Espere: é fraude."), ("do", "send")]).await.assert_status(303);
        desk.reply_from(&desk.ana, "Pronto.", "send", &seq, &version).await.assert_status(409);
        let as_note = desk.reply_from(&desk.ana, "Pronto.", "note", &seq, "1").await;
        assert!(as_note.assert_status(303).header("location").contains("done=note"));
        desk.release().await;
        assert_eq!(desk.number(ANSWERS).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_send_at_the_same_moment_one_is_asked_again() {
    // 20 times in an ordinary run; `make test-long` makes it 400.
    let rounds = histories() * 2 / 5;
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.limits.tickets_per_network_per_hour = 1_000_000).await;
        let mut people = Vec::new();
        for person in ["ana", "rui"] {
            let added = stage.staff.add(&email(&format!("{person}@example.org")), &name(person), Role::Agent, &Actor::Console).await;
            people.push(added.expect("a member"));
        }
        let other = stage.another();
        for round in 0..rounds {
            let filed = stage.file(&draft(&format!("Pergunta {round}"), &format!("m{round}@example.com")), HOME).await.expect("a ticket").key;
            let base_seq = stage.events.last_of_now(&filed.id).await.expect("a database");
            let sending = people.clone().into_iter().enumerate().map(|(number, staff)| {
                let (rooms, reference) = (if number == 0 { stage.rooms.clone() } else { other.rooms.clone() }, filed.reference.clone());
                tokio::spawn(async move {
                    let body = said(&format!("Resposta de {number}."));
                    let message =
                        DeskMessage { staff: &staff, reference: &reference, base_seq, draft_version: 0, body, typed: "", files: &[], solves: false };
                    rooms.intake.desk_reply(message).await.expect("a database")
                })
            });
            let mut came = Vec::new();
            for handle in sending.collect::<Vec<_>>() {
                came.push(handle.await.expect("no panic"));
            }
            let held = came.iter().filter(|reply| matches!(reply, DeskReply::Held(_))).count();
            let asked = came.iter().filter(|reply| **reply == DeskReply::SaidSince).count();
            assert_eq!((held, asked), (1, 1), "round {round}: {came:?}");
        }
        stage.clock.advance(10 * Micros::SECOND);
        stage.intake.release_answers().await.expect("a database");
        assert_eq!(stage.number(ANSWERS).await as u64, rounds.min(100), "a turn sends a hundred at most");
    }
}

#[tokio::test]
async fn a_draft_stays_byte_for_byte_whatever_colleagues_do() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (app, ana) = (&desk.visitor.app, desk.member("ana@example.org").await);
        let text = "Olá,\n\n  ainda   não sei \u{1f914} …\n";
        let save = async |text: &str, version: &str| {
            desk.ana.post(&format!("{}/draft", desk.path()), &[("kind", "reply"), ("text", text), ("draft_version", version)]).await
        };
        assert_eq!(save(text, "0").await.assert_status(200).text(), "{\"version\":1}");
        let by = Actor::Staff(desk.member("rui@example.org").await);
        app.tickets.triage().assign(&desk.reference, None, &by).await.expect("assigned");
        app.tickets.triage().tag(&desk.reference, &[Tag::parse("pix").expect("a tag")], &by).await.expect("tagged");
        app.tickets.triage().set_priority(&desk.reference, Priority::High, &by).await.expect("a priority");
        desk.reply(&desk.rui, "Respondi eu.", "solve").await.assert_status(303);
        desk.release().await;
        desk.ana.post("/desk/log-out", &[]).await.assert_status(303);
        super::log_in(&desk.ana, "ana@example.org", super::PASSWORD).await.assert_status(303);
        let kept = app.tickets.drafts().find(&ana, &desk.id, DraftKind::Reply).await.expect("a draft");
        assert_eq!((kept.body.as_str(), kept.version), (text, 1));
        assert!(desk.ana.get("/desk?view=solved").await.text().contains("mark-draft"));
        assert!(!desk.rui.get("/desk?view=solved").await.text().contains("mark-draft"), "another's draft is nobody's business");
        // What another page saved is not overwritten unseen; what is the same may be saved again.
        assert_eq!(save("de outra aba", "1").await.assert_status(200).text(), "{\"version\":2}");
        save("da primeira", "1").await.assert_status(409);
        save("de outra aba", "1").await.assert_status(200);
        let both = desk.reply_from(&desk.ana, "da primeira", "draft", "0", "1").await;
        let shown = both.assert_status(409).text_of("#reply-text").expect("a field");
        assert!(shown.contains("da primeira") && shown.contains("de outra aba"), "{shown}");
        // What was written on another page since stays when this one is sent.
        let last_seq = desk.seen(&desk.ana).await.0;
        desk.reply_from(&desk.ana, "enviada da primeira", "send", &last_seq, "1").await.assert_status(303);
        assert_eq!(app.tickets.drafts().find(&ana, &desk.id, DraftKind::Reply).await.expect("a draft").body, "de outra aba");
        let saved = app.tickets.drafts().save(&ana, &desk.id, DraftKind::Reply, " \n", &[], 3).await.expect("a database");
        assert_eq!(saved, Saved::Kept(0), "an empty one is none");
    }
}

#[tokio::test]
async fn what_is_sent_after_the_session_ended_is_there_after_logging_in() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (app, text) = (&desk.visitor.app, "Uma resposta longa.\n\nCom duas partes.");
        let (seq, version) = desk.seen(&desk.ana).await;
        let revoked = desk.visitor.stranger();
        super::log_in(&revoked, "rui@example.org", super::PASSWORD).await.assert_status(303);
        desk.rui.post("/desk/me/sessions", &[]).await.assert_status(303);
        app.clock.advance(12 * Micros::HOUR);
        let fields = [("text", text), ("do", "send"), ("base_seq", &seq), ("draft_version", &version)];
        let led = post(&desk.ana, &format!("{}/reply", desk.path()), &fields, &[("tela.png", &wide_png())]).await;
        let to = led.assert_status(303).header("location").to_owned();
        assert!(to.starts_with("/desk/log-in?next=") && to.ends_with("&ended=1"), "{to}");
        // Of a session that was ended by hand, of nobody, and of who has left, nothing is taken.
        let rui = desk.member("rui@example.org").await;
        desk.visitor.stranger().post(&format!("{}/reply", desk.path()), &fields).await.assert_status(303);
        revoked.post(&format!("{}/reply", desk.path()), &fields).await.assert_status(303);
        app.disable_member(&email("rui@example.org"), &Actor::Console).await.expect("gone");
        desk.rui.post(&format!("{}/reply", desk.path()), &fields).await.assert_status(303);
        assert_eq!(desk.number("SELECT COUNT(*) FROM drafts").await, 1);
        assert_eq!(app.tickets.drafts().find(&rui, &desk.id, DraftKind::Reply).await.expect("a database").version, 0);
        // Logged in again, after a restart of the server too: everything stands in the database.
        let form = desk.ana.get(&to).await;
        let next = form.attributes("input[name=next]", "value").remove(0);
        let again = desk.ana.post("/desk/log-in", &[("email", "ana@example.org"), ("password", super::PASSWORD), ("next", &next)]).await;
        let page = desk.ana.get(again.assert_status(303).header("location")).await;
        assert_eq!(page.assert_status(200).text_of("#reply-text").expect("a field").trim(), text);
        assert_eq!(page.texts_of("#reply .file-name"), ["tela.png"]);
        assert_eq!(desk.number(ANSWERS).await, 0, "nothing was sent");
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_says_it_once() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (seq, version) = desk.seen(&desk.ana).await;
        for _ in 0..3 {
            desk.reply_from(&desk.ana, "Já vimos.", "send", &seq, &version).await.assert_status(303);
        }
        assert_eq!(desk.number("SELECT COUNT(*) FROM held_answers").await, 1);
        desk.release().await;
        desk.reply_from(&desk.ana, "Já vimos.", "send", &seq, &version).await.assert_status(303);
        desk.release().await;
        assert_eq!((desk.number(ANSWERS).await, desk.number(ANSWER_MAILS).await), (1, 1));
        // Said again on purpose, from a page that shows the first.
        desk.reply(&desk.ana, "Já vimos.", "send").await.assert_status(303);
        desk.release().await;
        assert_eq!(desk.number(ANSWERS).await, 2);
        let (seq, _) = desk.seen(&desk.ana).await;
        for _ in 0..2 {
            let fields = [("text", "Cuidado."), ("do", "send"), ("base_seq", seq.as_str()), ("draft_version", "0")];
            desk.ana.post(&format!("{}/note", desk.path()), &fields).await.assert_status(303);
        }
        assert_eq!(desk.number("SELECT COUNT(*) FROM messages WHERE audience = 'staff'").await, 1);
    }
}

#[tokio::test]
async fn a_reply_to_what_takes_none_any_more_stays_on_the_page() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (seq, version) = desk.seen(&desk.ana).await;
        desk.rui.post(&format!("{}/spam", desk.path()), &[("do", "spam")]).await.assert_status(303);
        let page = desk.reply_from(&desk.ana, "Escrevi antes.", "send", &seq, &version).await;
        assert_eq!(page.assert_status(409).text_of("#reply-text").expect("the text").trim(), "Escrevi antes.");
        let again = desk.ana.get(&desk.path()).await;
        assert_eq!(again.text_of("#reply-text").expect("the text").trim(), "Escrevi antes.");
        assert_eq!(again.attributes("#reply button[value=send]", "value").len(), 0);
        assert_eq!(again.attributes("#reply button[value=note]", "value").len(), 1);
        desk.reply(&desk.ana, "Escrevi antes.", "note").await.assert_status(303);
        assert_eq!(desk.number("SELECT COUNT(*) FROM messages WHERE audience = 'staff'").await, 1);
        assert!(desk.ana.get(&desk.path()).await.text_of("#reply-text").is_none(), "it is said");
        desk.ana.post(&format!("{}/reply", desk.path()), &[("text", "x"), ("do", "zzz")]).await.assert_status(400);
    }
}

#[tokio::test]
async fn what_was_sent_is_not_begun_anew_by_a_save_that_comes_late() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let save = async |version: &str, text: &str| {
            desk.ana.post(&format!("{}/draft", desk.path()), &[("kind", "reply"), ("text", text), ("draft_version", version)]).await.status.as_u16()
        };
        let (seq, version) = desk.seen(&desk.ana).await;
        assert_eq!(save("0", "Já vimos.\r\nTudo certo.").await, 200);
        desk.reply_from(&desk.ana, "Já vimos.\r\nTudo certo.", "send", &seq, &version).await.assert_status(303);
        assert_eq!(desk.number("SELECT COUNT(*) FROM drafts").await, 0, "the page did not know of the save");
        assert_eq!((save("1", "Já vimos.").await, save("0", "Já vimos.\nTudo certo.").await), (409, 409));
        assert_eq!(desk.number("SELECT COUNT(*) FROM drafts").await, 0);
        assert_eq!(save("0", "Outra coisa").await, 200);
    }
}

#[tokio::test]
async fn bad_input_at_a_ticket_says_what_to_do_and_changes_nothing() {
    let desk = Desk::new(&Engine::Sqlite).await;
    let refused = desk.reply(&desk.ana, " \n\t ", "send").await;
    assert!(refused.assert_status(422).text_of("#reply .error").is_some());
    let long = desk.reply(&desk.ana, &"a".repeat(10_001), "send").await;
    assert_eq!(long.assert_status(422).text_of("#reply-text").expect("a field").trim().len(), 10_001, "what was typed is kept");
    let to = |what: &str| format!("{}/{what}", desk.path());
    for (what, fields) in
        [("status", [("to", "new")]), ("priority", [("priority", "urgent")]), ("snooze", [("until", "1795435200")]), ("draft", [("kind", "letter")])]
    {
        desk.ana.post(&to(what), &fields).await.assert_status(400);
    }
    for (what, fields, says) in [
        ("assign", [("assignee", "nobody")], "not_possible"),
        ("assign", [("assignee", "\0")], "not_possible"),
        ("status", [("to", "open")], "not_possible"),
        ("release", [("do", "release")], "changed"),
        ("tags", [("tags", "pix, Urgente")], "changed"),
        ("spam", [("do", "spam")], "changed"),
        ("spam", [("do", "spam")], "not_possible"),
    ] {
        let reply = desk.ana.post(&to(what), &fields).await;
        assert!(reply.assert_status(303).header("location").contains(says), "{what} {fields:?}: {}", reply.header("location"));
    }
    let wrong = desk.ana.post(&to("tags"), &[("tags", "<script> pix")]).await;
    assert_eq!(wrong.assert_status(422).attributes("#tags", "value"), ["<script> pix"]);
    desk.ana.post(&to("tags"), &[]).await.assert_status(400);
    let ticket = desk.ticket().await;
    assert_eq!(ticket.tags, ["pix", "urgente"]);
    assert!(desk.ana.get(&desk.path()).await.attributes("#reply [value=send]", "value").is_empty(), "no answer to what is in quarantine");
    let held_back = desk.reply_from(&desk.ana, "Mesmo assim.", "send", "999999", "0").await;
    assert!(held_back.assert_status(409).text().contains("Mesmo assim.") || desk.number("SELECT COUNT(*) FROM drafts").await == 1);
    for unknown in ["/desk/tickets/222-222-222", "/desk/tickets/x", "/desk/tickets/222-222-222/files/x", "/desk/tickets/%00"] {
        desk.ana.get(unknown).await.assert_status(404);
    }
    for what in ["reply", "note", "draft", "undo", "assign", "status", "priority", "tags", "snooze", "spam", "release"] {
        let fields = [("kind", "note"), ("text", "x"), ("to", "solved"), ("priority", "low"), ("until", "3h"), ("tags", "x")];
        let status = desk.ana.post(&format!("/desk/tickets/222-222-222/{what}"), &fields).await.status.as_u16();
        assert!([404, 303].contains(&status), "{what}: {status}");
    }
}
