//! Addresses: languages, drafts and dates, and that none is ever lost.

use ajuda::articles::model::{ArticleId, PageTarget};
use ajuda::clock::Micros;
use ajuda::i18n::Lang;

use super::{Center, article, id, text};

fn recorded(center: &Center) -> String {
    let report = center.record();
    assert!(report.recorded.is_some(), "{report}");
    std::fs::read_to_string(center.root().join("addresses.tsv")).unwrap()
}

#[test]
fn a_missing_translation_is_shown_in_another_language_at_an_address_of_its_own() {
    let center = Center::new();
    center.article("this", "pt", "title: Como pedir\nsummary: x", "Texto.");
    let library = center.library();
    let this = article(&library, "this");
    assert_eq!(this.urls[Lang::En], "/en/buyer/refunds/como-pedir");
    assert_eq!(this.urls[Lang::Es], "/es/comprador/reembolsos/como-pedir");
    assert_eq!(this.shown(Lang::En, Lang::Pt).lang, Lang::Pt);
    for lang in Lang::ALL {
        assert_eq!(library.pages.get(&this.urls[lang]), Some(&PageTarget::Article(lang, id("this"))));
    }
}

#[test]
fn drafts_and_articles_outside_their_dates_are_nowhere() {
    let center = Center::new();
    center.article("draft", "pt", "title: Um\nstatus: draft\nsummary: x", "Segredo.");
    center.article("later", "pt", "title: Dois\npublish_at: 2027-01-16\nsummary: x", "Segredo.");
    center.article("over", "pt", "title: Três\nexpire_at: 2027-01-15T09:00\nsummary: x", "Segredo.");
    center.article("half", "pt", "title: Quatro\nsummary: x", "Texto.");
    center.article("half", "en", "title: Four\nstatus: draft\nsummary: x", "Segredo.");
    let content = center.content();
    let library = content.library();
    assert_eq!(library.articles.keys().collect::<Vec<_>>(), [&id("half")]);
    assert!(!format!("{library:?}").contains("Segredo"));
    assert_eq!(library.pages.len(), 3 * 3, "home pages are not counted: section, topic and article in three languages");
    // Midnight in São Paulo is three in the morning in UTC.
    let midnight: jiff::Timestamp = "2027-01-16T03:00:00Z".parse().unwrap();
    assert_eq!(library.next_change, Some(Micros::from(midnight)));
    center.clock.advance(15 * Micros::HOUR);
    let changes = content.reload().unwrap();
    assert_eq!(changes.added, [id("later")]);
    assert!(content.library().pages.contains_key("/pt/comprador/reembolsos/dois"));
}

#[test]
fn a_new_title_does_not_move_a_recorded_article() {
    let center = Center::new();
    center.article("this", "pt", "title: Como pedir\nsummary: x", "Texto.");
    recorded(&center);
    center.article("this", "pt", "title: Outro título\nsummary: x", "Texto.");
    let library = center.library();
    assert_eq!(article(&library, "this").urls[Lang::Pt], "/pt/comprador/reembolsos/como-pedir");
    assert_eq!(text(&library, "this", Lang::Pt).slug, "como-pedir");
}

#[test]
fn a_translation_gets_a_slug_of_its_own_although_its_borrowed_address_is_recorded() {
    let center = Center::new();
    center.article("this", "pt", "title: Como pedir\nsummary: x", "Texto.");
    recorded(&center);
    center.article("this", "en", "title: How to ask\nsummary: x", "Text.");
    let library = center.library();
    assert_eq!(article(&library, "this").urls[Lang::En], "/en/buyer/refunds/how-to-ask");
    assert_eq!(library.moved.get("/en/buyer/refunds/como-pedir"), Some(&Some("/en/buyer/refunds/how-to-ask".to_owned())));
}

#[test]
fn every_recorded_address_leads_to_where_its_page_is_now() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "Texto.");
    recorded(&center);
    center.article("this", "pt", "title: Um\nslug: dois\nsummary: x", "Texto.");
    center.write("buyer/section.toml", "[pt]\ntitle = \"Quem compra\"\nslug = \"quem-compra\"\n");
    recorded(&center);
    center.article("this", "pt", "title: Um\nslug: tres\nsummary: x", "Texto.");
    let library = center.library();
    let now = Some(Some("/pt/quem-compra/reembolsos/tres".to_owned()));
    assert_eq!(library.moved.get("/pt/comprador/reembolsos/um").cloned(), now);
    assert_eq!(library.moved.get("/pt/quem-compra/reembolsos/dois").cloned(), now);
    assert_eq!(library.moved.get("/pt/comprador"), Some(&Some("/pt/quem-compra".to_owned())));
}

