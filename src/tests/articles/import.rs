//! A folder that was written for another generator becomes articles that the check passes, and what could not be taken is listed.

use std::fs;
use std::path::Path;

use ajuda::articles::ContentStore;
use ajuda::articles::import::{self, Generator, ImportReport, Request, Weight};
use ajuda::i18n::Lang;
use tempfile::TempDir;

use super::{Center, PIXEL};

/// A folder to import, and the empty one into which it goes.
struct Import {
    from: TempDir,
    center: Center,
}

impl Import {
    fn new(files: &[(&str, &str)]) -> Self {
        let import = Self { from: tempfile::tempdir().unwrap(), center: Center::new() };
        for name in ["buyer", "contact.toml"] {
            import.center.remove(name);
        }
        for (path, text) in files {
            import.write(path, text);
        }
        import
    }

    fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let file = self.from.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, contents).unwrap();
    }

    fn try_run(&self, generator: Option<Generator>, lang: Option<Lang>) -> Result<ImportReport, String> {
        let request = Request { from: self.from.path().to_owned(), generator, lang };
        import::run(&request, &self.center.options()).map_err(|error| error.to_string())
    }

    /// Imports and checks that every file loads.
    fn run(&self) -> ImportReport {
        let report = self.try_run(None, Some(Lang::Pt)).unwrap();
        assert_eq!(report.loaded, report.files, "{}", report.full());
        assert!(report.problems.is_empty(), "{}", report.full());
        report
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.center.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}; there are {:#?}", self.paths()))
    }

    fn paths(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    walk(&entry.path(), root, found);
                } else {
                    found.push(entry.path().strip_prefix(root).unwrap().display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        walk(self.center.root(), self.center.root(), &mut found);
        found.sort();
        found
    }
}

/// What an import made of the text of one file, beside another one to link.
fn body_of(body: &str) -> (String, ImportReport) {
    let import =
        Import::new(&[("guia/outro.md", "# Outro\n\n## O prazo {#prazo}\n\nSete dias.\n"), ("guia/este.md", &format!("# Este\n\n{body}\n"))]);
    import.write("guia/tela nova.png", PIXEL);
    let report = import.run();
    let text = import.text("help/guia/este/pt.md");
    (text.splitn(3, "---\n").nth(2).unwrap().to_owned(), report)
}

fn assert_becomes(written: &str, becomes: &str) {
    let (body, report) = body_of(written);
    assert_eq!(body.trim_end(), becomes, "{written}\n{}", report.full());
    assert_eq!(report.lines_left_out(), 0, "{written}\n{}", report.full());
}

#[test]
fn boxes_of_every_kind_become_alerts() {
    for (written, becomes) in [
        (":::tip\nUm.\n:::", "> [!TIP]\n> Um."),
        ("::: warning Cuidado\nUm.\n\nDois.\n:::\nTrês.", "> [!WARNING]\n> **Cuidado**\n>\n> Um.\n>\n> Dois.\n\nTrês."),
        (":::danger[Pare]\n:::note\nUm.\n:::\n:::", "> [!CAUTION]\n> **Pare**\n>\n> > [!NOTE]\n> > Um."),
        (
            "!!! note \"Nota\"\n    Um.\n\n    ```\n    :::tip\n    ```\n\nDois.",
            "> [!NOTE]\n> **Nota**\n>\n> Um.\n>\n> ```\n> :::tip\n> ```\n\nDois.",
        ),
        ("??? info\n    Um.", "> [!NOTE]\n> Um."),
        ("/// tip | Dica\nUm.\n///", "> [!TIP]\n> **Dica**\n>\n> Um."),
        ("{% callout warning %}\nUm.\n{% endcallout %}", "> [!WARNING]\n> Um."),
        ("1. Um\n   {% callout success%}Dois.{% endcallout %}\n2. Três", "1. Um\n\n   > [!TIP]\n   > Dois.\n\n2. Três"),
        ("{{< hint style=\"danger\" >}}\nUm.\n{{< /hint >}}", "> [!CAUTION]\n> Um."),
        ("{{% notice tip %}}\nUm.\n{{% /notice %}}", "> [!TIP]\n> Um."),
        ("<Warning>\n  Um.\n</Warning>", "> [!WARNING]\n> Um."),
        ("<Callout type=\"info\" title=\"Nota\">Um.</Callout>", "> [!NOTE]\n> **Nota**\n>\n> Um."),
        ("> [!info] Nota\n> Um.", "> [!NOTE]\n> **Nota**\n> Um."),
        ("> [!TIP]\n> Um.", "> [!TIP]\n> Um."),
    ] {
        assert_becomes(written, becomes);
    }
}

