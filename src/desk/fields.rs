//! Fields of the desk's forms: a label, what is to be typed, and what was wrong with it.

use leptos::prelude::*;

use crate::ui::icons::{Draw, Icon};

/// A field of one line.
#[derive(Clone)]
pub(super) struct Field {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    complete: &'static str,
    value: String,
    hint: Option<String>,
    wrong: Option<String>,
    max_chars: usize,
    has_focus: bool,
}

impl Field {
    pub(super) fn text(name: &'static str, label: &'static str, max_chars: usize) -> Self {
        Self { name, label, kind: "text", complete: "off", value: String::new(), hint: None, wrong: None, max_chars, has_focus: false }
    }

    /// `complete`: which password a password manager puts there.
    pub(super) fn password(name: &'static str, label: &'static str, complete: &'static str) -> Self {
        Self { kind: "password", complete, ..Self::text(name, label, crate::staff::PASSWORD_MAX_CHARS + 1) }
    }

    /// A secret of another system: never in a page, and no password manager's business.
    pub(super) fn key(name: &'static str, label: &'static str, max_chars: usize) -> Self {
        Self { kind: "password", ..Self::text(name, label, max_chars) }
    }

    pub(super) fn email(name: &'static str, label: &'static str, complete: &'static str) -> Self {
        Self { kind: "email", complete, ..Self::text(name, label, crate::values::EMAIL_MAX_CHARS) }
    }

    /// A code that an app or a piece of paper shows.
    pub(super) fn code(name: &'static str, label: &'static str) -> Self {
        Self { complete: "one-time-code", ..Self::text(name, label, 40) }
    }

    pub(super) fn value(self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self }
    }

    pub(super) fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub(super) fn wrong(self, wrong: Option<String>) -> Self {
        Self { has_focus: self.has_focus || wrong.is_some(), wrong, ..self }
    }

    pub(super) fn focused(self) -> Self {
        Self { has_focus: true, ..self }
    }

    pub(super) fn view(self) -> AnyView {
        let Self { name, label, kind, complete, value, hint, wrong, max_chars, has_focus } = self;
        let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
        let described = [hint.as_ref().map(|_| hint_id.clone()), wrong.as_ref().map(|_| error_id.clone())];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let is_wrong = wrong.is_some();
        view! {
            <div class="field">
                <label class="label" for=name>{label}</label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                <input
                    class="input"
                    id=name
                    name=name
                    type=kind
                    maxlength=max_chars.to_string()
                    autocomplete=complete
                    autocapitalize=(kind != "text").then_some("off")
                    spellcheck=(kind != "text").then_some("false")
                    value=value
                    aria-describedby=(!described.is_empty()).then_some(described)
                    aria-invalid=is_wrong.then_some("true")
                    autofocus=has_focus
                />
                {wrong.map(|text| problem(error_id, text))}
            </div>
        }
        .into_any()
    }
}

/// What is wrong, beside the field.
pub(super) fn problem(id: String, text: String) -> AnyView {
    view! { <p class="error" id=id><Draw icon=Icon::Warning /><span>{text}</span></p> }.into_any()
}

/// What was done, at the top of a page.
pub(super) fn done(text: &'static str) -> AnyView {
    view! { <p class="notice notice-success" role="status"><Draw icon=Icon::Check /><span>{text}</span></p> }.into_any()
}
