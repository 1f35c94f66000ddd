//! People of the team are told what concerns them, once, and a little at a time.

mod mails;

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::{Reader, StaffMessage};
use ajuda::notifications::{Channels, Choices, NotificationKind as Kind};
use ajuda::staff::Role;
use ajuda::tickets::model::{Draft, Filed, Reference};
use tokio::sync::watch;

use super::{email, logged_in, name};
use crate::mails::{Read, mails_in};
use crate::support::{Acts, Engine, Folder, HOME, Stage, draft, engines, said};
use crate::visitor::Visitor;

const MINUTE: i64 = Micros::MINUTE;
const ROWS: &str = "SELECT COUNT(*) FROM notifications";
const MAILS: &str = "SELECT COUNT(*) FROM outbox WHERE template = 'notifications'";

/// An agent, a lead and a ticket of nobody, all of it old news.
struct Team {
    stage: Stage,
    ana: String,
    bia: String,
    filed: Filed,
    _folder: Folder,
}

impl std::ops::Deref for Team {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

impl Team {
    async fn new(engine: &Engine) -> Self {
        let (stage, folder) = Stage::with(engine, |config| {
            config.public_url = "https://help.example.com".into();
            config.imap.host = "imap.example.com".into();
            config.imap.address = "help@example.com".into();
        })
        .await;
        let ana = add(&stage, "ana.l@example.org", "Ana Lima", Role::Agent).await;
        let bia = add(&stage, "bia@example.org", "Bia Nunes", Role::Lead).await;
        let filed = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket");
        stage.notifications.look().await.expect("a look");
        assert_eq!(stage.number(ROWS).await, 0, "what happened before the first look is no news");
        Self { stage, ana, bia, filed, _folder: folder }
    }

    fn reference(&self) -> &Reference {
        &self.filed.key.reference
    }

    async fn assign(&self, to: &str, by: &str) {
        self.tickets.triage().assign(self.reference(), Some(to), &Actor::Staff(by.to_owned())).await.expect("assigned");
    }

    async fn customer_writes(&self, text: &str) {
        self.reply(self.reference(), Reader::FILER, said(text)).await.expect("a reply");
    }

    async fn note_by(&self, by: &str, text: &str) {
        let by = Actor::Staff(by.to_owned());
        let note = StaffMessage { by, reference: self.reference(), is_note: true, body: said(text), files: &[] };
        self.intake.write_as_staff(note).await.expect("a note");
    }

    async fn look(&self) {
        self.notifications.look().await.expect("a look");
    }

    /// What somebody was told, with who did it, the newest first.
    async fn told(&self, staff: &str) -> Vec<(Kind, Option<String>)> {
        let listed = self.notifications.list(staff).await.expect("a list");
        listed.iter().map(|one| (one.kind, one.who.name(ajuda::i18n::Lang::En))).collect()
    }

    /// The emails to somebody, the oldest first.
    async fn mails_to(&self, address: &str) -> Vec<Read> {
        let (_sender, stop) = watch::channel(false);
        assert!(self.jobs().deliver_due(&stop).await.expect("a database"));
        let mails = mails_in(&self.config.data.join("mails"));
        mails.into_iter().filter(|mail| mail.header("To")[0].contains(address)).collect()
    }