#[test]
fn html_that_markdown_can_say_is_said_in_markdown() {
    for (written, becomes) in [
        ("Um <b>dois</b> e <em> três</em> e<br>quatro", "Um **dois** e *três* e\\\nquatro"),
        ("| A | B |\n|---|---|\n| um<br>dois | <ul><li>três</li><li>quatro</li></ul> |", "| A | B |\n|---|---|\n| um; dois | • três; • quatro |"),
        ("<a href=\"https://exemplo.example\" target=\"_blank\">Um</a> e <kbd>Ctrl</kbd>", "[Um](https://exemplo.example) e `Ctrl`"),
        ("<a\n  href=\"https://exemplo.example\"\n>\n  Um\n</a>", "[Um](https://exemplo.example)"),
        ("<ul>\n  <li>Um</li>\n  <li>\n    Dois\n  </li>\n</ul>", "- Um\n- Dois"),
        ("<details>\n<summary>Mais</summary>\n\nUm.\n\n</details>", "**Mais**\n\nUm."),
        ("<h2 id=\"prazo\">O prazo</h2>\n<p>Um.</p>", "## O prazo {#prazo}\n\nUm."),
        ("<div align=\"center\">\n\nUm.\n\n</div>", "Um."),
        (
            "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>um</td><td>dois | três</td></tr>\n</table>",
            "| A | B |\n| --- | --- |\n| um | dois \\| três |",
        ),
        ("<pre><code>a &lt; b\n</code></pre>", "```\na < b\n```"),
        ("<img src=\"tela nova.png\" alt=\"A tela\" width=\"300\" />", "![A tela](tela-nova.png)"),
        ("Um <!-- rever --> dois", "Um  dois"),
        ("Escreva <seu-nome> e 3 < 4", "Escreva \\<seu-nome> e 3 < 4"),
        ("`<b>` fica\n\n```html\n<b>:::tip</b>\n```", "`<b>` fica\n\n```html\n<b>:::tip</b>\n```"),
        ("{% highlight sh %}\nls <a>\n{% endhighlight %}", "```sh\nls <a>\n```"),
    ] {
        assert_becomes(written, becomes);
    }
}

#[test]
fn what_only_a_generator_understands_is_said_in_words() {
    for (written, becomes) in [
        (
            "import Tabs from '@theme/Tabs';\nimport {\n  TabItem,\n} from '@theme/TabItem';\n\n<Tabs>\n<TabItem value=\"a\" label=\"Celular\">\n\nUm.\n\n</TabItem>\n</Tabs>",
            "**Celular**\n\nUm.",
        ),
        ("=== \"Celular\"\n\n    Um.\n\n=== \"Computador\"\n\n    Dois.", "**Celular**\n\nUm.\n\n**Computador**\n\nDois."),
        ("{{< tabs >}}{{< tab \"Celular\" >}}\nUm.\n{{< /tab >}}{{< /tabs >}}", "**Celular**\n\nUm."),
        ("<Accordion title=\"Mais\">\n  Um.\n</Accordion>", "**Mais**\n\n  Um."),
        ("Termo\n: O que quer dizer.\n\nOutro\n: Mais.", "- **Termo**: O que quer dizer.\n\n- **Outro**: Mais."),
        ("[Um](https://exemplo.example){:target=\"_blank\"} e :material-check: dois", "[Um](https://exemplo.example) e  dois"),
        ("{/* rever */}\n\nUm.", "Um."),
        (
            "<Convite\n  headline=\"Comece agora mesmo\"\n  link=\"https://exemplo.example\"\n  linkText=\"Entrar\"\n/>",
            "Comece agora mesmo\n\n[Entrar](https://exemplo.example)",
        ),
        ("O e-mail <Required />", "O e-mail *(required)*"),
        ("{{< youtube abc >}}", "[Video](https://www.youtube.com/watch?v=abc)"),
        ("{% capture um %}\nDois.\n{% endcapture %}\n\nUm.\n\n{{ um | markdownify }}", "Um.\n\nDois."),
        ("{% assign marca = \"Loja\" %}\nA {{ marca }} abre.", "A Loja abre."),
        ("Um {% raw %}dois{% endraw %}.", "Um dois."),
        ("Aperte [Sim][Não] e [^1].", "Aperte [Sim]\\[Não\\] e \\[^1]."),
        ("![A tela](<tela nova.png>){width=300}", "![A tela](tela-nova.png)"),
        ("![A tela](tela nova.png)", "![A tela](tela-nova.png)"),
        ("![A tela](tela%20nova.png =300x)", "![A tela](tela-nova.png)"),
        ("Título\n------\n\nUm.", "## Título\n\nUm."),
        ("## Um\n\n#### Dois\n\n#### Três\n\n# Quatro", "### Um\n\n#### Dois\n\n#### Três\n\n## Quatro"),
        ("## [Um](https://exemplo.example)\n\nDois.", "## Um\n\n[Um](https://exemplo.example)\n\nDois."),
    ] {
        if written.starts_with("## Um\n\n####") {
            // The first heading that is left stands at the top.
            assert_becomes(written, "## Um\n\n### Dois\n\n### Três\n\n## Quatro");
        } else {
            assert_becomes(written, becomes);
        }
    }
}

