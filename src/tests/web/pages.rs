//! Pages: the right one, whole, in the right language, with nothing in it that it does not show.

use ajuda::articles::model::RESERVED_ANCHORS;
use ajuda::i18n::Lang;
use sha2::{Digest, Sha256};

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::{Visitor, form_with};

#[tokio::test]
async fn a_new_visitor_is_led_to_their_language() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for (wish, home) in [("es-MX,es;q=0.9", "/es"), ("en", "/en"), ("fr", "/pt"), ("", "/pt")] {
        let request = axum::http::Request::get("/").header("accept-language", wish).body(axum::body::Body::empty()).expect("a request");
        let reply = visitor.send(request).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (302, home), "{wish}");
    }
}

#[tokio::test]
async fn every_page_of_the_library_opens_in_every_language() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    assert!(library.pages.len() == 30, "two sections, three topics and five articles in three languages");
    for path in library.pages.keys() {
        let reply = visitor.get(path).await;
        reply.assert_status(200);
        assert!(reply.text_of("h1").is_some_and(|title| !title.is_empty()), "{path}");
        assert_eq!(reply.attributes("html", "lang"), [library_tag(path)], "{path}");
    }
}

fn library_tag(path: &str) -> &'static str {
    match &path[..3] {
        "/pt" => "pt-BR",
        "/es" => "es-419",
        _ => "en",
    }
}

#[tokio::test]
async fn an_article_names_its_languages_and_its_own_address() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let reply = visitor.get(ARTICLE).await;
    let base = "http://127.0.0.1:3000";
    assert_eq!(reply.attributes("link[rel=canonical]", "href"), [format!("{base}{ARTICLE}")]);
    assert_eq!(reply.attributes("link[rel=alternate][hreflang]", "hreflang"), ["pt-BR", "es-419", "en", "x-default"]);
    let switch = reply.attributes(".menu-list a", "href");
    for path in &switch {
        visitor.get(path).await.assert_status(200);
    }
    assert!(switch[2].starts_with("/en/buyer/"), "{switch:?}");
}

#[tokio::test]
async fn a_page_holds_only_what_it_shows_and_no_script_of_its_own() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for path in ["/pt", "/pt/comprador", ARTICLE, "/pt/contact", "/pt/search?q=reembolso", "/pt/requests", "/pt/nada"] {
        let text = visitor.get(path).await.text();
        assert!(text.starts_with("<!DOCTYPE html><html") && text.ends_with("</html>"), "{path} is one whole document");
        for left_over in ["__RESOLVED", "__SERIALIZED", "__INCOMPLETE", "style=\"", "onclick"] {
            assert!(!text.contains(left_over), "{path} holds {left_over}");
        }
        assert_eq!(text.matches("<script>").count(), 1, "{path} has one script in itself, that of the theme");
    }
}

#[tokio::test]
async fn a_public_page_has_its_style_in_itself_and_the_policy_allows_exactly_that() {
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.brand.accent = "#0b7a4b".into()).await;
    let hash = |text: &str| format!("'sha256-{}'", data_encoding::BASE64.encode(&Sha256::digest(text)));
    for (path, is_public) in [("/pt", true), ("/en/buyer", true), (ARTICLE, true), ("/pt/search?q=reembolso", false), ("/pt/requests", false)] {
        let page = visitor.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains(&hash(&page.text_of("head script:not([src]):not([type])").expect("a script"))), "{path}: {policy}");
        let styles = page.attributes("link[rel=stylesheet]", "href");
        let Some(style) = page.text_of("head style") else {
            assert!(!is_public && styles.len() == 2, "{path}: {styles:?}");
            continue;
        };
        assert!(is_public && styles.is_empty() && style.contains("#0b7a4b"), "{path}");
        assert!(policy.contains(&format!("style-src 'self' {};", hash(&style))), "{path}: {policy}");
    }
}

#[tokio::test]
async fn the_footer_leads_to_the_operators_own_pages() {
    let bare = Visitor::new(&Engine::Sqlite).await.get("/en").await;
    assert!(!bare.text().contains("Terms of use") && !bare.text().contains("Platform status"));
    let visitor = Visitor::with(&Engine::Sqlite, |config| {
        config.brand.terms_url = "https://example.com/terms".into();
        config.brand.status_url = "/status".into();
        config.privacy.url = "https://example.com/privacy".into();
    })
    .await;
    let links = visitor.get("/en").await.attributes(".site-footer-row > ul a", "href");
    assert_eq!(links[1..4], ["https://example.com/terms", "https://example.com/privacy", "/status"]);
}

