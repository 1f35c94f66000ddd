//! Files that mean harm, or that chance has broken.

use std::time::{Duration, Instant};

use ajuda::i18n::Lang;

use super::{Center, PIXEL, text};

const SCRIPT: &str = "<script>alert(1)</script>\\\" onload=\\\"alert(1)";

#[test]
fn script_in_every_field_of_the_front_matter_stays_text() {
    let center = Center::new();
    let front = format!("title: \"{SCRIPT}\"\nsummary: \"{SCRIPT}\"\nkeywords: [\"{SCRIPT}\"]\ncontact: \"{SCRIPT}\"");
    center.article("this", "pt", &front, "Texto.");
    let library = center.library();
    let this = text(&library, "this", Lang::Pt);
    assert_eq!(this.slug, "script-alert-1-script-onload-alert-1");
    assert_eq!(this.contact, None, "an unknown reason is dropped");
    assert!(!this.html.contains("<script"));
    for key in ["slug", "status", "publish_at", "expire_at", "steps"] {
        center.article(key, "pt", &format!("title: x\n{key}: \"{SCRIPT}\""), "Texto.");
        assert!(!center.library().articles.contains_key(&super::id(key)), "{key}");
    }
}

#[test]
fn script_in_markdown_never_becomes_markup() {
    for (number, body) in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "um <svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](&#x01;javascript:alert(1))",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//evil.example)",
        "![x](\"onerror=\"alert(1))",
    ]
    .into_iter()
    .enumerate()
    {
        let center = Center::new();
        center.article("this", "pt", "title: x\nsummary: x", body);
        let library = center.library();
        // What is no HTML even to Markdown is text.
        let is_text = || !text(&library, "this", Lang::Pt).html.replace("<p>", "").replace("</p>", "").contains('<');
        assert!(library.articles.is_empty() || is_text(), "{number}: {body} is live: {:?}", library.articles.values().next());
    }
}

#[test]
fn what_passes_the_check_is_escaped() {
    let center = Center::new();
    let body = "\\<script> `<b>` & \"'\n\n## \\<script>x\n\n[x](https://example.com/?a=\"><script> '<b>')\n\n[y](https://example.com/?\"x)\n\n![\\<b> \"](p.png \"<i>\")\n\n```\"><script>\n</code></pre><script>\n```\n\n| \\<b> |\n|---|\n| \\<i> |";
    center.article("this", "pt", "title: x\nsummary: x", body);
    center.write("buyer/refunds/this/p.png", PIXEL);
    let library = center.library();
    let html = &text(&library, "this", Lang::Pt).html;
    let page = scraper::Html::parse_fragment(html);
    for selector in ["script", "b", "i", "[onload]", "[onerror]", "[style]"] {
        assert_eq!(page.select(&scraper::Selector::parse(selector).unwrap()).count(), 0, "{selector} in {html}");
    }
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
}

/// Each of these texts takes well under a second; what grows with the square of a text's length takes minutes, also on a fast machine.
const SQUARED: Duration = Duration::from_secs(30);

#[test]
fn huge_and_deep_texts_are_refused_or_read_in_no_time() {
    let long = 900_000;
    for (number, body) in [
        "x".repeat(long),
        ">".repeat(long),
        "> ".repeat(long / 2),
        "[".repeat(long),
        "![".repeat(long / 2),
        "*a ".repeat(long / 3),
        "_*".repeat(long / 2),
        "`".repeat(long),
        "<".repeat(long),
        "- ".repeat(long / 2),
        "#".repeat(long),
        "## x\n".repeat(long / 5),
        "|".repeat(long),
        format!("|{}\n|{}\n{}", "a|".repeat(1_000), "-|".repeat(1_000), "|\n".repeat(100_000)),
        "[^a]".repeat(long / 4),
        "[^a]: b\n".repeat(long / 8),
        "[a](b".repeat(long / 5),
        "[a]: b\n".repeat(long / 7),
        "<b>".repeat(long / 3),
        "&amp;".repeat(long / 5),
        "a\n".repeat(long / 2),
        "1) ".repeat(long / 3),
        "~~".repeat(long / 2),
        "\\".repeat(long),
        "[a](../x)".repeat(long / 9),
        "![a](x.png)".repeat(long / 11),
    ]
    .into_iter()
    .enumerate()
    {
        let center = Center::new();
        center.article("this", "pt", "title: x\nsummary: x", &body);
        let start = Instant::now();
        let report = center.check();
        let spent = start.elapsed();
        assert!(report.problems.len() < 100, "{number}: {} problems", report.problems.len());
        assert!(spent < SQUARED, "{number}: {spent:?}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_are_understood() {
    let center = Center::new();
    center.write("buyer/refunds/crlf/pt.md", "\u{feff}---\r\ntitle: Um\r\nsummary: x\r\nslug: um\r\n---\r\n## Dois\r\n\r\nTexto.\r\n");
    center.write("buyer/refunds/cr/pt.md", "---\rtitle: Dois\rsummary: x\r---\rTexto.\r\r<b>\r");
    let report = center.check();
    let library = center.library();
    let html = &text(&library, "crlf", Lang::Pt).html;
    assert!(html.starts_with("<div class=\"heading\"><h2 id=\"dois\">Dois</h2>") && html.ends_with("</a></div>\n<p>Texto.</p>\n"), "{html}");
    assert!(report.to_string().contains("cr/pt.md:7:"), "{report}");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let center = Center::new();
    let secret = tempfile::tempdir().unwrap();
    std::fs::write(secret.path().join("secret.png"), PIXEL).unwrap();
    std::fs::write(secret.path().join("pt.md"), "---\ntitle: Segredo\n---\nTexto.\n").unwrap();
    center.article("this", "pt", "title: x\nsummary: x", "![Um](secret.png)");
    symlink(secret.path().join("secret.png"), center.root().join("buyer/refunds/this/secret.png")).unwrap();
    symlink(secret.path(), center.root().join("buyer/refunds/linked")).unwrap();
    symlink("/", center.root().join("root")).unwrap();
    symlink(secret.path().join("pt.md"), center.root().join("buyer/refunds/this/en.md")).unwrap();
    let library = center.library();
    assert!(library.articles.is_empty() && library.pictures.is_empty());
    let report = center.check().to_string();
    for path in ["buyer/refunds/linked:1", "buyer/refunds/this/en.md:1", "buyer/refunds/this/secret.png:1", "root:1"] {
        assert!(report.contains(&format!("{path}: This is a symbolic link")), "{path} in {report}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_itself_a_link_is_read() {
    let center = Center::new();
    center.article("this", "pt", "title: x\nsummary: x", "Texto.");
    let beside = tempfile::tempdir().unwrap();
    let link = beside.path().join("articles");
    std::os::unix::fs::symlink(center.root(), &link).unwrap();
    let mut options = center.options();
    options.root = link;
    assert_eq!(ajuda::articles::content_store::ContentStore::open(options).unwrap().library().articles.len(), 1);
}

#[test]
fn a_file_for_a_folder_and_a_folder_for_a_file_are_only_left_out() {
    let center = Center::new();
    center.write("buyer/refunds/this/pt.md/x", "x");
    center.write("creator", "x");
    center.write("buyer/section.toml.d/x", "x");
    assert!(center.library().articles.is_empty());
}
