//! What a message is about. On a page of its own the form asks first where its author comes from, then offers four or five reasons of theirs: nobody
//! reads sixteen. All of them are in the page; the style shows those of the section that is chosen.

use leptos::prelude::*;

use super::fields::Fields;
use crate::articles::model::{CodeWish, Library, Reason};
use crate::i18n::Lang;
use crate::intake::contact_form::{Field, NO_SECTION, SECTION, Typed};
use crate::ui::icons::{Draw, Icon};

/// A section as its readers know it from the home page.
#[derive(Debug, Clone)]
pub(super) struct Section {
    id: String,
    title: String,
    icon: Option<Icon>,
}

/// The sections that have reasons of their own; none where it makes no difference.
pub(super) fn sections(library: &Library, lang: Lang) -> Vec<Section> {
    let has_own = |id: &str| library.reasons.iter().any(|reason| reason.sections.is_some() && reason.is_for(id));
    let with_own = library.sections.iter().filter(|section| has_own(&section.id)).map(|section| Section {
        id: section.id.clone(),
        title: section.texts[lang].door.clone(),
        icon: Some(Icon::named(section.icon.as_deref())),
    });
    let with_own: Vec<Section> = with_own.collect();
    if with_own.len() < 2 {
        return Vec::new();
    }
    let nobodys = Section { id: NO_SECTION.to_owned(), title: lang.contact().no_section.to_owned(), icon: None };
    let for_all = library.reasons.iter().any(|reason| reason.is_for(NO_SECTION));
    with_own.into_iter().chain(for_all.then_some(nobodys)).collect()
}

impl Fields<'_> {
    pub(super) fn reason(&self) -> AnyView {
        let place = self.place;
        if place.reasons.is_empty() {
            return ().into_any();
        }
        match (place.compact, place.sections.is_empty()) {
            (true, _) => self.reason_list(),
            (false, true) => self.reason_cards(),
            (false, false) => self.reasons_by_section(),
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
            <div class="field" data-field="reason" data-missing=self.missing(Field::Reason)>
                <label class="label" for="reason">{lang.contact().reason}</label>
                <span class="select">
                    <select class="input" id="reason" name="reason" aria-required="true" aria-describedby=self.described_by(Field::Reason, false) aria-invalid=self.invalid(Field::Reason)>
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
        let cards = self.place.reasons.iter().enumerate().map(|(index, reason)| self.card(reason, index == 0, true));
        view! {
            <fieldset class="field" data-field="reason" data-missing=self.missing(Field::Reason) role="radiogroup" aria-required="true" aria-describedby=self.described_by(Field::Reason, false) aria-invalid=self.invalid(Field::Reason)>
                <legend class="label">{self.place.lang.contact().reason}</legend>
                <div class="choices">{cards.collect_view()}</div>
                {self.error(Field::Reason)}
            </fieldset>
        }
        .into_any()
    }

    fn reasons_by_section(&self) -> AnyView {
        let words = self.place.lang.contact();
        let chosen = self.section();
        let groups = self.place.sections.iter().enumerate().map(|(index, section)| {
            let is_chosen = chosen == Some(section.id.as_str());
            let reasons = self.place.reasons.iter().filter(|reason| reason.is_for(&section.id));
            // What is to be chosen next carries the field's name as its id: the list of problems leads there.
            let cards = reasons.enumerate().map(|(at, reason)| self.card(reason, is_chosen && at == 0, is_chosen)).collect_view();
            let id = (chosen.is_none() && index == 0).then_some("reason");
            view! {
                <div class="section-choice">
                    <label class="choice">
                        <input type="radio" name=SECTION id=id value=section.id.clone() checked=is_chosen />
                        <span>{section.title.clone()}</span>
                        {section.icon.map(|icon| view! { <Draw icon=icon /> })}
                    </label>
                    <fieldset class="section-reasons" role="radiogroup" aria-required="true">
                        <legend class="label">{words.reason}</legend>
                        <div class="choices">{cards}</div>
                    </fieldset>
                </div>
            }
        });
        view! {
            <fieldset class="field" data-field="reason" data-missing=self.missing(Field::Reason) role="radiogroup" aria-required="true" aria-describedby=self.described_by(Field::Reason, false) aria-invalid=self.invalid(Field::Reason)>
                <legend class="label">{words.who}</legend>
                <div class="section-choices">{groups.collect_view()}</div>
                {self.error(Field::Reason)}
            </fieldset>
        }
        .into_any()
    }

    fn card(&self, reason: &Reason, is_first: bool, can_be_chosen: bool) -> AnyView {
        let text = &reason.texts[self.place.lang];
        let checked = can_be_chosen && reason.id == self.state.typed.reason;
        view! {
            <label class="choice">
                <input type="radio" name="reason" id=is_first.then_some("reason") value=reason.id.clone() data-code=code_word(reason.code) checked=checked />
                <span>{text.title.clone()} <span class="hint">{text.hint.clone()}</span></span>
            </label>
        }
        .into_any()
    }

    /// The section that was chosen, else the first of those that the reason belongs to.
    fn section(&self) -> Option<&str> {
        let Typed { section, reason, .. } = &self.state.typed;
        let known = |id: &str| self.place.sections.iter().map(|section| section.id.as_str()).find(|known| *known == id);
        known(section).or_else(|| {
            let reason = self.place.reasons.iter().find(|candidate| candidate.id == *reason)?;
            match &reason.sections {
                Some(sections) => sections.iter().find_map(|id| known(id)),
                None => known(NO_SECTION),
            }
        })
    }
}

fn code_word(wish: CodeWish) -> &'static str {
    match wish {
        CodeWish::Never => "never",
        CodeWish::Optional => "optional",
        CodeWish::Wanted => "wanted",
    }
}
