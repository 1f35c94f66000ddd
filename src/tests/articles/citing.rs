//! What stands once and is said in many articles: facts and fragments.

use ajuda::i18n::Lang;

use super::{Center, text};

const FACTS: &str = "[days]\npt = \"7 dias\"\nes = \"7 días\"\nen = \"7 days\"\n";

#[test]
fn a_fact_is_said_in_title_summary_and_body_with_the_value_of_the_language() {
    let center = Center::new();
    center.write("facts.toml", FACTS);
    center.article("a", "pt", "title: \"Prazo: {{fact:days}}\"\nsummary: São {{fact:days}}.", "Você tem {{ fact:x }} {{fact:days}}.");
    center.article("a", "en", "title: Time", "You have {{fact:days}}.\n\n| a | b |\n|---|---|\n| x | {{fact:days}} |");
    let library = center.library();
    let portuguese = text(&library, "a", Lang::Pt);
    assert_eq!((portuguese.title.as_str(), portuguese.summary.as_str()), ("Prazo: 7 dias", "São 7 dias."));
    assert!(portuguese.html.contains("7 dias."), "{}", portuguese.html);
    assert!(portuguese.markdown.contains("7 dias."), "{}", portuguese.markdown);
    assert!(text(&library, "a", Lang::En).html.contains("<td>7 days</td>"));
}

#[test]
fn a_changed_fact_changes_the_articles_that_cite_it_and_no_other() {
    let center = Center::new();
    center.write("facts.toml", FACTS);
    center.article("citing", "pt", "title: Um", "São {{fact:days}}.");
    center.article("other", "pt", "title: Outro", "Nada.");
    let content = center.content();
    center.write("facts.toml", FACTS.replace("7 dias", "10 dias"));
    let changes = content.reload().unwrap();
    assert_eq!(changes.changed, [super::id("citing")]);
    assert!(text(&content.library(), "citing", Lang::Pt).html.contains("10 dias"));
}

#[test]
fn a_broken_facts_file_keeps_the_values_that_were_good() {
    let center = Center::new();
    center.write("facts.toml", FACTS);
    center.article("citing", "pt", "title: Um", "São {{fact:days}}.");
    let content = center.content();
    center.write("facts.toml", "[days\n");
    content.reload().unwrap();
    assert!(text(&content.library(), "citing", Lang::Pt).html.contains("7 dias"));
    let broken: Vec<_> = content.problems().iter().filter(|problem| problem.file.as_ref() == "facts.toml").cloned().collect();
    assert_eq!(broken.len(), 1, "{broken:?}");
}

#[test]
fn a_fact_that_is_unknown_or_has_no_value_in_the_language_is_named_at_its_line() {
    let center = Center::new();
    center.write("facts.toml", "[days]\npt = \"7 dias\"\n");
    center.article("a", "pt", "title: Um", "Primeiro.\n\nSão {{fact:dais}}.");
    center.article("a", "en", "title: One", "{{fact:days}}");
    center.article("b", "pt", "title: Dois", "{{fact:Não é nome}}");
    let report = center.check().to_string();
    assert!(report.contains("a/pt.md:6: There is no fact \"dais\"."), "{report}");
    assert!(report.contains("Did you mean"), "{report}");
    assert!(report.contains("a/en.md:4: The fact \"days\" has no value in the language en."), "{report}");
    assert!(report.contains("b/pt.md:4: A {{fact:…}} is not closed"), "{report}");
}

#[test]
fn what_nothing_cites_is_named_and_each_fact_lists_its_articles() {
    let center = Center::new();
    center.write("facts.toml", format!("{FACTS}[unused]\npt = \"x\"\n"));
    center.write("fragments/unused/pt.md", "Nada.\n");
    center.article("a", "pt", "title: Um", "São {{fact:days}}.");
    let report = center.check();
    let listed = report.to_string();
    assert!(listed.contains("facts.toml:5: note: No article cites the fact unused."), "{listed}");
    assert!(listed.contains("fragments/unused/pt.md:1: note: No article includes this fragment."), "{listed}");
    assert!(report.facts.contains("days (pt: 7 dias; es: 7 días; en: 7 days)\n  buyer/refunds/a/pt.md\n"), "{}", report.facts);
    assert!(report.facts.contains("unused (pt: x; es: –; en: –)\n  cited by no article\n"), "{}", report.facts);
}

