//! The migrations, as the program carries them.

use std::sync::LazyLock;

use sqlx::AssertSqlSafe;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! steps {
    ($($version:literal $file:literal),+ $(,)?) => {
        [$(($version, $file, include_str!(concat!("../../migrations/", $file, ".sql")))),+]
    };
}

/// Each with its number and its file, in their order. The same on both engines.
const FILES: [(i64, &str, &str); 21] = steps![
    1 "0001_people",
    2 "0002_tickets",
    3 "0003_events",
    4 "0004_mail",
    5 "0005_limits",
    6 "0006_articles",
    7 "0007_jobs",
    8 "0008_inbound",
    9 "0009_vote_reasons",
    10 "0010_staff",
    11 "0011_desk",
    12 "0012_saved_replies",
    13 "0013_notifications",
    14 "0014_visits",
    15 "0015_orders",
    16 "0016_order_sums",
    17 "0017_orders_beside",
    18 "0018_buyer_proofs",
    19 "0019_orders_compared",
    20 "0020_order_sums_by_day",
    21 "0021_order_bodies_by_page",
];

pub(super) static STEPS: LazyLock<Migrator> = LazyLock::new(|| {
    use sqlx::SqlSafeStr as _;
    let step = |(version, file, sql): (i64, &'static str, &'static str)| {
        let description = file.trim_start_matches(|char: char| char.is_ascii_digit() || char == '_');
        Migration::new(version, description.into(), MigrationType::Simple, AssertSqlSafe(sql).into_sql_str(), false)
    };
    Migrator::with_migrations(FILES.map(step).to_vec())
});

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn every_file_is_a_step() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut files: Vec<String> =
            std::fs::read_dir(folder).expect("migrations").map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
        files.sort();
        assert_eq!(files, FILES.map(|(_, file, _)| format!("{file}.sql")));
        assert!(FILES.iter().enumerate().all(|(at, (version, file, _))| *version == at as i64 + 1 && file.starts_with(&format!("{version:04}_"))));
    }
}
