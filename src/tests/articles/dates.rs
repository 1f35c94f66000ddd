//! The day of a text is the day on which it last changed in meaning, whatever the time of its file.

use ajuda::articles::check::{self, Recording};
use ajuda::articles::model::ArticleText;
use ajuda::clock::{Clock, Micros};
use ajuda::i18n::Lang;

use super::{Center, text};

impl Center {
    fn on(&mut self, day: &str) {
        let noon: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
        self.clock = Clock::fixed(Micros::from(noon));
    }

    fn day(&self, name: &str, lang: Lang) -> Option<String> {
        let library = self.library();
        let text: &ArticleText = text(&library, name, lang);
        text.updated.map(|day| day.to_string())
    }
}

#[test]
fn a_text_has_no_day_before_it_is_recorded() {
    let center = Center::new();
    center.article("a", "pt", "title: Um", "Texto.");
    assert_eq!(center.day("a", Lang::Pt), None);
    let report = center.check().to_string();
    assert!(report.contains("recorded.tsv:1: note: 1 texts are new or changed"), "{report}");
}

#[test]
fn only_a_change_of_meaning_moves_the_day() {
    let mut center = Center::new();
    center.write("facts.toml", "[days]\npt = \"7 dias\"\n");
    center.article("a", "pt", "title: Um", "São {{fact:days}} de prazo.");
    center.article("b", "pt", "title: Outro", "Fica.");
    center.record();
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"));

    center.on("2027-02-01");
    center.article("a", "pt", "title: Um\nkeywords: [prazo]", "São {{fact:days}}\nde prazo.");
    center.record();
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"), "lines broken otherwise say the same");

    center.article("a", "pt", "title: Um", "São só {{fact:days}} de prazo.");
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"), "the record says so until it is renewed");
    check::run(&center.options(), &Recording::MeaningUnchanged(vec!["buyer/refunds/a".to_owned()])).unwrap();
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"));

    center.write("facts.toml", "[days]\npt = \"8 dias\"\n");
    center.record();
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-02-01"), "a fact that changes is a change of meaning");
    assert_eq!(center.day("b", Lang::Pt).as_deref(), Some("2027-01-15"));
}

#[test]
fn meaning_unchanged_keeps_the_day_of_those_that_are_named_alone() {
    let mut center = Center::new();
    for name in ["a", "ab"] {
        center.article(name, "pt", &format!("title: {name}"), "Texto.");
    }
    center.record();
    center.on("2027-03-01");
    for name in ["a", "ab"] {
        center.article(name, "pt", &format!("title: {name}"), "Outro texto.");
    }
    check::run(&center.options(), &Recording::MeaningUnchanged(vec!["buyer/refunds/a/".to_owned()])).unwrap();
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"));
    assert_eq!(center.day("ab", Lang::Pt).as_deref(), Some("2027-03-01"));
}

#[test]
fn a_damaged_record_costs_its_own_line_only() {
    let center = Center::new();
    center.article("a", "pt", "title: Um", "Texto.");
    center.record();
    let file = center.root().join("recorded.tsv");
    let kept = std::fs::read_to_string(&file).unwrap();
    center.write("recorded.tsv", format!("{kept}buyer/refunds/b/pt.md\tsoon\tx\n"));
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"));
    let report = center.check().to_string();
    assert!(report.contains("recorded.tsv:4: \"buyer/refunds/b/pt.md\u{fffd}soon\u{fffd}x\" is not a recorded text."), "{report}");
}

#[test]
fn what_was_reviewed_and_where_it_applies_is_checked() {
    let center = Center::new();
    center.article("a", "pt", "title: Um\nreviewed: 2027-01-10\napplies_to: [br, mx]", "Texto.");
    center.article("b", "pt", "title: Dois\nreviewed: ontem", "Texto.");
    center.article("c", "pt", "title: Três\napplies_to: [brasil]", "Texto.");
    let library = center.library();
    let good = text(&library, "a", Lang::Pt);
    assert_eq!((good.reviewed.map(|day| day.to_string()).as_deref(), good.applies_to.join(" ")), (Some("2027-01-10"), "br mx".to_owned()));
    let report = center.check().to_string();
    assert!(report.contains("b/pt.md:3: reviewed is not a day up to today."), "{report}");
    assert!(report.contains("c/pt.md:3: \"brasil\" is not a country that this program can name."), "{report}");
}

