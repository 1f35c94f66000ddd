//! `docs/style.md` lists words that were given up; nothing that people read may use them. Reads texts where they stand, so that what is
//! found has a file and a line.

use std::fs;
use std::path::{Path, PathBuf};

use ajuda::i18n::Lang;

/// Where fewer texts of a language are found than this, the reading of the sources went wrong.
const FEWEST_TEXTS: usize = 200;

struct Rule {
    lang: Lang,
    in_the_interface: bool,
    word: String,
    instead: String,
    why: String,
}

struct Text {
    lang: Lang,
    /// File and line.
    place: String,
    words: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the tables under "Given up".
fn rules() -> Vec<Rule> {
    let guide = fs::read_to_string(root().join("docs/style.md")).expect("the guide");
    let mut rules = Vec::new();
    let mut table = None;
    for line in guide.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            table = heading.strip_prefix("Given up: ").map(|of| {
                let lang = match of.split(',').next() {
                    Some("Portuguese") => Lang::Pt,
                    Some("Spanish") => Lang::Es,
                    Some("English") => Lang::En,
                    _ => panic!("no language: {heading}"),
                };
                (lang, of.ends_with(", in the interface"))
            });
        }
        let (Some((lang, in_the_interface)), true) = (table, line.starts_with("| `")) else { continue };
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [words, instead, why] = cells[..] else { panic!("three cells: {line}") };
        for word in words.split('`').skip(1).step_by(2) {
            let (word, instead, why) = (word.to_lowercase(), instead.to_owned(), why.to_owned());
            rules.push(Rule { lang, in_the_interface, word, instead, why });
        }
    }
    rules
}

/// Whether a text has a word whole, in any case. An ending of `…` stands for any letters.
fn has(text: &str, word: &str) -> bool {
    // What is joined to a word by these is part of an address or of another word.
    let joins = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '@');
    let text = text.to_lowercase();
    let (stem, whole) = word.strip_suffix('…').map_or((word, true), |stem| (stem, false));
    text.match_indices(stem).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + stem.len()..]);
        let goes_on = before.ends_with(joins) || (whole && after.starts_with(joins));
        !goes_on
    })
}

/// Takes out what no reader reads as words: code between backticks, targets of links, what stands for something else.
fn readable(line: &str) -> String {
    let said: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    without(&without(&said, "](", ')'), "{", '}')
}

/// A text without what begins and ends so.
fn without(text: &str, begins: &str, ends: char) -> String {
    let mut parts = text.split(begins);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + " " + part.split_once(ends).map_or(part, |(_, rest)| rest))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The texts of the interface: what stands between quotes in `const PT`, `const ES`, `const EN` and in the arms of a match on the language.
fn interface() -> Vec<Text> {
    let mut paths = Vec::new();
    files(&root().join("src/i18n"), &mut paths);
    let mut texts = Vec::new();
    for path in paths {
        let source = fs::read_to_string(&path).expect("a source");
        let mut langs: Vec<Lang> = Vec::new();
        for (index, line) in source.lines().enumerate().take_while(|(_, line)| *line != "#[cfg(test)]") {
            let code = line.trim_start();
            let pattern = code.split_once("=>").map(|(pattern, _)| pattern.split(',').next().unwrap_or_default());
            if code.starts_with("const ") || code.contains("fn ") || pattern.is_some() {
                let named = |lang| match lang {
                    Lang::Pt => ("const PT:", "::Pt"),
                    Lang::Es => ("const ES:", "::Es"),
                    Lang::En => ("const EN:", "::En"),
                };
                langs = Lang::ALL
                    .into_iter()
                    .filter(|lang| code.starts_with(named(*lang).0) || pattern.is_some_and(|of| of.contains(named(*lang).1)))
                    .collect();
            }
            if code.starts_with("//") {
                continue;
            }
            for words in code.split('"').skip(1).step_by(2) {
                texts.extend(langs.iter().map(|lang| text(*lang, &path, index, &readable(words))));
            }
        }
    }
    texts
}

