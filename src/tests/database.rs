//! What the database kit promises: the same SQL on both engines, durability, and patience while the database is away.

use std::time::{Duration, Instant};

use ajuda::db::{Db, DbError};

use crate::support::{Engine, Stage, engines};

const ADD: &str = "
    INSERT INTO reads (article, day, reads) VALUES ($1, $2, $3)
    ON CONFLICT (article, day) DO UPDATE SET reads = reads.reads + excluded.reads
    RETURNING reads";

async fn add(db: &Db, article: &str, count: i64) -> Result<i64, DbError> {
    let mut write = db.begin().await?;
    let reads = sqlx::query_scalar(ADD).bind(article).bind(1_i64).bind(count).fetch_one(&mut *write).await?;
    write.commit().await?;
    Ok(reads)
}

#[tokio::test]
async fn numbered_placeholders_upsert_returning_and_sums_are_the_same_on_every_engine() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        assert_eq!(add(&stage.db, "a", 2).await.expect("an insert"), 2);
        assert_eq!(add(&stage.db, "a", i64::from(u32::MAX)).await.expect("an update"), i64::from(u32::MAX) + 2);
        let pool = stage.db.ready().await.expect("a database");
        let twice: Vec<(String, i64, Option<String>)> =
            sqlx::query_as("SELECT article, CAST(SUM(reads) AS BIGINT), $1 FROM reads WHERE article = $2 AND article >= $2 GROUP BY article")
                .bind(None::<String>)
                .bind("a")
                .fetch_all(&pool)
                .await
                .expect("a placeholder used twice, and an empty value");
        assert_eq!(twice, [("a".to_owned(), i64::from(u32::MAX) + 2, None)]);
    }
}

#[tokio::test]
async fn what_is_not_committed_leaves_no_trace() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let mut write = stage.db.begin().await.expect("a transaction");
        let _: i64 = sqlx::query_scalar(ADD).bind("a").bind(1_i64).bind(1_i64).fetch_one(&mut *write).await.expect("an insert");
        drop(write);
        let mut write = stage.db.begin().await.expect("the next writer's turn");
        let _: i64 = sqlx::query_scalar(ADD).bind("b").bind(1_i64).bind(1_i64).fetch_one(&mut *write).await.expect("an insert");
        write.undo().await.expect("an undo");
        assert_eq!(stage.number("SELECT COUNT(*) FROM reads").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_at_once_all_get_their_turn() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let other = stage.another();
        let writers = (0..60).map(|number| {
            let db = if number % 2 == 0 { stage.db.clone() } else { other.db.clone() };
            tokio::spawn(async move { add(&db, "a", 1).await })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("a writer").expect("a write");
        }
        assert_eq!(stage.number("SELECT reads FROM reads").await, 60);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_may_start_at_the_same_time_on_an_empty_database() {
    for engine in engines() {
        for _ in 0..5 {
            let (stage, _folder) = Stage::new(&engine).await;
            let other = stage.another();
            let (one, two) = tokio::join!(stage.db.ready(), other.db.ready());
            one.expect("the first instance");
            two.expect("the second instance");
        }
    }
}

#[tokio::test]
async fn a_commit_waits_for_the_disk() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let pool = stage.db.ready().await.expect("a database");
        if engine == Engine::Sqlite {
            // What is written goes through another connection than what is read.
            let mut write = stage.db.begin().await.expect("a transaction");
            for (setting, wanted) in [("PRAGMA synchronous", 2), ("PRAGMA foreign_keys", 1), ("PRAGMA secure_delete", 1)] {
                assert_eq!(stage.number(setting).await, wanted, "{setting}");
                let of_writer: i64 = sqlx::query_scalar(setting).fetch_one(&mut *write).await.expect("a number");
                assert_eq!(of_writer, wanted, "{setting}");
            }
            let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.expect("a word");
            assert_eq!(journal, "wal");
        } else {
            // Whatever the server's own setting is.
            let commit: String = sqlx::query_scalar("SELECT current_setting('synchronous_commit')").fetch_one(&pool).await.expect("a word");
            assert_eq!(commit, "on");
        }
    }
}

#[test]
fn migrations_have_only_big_numbers_and_texts_so_that_both_engines_take_the_same() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    for file in std::fs::read_dir(folder).expect("migrations").map(|file| file.expect("a file").path()) {
        let text = std::fs::read_to_string(&file).expect("a migration");
        for line in text.lines().filter(|line| line.starts_with("    ") && !line.contains("--") && !line.contains(" KEY (")) {
            let column_type = line.split_whitespace().nth(1).unwrap_or_default().trim_end_matches(',');
            assert!(["BIGINT", "TEXT"].contains(&column_type), "{}: {line}", file.display());
        }
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_with_a_reason() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let mut write = stage.db.begin().await.expect("a transaction");
        sqlx::query("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 3").execute(&mut *write).await.expect("a change");
        write.commit().await.expect("a commit");
        let error = stage.another().db.ready().await.expect_err("a newer database");
        assert!(matches!(&error, DbError::Broken(text) if text.contains("newer version")), "{error}");
    }
}

#[tokio::test]
async fn a_data_folder_that_can_not_be_made_is_named_and_found_once_it_can() {
    let (stage, folder) = Stage::new(&Engine::Sqlite).await;
    std::fs::write(folder.0.path().join("data"), "a file is in the way").expect("a file");
    let error = stage.db.ready().await.expect_err("no folder");
    assert!(matches!(&error, DbError::CannotWrite(text) if text.contains("data/ajuda.db") && text.contains("right to write")), "{error}");
    std::fs::remove_file(folder.0.path().join("data")).expect("the file");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    stage.db.ping().await.expect("the database came back by itself");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| std::fs::metadata(folder.0.path().join(path)).expect("a file").permissions().mode() & 0o777;
        assert_eq!((mode("data"), mode("data/ajuda.db")), (0o700, 0o600), "what customers wrote is closed to other users");
    }
}

