//! The program is killed while it reads an account.

use std::process::Stdio;
use std::time::{Duration, Instant};

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::orders::account::Account;
use ajuda::orders::import::State;
use ajuda::rooms::Rooms;
use ajuda_hotmart_sandbox::{Config as SandboxConfig, Sandbox};

use super::import::{here, there};
use super::{asking, connect};
use crate::program::{Server, ajuda};
use crate::support::{engines, new_config};

/// `make test-long` asks for all 200,000.
const SALES: usize = 1_500;
const KILLED_EVERY: Duration = Duration::from_secs(5);
const LOOKED_EVERY: Duration = Duration::from_millis(50);
/// The first lives end as soon as they have read so many periods.
const EARLY_KILLS: u32 = 3;
const EARLY_PERIODS: i64 = 20;
const READ_MAX: Duration = Duration::from_secs(1800);

/// As the operator starts it; killed when it is dropped.
fn server(config: &ajuda::settings::Config, hotmart: &Sandbox) -> Server {
    let mut command = ajuda();
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&config.data).env("DATABASE_URL", &config.database_url);
    command
        .env("AJUDA_ORDERS_BASE_URL", &hotmart.url)
        .env("AJUDA_ORDERS_CALLS_PER_MINUTE", "6000000")
        .env("AJUDA_MODEL", "none")
        .stderr(Stdio::null());
    Server::of(&mut command).expect("its address")
}

/// Whether all is read, and how many periods are.
async fn read(rooms: &Rooms, account: &Account) -> (bool, i64) {
    let progress = rooms.orders.progress(account).await.expect("a database");
    assert!(progress.failures.is_empty(), "{progress:?}");
    (progress.complete && progress.state == State::Fresh, progress.done)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_every_five_seconds_is_whole_at_the_end() {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    let sales = std::env::var("AJUDA_TEST_SALES").ok().and_then(|sales| sales.parse().ok()).unwrap_or(SALES);
    for engine in engines() {
        let calls_per_minute = u32::MAX;
        let hotmart = Sandbox::start(SandboxConfig { sales, now: Clock::default().now().timestamp(), calls_per_minute, ..SandboxConfig::default() })
            .await
            .expect("a port");
        let (mut config, _folder) = new_config(&engine).await;
        asking(&hotmart)(&mut config);
        let rooms = App::rooms_alone(&config, Clock::default());
        let account = connect(&rooms, "Forno").await.expect("connected");
        let (begun, mut kills) = (Instant::now(), 0);
        while let (false, before) = read(&rooms, &account).await {
            assert!(begun.elapsed() < READ_MAX, "it never ends");
            let running = server(&config, &hotmart);
            let started = Instant::now();
            while started.elapsed() < KILLED_EVERY {
                let (is_over, done) = read(&rooms, &account).await;
                // A fast machine reads few sales in less than five seconds.
                if is_over || (kills < EARLY_KILLS && done >= before + EARLY_PERIODS) {
                    break;
                }
                tokio::time::sleep(LOOKED_EVERY).await;
            }
            drop(running);
            kills += 1;
        }
        assert!(kills > EARLY_KILLS, "it was over after {kills} kills");
        assert_eq!(here(&rooms, &account).await, there(&hotmart));
    }
}