/// The texts of a folder of articles.
fn articles(folder: &Path) -> Vec<Text> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    let mut texts = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match (name, name.rsplit_once('.')) {
            // What people type, right or wrong.
            ("synonyms.toml" | "pinned.toml", _) => {}
            (_, Some((lang, "md"))) if Lang::parse(lang).is_some() => article(&path, Lang::parse(lang).expect("a language"), &mut texts),
            (_, Some((_, "toml"))) => table(&path, &mut texts),
            _ => {}
        }
    }
    texts
}

fn article(path: &Path, lang: Lang, texts: &mut Vec<Text>) {
    let source = fs::read_to_string(path).expect("an article");
    let mut in_front = false;
    for (index, line) in source.lines().enumerate() {
        if line == "---" && (index == 0 || in_front) {
            in_front = index == 0;
        } else if !in_front || line.starts_with("title:") || line.starts_with("summary:") {
            texts.push(text(lang, path, index, &readable(line)));
        }
    }
}

fn table(path: &Path, texts: &mut Vec<Text>) {
    let source = fs::read_to_string(path).expect("a table");
    let mut of_table = None;
    for (index, line) in source.lines().enumerate() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            of_table = name.rsplit('.').next().and_then(Lang::parse);
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let key = key.trim();
        if let Some(lang) = Lang::parse(key).or(of_table)
            && !matches!(key, "slug" | "formerly" | "icon")
        {
            texts.push(text(lang, path, index, &readable(value)));
        }
    }
}

fn text(lang: Lang, path: &Path, index: usize, words: &str) -> Text {
    let file = path.strip_prefix(root()).unwrap_or(path).display();
    Text { lang, place: format!("{file}:{}", index + 1), words: words.to_owned() }
}

/// Fails with every place where a word stands that was given up.
fn assert_none_given_up(texts: &[Text], in_the_interface: bool) {
    let rules = rules();
    let mut found = Vec::new();
    for text in texts {
        for rule in rules.iter().filter(|rule| rule.lang == text.lang && (in_the_interface || !rule.in_the_interface)) {
            if has(&text.words, &rule.word) {
                found.push(format!("{}: \"{}\" was given up, write: {} ({})", text.place, rule.word, rule.instead, rule.why));
            }
        }
    }
    assert!(found.is_empty(), "docs/style.md says why.\n{}\n", found.join("\n"));
}

#[test]
fn the_interface_uses_no_word_that_was_given_up() {
    let texts = interface();
    for lang in Lang::ALL {
        assert!(texts.iter().filter(|text| text.lang == lang).count() > FEWEST_TEXTS, "{lang:?}");
    }
    assert_none_given_up(&texts, true);
}

#[test]
fn a_new_help_center_uses_no_word_that_was_given_up() {
    let texts = articles(&root().join("src/articles/starter"));
    assert!(texts.iter().any(|text| text.lang == Lang::Es && text.place.contains("buyer.toml")), "the tables are read");
    assert_none_given_up(&texts, false);
}

#[test]
fn the_sample_uses_no_word_that_was_given_up() {
    let sample = root().join("articles");
    if sample.exists() {
        assert_none_given_up(&articles(&sample), false);
    }
}

#[test]
fn a_word_given_up_is_found_whole_in_any_case_and_not_in_addresses() {
    let rules = rules();
    for lang in Lang::ALL {
        assert!(rules.iter().filter(|rule| rule.lang == lang && !rule.in_the_interface).count() >= 20, "{lang:?}");
        assert!(rules.iter().any(|rule| rule.lang == lang && rule.in_the_interface), "{lang:?}");
    }
    assert!(rules.iter().all(|rule| !rule.word.is_empty() && !rule.instead.is_empty() && !rule.why.is_empty()));
    assert!(has("Abra **Meus Pedidos**.", "meus pedidos") && has("Instalments?", "instalment…"));
    for other in ["um e-mail", "email@example.com", "gmail", "emails"] {
        assert!(!has(other, "email"), "{other}");
    }
    assert!(has("a E-mail, two", "e-mail"));
    assert_eq!(readable("See [this](../programme/), `log-in` and {email}."), "See [this ,   and  .");
}