#[test]
fn what_is_withdrawn_is_gone_and_the_check_names_it_until_that_is_recorded() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "Texto.");
    center.article("that", "pt", "title: Dois\nslug: dois\nsummary: x", "Veja [um](../this/).");
    recorded(&center);
    center.remove("buyer/refunds/this");
    let report = center.check();
    assert!(report.to_string().contains("/pt/comprador/reembolsos/um leads nowhere: buyer/refunds/this was withdrawn"), "{report}");
    assert!(report.to_string().contains("that/pt.md:6: The link \"../this/\" leads to no article"), "{report}");
    let library = center.library();
    assert_eq!(library.moved.get("/pt/comprador/reembolsos/um"), Some(&None));
    assert_eq!(text(&library, "that", Lang::Pt).html, "<p>Veja um.</p>\n", "another file's loss does not take it down");

    center.article("that", "pt", "title: Dois\nslug: dois\nsummary: x", "Texto.");
    assert!(recorded(&center).contains("/pt/comprador/reembolsos/um\tbuyer/refunds/this\tgone\n"));
    assert!(!center.check().to_string().contains("leads nowhere"));
    assert_eq!(center.library().moved.get("/pt/comprador/reembolsos/um"), Some(&None), "it stays gone");
}

#[test]
fn another_article_can_take_over_a_lost_address() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "Texto.");
    recorded(&center);
    center.remove("buyer/refunds/this");
    center.article("that", "pt", "title: Dois\nslug: dois\nsummary: x\nformerly: [/pt/comprador/reembolsos/um]", "Texto.");
    assert!(!center.check().to_string().contains("/pt/comprador/reembolsos/um leads nowhere"), "{}", center.check());
    assert_eq!(center.library().moved.get("/pt/comprador/reembolsos/um"), Some(&Some("/pt/comprador/reembolsos/dois".to_owned())));
    recorded(&center);
    center.article("that", "pt", "title: Dois\nslug: dois\nsummary: x", "Texto.");
    assert_eq!(center.library().moved["/pt/comprador/reembolsos/um"].as_deref(), Some("/pt/comprador/reembolsos/dois"), "the record remembers");
}

#[test]
fn old_slugs_redirect_without_a_record() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x\nformerly: [velho, mais-velho]", "Texto.");
    let library = center.library();
    for old in ["velho", "mais-velho"] {
        assert_eq!(library.moved[&format!("/pt/comprador/reembolsos/{old}")].as_deref(), Some("/pt/comprador/reembolsos/um"));
    }
    assert!(!library.moved.contains_key("/en/buyer/refunds/velho"), "an old slug belongs to its own language");
    center.article("that", "pt", "title: Velho\nslug: velho\nsummary: x", "Texto.");
    assert!(center.check().to_string().contains("The old address /pt/comprador/reembolsos/velho belongs to another page."), "{}", center.check());
}

#[test]
fn an_article_with_a_problem_is_not_gone() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nslug: um\nsummary: x", "Texto.");
    recorded(&center);
    center.article("this", "pt", "title: Um\nslug: um\nsumary: x", "Texto.");
    let library = center.library();
    assert!(library.withheld.contains("/pt/comprador/reembolsos/um") && !library.moved.contains_key("/pt/comprador/reembolsos/um"));
    assert!(center.record().recorded.is_none(), "nothing is recorded while there are problems");
}

#[test]
fn of_two_with_one_address_the_recorded_one_keeps_it() {
    let center = Center::new();
    center.article("zebra", "pt", "title: Mesmo título\nsummary: x", "Texto.");
    recorded(&center);
    center.article("abelha", "pt", "title: Mesmo título\nsummary: x", "Texto.");
    let library = center.library();
    assert_eq!(library.pages["/pt/comprador/reembolsos/mesmo-titulo"], PageTarget::Article(Lang::Pt, id("zebra")));
    assert!(!library.articles.contains_key(&id("abelha")));
    assert_eq!(library.problem_count, 1);
}

#[test]
fn a_borrowed_address_never_takes_that_of_another_article() {
    let center = Center::new();
    center.article("one", "pt", "title: Chargeback\nsummary: x", "Um.");
    center.article("two", "en", "title: Chargeback\nsummary: x", "Two.");
    let library = center.library();
    assert_eq!(library.pages["/en/buyer/refunds/chargeback"], PageTarget::Article(Lang::En, id("two")));
    assert_eq!(article(&library, "one").urls[Lang::En], "/pt/comprador/reembolsos/chargeback", "the link leads to its own page");
    assert!(center.check().to_string().contains("Without en.md"), "{}", center.check());
    let mut targets: Vec<&ArticleId> =
        library.pages.values().filter_map(|page| if let PageTarget::Article(_, id) = page { Some(id) } else { None }).collect();
    targets.sort();
    assert_eq!(targets.len(), 3, "{:?}", library.pages);
}

#[test]
fn the_record_is_sorted_stable_and_names_borrowed_pages() {
    let center = Center::new();
    center.article("this", "pt", "title: Um\nsummary: x", "Texto.");
    let first = recorded(&center);
    let lines: Vec<&str> = first.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.is_sorted() && lines.len() == 9, "{first}");
    assert!(first.contains("/en/buyer/refunds/um\tbuyer/refunds/this\tborrowed\n") && first.contains("/pt/comprador\tbuyer\tnow\n"), "{first}");
    assert_eq!(recorded(&center), first);
    assert!(!center.check().to_string().contains("not on record"));
}
