//! A flow is walked by links alone, to a form that knows what was tried.

use ajuda::i18n::Lang;
use tempfile::TempDir;

use crate::support::Engine;
use crate::visitor::{GOOD_FORM, Reply, Visitor, form_with};

const FLOW: &str = "buyer/account/cannot-log-in";

fn address(visitor: &Visitor, lang: Lang) -> String {
    let library = visitor.app.content.library();
    let article = library.articles.values().find(|article| article.id.as_str() == FLOW).expect("the flow");
    article.urls[lang].clone()
}

/// A flow of ours whose texts are known, beside the sample's other files.
const WRITTEN: &str = "---\ntitle: Flow\nsummary: It has steps.\nslug: flow\nsteps: true\n---\n\
    Before.[^1]\n\n> [!WARNING]\n> Never give your code away.\n>\n> | A | B |\n> |---|---|\n> | c | d |\n\n> [!NOTE]\n> Take your time.\n\n\
    ### Before all\n\nStill before.\n\n\
    ## One\n\nFirst. [To the last](#three), [to its detail](#detail), [here](#one), [back](#before-all), [write](#contact).[^1]\n\n\
    ## Two\n\nSecond.\n\n\
    ## Three\n\n### Detail\n\nThird. [Again](#one)\n\n\
    [^1]: A note.";

/// A visitor of a help center that has this flow, and its address.
async fn with_flow() -> (Visitor, TempDir, &'static str) {
    let folder = TempDir::new().expect("a folder");
    let article = folder.path().join("buyer/account/flow");
    std::fs::create_dir_all(&article).expect("a folder");
    std::fs::write(article.join("en.md"), WRITTEN).expect("a file");
    std::fs::write(folder.path().join("contact.toml"), "").expect("a file");
    let path = folder.path().to_path_buf();
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.articles = path).await;
    (visitor, folder, "/en/buyer/account/flow")
}

/// Where "yes" and "no" lead.
fn choices(page: &Reply) -> [String; 2] {
    page.attributes(".walk-choice .button", "href").try_into().expect("two buttons")
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
        let text = whole.text();
        let text = text.split_once("<main").expect("a page").1;
        let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part}"));
        assert!(place("walk-entry") < place("step-number") && place("step-number") < place("walk-chart"), "the steps first, then the drawing");
        assert!(place("class=\"prose\"") < place("walk-entry"), "what holds for all steps comes before them");
        let numbers: Vec<String> = (1..=drawn.len()).map(|number| number.to_string()).collect();
        assert_eq!(whole.texts_of(".prose .step-number"), numbers);
        assert!(whole.texts_of(".toc-side a").iter().filter(|row| row.contains(". ")).count() >= drawn.len(), "the contents are numbered too");
        let mut titles = Vec::new();
        while !path.contains("?step=contact") {
            let page = visitor.get(&path).await;
            page.assert_status(200);
            assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"], "{path}");
            assert_eq!(page.attributes(".prose h2", "id").len(), 1, "{path} shows one step");
            let (step, count) = (page.attributes(".walk-progress", "value"), page.attributes(".walk-progress", "max"));
            assert_eq!((step, count), (vec![(titles.len() + 1).to_string()], vec![drawn.len().to_string()]));
            titles.push(page.text_of(".prose h2").expect("a step"));
            let [yes, no] = choices(&page);
            visitor.get(&yes).await.assert_status(200);
            path = no;
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
        assert_eq!(refused.text_of(".lede"), form.text_of(".lede"));
        assert_eq!(refused.attributes("form.contact-form", "action"), [path.clone()]);
        visitor.post(&path, &GOOD_FORM).await.assert_status(303);
    }
}

#[tokio::test]
async fn a_step_that_does_not_exist_leads_to_the_article() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let article = address(&visitor, Lang::En);
    for step in ["0", "99", "-1", "1e3", "", "18446744073709551616", "%3Cscript%3E", "%FF", "99&seen=1-2"] {
        let reply = visitor.get(&format!("{article}?step={step}")).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (302, article.as_str()), "{step}");
    }
    visitor.get(&format!("{}?step=2", super::ARTICLE)).await.assert_status(200);
}

