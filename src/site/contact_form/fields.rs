//! The fields of the form, each with its hint, its problem and the words that a script says of it. `aria-required` and not `required`: browsers tell
//! assistive programs that an untouched required field is wrong.

use leptos::prelude::*;

use super::{FormPlaceView, FormState, error_line};
use crate::articles::model::CodeWish;
use crate::intake::contact_form::{EMAIL_SURE, EMAIL_TAKEN, Field, NO_CODE};
use crate::islands::related::SubjectField;
use crate::tickets::model::{CODE_MAX_CHARS, EMAIL_MAX_CHARS, FieldProblem, MESSAGE_MAX_CHARS, MESSAGE_MIN_CHARS, NAME_MAX_CHARS, SUBJECT_MIN_CHARS};
use crate::ui::TextArea;

pub(super) struct Fields<'a> {
    pub place: &'a FormPlaceView,
    pub state: &'a FormState,
}

impl Fields<'_> {
    fn problem(&self, field: Field) -> Option<String> {
        let (_, problem) = self.state.problems.iter().find(|(wrong, _)| *wrong == field)?;
        Some(self.text(field, *problem))
    }

    fn text(&self, field: Field, problem: FieldProblem) -> String {
        problem.text(field, self.place.lang, &self.place.code_example)
    }

    pub(super) fn missing(&self, field: Field) -> String {
        self.text(field, FieldProblem::Missing)
    }

    fn too_short(&self, field: Field, min_chars: usize) -> String {
        self.text(field, FieldProblem::TooShort { min_chars })
    }

    /// The place of a problem is there without one too: a script puts one in.
    pub(super) fn error(&self, field: Field) -> AnyView {
        view! { <div id=format!("{}-error", field.name())>{self.problem(field).map(error_line)}</div> }.into_any()
    }

    /// What a control is described by: its hint, if it has one, and its problem.
    pub(super) fn described_by(&self, field: Field, hint: bool) -> String {
        let name = field.name();
        if hint { format!("{name}-hint {name}-error") } else { format!("{name}-error") }
    }

    pub(super) fn invalid(&self, field: Field) -> Option<&'static str> {
        self.problem(field).map(|_| "true")
    }

    pub(super) fn subject(&self) -> AnyView {
        let words = self.place.lang.contact();
        let of = Field::Subject;
        view! {
            <div class="field" data-field="subject" data-missing=self.missing(of) data-short=self.too_short(of, SUBJECT_MIN_CHARS) data-min=SUBJECT_MIN_CHARS.to_string()>
                <label class="label" for="subject">{words.subject}</label>
                <p class="hint" id="subject-hint">{words.subject_hint}</p>
                <SubjectField
                    lang=self.place.lang.code().to_owned()
                    typed=self.state.typed.subject.clone()
                    texts=self.place.lang.related_texts()
                    described_by=Some(self.described_by(of, true))
                    invalid=self.problem(of).is_some()
                />
                {self.error(of)}
            </div>
        }
        .into_any()
    }

    pub(super) fn name(&self) -> AnyView {
        let of = Field::Name;
        view! {
            <div class="field" data-field="name" data-missing=self.missing(of)>
                <label class="label" for="name">{self.place.lang.contact().name}</label>
                <input class="input" id="name" name="name" type="text" maxlength=NAME_MAX_CHARS.to_string() aria-required="true" autocomplete="name" value=self.state.typed.name.clone() aria-describedby=self.described_by(of, false) aria-invalid=self.invalid(of) />
                {self.error(of)}
            </div>
        }
        .into_any()
    }

    pub(super) fn email(&self) -> AnyView {
        let of = Field::Email;
        view! {
            <div class="field" data-field="email" data-missing=self.missing(of) data-wrong=self.text(of, FieldProblem::NotAnEmail)>
                <label class="label" for="email">{self.place.lang.contact().email}</label>
                <input class="input" id="email" name="email" type="email" inputmode="email" maxlength=EMAIL_MAX_CHARS.to_string() aria-required="true" autocomplete="email" value=self.state.typed.email.clone() aria-describedby=self.described_by(of, false) aria-invalid=self.invalid(of) />
                {self.error(of)}
                <div class="meant" role="status">{self.meant_email()}</div>
            </div>
        }
        .into_any()
    }

    /// Asks about an address that looks like a slip; where nothing else is wrong, either answer sends the message.
    fn meant_email(&self) -> AnyView {
        let Some(meant) = self.state.typed.meant_email().filter(|_| self.state.is_back) else { return ().into_any() };
        let words = self.place.lang.contact();
        let is_all = self.state.problem_count() == 0 && self.state.notice.is_none();
        let is_right = self.problem(Field::Email).is_none();
        let (take, keep) = if is_all { (words.take_and_send, words.keep_and_send) } else { (words.take_email, words.keep_email) };
        let typed = self.state.typed.email.trim().to_owned();
        let not_sent = words.not_sent_yet.replace("{typed}", &typed);
        let keep = is_right.then(|| view! { <button class="button" type="submit" name=EMAIL_SURE value=typed>{keep}</button> });
        view! {
            <div tabindex="-1" autofocus=is_all>
                <p>{words.meant_email.replace("{email}", &meant)}</p>
                {is_all.then(|| view! { <p class="hint">{not_sent}</p> })}
                <div class="button-row">
                    <button class="button" type="submit" name=EMAIL_TAKEN value=meant>{take}</button>
                    {keep}
                </div>
            </div>
        }
        .into_any()
    }

    /// Shown only for reasons that ask for it: the style hides it for the others.
    pub(super) fn code(&self) -> AnyView {
        let place = self.place;
        if !place.reasons.is_empty() && place.reasons.iter().all(|reason| reason.code == CodeWish::Never) {
            return ().into_any();
        }
        let (words, of) = (place.lang.contact(), Field::Code);
        let is_wanted = place.reasons.iter().any(|reason| reason.id == self.state.typed.reason && reason.code == CodeWish::Wanted);
        let required = (is_wanted && !self.state.typed.no_code).then_some("true");
        view! {
            <div class="field field-code" data-field="code" data-missing=self.missing(of) data-wrong=self.text(of, FieldProblem::NotACode) data-pattern=place.code_pattern.clone()>
                <label class="label" for="code">{words.code} " " <span class="optional">{words.optional}</span></label>
                <p class="hint" id="code-hint">{words.code_hint.replace("{example}", &place.code_example)}</p>
                <input class="input" id="code" name="code" type="text" maxlength=CODE_MAX_CHARS.to_string() aria-required=required autocapitalize="characters" spellcheck="false" value=self.state.typed.code.clone() aria-describedby=self.described_by(of, true) aria-invalid=self.invalid(of) />
                {self.error(of)}
                <label class="check no-code">
                    <input type="checkbox" name=NO_CODE value="1" checked=self.state.typed.no_code />
                    <span>{words.no_code}</span>
                </label>
                <details class="fold">
                    <summary>{words.where_is_code}</summary>
                    <p>{words.where_is_code_text}</p>
                </details>
            </div>
        }
        .into_any()
    }

    pub(super) fn message(&self) -> AnyView {
        let words = self.place.lang.contact();
        let of = Field::Message;
        view! {
            <div class="field" data-field="message" data-missing=self.missing(of) data-short=self.too_short(of, MESSAGE_MIN_CHARS) data-min=MESSAGE_MIN_CHARS.to_string()>
                <label class="label" for="message">{words.message}</label>
                <p class="hint" id="message-hint">{words.message_hint}</p>
                <TextArea id="message" name="message" text=self.state.typed.message.clone() rows=6 max_chars=MESSAGE_MAX_CHARS required=true described_by=self.described_by(of, true) invalid=self.problem(of).is_some() />
                {self.error(of)}
            </div>
        }
        .into_any()
    }
}
