//! Every SQL statement of the program, prepared on every engine: a misspelled column or a word that one engine does not have is found here, not by a
//! customer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::support::{Stage, engines};

fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.clone(), std::fs::read_to_string(&path).expect("a source")));
        }
    }
}

/// The constants that hold statements, and those that rooms list as what they keep of a customer, by their place.
pub(crate) fn statements(sources: &[(PathBuf, String)]) -> BTreeMap<String, String> {
    let constant = Regex::new(r#"(?s)const ([A-Z_0-9]+): &str =\s*"((?:[^"\\]|\\.)*)";"#).expect("an expression");
    let kept = Regex::new(r#"(?s)PersonalData::of_(?:customer|hash)\(\s*"[^"]*",\s*"([^"]*)",\s*"([^"]*)""#).expect("an expression");
    let many =
        Regex::new(r#"(?s)const ([A-Z_0-9]+): Insert = Insert \{\s*head: "([^"]*)",\s*columns: (\d+),\s*tail: "([^"]*)""#).expect("an expression");
    let among = Regex::new(r#"(?s)const ([A-Z_0-9]+): Among =\s*Among\(\s*"([^"]*)""#).expect("an expression");
    let begins = Regex::new(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b").expect("an expression");
    let mut found = BTreeMap::new();
    for (path, text) in sources {
        for parts in constant.captures_iter(text).filter(|parts| begins.is_match(&parts[2])) {
            found.insert(format!("{} {}", path.display(), &parts[1]), parts[2].to_owned());
        }
        for parts in many.captures_iter(text) {
            let places: Vec<String> = (1..=parts[3].parse().expect("a count")).map(|place: usize| format!("${place}")).collect();
            let statement = format!("{} VALUES ({}) {}", &parts[2], places.join(", "), &parts[4]);
            found.insert(format!("{} {}", path.display(), &parts[1]), statement);
        }
        for parts in among.captures_iter(text) {
            found.insert(format!("{} {}", path.display(), &parts[1]), parts[2].replace("LIST", "$2"));
        }
        for (number, parts) in kept.captures_iter(text).enumerate() {
            found.insert(format!("{} count {number}", path.display()), parts[1].to_owned());
            found.insert(format!("{} erase {number}", path.display()), parts[2].to_owned());
        }
    }
    found
}

pub(crate) fn all_sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[tokio::test]
async fn every_statement_is_understood_by_every_engine() {
    let statements = statements(&all_sources());
    assert!(statements.len() > 100, "{}", statements.len());
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let mut connection = stage.db.ready().await.expect("a database").acquire().await.expect("a connection");
        for (place, statement) in &statements {
            // What only one engine has stands in the kit, under a name that says so.
            let only_other = if engine == crate::support::Engine::Sqlite { "POSTGRES" } else { "SQLITE" };
            if place.contains(only_other) {
                continue;
            }
            let prepared = connection.prepare(AssertSqlSafe(statement.clone()).into_sql_str()).await;
            assert!(prepared.is_ok(), "{place}: {}", prepared.err().map(|error| error.to_string()).unwrap_or_default());
        }
    }
}

#[test]
fn no_statement_is_put_together_where_it_is_used() {
    let sources = all_sources();
    let statements = statements(&sources);
    let used = Regex::new(r"sqlx::query(?:_as|_scalar)?(?:::<[^(]*>)?\(\s*([^)\s]+)").expect("an expression");
    for (path, text) in &sources {
        for parts in used.captures_iter(text) {
            let named = parts[1].trim_end_matches(',');
            let place = format!("{} {named}", path.display());
            let of_room = path.ends_with("personal_data.rs") && matches!(named, "self.count" | "self.erase");
            let chosen = named == "match" && ["queue", "view"].iter().any(|by| text.contains(&format!("sqlx::query_as(match {by} {{")));
            // From constants that are looked at above, and numbers.
            let is_many = path.ends_with("db/many.rs");
            let is_literal_of_kit = path.components().any(|part| part.as_os_str() == "db") && named.starts_with('"');
            assert!(statements.contains_key(&place) || of_room || chosen || is_many || is_literal_of_kit, "{place} is no constant statement");
        }
    }
}
