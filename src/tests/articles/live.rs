//! Editing while the help center runs.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use ajuda::articles::watch::watch;
use ajuda::i18n::Lang;

use super::{Center, PIXEL, article, id, text};

#[test]
fn a_reload_names_what_changed_and_keeps_the_rest() {
    let center = Center::new();
    for name in ["one", "two", "three"] {
        center.article(name, "pt", &format!("title: {name}\nsummary: x"), "Texto.");
    }
    let content = center.content();
    assert!(content.reload().unwrap().is_empty(), "nothing has changed");
    let before = content.library();
    center.article("two", "pt", "title: two\nsummary: x", "Outro texto.");
    center.article("four", "pt", "title: four\nsummary: x", "Texto.");
    center.remove("buyer/refunds/three");
    let changes = content.reload().unwrap();
    assert_eq!((changes.added, changes.changed, changes.removed, changes.navigation), (vec![id("four")], vec![id("two")], vec![id("three")], false));
    let after = content.library();
    assert!(Arc::ptr_eq(&before.articles[&id("one")], &after.articles[&id("one")]), "what has not changed is not built again");
    assert!(text(&before, "two", Lang::Pt).html.contains("Texto"), "who began with the old library keeps it");
}

#[test]
fn a_new_slug_changes_the_articles_that_link_to_it() {
    let center = Center::new();
    center.article("one", "pt", "title: Um\nslug: um\nsummary: x", "Texto.");
    center.article("two", "pt", "title: Dois\nslug: dois\nsummary: x", "[um](../one/)");
    let content = center.content();
    center.article("one", "pt", "title: Um\nslug: um-novo\nsummary: x", "Texto.");
    let changes = content.reload().unwrap();
    assert_eq!(changes.changed, [id("one"), id("two")]);
    assert!(text(&content.library(), "two", Lang::Pt).html.contains("/reembolsos/um-novo\""));
}

#[test]
fn a_file_that_breaks_keeps_its_last_good_version_until_it_is_fixed() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "Primeiro.");
    let content = center.content();
    center.article("this", "pt", "title: Um\nslug: um\nsumary: x", "Segundo.");
    assert!(content.reload().unwrap().is_empty(), "readers see no change");
    assert!(text(&content.library(), "this", Lang::Pt).html.contains("Primeiro"));
    assert_eq!(content.library().problem_count, 1);
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "[fora](../nowhere/)");
    content.reload().unwrap();
    assert!(text(&content.library(), "this", Lang::Pt).html.contains("Primeiro"), "a dead link counts too");
    center.write("buyer/refunds/this/pt.md", b"\xff\xfe");
    content.reload().unwrap();
    assert!(text(&content.library(), "this", Lang::Pt).html.contains("Primeiro"));
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "Terceiro.");
    assert_eq!(content.reload().unwrap().changed, [id("this")]);
    assert!(text(&content.library(), "this", Lang::Pt).html.contains("Terceiro"));
    assert_eq!(content.library().problem_count, 0);
}

#[test]
fn a_broken_edit_never_brings_a_withdrawn_text_back() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nsummary: x", "Primeiro.");
    let content = center.content();
    center.article("this", "pt", "title: Um\nstatus: draft\nsummary: x", "Primeiro.");
    assert_eq!(content.reload().unwrap().removed, [id("this")]);
    center.article("this", "pt", "title: Um\nstatus: draft\nsumary: x", "Primeiro.");
    assert!(content.reload().unwrap().is_empty());
    assert!(content.library().articles.is_empty());
    center.article("this", "pt", "title: Um\nstatus: published\nsummary: x", "Primeiro.");
    assert_eq!(content.reload().unwrap().added, [id("this")]);
}

#[test]
fn a_newcomer_with_a_taken_address_does_not_push_the_other_out() {
    let center = Center::new();
    center.article("zebra", "pt", "title: Um\nslug: um\nsummary: x", "Zebra.");
    center.article("abelha", "pt", "title: Dois\nslug: dois\nsummary: x", "Abelha.");
    center.record();
    let content = center.content();
    center.article("zebra", "pt", "title: Um\nslug: dois\nsummary: x", "Zebra nova.");
    content.reload().unwrap();
    let library = content.library();
    assert_eq!(article(&library, "zebra").urls[Lang::Pt], "/pt/comprador/reembolsos/um");
    assert!(text(&library, "zebra", Lang::Pt).html.contains("Zebra."), "it keeps its last good version");
    assert_eq!(article(&library, "abelha").urls[Lang::Pt], "/pt/comprador/reembolsos/dois");
}

#[test]
fn a_picture_that_changes_or_vanishes_is_noticed() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nsummary: x", "![Um ponto](p.png)");
    center.write("buyer/refunds/this/p.png", PIXEL);
    let content = center.content();
    let before = content.library();
    let address = before.pictures.keys().next().unwrap().clone();
    assert_eq!(before.pictures[&address].media_type, "image/png");
    let mut other = PIXEL.to_vec();
    other.push(0);
    center.write("buyer/refunds/this/p.png", &other);
    assert_eq!(content.reload().unwrap().changed, [id("this")]);
    assert!(!content.library().pictures.contains_key(&address));
    center.remove("buyer/refunds/this/p.png");
    assert!(content.reload().unwrap().is_empty());
    assert_eq!(content.library().pictures.len(), 1, "the last good version keeps its picture");
}

#[test]
fn a_folder_that_vanishes_leaves_everything_as_it_was() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nsummary: x", "Texto.");
    let content = center.content();
    let away = center.root().with_extension("away");
    std::fs::rename(center.root(), &away).unwrap();
    assert!(content.reload().is_err());
    assert_eq!(content.library().articles.len(), 1);
    std::fs::rename(&away, center.root()).unwrap();
    assert!(content.reload().unwrap().is_empty());
}

#[test]
fn changed_files_go_live_by_themselves() {
    let center = Center::new();
    for number in 0..1_000 {
        center.article(&format!("a{number}"), "pt", &format!("title: Artigo {number}\nsummary: x"), "Texto.\n\n## Prazo\n\nSete dias.");
    }
    let content = center.content();
    let (send, receive) = channel();
    let watching = watch(content.clone(), move |library, changes| send.send((library.articles.len(), changes.clone())).unwrap()).unwrap();
    // The watch looks once when it starts; what is written from then on is an event.
    std::thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    center.article("new", "pt", "title: Novo\nsummary: x", "Texto.");
    let (count, changes) = receive.recv_timeout(Duration::from_secs(10)).unwrap();
    let spent = start.elapsed();
    assert_eq!((count, changes.added), (1_001, vec![id("new")]));
    assert!(content.library().articles.contains_key(&id("new")));
    eprintln!("live after {spent:?} at 1,000 articles");
    assert!(spent < Duration::from_secs(3), "{spent:?}; the promise of one second is for a machine that does nothing else");
    drop(watching);
    center.article("later", "pt", "title: Depois\nsummary: x", "Texto.");
    assert!(receive.recv_timeout(Duration::from_millis(500)).is_err(), "a watch that was dropped is over");
}