#[test]
fn links_lead_to_where_the_articles_are() {
    for (written, becomes) in [
        ("[x](outro.md)", "[x](../outro/)"),
        ("[x](./outro.md#prazo)", "[x](../outro/#prazo)"),
        ("[x](../guia/outro)", "[x](../outro/)"),
        ("[x](/guia/outro.html)", "[x](../outro/)"),
        ("[x](/docs/guia/outro/)", "[x](../outro/)"),
        ("[x]({% link guia/outro.md %})", "[x](../outro/)"),
        ("[x]({{< relref \"guia/outro\" >}})", "[x](../outro/)"),
        ("[x]({{ site.baseurl }}/guia/outro/)", "[x](../outro/)"),
        ("[[outro|x]]", "[x](../outro/)"),
        ("[x][y]\n\n[y]: outro.md", "[x][y]\n\n[y]: ../outro/"),
        ("[![A tela](tela%20nova.png)](outro.md)", "[![A tela](tela-nova.png)](../outro/)"),
        ("[x](#fim)\n\n## Fim", "[x](#fim)\n\n## Fim"),
        ("[x](#name)\n\n## Nome {#name}", "[x](#nome)\n\n## Nome"),
    ] {
        assert_becomes(written, becomes);
    }
}

#[test]
fn what_could_not_be_taken_is_listed_with_its_file_and_line() {
    let written = "Um.\n\n<Painel\n  cor=\"azul\"\n/>\n\n![Selo](https://exemplo.example/selo.png)\n\n[guia](guia.pdf) e [nada](../nada.md)\n\n![Falta](falta.png)\n\n{{< grafico vendas >}}\n\n<video src=\"filme.mp4\"></video>";
    let (body, report) = body_of(written);
    assert_eq!(body, "Um.\n\n[Selo](https://exemplo.example/selo.png)\n\nguia e nada\n", "the words stay");
    let left: Vec<(usize, &str)> = report
        .remarks
        .iter()
        .filter(|remark| remark.weight == Weight::LeftOut && remark.file == "guia/este.md")
        .map(|remark| (remark.line, remark.what.as_str()))
        .collect();
    let lines: Vec<usize> = left.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [5, 6, 7, 9, 11, 11, 13, 15, 17], "{left:?}");
    assert_eq!((report.lines_left_out(), report.files, report.loaded), (8, 2, 2));
    let said = report.to_string();
    assert!(said.contains("guia/este.md:5: left out: a component of the site: <Painel>"), "{said}");
    assert!(said.contains("2 of them load without a hand (100.0 %)") && said.contains("of 8 something is left out"), "{said}");
    assert!(report.full().contains("guia/este.md:11: a link to what was not imported: guia.pdf"), "{}", report.full());
}

