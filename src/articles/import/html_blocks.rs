//! Elements of HTML that are taken as a whole: programs, code, tables.

use std::collections::HashSet;

use super::blocks::without_code;
use super::lines::Line;
use super::markup::{decoded, shortcode, tag};
use super::report::Remarks;

/// Elements whose contents are no text.
const NO_TEXT: [&str; 7] = ["script", "style", "svg", "head", "template", "canvas", "math"];

/// Elements that are taken as a whole: programs, code, tables.
pub(super) fn elements(lines: Vec<Line>, remarks: &mut Remarks<'_>) -> Vec<Line> {
    let mut out = Vec::new();
    // Names of elements that nothing below closes.
    let mut never_closed: HashSet<String> = HashSet::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let found = if line.code { None } else { element(&line.text).filter(|(_, name)| !never_closed.contains(name)) };
        let Some((start, name)) = found else {
            out.push(line.clone());
            at += 1;
            continue;
        };
        let close = if name == "highlight" { "highlight".to_owned() } else { format!("</{name}") };
        let Some(length) = lines[at..].iter().enumerate().position(|(index, line)| {
            let from = if index == 0 { start + 1 } else { 0 };
            let text = if line.code { String::new() } else { without_code(&line.text).to_ascii_lowercase() };
            let ends = text.get(from..).is_some_and(|text| text.contains(&close));
            ends && (name != "highlight" || text.contains("endhighlight") || text.contains("/highlight") || text.contains("/ highlight"))
        }) else {
            never_closed.insert(name);
            out.push(line.clone());
            at += 1;
            continue;
        };
        let part = &lines[at..=at + length];
        if !line.text[..start].trim().is_empty() {
            out.push(Line::new(line.number, &line.text[..start]));
        }
        match name.as_str() {
            "pre" | "highlight" => out.extend(code_of(part, start)),
            "table" => out.extend(table_of(part, start)),
            _ => part.iter().filter(|line| !line.is_blank()).for_each(|line| {
                let what = format!("<{name}>: {}", line.text.trim());
                if name == "svg" || name == "template" { remarks.left_out(line.number, what) } else { remarks.no_text(line.number, what) }
            }),
        }
        if let Some(last) = part.last() {
            let behind = last
                .text
                .to_ascii_lowercase()
                .rfind(&close)
                .and_then(|place| Some(place + last.text[place..].find('>')? + 1))
                .unwrap_or(last.text.len());
            // In what follows there may be another one.
            if !last.text[behind..].trim().is_empty() {
                out.push(Line::new(last.number, last.text[behind..].trim_start()));
            }
        }
        at += length + 1;
    }
    out
}

/// The first element of a line that is taken as a whole.
fn element(text: &str) -> Option<(usize, String)> {
    let plain = without_code(text);
    let html = plain.match_indices('<').find_map(|(at, _)| {
        let (tag, _) = tag(&text[at..]).filter(|_| !text[..at].ends_with('\\'))?;
        let name = tag.name.to_ascii_lowercase();
        let whole = NO_TEXT.contains(&name.as_str()) || matches!(name.as_str(), "pre" | "table");
        (whole && !tag.closes && !tag.closes_itself && !tag.is_component()).then_some((at, name))
    });
    let liquid = plain
        .find("{% highlight")
        .or_else(|| plain.find("{%- highlight"))
        .or_else(|| plain.find("{{< highlight"))
        .map(|at| (at, "highlight".to_owned()));
    html.or(liquid)
}

/// Code that is written in HTML or in a template's tag.
fn code_of(part: &[Line], start: usize) -> Vec<Line> {
    let whole: String =
        part.iter().enumerate().map(|(index, line)| format!("{}\n", if index == 0 { &line.text[start..] } else { &line.text })).collect();
    let (language, inner) = match shortcode(&whole) {
        Some((highlight, length)) => {
            let end = whole
                .find("{% endhighlight")
                .or_else(|| whole.find("{%- endhighlight"))
                .or_else(|| whole.find("{{< /highlight"))
                .unwrap_or(whole.len());
            (highlight.plain().into_iter().next().unwrap_or_default(), whole.get(length..end).unwrap_or_default().to_owned())
        }
        None => (String::new(), decoded(&without_tags(&whole))),
    };
    let number = part.first().map_or(1, |line| line.number);
    let fence = if inner.contains("```") { "`````" } else { "```" };
    let code = inner.trim_matches('\n').lines().map(str::to_owned);
    let lines = std::iter::once(format!("{fence}{language}")).chain(code).chain([fence.to_owned()]);
    let coded = lines.enumerate().map(|(index, text)| Line {
        number: (number + index.saturating_sub(1)).min(part.last().map_or(number, |line| line.number)),
        text,
        code: true,
    });
    std::iter::once(Line::new(number, "")).chain(coded).chain([Line::new(number, "")]).collect()
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        match tag(&rest[at..]) {
            Some((_, length)) => rest = &rest[at + length..],
            None => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

/// A table of HTML as one of Markdown, its cells with the tags that they have: they are read later.
fn table_of(part: &[Line], start: usize) -> Vec<Line> {
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut in_cell = false;
    for (index, line) in part.iter().enumerate() {
        let mut rest = if index == 0 { &line.text[start..] } else { line.text.as_str() };
        while !rest.is_empty() {
            let at = rest.find('<').unwrap_or(rest.len());
            push_cell(&mut rows, in_cell, &rest[..at]);
            rest = &rest[at..];
            let Some((tag, length)) = tag(rest) else {
                let sign = rest.chars().next().map_or(0, char::len_utf8);
                push_cell(&mut rows, in_cell, &rest[..sign]);
                rest = &rest[sign..];
                continue;
            };
            match (tag.name.to_ascii_lowercase().as_str(), tag.closes) {
                ("tr", false) => rows.push((line.number, Vec::new())),
                ("td" | "th", false) => {
                    if rows.is_empty() {
                        rows.push((line.number, Vec::new()));
                    }
                    rows.last_mut().into_iter().for_each(|(_, cells)| cells.push(String::new()));
                    in_cell = true;
                }
                ("td" | "th", true) => in_cell = false,
                ("table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "col" | "caption", _) => {}
                _ => push_cell(&mut rows, in_cell, &rest[..length]),
            }
            rest = &rest[length..];
        }
        push_cell(&mut rows, in_cell, " ");
    }
    rows.retain(|(_, cells)| !cells.is_empty());
    let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut lines = vec![Line::new(part.first().map_or(1, |line| line.number), "")];
    for (index, (number, mut cells)) in rows.into_iter().enumerate() {
        cells.resize(columns, String::new());
        let cells: Vec<String> = cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")).collect();
        lines.push(Line::new(number, format!("| {} |", cells.join(" | "))));
        if index == 0 {
            lines.push(Line::new(number, format!("|{}", " --- |".repeat(columns))));
        }
    }
    lines.push(Line::new(part.last().map_or(1, |line| line.number), ""));
    lines
}

fn push_cell(rows: &mut [(usize, Vec<String>)], in_cell: bool, text: &str) {
    if in_cell && let Some(cell) = rows.last_mut().and_then(|(_, cells)| cells.last_mut()) {
        cell.push_str(text);
    }
}
