//! The queue of jobs: what was put in runs, once, whoever runs it and whatever becomes of whom.

use std::collections::HashSet;

use ajuda::clock::Micros;
use ajuda::jobs::{Claimed, Job, SCHEDULE};
use tokio::sync::watch;

use crate::support::{Engine, MONDAY, Stage, engines};

async fn put(stage: &Stage, key: Option<&str>, run_at: Micros) {
    let mut write = stage.db.begin().await.expect("a database");
    stage.job_queue.enqueue(&mut write, &Job::SweepFiles, key, run_at).await.expect("a job");
    write.commit().await.expect("a commit");
}

async fn claim(stage: &Stage) -> Option<Claimed> {
    stage.job_queue.claim().await.expect("a queue")
}

/// Makes a step of housekeeping fail, or work again.
async fn rename(stage: &Stage, sql: &'static str) {
    let mut write = stage.db.begin().await.expect("a database");
    sqlx::query(sql).execute(&mut *write).await.expect("a new name");
    write.commit().await.expect("a commit");
}

const COUNT: &str = "SELECT COUNT(*) FROM jobs";

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_claim_at_the_same_time_and_each_job_once() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for _ in 0..40 {
            put(&stage, None, MONDAY).await;
        }
        let other = stage.another();
        let workers = (0..8).map(|number| {
            let queue = if number % 2 == 0 { stage.job_queue.clone() } else { other.job_queue.clone() };
            tokio::spawn(async move {
                let mut ids = Vec::new();
                while let Some(claimed) = queue.claim().await.expect("a queue") {
                    ids.push(claimed.id.clone());
                    assert!(queue.done(&claimed).await.expect("a queue"));
                }
                ids
            })
        });
        let mut ids = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            ids.extend(worker.await.expect("a worker"));
        }
        assert_eq!((ids.len(), ids.iter().collect::<HashSet<_>>().len()), (40, 40), "none twice, and nobody goes while there is one");
        assert_eq!(stage.number(COUNT).await, 0);
    }
}

#[tokio::test]
async fn nobody_waits_for_a_job_that_another_is_about_to_take() {
    for engine in engines().into_iter().filter(|engine| *engine != Engine::Sqlite) {
        let (stage, _folder) = Stage::new(&engine).await;
        put(&stage, None, MONDAY).await;
        put(&stage, None, MONDAY.plus(-1)).await;
        let mut write = stage.db.begin().await.expect("a database");
        let first = ajuda::db::claim::claim_job(&mut write, MONDAY, MONDAY.plus(1)).await.expect("a queue").expect("a job");
        let second = claim(&stage.another()).await.expect("the other job");
        assert_ne!(first.id, second.id);
        assert_eq!(claim(&stage).await, None);
        write.undo().await.expect("an undo");
        assert_eq!(claim(&stage).await.expect("it was not taken after all").id, first.id);
    }
}

#[tokio::test]
async fn a_job_of_an_instance_that_died_is_taken_over_and_the_dead_one_has_no_say_any_more() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        put(&stage, None, MONDAY).await;
        let died = claim(&stage).await.expect("a job");
        stage.clock.advance(10 * Micros::MINUTE - 1);
        let other = stage.another();
        assert_eq!(claim(&other).await, None, "the lease lasts");
        stage.clock.advance(1);
        let taken_over = claim(&other).await.expect("the same job");
        assert_eq!((&taken_over.id, taken_over.attempt), (&died.id, 2));
        assert!(!stage.job_queue.failed(&died, "too late").await.expect("a queue"));
        assert!(!stage.job_queue.done(&died).await.expect("a queue"));
        assert_eq!((stage.number(COUNT).await, stage.job_queue.count_failed().await.expect("a queue")), (1, 0));
        assert!(other.job_queue.done(&taken_over).await.expect("a queue"));
        assert_eq!(stage.number(COUNT).await, 0);
    }
}

#[tokio::test]
async fn the_late_end_of_a_recurring_job_ends_no_later_run_of_it() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.job_queue.schedule().await.expect("a queue");
        let died = claim(&stage).await.expect("a job");
        stage.clock.advance(10 * Micros::MINUTE);
        assert_eq!(stage.another().jobs().run_due_once().await.expect("a queue"), SCHEDULE.len());
        stage.clock.advance(Micros::HOUR);
        let mut running = Vec::new();
        while let Some(claimed) = claim(&stage).await {
            running.push(claimed);
        }
        let next = running.iter().find(|claimed| claimed.job == died.job).expect("its next run");
        assert_eq!(next.attempt, died.attempt, "told apart by more than the number of the attempt");
        assert!(!stage.job_queue.done(&died).await.expect("a queue"));
        assert!(stage.job_queue.done(next).await.expect("a queue"));
        assert_eq!(stage.number(COUNT).await, i64::try_from(SCHEDULE.len()).expect("a number"));
    }
}

#[tokio::test]
async fn of_one_key_one_job_waits_and_what_is_wanted_while_it_runs_is_run_after_it() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for _ in 0..2 {
            put(&stage, Some("sweep"), MONDAY).await;
        }
        put(&stage, Some("other"), MONDAY.plus(1)).await;
        assert_eq!(stage.number(COUNT).await, 2);
        let running = claim(&stage).await.expect("a job");
        put(&stage, Some("sweep"), MONDAY).await;
        assert!(!stage.job_queue.done(&running).await.expect("a queue"), "a new one waits in its place");
        let again = claim(&stage).await.expect("the new one");
        assert_ne!(again.id, running.id);
        assert!(stage.job_queue.failed(&again, "not now").await.expect("a queue"));
        put(&stage, Some("sweep"), MONDAY).await;
        assert_eq!(claim(&stage).await, None, "it waits for its next attempt");
        let mut write = stage.db.begin().await.expect("a database");
        stage.job_queue.enqueue(&mut write, &Job::SweepFiles, Some("undone"), MONDAY).await.expect("a job");
        write.undo().await.expect("an undo");
        assert_eq!(stage.number(COUNT).await, 2, "a job is put in with its transaction or not at all");
    }
}

