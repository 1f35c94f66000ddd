use super::super::quoted::split;
use super::text_of;

mod blocks;
mod hostile;
mod links;
mod programs;
mod quotes;

const ENOUGH: usize = 100_000;

fn assert_text(html: &str, text: &str) {
    assert_eq!(text_of(html, ENOUGH), text, "of {html}");
}

/// What the writer says, and what is cut off below it.
fn assert_said(html: &str, said: &str, rest: &str) {
    let text = text_of(html, ENOUGH);
    assert_eq!(text, format!("{said}{rest}"), "of {html}");
    assert_eq!(split(&text).said, said, "of {html}");
}