#[test]
fn docusaurus() {
    let import = Import::new(&[
        (
            "docusaurus.config.js",
            "module.exports = {\n  title: 'Loja',\n  url: 'https://ajuda.exemplo.example',\n  i18n: { defaultLocale: 'pt-BR' },\n};\n",
        ),
        ("docs/01-conta/_category_.json", "{\"label\": \"Sua conta\", \"position\": 2}"),
        (
            "docs/01-conta/02-entrar.mdx",
            "---\nid: entrar\ntitle: Como entrar\nsidebar_label: Entrar\ndescription: Use o seu e-mail.\nkeywords: [login, senha]\nsidebar_position: 2\n---\nimport tela from '@site/static/img/tela.png';\n\n<img src={tela} alt=\"A tela\" />\n\nVeja [a senha](./senha.md#trocar) e [isto](/docs/conta/senha).\n",
        ),
        ("docs/01-conta/senha.md", "# A senha\n\n## Como trocar {#trocar}\n\n![](/img/tela.png)\n"),
        ("docs/_aviso.md", "Um aviso.\n"),
        ("docs/intro.md", "---\nslug: /inicio\ntitle: \"Início: comece\"\n---\nimport Aviso from './_aviso.md';\n\n<Aviso />\n"),
        ("i18n/es/docusaurus-plugin-content-docs/current/01-conta/senha.md", "# La contraseña\n\n## Cambiar {#trocar}\n\nUno.\n"),
        ("README.md", "# O projeto\n"),
        ("node_modules/x/y.md", "# X\n"),
    ]);
    import.write("static/img/tela.png", PIXEL);
    let report = import.run();
    assert_eq!((report.generator, report.files), (Generator::Docusaurus, 4));
    let entrar = import.text("help/conta/entrar/pt.md");
    assert_eq!(
        entrar,
        "---\ntitle: \"Como entrar\"\nsummary: \"Use o seu e-mail.\"\nslug: \"entrar\"\nkeywords: [\"login\", \"senha\"]\nformerly: [\"/docs/conta/entrar\"]\n---\n![A tela](tela.png)\n\nVeja [a senha](../senha/#trocar) e [isto](../senha/).\n"
    );
    assert!(import.text("help/conta/senha/pt.md").contains("![Tela](tela.png)"), "a picture gets the words of its name");
    assert!(import.text("help/conta/senha/es.md").contains("title: \"La contraseña\""));
    assert!(import.text("help/general/intro/pt.md").ends_with("formerly: [\"/inicio\"]\n---\nUm aviso.\n"));
    assert!(import.text("help/conta/topic.toml").contains("title = \"Sua conta\"") && import.text("help/section.toml").contains("title = \"Loja\""));
    let library = import.center.library();
    assert_eq!(library.moved.get("/docs/conta/entrar").cloned().flatten().as_deref(), Some("/pt/loja/sua-conta/entrar"));
    assert_eq!(report.pictures, 2);
}

#[test]
fn vitepress() {
    let import = Import::new(&[
        (".vitepress/config.mts", "export default { title: 'Loja', srcDir: './src', lang: 'pt-BR' }\n"),
        ("src/index.md", "---\nlayout: home\nhero:\n  name: Loja\n---\n"),
        (
            "src/guia/pagar.md",
            "---\noutline: deep\n---\n# Como pagar\n\n<script setup>\nconst x = '<p>'\n</script>\n\n::: code-group\n```sh [npm]\na\n```\n:::\n\n<<< @/exemplo.txt\n\nVeja [boleto](/guia/boleto) e ![A tela](/tela.png)\n",
        ),
        ("src/guia/boleto.md", "# Boleto\n\nTrês dias.\n"),
        ("src/exemplo.txt", "um\ndois\n"),
    ]);
    import.write("src/public/tela.png", PIXEL);
    let report = import.run();
    assert_eq!((report.generator, report.files, report.skipped.len()), (Generator::VitePress, 2, 1));
    let text = import.text("help/guia/pagar/pt.md");
    assert!(text.contains("````txt\num\ndois\n````") && text.contains("[boleto](../boleto/)") && text.contains("![A tela](tela.png)"), "{text}");
    assert!(!text.contains("script") && report.remarks.iter().filter(|remark| remark.weight == Weight::NoText).count() == 3, "{}", report.full());
}

