//! The contact form: whom it asks what, what it says of mistakes, and which addresses it asks about.

use ajuda::i18n::Lang;
use ajuda::tickets::Queue;
use axum::body::Body;
use axum::http::{Method, Request};
use tempfile::TempDir;

use super::ARTICLE;
use crate::support::{Engine, engines};
use crate::visitor::{Reply, Visitor, form_with};

/// What the form posts that a page shows, with the button of an answer.
fn posted(page: &Reply, button: usize) -> Vec<(String, String)> {
    let all = |selector: &str| page.attributes(selector, "name").into_iter().zip(page.attributes(selector, "value"));
    let texts = all("form.contact-form input:not([type=radio]):not([type=checkbox]):not([type=file]):not(#homepage)");
    let message = ("message".to_owned(), page.text_of("form.contact-form textarea").expect("a message"));
    texts.chain([message]).chain(all("form.contact-form input[type=radio][checked]")).chain(all(".meant button").skip(button).take(1)).collect()
}

async fn press(visitor: &Visitor, page: &Reply, button: usize) -> Reply {
    let fields = posted(page, button);
    visitor.post("/pt/contact", &fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>()).await
}

/// The addresses of all tickets.
async fn filed(visitor: &Visitor) -> Vec<String> {
    let tickets = visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a database");
    tickets.into_iter().map(|ticket| ticket.email).collect()
}

#[tokio::test]
async fn people_say_first_where_they_come_from_and_choose_from_a_short_list() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let page = visitor.get("/pt/contact").await;
    assert_eq!(page.attributes("[name=for]", "value"), ["buyer", "creator", "*"]);
    assert_eq!(page.attributes("#reason", "name"), ["for"], "the list of problems leads to the first choice");
    assert!(page.attributes(".contact-form [checked]", "value").is_empty(), "nobody chose for them");
    let offered = |nth: usize| page.attributes(&format!(".section-choice:nth-child({nth}) [name=reason]"), "value");
    assert_eq!(offered(1), ["access", "payment", "refund", "charge", "account", "safety", "other"]);
    assert!(offered(2).len() <= 8 && offered(2).contains(&"selling".to_owned()) && !offered(2).contains(&"refund".to_owned()));
    assert_eq!(offered(3), ["safety", "other"], "what is for everybody");
    let chosen = visitor.get("/pt/contact?for=creator").await;
    assert_eq!(chosen.attributes("[name=for][checked]", "value"), ["creator"]);
    let named = visitor.get("/pt/contact?reason=refund").await;
    assert_eq!(named.attributes(".contact-form [checked]", "value"), ["buyer", "refund"]);
}

#[tokio::test]
async fn under_an_article_its_section_decides() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    for article in library.articles.values() {
        let page = visitor.get(&article.urls[Lang::Pt]).await;
        let offered = page.attributes("#reason option", "value");
        for reason in &library.reasons {
            let named = article.texts.0.iter().flatten().any(|text| text.contact.as_ref() == Some(&reason.id));
            assert_eq!(offered.contains(&reason.id), named || reason.is_for(&article.section), "{} {}", article.id.as_str(), reason.id);
        }
        assert!(offered.len() < 11 && page.attributes("[name=for]", "value").is_empty(), "{offered:?}");
    }
}

#[tokio::test]
async fn a_help_center_whose_reasons_have_no_sections_shows_one_list() {
    let folder = TempDir::new().expect("a folder");
    std::fs::create_dir_all(folder.path().join("buyer/refunds/ask")).expect("a folder");
    std::fs::write(folder.path().join("buyer/refunds/ask/en.md"), "---\ntitle: Ask\nsummary: So.\n---\nText.").expect("a file");
    std::fs::write(folder.path().join("contact.toml"), "[a]\n[a.en]\ntitle = \"A\"\n[b]\n[b.en]\ntitle = \"B\"\n").expect("a file");
    let path = folder.path().to_path_buf();
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.articles = path).await;
    let page = visitor.get("/en/contact").await;
    assert_eq!((page.attributes("[name=reason]", "value"), page.attributes("[name=for]", "value")), (vec!["a".into(), "b".into()], vec![]));
}

#[tokio::test]
async fn a_refused_form_comes_back_with_the_same_section_and_reason() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for (section, reason) in [("creator", "other"), ("buyer", "other"), ("*", "safety"), ("creator", "selling")] {
        let page = visitor.post("/pt/contact", &form_with(&[("for", section), ("reason", reason), ("email", "joana@")])).await;
        page.assert_status(422);
        assert_eq!(page.attributes(".contact-form [checked]", "value"), [section, reason]);
        assert_eq!(page.attributes("#errors a", "href"), ["#email"]);
    }
    // A reason that went out of sight with its section is no choice.
    let page = visitor.post("/pt/contact", &form_with(&[("for", "creator"), ("reason", "refund")])).await;
    page.assert_status(422);
    assert_eq!(page.attributes(".contact-form [checked]", "value"), ["creator"]);
    assert_eq!(page.attributes("#errors a", "href"), ["#reason"]);
    for hostile in ["<script>", "buyer\"", "\u{0}"] {
        let page = visitor.post("/pt/contact", &form_with(&[("for", hostile), ("email", "")])).await;
        page.assert_status(422);
        assert!(!page.text().contains("<script>\""), "{hostile}");
    }
}