    async fn choose(&self, staff: &str, kind: Kind, in_desk: bool, by_mail: bool) {
        let member = self.staff.by_id(staff).await.expect("a database").expect("a member");
        let mut choices = Choices::parse(member.notify.as_deref());
        choices.set(kind, Channels { in_desk, by_mail });
        self.staff.set_notify(staff, choices.stored().as_deref()).await.expect("a choice");
    }
}

async fn add(stage: &Stage, address: &str, called: &str, role: Role) -> String {
    stage.staff.add(&email(address), &name(called), role, &Actor::Console).await.expect("a member")
}

fn named(who: &str) -> Option<String> {
    Some(who.to_owned())
}

#[tokio::test]
async fn each_kind_is_told_to_whom_it_concerns_and_to_nobody_else() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.assign(&team.ana, &team.bia).await;
        team.look().await;
        team.clock.advance(MINUTE);
        team.customer_writes("Mais uma coisa.").await;
        team.look().await;
        team.clock.advance(MINUTE);
        team.note_by(&team.bia, "@ana, você vê isto?").await;
        team.look().await;
        let expected = [(Kind::Mentioned, named("Bia Nunes")), (Kind::CustomerReplied, named("Maria Souza")), (Kind::Assigned, named("Bia Nunes"))];
        assert_eq!(team.told(&team.ana).await, expected);
        assert_eq!(team.told(&team.bia).await, []);

        let due = team.tickets.read().find(team.reference()).await.expect("a ticket").due_at.expect("our turn");
        team.clock.advance(due.0 - team.clock.now().0 - 61 * MINUTE);
        team.look().await;
        assert_eq!(team.told(&team.ana).await.len(), 3, "more than an hour is left");
        for _ in 0..2 {
            team.clock.advance(MINUTE);
            team.look().await;
            assert_eq!(team.told(&team.ana).await.len(), 4);
        }
        assert_eq!(team.told(&team.ana).await[0], (Kind::DueSoon, None));

        // What is nobody's is told to leads who chose it, never to agents.
        for staff in [&team.ana, &team.bia] {
            team.choose(staff, Kind::NewUnassigned, true, true).await;
        }
        team.file(&draft("Outra pergunta", "joao@example.com"), HOME).await.expect("a ticket");
        team.look().await;
        assert_eq!(team.told(&team.bia).await, [(Kind::NewUnassigned, named("Maria Souza"))]);
        assert_eq!(team.told(&team.ana).await.len(), 4);
    }
}

#[tokio::test]
async fn nobody_is_told_of_what_they_did_or_have_seen() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.assign(&team.ana, &team.ana).await;
        team.note_by(&team.ana, "Lembrete para @ana").await;
        team.customer_writes("Já deu certo.").await;
        // She has the ticket open while it comes in.
        let seq = team.events.last().await.expect("a log");
        team.tickets.lists().mark_read(&team.ana, &team.filed.key.id, seq).await.expect("seen");
        team.look().await;
        assert_eq!(team.told(&team.ana).await, []);
        team.customer_writes("Não, não deu.").await;
        team.look().await;
        assert_eq!(team.told(&team.ana).await, [(Kind::CustomerReplied, named("Maria Souza"))]);
        // It went on before anybody was told.
        team.assign(&team.ana, &team.bia).await;
        team.assign(&team.bia, &team.ana).await;
        team.look().await;
        assert_eq!(team.told(&team.ana).await.len(), 1);
        assert_eq!(team.told(&team.bia).await, [(Kind::Assigned, named("Ana Lima"))]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_and_however_often_each_is_written_once() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.assign(&team.ana, &team.bia).await;
        for number in 0..20 {
            team.note_by(&team.bia, &format!("@ana {number}")).await;
        }
        let other = team.another();
        let (one, two, three) = tokio::join!(team.notifications.look(), other.notifications.look(), team.notifications.look());
        one.and(two).and(three).expect("looks");
        assert_eq!(team.number(ROWS).await, 21);
        // One that was cut off before its commit changes nothing.
        let mut write = team.db.begin().await.expect("a database");
        sqlx::query("UPDATE notification_cursor SET seq = 0").execute(&mut *write).await.expect("back");
        write.commit().await.expect("a commit");
        team.look().await;
        assert_eq!(team.number(ROWS).await, 21);
        team.clock.advance(2 * MINUTE);
        let (one, two) = tokio::join!(team.notifications.look(), other.notifications.look());
        one.and(two).expect("looks");
        let (_sender, stop) = watch::channel(false);
        let jobs = [team.jobs(), other.jobs()];
        let (one, two) = tokio::join!(jobs[0].deliver_due(&stop), jobs[1].deliver_due(&stop));
        one.and(two).expect("a database");
        assert_eq!(team.mails_to("ana.l@example.org").await.len(), 1);
        assert_eq!(team.number("SELECT COUNT(*) FROM notifications WHERE mailed_at IS NULL").await, 0);
    }
}

