//! What authors bring along from other generators of sites: each is named with what to write instead, or understood.

use ajuda::articles::problem::{Level, Problem};
use ajuda::i18n::Lang;

use super::{Center, PIXEL, text};

/// What the check says of a text, beside what it says of every text here.
fn said_of(center: &Center, name: &str) -> Vec<Problem> {
    let file = format!("buyer/refunds/{name}/pt.md");
    center
        .check()
        .problems
        .into_iter()
        .filter(|problem| *problem.file == file && !problem.what.contains("links to") && !problem.what.contains("same summary"))
        .collect()
}

fn of_body(body: &str) -> Vec<Problem> {
    let center = Center::new();
    center.article("other", "pt", "title: Outro\nsummary: x", "## Prazo {#prazo}\n\nTexto.");
    center.article("this", "pt", "title: Este\nsummary: Um resumo que responde.", body);
    center.write("buyer/refunds/this/tela.png", PIXEL);
    said_of(&center, "this")
}

#[test]
fn the_hint_for_a_link_to_a_file_is_a_link_that_the_check_takes() {
    for (written, meant) in [
        ("other.md", "../other/"),
        ("./other.md#prazo", "../other/#prazo"),
        ("./other.md#nada", "../other/"),
        ("../other.md", "../other/"),
        ("../other.mdx", "../other/"),
        ("../other/index.md", "../other/"),
        ("../other/pt.md", "../other/"),
        ("../../refunds/other.md", "../other/"),
        ("/buyer/refunds/other.md", "../other/"),
        ("/docs/guides/other.md", "../other/"),
        ("other.html", "../other/"),
        ("../../payments/boleto.md", "../../payments/boleto/"),
        ("boleto.md", "../../payments/boleto/"),
        ("othr.md", "../other/"),
    ] {
        let center = Center::new();
        center.article("other", "pt", "title: Outro\nsummary: x", "## Prazo\n\nTexto.");
        center.write("buyer/payments/topic.toml", "[pt]\ntitle = \"Pagamentos\"\n");
        center.write("buyer/payments/boleto/pt.md", "---\ntitle: Boleto\nsummary: x\n---\nTexto.\n");
        center.article("this", "pt", "title: Este\nsummary: x", &format!("Veja [isto]({written})."));
        let said = said_of(&center, "this");
        let hint = said.iter().find_map(|problem| problem.fix.strip_prefix("Link the folder, not the file: ")?.strip_suffix('.'));
        assert_eq!(hint, Some(meant), "{written}: {said:#?}");
        center.article("this", "pt", "title: Este\nsummary: x", &format!("Veja [isto]({meant})."));
        let said = said_of(&center, "this");
        assert!(said.is_empty(), "{meant}: {said:#?}");
    }
}

#[test]
fn what_else_a_link_can_mean_is_said() {
    for (written, fix) in [
        ("guia.pdf", "Only pictures are served"),
        ("../arquivos/modelo.docx", "Only pictures are served"),
        ("tela.png", "![what it shows](tela.png)"),
        ("nada.md", "there is none of this name"),
        ("../othe/", "Did you mean \"../other/\"?"),
        ("buyer/refunds/other", "Did you mean \"../other/\"?"),
        ("other", "Did you mean \"../other/\"?"),
    ] {
        let said = of_body(&format!("Veja [isto]({written})."));
        assert!(said.len() == 1 && said[0].level == Level::Broken && said[0].fix.contains(fix), "{written}: {said:#?}");
    }
}

