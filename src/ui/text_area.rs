//! The only way to put a textarea on a page.

use leptos::prelude::*;

use crate::values::escaped;

/// A text field of several lines. leptos 0.8 prints a textarea's children unescaped, so the text is escaped here; the line break in
/// front keeps a text's own first line break, which HTML drops.
#[component]
pub fn TextArea(
    id: &'static str,
    name: &'static str,
    text: String,
    rows: u8,
    max_chars: usize,
    /// Said to assistive programs alone: `required` would have browsers call an untouched field wrong.
    #[prop(optional)]
    required: bool,
    #[prop(optional, into)] described_by: Option<String>,
    #[prop(optional)] invalid: bool,
    /// Where a page that was refused begins.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let inner = format!("\n{}", escaped(&text));
    view! {
        <textarea
            class="input"
            id=id
            name=name
            rows=rows.to_string()
            maxlength=max_chars.to_string()
            aria-required=required.then_some("true")
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            autofocus=autofocus
            inner_html=inner
        ></textarea>
    }
}
