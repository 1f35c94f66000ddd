//! Files that arrive one by one, ahead of their form.

use ajuda::tickets::Queue;
use axum::body::Body;
use axum::http::{Request, header};

use super::{EDGE, files_on_disk, multipart, path_of, png, post, rows, wide_png};
use crate::support::engines;
use crate::visitor::{GOOD_FORM, Visitor, form_with};

#[tokio::test]
async fn a_file_ahead_of_its_form_is_named_by_it_and_seen_on_the_ticket() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let mut tokens = Vec::new();
        for (lang, name, bytes) in [("pt", "tela.png", png()), ("es", "nota.txt", b"uma linha".to_vec())] {
            let reply = post(&visitor, &format!("/{lang}/contact/files"), &[], &[(name, &bytes)]).await;
            reply.assert_status(200);
            assert_eq!(reply.text_of(".file-name").as_deref(), Some(name));
            tokens.extend(reply.attributes("input[name=staged]", "value"));
        }
        let form = form_with(&[("staged", &tokens[0]), ("staged", &tokens[1]), ("staged", &tokens[0])]);
        let path = path_of(&visitor.post("/pt/contact", &form).await);
        let page = visitor.get(&path).await;
        assert_eq!(page.attributes(".message-files a", "href").len(), 2);
        // A message has the file that it came with, although another has the same one; sent twice, it has it once.
        for _ in 0..2 {
            let again = post(&visitor, "/pt/contact/files", &[], &[("tela.png", &png())]).await.attributes("input[name=staged]", "value").remove(0);
            visitor.post(&path, &[("wish", "write"), ("message", "Segue de novo."), ("staged", &again)]).await.assert_status(303);
            assert_eq!(visitor.get(&path).await.attributes(".message-files a", "href").len(), 3);
        }
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (4, 4), "the fourth waits to be swept");
    }
}

#[tokio::test]
async fn a_file_that_is_not_taken_is_named_and_nothing_of_it_is_kept() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let large = vec![b'a'; 10 * 1024 * 1024 + 1];
        let cut = wide_png()[..40].to_vec();
        for (lang, name, bytes, said) in [
            ("pt", "<b>a</b>.svg", &b"<svg onload='alert(1)'/>"[..], "não é de um tipo aceito"),
            ("es", "grande.txt", &large, "supera 10 MB"),
            ("en", "wide.png", &cut, "damaged or too large"),
        ] {
            let reply = post(&visitor, &format!("/{lang}/contact/files"), &[], &[(name, bytes)]).await;
            reply.assert_status(422);
            assert!(reply.text_of("p").is_some_and(|text| text.contains(said)), "{}", reply.text());
            assert!(!reply.text().contains("<b>"), "{}", reply.text());
        }
        // Two at once; none; a form of another kind; nonsense; another language; too large even to be read on.
        post(&visitor, "/pt/contact/files", &[], &[("a.txt", b"um"), ("b.txt", b"dois")]).await.assert_status(422);
        post(&visitor, "/pt/contact/files", &GOOD_FORM, &[]).await.assert_status(400);
        visitor.post("/pt/contact/files", &GOOD_FORM).await.assert_status(400);
        post(&visitor, "/xx/contact/files", &[], &[("a.txt", b"um")]).await.assert_status(404);
        visitor.get("/pt/contact/files").await.assert_status(405);
        // From another site.
        let request = Request::post("/pt/contact/files").header("sec-fetch-site", "cross-site");
        let request = request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
        visitor.send(request.body(Body::from(multipart(&[], &[("a.txt", b"texto")]))).expect("a request")).await.assert_status(403);
        // Only the first of the two that came together is there, and it waits for nobody.
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (1, 1));
        assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a database").len(), 0);
    }
}

#[tokio::test]
async fn one_network_can_not_fill_the_disk_ahead_of_a_form_either() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.attachments.files_per_network_per_hour = 2).await;
        for (number, status) in [(1, 200), (2, 200), (3, 422)] {
            post(&visitor, "/pt/contact/files", &[], &[("a.txt", format!("linha {number}").as_bytes())]).await.assert_status(status);
        }
        assert_eq!(files_on_disk(&visitor), 2);
    }
}

#[tokio::test]
async fn many_networks_can_not_fill_the_disk_ahead_of_a_form_and_forms_are_taken_all_the_same() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        post(&visitor, "/pt/contact/files", &[], &[("a.txt", b"um")]).await.assert_status(200);
        let pool = visitor.app.db.ready().await.expect("a database");
        sqlx::query("UPDATE attachments SET bytes = 5000000000").execute(&pool).await.expect("a database");
        post(&visitor, "/pt/contact/files", &[], &[("b.txt", b"dois")]).await.assert_status(422);
        post(&visitor, "/pt/contact", &GOOD_FORM, &[("b.txt", b"dois")]).await.assert_status(422);
        visitor.post("/pt/contact", &GOOD_FORM).await.assert_status(303);
        assert_eq!(files_on_disk(&visitor), 1);
    }
}
