//! Connecting accounts, on the desk and on the command line.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use ajuda::events::Actor;
use ajuda::key::ServerKey;
use ajuda::orders::{CallError, ConnectError};
use ajuda::staff::Role;

use super::{SECRET, asking, connect, new_account, sandbox};
use crate::desk::logged_in;
use crate::program::ajuda;
use crate::support::{Engine, Stage, engines, new_config};
use crate::visitor::Visitor;

const PAGE: &str = "/desk/orders/accounts";

#[tokio::test]
async fn keys_are_tried_before_an_account_is_kept_and_lie_sealed() {
    for engine in engines() {
        let hotmart = sandbox(20, "").await;
        let (stage, folder) = Stage::with(&engine, asking(&hotmart)).await;
        let accounts = stage.orders.accounts();
        let wrong = accounts.connect(&new_account("Forno", "wrong"), &Actor::Console).await;
        assert!(matches!(wrong, Err(ConnectError::Call(CallError::WrongKeys))), "{wrong:?}");
        assert!(accounts.list().await.expect("a database").is_empty());
        let account = connect(&stage, "Forno").await.expect("connected");
        assert!(matches!(connect(&stage, "Forno").await, Err(ConnectError::NameTaken)));
        connect(&stage, "Outra").await.expect("any number of accounts");
        assert!(!accounts.rename(&account.id, "Outra", &Actor::Console).await.expect("a database"));
        assert!(accounts.rename(&account.id, "Forno Azul", &Actor::Console).await.expect("a database"));
        accounts.pause(&account.id, true, &Actor::Console).await.expect("a database");
        assert!(accounts.by_id(&account.id).await.expect("an account").is_paused);
        accounts.disconnect(&account.id, &Actor::Console).await.expect("a database");
        assert_eq!(accounts.list().await.expect("a database").len(), 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_accounts WHERE keys LIKE '%s3cret%'").await, 0);
        if engine == Engine::Sqlite {
            for entry in std::fs::read_dir(folder.0.path()).expect("the data folder") {
                let bytes = std::fs::read(entry.expect("an entry").path()).unwrap_or_default();
                assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
            }
        }
    }
}

#[tokio::test]
async fn keys_are_sealed_anew_when_the_servers_key_was_replaced() {
    let hotmart = sandbox(5, "").await;
    let (stage, _folder) = Stage::with(&Engine::Sqlite, asking(&hotmart)).await;
    let account = connect(&stage, "Forno").await.expect("connected");
    let text = std::fs::read_to_string(stage.config.data.join("server.key")).expect("the key");
    let old = ServerKey::parse(&text).expect("a key");
    let mut config = stage.config.clone();
    config.server_key = ajuda::config::Secret::new("ab".repeat(32));
    let other = Stage::on(config, stage.clock.clone());
    let problem = other.orders.accounts().check(&account.id).await.expect_err("keys of another key").to_string();
    assert!(problem.contains("ajuda orders rekey"), "{problem}");
    let strange = ServerKey::parse(&"cd".repeat(32)).expect("a key");
    other.orders.accounts().rekey(&strange, &Actor::Console).await.expect_err("it sealed nothing");
    assert_eq!(other.orders.accounts().rekey(&old, &Actor::Console).await.expect("a database"), 1);
    other.orders.accounts().check(&account.id).await.expect("a database").expect("the keys work");
}

#[tokio::test]
async fn an_admin_connects_an_account_and_every_failure_has_its_sentence() {
    let hotmart = sandbox(20, "").await;
    let visitor = Visitor::with(&Engine::Sqlite, asking(&hotmart)).await;
    let eva = logged_in(&visitor, "eva@example.org", "Eva", Role::Admin).await;
    let page = eva.get(PAGE).await;
    assert!(page.assert_status(200).text().contains("Nenhuma conta conectada"));
    let fields =
        |id: &'static str| [("name", "Forno"), ("environment", "production"), ("client_id", id), ("client_secret", SECRET), ("hottok", "t0k")];
    let refused = eva.post(PAGE, &fields("wrong")).await;
    assert!(refused.assert_status(422).text().contains("recusou as chaves"));
    assert!(!refused.text().contains(SECRET) && !refused.text().contains("t0k"), "no key comes back into a page");
    assert_eq!(refused.attributes("#name", "value"), ["Forno"]);
    let empty = eva.post(PAGE, &[("environment", "production")]).await;
    assert_eq!(empty.assert_status(422).texts_of(".desk-form .error").len(), 3);
    eva.post(PAGE, &[("environment", "moon")]).await.assert_status(400);
    assert!(eva.post(PAGE, &fields("id-1")).await.assert_status(303).header("location").ends_with("done=connected"));
    let account = visitor.app.orders.accounts().list().await.expect("a database").remove(0);
    let to = |what: &str| format!("{PAGE}/{}/{what}", account.id);
    eva.post(&to("check"), &[]).await.assert_status(303);
    eva.post(&to("pause"), &[("to", "paused")]).await.assert_status(303);
    eva.post(&to("pause"), &[("to", "x")]).await.assert_status(400);
    eva.post(&to("name"), &[("name", "")]).await.assert_status(422);
    eva.post(&to("name"), &[("name", "Padaria")]).await.assert_status(303);
    eva.post(&to("hottok"), &[("hottok", "a b")]).await.assert_status(422);
    eva.post(&to("hottok"), &[("hottok", "")]).await.assert_status(303);
    let page = eva.get(PAGE).await;
    let shown = page.assert_status(200).text();
    assert!(shown.contains("Padaria") && shown.contains("Pausada") && shown.contains("Sem hottok") && !shown.contains(SECRET));
    for odd in ["'", "x", "%00"] {
        eva.post(&format!("{PAGE}/{odd}/disconnect"), &[]).await.assert_status(404);
    }
    eva.post(&to("disconnect"), &[]).await.assert_status(303);
    assert!(visitor.app.orders.accounts().list().await.expect("a database").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_connects_and_says_how_far_it_is() {
    let hotmart = sandbox(20, "").await;
    let (config, _folder) = new_config(&Engine::Sqlite).await;
    let orders = |words: &[&str], typed: &str| -> Output {
        let mut command: Command = ajuda();
        command.args(["orders", "--data"]).arg(&config.data).args(words).env("AJUDA_ORDERS_BASE_URL", &hotmart.url);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("it reads");
        child.wait_with_output().expect("it ends")
    };
    let said = |output: &Output| format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let connect = |id: &str| {
        let words = ["connect", "--name", "Forno", "--client-id", id, "--client-secret-stdin", "--hottok-stdin"];
        orders(&words, &format!("{SECRET}\nt0k\n"))
    };
    assert!(said(&orders(&["status"], "")).contains("No account is connected"));
    let wrong = connect("wrong");
    assert!(!wrong.status.success() && said(&wrong).contains("refuses the keys"), "{}", said(&wrong));
    let right = connect("id-1");
    assert!(right.status.success() && !said(&right).contains(SECRET), "{}", said(&right));
    let status: serde_json::Value = serde_json::from_slice(&orders(&["status", "--json"], "").stdout).expect("JSON");
    assert_eq!((status["accounts"][0]["state"].as_str(), status["accounts"][0]["complete"].as_bool()), (Some("importing"), Some(false)));
    let report = |from: &str| orders(&["report", "new-orders", "--from", from, "--to", "2026-11-30", "--account", "Forno", "--json"], "");
    let figures: serde_json::Value = serde_json::from_slice(&report("2026-11-01").stdout).expect("JSON");
    assert_eq!((figures["from"].as_str(), figures["currencies"].as_array().map(Vec::len)), (Some("2026-11-01"), Some(0)), "nothing is read yet");
    for odd in ["yesterday", "2026-13-01"] {
        assert!(said(&report(odd)).contains("write a day as"), "{odd}");
    }
    assert!(said(&orders(&["pause", "Nobody"], "")).contains("No account is named Nobody"));
    assert!(orders(&["pause", "Forno"], "").status.success() && said(&orders(&["list"], "")).contains("paused"));
    assert!(orders(&["disconnect", "Forno"], "").status.success());
}
