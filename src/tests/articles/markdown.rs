//! What Markdown becomes.

use ajuda::i18n::Lang;

use super::{Center, PIXEL, text};

/// The HTML of an article with this text.
fn html(body: &str) -> String {
    let center = Center::new();
    center.article("other", "pt", "title: Outro\nslug: outro\nsummary: x", "## Prazo\n\nTexto.");
    center.article("this", "pt", "title: Este\nslug: este\nsummary: x", body);
    center.write("buyer/refunds/this/Botão 1.png", PIXEL);
    let library = center.library();
    assert_eq!(library.problem_count, 0, "{:?}", center.content().problems());
    text(&library, "this", Lang::Pt).html.clone()
}

#[test]
fn headings_have_anchors_without_accents_and_never_the_same_twice() {
    let html = html("## Quando o dinheiro não volta?\n\nUm.\n\n## Prazo\n\n### Prazo\n\n## Contact\n\n## **Prazo** `x`");
    assert!(html.contains("<h2 id=\"quando-o-dinheiro-nao-volta\">Quando o dinheiro não volta?</h2>"), "{html}");
    assert!(html.contains("<h2 id=\"prazo\">") && html.contains("<h3 id=\"prazo-2\">"), "{html}");
    assert!(html.contains("<h2 id=\"contact-2\">"), "the page's own ids stay free: {html}");
    assert!(html.contains("<h2 id=\"prazo-x\"><strong>Prazo</strong> <code>x</code></h2>"), "{html}");
}

#[test]
fn beside_a_heading_stands_a_link_to_it_with_a_name_in_the_language_of_the_article() {
    let center = Center::new();
    for lang in ["pt", "es", "en"] {
        center.article("this", lang, "title: Este\nsummary: x", "## \"A\" & `b`\n\nUm.");
    }
    let library = center.library();
    for (lang, name) in [(Lang::Pt, "Link para este trecho"), (Lang::Es, "Enlace a esta parte"), (Lang::En, "Link to this section")] {
        let html = &text(&library, "this", lang).html;
        let link = format!("</h2><a class=\"anchor\" href=\"#a-b\" aria-label=\"{name}: &quot;A&quot; &amp; b\"><svg");
        assert!(html.contains(&link), "{html}");
    }
}

