//! Files that name and order folders and pages: `_category_.json`, the `nav` of MkDocs, `SUMMARY.md`.

use serde_json::Value;

use super::detect::{Generator, Site};
use super::front_matter::{field, yaml};
use super::pages::Listed;
use super::tree::{Tree, joined, split};

/// Deeper entries are left where they are.
const NAV_MAX_DEPTH: usize = 12;

/// Paths are those below the folder of the texts, without endings.
pub(super) fn read(tree: &Tree, site: &Site) -> Listed {
    let mut listed = Listed::default();
    categories(tree, site, &mut listed);
    let mut next = 0;
    if site.generator == Generator::MkDocs
        && let Some(nav) = site.settings.as_deref().and_then(nav_of)
    {
        entries(&nav, 0, &mut next, &mut listed);
    }
    let summary = joined(&site.content, "SUMMARY.md").filter(|path| tree.has(path)).or_else(|| joined(&site.content, "src/SUMMARY.md"));
    if let Some(text) = summary.and_then(|path| tree.text(&path)) {
        let link = pattern!(r"^[ \t]*[-*][ \t]+\[([^\]]+)\]\(([^()]+)\)");
        for found in text.lines().filter_map(|line| link?.captures(line)) {
            name(&found[2], &found[1], &mut next, &mut listed);
        }
    }
    listed
}

fn categories(tree: &Tree, site: &Site, listed: &mut Listed) {
    for path in tree.files.keys() {
        let (folder, file) = split(path);
        let value = match file {
            "_category_.json" => tree.text(path).and_then(|text| serde_json::from_str::<Value>(&text).ok()),
            "_category_.yml" | "_category_.yaml" => tree.text(path).and_then(|text| yaml(&text)),
            _ => None,
        };
        let Some(value) = value else { continue };
        let inside = folder.strip_prefix(&*site.content).unwrap_or(folder).trim_matches('/').to_owned();
        if let Some(label) = field(&value, &["label"]).and_then(Value::as_str) {
            listed.titles.insert(inside.clone(), label.to_owned());
        }
        if let Some(position) = field(&value, &["position"]).and_then(Value::as_f64) {
            // Positions may have fractions.
            listed.order.insert(inside, (position * 10.0) as i64);
        }
    }
}

/// The `nav` alone: the rest of the settings may hold programs.
fn nav_of(settings: &str) -> Option<Value> {
    let mut lines = settings.lines().skip_while(|line| !line.starts_with("nav:"));
    let first = lines.next()?;
    let rest = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '-', '#', '\t']));
    let text: Vec<&str> = std::iter::once(first).chain(rest).collect();
    yaml(&text.join("\n"))?.get("nav").cloned()
}

fn entries(value: &Value, depth: usize, next: &mut i64, listed: &mut Listed) -> Vec<String> {
    if depth > NAV_MAX_DEPTH {
        return Vec::new();
    }
    match value {
        Value::String(path) => {
            name(path, "", next, listed);
            vec![path.clone()]
        }
        Value::Array(values) => values.iter().flat_map(|value| entries(value, depth + 1, next, listed)).collect(),
        Value::Object(pairs) => {
            let mut all = Vec::new();
            for (title, value) in pairs {
                if let Value::String(path) = value {
                    name(path, title, next, listed);
                    all.push(path.clone());
                    continue;
                }
                let first = *next;
                let inner = entries(value, depth + 1, next, listed);
                // The folder in which all of them lie is what the title names.
                if let Some(folder) = common_folder(&inner).filter(|folder| !folder.is_empty()) {
                    listed.titles.entry(folder.clone()).or_insert_with(|| title.clone());
                    listed.order.entry(folder).or_insert(first);
                }
                all.extend(inner);
            }
            all
        }
        _ => Vec::new(),
    }
}

fn name(path: &str, title: &str, next: &mut i64, listed: &mut Listed) {
    if path.contains("://") {
        return;
    }
    *next += 1;
    let plain = path.split('#').next().unwrap_or(path).trim_start_matches("./");
    let plain = plain.rsplit_once('.').map_or(plain, |(plain, _)| plain).to_owned();
    if !title.is_empty() {
        listed.titles.entry(plain.clone()).or_insert_with(|| title.to_owned());
    }
    listed.order.entry(plain).or_insert(*next);
}

fn common_folder(paths: &[String]) -> Option<String> {
    let mut folders = paths.iter().filter(|path| !path.contains("://")).map(|path| split(path).0);
    let first = folders.next()?.to_owned();
    folders.all(|folder| folder == first || folder.starts_with(&format!("{first}/"))).then_some(first)
}
