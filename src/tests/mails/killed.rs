//! The program is killed while emails leave: each arrives, and one that the server had taken already is the same email again, not another one.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use ajuda::clock::{Clock, Micros};
use ajuda::mail::MailCounts;
use ajuda::mail::settings::SmtpSecurity;
use ajuda::settings::Config;

use super::running;
use super::servers::{MailServer, free_port};
use crate::program::{Server, ajuda};
use crate::support::{Stage, engines, new_config};

/// Times that the program is killed.
const KILLS: usize = 8;
/// Messages filed before each kill; every one is an email.
const FILED: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn every_email_leaves_although_the_program_is_killed_again_and_again() {
    for engine in engines() {
        let (mut config, folder) = new_config(&engine).await;
        config.smtp.host = "127.0.0.1".into();
        config.smtp.port = free_port();
        config.smtp.security = SmtpSecurity::None;
        config.smtp.from = "Suporte <support@example.com>".into();
        let server = MailServer::start(config.smtp.port, folder.0.path().join("maildir"));
        let acknowledged = tokio::task::spawn_blocking({
            let config = config.clone();
            move || (0..KILLS).flat_map(|round| file_and_kill(&config, round)).collect::<Vec<_>>()
        })
        .await
        .expect("no panic");
        assert_eq!(acknowledged.len(), KILLS * FILED, "on {engine:?}");

        // What a killed program had claimed is free after a while.
        let stage = Stage::on(config, Clock::fixed(Clock::default().now().plus(Micros::HOUR)));
        let (_sender, stop) = running();
        assert!(stage.jobs().deliver_due(&stop).await.expect("a database"));
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());

        let received = server.received();
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for mail in &received {
            *ids.entry(mail.header("Message-ID")[0]).or_default() += 1;
        }
        for reference in &acknowledged {
            let named =
                received.iter().find(|mail| mail.header("Subject")[0].contains(reference.as_str()) || mail.parts[0].contains(reference.as_str()));
            assert!(named.is_some(), "no email about {reference} on {engine:?}");
        }
        assert_eq!(ids.len(), acknowledged.len(), "an email for each ticket, however often the program was killed, on {engine:?}");
        // Nobody can know whether an email was taken when the line broke. At most the one that was on its way is sent again, under its old id.
        assert!(received.len() <= ids.len() + KILLS, "{} of {} came again on {engine:?}", received.len() - ids.len(), ids.len());
    }
}

/// The references that the program acknowledged.
fn file_and_kill(config: &Config, round: usize) -> Vec<String> {
    let server = start(&config.data, config);
    let filed = (0..FILED).filter_map(|number| Server::file(&server.address, &format!("Pedido {round}-{number}"))).collect();
    // Each time at another moment of the delivery.
    std::thread::sleep(Duration::from_millis(round as u64 * 9));
    drop(server);
    filed
}

fn start(data: &Path, config: &Config) -> Server {
    let mut command = ajuda();
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .env("DATABASE_URL", &config.database_url)
        .env("AJUDA_MODEL", "none")
        .env("AJUDA_SMTP_HOST", &config.smtp.host)
        .env("AJUDA_SMTP_PORT", config.smtp.port.to_string())
        .env("AJUDA_SMTP_SECURITY", "none")
        .env("AJUDA_SMTP_FROM", &config.smtp.from)
        .env("AJUDA_LIMITS_TICKETS_PER_NETWORK_PER_HOUR", "1000000")
        .env("AJUDA_LIMITS_TICKETS_PER_EMAIL_PER_HOUR", "1000000")
        .stderr(Stdio::null());
    Server::of(&mut command).expect("its address")
}
