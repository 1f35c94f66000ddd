//! What a text brings in from other files: texts as texts, programs as code.

use super::blocks::{Around, Names};
use super::lines::{Line, fence, mark_fences, numbered};
use super::markup::tag;
use super::report::Remarks;
use super::tree::{is_text, joined, split};

/// Files that include files that include files.
const INCLUDES_MAX_DEPTH: usize = 4;

/// Lines by which a text loads programs or other texts.
pub(super) fn imports(lines: Vec<Line>, names: &mut Names, remarks: &mut Remarks<'_>) -> Vec<Line> {
    let mut out = Vec::new();
    let mut open = 0_i64;
    for line in lines {
        let text = line.text.trim_end();
        let begins = !line.code && pattern!(r#"^(?:import[ \t]+(?:[^\n]*[ \t}]from[ \t]+)?["'][^\n]*|import[ \t]*\{[ \t]*|export[ \t]+(?:default|const|let|var|function|async|class)[ \t][^\n]*)$"#).is_some_and(|import| import.is_match(text));
        if open > 0 || begins {
            let count = |sign: [char; 3]| i64::try_from(text.matches(sign).count()).unwrap_or(0);
            open = (open + count(['{', '(', '[']) - count(['}', ')', ']'])).max(0);
            if let Some(found) =
                pattern!(r#"^import[ \t]+([A-Za-z_][A-Za-z0-9_]*)[ \t]+from[ \t]+["']([^"']+)["']"#).and_then(|import| import.captures(text))
            {
                names.insert(found[1].to_owned(), found[2].to_owned());
            }
            remarks.no_text(line.number, format!("a line for the generator: {text}"));
            continue;
        }
        out.push(line);
    }
    out
}

/// Other files in the place where they are named: texts as texts, programs as code.
pub(super) fn includes(lines: Vec<Line>, around: &Around<'_>, names: &Names, depth: usize, left: &mut usize, remarks: &mut Remarks<'_>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut fence_open: Option<bool> = None;
    for line in lines {
        *left = left.saturating_sub(1);
        if *left == 0 {
            remarks.left_out(line.number, "the text with all that it includes is too long");
            break;
        }
        if line.code && fence(&line.text).is_some() {
            fence_open = if fence_open.is_some() { None } else { Some(true) };
        }
        let Some(path) = included(&line.text, names) else {
            out.push(line);
            continue;
        };
        let plain = path.split(['#', '{', '[']).next().unwrap_or(&path).trim();
        match include_of(around, plain) {
            Some((found, text)) if is_text(&found) && depth < INCLUDES_MAX_DEPTH && fence_open.is_none() => {
                let body = super::front_matter::split(&text).body.to_owned();
                let mut inner = numbered(&body, 1);
                inner.iter_mut().for_each(|inner| inner.number = line.number);
                mark_fences(&mut inner);
                out.push(Line::new(line.number, ""));
                out.extend(includes(inner, around, names, depth + 1, left, remarks));
                out.push(Line::new(line.number, ""));
            }
            Some((found, text)) => {
                let pad = " ".repeat(line.indent());
                let mut code: Vec<String> = text.lines().map(|code| format!("{pad}{code}")).collect();
                if fence_open.is_none() {
                    let ending = found.rsplit_once('.').map_or("", |(_, ending)| ending);
                    code.insert(0, format!("{pad}````{}", if ending == "md" { "" } else { ending }));
                    code.push(format!("{pad}````"));
                }
                *left = left.saturating_sub(code.len());
                out.extend(code.into_iter().map(|text| Line { number: line.number, text, code: true }));
            }
            None if line.code => out.push(line),
            None => remarks.left_out(line.number, format!("a file that isn't there: {path}")),
        }
    }
    out
}

/// The file that a line stands for.
fn included(text: &str, names: &Names) -> Option<String> {
    let text = text.trim();
    let found = pattern!(r#"^(?:;?-{2,}8<-{2,}[ \t]+["']([^"']+)["']|<<<[ \t]+([^ \t]+)(?:[ \t].*)?|\{\*[ \t]+([^ \t]+)(?:[ \t][^*]*)?\*\}|<!--[ \t]*@include:[ \t]*([^ \t]+)[ \t]*-->|\{%-?[ \t]*include(?:_relative|-markdown)?[ \t]+["']?([A-Za-z0-9_/.-]+\.(?:md|markdown))["']?[ \t]*-?%\})$"#)?.captures(text);
    if let Some(found) = found {
        return (1..6).find_map(|group| found.get(group)).map(|path| path.as_str().to_owned());
    }
    let (tag, length) = text.starts_with('<').then(|| tag(text)).flatten()?;
    (tag.is_component() && length == text.len()).then(|| names.get(&tag.name).filter(|path| is_text(path)).cloned()).flatten()
}

fn include_of(around: &Around<'_>, path: &str) -> Option<(String, String)> {
    let beside = split(around.file).0;
    let plain = path.strip_prefix("@site/").or_else(|| path.strip_prefix("@/")).map(|path| format!("/{path}"));
    let path = plain.as_deref().unwrap_or(path);
    let in_root = path.trim_start_matches('/');
    let places =
        [joined(beside, path), joined("", in_root), joined(around.content, in_root), joined("_includes", in_root), joined("includes", in_root)];
    places.into_iter().flatten().find_map(|path| Some((path.clone(), around.tree.text(&path)?)))
}
