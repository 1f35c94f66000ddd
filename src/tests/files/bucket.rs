//! Files in a bucket, on the server that `AJUDA_TEST_S3` names (`make test-s3`).

use ajuda::clock::Micros;
use ajuda::settings::Config;

use super::{path_of, png, post, rows, sweep, wide_png};
use crate::support::engines;
use crate::visitor::{GOOD_FORM, Visitor, form_with};

/// The server, with a bucket named `files` in it.
fn server() -> String {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    std::env::var("AJUDA_TEST_S3").expect("AJUDA_TEST_S3 names a server: run `make test-s3`")
}

fn in_bucket(config: &mut Config, endpoint: &str) {
    let attachments = &mut config.attachments;
    attachments.store = "s3://files/help/centre".into();
    attachments.s3_endpoint = endpoint.into();
    attachments.s3_access_key_id = "a-key".into();
    attachments.s3_secret_access_key = serde_json::from_str("\"a-secret\"").expect("a secret");
}

#[tokio::test]
async fn files_in_a_bucket_are_kept_seen_and_swept() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| in_bucket(config, &server())).await;
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("tela.png", &wide_png()), ("nota.txt", b"uma linha")]).await);
        let addresses = visitor.get(&path).await.attributes(".message-files a", "href");
        assert_eq!(addresses.len(), 2);
        visitor.get(&addresses[0]).await.assert_status(200);
        let preview = visitor.get(&format!("{}?small", addresses[0])).await;
        assert_eq!((preview.header("content-type"), preview.header("content-length")), ("image/jpeg", preview.bytes.len().to_string().as_str()));
        assert_eq!(visitor.get(&addresses[1]).await.bytes, b"uma linha");
        assert!(!visitor.app.config.data.join("attachments").exists(), "nothing lies in the data folder");
        // What waits in vain goes; what is attached stays.
        post(&visitor, "/pt/contact", &form_with(&[("name", "")]), &[("b.txt", b"outra")]).await.assert_status(422);
        assert_eq!(rows(&visitor).await, 3);
        visitor.app.clock.advance(Micros::DAY + Micros::HOUR);
        sweep(&visitor.app).await;
        assert_eq!(rows(&visitor).await, 2);
        visitor.get(&addresses[0]).await.assert_status(200);
    }
}

#[tokio::test]
async fn without_its_bucket_a_message_goes_without_files_and_nothing_typed_is_lost() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            // Nobody listens there.
            in_bucket(config, "http://127.0.0.1:1");
        })
        .await;
        let reply = post(&visitor, "/pt/contact", &GOOD_FORM, &[("tela.png", &png())]).await;
        reply.assert_status(503);
        assert_eq!(reply.attributes("#email", "value"), ["joana@example.com"]);
        assert!(!reply.text().contains("127.0.0.1:1") && !reply.text().contains("a-secret"));
        visitor.post("/pt/contact", &GOOD_FORM).await.assert_status(303);
    }
}
