//! The form in which a person says what they are called, and how the desk is for them.

use leptos::prelude::*;

use super::fields::{Field, problem};
use super::list::view_name;
use super::who::Who;
use crate::i18n::Lang;
use crate::staff::{AfterSend, SIGNATURE_MAX_CHARS};
use crate::tickets::model::list::View;
use crate::ui::TextArea;
use crate::values::{NAME_MAX_CHARS, first_name};
use crate::web::form;

/// `posted`: what was typed and not taken. `wrong`: name, public name, signature.
pub(super) fn form(who: &Who, posted: Option<&[(String, String)]>, wrong: [bool; 3]) -> AnyView {
    let (lang, words, member) = (who.lang, who.lang.desk_account(), &who.member);
    let value = |name: &str, kept: &str| posted.map_or(kept.to_owned(), |pairs| form::value(pairs, name).unwrap_or_default().to_owned());
    let wrong_name = |is_wrong: bool| is_wrong.then(|| words.bad_name.to_owned());
    let langs = Lang::ALL.map(|one| (one.code().to_owned(), one.own_name().to_owned())).to_vec();
    let views = View::ALL.iter().map(|view| (view.word().to_owned(), view_name(lang, *view).to_owned())).collect();
    let ways = [(AfterSend::Stay, words.after_stay), (AfterSend::Next, words.after_next), (AfterSend::List, words.after_list)];
    let ways = ways.map(|(way, name)| (way.word().to_owned(), name.to_owned())).to_vec();
    let has_keys = posted.map_or(member.has_keys, |pairs| form::value(pairs, "keys").is_some());
    view! {
        <section class="part" aria-labelledby="profile">
            <h2 id="profile">{words.profile}</h2>
            <form class="form" action="/desk/me/profile" method="post" novalidate>
                {Field::text("name", words.name, NAME_MAX_CHARS)
                    .value(&value("name", &member.name))
                    .hint(words.name_hint.to_owned())
                    .wrong(wrong_name(wrong[0]))
                    .view()}
                {Field::text("public_name", words.public_name, NAME_MAX_CHARS)
                    .value(&value("public_name", member.public_name.as_deref().unwrap_or_default()))
                    .hint(words.public_name_hint.replace("{name}", first_name(&member.name)))
                    .wrong(wrong_name(wrong[1]))
                    .view()}
                {choice("lang", words.lang, Some(words.lang_of_browser), langs, &value("lang", member.lang.map_or("", Lang::code)))}
                {choice("default_view", words.default_view, Some(words.view_by_itself), views, &value("default_view", member.default_view.as_deref().unwrap_or_default()))}
                {choice("after_send", words.after_send, None, ways, &value("after_send", member.after_send.word()))}
                <div class="field">
                    <label class="label" for="signature">{words.signature}</label>
                    <p class="hint" id="signature-hint">{words.signature_hint}</p>
                    <TextArea id="signature" name="signature" text=value("signature", &member.signature) rows=3 max_chars=SIGNATURE_MAX_CHARS described_by="signature-hint" invalid=wrong[2] />
                    {wrong[2].then(|| problem("signature-error".to_owned(), words.bad_signature.to_owned()))}
                </div>
                <label class="check"><input type="checkbox" name="keys" checked=has_keys /> {words.keys}</label>
                <button class="button button-primary" type="submit">{words.save}</button>
            </form>
        </section>
    }
    .into_any()
}

fn choice(name: &'static str, label: &'static str, none: Option<&'static str>, options: Vec<(String, String)>, value: &str) -> AnyView {
    let none = none.map(|text| view! { <option value="">{text}</option> });
    let options = options.into_iter().map(|(key, title)| {
        let is_chosen = key == value;
        view! { <option value=key selected=is_chosen>{title}</option> }
    });
    view! {
        <div class="field">
            <label class="label" for=name>{label}</label>
            <span class="select"><select class="input" id=name name=name>{none} {options.collect_view()}</select></span>
        </div>
    }
    .into_any()
}
