//! The forms by which a customer shows that an address is theirs. Plain HTML. Each comes as a maker, since a page is made when it is rendered.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::tickets::model::EMAIL_MAX_CHARS;
use crate::ui::icons::{Draw, Icon};

/// Digits and what people put between them.
pub(super) const TYPED_CODE_MAX_CHARS: usize = 20;

/// What a page shows of these forms.
pub(super) trait Form: Fn() -> AnyView + Clone + Send + Sync + 'static {}
impl<F: Fn() -> AnyView + Clone + Send + Sync + 'static> Form for F {}

/// Asks for the address.
pub(super) fn ask_form(lang: Lang, typed: &str, problem: Option<String>) -> impl Form + use<> {
    let typed = typed.to_owned();
    move || {
        let words = lang.sign_in();
        let is_wrong = problem.is_some().then_some("true");
        let described_by = problem.as_ref().map(|_| "email-error");
        view! {
            <section class="part" aria-labelledby="ask">
                <h2 id="ask">{words.ask_title}</h2>
                <p>{words.ask_text}</p>
                <form class="form" action=format!("/{}/requests", lang.code()) method="post" novalidate>
                    <div class="field">
                        <label class="label" for="email">{lang.contact().email}</label>
                        <input class="input" id="email" name="email" type="email" inputmode="email" maxlength=EMAIL_MAX_CHARS.to_string() required autocomplete="email" value=typed.clone() aria-describedby=described_by aria-invalid=is_wrong autofocus=is_wrong.is_some() />
                        {problem.clone().map(|text| error("email-error", text))}
                    </div>
                    <button class="button button-primary" type="submit">{words.ask}</button>
                </form>
            </section>
        }
        .into_any()
    }
}

/// Asks for the code of a sign-in. `address`: for which this browser asked for it, so that a typo is seen. `wrong`: a code that was typed.
pub(super) fn code_form(lang: Lang, login: &str, address: Option<&str>, wrong: Option<&str>) -> impl Form + use<> {
    let words = lang.sign_in();
    let login = login.to_owned();
    let text = words.code_text.replace("{address}", address.unwrap_or(words.that_address));
    let typed = wrong.map(str::to_owned);
    move || {
        view! {
            <div class="wrap message-page">
                <h1>{words.code_title}</h1>
                <p class="lede">{text.clone()}</p>
                <form class="form" action=format!("/{}/requests/code", lang.code()) method="post" novalidate>
                    <input type="hidden" name="login" value=login.clone() />
                    {code_field(lang, typed.as_deref(), true)}
                    <button class="button button-primary" type="submit">{words.enter}</button>
                </form>
                <p class="another-code"><a href=format!("/{}/requests", lang.code())>{words.another_code}</a></p>
            </div>
        }
        .into_any()
    }
}

/// Where the code is typed; `wrong`: one that was.
pub(super) fn code_field(lang: Lang, wrong: Option<&str>, has_focus: bool) -> AnyView {
    let words = lang.sign_in();
    let is_wrong = wrong.is_some();
    let described_by = if is_wrong { "code-hint code-error" } else { "code-hint" };
    let typed = wrong.map(|code| code.chars().take(TYPED_CODE_MAX_CHARS).collect::<String>());
    view! {
        <div class="field">
            <label class="label" for="code">{words.code}</label>
            <p class="hint" id="code-hint">{words.code_hint}</p>
            <input class="input" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength=TYPED_CODE_MAX_CHARS.to_string() required value=typed aria-describedby=described_by aria-invalid=is_wrong.then_some("true") autofocus=has_focus />
            {is_wrong.then(|| error("code-error", words.wrong_code.to_owned()))}
        </div>
    }
    .into_any()
}

/// The one button of a link that came by email.
pub(super) fn link_form(lang: Lang, login: &str, key: &str) -> impl Form + use<> {
    let (login, key) = (login.to_owned(), key.to_owned());
    move || {
        let words = lang.sign_in();
        view! {
            <div class="wrap message-page">
                <h1>{words.link_title}</h1>
                <p class="lede">{words.link_text}</p>
                <form class="form" action=format!("/{}/requests/code", lang.code()) method="post">
                    <input type="hidden" name="login" value=login.clone() />
                    <input type="hidden" name="key" value=key.clone() />
                    <button class="button button-primary button-big" type="submit">{words.link_button}</button>
                </form>
            </div>
        }
        .into_any()
    }
}

/// A link that was used or is too old.
pub(super) fn over(lang: Lang) -> impl Form + use<> {
    move || {
        let words = lang.sign_in();
        view! {
            <div class="wrap message-page">
                <h1>{words.over_title}</h1>
                <p class="lede">{words.over_text}</p>
                <p><a class="button button-primary" href=format!("/{}/requests", lang.code())>{words.another_code}</a></p>
            </div>
        }
        .into_any()
    }
}

pub(super) fn error(id: &'static str, text: String) -> AnyView {
    view! { <p class="error" id=id><Draw icon=Icon::Warning /><span>{text}</span></p> }.into_any()
}