#[tokio::test]
async fn the_job_runs_by_itself_every_minute() {
    let team = Team::new(&Engine::Sqlite).await;
    team.jobs().run_due_once().await.expect("a queue");
    team.assign(&team.ana, &team.bia).await;
    team.jobs().run_due_once().await.expect("a queue");
    assert_eq!(team.number(ROWS).await, 0);
    team.clock.advance(MINUTE);
    team.jobs().run_due_once().await.expect("a queue");
    assert_eq!(team.number(ROWS).await, 1);
    team.clock.advance(2 * MINUTE);
    team.jobs().run_due_once().await.expect("a queue");
    assert_eq!(team.mails_to("ana.l@example.org").await.len(), 1);
    team.clock.advance(40 * Micros::DAY);
    team.jobs().run_due_once().await.expect("a queue");
    assert_eq!(team.number("SELECT COUNT(*) FROM notifications WHERE kind = 'assigned'").await, 0, "old news are forgotten");
}

#[tokio::test]
async fn a_note_names_people_as_they_are_called() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        let other_ana = add(&team, "ana.reis@example.org", "Ana Reis", Role::Agent).await;
        let andre = add(&team, "a.silva@example.org", "André da Silva", Role::Agent).await;
        let people = [&team.ana, &other_ana, &andre];
        let cases: [(&str, [bool; 3]); 9] = [
            ("@ana", [true, true, false]),
            ("Oi, @ANA!", [true, true, false]),
            ("@AnaLima e @andre", [true, false, true]),
            ("(@ana.reis)", [false, true, false]),
            ("@André.", [false, false, true]),
            ("@andredasilva", [false, false, true]),
            ("@a.silva: veja", [false, false, true]),
            ("escreva para x@ana.reis ou y@andre", [false, false, false]),
            ("ana, @anabela, @ana_lima", [false, false, false]),
        ];
        for (text, expected) in cases {
            team.note_by(&team.bia, text).await;
            team.look().await;
            for (staff, is_named) in people.iter().zip(expected) {
                assert_eq!(!team.told(staff).await.is_empty(), is_named, "{text}");
            }
            let mut write = team.db.begin().await.expect("a database");
            sqlx::query("DELETE FROM notifications").execute(&mut *write).await.expect("forgotten");
            write.commit().await.expect("a commit");
        }
        // What is said to the customer names nobody.
        let by = Actor::Staff(team.bia.clone());
        let answer = StaffMessage { by, reference: team.reference(), is_note: false, body: said("Olá @ana"), files: &[] };
        team.intake.write_as_staff(answer).await.expect("an answer");
        team.customer_writes("Oi @ana").await;
        team.look().await;
        assert_eq!(team.told(&team.ana).await, []);
    }
}

#[tokio::test]
async fn what_is_in_quarantine_is_told_when_it_is_released() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.choose(&team.bia, Kind::NewUnassigned, true, false).await;
        let trapped = Draft { trapped: true, ..draft("Ganhe dinheiro", "bot@example.com") };
        let reference = team.file(&trapped, HOME).await.expect("a ticket").key.reference;
        team.assign(&team.ana, &team.bia).await;
        team.look().await;
        team.tickets.triage().quarantine(team.reference(), &Actor::Console).await.expect("spam");
        team.note_by(&team.bia, "@ana").await;
        team.look().await;
        assert_eq!((team.told(&team.ana).await.len(), team.told(&team.bia).await.len()), (1, 0));
        team.clock.advance(2 * MINUTE);
        team.look().await;
        assert_eq!(team.mails_to("ana.l@example.org").await.len(), 0, "it became spam before the email left");
        assert!(team.tickets.triage().release(&reference, &Actor::Staff(team.ana.clone())).await.expect("no spam"));
        team.look().await;
        assert_eq!(team.told(&team.bia).await, [(Kind::NewUnassigned, named("Ana Lima"))]);
    }
}