#[test]
fn what_other_generators_understand_is_named_with_what_to_write() {
    for (written, fix) in [
        (":::tip Dica\nUm.\n:::", "> [!TIP]"),
        ("::: warning\nUm.\n:::", "> [!WARNING]"),
        (":::danger[Cuidado]\nUm.\n:::", "> [!CAUTION]"),
        ("!!! note\n    Um.", "> [!NOTE]"),
        ("??? info \"Mais\"\n    Um.", "> [!NOTE]"),
        ("/// tip | Dica\n\nUm.\n\n///", "> [!TIP]"),
        ("=== \"Windows\"\n\n    Um.", "a heading"),
        ("import Tabs from \"@theme/Tabs\";", "Delete the line"),
        ("export const cor = \"azul\";", "Delete it"),
        ("{/* rever */}", "Delete the comment"),
        ("--8<-- \"termos.md\"", "fragments/"),
        ("<<< @/exemplo.js", "fragments/"),
        ("{% callout success %}\nUm.\n{% endcallout %}", "> [!NOTE]"),
        ("Veja {% link _posts/um.md %} agora.", "../other-article/"),
        ("{% include aviso.html %}", "write the words themselves"),
        ("{{< figure src=\"tela.png\" >}}", "![what it shows]"),
        ("{% /callout %}", "Delete it."),
        ("{{% notice tip %}}\nUm.\n{{% /notice %}}", "> [!NOTE]"),
        ("Um [link](https://exemplo.example){:target=\"_blank\"} aqui.", "Delete it"),
        ("Um parágrafo.\n{: .aviso }", "Delete it"),
        ("![A tela](tela.png){width=300}", "own size"),
        ("![A tela](tela.png){ .borda }", "own size"),
        ("## Prazo {.grande}\n\nUm.", "## Words {#anchor}"),
        ("Veja [[outro artigo]] e mais.", "../other-article/"),
        ("![[tela.png]]", "![what it shows]"),
        ("Termo\n: O que quer dizer.", "**bold**"),
        ("Um :material-check: dois", "no icons"),
        ("[TOC]", "by itself"),
        ("*[NF]: Nota fiscal", "short form"),
    ] {
        let said = of_body(&format!("Antes.\n\n{written}"));
        let line = 7 + usize::from(written.starts_with("Um parágrafo") || written.starts_with("Termo"));
        let is_named = |problem: &&Problem| problem.line == line && problem.level == Level::Taste && problem.fix.contains(fix);
        assert!(said.iter().any(|problem| is_named(&problem)), "{written}: {said:#?}");
        assert!(said.iter().filter(|problem| problem.what.ends_with("is shown as it stands.")).count() < 3, "{written}: {said:#?}");
    }
}

