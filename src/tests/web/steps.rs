//! A flow is walked by links alone, to a form that knows what was tried.

use ajuda::i18n::Lang;

use crate::support::Engine;
use crate::visitor::{GOOD_FORM, Visitor, form_with};

const FLOW: &str = "buyer/account/cannot-log-in";

fn address(visitor: &Visitor, lang: Lang) -> String {
    let library = visitor.app.shelf.library();
    let article = library.articles.values().find(|article| article.id.as_str() == FLOW).expect("the flow");
    article.urls[lang].clone()
}

#[tokio::test]
async fn a_flow_is_walked_by_links_to_a_form_that_names_the_steps_tried() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for lang in Lang::ALL {
        let article = address(&visitor, lang);
        let whole = visitor.get(&article).await;
        let mut path = whole.attributes(".walk-entry a", "href").remove(0);
        assert_eq!(whole.attributes(".walk-chart svg", "role"), ["img"]);
        let drawn = whole.attributes(".walk-chart ol a", "href");
        let mut titles = Vec::new();
        while !path.ends_with("?step=contact") {
            let page = visitor.get(&path).await;
            page.assert_status(200);
            assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"], "{path}");
            assert_eq!(page.attributes(".prose h2", "id").len(), 1, "{path} shows one step");
            titles.push(page.text_of(".prose h2").expect("a step"));
            let choices = page.attributes(".walk-choice .button", "href");
            visitor.get(&choices[1]).await.assert_status(200);
            path.clone_from(&choices[0]);
            assert!(titles.len() < 50, "the walk ends");
        }
        assert_eq!(drawn.len(), titles.len(), "the chart has the steps");
        let form = visitor.get(&path).await;
        assert_eq!(form.attributes("form.contact-form", "action"), [path.clone()]);
        let message = form.text_of("textarea").expect("a message");
        for (index, title) in titles.iter().enumerate() {
            assert!(message.contains(&format!("{}. {}", index + 1, title.trim())), "{message}");
        }
        assert!(titles.len() > 3 && message.contains(lang.steps().tried));

        // A mistake leads back to the end of the walk, not into the whole article.
        let typed = form_with(&[("email", "joana@"), ("message", &message)]);
        let refused = visitor.post(&path, &typed).await;
        refused.assert_status(422);
        assert_eq!((refused.text_of("h1"), refused.text_of("textarea")), (form.text_of("h1"), Some(message)));
        assert_eq!(refused.attributes("form.contact-form", "action"), [path.clone()]);
        visitor.post(&path, &GOOD_FORM).await.assert_status(303);
    }
}

#[tokio::test]
async fn a_step_that_does_not_exist_leads_to_the_article() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let article = address(&visitor, Lang::En);
    for step in ["0", "99", "-1", "1e3", "", "18446744073709551616", "%3Cscript%3E", "%FF"] {
        let reply = visitor.get(&format!("{article}?step={step}")).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (302, article.as_str()), "{step}");
    }
    visitor.get(&format!("{}?step=2", super::ARTICLE)).await.assert_status(200);
}
