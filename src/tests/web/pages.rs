//! Pages: the right one, whole, in the right language, with nothing in it that it does not show.

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::Visitor;

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
    let library = visitor.app.shelf.library();
    assert!(library.pages.len() > 60, "the sample has pages");
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
        "/es" => "es",
        _ => "en",
    }
}

#[tokio::test]
async fn an_article_names_its_languages_and_its_own_address() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let reply = visitor.get(ARTICLE).await;
    let base = "http://127.0.0.1:3000";
    assert_eq!(reply.attributes("link[rel=canonical]", "href"), [format!("{base}{ARTICLE}")]);
    assert_eq!(reply.attributes("link[rel=alternate][hreflang]", "hreflang"), ["pt-BR", "es", "en", "x-default"]);
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
        for left_over in ["__RESOLVED", "__SERIALIZED", "__INCOMPLETE", "style=\"", "onclick", "<script>"] {
            assert!(!text.contains(left_over), "{path} holds {left_over}");
        }
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
async fn an_article_can_be_had_as_markdown_and_its_pictures_are_served() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let markdown = visitor.get(&format!("{ARTICLE}.md")).await;
    assert!(markdown.header("content-type").starts_with("text/markdown") && markdown.text().starts_with("# Como pedir o reembolso"));
    let pictures = visitor.get(ARTICLE).await.attributes(".prose img", "src");
    assert!(!pictures.is_empty());
    for path in pictures {
        let picture = visitor.get(&path).await;
        picture.assert_status(200);
        assert_eq!(picture.header("content-type"), "image/png");
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