#[tokio::test]
async fn a_door_and_its_page_have_the_same_name() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for lang in Lang::ALL {
        let home = visitor.get(&format!("/{}", lang.code())).await;
        for (at, path) in home.attributes(".door a", "href").iter().enumerate() {
            let page = visitor.get(path).await;
            assert_eq!(page.texts_of("h1"), [home.texts_of(".door h2")[at].clone()], "{path}");
        }
    }
}

#[tokio::test]
async fn before_anybody_has_read_nothing_is_called_most_read() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for (lang, words, read) in
        [("pt", "Para começar", "Mais lidos"), ("es", "Para empezar", "Artículos más leídos"), ("en", "To begin with", "Most read")]
    {
        let home = visitor.get(&format!("/{lang}")).await;
        assert_eq!(home.text_of("#most-read").as_deref(), Some(words));
        let nothing = visitor.get(&format!("/{lang}/search?q=xyzzyqwv")).await;
        assert_eq!(nothing.text_of("#many-read").as_deref(), Some(words));
        assert!(!home.text().contains(read));
    }
    let article = visitor.app.content.library().articles.keys().next().expect("an article").clone();
    (0..50).for_each(|_| visitor.app.counts.record(&article));
    visitor.app.counts.flush().await.expect("written");
    visitor.app.counts.refresh().await.expect("counted");
    assert_eq!(visitor.get("/en").await.text_of("#most-read").as_deref(), Some("Most read"));
}

#[tokio::test]
async fn contents_come_before_the_text() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let text = visitor.get(ARTICLE).await.text();
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part}"));
    assert!(
        place("<h1") < place("class=\"toc toc-fold")
            && place("class=\"toc toc-fold") < place("class=\"toc toc-side")
            && place("class=\"toc toc-side") < place("class=\"prose\"")
    );
}

#[tokio::test]
async fn no_heading_of_an_article_can_take_an_id_of_the_page_around_it() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    let flow = library.articles.values().find(|article| article.texts[Lang::Pt].as_ref().is_some_and(|text| text.steps)).expect("a flow");
    let flow = &flow.urls[Lang::Pt];
    let mut replies = Vec::new();
    for path in [ARTICLE.to_owned(), flow.clone(), format!("{flow}?step=1"), format!("{flow}?step=contact&seen=1")] {
        replies.push(visitor.get(&path).await);
    }
    // A form that came back says what is wrong with each field.
    for path in [ARTICLE.to_owned(), format!("{flow}?step=contact")] {
        let refused =
            visitor.post(&path, &form_with(&[("code", "?"), ("email", ""), ("message", ""), ("name", ""), ("reason", ""), ("subject", "")])).await;
        refused.assert_status(422);
        assert_eq!(refused.attributes("#errors li a", "href").len(), 6);
        replies.push(refused);
    }
    for reply in replies {
        let ids = reply.attributes("[id]", "id");
        let of_headings = reply.attributes(".prose [id]", "id");
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids[..at].contains(id), "#{id} appears twice");
            assert!(of_headings.contains(id) || RESERVED_ANCHORS.contains(&id.as_str()), "#{id} is missing in RESERVED_ANCHORS");
        }
    }
}

#[tokio::test]
async fn an_article_leads_to_those_before_and_after_it_in_its_topic() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    let topics = library.sections.iter().flat_map(|section| &section.topics);
    let topic = topics.max_by_key(|topic| topic.articles.len()).expect("a topic");
    assert!(topic.articles.len() > 2, "the sample has a topic with a middle");
    for lang in Lang::ALL {
        let mut walked = Vec::new();
        let mut next = Some(topic.articles[0].urls[lang].clone());
        while let Some(path) = next {
            let page = visitor.get(&path).await;
            let before = page.attributes(".neighbours [rel=prev]", "href");
            assert_eq!(before.first(), walked.last(), "{path}");
            let also = page.attributes(".related a", "href");
            next = page.attributes(".neighbours [rel=next]", "href").pop();
            assert!(before.iter().chain(&next).all(|named| !also.contains(named)), "{path} names an article twice");
            walked.push(path);
        }
        assert_eq!(walked, topic.articles.iter().map(|article| article.urls[lang].clone()).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn an_article_has_its_contents_twice_for_wide_pages_and_folded_for_narrow_ones() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let library = visitor.app.content.library();
    for article in library.articles.values() {
        let page = visitor.get(&article.urls[Lang::Pt]).await;
        let (wide, folded) = (page.attributes(".toc-side a", "href"), page.attributes("details.toc-fold a", "href"));
        assert_eq!(wide, folded, "{}", article.id.as_str());
        let anchors = page.attributes(".prose .heading .anchor", "href");
        assert!(wide.len() > 2 && wide.iter().all(|anchor| anchors.contains(anchor)), "{anchors:?}");
    }
}

#[tokio::test]
async fn an_old_slug_and_a_slash_at_the_end_lead_to_the_page() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let reply = visitor.get("/pt/comprador/reembolsos/reembolso-de-compra").await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (301, ARTICLE));
    let reply = visitor.get("/pt/comprador/").await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (301, "/pt/comprador"));
}