#[tokio::test]
async fn a_common_slip_in_the_address_is_asked_about_and_one_press_answers() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let typed = form_with(&[("for", "buyer"), ("reason", "access"), ("code", "HP0123"), ("email", "joana@gmial.com")]);
        let asked = visitor.post("/pt/contact", &typed).await;
        asked.assert_status(200);
        assert!(filed(&visitor).await.is_empty(), "nothing is filed before the answer");
        assert_eq!(asked.text_of(".meant p").as_deref(), Some("Você quis dizer joana@gmail.com?"));
        assert_eq!(asked.attributes(".meant [autofocus]", "tabindex"), ["-1"], "the browser goes there");
        assert_eq!(asked.attributes(".contact-form [checked]", "value"), ["buyer", "access"]);
        // Enter in a field presses the first button of a form, which must not be an answer.
        assert_eq!(asked.attributes(".contact-form button", "name").len(), asked.attributes(".meant button", "name").len());
        assert!(asked.attributes(".contact-form button", "tabindex").contains(&"-1".to_owned()));
        let again = press(&visitor, &asked, 9).await;
        assert_eq!(again.text_of(".meant p"), asked.text_of(".meant p"), "without an answer it is asked again");

        press(&visitor, &asked, 0).await.assert_status(303);
        assert_eq!(filed(&visitor).await, ["joana@gmail.com"]);
        press(&visitor, &asked, 1).await.assert_status(303);
        assert!(filed(&visitor).await.contains(&"joana@gmial.com".to_owned()), "sent as typed");
    }
}

#[tokio::test]
async fn an_answer_about_the_address_outlives_other_mistakes_and_the_page_that_shows_the_message_once_more() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let sure = [("email", "joana@gmial.com"), ("email_sure", "joana@gmial.com")];
    let refused = visitor.post("/pt/contact", &form_with(&[sure[0], sure[1], ("subject", "")])).await;
    refused.assert_status(422);
    assert_eq!(refused.text_of(".meant p"), None);
    assert_eq!(refused.attributes("input[name=email_sure]", "value"), ["joana@gmial.com"]);
    // Another slip is another question.
    let other = visitor.post("/pt/contact", &form_with(&[("email", "joana@gmal.com"), sure[1]])).await;
    assert_eq!(other.text_of(".meant p").as_deref(), Some("Você quis dizer joana@gmail.com?"));
    assert_eq!(other.attributes("input[name=email_sure]", "value"), [""]);
    // What is no address at all is a mistake, with the suggestion beside it and no way to send it so.
    let wrong = visitor.post("/pt/contact", &form_with(&[("email", "joana@gmail")])).await;
    wrong.assert_status(422);
    assert_eq!(wrong.attributes(".meant button", "value"), ["joana@gmail.com"]);
    let shown = visitor.post(ARTICLE, &form_with(&[sure[0], sure[1], ("seconds", "1")])).await;
    assert_eq!(shown.attributes("input[name=email_sure]", "value"), ["joana@gmial.com"]);
    let taken = visitor.post(ARTICLE, &form_with(&[sure[0], ("email_taken", "joana@gmail.com"), ("seconds", "1")])).await;
    assert_eq!(taken.attributes("main input[name=email]", "value"), ["joana@gmail.com"]);
}

#[tokio::test]
async fn a_script_asks_about_an_address_by_a_post_of_this_site() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for (typed, meant) in [("ana@gmial.com", "ana@gmail.com"), ("ana@gmail.com", ""), ("", ""), ("<b>@gmial.com", "<b>@gmail.com")] {
        let reply = visitor.post("/pt/contact/address", &[("email", typed)]).await;
        reply.assert_status(200);
        assert_eq!((reply.text().as_str(), reply.header("content-type")), (meant, "text/plain; charset=utf-8"));
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    visitor.post_bytes("/pt/contact/address", b"email=ana@gmial.com".to_vec(), "cross-site").await.assert_status(403);
    let request = Request::builder().method(Method::GET).uri("/pt/contact/address?email=a").body(Body::empty()).expect("a request");
    assert_ne!(visitor.send(request).await.status.as_u16(), 200, "no address in an address");
}

