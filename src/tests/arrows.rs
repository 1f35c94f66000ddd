//! The plan of the house: which room may use which. A room is a folder or a file at the first level of `src`; an arrow is drawn from each
//! `crate::…` in its sources, tests left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Each room with those that it may use, from the bottom to the top. Nothing may use what stands below it in this list, so there are no circles.
const MAY_USE: [(&str, &[&str]); 36] = [
    // For the browser too.
    ("wire", &[]),
    ("islands", &["wire"]),
    // What several rooms speak of, and the kits.
    ("clock", &[]),
    ("private_folder", &[]),
    ("key", &["private_folder"]),
    ("turns", &[]),
    ("values", &["clock"]),
    ("i18n", &["clock", "islands"]),
    ("config", &[]),
    ("db", &["clock", "i18n", "private_folder"]),
    ("error", &["db", "key"]),
    ("web", &["clock", "config", "i18n", "values"]),
    ("ui", &["clock", "config", "i18n", "values", "web"]),
    // The engines.
    ("articles", &["clock", "db", "i18n", "values"]),
    ("search", &["articles", "clock", "db", "i18n", "turns", "values", "wire"]),
    // The rooms.
    ("events", &["clock", "db", "values"]),
    ("mail", &["clock", "config", "db", "i18n", "private_folder", "values"]),
    ("staff", &["clock", "db", "error", "events", "i18n", "key", "mail", "turns", "values"]),
    ("notifications", &["clock", "db", "error", "events", "i18n", "mail", "staff", "values"]),
    ("customers", &["clock", "db", "error", "events", "i18n", "key", "mail", "values"]),
    ("files", &["clock", "config", "db", "error", "i18n", "key", "private_folder", "turns", "web"]),
    ("spam", &["clock", "config", "db", "error", "key", "search", "values"]),
    ("tickets", &["articles", "clock", "config", "customers", "db", "error", "events", "files", "i18n", "key", "mail", "spam", "values"]),
    ("intake", &["articles", "clock", "customers", "db", "error", "events", "files", "i18n", "key", "mail", "spam", "tickets", "values", "web"]),
    ("saved_replies", &["clock", "db", "error", "files", "i18n", "values"]),
    ("orders", &["clock", "config", "db", "error", "events", "i18n", "key", "mail", "values"]),
    (
        "privacy",
        &["clock", "customers", "db", "error", "events", "files", "intake", "key", "mail", "orders", "private_folder", "spam", "tickets", "values"],
    ),
    // What puts the rooms together, and the work beside the requests.
    ("settings", &["config", "files", "i18n", "key", "mail", "orders", "privacy", "spam", "staff", "tickets", "ui", "values"]),
    (
        "jobs",
        &[
            "articles",
            "clock",
            "customers",
            "db",
            "error",
            "events",
            "files",
            "intake",
            "mail",
            "notifications",
            "orders",
            "privacy",
            "search",
            "spam",
            "staff",
            "tickets",
        ],
    ),
    (
        "rooms",
        &[
            "clock",
            "customers",
            "db",
            "error",
            "events",
            "files",
            "intake",
            "jobs",
            "key",
            "mail",
            "notifications",
            "orders",
            "privacy",
            "saved_replies",
            "search",
            "settings",
            "spam",
            "staff",
            "tickets",
            "values",
        ],
    ),
    ("app", &["articles", "clock", "i18n", "intake", "jobs", "key", "mail", "rooms", "search", "settings", "spam", "ui", "web"]),
    // The faces.
    (
        "site",
        &[
            "app",
            "articles",
            "clock",
            "customers",
            "error",
            "events",
            "files",
            "i18n",
            "intake",
            "islands",
            "key",
            "orders",
            "search",
            "settings",
            "spam",
            "tickets",
            "ui",
            "values",
            "web",
            "wire",
        ],
    ),
    (
        "desk",
        &[
            "app",
            "articles",
            "clock",
            "config",
            "error",
            "events",
            "files",
            "i18n",
            "intake",
            "notifications",
            "orders",
            "saved_replies",
            "search",
            "site",
            "staff",
            "tickets",
            "ui",
            "values",
            "web",
        ],
    ),
    ("server", &["app", "desk", "site", "web"]),
    (
        "cli",
        &[
            "app",
            "articles",
            "clock",
            "config",
            "customers",
            "error",
            "events",
            "files",
            "i18n",
            "intake",
            "key",
            "orders",
            "privacy",
            "rooms",
            "search",
            "server",
            "settings",
            "site",
            "staff",
            "tickets",
            "values",
            "web",
            "private_folder",
        ],
    ),
    ("lib", &[]),
];

/// Every `crate::ROOM` of a source, and the rooms of `use crate::{…}`.
fn rooms_named(text: &str) -> BTreeSet<String> {
    let word = |rest: &str| rest.chars().take_while(|char| char.is_ascii_lowercase() || *char == '_' || char.is_ascii_digit()).collect::<String>();
    let mut named: BTreeSet<String> = text.match_indices("crate::").map(|(at, found)| word(&text[at + found.len()..])).collect();
    for (at, found) in text.match_indices("crate::{") {
        let mut depth = 0;
        let mut begins = true;
        for (offset, char) in text[at + found.len()..].char_indices() {
            match char {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                char if begins && char.is_ascii_lowercase() => {
                    named.insert(word(&text[at + found.len() + offset..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    named.remove("");
    named
}

fn without_tests_and_comments(text: &str) -> String {
    let code = text.find("\n#[cfg(test)]\nmod tests").or_else(|| text.find("\n#[cfg(test)]\npub")).map_or(text, |at| &text[..at]);
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn sources(folder: &Path, room: Option<&str>, found: &mut BTreeMap<String, BTreeSet<String>>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        let own = room.map_or(name.clone(), str::to_owned);
        if path.is_dir() && own != "tests" {
            sources(&path, Some(&own), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && own != "main" {
            let text = without_tests_and_comments(&std::fs::read_to_string(&path).expect("a source"));
            let mut named = rooms_named(&text);
            named.remove(&own);
            found.entry(own).or_default().extend(named);
        }
    }
}

fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), None, &mut found);
    found
}

#[test]
fn rooms_use_what_the_table_says_and_nothing_else() {
    let table: BTreeMap<&str, BTreeSet<&str>> = MAY_USE.iter().map(|(room, uses)| (*room, uses.iter().copied().collect())).collect();
    let drawn = arrows();
    for (room, uses) in &drawn {
        let allowed = table.get(room.as_str()).unwrap_or_else(|| panic!("{room} is in no line of the table: say what it may use"));
        for used in uses {
            assert!(allowed.contains(used.as_str()), "{room} uses {used}, which the table does not allow");
        }
        let unused = allowed.iter().find(|used| !uses.contains(**used));
        assert_eq!(unused, None, "{room} may use it and does not: take it out of the table");
    }
    for room in table.keys() {
        assert!(drawn.contains_key(*room), "{room} is in the table and nowhere else");
    }
}

#[test]
fn there_are_no_circles_between_rooms() {
    for (at, (room, uses)) in MAY_USE.iter().enumerate() {
        let below: Vec<&str> = MAY_USE[..at].iter().map(|(room, _)| *room).collect();
        for used in *uses {
            assert!(below.contains(used), "{room} uses {used}, which stands above it");
        }
    }
}

#[test]
fn arrows_are_drawn_from_every_way_to_write_them() {
    let named = rooms_named("use crate::{db::{self, Db}, key::same};\nlet x = crate::clock::Micros(1);\nuse crate::i18n::Lang;");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["clock", "db", "i18n", "key"]);
    assert!(rooms_named("use super::store;").is_empty());
}
