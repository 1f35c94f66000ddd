//! Every kind of mistake is named with its file, its line and the way to fix it.

use ajuda::articles::problem::Level;

use super::{Center, PIXEL};

/// File, line, what the report says, how to fix it.
struct Kind {
    path: &'static str,
    contents: Vec<u8>,
    line: usize,
    what: &'static str,
    fix: &'static str,
    level: Level,
}

fn kind(path: &'static str, contents: impl Into<Vec<u8>>, line: usize, what: &'static str, fix: &'static str, level: Level) -> Kind {
    Kind { path, contents: contents.into(), line, what, fix, level }
}

fn body(text: &str) -> String {
    format!("---\ntitle: Um título\nsummary: Um resumo.\n---\n{text}\n")
}

fn front(keys: &str) -> String {
    format!("---\n{keys}\n---\nTexto.\n")
}

fn front_matter_kinds() -> Vec<Kind> {
    use Level::{Broken, Taste};
    let bomb = "title: x\nkeywords: &a [x,x,x,x,x,x,x,x,x]\nformerly: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nsummary: [*b,*b,*b,*b,*b,*b,*b]";
    vec![
        kind("buyer/refunds/empty/pt.md", "", 1, "is empty", "Start the file with a line ---", Broken),
        kind("buyer/refunds/no-front/pt.md", "Texto.\n", 1, "no front matter", "Start the file with a line ---", Broken),
        kind("buyer/refunds/no-end/pt.md", "---\ntitle: x\n\nTexto.\n", 1, "has no end", "Write a line ---", Broken),
        kind("buyer/refunds/huge-front/pt.md", front(&format!("title: \"{}\"", "x".repeat(20_000))), 1, "longer than 16 KiB", "line ---", Broken),
        kind("buyer/refunds/unknown-key/pt.md", front("title: x\nsumary: y"), 3, "no key \"sumary\"", "Did you mean \"summary\"?", Broken),
        kind("buyer/refunds/no-title/pt.md", front("summary: y"), 2, "title is missing", "Write title:", Broken),
        kind("buyer/refunds/empty-title/pt.md", front("title: \"\""), 2, "title is empty", "in their words", Broken),
        kind("buyer/refunds/twice/pt.md", front("title: x\nsummary: y\ntitle: z"), 4, "appears twice", "Delete one", Broken),
        kind("buyer/refunds/status/pt.md", front("title: x\nstatus: hidden"), 3, "\"hidden\" is not a value", "draft or published", Broken),
        kind("buyer/refunds/colon/pt.md", front("title: Reembolso: como pedir"), 2, "not valid YAML", "between double quotes", Broken),
        kind("buyer/refunds/brace/pt.md", front("title: {{brand}} ajuda"), 2, "wrong type of value", "in double quotes", Broken),
        kind("buyer/refunds/list-title/pt.md", front("title: [a, b]"), 2, "wrong type of value", "the others are texts", Broken),
        kind("buyer/refunds/text-steps/pt.md", front("title: x\nsteps: maybe"), 3, "wrong type of value", "true or false", Broken),
        kind("buyer/refunds/bomb/pt.md", front(bomb), 3, "YAML anchors", "flat keys", Broken),
        kind("buyer/refunds/deep-yaml/pt.md", front(&format!("title: x\nkeywords: {}", "[".repeat(5_000))), 3, "", "", Broken),
        kind("buyer/refunds/slug/pt.md", front("title: x\nslug: Como Pedir"), 3, "can't stand in an address", "Write \"como-pedir\"", Broken),
        kind("buyer/refunds/reserved/pt.md", front("title: x\nslug: contact"), 3, "address of the help center itself", "another slug", Broken),
        kind("buyer/refunds/old-slug/pt.md", front("title: x\nformerly: [../../etc]"), 3, "can't stand in an address", "lower-case", Broken),
        kind("buyer/refunds/terminal/pt.md", front("title: x\nslug: \"\\e[31m\""), 3, "\"\u{fffd}[31m\" can't stand", "Write \"31m\"", Broken),
        kind(
            "buyer/refunds/old-address/pt.md",
            front("title: x\nformerly: [/api/v1/search]"),
            3,
            "not an address that can lead here",
            "/pt/section",
            Broken,
        ),
        kind("buyer/refunds/date/pt.md", front("title: x\npublish_at: 31/01/2027"), 3, "not a date", "2027-01-31", Broken),
        kind(
            "buyer/refunds/dates/pt.md",
            front("title: x\npublish_at: 2027-02-01\nexpire_at: 2027-01-01"),
            4,
            "not after publish_at",
            "Correct one",
            Broken,
        ),
        kind(
            "buyer/refunds/long-title/pt.md",
            front(&format!("title: {}\nsummary: x", "palavra ".repeat(12))),
            2,
            "characters",
            "80 or fewer",
            Taste,
        ),
        kind("buyer/refunds/huge-title/pt.md", front(&format!("title: {}", "palavra ".repeat(50))), 2, "characters", "at most 300", Broken),
        kind(
            "buyer/refunds/reason/pt.md",
            front("title: x\ncontact: refunds"),
            3,
            "no contact reason \"refunds\"",
            "Did you mean \"refund\"?",
            Level::Wrong,
        ),
    ]
}