#[test]
fn tables_are_aligned_by_class_and_scroll_in_a_named_box() {
    let html = html("## Prazos\n\n| Um | Dois | Três ||\n|:---|:---:|---:|---|\n| a | b | c | d |\n\n| x |\n|---|\n| y |");
    assert!(html.contains("<div class=\"table-scroll table-stacked\" role=\"region\" aria-label=\"Prazos\" tabindex=\"0\">"), "{html}");
    assert!(html.contains("aria-label=\"Prazos (2)\""), "{html}");
    assert!(html.contains(
        "<th scope=\"col\" role=\"columnheader\" class=\"align-start\">Um</th><th scope=\"col\" role=\"columnheader\" class=\"align-center\">Dois</th>"
    ));
    assert!(html.contains("<td role=\"cell\"></td></tr></thead>"), "a head cell without words is no head: {html}");
    assert!(html.contains("data-column=\"Dois\" class=\"align-center\">b</td>"), "each cell knows its column: {html}");
    assert!(html.contains("<table>\n<thead><tr><th scope=\"col\">x</th>"), "a narrow table is as it is: {html}");
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn alerts_carry_their_title_in_the_language_of_the_article() {
    let center = Center::new();
    for lang in ["pt", "es", "en"] {
        center.article("this", lang, "title: Este\nsummary: x", "> [!TIP]\n> Um.\n\n> [!WARNING]\n> Dois.");
    }
    let library = center.library();
    for (lang, title) in [(Lang::Pt, "Dica"), (Lang::Es, "Consejo"), (Lang::En, "Tip")] {
        let html = &text(&library, "this", lang).html;
        assert!(html.contains("<div class=\"alert alert-tip\" role=\"note\">") && html.contains(&format!("</svg>{title}</p>")), "{html}");
    }
}

#[test]
fn tasks_have_boxes_with_a_label() {
    let html = html("- [x] Feito\n- [ ] A **fazer**\n  - dentro\n\nFim.\n\n- [ ] Um\n\n- [ ] Dois");
    assert!(
        html.contains(
            "<ul class=\"task-list\">\n<li class=\"task\"><label><input type=\"checkbox\" checked disabled><span>Feito</span></label></li>"
        ),
        "{html}"
    );
    assert!(html.contains("<span>A <strong>fazer</strong></span></label><ul>\n<li>dentro</li>"), "{html}");
    assert!(html.contains("<li class=\"task\"><p><label><input type=\"checkbox\" disabled><span>Um</span></label></p>"), "{html}");
}

#[test]
fn footnotes_stand_at_the_end_and_lead_back() {
    let html = html("Um.[^a] Dois.[^b] Um outra vez.[^a]\n\n[^b]: Nota B.\n[^a]: Nota A.");
    assert!(html.contains("<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1-1\" aria-label=\"Nota 1\">1</a></sup>"), "{html}");
    let list = html.split("<section class=\"footnotes\" aria-label=\"Notas\">").nth(1).unwrap();
    assert!(list.find("Nota A").unwrap() < list.find("Nota B").unwrap(), "in the order of the text: {list}");
    assert!(list.contains("href=\"#fnref:1-1\"") && list.contains("href=\"#fnref:1-2\"") && list.contains("href=\"#fnref:2-1\""), "{list}");
}

#[test]
fn a_picture_has_its_size_its_description_and_an_address_of_its_contents() {
    let html = html("![Um \"botão\"](<Botão 1.png> \"Legenda\")\n\nNo texto ![Botão](<Botão 1.png>) também.");
    assert!(html.contains("<figure><img src=\"/media/"), "{html}");
    assert!(html.contains("-botao-1.png\" alt=\"Um &quot;botão&quot;\" width=\"1\" height=\"1\" loading=\"lazy\" decoding=\"async\">"), "{html}");
    assert!(html.contains("<figcaption>Legenda</figcaption></figure>"), "{html}");
    assert!(html.contains("<p>No texto <img src="), "{html}");
}

#[test]
fn links_between_articles_become_addresses_in_the_same_language() {
    let html = html(
        "[um](../other/) [dois](../other#prazo) [três](../) [quatro](../../) [cinco](../../../) [seis](/pt/contact) [sete](mailto:a@example.com)",
    );
    for address in [
        "/pt/comprador/reembolsos/outro\">um",
        "/pt/comprador/reembolsos/outro#prazo\">dois",
        "/pt/comprador/reembolsos\">três",
        "/pt/comprador\">quatro",
        "/pt\">cinco",
        "/pt/contact\">seis",
        "mailto:a@example.com\">sete",
    ] {
        assert!(html.contains(&format!("<a href=\"{address}</a>")), "{address} in {html}");
    }
}

#[test]
fn a_link_to_an_article_that_nobody_can_open_is_plain_text() {
    let center = Center::new();
    center.article("draft", "pt", "title: Rascunho\nstatus: draft", "Texto.");
    center.article("this", "pt", "title: Este\nsummary: x", "Veja [o outro](../draft/).");
    assert_eq!(text(&center.library(), "this", Lang::Pt).html, "<p>Veja o outro.</p>\n");
    assert!(center.check().to_string().contains("this/pt.md:5: note: The link \"../draft/\" leads to what readers can't open"), "{}", center.check());
}

#[test]
fn the_brand_is_text_wherever_it_stands() {
    let center = Center::new();
    center.article("this", "pt", "title: \"Na {{brand}}\"\nsummary: x", "Na {{brand}}: `{{brand}}`\n\n## Sobre {{brand}}");
    let library = center.library();
    let this = text(&library, "this", Lang::Pt);
    assert_eq!(this.title, "Na Acme & <b>Co</b>");
    assert!(this.html.contains("<p>Na Acme &amp; &lt;b&gt;Co&lt;/b&gt;: <code>Acme &amp; &lt;b&gt;"), "{}", this.html);
    assert!(this.passages[1].heading.as_ref().unwrap().text == "Sobre Acme & <b>Co</b>" && !this.html.contains("<b>"));
}

#[test]
fn passages_are_plain_text_heading_by_heading() {
    let center = Center::new();
    let body = "Antes de *tudo*.\nMesma linha.\n\n## Passos\n\n1. Um\n2. Dois\n   - Três\n\n| A | B |\n|---|---|\n| c | d |\n\n### Mais\n\n> [!NOTE]\n> Nota.[^1]\n\n```\ncódigo\naqui\n```\n\n[^1]: Rodapé.";
    center.article("this", "pt", "title: Este\nsummary: x", body);
    let library = center.library();
    let passages = &text(&library, "this", Lang::Pt).passages;
    let shown: Vec<(&str, &str)> =
        passages.iter().map(|passage| (passage.heading.as_ref().map_or("", |heading| heading.anchor.as_str()), passage.text.as_str())).collect();
    assert_eq!(shown, [("", "Antes de tudo. Mesma linha."), ("passos", "Um\nDois\nTrês\nA · B\nc · d"), ("mais", "Nota.\ncódigo\naqui\nRodapé.")]);
}

#[test]
fn the_markdown_view_has_working_addresses() {
    let center = Center::new();
    center.article("other", "pt", "title: Outro\nslug: outro\nsummary: x", "Texto.");
    center.article("this", "pt", "title: Este\nsummary: x", "Veja [outro](../other/) e ![Um](<a.png>) na {{brand}}.");
    center.write("buyer/refunds/this/a.png", PIXEL);
    let library = center.library();
    let markdown = &text(&library, "this", Lang::Pt).markdown;
    assert!(markdown.starts_with("Veja [outro](/pt/comprador/reembolsos/outro) e ![Um](</media/"), "{markdown}");
    assert!(markdown.ends_with("na Acme & <b>Co</b>.\n"), "{markdown}");
}

#[test]
fn words_that_yaml_reads_as_something_else_are_texts_all_the_same() {
    let center = Center::new();
    for (name, title) in [("number", "2027"), ("yes", "yes"), ("date", "2027-01-31"), ("comment", "x # nota")] {
        center.article(name, "pt", &format!("title: {title}\nsummary: x # para colegas\n# outra nota\nkeywords: [1, true]"), "Texto.");
    }
    let library = center.library();
    for (name, title) in [("number", "2027"), ("yes", "yes"), ("date", "2027-01-31"), ("comment", "x")] {
        let text = text(&library, name, Lang::Pt);
        assert_eq!((text.title.as_str(), text.summary.as_str(), text.keywords.join(" ").as_str()), (title, "x", "1 true"));
    }
}

#[test]
fn a_way_is_drawn_and_said_in_words() {
    let center = Center::new();
    let way = "```flow\nAberto <b>\n-> Feito: \"sim\" & pronto\n-> Outro\nFeito\nOutro\n-> Aberto <b>: de novo\n```";
    center.article("this", "pt", "title: Este\nslug: este\nsummary: x", way);
    let library = center.library();
    let text = text(&library, "this", Lang::Pt);
    assert!(text.html.contains("<svg role=\"img\"") && text.html.contains("<ol>"), "{}", text.html);
    assert!(!text.html.contains("<b>") && text.html.contains("Aberto &lt;b&gt;"), "{}", text.html);
    let words = "Aberto <b>: \"sim\" & pronto → Feito; → Outro · Feito · Outro: de novo → Aberto <b>";
    assert_eq!(text.passages[0].text, words, "in one line of cells, which no answer quotes");
}