#[test]
fn what_only_looks_like_it_is_left_alone() {
    let plain = "Dois: um e outro. Preço {ou quase}. 3 === 3! (a){b} [1] e [x](https://exemplo.example/{id}) `:::tip` e `{% x %}`\n\n```\n:::tip\nimport x from 'y'\n{% if %}\n```\n\n## Sobre {{brand}}\n\n\\{% x %} \\[[x]] e 10:30.\n\n- `um`: dois\n- [ ] Fazer\n- [x] Feito\n\n> [!TIP]\n> Um.\n\n| a | b |\n|---|:---:|\n| c | d |";
    let said = of_body(plain);
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn a_component_or_a_tag_is_refused_with_what_to_write() {
    for (written, fix) in [
        ("<Tabs groupId=\"so\">", "write what <Tabs> shows"),
        ("Um<br>dois", "backslash"),
        ("| A | B |\n|---|---|\n| um<br>dois | três |", "no line break in a cell"),
        ("Um <b>dois</b>", "**words**"),
        ("<details><summary>Mais</summary>Um</details>", "Nothing folds"),
        ("<img src=\"tela.png\">", "![what it shows]"),
        ("<a id=\"prazo\"></a>", "{#anchor}"),
        ("<iframe src=\"https://exemplo.example\"></iframe>", "https://"),
    ] {
        let said = of_body(written);
        assert!(said.iter().any(|problem| problem.level == Level::Broken && problem.fix.contains(fix)), "{written}: {said:#?}");
    }
}

#[test]
fn an_anchor_behind_a_heading_is_understood_and_those_from_before_go_on_working() {
    let center = Center::new();
    center.article(
        "other",
        "pt",
        "title: Outro\nsummary: x",
        "## Prazo do reembolso {#prazo}\n\nSete dias.\n\n## Prazo\n\n### Mais {: #mais_um }\n\nUm.",
    );
    center.article(
        "this",
        "pt",
        "title: Este\nsummary: x",
        "## Como pedir {#pedir}\n\n[a](#pedir) [b](#como-pedir) [c](../other/#prazo) [d](../other/#prazo-do-reembolso) [e](../other/#prazo-do-reembolso-prazo) [f](../other/#mais_um)",
    );
    assert!(said_of(&center, "this").is_empty() && said_of(&center, "other").is_empty(), "{}", center.check());
    let library = center.library();
    let other = text(&library, "other", Lang::Pt);
    assert!(other.html.contains("<h2 id=\"prazo\">Prazo do reembolso</h2>") && other.html.contains("<h3 id=\"mais_um\">Mais</h3>"), "{}", other.html);
    assert!(other.html.contains("<h2 id=\"prazo-2\">Prazo</h2>"), "no anchor stands twice: {}", other.html);
    assert!(other.html.contains("<span id=\"prazo-do-reembolso\"></span><span id=\"prazo-do-reembolso-prazo\"></span>"), "{}", other.html);
    let headings: Vec<_> = other.passages.iter().filter_map(|passage| passage.heading.as_ref()).map(|heading| heading.text.as_str()).collect();
    assert_eq!(headings, ["Prazo do reembolso", "Prazo", "Mais"]);
    let this = &text(&library, "this", Lang::Pt).html;
    assert!(this.contains("<a href=\"#pedir\">a</a> <a href=\"#pedir\">b</a>"), "{this}");
    assert!(this.contains("outro#mais_um\">f</a>"), "{this}");
    let said = of_body("## Um {#x}\n\nUm.\n\n## Dois {#x}\n\nDois.\n\n## Três {#contact}\n\nTrês.");
    let lines: Vec<usize> = said.iter().filter(|problem| problem.what.contains("is taken")).map(|problem| problem.line).collect();
    assert_eq!(lines, [9, 13], "{said:#?}");
}

#[test]
fn a_picture_is_found_however_its_name_is_written() {
    let composed = "instalação tela.png";
    let apart = "instalac\u{327}a\u{303}o tela.png";
    for on_disk in [composed, apart] {
        for written in [
            format!("<{composed}>"),
            format!("<{apart}>"),
            "instala%C3%A7%C3%A3o%20tela.png".to_owned(),
            "instalac%CC%A7a%CC%83o%20tela.png".to_owned(),
            "<./instalação%20tela.png>".to_owned(),
        ] {
            let center = Center::new();
            center.article("this", "pt", "title: Este\nsummary: x", &format!("![A tela]({written})"));
            center.write(&format!("buyer/refunds/this/{on_disk}"), PIXEL);
            let report = center.check();
            assert!(!report.problems.iter().any(|problem| problem.file.contains("this")), "{on_disk:?} {written:?}: {report}");
            let library = center.library();
            let address = library.pictures.keys().next().expect("the picture is served");
            assert!(address.ends_with("-instalacao-tela.png"), "{address}");
            assert!(text(&library, "this", Lang::Pt).html.contains(&format!("<img src=\"{address}\"")), "{written}");
        }
    }
}

#[test]
fn a_picture_that_is_not_found_or_not_understood_says_why() {
    for (written, level, what, fix) in [
        ("![A tela](tela nova.png)", Level::Wrong, "has a space in its address", "Write ![A tela](<tela nova.png>)."),
        ("![A tela](tela (1).png)", Level::Wrong, "has a space in its address", "Write ![A tela](<tela (1).png>)."),
        ("Veja [isto](../other artigo/).", Level::Wrong, "has a space in its address", "Write [isto](<../other artigo/>)."),
        ("![A tela](tela.png =300x)", Level::Wrong, "there are no sizes", "Write ![A tela](tela.png)."),
        ("![A tela](Tela.PNG)", Level::Broken, "no picture \"Tela.PNG\"", "Did you mean \"tela.png\"?"),
    ] {
        let said = of_body(written);
        let found = said.iter().any(|problem| problem.level == level && problem.what.contains(what) && problem.fix.contains(fix));
        assert!(found, "{written}: {said:#?}");
    }
}

#[test]
fn bare_addresses_can_be_pressed() {
    let center = Center::new();
    let body = "Acesse https://exemplo.example/entrar?a=1&b=2, (www.exemplo.example) e escreva para ajuda@exemplo.example.\n\n## Em https://exemplo.example\n\n`https://codigo.example` [https://fora.example](https://dentro.example) javascript://alert(1) ftp://exemplo.example exemplo.example http://\n\n    https://bloco.example\n\nSó https://exemplo.example/a_b_c.";
    center.article("this", "pt", "title: Este\nsummary: x", body);
    let library = center.library();
    let html = &text(&library, "this", Lang::Pt).html;
    for link in [
        "<a href=\"https://exemplo.example/entrar?a=1&amp;b=2\">https://exemplo.example/entrar?a=1&amp;b=2</a>,",
        "(<a href=\"https://www.exemplo.example\">www.exemplo.example</a>)",
        "<a href=\"mailto:ajuda@exemplo.example\">ajuda@exemplo.example</a>.",
        "<code>https://codigo.example</code> <a href=\"https://dentro.example\">https://fora.example</a> javascript://alert(1)",
        "<a href=\"https://exemplo.example/a_b_c\">https://exemplo.example/a_b_c</a>.",
    ] {
        assert!(html.contains(link), "{link} in {html}");
    }
    assert_eq!(html.matches("<a href=\"").count(), 5, "{html}");
}

#[test]
fn all_mistakes_of_a_front_matter_are_named_at_once() {
    let center = Center::new();
    let front = "id: 7\ntitle: Este\nstatus: PUBLISHED\ncreatedAt: 2017-11-14T20:55:55.931Z\ntags:\n  - a\n  - b\nslug: Este Aqui\nsummary: x\nsummary: y\nsteps: maybe\npublish_at: ontem\nmenu:\n  docs:\n    weight: 1\nlocale: pt";
    center.article("this", "pt", front, "# Um\n\nTexto <br>.");
    let said = said_of(&center, "this");
    let of = |what: &str| said.iter().find(|problem| problem.what.contains(what)).map(|problem| problem.line);
    for (what, line) in [
        ("no key \"id\"", 2),
        ("\"PUBLISHED\" is not a value", 4),
        ("no key \"createdAt\"", 5),
        ("no key \"tags\"", 6),
        ("\"Este Aqui\" can't stand in an address", 9),
        ("\"summary\" appears twice", 11),
        ("wrong type of value", 12),
        ("publish_at is not a date", 13),
        ("no key \"menu\"", 14),
        ("no key \"locale\"", 17),
        ("heading with one #", 19),
        ("raw HTML", 21),
    ] {
        assert_eq!(of(what), Some(line), "{what}: {said:#?}");
    }
    assert_eq!(said.len(), 12, "{said:#?}");
    center.article("this", "pt", "summary: y\nlayout: x", "Texto.");
    let said = said_of(&center, "this");
    let whats: Vec<_> = said.iter().map(|problem| (problem.line, problem.what.as_str())).collect();
    assert_eq!(whats, [(2, "The key title is missing."), (3, "There is no key \"layout\".")]);
}

#[test]
fn small_messages_fit_what_stands_there() {
    for (written, what, fix) in [
        ("Como pedir\n==========\n\nTexto.", "underlined with ===", "delete the line of ="),
        ("Aperte [Sim][Não] e espere.", "no address for the link \"Não\"", "\\[Não\\]"),
    ] {
        let said = of_body(written);
        assert!(said.iter().any(|problem| problem.what.contains(what) && problem.fix.contains(fix)), "{written}: {said:#?}");
    }
    for written in ["Aperte [Sim]\\[Não\\] e espere.", "Aperte [Sim]\\[Não] e espere.", "\\[^1] é uma nota."] {
        assert!(of_body(written).is_empty(), "{written}: {:#?}", of_body(written));
    }
}
