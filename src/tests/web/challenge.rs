//! The page that shows a message to its author once more, where nothing but the time of its form is suspicious.

use ajuda::clock::Micros;
use ajuda::tickets::Queue;

use super::ARTICLE;
use crate::support::engines;
use crate::visitor::{GOOD_FORM, Reply, Visitor, form_with};

/// What a browser posts when the page's button is pressed.
fn posted(page: &Reply) -> Vec<(String, String)> {
    let names = page.attributes("main form input[type=hidden]", "name");
    names.into_iter().zip(page.attributes("main form input[type=hidden]", "value")).collect()
}

async fn press(visitor: &Visitor, fields: &[(String, String)], more: &[(&str, &str)]) -> Reply {
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    visitor.post(ARTICLE, &fields.chain(more.iter().copied()).collect::<Vec<_>>()).await
}

async fn counts(visitor: &Visitor) -> (usize, usize) {
    let list = async |queue| visitor.app.tickets.read().list(queue, 10).await.expect("a database").len();
    (list(Queue::Newest).await, list(Queue::Quarantine).await)
}

fn wait(visitor: &Visitor, micros: i64) {
    visitor.app.clock.advance(micros);
}

#[tokio::test]
async fn what_was_sent_too_quickly_is_shown_once_more_and_a_press_files_it() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let hostile = "Paguei ontem e o acesso\n\n\"não\" chegou </dd><script>alert(1)</script>";
        let page = visitor.post(ARTICLE, &form_with(&[("seconds", "1"), ("message", hostile)])).await;
        page.assert_status(200);
        assert_eq!(page.header("cache-control"), "private, max-age=0", "Back finds it");
        assert_eq!(page.text_of("dd.message-text").as_deref(), Some(hostile));
        assert_eq!(counts(&visitor).await, (0, 0), "nothing is filed before the press");
        wait(&visitor, 3 * Micros::SECOND);
        let fields = posted(&page);
        press(&visitor, &fields, &[]).await.assert_status(303);
        press(&visitor, &fields, &[]).await.assert_status(303);
        assert_eq!(counts(&visitor).await, (1, 0), "pressed twice, filed once");
    }
}

#[tokio::test]
async fn the_button_posts_to_where_the_form_stood_whatever_the_address_says() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        for query in ["?step=contact", "?step=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "?a='onmouseover='b&c=&quot;"] {
            let address = format!("{ARTICLE}{query}");
            let page = visitor.post(&address, &form_with(&[("seconds", "1")])).await;
            page.assert_status(200);
            let actions = page.attributes("main form", "action");
            assert!(!actions.is_empty() && actions.iter().all(|action| *action == address), "{actions:?}");
            assert!(!page.text().contains("alert(1)</script>") && page.attributes("main [onmouseover]", "id").is_empty());
        }
    }
}

#[tokio::test]
async fn a_program_that_posts_at_once_or_forges_the_time_is_quarantined() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let fields = posted(&visitor.post(ARTICLE, &form_with(&[("seconds", "1")])).await);
        let changed = |name: &str, value: &str| -> Vec<(String, String)> {
            fields.iter().map(|(key, old)| (key.clone(), if key == name { value.to_owned() } else { old.clone() })).collect()
        };
        press(&visitor, &changed("subject", "Sem esperar"), &[]).await.assert_status(303);
        assert_eq!(counts(&visitor).await, (0, 1), "another message");
        wait(&visitor, 5 * Micros::SECOND);
        let hostile = [
            changed("message", "Paguei hoje e o acesso ainda não chegou."),
            changed("email", "outra@example.com"),
            changed("shown", "1.AAAAAAAAAAAAAAAAAAAAAA"),
        ];
        for (nth, fields) in hostile.iter().enumerate() {
            press(&visitor, fields, &[]).await.assert_status(303);
            assert_eq!(counts(&visitor).await, (0, nth + 2));
        }
        let fresh = Visitor::new(&engine).await;
        let fields = posted(&fresh.post(ARTICLE, &form_with(&[("seconds", "0")])).await);
        press(&fresh, &fields, &[]).await.assert_status(303);
        assert_eq!(counts(&fresh).await, (0, 1), "sooner than a hand can");
    }
}

#[tokio::test]
async fn an_old_page_is_shown_anew_and_the_way_back_to_the_form_keeps_what_was_typed() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let fields = posted(&visitor.post(ARTICLE, &form_with(&[("seconds", "1")])).await);
        wait(&visitor, 2 * Micros::HOUR);
        let anew = press(&visitor, &fields, &[]).await;
        anew.assert_status(200);
        assert_ne!(posted(&anew), fields, "a new time");
        let form = press(&visitor, &fields, &[("edit", "1")]).await;
        form.assert_status(200);
        assert_eq!(form.attributes("#subject", "value"), ["Não recebi o curso"]);
        assert_eq!(counts(&visitor).await, (0, 0));
    }
}

#[tokio::test]
async fn without_a_script_only_a_suspicious_message_is_shown_once_more() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let offer = [("subject", "Parceria"), ("message", "Olá, temos um blog de jardinagem e queremos propor uma parceria com vocês.")];
        let page = visitor.post(ARTICLE, &form_with(&offer)).await;
        page.assert_status(200);
        wait(&visitor, 4 * Micros::SECOND);
        press(&visitor, &posted(&page), &[]).await.assert_status(303);
        visitor.post(ARTICLE, &GOOD_FORM).await.assert_status(303);
        assert_eq!(counts(&visitor).await, (2, 0));
        // What is certain needs no press, and staff see it.
        visitor.post(ARTICLE, &form_with(&[("seconds", "1"), ("homepage", "x")])).await.assert_status(303);
        visitor.post(ARTICLE, &form_with(&[("message", "[url=http://a.example]casino[/url]")])).await.assert_status(303);
        assert_eq!(counts(&visitor).await.1, 1, "the first is the good form again");
    }
}