fn text_kinds() -> Vec<Kind> {
    use Level::{Broken, Taste, Wrong};
    vec![
        kind("buyer/refunds/no-text/pt.md", body(""), 5, "no text below", "Write the answer", Broken),
        kind("buyer/refunds/chart/pt.md", body("Um\n\n```flow\nA\nB\n-> C: x\n```"), 10, "no box \"C\"", "exactly", Broken),
        kind("buyer/refunds/no-steps/pt.md", front("title: x\nsummary: y\nsteps: true"), 6, "no step", "heading ##", Broken),
        kind("buyer/refunds/html/pt.md", body("Um\n\n<div onclick=\"x()\">dois</div>"), 7, "raw HTML", "Markdown", Broken),
        kind("buyer/refunds/inline-html/pt.md", body("Um <script>alert(1)</script>"), 5, "raw HTML", "Markdown", Broken),
        kind("buyer/refunds/comment/pt.md", body("<!-- rever -->"), 5, "raw HTML", "Delete the comment", Broken),
        kind("buyer/refunds/h1/pt.md", body("# Título"), 5, "one #", "Start with ##", Broken),
        kind("buyer/refunds/level/pt.md", body("## Um\n\n#### Dois"), 7, "skips a level", "write ###", Wrong),
        kind("buyer/refunds/empty-heading/pt.md", body("##"), 5, "no words", "delete it", Broken),
        kind("buyer/refunds/script-link/pt.md", body("[x](javascript:alert(1))"), 5, "\"javascript\" is not allowed", "https:", Broken),
        kind("buyer/refunds/dead-link/pt.md", body("\n\n[x](../gud/)"), 7, "leads to no article", "Did you mean \"../good/\"?", Broken),
        kind("buyer/refunds/file-link/pt.md", body("[x](../good/pt.md)"), 5, "leads to no article", "Link the folder", Broken),
        kind("buyer/refunds/out-link/pt.md", body("[x](../../../../etc/passwd)"), 5, "out of the articles' folder", "Write the path", Broken),
        kind("buyer/refunds/address-link/pt.md", body("[x](/pt/comprador/reembolsos/bom)"), 5, "not a fixed address", "path to its folder", Broken),
        kind("buyer/refunds/own-anchor/pt.md", body("[x](#prazos)\n\n## Prazo"), 5, "no heading #prazos", "Did you mean \"prazo\"?", Broken),
        kind("buyer/refunds/other-anchor/pt.md", body("[x](../good/#prazos)"), 5, "has no heading \"#prazos\"", "Did you mean \"prazo\"?", Wrong),
        kind("buyer/refunds/reference/pt.md", body("[x][lugar]"), 5, "no address for the link \"lugar\"", "define it below", Broken),
        kind("buyer/refunds/no-picture/pt.md", body("![Um botão](botao.png)"), 5, "no picture \"botao.png\"", "correct the name", Broken),
        kind("buyer/refunds/no-alt/pt.md", body("![](pixel.png)"), 5, "no description", "Describe the picture", Broken),
        kind("buyer/refunds/far-picture/pt.md", body("![Um](../../../etc/passwd)"), 5, "not the name of a file beside", "only its file name", Broken),
        kind("buyer/refunds/web-picture/pt.md", body("![Um](https://example.com/a.png)"), 5, "another site", "only its file name", Broken),
        kind("buyer/refunds/false-picture/pixel.png", "<html>", 1, "not a picture", "PNG, JPEG", Broken),
        kind("buyer/refunds/false-picture/drawing.svg", "<svg viewBox='0 0 9 9' onload=alert(1)>", 1, "something that runs", "plain SVG", Broken),
        kind("buyer/refunds/false-picture/sizeless.svg", "<svg width='9'>", 1, "how large", "viewBox", Broken),
        kind("buyer/refunds/false-picture/pt.md", body("![Um](pixel.png)"), 5, "can't be shown", "replace", Broken),
        kind("buyer/refunds/footnote/pt.md", body("Um.[^a]"), 5, "\"a\" has no text", "Write [^a]:", Broken),
        kind("buyer/refunds/heading-link/pt.md", body("## [Um](../good/)"), 5, "link in a heading", "text below", Broken),
        kind("buyer/refunds/deep/pt.md", body(&format!("{} x", ">".repeat(10_000))), 5, "more than 24 deep", "flatter", Broken),
        kind("buyer/refunds/placeholder/pt.md", body("Bem-vindo à {{marca}}."), 5, "shown as it stands", "{{brand}}", Taste),
        kind("buyer/refunds/latin1/pt.md", b"---\ntitle: x\n---\nA\xe7\xe3o\n".to_vec(), 4, "not UTF-8", "encoding UTF-8", Broken),
        kind("buyer/refunds/control/pt.md", body("Um\u{8}"), 5, "control character (U+0008)", "Delete it", Broken),
        kind("buyer/refunds/large/pt.md", body(&"palavra ".repeat(200_000)), 1, "larger than 1024 KiB", "split", Broken),
        kind("buyer/refunds/taken/pt.md", front("title: x\nslug: bom"), 3, "that of the article buyer/refunds/good", "another slug", Broken),
        kind("buyer/refunds/stray/pt-br.md", body("Um"), 1, "not read", "pt.md, es.md and en.md", Taste),
        kind("buyer/refunds/pt.md", body("Um"), 1, "not in an article's folder", "section/topic/article/pt.md", Wrong),
    ]
}