#[test]
fn a_keyword_a_synonym_or_a_pin_that_repeats_a_question_is_refused() {
    let center = Center::new();
    center.article("a", "pt", "title: Um\nkeywords: [Quero meu dinheiro]\nasks:\n  - quero meu dinheiro!\n  - cade o estorno", "Texto estorno.");
    center.write("synonyms.toml", "[pt]\nsame = [[\"cadê o estorno\", \"estorno\"]]\n");
    center.write("pinned.toml", "[[pt]]\nqueries = [\"Cadê o estorno?\"]\narticle = \"buyer/refunds/a\"\n");
    center.write("topics.tsv", "# topic\tarticle\nB1\tbuyer/refunds/a\nB2\tbuyer/refunds/aa\nB3 buyer\n");
    let report = center.check().to_string();
    assert!(report.contains("a/pt.md:3: The keyword \"Quero meu dinheiro\" repeats a question of asks"), "{report}");
    assert!(report.contains("synonyms.toml:2: The synonym \"cadê o estorno\" repeats"), "{report}");
    assert!(report.contains("pinned.toml:2: The pinned question") || report.contains("pinned.toml:3: The pinned question"), "{report}");
    assert!(report.contains("topics.tsv:3: There is no article \"buyer/refunds/aa\"."), "{report}");
    assert!(report.contains("topics.tsv:4: \"B3 buyer\" is not a topic and an article."), "{report}");
}

#[test]
fn a_name_that_is_no_article_records_nothing() {
    let mut center = Center::new();
    center.article("a", "pt", "title: Um", "Texto.");
    center.record();
    center.on("2027-02-01");
    center.article("a", "pt", "title: Um", "Outro texto.");
    for name in ["buyer/refunds/aa", "./buyer/refunds/a", "", "/", "../x"] {
        let report = check::run(&center.options(), &Recording::MeaningUnchanged(vec![name.to_owned()])).unwrap();
        assert!(report.failed() && report.to_string().contains("--meaning-unchanged names no article"), "{name}: {report}");
        assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"), "{name}");
    }
}

#[test]
fn a_text_that_went_away_for_a_while_keeps_its_day() {
    let mut center = Center::new();
    let written = |center: &Center, status: &str| center.article("a", "pt", &format!("title: Um\nstatus: {status}"), "Texto.");
    written(&center, "published");
    center.record();
    center.on("2027-02-01");
    written(&center, "draft");
    center.record();
    center.remove("buyer/refunds/a");
    center.record();
    written(&center, "published");
    center.record();
    assert_eq!(center.day("a", Lang::Pt).as_deref(), Some("2027-01-15"));
}

#[test]
fn days_that_cannot_be_and_texts_recorded_twice_are_named() {
    let center = Center::new();
    center.article("a", "pt", "title: Um\nreviewed: 2099-01-01", "Texto.");
    center.article("b", "pt", "title: Dois\nreviewed: 2027-01-10T10:00:00", "Texto.");
    let row = |name: &str, day: &str| format!("buyer/refunds/{name}/pt.md\t{day}\tx\n");
    center.write("recorded.tsv", [row("a", "2099-01-01"), row("b", "2027-01-02"), row("b", "2027-01-01"), row("c", "0001-01-01")].concat());
    let report = center.check().to_string();
    for named in
        ["recorded.tsv:1: 2099-01-01 is no day", "recorded.tsv:3: \"buyer/refunds/b/pt.md\" appears twice", "recorded.tsv:4: 0001-01-01 is no day"]
    {
        assert!(report.contains(named), "{named}\n{report}");
    }
    assert_eq!(report.matches("reviewed is not a day up to today").count(), 2, "{report}");
}
