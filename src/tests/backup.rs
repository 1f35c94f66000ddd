//! `ajuda backup`, and what it is for: a restore.

use ajuda::clock::Clock;
use ajuda::tickets::model::MessageKind;

use crate::program::ajuda;
use crate::support::{Acts, Engine, HOME, MONDAY, Stage, draft, said};

/// A small picture, kept for a form.
async fn kept(stage: &Stage) -> (ajuda::tickets::model::Attachment, String) {
    let taken = stage.files.take_from_staff(vec![("log.txt".into(), b"erro 42".to_vec())]).await.expect("a database");
    taken.kept.into_iter().next().expect("a file")
}

#[tokio::test]
async fn a_backup_made_while_the_program_runs_is_everything_when_it_is_restored() {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    let file = kept(&stage).await;
    let filed = stage.file_with(&draft("Cobrado duas vezes", "maria@example.com"), std::slice::from_ref(&file), HOME).await.expect("a ticket");
    stage.clock.advance(ajuda::clock::Micros::SECOND);
    stage.answer(&filed.key.reference, said("Já vimos.")).await.expect("an answer");
    let token = stage.tickets.access().expect("a key").link_token(&filed.key, ajuda::tickets::Right::Mailbox);

    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let backup = elsewhere.path().join("backup");
    let run = || ajuda().args(["backup", "--data"]).arg(&stage.config.data).arg(&backup).output().expect("the program");
    let output = run();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    #[cfg(unix)]
    for (path, mode) in [(backup.clone(), 0o700), (backup.join("ajuda.db"), 0o600), (backup.join("server.key"), 0o600)] {
        let found = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).expect("a copy").permissions());
        assert_eq!(found & 0o777, mode, "{}", path.display());
    }
    let again = run();
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("is not empty"));

    let restored = Stage::on(ajuda::settings::Config { data: backup, ..stage.config.clone() }, Clock::fixed(MONDAY));
    let (ticket, messages) = restored.tickets.read().for_staff(&filed.key.reference).await.expect("the ticket");
    assert_eq!((ticket.email.as_str(), messages.len(), messages[1].kind()), ("maria@example.com", 2, MessageKind::Answer));
    assert_eq!(restored.files.read(&file.0.id).await.expect("the file").as_ref(), b"erro 42");
    assert!(restored.tickets.read().open_link(&filed.key.reference, &token).await.is_ok(), "links that people have still open");
}
