//! The contact form, the same at the end of an article and on its own page. Plain HTML; one island offers articles, and `public/form.js` keeps the
//! draft and takes messages away as their fields are put right.

mod fields;
mod reasons;

use leptos::prelude::*;

use self::fields::Fields;
use self::reasons::{Section, sections};
use crate::app::App;
use crate::articles::model::{Article, Library, Reason};
use crate::files::settings::Attachments;
use crate::files::{FILES, Taken};
use crate::i18n::Lang;
use crate::intake::contact_form::{EMAIL_SURE, FORM_ID, Field, Rejected, Typed, VISITS};
use crate::site::files;
use crate::spam::{HONEYPOT, SECONDS};
use crate::tickets::model::FieldProblem;
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
    /// It was posted and came back: what stands in it was typed by its author.
    pub is_back: bool,
}

impl From<Rejected> for FormState {
    fn from(rejected: Rejected) -> Self {
        Self { typed: rejected.typed, problems: rejected.problems, is_back: true, ..Self::default() }
    }
}

impl FormState {
    /// How many things have to be fixed; what is wrong with files is one of them.
    fn problem_count(&self) -> usize {
        self.problems.len() + usize::from(!self.files.problems.is_empty())
    }

    /// A page's title; with mistakes in the form it begins with that, for those who hear it first.
    pub fn titled(&self, lang: Lang, title: &str) -> String {
        if self.problem_count() == 0 { title.to_owned() } else { format!("{}{title}", error_prefix(lang)) }
    }
}

fn error_prefix(lang: Lang) -> String {
    format!("{}: ", lang.common().error)
}

/// Everything else that a form depends on.
#[derive(Debug, Clone)]
pub(super) struct FormPlaceView {
    pub lang: Lang,
    /// Address path that the form posts to.
    pub action: String,
    /// Under which the browser keeps what was typed: the same place in every language.
    pub draft: String,
    pub reasons: Vec<Reason>,
    /// Chosen from before the reasons; none where every reader is offered the same ones, and under an article.
    sections: Vec<Section>,
    pub code_pattern: String,
    pub code_example: String,
    pub privacy_url: Option<String>,
    pub attachments: Attachments,
    /// Below an article or its steps the reasons fold into a list.
    pub compact: bool,
}

/// What the form needs from the help center. Below an article it offers the reasons of the article's section, and the one that the article names.
pub(super) fn form_place(app: &App, library: &Library, lang: Lang, action: String, article: Option<&Article>) -> FormPlaceView {
    let offered = |reason: &&Reason| {
        article.is_none_or(|article| {
            let named = article.texts.0.iter().flatten().any(|text| text.contact.as_deref() == Some(reason.id.as_str()));
            named || reason.is_for(&article.section)
        })
    };
    let draft = match article {
        // At the end of its steps stands another form.
        Some(article) if action.contains('?') => format!("{}?", article.id.as_str()),
        Some(article) => article.id.as_str().to_owned(),
        None => String::new(),
    };
    FormPlaceView {
        lang,
        action,
        draft,
        reasons: library.reasons.iter().filter(offered).cloned().collect(),
        sections: if article.is_none() { sections(library, lang) } else { Vec::new() },
        code_pattern: app.config.code_pattern.as_str().to_owned(),
        code_example: app.config.code_example.clone(),
        privacy_url: app.site.privacy_url.clone(),
        attachments: app.config.attachments.clone(),
        compact: article.is_some(),
    }
}

/// The form with what was typed and what is wrong with it.
pub(super) fn contact_form(place: &FormPlaceView, state: &FormState) -> AnyView {
    let words = place.lang.contact();
    let privacy = place.privacy_url.clone().map(|url| view! { " " <a href=url>{words.privacy_link}</a> });
    let fields = Fields { place, state };
    let sure = if state.typed.is_sure() { state.typed.email_sure.clone() } else { String::new() };
    let is_asked = state.is_back && state.typed.meant_email().is_some();
    // Enter in a field presses the first button, which would be one of the question's.
    let first_button = is_asked.then(|| view! { <button class="sr" type="submit" tabindex="-1" aria-hidden="true"></button> });
    view! {
        <form class="form contact-form" action=place.action.clone() method="post" enctype="multipart/form-data" id="contact" novalidate data-draft=place.draft.clone() data-back=state.is_back.then_some("")>
            {first_button}
            {summary(place, state)}
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
            <input type="hidden" name=EMAIL_SURE value=sure />
            {visits(place.lang, &state.typed.visits)}
            <div class="form-end">
                <p class="privacy">{words.data_use} {privacy}</p>
                <div class="draft" hidden>
                    <p class="privacy">{words.draft_kept}</p>
                    <button class="text-button" type="button">{words.delete_draft}</button>
                </div>
                <p class="sr" role="status" data-deleted=words.draft_deleted></p>
            </div>
            <button class="button button-primary button-big" type="submit">{words.send}</button>
            {pieces(place.lang)}
        </form>
    }
    .into_any()
}

/// All problems at the top, each leading to its field; or why nothing could be taken.
fn summary(place: &FormPlaceView, state: &FormState) -> AnyView {
    let words = place.lang.contact();
    let links = state.problems.iter().map(|(field, problem)| {
        let text = problem.text(*field, place.lang, &place.code_example);
        view! { <li><a href=format!("#{}", field.name())>{text}</a></li> }
    });
    let of_files = files::problem_texts(place.lang, &place.attachments, &state.files);
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
    let count = state.problem_count();
    let errors = (count > 0).then(|| {
        view! {
            <div
                class="notice notice-error"
                id="errors"
                role="group"
                aria-labelledby="errors-title"
                tabindex="-1"
                autofocus=true
                data-one=words.problems_one
                data-two=words.problems_two
                data-many=words.problems_many
                data-title=error_prefix(place.lang)
            >
                <Draw icon=Icon::Warning />
                <div>
                    <h2 id="errors-title">{place.lang.problem_count(count)}</h2>
                    <ul>{links.collect_view()} {of_files.collect_view()}</ul>
                </div>
            </div>
        }
    });
    (notice, errors).into_any()
}

/// The box that sends what was searched and read, which `public/visits.js` fills and shows.
fn visits(lang: Lang, typed: &str) -> AnyView {
    let words = lang.contact();
    view! {
        <div class="visits" hidden>
            <label class="check">
                <input type="checkbox" name=VISITS value=typed.to_owned() checked=!typed.is_empty() />
                <span>{words.send_visits}</span>
            </label>
            <details class="fold">
                <summary>{words.show_visits}</summary>
                <ul data-searched=words.visit_searched data-read=words.visit_read></ul>
            </details>
        </div>
    }
    .into_any()
}

/// What `public/form.js` puts into the form, and where it asks about an address. Without it nothing of this is seen.
fn pieces(lang: Lang) -> AnyView {
    let words = lang.contact();
    view! {
        <template data-address=format!("/{}/contact/address", lang.code()) data-meant=words.meant_email data-take=words.take_email data-keep=words.keep_email>
            {error_line(String::new())}
            <div>
                <p></p>
                <div class="button-row">
                    <button class="button" type="button"></button>
                    <button class="button" type="button"></button>
                </div>
            </div>
        </template>
    }
    .into_any()
}

fn error_line(text: String) -> AnyView {
    view! { <p class="error"><Draw icon=Icon::Warning /><span>{text}</span></p> }.into_any()
}
