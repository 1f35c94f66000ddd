//! `section.toml`, `topic.toml` and `contact.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::model::{CodeWish, Reason, ReasonText};
use super::problem::{Findings, Problem};
use super::scan::CONTACT_FILE;
use super::slug::{did_you_mean, slug_fault};
use super::text::{control_character, fill_brand, quoted, read_text};
use crate::i18n::{Lang, PerLang};
use crate::values::Priority;

const TOML_MAX_BYTES: usize = 64 * 1024;
const TITLE_MAX_CHARS: usize = 120;
const TEXT_MAX_CHARS: usize = 500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    #[serde(default)]
    order: i64,
    icon: Option<String>,
    pt: Option<GroupTable>,
    es: Option<GroupTable>,
    en: Option<GroupTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupTable {
    title: String,
    slug: Option<String>,
    #[serde(default)]
    description: String,
    door: Option<String>,
}

/// A section or topic as its file says it, languages that are missing there still missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) order: i64,
    pub(super) icon: Option<String>,
    pub(super) texts: PerLang<Option<GroupWords>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupWords {
    pub(super) title: String,
    pub(super) slug: Option<String>,
    pub(super) description: String,
    pub(super) door: Option<String>,
    /// Where the slug stands, else where the language's table starts.
    pub(super) slug_line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonFile {
    #[serde(default)]
    order: i64,
    code: Option<CodeWish>,
    priority: Option<Priority>,
    sections: Option<Vec<String>>,
    pt: Option<ReasonTable>,
    es: Option<ReasonTable>,
    en: Option<ReasonTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonTable {
    title: String,
    #[serde(default)]
    hint: String,
}

/// Reads `section.toml` or `topic.toml`; `None` when it is broken.
pub(super) fn read_group(path: &Path, brand: &str, findings: &mut Findings) -> Option<Group> {
    const KEYS: [&str; 9] = ["order", "icon", "pt", "es", "en", "title", "slug", "description", "door"];
    let text = read_text(path, TOML_MAX_BYTES, findings)?;
    let file: GroupFile = parse(&text, &KEYS, findings)?;
    if let Some(icon) = &file.icon
        && (icon.is_empty() || !icon.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
    {
        findings.broken(
            line_of(&text, None, "icon"),
            format!("{} is not the name of an icon.", quoted(icon)),
            "Write its name in lower-case letters.",
        );
    }
    let mut texts = PerLang::default();
    for (lang, table) in [(Lang::Pt, file.pt), (Lang::Es, file.es), (Lang::En, file.en)] {
        texts[lang] = table.map(|table| words(table, lang, &text, brand, findings));
    }
    if texts.iter().all(|(_, words)| words.is_none()) {
        findings.broken(1, "There is no title in any language.", "Write a table for each language: [pt], then title = \"…\".");
    }
    (!findings.is_broken()).then_some(Group { order: file.order, icon: file.icon, texts })
}

fn words(table: GroupTable, lang: Lang, text: &str, brand: &str, findings: &mut Findings) -> GroupWords {
    let line = |key| line_of(text, Some(lang.code()), key);
    if let Some((what, fix)) = table.slug.as_deref().and_then(slug_fault) {
        findings.broken(line("slug"), what, fix);
    }
    GroupWords {
        title: checked(&table.title, "title", 1..=TITLE_MAX_CHARS, line("title"), brand, findings),
        description: checked(&table.description, "description", 0..=TEXT_MAX_CHARS, line("description"), brand, findings),
        door: table.door.map(|door| checked(&door, "door", 1..=TITLE_MAX_CHARS, line("door"), brand, findings)),
        slug: table.slug,
        slug_line: line("slug"),
    }
}

/// Reads the reasons of the contact form, in their order; `None` when the file is broken.
pub(super) fn read_reasons(path: &Path, brand: &str, default_lang: Lang, findings: &mut Findings) -> Option<Vec<Reason>> {
    const KEYS: [&str; 9] = ["order", "code", "priority", "sections", "pt", "es", "en", "title", "hint"];
    let text = read_text(path, TOML_MAX_BYTES, findings)?;
    let file: BTreeMap<String, ReasonFile> = parse(&text, &KEYS, findings)?;
    let mut reasons = Vec::new();
    for (id, reason) in file {
        let line = line_of(&text, Some(&id), "order");
        if let Some((what, fix)) = slug_fault(&id) {
            findings.broken(line, what, fix);
        }
        let mut read = |lang: Lang, table: Option<ReasonTable>| {
            let group = format!("{id}.{}", lang.code());
            table.map(|table| ReasonText {
                title: checked(&table.title, "title", 1..=TITLE_MAX_CHARS, line_of(&text, Some(&group), "title"), brand, findings),
                hint: checked(&table.hint, "hint", 0..=TEXT_MAX_CHARS, line_of(&text, Some(&group), "hint"), brand, findings),
            })
        };
        let texts = PerLang([read(Lang::Pt, reason.pt), read(Lang::Es, reason.es), read(Lang::En, reason.en)]);
        let Some(own) = texts[default_lang].clone().or_else(|| texts.0.iter().flatten().next().cloned()) else {
            findings.broken(line, format!("The reason {} has no title.", quoted(&id)), format!("Write a table [{id}.pt] with title = \"…\"."));
            continue;
        };
        let texts = PerLang(texts.0.map(|text| text.unwrap_or_else(|| own.clone())));
        reasons.push(Reason {
            order: reason.order,
            code: reason.code.unwrap_or(CodeWish::Never),
            priority: reason.priority,
            sections: reason.sections,
            sections_line: line_of(&text, Some(&id), "sections"),
            texts,
            id,
        });
    }
    if reasons.is_empty() {
        findings.broken(1, "There is no reason to write to support.", "Write at least one table: [other], then [other.pt] with title = \"…\".");
    }
    reasons.sort_by(|one, two| (one.order, &one.id).cmp(&(two.order, &two.id)));
    (!findings.is_broken()).then_some(reasons)
}

/// Names the sections of reasons that are no folders. What is written there is offered all the same where it can be.
pub(super) fn check_sections(reasons: &[Reason], folders: &[&str]) -> Vec<Problem> {
    let mut findings = Findings::new(CONTACT_FILE);
    for reason in reasons {
        for section in reason.sections.iter().flatten().filter(|section| !folders.contains(&section.as_str())) {
            let fix = format!("Write the name of a section's folder.{}", did_you_mean(section, folders.iter().copied()));
            findings.wrong(reason.sections_line, format!("There is no section {}.", quoted(section)), fix);
        }
    }
    findings.into_problems()
}

fn checked(text: &str, key: &str, chars: std::ops::RangeInclusive<usize>, line: usize, brand: &str, findings: &mut Findings) -> String {
    let filled = fill_brand(text.trim(), brand).into_owned();
    if !chars.contains(&filled.chars().count()) {
        let what = if filled.is_empty() { format!("The {key} is empty.") } else { format!("The {key} is too long.") };
        findings.broken(line, what, format!("Write at most {} characters.", chars.end()));
    }
    if control_character(&filled).is_some() || filled.contains('\n') {
        findings.broken(line, format!("The {key} contains a control character or a line break."), "Write it on one line.");
    }
    filled
}

/// Parses TOML and says in our words what is wrong with it.
pub(super) fn parse<T: DeserializeOwned>(text: &str, keys: &[&'static str], findings: &mut Findings) -> Option<T> {
    let error = match toml::from_str(text) {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    let line = error.span().map_or(1, |span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
    let message = error.message();
    let named = message.split('`').nth(1).unwrap_or_default();
    let (what, fix) = if message.starts_with("unknown field") {
        (format!("There is no key {}.", quoted(named)), format!("The keys are {}.{}", keys.join(", "), did_you_mean(named, keys.iter().copied())))
    } else if message.starts_with("missing field") {
        (format!("The key {named} is missing here."), format!("Write {named} = \"…\"."))
    } else if message.starts_with("unknown variant") {
        let values: Vec<String> = message.split('`').skip(3).step_by(2).map(quoted).collect();
        (format!("{} is not a value of this key.", quoted(named)), format!("Write one of: {}.", values.join(", ")))
    } else if message.starts_with("invalid type") {
        (
            "This key has the wrong type of value.".to_owned(),
            "order is a number; texts stand between double quotes; a language is a table such as [pt].".to_owned(),
        )
    } else if message.starts_with("duplicate key") {
        ("This key appears twice.".to_owned(), "Delete one of the two.".to_owned())
    } else {
        (
            "The file is not valid TOML here.".to_owned(),
            "Write key = \"value\" on each line, and [pt], [es] or [en] above a language's keys.".to_owned(),
        )
    };
    findings.broken(line, what, fix);
    None
}

/// The line of a key within a table, else of the table, else 1.
pub(super) fn line_of(text: &str, table: Option<&str>, key: &str) -> usize {
    let mut current = "";
    let mut table_line = 1;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            current = name.trim();
            if Some(current) == table {
                table_line = index + 1;
            }
        } else if current == table.unwrap_or_default() && line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return index + 1;
        }
    }
    table_line
}
