//! The icons: our own drawings on a grid of 24, colored by the text around them.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Search,
    Arrow,
    Bag,
    Spark,
    Link,
    Globe,
    Inbox,
    Bell,
    Mail,
    Chat,
    Info,
    Bulb,
    Important,
    Warning,
    Caution,
    Check,
    Clip,
    Turn,
    ThumbUp,
    ThumbDown,
    Card,
    Wallet,
    Lock,
    User,
    Book,
    Tag,
    Refund,
    Chart,
    Offline,
}

impl Icon {
    /// The icon that a section or topic names in its file; a tag for any other name.
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("bag") => Self::Bag,
            Some("studio" | "spark") => Self::Spark,
            Some("link") => Self::Link,
            Some("card") => Self::Card,
            Some("wallet") => Self::Wallet,
            Some("lock") => Self::Lock,
            Some("user") => Self::User,
            Some("refund") => Self::Refund,
            Some("mail") => Self::Mail,
            Some("book") => Self::Book,
            _ => Self::Tag,
        }
    }

    fn drawing(self) -> &'static str {
        match self {
            Self::Search => r#"<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>"#,
            Self::Arrow => r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#,
            Self::Bag => r#"<path d="M6 8h12l1 12H5z"/><path d="M9 8V7a3 3 0 0 1 6 0v1"/>"#,
            Self::Spark => r#"<path d="M12 3.5 14 10l6.5 2-6.5 2-2 6.5-2-6.5-6.5-2L10 10z"/>"#,
            Self::Link => {
                r#"<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3"/><path d="M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1"/>"#
            }
            Self::Globe => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c3 3 3.5 6 3.5 8.5s-.5 5.5-3.5 8.5c-3-3-3.5-6-3.5-8.5s.5-5.5 3.5-8.5z"/>"#
            }
            Self::Inbox => r#"<path d="M4 13h4.5l1.5 3h4l1.5-3H20"/><path d="M6 5h12l2 8v5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18v-5z"/>"#,
            Self::Bell => r#"<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z"/><path d="M10 18.5a2 2 0 0 0 4 0M12 5V3.5"/>"#,
            Self::Mail => r#"<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>"#,
            Self::Chat => {
                r#"<path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5z"/>"#
            }
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5v4.5M12 8h.01"/>"#,
            Self::Bulb => r#"<path d="M9.5 17.5h5M10.5 20.5h3M9 14.5c-1.5-1-2.5-2.6-2.5-4.5a5.5 5.5 0 0 1 11 0c0 1.900-1 3.5-2.5 4.5v3h-6z"/>"#,
            Self::Important => {
                r#"<path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5z"/><path d="M12 8v3M12 14h.01"/>"#
            }
            Self::Warning => r#"<path d="M12 4.5 21 19.5H3z"/><path d="M12 10.5v4M12 17h.01"/>"#,
            Self::Caution => r#"<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7z"/><path d="M12 8v5M12 16h.01"/>"#,
            Self::Check => r#"<path d="m5 12.5 5 5 9.5-11"/>"#,
            Self::Clip => {
                r#"<path d="m19.5 11.5-7.8 7.8a4.700 4.700 0 0 1-6.700-6.700l8-8a3.100 3.100 0 0 1 4.400 4.400l-7.900 7.900a1.6 1.6 0 0 1-2.200-2.200l7.300-7.300"/>"#
            }
            Self::Turn => r#"<path d="M6 5v7a4 4 0 0 0 4 4h9M15 12l4 4-4 4"/>"#,
            Self::ThumbUp => {
                r#"<path d="M7 11v9H4v-9zM7 11l4-7.5c1.5 0 2.5 1.200 2.300 2.700L13 9.5h5.5a2 2 0 0 1 2 2.400l-1.200 6.5a2 2 0 0 1-2 1.6H7"/>"#
            }
            Self::ThumbDown => {
                r#"<path d="M17 13V4h3v9zM17 13l-4 7.5c-1.5 0-2.5-1.200-2.300-2.700l.3-3.300H5.5a2 2 0 0 1-2-2.400l1.200-6.5a2 2 0 0 1 2-1.6H17"/>"#
            }
            Self::Card => r#"<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M3 10h18M7 15h3"/>"#,
            Self::Wallet => r#"<path d="M4 7.5V17a2 2 0 0 0 2 2h13.5V8.5H6A2 2 0 0 1 6 5h11v3.5"/><path d="M16 13.5h.01"/>"#,
            Self::Lock => r#"<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>"#,
            Self::User => r#"<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.700 1.900 7.5 5.5"/>"#,
            Self::Book => r#"<path d="M12 6.5C10 5 7 4.5 3.5 4.5v13c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-13C17 4.5 14 5 12 6.5zM12 6.5v13"/>"#,
            Self::Tag => r#"<path d="M4 4.5h7.5l8.5 8.5-7 7-9-8.5z"/><path d="M8 8.5h.01"/>"#,
            Self::Refund => r#"<path d="M4 9h10a5.5 5.5 0 0 1 0 11H8"/><path d="M8 4.5 3.5 9 8 13.5"/>"#,
            Self::Chart => r#"<path d="M4 20h16M6.5 16v-4M11 16V8M15.5 16v-6M20 16V5"/>"#,
            Self::Offline => r#"<path d="M4 4l16 16M8 7.200A5.5 5.5 0 0 1 17.5 10 4 4 0 0 1 20 16.5M16 18H7a4.5 4.5 0 0 1-1-8.8"/>"#,
        }
    }
}

/// Decoration only: the words beside it say the same.
#[component]
pub fn Draw(icon: Icon) -> impl IntoView {
    view! { <svg viewBox="0 0 24 24" aria-hidden="true" inner_html=icon.drawing()></svg> }
}

/// The mark of the help center.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <svg viewBox="0 0 32 32" aria-hidden="true" inner_html=MARK></svg> }
}

const MARK: &str = r##"<path fill="currentColor" d="M9 2h14a7 7 0 0 1 7 7v10a7 7 0 0 1-7 7h-6.5L9.6 30.6A1 1 0 0 1 8 29.8V26a7 7 0 0 1-6-7V9a7 7 0 0 1 7-7z"/><path fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" d="M12.2 11.2a3.9 3.9 0 1 1 5.9 3.3c-1.3.8-2.1 1.6-2.1 3.1"/><circle cx="16" cy="21.3" r="1.7" fill="#fff"/>"##;