#[tokio::test]
async fn the_desk_counts_lists_and_forgets_what_was_opened() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let app = &visitor.app;
        let ana = logged_in(&visitor, "ana@example.org", "Ana Lima", Role::Agent).await;
        let rui = logged_in(&visitor, "rui@example.org", "Rui", Role::Lead).await;
        let look = async || app.notifications.look().await.expect("a look");
        look().await;
        let mut references = Vec::new();
        for subject in ["Primeira", "Segunda <b>"] {
            let reference = app.file(&draft(subject, "maria@example.com"), HOME).await.expect("a ticket").key.reference;
            let of_ana = app.staff.by_email(&email("ana@example.org")).await.expect("a database").expect("a member").id;
            rui.post(&format!("/desk/tickets/{reference}/assign"), &[("assignee", &of_ana)]).await.assert_status(303);
            references.push(reference);
        }
        look().await;
        let bell = async |who: &Visitor| who.get("/desk").await.text_of(".bell-count");
        assert_eq!((bell(&ana).await.as_deref(), bell(&rui).await), (Some("2"), None));
        let page = ana.get("/desk/notifications").await;
        assert_eq!(page.assert_status(200).attributes(".notifications .is-unread a", "href").len(), 2);
        assert!(page.text().contains("Segunda &lt;b&gt;") && page.text_of(".notifications").expect("a list").contains("Rui"));

        ana.get(&format!("/desk/tickets/{}", references[0])).await.assert_status(200);
        let page = ana.get("/desk/notifications").await;
        let links = page.attributes(".notifications a", "href");
        assert_eq!(links, [1, 0].map(|at: usize| format!("/desk/tickets/{}", references[at])), "what is unread comes first");
        assert_eq!(bell(&ana).await.as_deref(), Some("1"));
        ana.post("/desk/notifications/read", &[]).await.assert_status(303);
        assert_eq!(bell(&ana).await, None);
        assert!(ana.get("/desk/notifications").await.text_of("form[action='/desk/notifications/read']").is_none());
    }
}

#[tokio::test]
async fn one_table_of_boxes_says_what_is_told_how() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana Lima", Role::Agent).await;
        let rui = logged_in(&visitor, "rui@example.org", "Rui", Role::Lead).await;
        let names = async |who: &Visitor, which: &str| who.get("/desk/me").await.attributes(&format!(".choices input{which}"), "name");
        assert_eq!((names(&ana, "").await.len(), names(&rui, "").await.len()), (8, 10));
        assert_eq!(names(&rui, "[checked]").await.len(), 8, "new tickets are told to whom wants it");
        let chosen = [("assigned.desk", "on"), ("mentioned.mail", "on"), ("new_unassigned.mail", "on"), ("nonsense.desk", "on")];
        for (who, count) in [(&ana, 2), (&rui, 3)] {
            let saved = who.post("/desk/me/notifications", &chosen).await;
            assert_eq!(saved.assert_status(303).header("location"), "/desk/me?done=notifications");
            let checked = names(who, "[checked]").await;
            assert_eq!(checked, chosen[..count].iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
        let labels = rui.get("/desk/me").await.texts_of(".choices label");
        assert!(labels.iter().all(|label| !label.trim().is_empty()), "each box says what it is for");
        let stored = visitor.app.staff.by_email(&email("ana@example.org")).await.expect("a database").expect("a member").notify;
        assert!(!stored.expect("choices").contains("new_unassigned"), "no agent chooses it");
    }
}
