//! The contact form, the same at the end of an article and on its own page. Plain HTML; one island offers articles.

use crate::app::App;
use crate::articles::model::Library;
use leptos::prelude::*;

use crate::articles::model::{CodeWish, Reason};
use crate::files::settings::Attachments;
use crate::files::{FILES, Taken};
use crate::i18n::Lang;
use crate::intake::contact_form::{FORM_ID, Field, NO_CODE, Rejected, Typed};
use crate::islands::related::SubjectField;
use crate::site::files;
use crate::spam::{HONEYPOT, SECONDS};
use crate::tickets::model::{CODE_MAX_CHARS, EMAIL_MAX_CHARS, FieldProblem, MESSAGE_MAX_CHARS, NAME_MAX_CHARS};
use crate::ui::TextArea;
use crate::ui::icons::{Draw, Icon};

/// What a form shows besides its fields.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    pub typed: Typed,
    pub problems: Vec<(Field, FieldProblem)>,
    /// Why nothing could be taken although the fields were right: heading and text.
    pub notice: Option<(&'static str, &'static str)>,
    /// The files that came, and those that were not taken.
    pub files: Taken,
}

impl From<Rejected> for FormState {
    fn from(rejected: Rejected) -> Self {
        Self { typed: rejected.typed, problems: rejected.problems, ..Self::default() }
    }
}

/// Everything else that a form depends on.
#[derive(Debug, Clone)]
pub(super) struct FormPlaceView {
    pub lang: Lang,
    /// Address path that the form posts to.
    pub action: String,
    pub reasons: Vec<Reason>,
    pub code_pattern: String,
    pub code_example: String,
    pub privacy_url: Option<String>,
    pub attachments: Attachments,
    /// At the end of an article the reasons fold into a list.
    pub compact: bool,
}

/// What the form needs from the help center.
pub(super) fn form_place(app: &App, library: &Library, lang: Lang, action: String, compact: bool) -> FormPlaceView {
    FormPlaceView {
        lang,
        action,
        reasons: library.reasons.clone(),
        code_pattern: app.config.code_pattern.as_str().to_owned(),
        code_example: app.config.code_example.clone(),
        privacy_url: app.site.privacy_url.clone(),
        attachments: app.config.attachments.clone(),
        compact,
    }
}

/// The form with what was typed and what is wrong with it.
pub(super) fn contact_form(place: &FormPlaceView, state: &FormState) -> AnyView {
    let words = place.lang.contact();
    let privacy = place.privacy_url.clone().map(|url| view! { " " <a href=url>{words.privacy_link}</a> });
    let fields = Fields { place, state };
    view! {
        <form class="form contact-form" action=place.action.clone() method="post" enctype="multipart/form-data" id="contact" novalidate>
            {fields.summary()}
            {fields.reason()}
            {fields.subject()}
            <div class="field-pair">{fields.name()} {fields.email()}</div>
            {fields.code()}
            {fields.message()}
            {files::file_field(place.lang, &place.attachments, &state.files)}
            <div class="trap" aria-hidden="true">
                <label for=HONEYPOT>{words.leave_empty}</label>
                <input id=HONEYPOT name=HONEYPOT type="text" tabindex="-1" autocomplete="off" />
            </div>
            <input type="hidden" name=SECONDS value=state.typed.seconds.clone() />
            <input type="hidden" name=FORM_ID value=state.typed.form_id.clone() />
            <p class="privacy">{words.data_use} {privacy}</p>
            <button class="button button-primary button-big" type="submit">{words.send}</button>
        </form>
    }
    .into_any()
}

struct Fields<'a> {
    place: &'a FormPlaceView,
    state: &'a FormState,
}