#[tokio::test]
async fn a_folder_with_any_name_will_do() {
    let (stage, _folder) = Stage::with(&Engine::Sqlite, |config| config.data = config.data.join("a b?c#d%20\u{e9}&mode=ro")).await;
    assert_eq!(add(&stage.db, "a", 1).await.expect("a write"), 1);
    assert!(stage.config.data.join("ajuda.db").exists());
}

#[tokio::test]
async fn a_database_that_vanished_is_noticed_before_anything_is_written_into_the_void() {
    let (stage, folder) = Stage::new(&Engine::Sqlite).await;
    add(&stage.db, "a", 1).await.expect("a write");
    let moved = folder.0.path().join("elsewhere");
    std::fs::rename(&stage.config.data, &moved).expect("a folder that can be moved");
    let error = add(&stage.db, "a", 1).await.expect_err("a vanished database");
    assert!(matches!(&error, DbError::Unavailable(text) if text.contains("has vanished")), "{error}");
    std::fs::rename(&moved, &stage.config.data).expect("a folder that can be moved");
    assert_eq!(add(&stage.db, "a", 1).await.expect("a write"), 2, "it is back");
}

#[tokio::test]
async fn a_restored_copy_is_opened_in_place_of_the_old_file() {
    let (stage, folder) = Stage::new(&Engine::Sqlite).await;
    add(&stage.db, "a", 1).await.expect("a write");
    let copy = folder.0.path().join("copy.db");
    let sql = format!("VACUUM INTO '{}'", copy.display());
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&stage.db.ready().await.expect("a database")).await.expect("a copy");
    assert_eq!(add(&stage.db, "a", 1).await.expect("a write"), 2);
    for left in ["ajuda.db-wal", "ajuda.db-shm"] {
        let _ = std::fs::remove_file(stage.config.data.join(left));
    }
    std::fs::rename(&copy, stage.config.data.join("ajuda.db")).expect("a restored copy");
    assert_eq!(add(&stage.db, "a", 1).await.expect("a write"), 2, "the copy knew one read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_unavailable_for_a_moment_and_reading_goes_on() {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    add(&stage.db, "a", 1).await.expect("a write");
    let holder = stage.another();
    let write = holder.db.begin().await.expect("another process that writes");
    let started = Instant::now();
    let error = add(&stage.db, "a", 1).await.expect_err("a locked database");
    assert!(matches!(error, DbError::Unavailable(_)), "{error}");
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    assert_eq!(stage.number("SELECT reads FROM reads").await, 1);
    write.undo().await.expect("an undo");
    assert_eq!(add(&stage.db, "a", 1).await.expect("a write"), 2);
}

#[tokio::test]
async fn a_full_disk_is_told_apart_and_what_was_stored_stays() {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    add(&stage.db, "a", 1).await.expect("a write");
    // The engine's own limit gives the same error as a full disk.
    let limit = async |sql: &'static str| {
        let mut write = stage.db.begin().await.expect("a transaction");
        sqlx::query(sql).fetch_one(&mut *write).await.expect("a limit");
        write.undo().await.expect("an undo");
    };
    limit("PRAGMA max_page_count = 1").await;
    let big = "x".repeat(100_000);
    let error = add(&stage.db, &big, 1).await.expect_err("a full disk");
    assert!(matches!(error, DbError::CannotWrite(_)), "{error}");
    assert_eq!(stage.number("SELECT COUNT(*) FROM reads").await, 1);
    limit("PRAGMA max_page_count = 100000").await;
    add(&stage.db, &big, 1).await.expect("there is room again");
}

#[tokio::test]
async fn a_damaged_file_is_left_alone_and_named() {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    std::fs::create_dir(&stage.config.data).expect("a folder");
    let file = stage.config.data.join("ajuda.db");
    std::fs::write(&file, "this is no database, ".repeat(500)).expect("a file");
    let error = stage.db.ready().await.expect_err("a damaged file");
    assert!(matches!(&error, DbError::Broken(text) if text.contains("put a copy")), "{error}");
    assert!(std::fs::read_to_string(&file).is_ok_and(|text| text.starts_with("this is no database")));
}

#[tokio::test]
async fn an_unreachable_server_is_told_within_seconds_and_to_those_who_wait_at_once() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let silent_port = silent.local_addr().expect("an address").port();
    for port in [port, silent_port] {
        let db = Db::new(&format!("postgres://ajuda@127.0.0.1:{port}/ajuda"), "data".as_ref());
        let started = Instant::now();
        let error = db.ready().await.expect_err("no server");
        assert!(matches!(error, DbError::Unavailable(_)), "{error}");
        assert!(started.elapsed() < Duration::from_secs(7), "{:?}", started.elapsed());
        let again = Instant::now();
        assert!(db.begin().await.is_err());
        assert!(again.elapsed() < Duration::from_millis(500), "{:?}", again.elapsed());
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_named_without_its_password() {
    for address in ["postgres:/", "nonsense", "mysql://u:hunter2@h/d", "postgres://u:hunter2@h:99999/d"] {
        let error = Db::new(address, "data".as_ref()).ready().await.expect_err("no address");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_cuts_every_connection_is_found_again() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        add(&stage.db, "a", 1).await.expect("a write");
        if engine == Engine::Sqlite {
            stage.db.close().await;
        } else {
            let other = stage.another();
            let cut = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            assert!(other.number(cut).await > 0);
        }
        assert_eq!(add(&stage.db, "a", 1).await.expect("a write"), 2);
    }
}
