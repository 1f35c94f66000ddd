//! What is counted about articles: reads, the most read, and whether they helped.

use ajuda::articles::model::ArticleId;
use ajuda::articles::votes::{SENTENCE_MAX_CHARS, Sentence, Vote};
use ajuda::clock::Micros;
use ajuda::i18n::Lang;

use crate::support::{Engine, Stage, engines};

fn article(id: &str) -> ArticleId {
    ArticleId(id.into())
}

fn read(stage: &Stage, id: &str, times: usize) {
    (0..times).for_each(|_| stage.counts.record(&article(id)));
}

#[tokio::test]
async fn the_most_read_of_28_days_are_known_from_fifty_reads_on() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let other = stage.another();
        read(&stage, "old", 1000);
        stage.counts.flush().await.expect("a database");
        stage.clock.advance(28 * Micros::DAY);
        read(&stage, "a", 20);
        read(&other, "b", 29);
        stage.counts.flush().await.expect("a database");
        other.counts.flush().await.expect("a database");
        stage.counts.refresh().await.expect("a database");
        assert_eq!(stage.counts.most_read(), None, "49 reads");
        read(&other, "c", 1);
        other.counts.flush().await.expect("a database");
        stage.counts.refresh().await.expect("a database");
        let ids: Vec<_> = stage.counts.most_read().expect("50 reads").iter().map(|id| id.as_str().to_owned()).collect();
        assert_eq!(ids, ["b", "a", "c"]);
    }
}

#[tokio::test]
async fn reads_wait_in_memory_while_the_database_is_away() {
    let (stage, folder) = Stage::new(&Engine::Sqlite).await;
    read(&stage, "a", 60);
    stage.counts.flush().await.expect("a database");
    stage.counts.refresh().await.expect("a database");
    let moved = folder.0.path().join("elsewhere");
    std::fs::rename(&stage.config.data, &moved).expect("a folder that can be moved");
    read(&stage, "a", 3);
    assert!(stage.counts.flush().await.is_err());
    assert!(stage.counts.refresh().await.is_err());
    assert!(stage.counts.most_read().is_some(), "what was known stays");
    read(&stage, "a", 4);
    std::fs::rename(&moved, &stage.config.data).expect("a folder that can be moved");
    stage.counts.flush().await.expect("a database");
    stage.counts.flush().await.expect("nothing to write");
    assert_eq!(stage.number("SELECT reads FROM reads").await, 67);
}

#[tokio::test]
async fn a_visitor_has_one_vote_a_day_and_may_change_it() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let vote = |helpful, sentence: &str, voter: &str| Vote {
            article: article("a/b/c"),
            lang: Lang::Pt,
            helpful,
            reason: None,
            sentence: Sentence::parse(sentence),
            voter: voter.into(),
        };
        for one in [vote(true, "", "x"), vote(false, "Faltou o prazo.\0", "x"), vote(false, "", "x"), vote(true, "", "y")] {
            stage.counts.vote(&one).await.expect("a vote");
        }
        assert_eq!(stage.number("SELECT COUNT(*) FROM votes").await, 2);
        assert_eq!(stage.number("SELECT CAST(SUM(helpful) AS BIGINT) FROM votes").await, 1);
        let pool = stage.db.ready().await.expect("a database");
        let sentence: Option<String> = sqlx::query_scalar("SELECT sentence FROM votes WHERE voter = 'x'").fetch_one(&pool).await.expect("a vote");
        assert_eq!(sentence.as_deref(), Some("Faltou o prazo."), "a sentence is not lost by a second click");
        stage.clock.advance(Micros::DAY);
        stage.counts.vote(&vote(true, "", "x")).await.expect("a vote");
        assert_eq!(stage.number("SELECT COUNT(*) FROM votes").await, 3);
    }
}

#[test]
fn a_sentence_is_cut_and_cleaned() {
    assert_eq!(Sentence::parse(" \r\n\0 "), None);
    let long = Sentence::parse(&"é".repeat(SENTENCE_MAX_CHARS + 1)).expect("a sentence");
    assert_eq!(long.as_str().chars().count(), SENTENCE_MAX_CHARS);
}
