//! What the log of events promises: whatever happens to a ticket, replaying its events gives the ticket as it is.

use ajuda::clock::Micros;
use ajuda::events::{Actor, Event};
use ajuda::intake::Reader;
use ajuda::staff::Role;
use ajuda::tickets::Right;
use ajuda::tickets::model::{Draft, Email, PersonName, Priority, Proof, Rating, Reference, Tag, Ticket, Transition};
use serde_json::Value;

use crate::support::{Acts, Engine, HOME, Stage, draft, engines, said};

/// Histories of one run. `make test-long` sets more.
pub(crate) fn histories() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    std::env::var("AJUDA_TEST_HISTORIES").ok().and_then(|number| number.parse().ok()).unwrap_or(50)
}

const STEPS: usize = 25;

/// What events say of a ticket.
#[derive(Debug, Default, PartialEq)]
struct Replayed {
    status: String,
    priority: String,
    assignee: Option<String>,
    tags: String,
    snoozed_until: Option<i64>,
    due_at: Option<i64>,
}

impl Replayed {
    fn of(events: &[Event]) -> Self {
        let mut replayed = Self::default();
        for event in events {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            for (name, value) in &event.data {
                match name.as_str() {
                    "status" => replayed.status = text(value),
                    "priority" => replayed.priority = text(value),
                    "assignee" => replayed.assignee = value.as_str().map(str::to_owned),
                    "tags" => replayed.tags = text(value),
                    "snoozed_until" => replayed.snoozed_until = value.as_i64(),
                    "due_at" => replayed.due_at = value.as_i64(),
                    _ => {}
                }
            }
        }
        replayed
    }

    fn stored(ticket: &Ticket) -> Self {
        Self {
            status: ticket.status.word().to_owned(),
            priority: ticket.priority.word().to_owned(),
            assignee: ticket.assignee.clone(),
            tags: ticket.tags.join(" "),
            snoozed_until: ticket.snoozed_until.map(|at| at.0),
            due_at: ticket.due_at.map(|at| at.0),
        }
    }
}

/// Marsaglia's xorshift: the same number gives the same history.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Does something to a ticket; what is not possible now is refused and changes nothing.
async fn step(stage: &Stage, reference: &Reference, ana: &str, random: &mut Random) {
    let (tickets, by) = (&stage.tickets, Actor::Staff(ana.to_owned()));
    let number = random.below(1000);
    match random.below(15) {
        0 => drop(stage.reply(reference, Reader::FILER, said(&format!("Mais uma coisa {number}."))).await),
        1 => drop(stage.reply(reference, Reader::new(Right::Mailbox, Proof::Session), said(&format!("Outra {number}."))).await),
        2 => drop(stage.answer(reference, said("Já vimos.")).await),
        3 => drop(stage.note(reference, said("uma nota")).await),
        4 => drop(tickets.transition(reference, Transition::Opened, &by).await),
        5 => drop(tickets.transition(reference, Transition::Solved, &Actor::Customer).await),
        6 if number < 200 => drop(tickets.transition(reference, Transition::Closed, &by).await),
        7 => drop(tickets.triage().set_priority(reference, Priority::ALL[number as usize % 3], &by).await),
        8 => drop(tickets.triage().assign(reference, number.is_multiple_of(2).then_some(ana), &by).await),
        9 => drop(
            tickets.triage().tag(reference, &[Tag::parse(&format!("t{}", number % 4)).expect("a tag"), Tag::parse("a").expect("a tag")], &by).await,
        ),
        10 => drop(tickets.triage().snooze(reference, (!number.is_multiple_of(3)).then(|| stage.clock.now().plus(Micros::DAY)), &by).await),
        11 => drop(tickets.rate(reference, &Rating { stars: 5, comment: None }, &Actor::Customer).await),
        12 => {
            let email = Email::parse(&format!("maria{number}@example.com")).expect("an address");
            drop(tickets.correct_address(reference, &email, HOME).await);
        }
        13 => drop(tickets.triage().quarantine(reference, &by).await),
        14 => drop(tickets.transition(reference, Transition::Reopened, &by).await),
        _ => drop(tickets.triage().release(reference, &by).await),
    }
    if number.is_multiple_of(7) {
        stage.clock.advance(i64::try_from(number).unwrap_or_default() * 20 * Micros::MINUTE);
        tickets.prune().await.expect("a database");
    }
}

