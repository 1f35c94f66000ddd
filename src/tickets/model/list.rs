//! The list that staff work from.

use std::collections::HashMap;

use super::{Priority, QuarantineReason, Reference, Status, Tag};
use crate::clock::Micros;
use crate::i18n::Lang;
use crate::values::words::words;

/// Which tickets are listed. Except in the last three, only those that are open and not snoozed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// One's own, while it is the team's turn.
    Mine,
    /// Nobody's, while it is the team's turn.
    Unassigned,
    DueSoon,
    Overdue,
    /// The customer's turn.
    Waiting,
    Snoozed,
    Quarantine,
    Solved,
    /// Everything but what is in quarantine.
    All,
}

words!(View {
    Mine => "mine",
    Unassigned => "unassigned",
    DueSoon => "due_soon",
    Overdue => "overdue",
    Waiting => "waiting",
    Snoozed => "snoozed",
    Quarantine => "quarantine",
    Solved => "solved",
    All => "all",
});

/// What is due within so long is due soon.
pub const DUE_SOON_MICROS: i64 = 4 * Micros::HOUR;

/// What of a view is shown; `None` and empty: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub reason: Option<String>,
    /// The first part of the id of the article under which it was written.
    pub section: Option<String>,
    pub lang: Option<Lang>,
    pub priority: Option<Priority>,
    pub tag: Option<Tag>,
    /// Somebody's id; empty: nobody.
    pub assignee: Option<String>,
    /// Whether its author has shown who they are.
    pub is_verified: Option<bool>,
    /// Filed within so many days.
    pub max_age_days: Option<u16>,
    /// What its customer bought: a sale that is all of this at once. Only of tickets whose author has shown who they are.
    pub sale: SaleFilter,
}

/// Which sale is looked for; `None` everywhere: none is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaleFilter {
    /// Where it stands, in a word of the room that keeps sales.
    pub class: Option<String>,
    /// Hotmart's id of what was sold.
    pub product: Option<String>,
    /// Ordered within so many days.
    pub max_age_days: Option<u16>,
}

/// Where a page of the list ends: what comes behind it is asked for next, however many tickets come and go before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// By which the view is ordered: when it is due, or when it was filed.
    pub(in crate::tickets) key: i64,
    /// Empty: behind all that have the key.
    pub(in crate::tickets) id: String,
}

impl Cursor {
    /// As it stands in an address.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, id) = text.split_once('.')?;
        let is_id = id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_id.then_some(Self { key: key.parse().ok()?, id: id.to_owned() })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.key, self.id)
    }
}

/// A ticket in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub reference: Reference,
    pub name: String,
    pub email: String,
    pub subject: String,
    /// The beginning of what was said last between customer and team.
    pub said_last: String,
    /// Whether the team said it.
    pub is_answer: bool,
    pub reason: Option<String>,
    pub lang: Lang,
    pub priority: Priority,
    pub status: Status,
    pub quarantine: Option<QuarantineReason>,
    pub tags: Vec<String>,
    pub created_at: Micros,
    pub due_at: Option<Micros>,
    pub snoozed_until: Option<Micros>,
    pub assignee: Option<String>,
    pub assignee_name: Option<String>,
    /// The customer wrote, or a colleague, since this member of the team looked at it.
    pub is_unread: bool,
    /// This member of the team has begun to write.
    pub has_draft: bool,
    /// Somebody's answer leaves in a moment.
    pub has_held_answer: bool,
}

/// A page of the list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Behind it there are more.
    pub next: Option<Cursor>,
}

/// How many tickets the views have that tell it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub mine: i64,
    pub unassigned: i64,
    pub due_soon: i64,
    pub overdue: i64,
    pub waiting: i64,
    pub snoozed: i64,
    pub quarantine: i64,
}

impl Counts {
    /// `None`: the view tells no count.
    pub fn of(&self, view: View) -> Option<i64> {
        match view {
            View::Mine => Some(self.mine),
            View::Unassigned => Some(self.unassigned),
            View::DueSoon => Some(self.due_soon),
            View::Overdue => Some(self.overdue),
            View::Waiting => Some(self.waiting),
            View::Snoozed => Some(self.snoozed),
            View::Quarantine => Some(self.quarantine),
            View::Solved | View::All => None,
        }
    }
}

/// The same for everybody at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountsOfAll {
    /// What is the same for all; nobody's `mine`.
    pub shared: Counts,
    /// `mine` by person.
    pub mine: HashMap<String, i64>,
}

impl CountsOfAll {
    /// As somebody of the team sees them.
    pub fn of(&self, staff: &str) -> Counts {
        Counts { mine: self.mine.get(staff).copied().unwrap_or_default(), ..self.shared }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is() {
        let cursor = Cursor { key: i64::MAX, id: "0036abc".into() };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        assert!(Cursor::parse("1.").is_some());
        for bad in ["", ".", "1", "x.abc", "1.a b", "1.'", "99999999999999999999.abc", &format!("1.{}", "a".repeat(65))] {
            assert_eq!(Cursor::parse(bad), None, "{bad}");
        }
    }
}