impl Fields<'_> {
    fn problem(&self, field: Field) -> Option<String> {
        let (_, problem) = self.state.problems.iter().find(|(wrong, _)| *wrong == field)?;
        Some(problem.text(field, self.place.lang, &self.place.code_example))
    }

    fn error(&self, field: Field) -> AnyView {
        let line = |text| view! { <p class="error" id=format!("{}-error", field.name())><Draw icon=Icon::Warning /><span>{text}</span></p> };
        self.problem(field).map(line).into_any()
    }

    /// What a control is described by: its hint, if it has one, and its problem.
    fn described_by(&self, field: Field, hint: bool) -> Option<String> {
        let hint = hint.then(|| format!("{}-hint", field.name()));
        let error = self.problem(field).map(|_| format!("{}-error", field.name()));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self, field: Field) -> Option<&'static str> {
        self.problem(field).map(|_| "true")
    }

    /// All problems at the top, each leading to its field; or why nothing could be taken.
    fn summary(&self) -> AnyView {
        let state = self.state;
        let links = state.problems.iter().map(|(field, problem)| {
            let text = problem.text(*field, self.place.lang, &self.place.code_example);
            view! { <li><a href=format!("#{}", field.name())>{text}</a></li> }
        });
        let of_files = files::problem_texts(self.place.lang, &self.place.attachments, &state.files);
        let problem_count = state.problems.len() + usize::from(!of_files.is_empty());
        let of_files = of_files.into_iter().map(|text| view! { <li><a href=format!("#{FILES}")>{text}</a></li> });
        let notice = state.notice.map(|(title, text)| {
            view! {
                <div class="notice notice-warning" role="alert" tabindex="-1" autofocus=true>
                    <Draw icon=Icon::Warning />
                    <div>
                        <h2>{title}</h2>
                        <p>{text}</p>
                    </div>
                </div>
            }
        });
        let errors = (problem_count > 0).then(|| {
            view! {
                <div class="notice notice-error" id="errors" role="alert" tabindex="-1" autofocus=true>
                    <Draw icon=Icon::Warning />
                    <div>
                        <h2>{self.place.lang.problem_count(problem_count)}</h2>
                        <ul>{links.collect_view()} {of_files.collect_view()}</ul>
                    </div>
                </div>
            }
        });
        (notice, errors).into_any()
    }

    fn reason(&self) -> AnyView {
        match (self.place.reasons.is_empty(), self.place.compact) {
            (true, _) => ().into_any(),
            (false, true) => self.reason_list(),
            (false, false) => self.reason_cards(),
        }
    }

    fn reason_list(&self) -> AnyView {
        let (lang, chosen) = (self.place.lang, self.state.typed.reason.as_str());
        let options = self.place.reasons.iter().map(|reason| {
            let selected = reason.id == chosen;
            view! { <option value=reason.id.clone() data-code=code_word(reason.code) selected=selected>{reason.texts[lang].title.clone()}</option> }
        });
        let none = self.place.reasons.iter().all(|reason| reason.id != chosen);
        view! {
            <div class="field">
                <label class="label" for="reason">{lang.contact().reason}</label>
                <span class="select">
                    <select class="input" id="reason" name="reason" required aria-describedby=self.described_by(Field::Reason, false) aria-invalid=self.invalid(Field::Reason)>
                        <option value="" selected=none>{lang.contact().choose}</option>
                        {options.collect_view()}
                    </select>
                </span>
                {self.error(Field::Reason)}
            </div>
        }
        .into_any()
    }

    fn reason_cards(&self) -> AnyView {
        let (lang, chosen) = (self.place.lang, self.state.typed.reason.as_str());
        let bad = self.problem(Field::Reason).is_some();
        let cards = self.place.reasons.iter().enumerate().map(|(index, reason)| {
            let text = &reason.texts[lang];
            // The first carries the field's name as its id: the list of problems leads there.
            let id = (index == 0).then_some("reason");
            view! {
                <label class="choice">
                    <input type="radio" name="reason" id=id value=reason.id.clone() data-code=code_word(reason.code) checked=reason.id == chosen required />
                    <span>{text.title.clone()} <span class="hint">{text.hint.clone()}</span></span>
                </label>
            }
        });
        view! {
            <fieldset class="field" aria-describedby=self.described_by(Field::Reason, false)>
                <legend class="label">{lang.contact().reason}</legend>
                <div class="choices" class:choices-bad=bad>{cards.collect_view()}</div>
                {self.error(Field::Reason)}
            </fieldset>
        }
        .into_any()
    }

    fn subject(&self) -> AnyView {
        let lang = self.place.lang;
        view! {
            <div class="field">
                <label class="label" for="subject">{lang.contact().subject}</label>
                <p class="hint" id="subject-hint">{lang.contact().subject_hint}</p>
                <SubjectField
                    lang=lang.code().to_owned()
                    typed=self.state.typed.subject.clone()
                    title=lang.contact().may_answer.to_owned()
                    described_by=self.described_by(Field::Subject, true)
                    invalid=self.problem(Field::Subject).is_some()
                />
                {self.error(Field::Subject)}
            </div>
        }
        .into_any()
    }

    fn name(&self) -> AnyView {
        view! {
            <div class="field">
                <label class="label" for="name">{self.place.lang.contact().name}</label>
                <input class="input" id="name" name="name" type="text" maxlength=NAME_MAX_CHARS.to_string() required autocomplete="name" value=self.state.typed.name.clone() aria-describedby=self.described_by(Field::Name, false) aria-invalid=self.invalid(Field::Name) />
                {self.error(Field::Name)}
            </div>
        }
        .into_any()
    }

    fn email(&self) -> AnyView {
        view! {
            <div class="field">
                <label class="label" for="email">{self.place.lang.contact().email}</label>
                <input class="input" id="email" name="email" type="email" inputmode="email" maxlength=EMAIL_MAX_CHARS.to_string() required autocomplete="email" value=self.state.typed.email.clone() aria-describedby=self.described_by(Field::Email, false) aria-invalid=self.invalid(Field::Email) />
                {self.error(Field::Email)}
            </div>
        }
        .into_any()
    }

    /// Shown only for reasons that ask for it (the style hides it for the others). Browsers check the pattern as it is typed.
    fn code(&self) -> AnyView {
        if !self.place.reasons.is_empty() && self.place.reasons.iter().all(|reason| reason.code == CodeWish::Never) {
            return ().into_any();
        }
        let words = self.place.lang.contact();
        let pattern = format!("\\s*(?:{})\\s*", self.place.code_pattern);
        view! {
            <div class="field field-code">
                <label class="label" for="code">{words.code} " " <span class="optional">{words.optional}</span></label>
                <p class="hint" id="code-hint">{words.code_hint.replace("{example}", &self.place.code_example)}</p>
                <input class="input" id="code" name="code" type="text" maxlength=CODE_MAX_CHARS.to_string() pattern=pattern autocomplete="off" autocapitalize="characters" spellcheck="false" value=self.state.typed.code.clone() aria-describedby=self.described_by(Field::Code, true) aria-invalid=self.invalid(Field::Code) />
                {self.error(Field::Code)}
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

    fn message(&self) -> AnyView {
        let words = self.place.lang.contact();
        view! {
            <div class="field">
                <label class="label" for="message">{words.message}</label>
                <p class="hint" id="message-hint">{words.message_hint}</p>
                <TextArea id="message" name="message" text=self.state.typed.message.clone() rows=6 max_chars=MESSAGE_MAX_CHARS required=true described_by=self.described_by(Field::Message, true).unwrap_or_default() invalid=self.problem(Field::Message).is_some() />
                {self.error(Field::Message)}
            </div>
        }
        .into_any()
    }
}

fn code_word(wish: CodeWish) -> &'static str {
    match wish {
        CodeWish::Never => "never",
        CodeWish::Optional => "optional",
        CodeWish::Wanted => "wanted",
    }
}
