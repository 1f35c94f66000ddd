//! Saved replies, articles and Markdown: what is inserted into a reply, and what of it the customer gets.

use ajuda::staff::Role;

use super::logged_in;
use super::writing::{ANSWER_MAILS, ANSWERS, Desk};
use crate::files::{post, wide_png};
use crate::support::{Engine, engines};
use crate::visitor::Visitor;

const TEXTS: [(&str, &str); 3] = [
    ("text-pt", "Oi {{customer.first_name}}, sobre {{ticket.reference}}: devolvemos {{valor}}.\n\n{{agent.name}}"),
    ("text-es", "Hola {{customer.first_name}}"),
    ("text-en", ""),
];

async fn keep(who: &Visitor, name: &str, is_shared: bool) {
    let mut fields = vec![("name", name), TEXTS[0], TEXTS[1], TEXTS[2]];
    if is_shared {
        fields.push(("shared", "on"));
    }
    post(who, "/desk/replies/new", &fields, &[("guia.png", &wide_png())]).await.assert_status(303);
}

/// The address of a saved reply's page.
async fn address(who: &Visitor, name: &str) -> Option<String> {
    let page = who.get("/desk/replies").await;
    let names = page.texts_of(".desk-rows a");
    let at = names.iter().position(|known| known == name)?;
    Some(page.attributes(".desk-rows a", "href").remove(at))
}

#[tokio::test]
async fn a_saved_reply_is_inserted_below_what_stands_there_and_its_open_places_stop_sending() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        keep(&desk.ana, "Devolução", false).await;
        let id = address(&desk.ana, "Devolução").await.expect("it is there").rsplit('/').next().expect("an id").to_owned();
        let value = format!("saved:{id}");
        let fields = [("text", "Antes."), ("insert", &value), ("base_seq", "0"), ("draft_version", "0")];
        let page = desk.ana.post(&format!("{}/reply", desk.path()), &fields).await;
        let text = page.assert_status(200).text_of("#reply-text").expect("the text");
        assert!(text.starts_with("Antes.\n\nOi Maria, sobre ") && text.contains("{{valor}}") && text.trim_end().ends_with("Ana"), "{text}");
        assert!(text.contains(desk.reference.as_str()));
        assert_eq!(page.texts_of("#reply .said-files .file-name"), ["guia.png"]);
        assert_eq!(page.texts_of(".desk-rows .mark"), Vec::<String>::new());
        let draft = desk.ana.get(&desk.path()).await;
        assert_eq!(draft.text_of("#reply-text").expect("a draft"), text);
        let refused = desk.reply(&desk.ana, &text, "send").await;
        assert!(refused.assert_status(422).text().contains("{{valor}}"));
        assert_eq!(desk.number("SELECT COUNT(*) FROM held_answers").await, 0);
        desk.reply(&desk.ana, &text.replace("{{valor}}", "R$ 10"), "send").await.assert_status(303);
        desk.release().await;
        assert_eq!((desk.number(ANSWERS).await, desk.number(ANSWER_MAILS).await), (1, 1));
        assert_eq!(desk.number("SELECT uses FROM saved_replies").await, 1);
    }
}

#[tokio::test]
async fn ones_own_are_nobody_elses_and_those_for_all_are_changed_by_leads_alone() {
    let desk = Desk::new(&Engine::Sqlite).await;
    let lead = logged_in(&desk.visitor, "lia@example.org", "Lia", Role::Lead).await;
    keep(&desk.ana, "Minha", true).await;
    keep(&lead, "Para todos", true).await;
    assert!(address(&desk.rui, "Minha").await.is_none(), "an agent can't share");
    let own = address(&desk.ana, "Minha").await.expect("hers");
    desk.rui.get(&own).await.assert_status(404);
    post(&desk.rui, &own, &[("name", "x"), TEXTS[0]], &[]).await.assert_status(404);
    desk.rui.post(&format!("{own}/delete"), &[]).await.assert_status(404);
    let shared = address(&desk.rui, "Para todos").await.expect("everybody's");
    desk.rui.get(&shared).await.assert_status(403);
    post(&desk.rui, &shared, &[("name", "x"), TEXTS[0]], &[]).await.assert_status(403);
    desk.rui.post(&format!("{shared}/delete"), &[]).await.assert_status(403);
    let wrong = post(&lead, &shared, &[("name", " "), ("text-pt", "fica")], &[]).await;
    assert_eq!(wrong.assert_status(422).text_of("#text-pt").expect("the text").trim(), "fica");
    post(&lead, &shared, &[("name", "vazia"), ("text-pt", " ")], &[]).await.assert_status(422);
    lead.post(&format!("{shared}/delete"), &[]).await.assert_status(303);
    assert!(address(&desk.rui, "Para todos").await.is_none());
    for odd in ["/desk/replies/'", "/desk/replies/%00", "/desk/replies/0", "/desk/replies/new/delete"] {
        let status = lead.post(odd, &[]).await.status.as_u16();
        assert!([404, 422].contains(&status), "{odd}: {status}");
    }
}