#[test]
fn a_fragment_stands_in_every_article_that_includes_it() {
    let center = Center::new();
    center.write("facts.toml", FACTS);
    center.write("fragments/times/pt.md", "## Prazos\n\nSão {{fact:days}}, veja [isto](../../../buyer/refunds/b/).");
    center.article("a", "pt", "title: Um", "Antes.\n\n{{include:fragments/times}}\n\n## Depois\n\nFim [quebrado](nada).");
    center.article("b", "pt", "title: Dois", "{{include:fragments/times}}");
    let library = center.library();
    let html = &text(&library, "b", Lang::Pt).html;
    assert!(html.contains("<h2 id=\"prazos\"") && html.contains("7 dias") && html.contains("/pt/comprador/reembolsos/dois"), "{html}");
    // Lines after an include are still those of the file.
    let report = center.check().to_string();
    assert!(report.contains("a/pt.md:10: "), "{report}");
}

#[test]
fn circles_of_fragments_and_fragments_that_grow_without_end_are_refused() {
    let center = Center::new();
    center.write("fragments/one/pt.md", "{{include:fragments/two}}\n");
    center.write("fragments/two/pt.md", "{{include:fragments/one}}\n");
    center.write("fragments/self/pt.md", "{{include:fragments/self}}\n");
    for level in 0..7 {
        center.write(&format!("fragments/grow{level}/pt.md"), format!("{{{{include:fragments/grow{}}}}}\n", level + 1).repeat(200));
    }
    center.write("fragments/grow7/pt.md", "Texto que cresce.\n");
    center.article("a", "pt", "title: Um", "{{include:fragments/one}}");
    center.article("b", "pt", "title: Dois", "{{include:fragments/self}}");
    center.article("c", "pt", "title: Três", "{{include:fragments/grow0}}");
    center.article("d", "pt", "title: Quatro", "{{include:fragments/nothing}}");
    center.article("e", "en", "title: Five", "{{include:fragments/grow7}}");
    center.article("f", "pt", "title: Seis", "No meio {{include:fragments/grow7}} da linha.");
    let report = center.check().to_string();
    assert!(report.contains("a/pt.md:4: The fragments include each other in a circle or too deep: one → two → one."), "{report}");
    assert!(report.contains("b/pt.md:4: The fragments include each other in a circle or too deep: self → self."), "{report}");
    assert!(report.contains("c/pt.md:4: The text with all that it includes is too long."), "{report}");
    assert!(report.contains("d/pt.md:4: There is no fragment \"fragments/nothing\"."), "{report}");
    assert!(report.contains("e/en.md:4: The fragment \"grow7\" has no text in the language en."), "{report}");
    assert!(report.contains("f/pt.md:4: An {{include:…}} stands within a line."), "{report}");
}

#[test]
fn a_fact_with_something_wrong_is_left_out_and_takes_no_other_with_it() {
    let center = Center::new();
    let wrong = "[number]\npt = 5\n[pipe]\npt = \"a | b\"\n[mark]\npt = \"{{brand}}\"\n[tongue]\nfr = \"x\"\n[hidden]\npt = \"a\u{202e}b\"\n";
    center.write("facts.toml", format!("plain = \"x\"\n{FACTS}{wrong}[\"Not a name\"]\npt = \"x\"\n"));
    center.article("a", "pt", "title: Um", "São {{fact:days}}.");
    assert!(text(&center.library(), "a", Lang::Pt).html.contains("7 dias"));
    let report = center.check().to_string();
    for (line, what) in [
        (1, "\"plain\" is not a table"),
        (7, "\"pt\" of \"number\""),
        (9, "of \"pipe\" in pt is"),
        (11, "of \"mark\" in pt is"),
        (13, "\"fr\" of"),
        (15, "of \"hidden\""),
    ] {
        assert!(report.contains(&format!("facts.toml:{line}: ")) && report.contains(what), "{line} {what}\n{report}");
    }
    assert!(report.contains("\"Not a name\" can't be the name of a fact."), "{report}");
}
