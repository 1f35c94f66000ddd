//! Words of the room `tickets`.

use super::Lang;

pub struct TicketTexts {}

impl Lang {
    pub fn tickets(self) -> &'static TicketTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: TicketTexts = TicketTexts {};
const ES: TicketTexts = TicketTexts {};
const EN: TicketTexts = TicketTexts {};
