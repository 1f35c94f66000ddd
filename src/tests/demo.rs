//! `ajuda demo`: made-up tickets are tickets like any other.

use std::collections::BTreeSet;
use std::process::Command;

use ajuda::cli::demo::{self, Demo};
use ajuda::tickets::Right;
use ajuda::tickets::model::list::{Filter, View};
use ajuda::tickets::model::{Email, Reference};

use crate::history::assert_replayed;
use crate::support::{Acts, HOME, Stage, draft, engines};

async fn references(stage: &Stage) -> Vec<Reference> {
    let pool = stage.db.ready().await.expect("a database");
    let found: Vec<String> = sqlx::query_scalar("SELECT reference FROM tickets ORDER BY reference").fetch_all(&pool).await.expect("tickets");
    found.iter().map(|text| Reference::parse(text).expect("a reference")).collect()
}

#[tokio::test]
async fn made_up_tickets_have_a_past_that_gives_them() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let library = stage.know_the_sample();
        assert!(demo::is_empty(&stage.rooms).await.expect("a database"));
        demo::fill(&stage.rooms, &library, Demo { tickets: 300, closed: 50, seed: 7 }, &[]).await.expect("filled");
        assert!(!demo::is_empty(&stage.rooms).await.expect("a database"));
        let references = references(&stage).await;
        assert_eq!(references.len(), 350);
        let (mut statuses, mut langs, mut kinds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for reference in &references {
            let events = assert_replayed(&stage, reference).await;
            assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at), "{reference}");
            assert!(events.iter().all(|event| event.at <= stage.clock.now()), "nothing is to come");
            kinds.extend(events.iter().map(|event| event.kind.word()));
            let view = stage.tickets.read().view(reference, Right::Mailbox).await.expect("a ticket");
            assert!(view.messages.windows(2).all(|pair| pair[0].at <= pair[1].at));
            statuses.insert(view.ticket.status.word());
            langs.insert(view.ticket.lang.code());
            assert!(library.reason(view.ticket.reason.as_deref().expect("a reason")).is_some());
            assert!(view.ticket.article.as_ref().is_none_or(|article| library.articles.contains_key(article)));
        }
        assert_eq!((statuses.len(), langs.len()), (5, 3));
        for kind in ["created", "answered", "customer_replied", "noted", "assigned", "tagged", "snoozed", "rated", "priority_changed"] {
            assert!(kinds.contains(kind), "{kind}");
        }
        let me = &stage.staff.by_email(&Email::parse("ana@example.com").expect("an address")).await.expect("a database").expect("Ana").id;
        let counts = stage.tickets.lists().counts(me).await.expect("counts");
        for view in View::ALL {
            let page = stage.tickets.lists().page(*view, &Filter::default(), me, None, 1000).await.expect("a page");
            assert!(!page.rows.is_empty(), "{}", view.word());
            assert!(counts.of(*view).is_none_or(|count| count == page.rows.len() as i64), "{}", view.word());
        }
        stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("it goes on");
        let day = stage.number("SELECT COUNT(DISTINCT local_day) FROM events").await;
        assert!(day > 90, "{day} days");
    }
}

#[tokio::test]
async fn the_same_seed_makes_up_the_same_tickets() {
    let mut runs = Vec::new();
    for seed in [3, 3, 4] {
        let (stage, _folder) = Stage::new(&engines()[0]).await;
        let library = stage.know_the_sample();
        demo::fill(&stage.rooms, &library, Demo { tickets: 40, closed: 0, seed }, &[]).await.expect("filled");
        let mut run = Vec::new();
        for reference in references(&stage).await {
            let (ticket, messages) = stage.tickets.read().for_staff(&reference).await.expect("a ticket");
            let said: Vec<String> = messages.into_iter().map(|message| message.body).collect();
            run.push((reference, ticket.email, ticket.subject, ticket.tags, ticket.status, ticket.created_at, said));
        }
        runs.push(run);
    }
    assert!(runs[0] == runs[1] && runs[0] != runs[2]);
}

#[test]
fn what_is_there_is_never_mixed_with_a_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ajuda"));
        command.args(["demo", "--tickets", "20", "--data"]).arg(&data).args(["--articles", "articles"]);
        command.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("it runs")
    };
    let first = run();
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert!(String::from_utf8_lossy(&first.stdout).contains("20 tickets are there"), "{first:?}");
    let second = run();
    assert!(!second.status.success() && String::from_utf8_lossy(&second.stderr).contains("Name an empty data folder"), "{second:?}");
}