fn folder_kinds() -> Vec<Kind> {
    use Level::{Broken, Wrong};
    vec![
        kind("synonyms.toml", "[pt.also]\nreembolso = [\"bom\"]\nbom = [\"reembolso\"]\n", 2, "lead back to it", "row of same", Wrong),
        kind(
            "pinned.toml",
            "[[pt]]\nqueries = [\"x\"]\narticle = \"buyer/refunds/gone\"\n",
            3,
            "no article \"buyer/refunds/gone\"",
            "section/topic/article",
            Wrong,
        ),
        kind("one/section.toml", "[pt]\ntitle = \"Um\"\nslgu = \"um\"\n", 3, "no key \"slgu\"", "Did you mean \"slug\"?", Broken),
        kind("two/section.toml", "[pt]\nslug = \"dois\"\n", 1, "title is missing", "title = ", Broken),
        kind("three/section.toml", "[pt\ntitle = 3", 1, "not valid TOML", "key = \"value\"", Broken),
        kind("four/section.toml", "order = \"um\"\n[pt]\ntitle = \"x\"\n", 1, "wrong type of value", "order is a number", Broken),
        kind("five/section.toml", "[pt]\ntitle = \"Comprador\"\nslug = \"comprador\"\n", 3, "taken by a neighbour", "another slug", Wrong),
        kind("six/section.toml", "[pt]\ntitle = \"Busca\"\nslug = \"search\"\n", 3, "address of the help center itself", "another slug", Broken),
        kind("seven/section.toml", "order = 7\n", 1, "no title in any language", "[pt]", Broken),
        kind("bad name/section.toml", "[pt]\ntitle = \"x\"\n", 1, "can't be part of an id", "hyphens", Wrong),
        kind("addresses.tsv", "/pt/x\tbuyer\tnow\nzzz\n", 2, "not a recorded address", "history", Wrong),
        kind("contact.toml", "[refund]\ncode = \"always\"\n[refund.pt]\ntitle = \"x\"\n", 2, "\"always\" is not a value", "wanted", Broken),
    ]
}

fn assert_all_named(kinds: &[Kind]) {
    let center = Center::new();
    center.article("good", "pt", "title: Bom\nslug: bom\nsummary: Sem erro.", "Texto.\n\n## Prazo\n\nSete dias.");
    center.write("buyer/refunds/no-alt/pixel.png", PIXEL);
    for kind in kinds {
        // Each has a title of its own, so that no two want one address.
        match std::str::from_utf8(&kind.contents) {
            Ok(text) => center.write(kind.path, text.replace("Um título", kind.path)),
            Err(_) => center.write(kind.path, &kind.contents),
        }
    }
    let report = center.check();
    for kind in kinds {
        let file = kind.path.strip_suffix("/section.toml").filter(|folder| folder.contains(' ')).unwrap_or(kind.path);
        let found = report.problems.iter().any(|problem| {
            &*problem.file == file
                && problem.line == kind.line
                && problem.level == kind.level
                && problem.what.contains(kind.what)
                && problem.fix.contains(kind.fix)
        });
        let said: Vec<String> =
            report.problems.iter().filter(|problem| &*problem.file == file).map(|problem| format!("{:?} {problem}", problem.level)).collect();
        assert!(found, "{}: expected line {} {:?} … {:?}, got {said:#?}", kind.path, kind.line, kind.what, kind.fix);
    }
    let library = center.library();
    for kind in kinds.iter().filter(|kind| kind.level == Level::Broken && kind.path.ends_with(".md")) {
        let id = kind.path.rsplit_once('/').unwrap().0;
        assert!(!library.articles.keys().any(|article| article.as_str() == id), "{id} is live");
    }
    assert!(library.pages.contains_key("/pt/comprador/reembolsos/bom"), "the good article is live");
}