#[test]
fn mkdocs() {
    let import = Import::new(&[
        (
            "mkdocs.yml",
            "site_name: Loja\nsite_url: https://ajuda.exemplo.example/\ntheme:\n  name: material\n  language: pt-BR\nmarkdown_extensions:\n  - x: !!python/name:y.z\nnav:\n  - Início: index.md\n  - Pagamentos:\n      - pagar/cartao.md\n      - O boleto: pagar/boleto.md\n",
        ),
        ("docs/index.md", "# Bem-vindo\n\n--8<-- \"docs/includes/aviso.md\"\n"),
        ("docs/includes/aviso.md", "Um aviso.\n"),
        ("docs/pagar/cartao.md", "# Cartão\n\n!!! tip\n    Veja [o boleto](boleto.md).\n\n![A tela](../img/tela.png){ width=\"300\" }\n"),
        ("docs/pagar/boleto.md", "Três dias.\n"),
    ]);
    import.write("docs/img/tela.png", PIXEL);
    let report = import.run();
    assert_eq!((report.generator, report.files), (Generator::MkDocs, 3));
    assert!(import.text("help/pagar/topic.toml").contains("title = \"Pagamentos\""));
    assert!(import.text("help/pagar/boleto/pt.md").contains("title: \"O boleto\""), "the name that the list of pages gives");
    assert!(import.text("help/pagar/cartao/pt.md").contains("> [!TIP]\n> Veja [o boleto](../boleto/).\n\n![A tela](tela.png)\n"));
    assert!(import.text("help/general/bem-vindo/pt.md").ends_with("Um aviso.\n"));
}

#[test]
fn hugo_in_two_languages() {
    let import = Import::new(&[
        ("hugo.toml", "baseURL = \"https://ajuda.exemplo.example/\"\ndefaultContentLanguage = \"pt\"\ntitle = \"Loja\"\n"),
        ("layouts/shortcodes/obrigatorio.html", "<span class=\"x\">{{ i18n \"obrigatório\" }}</span>"),
        ("content/pt/conta/_index.md", "+++\ntitle = \"Sua conta\"\nweight = 3\n+++\n"),
        (
            "content/pt/conta/senha/trocar.md",
            "+++\ntitle = \"Trocar a senha\"\naliases = [\"/pt/velha-senha\", \"/senha\"]\ndraft = true\n+++\n{{<obrigatorio>}} Um.\n\n{{< figure src=\"/img/tela.png\" alt=\"A tela\" >}}\n",
        ),
        ("content/es/conta/senha/trocar.md", "---\ntitle: Cambiar\n---\nUno.\n"),
        ("content/ja/conta/senha/trocar.md", "---\ntitle: X\n---\nUno.\n"),
    ]);
    import.write("static/img/tela.png", PIXEL);
    let report = import.run();
    assert_eq!((report.generator, report.files, report.languages[&Lang::Pt], report.languages[&Lang::Es]), (Generator::Hugo, 2, 1, 1));
    let text = import.text("conta/senha/trocar/pt.md");
    assert!(
        text.contains(
            "formerly: [\"/conta/senha/trocar\", \"/pt/velha-senha\", \"/senha\"]\nstatus: draft\n---\n*(obrigatório)* Um.\n\n![A tela](tela.png)\n"
        ),
        "{text}"
    );
    assert!(import.text("conta/section.toml").starts_with("order = 3\n\n[pt]\ntitle = \"Sua conta\""));
    assert!(import.text("conta/senha/trocar/es.md").contains("title: \"Cambiar\""));
    assert!(report.skipped.iter().any(|(file, why)| file == "content/ja/conta/senha/trocar.md" && why.contains("language")), "{:?}", report.skipped);
}