#[tokio::test]
async fn untouched_fields_are_required_without_being_wrong() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for path in ["/pt/contact", ARTICLE] {
        let page = visitor.get(path).await;
        for attribute in ["required", "minlength", "pattern"] {
            assert!(page.attributes(&format!(".contact-form [{attribute}]"), "name").is_empty(), "{path} {attribute}");
        }
        for field in ["#subject", "#name", "#email", "#message"] {
            assert_eq!(page.attributes(field, "aria-required"), ["true"], "{path} {field}");
        }
        assert!(page.attributes("[aria-invalid]", "id").is_empty(), "{path}");
    }
    assert_eq!(visitor.get("/pt/contact").await.attributes("[data-field=reason]", "aria-required"), ["true"]);
    let wanted = visitor.post("/pt/contact", &form_with(&[("for", "buyer"), ("reason", "refund")])).await;
    assert_eq!(wanted.attributes("#code", "aria-required"), ["true"], "a reason that wants the code");
    let excused = visitor.post("/pt/contact", &form_with(&[("for", "buyer"), ("reason", "refund"), ("no_code", "1"), ("name", "")])).await;
    assert!(excused.attributes("#code", "aria-required").is_empty());
}

#[tokio::test]
async fn a_page_with_mistakes_says_so_in_its_title_and_its_list_has_a_name() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    let flow = library.articles.values().find(|article| article.texts[Lang::Pt].as_ref().is_some_and(|text| text.steps)).expect("a flow");
    for (lang, prefix) in [(Lang::Pt, "Erro: "), (Lang::Es, "Error: "), (Lang::En, "Error: ")] {
        for path in [format!("/{}/contact", lang.code()), flow.urls[lang].clone(), format!("{}?step=contact", flow.urls[lang])] {
            let good = visitor.get(&path).await.text_of("title").expect("a title");
            let page = visitor.post(&path, &form_with(&[("email", "joana@")])).await;
            assert_eq!(page.text_of("title"), Some(format!("{prefix}{good}")), "{path}");
            assert_eq!(page.attributes("#errors", "aria-labelledby"), ["errors-title"]);
            assert_eq!(page.attributes("#errors", "role"), ["group"]);
        }
    }
    // A question is no mistake.
    let asked = visitor.post("/en/contact", &form_with(&[("email", "joana@gmial.com")])).await;
    assert!(asked.text_of("title").is_some_and(|title| title.starts_with("Contact us")));
}

#[tokio::test]
async fn scripts_say_of_a_field_what_the_server_says() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for lang in Lang::ALL {
        let path = format!("/{}/contact", lang.code());
        let fresh = visitor.get(&path).await;
        let said = |kind: &str, field: &str| fresh.attributes(&format!("[data-field={field}]"), &format!("data-{kind}"));
        let nothing = [("reason", ""), ("subject", ""), ("name", ""), ("email", ""), ("message", "")];
        let short = [("subject", "x"), ("email", "x"), ("code", "x"), ("message", "x")];
        for (kinds, posted) in [("missing missing missing missing missing", &nothing[..]), ("short wrong wrong short", &short[..])] {
            let page = visitor.post(&path, &form_with(posted)).await;
            for (kind, (field, _)) in kinds.split(' ').zip(posted) {
                let text = page.text_of(&format!("#{field}-error")).expect("a place");
                assert_eq!(said(kind, field), [text], "{path} {kind} {field}");
            }
            let list = page.attributes("#errors", "data-many").remove(0).replace("{n}", &posted.len().to_string());
            assert_eq!(page.text_of("#errors h2"), Some(list));
        }
    }
}

#[tokio::test]
async fn the_contact_page_says_what_happens_next_to_readers_and_search_engines() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for lang in Lang::ALL {
        let page = visitor.get(&format!("/{}/contact", lang.code())).await;
        let promise = visitor.app.site.promise[lang].clone();
        assert!(page.text_of(".lede").is_some_and(|lede| lede.contains(&promise)));
        let description = page.attributes("meta[name=description]", "content").remove(0);
        assert!(description.contains(&promise) && description.chars().count() < 160, "{description}");
    }
}

#[tokio::test]
async fn a_draft_has_one_place_in_all_languages_and_every_reader_gets_the_same_page() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    let article = library.articles.values().find(|article| article.texts[Lang::Pt].as_ref().is_some_and(|text| text.steps)).expect("a flow");
    let mut places = Vec::new();
    for path in [None, Some(""), Some("?step=contact")] {
        let keys = Lang::ALL.map(|lang| path.map_or_else(|| format!("/{}/contact", lang.code()), |query| format!("{}{query}", article.urls[lang])));
        let mut of_place = Vec::new();
        for path in keys {
            let page = visitor.get(&path).await;
            assert_eq!(page.bytes, visitor.stranger().get(&path).await.bytes);
            assert!(page.headers.get("set-cookie").is_none());
            assert_eq!(page.attributes(".draft", "hidden").len(), 1, "nothing is said before something is typed");
            of_place.extend(page.attributes(".contact-form", "data-draft"));
        }
        of_place.dedup();
        assert_eq!(of_place.len(), 1);
        places.extend(of_place);
    }
    places.sort();
    places.dedup();
    assert_eq!(places.len(), 3);
}

#[tokio::test]
async fn the_open_form_of_an_article_has_a_heading_and_a_small_way_to_close_it() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let page = visitor.get(ARTICLE).await;
    assert_eq!(page.text_of("details.contact > h3").as_deref(), Some("Fale com a gente"));
    assert_eq!(page.text_of("details.contact > summary .contact-close").as_deref(), Some("Fechar"));
}
