//! Light, dark, or as the device has it: the switch in the footer. The choice stays on the device, so a page is the same bytes for everybody.

use leptos::prelude::*;

use crate::i18n::Lang;

/// Stands in the head of every page, before anything is drawn: what was chosen before never flashes in the other theme. `public/theme.js` writes it.
pub const SCRIPT: &str = r#"try{const t=localStorage.getItem("theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}"#;

/// The switch: hidden until the script that it needs is there.
pub fn switch(lang: Lang) -> AnyView {
    let words = lang.common();
    let choice = |value: &'static str, text: &'static str| {
        let pressed = if value == "system" { "true" } else { "false" };
        view! { <button type="button" data-theme-choice=value aria-pressed=pressed>{text}</button> }
    };
    view! {
        <div class="theme" role="group" aria-labelledby="theme-label" hidden>
            <span id="theme-label">{words.theme}</span>
            {choice("system", words.theme_system)}
            {choice("light", words.theme_light)}
            {choice("dark", words.theme_dark)}
        </div>
    }
    .into_any()
}
