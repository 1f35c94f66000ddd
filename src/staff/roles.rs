//! Who may do what on the desk: one table, role by action. Every route of the desk names its action.

use crate::values::words::words;

/// What somebody is in the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Works tickets.
    Agent,
    /// Also looks after how others work.
    Lead,
    /// Also decides who belongs to the team, and how the desk is set up.
    Admin,
}

words!(Role { Agent => "agent", Lead => "lead", Admin => "admin" });

/// What a route of the desk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// One's own settings, password, second factor and sessions.
    OwnAccount,
    /// One's own second factor and recovery codes: who has them gets in.
    OwnSecondFactor,
    /// Reading and answering tickets, and everything else that is done to them.
    WorkTickets,
    /// The figures of others.
    SeeFigures,
    /// Saved replies that everybody uses.
    ShareSavedReplies,
    /// What goes into quarantine.
    SetQuarantine,
    /// Telephone, document and postal address of a buyer.
    SeeContact,
    /// Who belongs to the team, and in which role.
    ManagePeople,
    /// How the desk is set up.
    ManageSettings,
    /// Which accounts sales are read from, and their keys.
    ManageOrderAccounts,
}

words!(Action {
    OwnAccount => "own_account",
    OwnSecondFactor => "own_second_factor",
    WorkTickets => "work_tickets",
    SeeFigures => "see_figures",
    ShareSavedReplies => "share_saved_replies",
    SetQuarantine => "set_quarantine",
    SeeContact => "see_contact",
    ManagePeople => "manage_people",
    ManageSettings => "manage_settings",
    ManageOrderAccounts => "manage_order_accounts",
});

impl Role {
    /// The table.
    pub fn may(self, action: Action) -> bool {
        match action {
            Action::OwnAccount | Action::OwnSecondFactor | Action::WorkTickets => true,
            Action::SeeFigures | Action::ShareSavedReplies | Action::SetQuarantine | Action::SeeContact => {
                matches!(self, Self::Lead | Self::Admin)
            }
            Action::ManagePeople | Action::ManageSettings | Action::ManageOrderAccounts => self == Self::Admin,
        }
    }
}

impl Action {
    /// Whether the password is asked again when it was typed a while ago.
    pub fn is_dangerous(self) -> bool {
        matches!(self, Self::ManagePeople | Self::OwnSecondFactor | Self::ManageOrderAccounts)
    }
}
