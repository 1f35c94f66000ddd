//! A database that an earlier version filled is brought up to date, and everything in it is still there. A version that is released gets a line in
//! `VERSIONS` and a file of what it may hold; neither is ever changed afterwards.

use ajuda::cli::console;
use ajuda::clock::Clock;
use ajuda::events::Actor;
use ajuda::tickets::Queue;
use ajuda::tickets::model::{Email, Reference};
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::support::{Acts, Engine, MONDAY, Stage, engines, new_config, said};

/// The number of a version's last migration, and rows in every table that it has.
const VERSIONS: [(i64, &str); 4] =
    [(6, include_str!("upgrade/6.sql")), (7, include_str!("upgrade/7.sql")), (8, include_str!("upgrade/8.sql")), (9, include_str!("upgrade/9.sql"))];

/// Migrates as the version did, and fills its tables.
async fn fill(url: &str, last: i64, rows: &str) {
    sqlx::any::install_default_drivers();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let all = Migrator::new(folder.as_path()).await.expect("the migrations");
    let of_version = Migrator { migrations: all.iter().filter(|step| step.version <= last).cloned().collect(), ..all };
    let mut connection = AnyConnection::connect(url).await.expect("a database");
    of_version.run_direct(None, &mut connection, false).await.expect("the version's tables");
    connection.execute(AssertSqlSafe(rows.to_owned())).await.expect("its rows");
    connection.close().await.expect("closed");
}

#[tokio::test]
async fn a_filled_database_of_every_earlier_version_is_brought_up_to_date() {
    for engine in engines() {
        for (last, rows) in VERSIONS {
            let (config, _folder) = new_config(&engine).await;
            let url = if engine == Engine::Sqlite {
                std::fs::create_dir_all(&config.data).expect("a folder");
                format!("sqlite://{}?mode=rwc", config.data.join("ajuda.db").display())
            } else {
                config.database_url.clone()
            };
            fill(&url, last, rows).await;
            let stage = Stage::on(config, Clock::fixed(MONDAY));
            let reference = Reference::parse("K7M-4QX-92P").expect("a reference");
            let shown = console::show(&stage.rooms, &reference).await.expect("the ticket");
            for part in ["Maria <Maria@example.com>", "Cobrada duas vezes", "Já vimos.", "uma nota", "Ana", "created", "refund"] {
                assert!(shown.contains(part), "{part} of version {last} in {shown}");
            }
            assert_eq!(stage.tickets.read().list(Queue::Quarantine, 10).await.expect("tickets").len(), 1);
            assert_eq!(stage.inbound.in_review(10).await.expect("emails").len(), 1);
            stage.answer(&reference, said("E resolvemos.")).await.expect("it goes on");
            let (_sender, stop) = tokio::sync::watch::channel(true);
            stage.jobs().run(stop).await;
            let email = Email::parse("maria@example.com").expect("an address");
            assert!(!stage.privacy.erase(&email, &Actor::Console).await.expect("erased").is_nothing());
            assert_eq!(stage.number("SELECT COUNT(*) FROM tickets").await, 1, "another's stays");
        }
    }
}