#[tokio::test]
async fn yes_stands_first_and_weighs_no_more_than_no() {
    let (visitor, _folder, article) = with_flow().await;
    let page = visitor.get(&format!("{article}?step=1")).await;
    assert_eq!(choices(&page), [format!("{article}?step=solved"), format!("{article}?step=2&seen=1")]);
    let classes = page.attributes(".walk-choice .button", "class");
    assert_eq!(classes[0], classes[1]);
}

#[tokio::test]
async fn a_link_to_another_step_leads_to_its_page() {
    let (visitor, _folder, article) = with_flow().await;
    let links = |page: &Reply| page.attributes(".prose :is(p, sup) > a:not(.footnote-back)", "href");
    let whole = visitor.get(article).await;
    assert_eq!(links(&whole)[1..6], ["#three", "#detail", "#one", "#before-all", "#contact"], "the whole article has its places");
    let first = visitor.get(&format!("{article}?step=1")).await;
    let expected = ["?step=3&seen=1", "?step=3&seen=1#detail", "#one", "#before-all", "?step=contact&seen=1", "#fn:1"];
    let expected = expected.map(|place| if place == "#one" { place.to_owned() } else { format!("{article}{place}") });
    assert_eq!(links(&first), expected);
    // Once more to the step that was taken: it is not taken twice.
    let third = visitor.get(&expected[0]).await;
    assert_eq!(third.text_of(".prose h2").as_deref(), Some("Three"));
    assert_eq!(links(&third), [format!("{article}?step=1&seen=1-3")]);
}

#[tokio::test]
async fn the_message_names_only_the_steps_that_were_taken_in_their_order() {
    let (visitor, _folder, article) = with_flow().await;
    let words = Lang::En.steps();
    for (seen, list) in [("1-3", "1. One\n3. Three\n"), ("3-1", "3. Three\n1. One\n"), ("2-2-0-9-x", "2. Two\n")] {
        let form = visitor.get(&format!("{article}?step=contact&seen={seen}")).await;
        let message = format!("{}\n{list}\n{}\n", words.tried, words.now);
        assert_eq!(form.text_of("textarea"), Some(message), "{seen}");
        assert!(form.text_of(".lede").expect("a text").starts_with(words.contact_text));
    }
}

#[tokio::test]
async fn a_form_that_no_step_led_to_claims_none() {
    let (visitor, _folder, article) = with_flow().await;
    for query in ["?step=contact", "?step=contact&seen=", "?step=contact&seen=9-%3Cb%3E-%FF"] {
        let form = visitor.get(&format!("{article}{query}")).await;
        form.assert_status(200);
        assert_eq!(form.text_of("textarea").as_deref(), Some(""), "{query}");
        let text = form.text_of(".lede").expect("a text");
        assert!(text.starts_with(Lang::En.articles().tell_us), "{text}");
        assert_eq!(form.attributes("form.contact-form", "action"), [format!("{article}?step=contact")], "what is no step is in no address");
    }
}

#[tokio::test]
async fn back_leads_the_way_that_was_gone() {
    let (visitor, _folder, article) = with_flow().await;
    let back = async |query: &str| visitor.get(&format!("{article}{query}")).await.attributes(".walk p > a", "href").pop().expect("a link");
    assert_eq!(back("?step=contact&seen=1-3").await, format!("{article}?step=3&seen=1"));
    assert_eq!(back("?step=3&seen=1").await, format!("{article}?step=1"));
    assert_eq!(back("?step=1").await, article);
    assert_eq!(back("?step=contact").await, article);
}

#[tokio::test]
async fn a_warning_before_the_first_step_stands_on_its_page_too() {
    let (visitor, _folder, article) = with_flow().await;
    let first = visitor.get(&format!("{article}?step=1")).await;
    let warning = first.text_of(".prose > .alert-warning:first-child").expect("the warning");
    assert!(warning.contains("Never give your code away.") && warning.contains('d'), "it is whole: {warning}");
    let prose = first.text_of(".prose").expect("a text");
    assert!(!prose.contains("Take your time.") && !prose.contains("Still before.") && prose.contains("First."), "{prose}");
    let second = visitor.get(&format!("{article}?step=2&seen=1")).await;
    assert_eq!(second.text_of(".prose .alert"), None);
}
