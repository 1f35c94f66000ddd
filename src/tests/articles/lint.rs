//! What `ajuda check` says of how an article is written: each kind of finding with its file, its line and the way to fix it.

use ajuda::articles::check;
use ajuda::articles::problem::Level::{self, Taste, Wrong};

use super::{Center, PIXEL};

/// Words that only fill a text, none of them a fault.
const PLAIN: &str = "Peça o dinheiro de volta. Você tem sete dias.";

/// Writes an article and expects one finding in it.
fn assert_found(center: &Center, file: &str, (line, level): (usize, Level), what: &str, fix: &str) {
    let report = center.check();
    let found = report.problems.iter().any(|problem| {
        &*problem.file == file && problem.line == line && problem.level == level && problem.what.contains(what) && problem.fix.contains(fix)
    });
    assert!(found, "{file}:{line} {level:?} {what:?} … {fix:?} is missing in\n{report}");
}

fn assert_nothing(center: &Center) {
    let report = center.record();
    assert!(report.problems.is_empty(), "{report}");
}

#[test]
fn a_sentence_of_more_than_thirty_words_is_named_by_its_beginning() {
    let center = Center::new();
    let words = |count: usize| format!("{PLAIN}\n\n- Um item.\n- Quando {}.\n", "sim ".repeat(count - 1).trim_end());
    center.article("a", "pt", "title: A\nsummary: Peça já.", &words(30));
    assert_nothing(&center);
    center.article("a", "pt", "title: A\nsummary: Peça já.", &words(31));
    assert_found(&center, "buyer/refunds/a/pt.md", (8, Taste), "\"Quando sim sim sim sim sim\" has 31 words", "Make two of it");
}

#[test]
fn a_text_that_is_hard_to_read_is_named_by_the_formula_of_its_language() {
    let easy = ["Abra a compra e toque no botão azul. ", "Abre tu compra y toca el botón azul. ", "Open your order and tap the blue button. "];
    let hard = [
        "A disponibilização administrativa pressupõe responsabilidades institucionais. ",
        "La disponibilidad administrativa presupone responsabilidades institucionales. ",
        "Administrative availability presupposes institutional responsibilities. ",
    ];
    for (lang, (easy, hard)) in ["pt", "es", "en"].into_iter().zip(easy.into_iter().zip(hard)) {
        let center = Center::new();
        center.article("a", lang, "title: A\nsummary: Peça já.", &easy.repeat(20));
        assert_nothing(&center);
        center.article("a", lang, "title: A\nsummary: Peça já.", &hard.repeat(10));
        assert_nothing(&center);
        center.article("a", lang, "title: A\nsummary: Peça já.", &hard.repeat(25));
        assert_found(&center, &format!("buyer/refunds/a/{lang}.md"), (5, Taste), "hard to read", "shorter sentences and everyday words");
        // What is not read as sentences does not count.
        center.article("a", lang, "title: A\nsummary: Peça já.", &format!("| x |\n|---|\n{}", format!("| {hard} |\n").repeat(25)));
        assert_nothing(&center);
    }
}

#[test]
fn a_text_in_another_language_than_its_file_is_a_problem() {
    let center = Center::new();
    let english = "You can ask for your money back if you are not happy with what you bought. It is in the list of orders.";
    center.article("a", "pt", "title: A\nsummary: Peça já.", english);
    assert_found(&center, "buyer/refunds/a/pt.md", (5, Wrong), "mostly English, but pt.md is for Portuguese", "the file of its own");
    assert!(center.check().failed());
    let spanish = "Puedes pedir el reembolso de la compra si no te gusta lo que compraste. El dinero llega con la próxima factura y sin costo.";
    center.article("a", "pt", "title: A\nsummary: Peça já.", spanish);
    assert_found(&center, "buyer/refunds/a/pt.md", (5, Wrong), "mostly Spanish", "in that language");
    let quoting =
        format!("Na tela você lê isto em inglês: **{english}** {}", "Isso não é um erro e você não paga mais: a compra já está em dia. ".repeat(3));
    center.article("a", "pt", "title: A\nsummary: Peça já.", &quoting);
    assert!(!center.check().failed(), "{}", center.check());
}

#[test]
fn a_summary_that_does_not_answer_is_named() {
    let center = Center::new();
    for (lang, summary) in [("pt", "Onde pedir e até quando."), ("es", "Cómo pedir el reembolso."), ("en", "Learn how to get your money back.")] {
        center.article("a", lang, &format!("title: A\nsummary: {summary}"), "Sim.");
        assert_found(&center, &format!("buyer/refunds/a/{lang}.md"), (3, Taste), "does not answer", "Answer in one or two sentences");
    }
    for lang in ["pt", "es", "en"] {
        center.article("a", lang, "title: A\nsummary: Refund.hotmart.com.", "Sim.");
    }
    assert_nothing(&center);
}

