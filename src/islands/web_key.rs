//! The few things that islands ask of the browser, in one place; on the server they do nothing.

#[cfg(feature = "hydrate")]
pub(super) use browser::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use server::*;

#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody types on the server"))]
pub(super) enum Key {
    Down,
    Up,
    Enter,
    Escape,
    Other,
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Key;

    pub(in crate::islands) type Event = web_sys::KeyboardEvent;

    /// Keys pressed while an input method composes a word belong to that word.
    pub(in crate::islands) fn of(event: &Event) -> Key {
        if event.is_composing() {
            return Key::Other;
        }
        match event.key().as_str() {
            "ArrowDown" => Key::Down,
            "ArrowUp" => Key::Up,
            "Enter" => Key::Enter,
            "Escape" => Key::Escape,
            _ => Key::Other,
        }
    }

    /// The key does nothing else.
    pub(in crate::islands) fn keep(event: &Event) {
        event.prevent_default();
    }

    /// The pointer does not take the focus away.
    pub(in crate::islands) fn keep_pointer(event: &web_sys::MouseEvent) {
        event.prevent_default();
    }

    pub(in crate::islands) fn go(url: &str) {
        if let Some(window) = web_sys::window() {
            // Refused only for an address that is no address; then the reader stays where they are.
            let _ = window.location().assign(url);
        }
    }

    /// Tells the help center that a suggestion was opened, so that staff see which questions find their answer. Nobody waits for it.
    pub(in crate::islands) fn opened(lang: &str, question: &str, token: &str) {
        if let Some(window) = web_sys::window() {
            let body = format!("lang={lang}&q={}&token={token}", encoded(question));
            let _ = window.navigator().send_beacon_with_opt_str("/api/v1/search/opened", Some(&body));
        }
    }

    pub(in crate::islands) fn encoded(text: &str) -> String {
        String::from(js_sys::encode_uri_component(text))
    }

    pub(in crate::islands) fn value(field: &web_sys::HtmlInputElement) -> String {
        field.value()
    }

    pub(in crate::islands) fn has_focus(field: &web_sys::HtmlInputElement) -> bool {
        let focused = web_sys::window().and_then(|window| window.document()).and_then(|document| document.active_element());
        focused.is_some_and(|element| element.is_same_node(Some(field)))
    }
}

#[cfg(not(feature = "hydrate"))]
mod server {
    use super::Key;

    pub(in crate::islands) type Event = leptos::ev::KeyboardEvent;

    pub(in crate::islands) fn of(_event: &Event) -> Key {
        Key::Other
    }

    pub(in crate::islands) fn keep(_event: &Event) {}

    pub(in crate::islands) fn keep_pointer(_event: &leptos::ev::MouseEvent) {}

    pub(in crate::islands) fn go(_url: &str) {}

    pub(in crate::islands) fn opened(_lang: &str, _question: &str, _token: &str) {}

    pub(in crate::islands) fn encoded(_text: &str) -> String {
        String::new()
    }

    pub(in crate::islands) fn value(_field: &leptos::web_sys::HtmlInputElement) -> String {
        String::new()
    }

    pub(in crate::islands) fn has_focus(_field: &leptos::web_sys::HtmlInputElement) -> bool {
        false
    }
}