#[test]
fn every_mistake_in_a_front_matter_is_named_with_file_line_and_fix() {
    assert_all_named(&front_matter_kinds());
}

#[test]
fn every_mistake_in_a_text_is_named_with_file_line_and_fix() {
    assert_all_named(&text_kinds());
}

#[test]
fn every_mistake_in_other_files_is_named_with_file_line_and_fix() {
    assert_all_named(&folder_kinds());
}

#[test]
fn problems_are_counted_per_file_and_fail_the_check() {
    let center = Center::new();
    center.article("good", "pt", "title: Bom\nsummary: x", "Texto.");
    assert!(!center.check().failed(), "{}", center.check());
    center.article("bad", "pt", "title: Mau\nsummary: x", "# Um\n\n<b>dois</b>");
    assert!(center.check().failed());
    assert_eq!(center.library().problem_count, 1);
    assert!(center.check().to_string().contains("buyer/refunds/bad/pt.md:5: There is a heading with one #. Start with ##"), "{}", center.check());
}

#[test]
fn a_broken_section_file_does_not_take_its_articles_down() {
    let center = Center::new();
    center.article("good", "pt", "title: Bom\nsummary: x", "Texto.");
    center.record();
    center.write("buyer/section.toml", "[pt]\ntitel = \"Comprador\"\n");
    let library = center.library();
    assert!(library.pages.contains_key("/pt/comprador/reembolsos/bom"), "{:?}", library.pages.keys());
}

#[test]
fn a_missing_folder_is_an_error_that_says_what_to_do() {
    let center = Center::new();
    let mut options = center.options();
    options.root = options.root.join("nowhere");
    let error = ajuda::articles::check::run(&options, &ajuda::articles::check::Recording::No).unwrap_err().to_string();
    assert!(error.contains("nowhere") && error.contains("ajuda init"), "{error}");
}

#[test]
fn a_priority_that_does_not_exist_is_named_and_one_that_does_is_kept() {
    let center = Center::new();
    center.article("good", "pt", "title: Bom\nslug: bom\nsummary: Sem erro.", "Texto.\n\n## Prazo\n\nSete dias.");
    center.write("contact.toml", "[fraud]\npriority = \"urgent\"\n[fraud.pt]\ntitle = \"Fraude\"\n");
    let report = center.check();
    let problem = report.problems.iter().find(|problem| &*problem.file == "contact.toml").expect("a problem");
    assert!(problem.line == 2 && problem.what.contains("\"urgent\"") && problem.fix.contains("\"low\", \"normal\", \"high\""), "{problem}");
    center.write("contact.toml", "[fraud]\npriority = \"high\"\n[fraud.pt]\ntitle = \"Fraude\"\n");
    let priority = center.library().reasons.iter().map(|reason| reason.priority).collect::<Vec<_>>();
    assert_eq!(priority, [Some(ajuda::tickets::model::Priority::High)]);
}

#[test]
fn a_reason_for_a_section_that_is_no_folder_is_named() {
    let center = Center::new();
    center.article("good", "pt", "title: Bom\nslug: bom\nsummary: Sem erro.", "Texto.\n\n## Prazo\n\nSete dias.");
    center.write("contact.toml", "[fraud]\norder = 1\nsections = [\"buyer\", \"byer\"]\n[fraud.pt]\ntitle = \"Fraude\"\n");
    let report = center.check();
    let problems: Vec<_> = report.problems.iter().filter(|problem| &*problem.file == "contact.toml").collect();
    assert!(problems.len() == 1 && problems[0].line == 3 && problems[0].level == Level::Wrong, "{problems:?}");
    assert!(problems[0].what.contains("\"byer\"") && problems[0].fix.contains("Did you mean \"buyer\"?"), "{}", problems[0]);
    let library = center.library();
    assert!(library.reasons[0].is_for("buyer") && !library.reasons[0].is_for("creator"), "the rest of it holds");
    center.write("contact.toml", "[fraud]\nsections = \"buyer\"\n[fraud.pt]\ntitle = \"Fraude\"\n");
    assert!(center.check().problems.iter().any(|problem| problem.line == 2 && problem.what.contains("wrong type")));
}