#[test]
fn jekyll() {
    let import = Import::new(&[
        ("_config.yml", "title: Loja\nlang: pt\ncollections:\n  artigos:\n    output: true\n    permalink: /artigo/:name/\n"),
        (
            "_artigos/conta/entrar.md",
            "---\nlayout: artigo\ntitle: Como entrar\ncategories: [conta]\nredirect_from:\n  - /artigo/login/\n  - /velho/login.html\n---\nVeja [a senha]({{site.baseurl}}/artigo/senha/).\n\n{% image conta/tela.png A tela %}\n",
        ),
        ("_artigos/conta/senha.md", "---\ntitle: A senha\n---\n{% include aviso.html %} Um.\n"),
        ("_includes/aviso.html", "<b>Atenção:</b>\n"),
        ("_grupos/conta.md", "---\ntitle: A sua conta\norder: 4\n---\n"),
        ("_layouts/artigo.md", "x\n"),
    ]);
    import.write("images/conta/tela.png", PIXEL);
    let report = import.run();
    assert_eq!((report.generator, report.files), (Generator::Jekyll, 2));
    let text = import.text("help/conta/entrar/pt.md");
    assert!(text.contains("keywords: [\"conta\"]\nformerly: [\"/artigo/entrar\", \"/artigo/login\", \"/velho/login.html\"]\n"), "{text}");
    assert!(text.contains("Veja [a senha](../senha/).\n\n![A tela](tela.png)\n"), "{text}");
    assert!(import.text("help/conta/topic.toml").starts_with("order = 4\n\n[pt]\ntitle = \"A sua conta\""));
    let library = import.center.library();
    assert_eq!(library.moved.get("/velho/login.html").cloned().flatten().as_deref(), Some("/pt/loja/a-sua-conta/entrar"));
    assert_eq!(report.keys.get("layout"), Some(&1));
}

#[test]
fn plain_markdown_with_languages_in_the_names_of_files() {
    let import = Import::new(&[
        ("a/b/c/pagar.pt-br.md", "# Pagar\n\n[x](../../d/e.md)\n"),
        ("a/b/c/pagar.es.md", "# Pagar aquí\n\nUno.\n"),
        ("a/b/c/pagar.fr.md", "# Payer\n\nUn.\n"),
        ("a/d/e.md", "# Outro\n\nUm.\n"),
        ("a/d/index.md", "# O grupo\n\nUm.\n"),
        ("a/d/f/index.md", "Um.\n"),
    ]);
    let report = import.run();
    assert_eq!((report.generator, report.files), (Generator::Plain, 5));
    assert_eq!(
        import.paths().into_iter().filter(|path| path.ends_with(".md")).collect::<Vec<_>>(),
        ["a/b/c-pagar/es.md", "a/b/c-pagar/pt.md", "a/d/d/pt.md", "a/d/e/pt.md", "a/d/f/pt.md"]
    );
    assert!(import.text("a/b/c-pagar/pt.md").contains("[x](../../d/e/)"));
    assert!(import.text("a/d/topic.toml").contains("title = \"O grupo\"") || import.text("a/d/topic.toml").contains("title = \"D\""));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let import = Import::new(&[("guia/um.md", "# Um\n\nNovo.\n"), ("guia/dois.md", "# Dois\n\nNovo.\n")]);
    import.center.write("help/guia/um/pt.md", "---\ntitle: Meu\nsummary: x\n---\nVelho.\n");
    import.center.write("contact.toml", "[meu]\n[meu.pt]\ntitle = \"Meu\"\n");
    let report = import.try_run(None, Some(Lang::Pt)).unwrap();
    assert!(import.text("help/guia/um/pt.md").contains("Velho.") && import.text("contact.toml").contains("[meu]"));
    assert!(import.text("help/guia/dois/pt.md").contains("Novo."));
    assert_eq!((report.files, report.loaded), (2, 1));
    assert!(report.skipped.iter().any(|(file, why)| file == "guia/um.md" && why.contains("already")), "{:?}", report.skipped);
    let again = import.try_run(None, Some(Lang::Pt)).unwrap();
    assert_eq!(again.loaded, 0, "a second run changes nothing");
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_folder_is_read() {
    use std::os::unix::fs::symlink;
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("segredo.md"), "# Segredo\n").unwrap();
    fs::write(secret.path().join("segredo.png"), PIXEL).unwrap();
    let outside = secret.path().display();
    let import = Import::new(&[(
        "um.md",
        &format!(
            "# Um\n\n--8<-- \"{outside}/segredo.md\"\n\n--8<-- \"../../../../../../..{outside}/segredo.md\"\n\n![x](../../../../../../../..{outside}/segredo.png)\n\n![x](ligado.png)\n\nFim.\n"
        ),
    )]);
    symlink(secret.path().join("segredo.png"), import.from.path().join("ligado.png")).unwrap();
    symlink(secret.path().join("segredo.md"), import.from.path().join("ligado.md")).unwrap();
    symlink(secret.path(), import.from.path().join("pasta")).unwrap();
    let report = import.try_run(None, Some(Lang::Pt)).unwrap();
    assert_eq!((report.files, report.pictures, report.lines_left_out()), (1, 0, 4), "{}", report.full());
    assert!(import.paths().iter().all(|path| !path.contains("segredo") && !path.contains("ligado")), "{:?}", import.paths());
    assert!(report.skipped.iter().filter(|(_, why)| why.contains("symbolic link")).count() == 3, "{:?}", report.skipped);
}

