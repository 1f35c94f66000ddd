//! Where a ticket stands, and what moves it.

use crate::values::words::words;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody has looked at it.
    New,
    /// It's staff's turn.
    Open,
    /// Staff wait for the customer.
    Pending,
    Solved,
    Closed,
}

words!(Status { New => "new", Open => "open", Pending => "pending", Solved => "solved", Closed => "closed" });

/// What moves a ticket from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    Opened,
    /// Staff take up again what was solved, or what waits for the customer.
    Reopened,
    Answered,
    CustomerWrote,
    Solved,
    Closed,
}

impl Status {
    /// The only moves there are; `None` where one is not possible.
    pub fn after(self, transition: Transition) -> Option<Self> {
        match (self, transition) {
            (Self::Closed, _) => None,
            (_, Transition::Closed) => Some(Self::Closed),
            (Self::New, Transition::Opened) => Some(Self::Open),
            (Self::Solved | Self::Pending, Transition::Reopened) => Some(Self::Open),
            (Self::New | Self::Open | Self::Pending | Self::Solved, Transition::Answered) => Some(Self::Pending),
            // What nobody has looked at stays new, however often the customer writes.
            (Self::New, Transition::CustomerWrote) => Some(Self::New),
            (Self::Open | Self::Pending | Self::Solved, Transition::CustomerWrote) => Some(Self::Open),
            (Self::New | Self::Open | Self::Pending, Transition::Solved) => Some(Self::Solved),
            (Self::Open | Self::Pending | Self::Solved, Transition::Opened)
            | (Self::Solved, Transition::Solved)
            | (Self::New | Self::Open, Transition::Reopened) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_a_closed_ticket_and_one_that_a_customer_writes_in_is_open_again() {
        use Transition::*;
        for transition in [Opened, Answered, CustomerWrote, Solved, Closed] {
            assert_eq!(Status::Closed.after(transition), None);
        }
        assert_eq!(Status::New.after(Answered), Some(Status::Pending));
        assert_eq!(Status::Solved.after(CustomerWrote), Some(Status::Open));
        assert_eq!(Status::New.after(CustomerWrote), Some(Status::New));
        assert_eq!(Status::Solved.after(Solved), None);
    }

    #[test]
    fn stored_words_are_read_back() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.word()), Some(*status));
        }
        assert_eq!(Status::parse("Open"), None);
    }
}
