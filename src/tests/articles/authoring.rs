//! The tools of those who write: new articles, articles that move, which languages there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ajuda::articles::authoring::translations::{self, State};
use ajuda::articles::authoring::{create, rename};
use ajuda::articles::check;
use ajuda::articles::problem::Level;
use ajuda::i18n::Lang;

use super::{Center, text};

/// Every file with what is in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
            found.insert(entry.path().display().to_string(), "a folder".to_owned());
        } else {
            found.insert(entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
    found
}

/// A center with a second topic.
fn with_payments() -> Center {
    let center = Center::new();
    center.write("buyer/payments/topic.toml", "[pt]\ntitle = \"Pagamentos\"\n[es]\ntitle = \"Pagos\"\n[en]\ntitle = \"Payments\"\n");
    center
}

#[test]
fn a_new_article_is_a_draft_in_three_languages_that_the_check_passes() {
    let center = Center::new();
    center.article("old", "en", "title: Ask for a refund\nsummary: SearchRequest now.", "Yes.");
    center.record();
    let made = create::create(&center.options(), "buyer/refunds/ask-for-a-refund").unwrap();
    assert_eq!(made.len(), 3);
    let mut options = center.options();
    options.spelling = true;
    let report = check::run(&options, &ajuda::articles::check::Recording::No).unwrap();
    let of_new = report.problems.iter().filter(|problem| problem.file.contains("ask-for-a-refund"));
    // The title is the folder's name until somebody writes one.
    let faults: Vec<_> = of_new.filter(|problem| problem.line != 2 || problem.level != Level::Taste).collect();
    assert!(faults.is_empty(), "{report}");
    let english = fs::read_to_string(&made[2]).unwrap();
    assert!(english.contains("title: Ask for a refund\n") && english.contains("slug: ask-for-a-refund-2\n"), "{english}");
    assert_eq!(center.library().articles.len(), 1, "nobody sees it");
    options.drafts = true;
    let library = ajuda::articles::ContentStore::open(options).unwrap().library();
    assert_eq!(text(&library, "ask-for-a-refund", Lang::Es).title, "[Borrador] Ask for a refund", "but its author does");
    assert_eq!(text(&library, "old", Lang::En).title, "Ask for a refund");
}

#[test]
fn a_new_article_is_refused_with_what_to_type_instead() {
    let center = Center::new();
    center.article("good", "pt", "title: Bom\nsummary: x", "Texto.");
    center.write("buyer/refunds/pictures/a.png", "x");
    let before = files(center.root());
    for (typed, says) in [
        ("buyer/refunds/good", "already"),
        ("buyer/refunds/good/", "already"),
        ("buyer/refunds/pictures", "exists already"),
        ("buyer/refund/x", "Did you mean \"buyer/refunds\"?"),
        ("shop/refunds/x", "topic.toml"),
        ("buyer/x", "section/topic/article"),
        ("buyer/refunds/x/y", "section/topic/article"),
        ("buyer/refunds/Über", "section/topic/article"),
        ("buyer/refunds/..", "section/topic/article"),
        ("../refunds/x", "section/topic/article"),
        ("", "section/topic/article"),
        ("//", "section/topic/article"),
    ] {
        let error = create::create(&center.options(), typed).unwrap_err().to_string();
        assert!(error.contains(says), "{typed}: {error}");
    }
    assert_eq!(files(center.root()), before);
}

#[test]
fn a_renamed_article_keeps_its_addresses_and_its_links() {
    let center = with_payments();
    center.article("old", "pt", "title: Velho\nsummary: Peça já.\nformerly: [antigo]", "Veja [c](../c/#prazo), [eu](../old/) e [início](../../../).");
    center.article("old", "en", "title: Old\nslug: the-old\nsummary: SearchRequest now.", "See [c](../c/).");
    center.article("c", "pt", "title: C\nsummary: Espere.", "## Prazo\n\nSete dias.");
    assert!(!center.record().failed());
    // A title that changed does not move an article, nor does it after the renaming.
    center.article(
        "old",
        "pt",
        "title: Novo título\nsummary: Peça já.\nformerly: [antigo]",
        "Veja [c](../c/#prazo), [eu](../old/) e [início](../../../).",
    );
    center.article(
        "c",
        "pt",
        "title: C\nsummary: Espere.",
        "Texto com [um](../old/), [dois](../old) e [três][x].\n\n## Prazo\n\nSete dias.\n\n[x]: ../old/",
    );
    center.write("pinned.toml", "[[pt]]\nqueries = [\"velho\"]\narticle = \"buyer/refunds/old\"\n");
    center.write("topics.tsv", "# topic\tbuyer/refunds/old\nB1\tbuyer/refunds/old\nB2\tbuyer/refunds/c\n");
    center.write("other.tsv", "B2\tbuyer/refunds/older\nB3\tbuyer/refunds/old/pt.md\tx\n");
    center.write("buyer/refunds/old/words.txt", "stays beside the text");
    center.write("fragments/part/pt.md", "Veja [velho](../../../buyer/refunds/old/#x).\n");
    let said = rename::rename(&center.options(), "buyer/refunds/old", "buyer/payments/new").unwrap().join("\n");

    for line in [
        "buyer/refunds/old is buyer/payments/new now",
        "buyer/refunds/c/pt.md: 3 links follow",
        "topics.tsv: 1 rows",
        "other.tsv: 1 rows",
        "recorded.tsv: 2 rows",
        "pinned.toml: 1 rows",
    ] {
        assert!(said.contains(line), "{line} is missing in {said}");
    }
    let read = |path: &str| fs::read_to_string(center.root().join(path)).unwrap();
    assert!(!center.root().join("buyer/refunds/old").exists() && center.root().join("buyer/payments/new/words.txt").exists());
    assert!(read("buyer/refunds/c/pt.md").contains("[um](../../payments/new/), [dois](../../payments/new) e [três][x]"));
    assert!(read("buyer/refunds/c/pt.md").contains("[x]: ../../payments/new/"));
    assert!(read("buyer/payments/new/pt.md").contains("[c](../../refunds/c/#prazo), [eu](../new/) e [início](../../../)"));
    assert_eq!(read("topics.tsv"), "# topic\tbuyer/refunds/old\nB1\tbuyer/payments/new\nB2\tbuyer/refunds/c\n");
    assert_eq!(read("other.tsv"), "B2\tbuyer/refunds/older\nB3\tbuyer/payments/new/pt.md\tx\n");
    assert_eq!(read("fragments/part/pt.md"), "Veja [velho](../../../buyer/payments/new/#x).\n");
    assert!(!center.check().failed(), "{}", center.check());
    for recorded in [false, true] {
        let library = center.library();
        assert!(library.pages.contains_key("/pt/comprador/pagamentos/velho"), "{:?}", library.pages.keys());
        for old in ["/pt/comprador/reembolsos/velho", "/pt/comprador/reembolsos/antigo"] {
            assert_eq!(library.moved.get(old).cloned().flatten().as_deref(), Some("/pt/comprador/pagamentos/velho"), "{old} {recorded}");
        }
        assert_eq!(library.moved.get("/en/buyer/refunds/the-old").cloned().flatten().as_deref(), Some("/en/buyer/payments/the-old"));
        center.record();
    }
    rename::rename(&center.options(), "buyer/payments/new", "buyer/refunds/old").unwrap();
    assert!(center.library().pages.contains_key("/pt/comprador/reembolsos/velho"), "and back again");
}

#[test]
fn an_address_that_is_not_on_record_is_kept_too() {
    let center = with_payments();
    center.article("old", "pt", "title: Velho\nsummary: Peça já.", "Texto.");
    rename::rename(&center.options(), "buyer/refunds/old", "buyer/payments/new").unwrap();
    let moved = center.library().moved.get("/pt/comprador/reembolsos/velho").cloned().flatten();
    assert_eq!(moved.as_deref(), Some("/pt/comprador/pagamentos/velho"));
}

#[test]
fn a_renaming_that_would_harm_changes_nothing() {
    let center = with_payments();
    center.article("old", "pt", "title: Velho\nslug: igual\nsummary: Peça já.", "Veja [c](../c/).");
    center.article("c", "pt", "title: C\nsummary: Espere.", "Veja [velho](../old/).");
    center.write("buyer/payments/twin/pt.md", "---\ntitle: Outro\nslug: igual\nsummary: Pague.\n---\nTexto.\n");
    center.record();
    let before = files(center.root());
    for (old, new, says) in [
        ("buyer/refunds/old", "buyer/payments/new", "/pt/comprador/pagamentos/igual is that of the article"),
        ("buyer/refunds/old", "buyer/payments/twin", "already"),
        ("buyer/refunds/old", "buyer/refunds/old", "already"),
        ("buyer/refunds/old", "buyer/payment/new", "Did you mean \"buyer/payments\"?"),
        ("buyer/refunds/odl", "buyer/payments/new", "Did you mean \"buyer/refunds/old\"?"),
        ("buyer/refunds", "buyer/payments/new", "no article"),
        ("buyer/refunds/old", "../../etc", "section/topic/article"),
    ] {
        let error = rename::rename(&center.options(), old, new).unwrap_err().to_string();
        assert!(error.contains(says), "{old} {new}: {error}");
        assert_eq!(files(center.root()), before, "{old} {new}");
    }
    // A link that is written in a way that is not understood is found by the check.
    center.article("c", "pt", "title: C\nsummary: Espere.", "Veja [velho](../ol&#100;/).");
    let before = files(center.root());
    let error = rename::rename(&center.options(), "buyer/refunds/old", "buyer/refunds/new").unwrap_err().to_string();
    assert!(error.contains("buyer/refunds/c/pt.md:5") && error.contains("Nothing was changed"), "{error}");
    assert_eq!(files(center.root()), before);
    // An article that was withdrawn keeps its name.
    center.remove("buyer/payments/twin");
    let error = rename::rename(&center.options(), "buyer/refunds/old", "buyer/payments/twin").unwrap_err().to_string();
    assert!(error.contains("once"), "{error}");
}

#[test]
fn the_table_of_translations_says_what_each_language_has() {
    let center = Center::new();
    center.article("a", "pt", "title: A\nsummary: x", "Um.");
    center.article("a", "es", "title: A\nsummary: x\nstatus: draft", "Uno.");
    center.article("b", "pt", "title: B\nsummary: x", "Um.");
    center.article("b", "es", "title: B\nsummary: x", "Uno.");
    center.article("b", "en", "titel: B", "One.");
    center.write("recorded.tsv", "buyer/refunds/b/pt.md\t2027-01-02\tx\nbuyer/refunds/b/es.md\t2027-01-01\tx\n");
    let rows = translations::table(&center.options()).unwrap();
    assert_eq!((rows[0].pt, rows[0].es, rows[0].en), (State::Present, State::Draft, State::Missing));
    assert_eq!((rows[1].pt, rows[1].es, rows[1].en), (State::Present, State::Stale, State::Broken));
    let report = center.check().to_string();
    assert!(report.contains("b/es.md:1: note: The text in pt changed in meaning on 2027-01-02, this one on 2027-01-01."), "{report}");
    let table = translations::as_text(&rows);
    assert!(table.contains("buyer/refunds/b  present  stale    broken\n"), "{table}");
    assert!(table.contains("2 articles: 1 broken, 1 draft, 1 missing, 2 present, 1 stale."), "{table}");
    assert!(serde_json::to_string(&rows).unwrap().contains(r#"{"article":"buyer/refunds/a","pt":"present","es":"draft","en":"missing"}"#));
}
