//! Not a test but a measurement: `cargo test --test integration -- --ignored --nocapture ten_thousand`.

use std::fmt::Write as _;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use ajuda::articles::shelf::Shelf;
use ajuda::articles::watch::watch;

use super::Centre;

const ARTICLES: usize = 10_000;

/// An article of usual length: some 600 words under seven headings, with a table, a list and two links.
fn body(number: usize) -> String {
    let mut body = String::new();
    for part in 0..7 {
        write!(body, "## Parte {part} do artigo {number}\n\n").unwrap();
        for word in 0..80 {
            write!(body, "palavra{} ", (number * 7 + part * 31 + word * 13) % 5_000).unwrap();
        }
        body.push_str("\n\n");
    }
    let next = (number + 1) % ARTICLES;
    write!(
        body,
        "1. Um\n2. Dois\n\n| A | B |\n|---|--:|\n| c | d |\n\nVeja [o próximo](../a{next}/) e [a parte](../a{next}/#parte-1-do-artigo-{next})."
    )
    .unwrap();
    body
}

#[test]
#[ignore = "a measurement"]
fn ten_thousand_articles_load_and_reload() {
    let centre = Centre::new();
    for number in 0..ARTICLES {
        for lang in ["pt", "es", "en"] {
            centre.article(&format!("a{number}"), lang, &format!("title: Artigo {number}\nsummary: Um artigo."), &body(number));
        }
    }
    let start = Instant::now();
    let shelf = centre.shelf();
    eprintln!("load: {:?}, {} articles, {} pages", start.elapsed(), shelf.library().articles.len(), shelf.library().pages.len());
    assert_eq!(shelf.problems().len(), 0, "{:?}", shelf.problems().first());
    let start = Instant::now();
    shelf.reload().unwrap();
    eprintln!("reload of nothing: {:?}", start.elapsed());
    centre.article("a5", "pt", "title: Artigo novo\nsummary: Um artigo.", &body(5));
    let start = Instant::now();
    let changes = shelf.reload().unwrap();
    eprintln!("reload of one: {:?}, {changes:?}", start.elapsed());
    let (send, receive) = channel();
    let watching = watch(shelf.clone(), move |_, changes| send.send(changes.clone()).unwrap()).unwrap();
    std::thread::sleep(Duration::from_secs(4));
    centre.article("a9", "pt", "title: Artigo novo nove\nsummary: Um artigo.", &body(9));
    let start = Instant::now();
    receive.recv_timeout(Duration::from_secs(20)).unwrap();
    eprintln!("live after {:?}", start.elapsed());
    drop(watching);
    let start = Instant::now();
    let report = centre.record();
    eprintln!("check --record: {:?}, {:?}", start.elapsed(), report.recorded);
    let start = Instant::now();
    Shelf::open(centre.options()).unwrap();
    eprintln!("load with a record: {:?}", start.elapsed());
}