#[tokio::test]
async fn a_text_in_another_language_is_said_and_search_finds_by_name_and_text() {
    let desk = Desk::new(&Engine::Sqlite).await;
    keep(&desk.ana, "Devolução", false).await;
    let english = desk.visitor.stranger().post("/en/contact", &crate::visitor::form_with(&[("subject", "My refund")])).await;
    let reference = english.assert_status(303).header("location").trim_end_matches("/sent").rsplit('/').next().expect("a reference").to_owned();
    let path = format!("/desk/tickets/{reference}");
    let id = address(&desk.ana, "Devolução").await.expect("it is there").rsplit('/').next().expect("an id").to_owned();
    let page = desk.ana.post(&format!("{path}/reply"), &[("insert", &format!("saved:{id}"))]).await;
    assert!(page.assert_status(200).text_of("#reply .notice-warning").expect("a notice").contains("inglês"));
    for (sought, count) in [("devolucao", 1), ("DEVOLVEMOS", 1), ("nada disso", 0), ("", 1)] {
        let found = desk.ana.get(&format!("{path}/saved?q={}", sought.replace(' ', "+"))).await;
        let found: serde_json::Value = serde_json::from_str(&found.assert_status(200).text()).expect("JSON");
        assert_eq!(found.as_array().expect("a list").len(), count, "{sought}");
    }
    let page = desk.ana.post(&format!("{path}/reply"), &[("do", "find"), ("saved_q", "devolvemos"), ("text", "fica")]).await;
    assert_eq!(page.assert_status(200).texts_of("[data-panel=saved] li button"), ["Devolução"]);
    // What was inserted before is a draft by now, which this page did not know of: both are there.
    assert!(page.text_of("#reply-text").expect("the text").trim().starts_with("fica"));
    let gone = desk.ana.post(&format!("{path}/reply"), &[("insert", "saved:0"), ("text", "fica")]).await;
    assert!(gone.assert_status(200).text_of("#reply-text").expect("the text").trim().starts_with("fica"));
    for odd in ["", "x", "saved:'", "article:", "article:nope#x", "article:../../etc"] {
        desk.ana.post(&format!("{path}/insert"), &[("insert", odd)]).await.assert_status(404);
    }
}

#[tokio::test]
async fn an_article_is_found_in_the_customers_language_and_inserted_as_title_and_link() {
    let desk = Desk::new(&Engine::Sqlite).await;
    let found = desk.ana.get(&format!("{}/articles?q=reembolso", desk.path())).await;
    let found: serde_json::Value = serde_json::from_str(&found.assert_status(200).text()).expect("JSON");
    let first = &found.as_array().expect("a list")[0];
    let (value, title) = (first["value"].as_str().expect("a value"), first["title"].as_str().expect("a title"));
    assert!(first["text"].as_str().expect("an address").contains("/pt/"));
    let page = desk.ana.post(&format!("{}/reply", desk.path()), &[("insert", value), ("text", "Veja:")]).await;
    let text = page.assert_status(200).text_of("#reply-text").expect("the text");
    assert!(text.trim().starts_with(&format!("Veja:\n\n[{title}](http")), "{text}");
    let page = desk.ana.post(&format!("{}/reply", desk.path()), &[("do", "find"), ("article_q", "reembolso"), ("text", text.trim())]).await;
    assert!(page.assert_status(200).texts_of("[data-panel=article] li button").contains(&title.to_owned()));
    let page = desk.ana.post(&format!("{}/reply", desk.path()), &[("do", "preview"), ("text", text.trim())]).await;
    assert_eq!(page.assert_status(200).texts_of(".desk-preview a"), [title]);
}

#[tokio::test]
async fn markdown_reaches_the_customer_as_what_it_means_and_nothing_that_runs() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let customer = desk.visitor.stranger();
        let sent = customer.post("/pt/contact", &crate::visitor::form_with(&[("subject", "Outra pergunta")])).await;
        let own = sent.assert_status(303).header("location").trim_end_matches("/sent").to_owned();
        let reference = own.rsplit('/').next().expect("a reference").to_owned();
        let text = "**Oi**,\nveja [o guia](https://example.com/guia) <script>alert(1)</script> [x](javascript:alert(1))";
        let fields = [("text", text), ("do", "send"), ("base_seq", "999999"), ("draft_version", "0")];
        desk.ana.post(&format!("/desk/tickets/{reference}/reply"), &fields).await.assert_status(303);
        desk.release().await;
        let page = desk.ana.get(&format!("/desk/tickets/{reference}")).await;
        assert_eq!((page.texts_of(".said-answer strong"), page.texts_of(".said-answer a")), (vec!["Oi".to_owned()], vec!["o guia".to_owned()]));
        assert!(page.texts_of(".said-answer script").is_empty());
        let renderer = ajuda::mail::MailRenderer::new(&desk.visitor.app.config.mail());
        let mut answers = 0;
        while let Some(owed) = desk.visitor.app.outbox.claim().await.expect("a database") {
            let Some(facts) = desk.visitor.app.tickets.read().mail_facts(&owed.mail).await.expect("a database") else { continue };
            if owed.mail.template != ajuda::mail::Template::Answer {
                continue;
            }
            let written = renderer.write(&owed, &facts).expect("an email").formatted();
            let read = mail_parser::MessageParser::default().parse(&written).expect("an email");
            let (text, html) = (read.body_text(0).expect("text").into_owned(), read.body_html(0).expect("HTML").into_owned());
            assert!(text.contains("veja o guia: https://example.com/guia"), "{text}");
            assert!(html.contains("<strong>Oi</strong>,<br>veja <a") && !html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
            answers += 1;
        }
        assert_eq!(answers, 1);
    }
}
