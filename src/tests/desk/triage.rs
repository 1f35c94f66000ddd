//! Steps of triage that are taken back.

use ajuda::clock::Micros;
use ajuda::error::ServiceError;
use ajuda::events::{Actor, Kind};
use ajuda::intake::Reader;
use ajuda::staff::Role;
use ajuda::tickets::Queue;
use ajuda::tickets::model::{QuarantineReason, Reference, Status, Tag, Ticket, Transition};

use crate::support::{Acts, Engine, Folder, HOME, Stage, draft, engines, said};

/// Two people and a ticket.
struct Desk {
    stage: Stage,
    ana: String,
    bia: String,
    reference: Reference,
    _folder: Folder,
}

impl std::ops::Deref for Desk {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

impl Desk {
    async fn new(engine: &Engine) -> Self {
        let (stage, folder) = Stage::new(engine).await;
        let add = async |address: &str| {
            let added = stage.staff.add(&super::email(address), &super::name("P"), Role::Agent, &Actor::Console).await;
            added.expect("a member")
        };
        let (ana, bia) = (add("ana@example.org").await, add("bia@example.org").await);
        let reference = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        Self { stage, ana, bia, reference, _folder: folder }
    }
}

fn tags(words: &[&str]) -> Vec<Tag> {
    words.iter().map(|word| Tag::parse(word).expect("a tag")).collect()
}

#[tokio::test]
async fn ones_own_last_step_is_taken_back_and_then_the_one_before() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (ana, bia) = (Actor::Staff(desk.ana.clone()), Actor::Staff(desk.bia.clone()));
        let (tickets, reference) = (&desk.tickets, &desk.reference);
        // When it changed last is not taken back.
        let look = async || format!("{:?}", Ticket { updated_at: Micros(0), ..tickets.read().find(reference).await.expect("a ticket") });
        let before = look().await;
        assert!(matches!(tickets.triage().undo_last(reference, &ana).await, Err(ServiceError::NotNow)), "she has done nothing");
        tickets.triage().assign(reference, Some(&desk.ana), &ana).await.expect("a step");
        tickets.triage().tag(reference, &tags(&["b", "a"]), &ana).await.expect("a step");
        tickets.triage().tag(reference, &tags(&["c"]), &ana).await.expect("a step");
        tickets.triage().snooze(reference, Some(desk.clock.now().plus(Micros::DAY)), &ana).await.expect("a step");
        assert!(matches!(tickets.triage().undo_last(reference, &bia).await, Err(ServiceError::NotNow)), "nor has she");
        let due_at = tickets.read().find(reference).await.expect("a ticket").due_at;
        tickets.transition(reference, Transition::Solved, &ana).await.expect("a step");
        tickets.triage().quarantine(reference, &ana).await.expect("a step");
        assert!(tickets.triage().quarantine(reference, &bia).await.is_err(), "it is there");
        assert_eq!(tickets.read().list(Queue::Quarantine, 10).await.expect("a list")[0].quarantine, Some(QuarantineReason::Staff));

        assert_eq!(tickets.triage().undo_last(reference, &ana).await.expect("no spam"), Kind::Quarantined);
        assert_eq!(tickets.read().find(reference).await.expect("a ticket").quarantine, None);
        assert_eq!(tickets.triage().undo_last(reference, &ana).await.expect("not solved"), Kind::StatusChanged);
        let ticket = tickets.read().find(reference).await.expect("a ticket");
        assert_eq!((ticket.status, ticket.solved_at, ticket.due_at), (Status::New, None, due_at));
        assert_eq!(tickets.triage().undo_last(reference, &ana).await.expect("not put off"), Kind::Snoozed);
        assert_eq!(tickets.triage().undo_last(reference, &ana).await.expect("other tags"), Kind::Tagged);
        assert_eq!(tickets.read().find(reference).await.expect("a ticket").tags, ["a", "b"]);
        // Another step, taken back, and on to the one before.
        tickets.triage().tag(reference, &tags(&["d"]), &ana).await.expect("a step");
        for kind in [Kind::Tagged, Kind::Tagged, Kind::Assigned] {
            assert_eq!(tickets.triage().undo_last(reference, &ana).await.expect("taken back"), kind);
        }
        assert!(matches!(tickets.triage().undo_last(reference, &ana).await, Err(ServiceError::NotNow)));
        assert_eq!(look().await, before);
    }
}

#[tokio::test]
async fn what_somebody_else_changed_since_stays() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let (ana, bia) = (Actor::Staff(desk.ana.clone()), Actor::Staff(desk.bia.clone()));
        let (tickets, reference) = (&desk.tickets, &desk.reference);
        let refused = async |by: &Actor| matches!(tickets.triage().undo_last(reference, by).await, Err(ServiceError::NotNow));
        tickets.triage().assign(reference, Some(&desk.ana), &ana).await.expect("a step");
        tickets.triage().tag(reference, &tags(&["x"]), &bia).await.expect("a step");
        tickets.triage().assign(reference, Some(&desk.bia), &bia).await.expect("a step");
        assert!(refused(&ana).await);
        assert_eq!(tickets.triage().undo_last(reference, &bia).await.expect("hers"), Kind::Assigned);
        assert_eq!(tickets.read().find(reference).await.expect("a ticket").assignee, Some(desk.ana.clone()));
        assert_eq!(tickets.triage().undo_last(reference, &ana).await.expect("now nobody has changed it"), Kind::Assigned);

        tickets.transition(reference, Transition::Solved, &ana).await.expect("a step");
        desk.reply(reference, Reader::FILER, said("Voltou a acontecer.")).await.expect("a reply");
        assert!(refused(&ana).await, "the customer has opened it");
        tickets.triage().quarantine(reference, &ana).await.expect("spam");
        let mails = desk.number("SELECT COUNT(*) FROM outbox").await;
        assert!(tickets.triage().release(reference, &bia).await.expect("no spam"));
        assert!(refused(&ana).await);
        assert_eq!(desk.number("SELECT COUNT(*) FROM outbox").await, mails, "nobody is told twice that it arrived");
    }
}