/// The events of a ticket, which give the ticket as it is.
pub(crate) async fn assert_replayed(stage: &Stage, reference: &Reference) -> Vec<Event> {
    let ticket = stage.tickets.read().find(reference).await.expect("a ticket");
    let events = stage.events.of_ticket(&ticket.key.id).await.expect("a database");
    assert_eq!(Replayed::of(&events), Replayed::stored(&ticket), "{reference}: {events:#?}");
    events
}

async fn check(engine: &Engine) {
    let (stage, _folder) = Stage::with(engine, |config| config.limits.tickets_per_network_per_hour = 1_000_000).await;
    let email = ajuda::tickets::model::Email::parse("ana@example.com").expect("an address");
    let ana = stage.staff.add(&email, &PersonName::parse("Ana").expect("a name"), Role::Agent, &Actor::Console).await.expect("a member");
    for number in 0..histories() {
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (number + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let draft = Draft { trapped: random.below(5) == 0, ..draft(&format!("Pergunta {number}"), &format!("p{number}@example.com")) };
        let reference = stage.file(&draft, HOME).await.expect("a ticket").key.reference;
        for _ in 0..STEPS {
            step(&stage, &reference, &ana, &mut random).await;
        }
        let events = assert_replayed(&stage, &reference).await;
        let text = format!("{events:?}");
        assert!(!text.contains('@') && !text.contains("uma nota"), "an event holds no text and no address: {text}");
    }
}

#[tokio::test]
async fn replaying_the_events_of_a_ticket_gives_the_ticket() {
    for engine in engines() {
        check(&engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_in_the_order_of_commits_and_without_gaps() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let other = stage.another();
        let filing = (0..12_u8).map(|number| {
            let rooms = if number % 2 == 0 { stage.rooms.clone() } else { other.rooms.clone() };
            let address = std::net::IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, number));
            tokio::spawn(async move { rooms.file(&draft(&format!("Pergunta {number}"), &format!("p{number}@example.com")), address).await })
        });
        let (mut seen, mut after) = (Vec::new(), 0);
        for filed in filing.collect::<Vec<_>>() {
            filed.await.expect("no panic").expect("a ticket");
            // Whoever reads on from a number misses none that is committed later.
            for event in stage.events.after(after, 100).await.expect("a database") {
                after = event.seq;
                seen.push(event.seq);
            }
        }
        assert_eq!(seen, (1..=12).collect::<Vec<i64>>());
        assert_eq!(stage.events.last().await.expect("a database"), 12);
    }
}

#[tokio::test]
async fn an_erased_ticket_leaves_the_sums_of_its_days_and_nothing_else() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let filed = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket");
        stage.answer(&filed.key.reference, said("Já vimos.")).await.expect("an answer");
        let email = ajuda::tickets::model::Email::parse("maria@example.com").expect("an address");
        stage.privacy.erase(&email, &Actor::Console).await.expect("erased");
        assert_eq!(stage.number("SELECT COUNT(*) FROM events WHERE ticket IS NOT NULL").await, 0);
        assert_eq!(stage.number("SELECT CAST(SUM(events) AS BIGINT) FROM event_sums WHERE kind IN ('created', 'answered')").await, 2);
        assert_eq!(stage.number("SELECT COUNT(*) FROM events WHERE kind = 'erased' AND subject = ''").await, 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM customers").await, 0);
    }
}

#[tokio::test]
async fn what_a_new_channel_does_not_say_is_seen_by_staff_alone() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let filed = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket");
        let mut write = stage.db.begin().await.expect("a database");
        sqlx::query(
            "INSERT INTO messages (id, ticket, created_at, author_kind, channel, proof, body) VALUES ('m', $1, 1, 'customer', 'page', 'none', 'x')",
        )
        .bind(&filed.key.id)
        .execute(&mut *write)
        .await
        .expect("a row that says nothing of who sees it");
        write.commit().await.expect("a commit");
        for right in [Right::Filer, Right::Mailbox] {
            assert_eq!(stage.tickets.read().view(&filed.key.reference, right).await.expect("a ticket").messages.len(), 1);
        }
        assert_eq!(stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").1.len(), 2);
    }
}
