//! The invariants of ARCHITECTURE.md that a look at the sources can check.

use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&entry).expect("a source");
                found.push((entry, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

fn is_test(path: &Path) -> bool {
    path.to_string_lossy().contains("src/tests/")
}

#[test]
fn models_and_engines_know_neither_web_nor_database() {
    let engines = sources("src").into_iter().filter(|(path, _)| {
        let path = path.to_string_lossy();
        let is_engine = path.contains("src/articles/") || path.contains("src/search/");
        let is_outside = ["/pages", "/store.rs", "/counts.rs", "/api.rs"].iter().any(|part| path.contains(part));
        path.ends_with("/model.rs") || path.contains("/model/") || path.contains("src/values/") || (is_engine && !is_outside)
    });
    for (path, text) in engines {
        for kit in ["use axum", "use leptos", "use sqlx", "axum::", "leptos::", "sqlx::"] {
            assert!(!text.contains(kit), "{}: {kit}", path.display());
        }
    }
}

#[test]
fn sql_stands_in_stores_only() {
    let homes = ["store.rs", "/store/", "outbox.rs", "src/db/"];
    for (path, text) in sources("src").into_iter().filter(|(path, _)| !is_test(path)) {
        let name = path.to_string_lossy().into_owned();
        if !homes.iter().any(|home| name.contains(home)) {
            for word in ["INSERT INTO", "SELECT ", "DELETE FROM", "UPDATE "] {
                assert!(!text.contains(word), "{name}: {word}");
            }
        }
        // The migrations are the program's own files; many rows are written from constants and numbers.
        assert!(!text.contains("AssertSqlSafe") || name.ends_with("src/db/steps.rs") || name.ends_with("src/db/many.rs"), "{name}");
    }
}

#[test]
fn a_textarea_is_written_in_one_place() {
    for (path, text) in sources("src").into_iter().filter(|(path, _)| !is_test(path) && !path.ends_with("text_area.rs")) {
        assert!(!text.contains("<textarea"), "{}: use ui::TextArea", path.display());
    }
}

#[test]
fn every_island_says_what_works_without_it() {
    for (path, text) in sources("src/islands").into_iter().filter(|(_, text)| text.contains("#[island]")) {
        assert!(text.contains("//! Without this island:"), "{}", path.display());
    }
}
