//! Somebody of the team.

use super::Role;
use crate::clock::Micros;
use crate::i18n::Lang;
use crate::values::words::words;
use crate::values::{PersonName, first_name};

pub const SIGNATURE_MAX_CHARS: usize = 500;

/// Where a reply that was sent leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AfterSend {
    /// It stays at the ticket, where it can be taken back.
    #[default]
    Stay,
    Next,
    List,
}

words!(AfterSend { Stay => "stay", Next => "next", List => "list" });

/// What a person decides about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: PersonName,
    pub public_name: Option<PersonName>,
    pub lang: Option<Lang>,
    pub default_view: Option<String>,
    pub after_send: AfterSend,
    pub signature: String,
    pub has_keys: bool,
}

/// Somebody who belongs to the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: String,
    /// In lower case.
    pub email: String,
    pub name: String,
    pub role: Role,
    /// What customers see, where the person has chosen it.
    pub public_name: Option<String>,
    /// The desk's language; `None`: the browser's.
    pub lang: Option<Lang>,
    /// The view that the desk opens with, by its word; `None`: mine, or unassigned where that is empty.
    pub default_view: Option<String>,
    pub after_send: AfterSend,
    /// Below every reply; empty: none.
    pub signature: String,
    /// Whether single keys do something at the desk (WCAG 2.1.4).
    pub has_keys: bool,
    /// How they are told of what, in the words of `notifications`; `None`: as shipped.
    pub notify: Option<String>,
    /// When the password was set; `None`: there is none yet.
    pub password_set_at: Option<Micros>,
    /// When the second factor was taken into use; `None`: there is none.
    pub second_factor_at: Option<Micros>,
}

impl Member {
    /// What customers see: the chosen name, else the first word of the name.
    pub fn shown_name(&self) -> &str {
        self.public_name.as_deref().unwrap_or(first_name(&self.name))
    }
}