#[tokio::test]
async fn pauses_grow_and_a_job_that_always_fails_is_kept_counted_and_can_be_put_in_again() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        put(&stage, Some("sweep"), MONDAY).await;
        let mut pauses = Vec::new();
        for attempt in 1..=9 {
            let claimed = claim(&stage).await.expect("the job is due");
            assert_eq!(claimed.attempt, attempt);
            assert!(stage.job_queue.failed(&claimed, "the disk is full").await.expect("a queue"));
            if attempt < 9 {
                let pause = stage.number("SELECT run_at FROM jobs").await - stage.clock.now().0;
                stage.clock.advance(pause - 1);
                assert_eq!(claim(&stage).await, None);
                stage.clock.advance(1);
                pauses.push(pause);
            }
        }
        assert!(pauses.is_sorted() && pauses[0] == Micros::MINUTE && pauses[7] > Micros::HOUR, "{pauses:?}");
        stage.clock.advance(365 * Micros::DAY);
        assert_eq!(claim(&stage).await, None);
        assert_eq!(stage.number("SELECT COUNT(*) FROM jobs WHERE run_at IS NULL AND last_problem = 'the disk is full'").await, 1);
        assert_eq!(stage.job_queue.count_failed().await.expect("a queue"), 1);
        put(&stage, Some("sweep"), stage.clock.now()).await;
        assert_eq!(stage.job_queue.count_failed().await.expect("a queue"), 0);
        assert_eq!(claim(&stage).await.expect("a new one").attempt, 1);
    }
}

#[tokio::test]
async fn a_job_that_ends_every_program_that_runs_it_is_given_up() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        put(&stage, None, MONDAY).await;
        for _ in 1..=9 {
            assert!(!claim(&stage).await.expect("a job").is_spent());
            stage.clock.advance(10 * Micros::MINUTE);
        }
        stage.jobs().run_due_once().await.expect("a queue");
        assert_eq!(stage.number("SELECT COUNT(*) FROM jobs WHERE run_at IS NULL").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_recurs_runs_once_a_period_whatever_the_number_of_instances() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let (all, often) = (SCHEDULE.len(), SCHEDULE.iter().filter(|(_, period)| *period < Micros::HOUR).count());
        for (moved_by, expected) in [(0, all), (0, 0), (Micros::HOUR - 1, often), (1, all - often), (5 * Micros::HOUR, all)] {
            stage.clock.advance(moved_by);
            let instances = (0..3).map(|_| {
                let instance = stage.another();
                tokio::spawn(async move { instance.jobs().run_due_once().await.expect("a queue") })
            });
            let mut ran = 0;
            for instance in instances.collect::<Vec<_>>() {
                ran += instance.await.expect("an instance");
            }
            assert_eq!(ran, expected, "after {moved_by}");
            assert_eq!(stage.number(COUNT).await, i64::try_from(SCHEDULE.len()).expect("a number"));
        }
    }
}

#[tokio::test]
async fn a_step_that_fails_holds_up_no_other_and_is_counted_until_it_works() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let (_sender, stop) = watch::channel(true);
        stage.db.ready().await.expect("a database");
        rename(&stage, "ALTER TABLE searches RENAME TO elsewhere").await;
        stage.jobs().run(stop.clone()).await;
        assert_eq!(stage.number("SELECT COUNT(*) FROM jobs WHERE attempts = 0").await, i64::try_from(SCHEDULE.len() - 1).expect("a number"));
        assert_eq!(stage.number("SELECT COUNT(*) FROM jobs WHERE kind = 'prune_searches' AND last_problem <> ''").await, 1);
        for _ in 0..20 {
            stage.clock.advance(Micros::HOUR);
            stage.jobs().run_due_once().await.expect("a queue");
        }
        assert_eq!(stage.job_queue.count_failed().await.expect("a queue"), 1, "what recurs is never given up");
        rename(&stage, "ALTER TABLE elsewhere RENAME TO searches").await;
        stage.clock.advance(Micros::HOUR);
        stage.jobs().run(stop).await;
        assert_eq!(stage.job_queue.count_failed().await.expect("a queue"), 0);
        assert_eq!(stage.number(COUNT).await, i64::try_from(SCHEDULE.len()).expect("a number"));
    }
}

#[tokio::test]
async fn a_job_of_another_version_is_not_lost() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        put(&stage, None, MONDAY).await;
        rename(&stage, "UPDATE jobs SET kind = 'of_tomorrow', data = '{\"id\":\"x\"}'").await;
        stage.jobs().run_due_once().await.expect("a queue");
        stage.clock.advance(Micros::MINUTE);
        let mut claimed = claim(&stage).await.expect("it waits for who knows it");
        // What recurs every minute is due as well.
        while claimed.kind == "notify" {
            claimed = claim(&stage).await.expect("it waits for who knows it");
        }
        assert_eq!((claimed.kind.as_str(), claimed.job, claimed.attempt), ("of_tomorrow", None, 2));
    }
}
