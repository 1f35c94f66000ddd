//! Too large, too many, broken: each with a page that says so, and what was typed kept.

use super::{files_on_disk, png, post, post_raw};
use ajuda::files::settings::Attachments;

use crate::support::engines;
use crate::visitor::{GOOD_FORM, Visitor, form_with};

#[tokio::test]
async fn too_many_and_too_large_files_are_named_and_the_others_are_kept() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let png = png();
        let six: Vec<(String, &[u8])> = (1..=6).map(|number| (format!("{number}.png"), png.as_slice())).collect();
        let six: Vec<(&str, &[u8])> = six.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        let reply = post(&visitor, "/pt/contact", &GOOD_FORM, &six).await;
        reply.assert_status(422);
        assert_eq!(reply.attributes("input[name=staged]", "value").len(), 5);
        assert!(reply.text_of("#files-error").is_some_and(|text| text.contains("6.png") && text.contains("o limite é de 5 arquivos")));

        let large = vec![b'a'; 10 * 1024 * 1024 + 1];
        let reply = post(&visitor, "/pt/contact", &GOOD_FORM, &[("grande.txt", &large), ("ok.png", &png)]).await;
        reply.assert_status(422);
        assert!(reply.text_of("#files-error").is_some_and(|text| text.contains("grande.txt passa de 10 MB")));
        assert_eq!(reply.attributes("input[name=staged]", "value").len(), 1);
        let just = post(&visitor, "/pt/contact", &GOOD_FORM, &[("justo.txt", &large[1..])]).await;
        just.assert_status(303);
    }
}

#[tokio::test]
async fn a_broken_body_and_a_huge_one_get_their_pages() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        for broken in [&b""[..], b"nonsense", b"------a-boundary\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\nabc"] {
            let reply = post_raw(&visitor, "/pt/contact", broken.to_vec()).await;
            reply.assert_status(400);
            assert!(reply.text_of("h1").is_some());
        }
        // The head of a part that doesn't end is not waited for.
        let endless = format!("------a-boundary\r\nContent-Disposition: form-data; name=\"{}", "x".repeat(2_000_000));
        let began = std::time::Instant::now();
        post_raw(&visitor, "/pt/contact", endless.into_bytes()).await.assert_status(400);
        assert!(began.elapsed() < std::time::Duration::from_secs(2), "{:?}", began.elapsed());
        let text = "a".repeat(300_000);
        post(&visitor, "/pt/contact", &form_with(&[("message", &text)]), &[]).await.assert_status(413);
        let many: Vec<(&str, &str)> = (0..101).map(|_| ("x", "y")).collect();
        post(&visitor, "/pt/contact", &many, &[]).await.assert_status(400);
        // An address that takes no files takes no large body either.
        let vote = format!("{}/vote", "/pt/comprador/reembolsos/como-pedir-reembolso");
        post(&visitor, &vote, &[], &[("a.txt", &vec![b'a'; 300_000])]).await.assert_status(413);
    }
}

#[tokio::test]
async fn one_network_can_not_fill_the_disk() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.attachments.files_per_network_per_hour = 2).await;
        let files: [(&str, &[u8]); 3] = [("a.txt", b"um"), ("b.txt", b"dois"), ("c.txt", b"tres")];
        let reply = post(&visitor, "/pt/contact", &GOOD_FORM, &files).await;
        reply.assert_status(422);
        assert_eq!((reply.attributes("input[name=staged]", "value").len(), files_on_disk(&visitor)), (2, 2));
    }
}

#[tokio::test]
async fn with_little_disk_or_beyond_the_quota_messages_are_taken_without_files() {
    for engine in engines() {
        for change in
            [(|attachments: &mut Attachments| attachments.free_disk_min_bytes = u64::MAX) as fn(&mut Attachments), |attachments: &mut Attachments| {
                attachments.stored_max_bytes = 2
            }]
        {
            let visitor = Visitor::with(&engine, |config| change(&mut config.attachments)).await;
            let reply = post(&visitor, "/pt/contact", &GOOD_FORM, &[("a.txt", b"tres")]).await;
            reply.assert_status(422);
            assert!(reply.text_of("#files-error").is_some_and(|text| text.contains("Tente de novo mais tarde")), "{}", reply.text());
            visitor.post("/pt/contact", &GOOD_FORM).await.assert_status(303);
            assert_eq!(files_on_disk(&visitor), 0);
        }
    }
}

#[tokio::test]
async fn what_is_refused_counts_too() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.attachments.files_per_network_per_hour = 2).await;
        for _ in 0..2 {
            let reply = post(&visitor, "/pt/contact/files", &[], &[("a.zip", b"PK\x03\x04aaaa")]).await;
            assert!(reply.text().contains("tipo aceito"), "{}", reply.text());
        }
        let reply = post(&visitor, "/pt/contact/files", &[], &[("a.txt", b"texto")]).await;
        reply.assert_status(422);
        assert!(reply.text().contains("Tente de novo mais tarde"), "{}", reply.text());
    }
}