#[test]
fn odd_and_hostile_texts_cost_no_more_than_themselves() {
    let long = 15_000;
    let import = Import::new(&[("bom.md", "# Bom\n\nUm.\n")]);
    for (number, text) in [
        "<".repeat(long),
        "<a href=".repeat(long / 8),
        "{% ".repeat(long / 3),
        "{{< x ".repeat(long / 6),
        "[".repeat(long),
        "![a](".repeat(long / 5),
        ":::note\n".repeat(long / 8),
        "!!! note\n    ".repeat(long / 13),
        "`".repeat(long),
        "<div>".repeat(long / 5),
        "<b>".repeat(long / 3),
        "==a".repeat(long / 3),
        "<script>\n".repeat(long / 9),
        "--8<-- \"bom.md\"\n".repeat(2_000),
        "--8<-- \"hostil-14.md\"\n".repeat(50),
        "\u{e000}tip\u{e000}\n\u{e001}\n\u{e002}".repeat(500),
        "---\ntitle: &a [*a]\nx: {{{{\n---\nUm <é> </> <!x>\n".to_owned(),
        "| a |\n|---|\n| <table><tr><td>é</table> |".to_owned(),
        "# \n\n## {#x}\n\n<h2></h2>\n\n[](\n\n![]()\n\n[x]()\n\nFim.".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        import.write(&format!("hostil-{number}.md"), text);
    }
    import.write("latin.md", b"# A\xe7\xe3o\n");
    import.write("grande.md", "palavra ".repeat(200_000));
    let start = std::time::Instant::now();
    let report = import.try_run(None, Some(Lang::Pt)).unwrap();
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    assert!(import.text("help/general/bom/pt.md").contains("Um."));
    for (file, why) in [("latin.md", "UTF-8"), ("grande.md", "larger than 1 MiB")] {
        assert!(report.skipped.iter().any(|(other, said)| other == file && said.contains(why)), "{file}: {:?}", report.skipped);
    }
    let library = ContentStore::open(import.center.options()).unwrap().library();
    assert!(library.articles.values().all(|article| article.texts[Lang::Pt].as_ref().is_none_or(|text| !text.html.contains("<script"))));
}

#[test]
fn a_folder_without_texts_or_of_an_unknown_language_is_refused_with_what_to_do() {
    let import = Import::new(&[("x.txt", "x")]);
    assert!(import.try_run(None, None).unwrap_err().contains("there is no text in Markdown"));
    let import = Import::new(&[("x.md", "Ok\n")]);
    assert!(import.try_run(None, None).unwrap_err().contains("--lang pt"));
    let import = Import::new(&[(
        "x.md",
        "# Um\n\nVocê não precisa de uma senha, mas também pode usar uma. Depois disso, é só entrar com ela e está pronto.\n",
    )]);
    assert_eq!(import.try_run(None, None).unwrap().languages.get(&Lang::Pt), Some(&1), "the texts tell");
    let mut import = Import::new(&[]);
    import.from = tempfile::tempdir().unwrap();
    fs::remove_dir(import.from.path()).unwrap();
    assert!(import.try_run(None, None).unwrap_err().contains("can't be read"));
}

#[test]
fn the_command_says_what_it_did() {
    let import = Import::new(&[("docs/um.md", "# Um\n\nUm.\n")]);
    let into = tempfile::tempdir().unwrap();
    let output = crate::program::ajuda()
        .arg("import")
        .arg(import.from.path())
        .args(["--lang", "pt", "--into"])
        .arg(into.path().join("novo"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 of them load without a hand (100.0 %)"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(into.path().join("novo/import-report.txt").exists() && into.path().join("novo/help/general/um/pt.md").exists());
    let output = crate::program::ajuda().arg("import").arg(import.from.path()).args(["--from-generator", "x"]).output().unwrap();
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("docusaurus, vitepress, mkdocs, hugo, jekyll, plain"));
}