#[test]
fn a_title_and_a_summary_that_two_articles_share_are_named_unless_one_is_a_draft() {
    let center = Center::new();
    center.article("a", "pt", "title: Reembolso\nslug: um\nsummary: Peça já.", "Veja [b](../b/).");
    center.article("b", "pt", "title: reembolso\nslug: dois\nsummary: Peça já!", "Veja [a](../a/).");
    assert_found(&center, "buyer/refunds/b/pt.md", (2, Taste), "buyer/refunds/a/pt.md has the same title", "another one");
    center.article("b", "pt", "title: Outro\nslug: dois\nsummary: peça já.", "Veja [a](../a/).");
    assert_found(&center, "buyer/refunds/b/pt.md", (4, Taste), "has the same summary", "another one");
    center.article("b", "pt", "title: Reembolso\nslug: dois\nsummary: Peça já.\nstatus: draft", "Veja [a](../a/).");
    assert!(!center.check().to_string().contains("has the same"), "{}", center.check());
}

#[test]
fn an_article_to_which_nothing_links_is_named() {
    let center = Center::new();
    center.article("a", "pt", "title: A\nsummary: Peça já.", "Veja [b](../b/) e [a](../a/).");
    center.article("b", "pt", "title: B\nsummary: Espere.", "Sim.");
    assert_found(&center, "buyer/refunds/a/pt.md", (1, Taste), "No other article links to buyer/refunds/a", "where a reader would need it");
    assert!(!center.check().to_string().contains("links to buyer/refunds/b"), "{}", center.check());
    center.article("b", "es", "title: B\nsummary: Espera.", "Mira [a](../a/).");
    assert_nothing(&center);
}

#[test]
fn a_picture_described_in_another_language_is_a_problem() {
    let center = Center::new();
    center.write("buyer/refunds/a/way.png", PIXEL);
    center.article("a", "pt", "title: A\nsummary: Peça já.", "![Você pede e o dinheiro volta](way.png)");
    center.article("a", "es", "title: A\nsummary: Pide ya.", "Sí.\n\n![Você pede e o dinheiro volta](way.png)");
    assert_found(&center, "buyer/refunds/a/es.md", (7, Wrong), "is the same as in pt.md", "in the language of the text");
    assert!(center.check().failed());
    center.article("a", "es", "title: A\nsummary: Pide ya.", "![Pides y el dinero vuelve](way.png)");
    assert_nothing(&center);
}

#[test]
fn words_that_no_dictionary_has_are_named_unless_they_are_ours() {
    let center = Center::new();
    let body = "Peça o reembolso.\n\nEspere o **reembolço** da Hotmart, veja exemplo.com/xyzq e `xyzq`.\n\n| Abacaxxi |\n|---|\n| sim |";
    center.article("a", "pt", "title: Um pedido\nsummary: Peça já.", body);
    center.article("a", "en", "title: An order\nsummary: Ask now.", "Your ordr isn’t here.");
    center.article("a", "es", "title: Un pedido\nsummary: Pide ya.", "Tu pedído está aquí.");
    let mut options = center.options();
    options.spelling = true;
    let said = || check::run(&options, &ajuda::articles::check::Recording::No).unwrap();
    let report = said();
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    let is_ci = std::env::var("CI").is_ok();
    if !is_ci && report.to_string().contains("was not checked") {
        eprintln!("hunspell or a dictionary is missing; scripts/need test installs them");
        return;
    }
    let words = |report: &check::Report| -> Vec<String> {
        let notes = report.problems.iter().filter(|problem| problem.what.contains("in no dictionary"));
        notes.map(|problem| format!("{}:{} {}", problem.file, problem.line, problem.what.split('"').nth(1).unwrap())).collect()
    };
    assert_eq!(
        words(&report),
        [
            "buyer/refunds/a/en.md:5 ordr",
            "buyer/refunds/a/es.md:5 pedído",
            "buyer/refunds/a/pt.md:7 Hotmart",
            "buyer/refunds/a/pt.md:7 reembolço",
            "buyer/refunds/a/pt.md:9 Abacaxxi"
        ],
        "{report}"
    );
    assert!(!report.failed() && report.to_string().contains("add it to words/pt.txt"), "{report}");
    center.write("words/pt.txt", "# Ours\nhotmart\nabacaxxi # a fruit\n");
    center.write("words/pt.md", "No article.");
    let report = said();
    assert_eq!(words(&report).len(), 3, "{report}");
    assert!(!report.to_string().contains("words/pt.md:"), "the folder is no section: {report}");
}
