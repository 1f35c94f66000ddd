//! The program is killed while files arrive.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ajuda::app::App;
use ajuda::clock::{Clock, Micros};

use super::{EDGE, multipart, reference_of, sweep, wide_png};
use crate::program::Server;
use crate::support::{engines, new_config};
use crate::visitor::form_with;

const KILLS: usize = 10;
const AUTHORS: usize = 3;

/// What is sent with a message: a text of its own, long enough to be cut short, and a picture that has a preview.
fn text_of(subject: &str) -> Vec<u8> {
    format!("{subject}\n").repeat(20_000).into_bytes()
}

/// Sends a message with its files; its address when the server says that it has them.
fn send(address: &str, subject: &str) -> Option<String> {
    let body = multipart(&form_with(&[("subject", subject)]), &[("log.txt", &text_of(subject)), ("tela.png", &wide_png())]);
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    write!(
        stream,
        "POST /pt/contact HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .ok()?;
    stream.write_all(&body).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let location = answer.starts_with("HTTP/1.1 303").then(|| answer.lines().find_map(|line| line.strip_prefix("location: ")))??;
    Some(location.trim().trim_end_matches("/sent").to_owned())
}

/// Subject and address of every message that was acknowledged. Who gets no answer sends the same again, as people do.
fn kill_under_load(data: &Path, database_url: &str) -> Vec<(String, String)> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let mut next = [0; AUTHORS];
    for round in 0..KILLS {
        let server = Server::start(data, database_url);
        let over = Arc::new(AtomicBool::new(false));
        let before = acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len();
        let authors: Vec<_> = (0..AUTHORS)
            .map(|author| {
                let (address, over, acknowledged, mut number) = (server.address.clone(), Arc::clone(&over), Arc::clone(&acknowledged), next[author]);
                std::thread::spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        let subject = format!("Pedido {author}-{number}");
                        if let Some(path) = send(&address, &subject) {
                            acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push((subject, path));
                            number += 1;
                        }
                    }
                    number
                })
            })
            .collect();
        for _ in 0..500 {
            if acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len() > before + round % 5 {
                break;
            }
            std::thread::sleep(Duration::from_millis(7));
        }
        drop(server);
        over.store(true, Ordering::Relaxed);
        for (author, thread) in authors.into_iter().enumerate() {
            next[author] = thread.join().expect("an author");
        }
    }
    let acknowledged = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
    acknowledged.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_files_arrive_no_acknowledged_one_is_lost_none_is_there_twice_and_nothing_is_left_over() {
    for engine in engines() {
        let (mut config, _folder) = new_config(&engine).await;
        config.articles = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/articles").into();
        let acknowledged = tokio::task::spawn_blocking({
            let config = config.clone();
            move || kill_under_load(&config.data, &config.database_url)
        })
        .await
        .expect("no panic");
        assert!(acknowledged.len() >= KILLS, "the load was real: {}", acknowledged.len());
        let app = App::boot(config, Clock::fixed(Clock::default().now().plus(2 * Micros::DAY))).expect("the sample articles");
        for (subject, path) in &acknowledged {
            let (ticket, _) = app.tickets.read().for_staff(&reference_of(path)).await.expect("the ticket");
            let files = app.files.of_ticket(&ticket.key.id).await.expect("a database");
            assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["log.txt", "tela.png"], "{subject}");
            let bytes = app.files.read(&files[0].id).await.expect("its bytes");
            assert!(bytes == text_of(subject), "{subject}: {} bytes", bytes.len());
        }
        let pool = app.db.ready().await.expect("a database");
        let repeated: i64 = sqlx::query_scalar("SELECT COUNT(*) - COUNT(DISTINCT subject) FROM tickets").fetch_one(&pool).await.expect("a number");
        assert_eq!(repeated, 0, "a message that was sent again is one ticket");

        // A file whose writing was cut short, as the store leaves it.
        let folder = app.config.data.join("attachments");
        sqlx::query(
            "INSERT INTO attachments (id, created_at, name, media_type, bytes, fingerprint, staged_until) VALUES ('cut', 1, 'a', 'b', 1, 'c', 1)",
        )
        .execute(&pool)
        .await
        .expect("a row");
        std::fs::write(folder.join("cut#1"), b"half").expect("a file");
        sweep(&app).await;
        let rows: Vec<String> = sqlx::query_scalar("SELECT id FROM attachments UNION SELECT id || '.small' FROM attachments WHERE width IS NOT NULL")
            .fetch_all(&pool)
            .await
            .expect("rows");
        let names = std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        assert_eq!(
            names.collect::<BTreeSet<_>>(),
            rows.into_iter().collect::<BTreeSet<_>>(),
            "every byte is known, and every row has its bytes and its preview"
        );
    }
}
