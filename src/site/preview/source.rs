//! Pages of the preview's own: all findings by file, and a file with its findings at their lines, also one that is too broken to be shown.

use std::sync::Arc;

use leptos::prelude::*;

use super::marks::alert;
use super::{HOME, Preview};
use crate::articles::problem::{Level, Problem};
use crate::i18n::Lang;
use crate::ui::Frame;
use crate::ui::frame::Document;
use crate::ui::render;
use crate::values::escaped;

/// Every file in which something was found; those with mistakes come first.
pub(super) async fn overview(preview: &Preview) -> String {
    let mut files: Vec<_> = preview.desk.problems().into_iter().map(|(file, problems)| (count_mistakes(&problems), file, problems)).collect();
    files.sort_by_key(|(mistakes, ..)| *mistakes == 0);
    let rows: String = files
        .iter()
        .map(|(mistakes, file, problems)| {
            let notes = problems.len() - mistakes;
            format!("<tr><td><a href=\"{HOME}/{0}\">{0}</a></td><td>{mistakes}</td><td>{notes}</td></tr>", escaped(file))
        })
        .collect();
    let table = format!(
        "<table><thead><tr><th scope=\"col\">File</th><th scope=\"col\">Problems</th><th scope=\"col\">Notes</th></tr></thead><tbody>{rows}</tbody></table>"
    );
    let found = if files.is_empty() { "<p>Nothing was found.</p>".to_owned() } else { table };
    write(preview, "What was found".to_owned(), found).await
}

/// A file with what is wrong below each line; `None` for one in which nothing is.
pub(super) async fn file(preview: &Preview, file: &str) -> Option<String> {
    let problems = preview.desk.problems().remove(file)?;
    // A picture, a folder or a file that is not there has no lines.
    let text = preview.desk.file(file).unwrap_or_default();
    Some(write(preview, file.to_owned(), lines(&text, &problems)).await)
}

fn count_mistakes(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.level != Level::Taste).count()
}

fn lines(text: &str, problems: &[Problem]) -> String {
    let mut html = String::new();
    let mut code = String::new();
    let last = text.lines().count().max(1);
    for (number, line) in (1..).zip(text.lines().chain(text.is_empty().then_some(""))) {
        code.push_str(&format!("<span id=\"line-{number}\">{number:>4}  {}</span>\n", escaped(line)));
        // What is said of a line that is no more stands below the last one.
        let here = problems.iter().filter(|problem| problem.line == number || (number == last && problem.line > last));
        let here: Vec<String> = here.map(|problem| format!("<li>{}</li>", escaped(&problem.message()))).collect();
        if !here.is_empty() {
            html.push_str(&format!("<pre tabindex=\"0\"><code>{code}</code></pre>{}", alert("caution", &format!("<ul>{}</ul>", here.concat()))));
            code.clear();
        }
    }
    if !code.is_empty() {
        html.push_str(&format!("<pre tabindex=\"0\"><code>{code}</code></pre>"));
    }
    html
}

/// In English, as all that the program says to authors.
async fn write(preview: &Preview, title: String, html: String) -> String {
    let site = Arc::clone(&preview.app.site);
    let frame = Frame::private(Lang::En, &title, "");
    render::page(move || {
        let body = view! {
            <div class="wrap">
                <h1>{title.clone()}</h1>
                <div class="prose" inner_html=html.clone()></div>
            </div>
        };
        view! { <Document site=site.clone() frame=frame.clone() body=body.into_any() /> }
    })
    .await
}