#[tokio::test]
async fn addresses_of_the_site_that_was_here_before_lead_to_their_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("buyer/account/flow");
    std::fs::create_dir_all(&article).expect("a folder");
    let old = ["/start", "/docs/start.html", "/a/b/c/d/e/f"];
    let text = format!("---\ntitle: Flow\nsummary: It is here.\nslug: flow\nformerly: [{}]\n---\nText.\n", old.join(", "));
    std::fs::write(article.join("en.md"), text).expect("a file");
    std::fs::write(folder.path().join("contact.toml"), "").expect("a file");
    let path = folder.path().to_path_buf();
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.articles = path).await;
    for path in old {
        for written in [path.to_owned(), format!("{path}/")] {
            let reply = visitor.get(&written).await;
            assert_eq!((reply.status.as_u16(), reply.header("location")), (301, "/en/buyer/account/flow"), "{written}");
        }
    }
    visitor.get("/xx").await.assert_status(404);
}

#[tokio::test]
async fn an_article_can_be_had_as_markdown_and_its_pictures_are_served() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let markdown = visitor.get(&format!("{ARTICLE}.md")).await;
    assert!(markdown.header("content-type").starts_with("text/markdown") && markdown.text().starts_with("# Como pedir o reembolso"));
    let pictures = visitor.get(ARTICLE).await.attributes(".prose img", "src");
    assert!(!pictures.is_empty());
    for path in pictures {
        let picture = visitor.get(&path).await;
        picture.assert_status(200);
        assert_eq!(picture.header("content-type"), "image/svg+xml");
        assert!(picture.header("content-security-policy").ends_with("sandbox"), "a drawing opened by itself runs nothing");
        assert_eq!(picture.header("cache-control"), "public, max-age=31536000, immutable");
    }
}

#[tokio::test]
async fn the_search_page_finds_corrects_and_offers_help() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let found = visitor.get("/pt/search?q=pedir%20reembolsso").await;
    assert_eq!(found.text_of(".result h2").as_deref(), Some("Como pedir o reembolso de uma compra"));
    assert!(found.text_of(".did-you-mean").is_some_and(|text| text.contains("reembolso")));
    assert_eq!(visitor.get("/en/search?q=refund").await.text_of(".meta[role=status]").as_deref().map(|text| text.contains("article")), Some(true));
    for (lang, question, said) in [
        ("pt", "alugar+bicicleta+voadora+na+lua", "Nenhum artigo responde exatamente a isso. Os mais próximos:"),
        ("es", "alquilar+bicicleta+voladora+en+la+luna", "Ningún artículo responde exactamente a esto. Los más cercanos:"),
        ("en", "rent+a+flying+bicycle+on+the+moon", "Nothing answers this exactly; closest:"),
    ] {
        let closest = visitor.get(&format!("/{lang}/search?q={question}")).await;
        assert_eq!(closest.text_of(".meta[role=status]").as_deref(), Some(said));
    }
    let nothing = visitor.get("/pt/search?q=xyzzyqwv").await;
    assert!(nothing.text_of(".empty h2").is_some_and(|text| text.contains("xyzzyqwv")));
    assert!(nothing.attributes(".empty a.button", "href")[0].starts_with("/pt/contact?subject=xyzzyqwv"));
    let filled = visitor.get("/pt/contact?subject=xyzzy").await;
    assert_eq!(filled.attributes("#subject", "value"), ["xyzzy"]);
    let english = visitor.get("/en/search?q=refund&section=buyer").await;
    assert_eq!(english.attributes(".chip[aria-current]", "href"), ["/en/search?q=refund&section=buyer"]);
}
