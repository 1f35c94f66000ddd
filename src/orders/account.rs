//! A connected account of Hotmart, and what has to be typed to connect one.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use crate::clock::Micros;
use crate::config::Secret;
use crate::values::words::words;
use crate::values::{FieldProblem, one_line};

pub const NAME_MAX_CHARS: usize = 60;
/// Hotmart's keys have 36 to 120 characters.
pub const KEY_MAX_CHARS: usize = 500;

/// Which of Hotmart's systems the keys belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    Production,
    /// Made-up data, for tries.
    Sandbox,
}

words!(Environment { Production => "production", Sandbox => "sandbox" });

/// An account as it is shown. Its secrets aren't in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    /// What the team calls it; no two have the same.
    pub name: String,
    pub environment: Environment,
    pub client_id: String,
    /// Nothing is asked of Hotmart until it is resumed.
    pub is_paused: bool,
    /// Whether webhooks can be told from forged ones.
    pub has_hottok: bool,
    pub created_at: Micros,
    /// When Hotmart last answered.
    pub answered_at: Option<Micros>,
    /// Why it does not, as the word of a [`super::CallError`].
    pub problem: Option<String>,
    /// Its keys are gone, its sales are here.
    pub is_disconnected: bool,
    pub compared: Compared,
}

/// When an account was compared with Hotmart's own sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compared {
    /// Somebody asked for it; it comes as soon as nothing is left to read.
    pub is_asked: bool,
    pub at: Option<Micros>,
    pub months: i64,
}

/// What is here of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub sales: i64,
    pub subscriptions: i64,
}

/// What opens an account at Hotmart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Keys {
    pub client_id: String,
    #[serde(serialize_with = "reveal")]
    pub client_secret: Secret,
    /// Without the word "Basic".
    #[serde(serialize_with = "reveal")]
    pub basic: Secret,
}

/// Only on the way into the sealed column.
fn reveal<S: serde::Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.reveal())
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Name,
    ClientId,
    ClientSecret,
    BasicKey,
    Hottok,
}

impl Field {
    /// The name of the form's control.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ClientId => "client_id",
            Self::ClientSecret => "client_secret",
            Self::BasicKey => "basic_key",
            Self::Hottok => "hottok",
        }
    }
}

/// Everything as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub client_id: String,
    pub client_secret: Secret,
    /// With or without the word "Basic" in front; empty: made from the two.
    pub basic_key: Secret,
    pub hottok: Secret,
}

/// An account that may be connected.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub name: String,
    pub environment: Environment,
    pub keys: Keys,
    /// What Hotmart sends with each webhook; `None`: none are taken.
    pub hottok: Option<Secret>,
}

impl NewAccount {
    /// Every problem at once, in the order of the form.
    pub fn parse(typed: &Typed, environment: Environment) -> Result<Self, Vec<(Field, FieldProblem)>> {
        let mut problems = Vec::new();
        let mut keep = |field, result: Result<String, FieldProblem>| result.map_err(|problem| problems.push((field, problem))).ok();
        let name = keep(Field::Name, parse_name(&typed.name));
        let client_id = keep(Field::ClientId, key(&typed.client_id));
        let client_secret = keep(Field::ClientSecret, key(typed.client_secret.reveal()));
        let basic = keep(Field::BasicKey, optional(without_basic(typed.basic_key.reveal())));
        let hottok = parse_hottok(typed.hottok.reveal()).map_err(|problem| problems.push((Field::Hottok, problem))).ok();
        let (Some(name), Some(client_id), Some(client_secret), Some(basic), Some(hottok)) = (name, client_id, client_secret, basic, hottok) else {
            return Err(problems);
        };
        let basic = if basic.is_empty() { BASE64.encode(format!("{client_id}:{client_secret}").as_bytes()) } else { basic };
        let keys = Keys { client_id, client_secret: Secret::new(client_secret), basic: Secret::new(basic) };
        Ok(Self { name, environment, keys, hottok })
    }
}

/// The secret of webhooks, where one was typed.
pub fn parse_hottok(typed: &str) -> Result<Option<Secret>, FieldProblem> {
    optional(typed).map(|hottok| (!hottok.is_empty()).then(|| Secret::new(hottok)))
}

/// What the team calls an account.
pub fn parse_name(typed: &str) -> Result<String, FieldProblem> {
    one_line(typed, 1, NAME_MAX_CHARS)
}

/// What stands in a header as it is: visible characters, no spaces between.
fn key(typed: &str) -> Result<String, FieldProblem> {
    let key = one_line(typed, 1, KEY_MAX_CHARS)?;
    if key.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(key) } else { Err(FieldProblem::NotACode) }
}

fn optional(typed: &str) -> Result<String, FieldProblem> {
    if typed.trim().is_empty() { Ok(String::new()) } else { key(typed) }
}

/// Hotmart's page shows the key with the word in front, and people copy it either way.
fn without_basic(typed: &str) -> &str {
    let typed = typed.trim();
    match typed.split_once(char::is_whitespace) {
        Some((word, rest)) if word.eq_ignore_ascii_case("basic") => rest.trim(),
        _ => typed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            name: " Forno Azul ".into(),
            client_id: "0a1b-id".into(),
            client_secret: Secret::new("s3cret"),
            basic_key: Secret::default(),
            hottok: Secret::default(),
        }
    }

    fn parse(typed: &Typed) -> Result<NewAccount, Vec<(Field, FieldProblem)>> {
        NewAccount::parse(typed, Environment::Production)
    }

    #[test]
    fn the_basic_key_is_taken_with_and_without_its_word_and_made_where_it_is_missing() {
        for given in ["Basic YTpi", "basic  YTpi", " BASIC\tYTpi ", "YTpi"] {
            let typed = Typed { basic_key: Secret::new(given), ..typed() };
            assert_eq!(parse(&typed).expect("an account").keys.basic.reveal(), "YTpi", "{given:?}");
        }
        let made = parse(&typed()).expect("an account");
        assert_eq!(made.keys.basic.reveal(), BASE64.encode(b"0a1b-id:s3cret"));
        assert_eq!((made.name.as_str(), made.hottok.is_none()), ("Forno Azul", true));
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let problems = parse(&Typed::default()).expect_err("nothing was typed");
        let fields: Vec<Field> = problems.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::Name, Field::ClientId, Field::ClientSecret]);
        for hostile in ["a b", "a\nb", "é", "a\u{0}", &"x".repeat(KEY_MAX_CHARS + 1)] {
            let typed = Typed { client_secret: Secret::new(hostile), hottok: Secret::new(hostile), ..typed() };
            let fields: Vec<Field> = parse(&typed).expect_err("no key").into_iter().map(|(field, _)| field).collect();
            assert_eq!(fields, [Field::ClientSecret, Field::Hottok], "{hostile:?}");
        }
    }

    #[test]
    fn secrets_are_not_printed() {
        let account = parse(&Typed { hottok: Secret::new("t0k"), ..typed() }).expect("an account");
        let printed = format!("{account:?} {:?}", typed());
        assert!(!printed.contains("s3cret") && !printed.contains("t0k") && !printed.contains(account.keys.basic.reveal()));
    }
}
