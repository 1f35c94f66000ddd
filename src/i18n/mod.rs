//! Languages, and every word of the interface in each of them. One file per room: a struct of texts and one constant per
//! language, so that a missing translation does not compile.

mod articles;
mod buyer;
mod challenge;
mod common;
mod contact;
mod conversation;
pub mod countries;
mod desk;
mod files;
mod inbound;
mod lang;
mod mail;
mod markdown;
mod moments;
mod notifications;
mod numbers;
mod preview;
pub mod promise;
mod search;
mod sign_in;
mod staff_mail;
mod steps;
mod tickets;

pub use articles::ArticleTexts;
pub use buyer::BuyerTexts;
pub use challenge::ChallengeTexts;
pub use common::CommonTexts;
pub use contact::ContactTexts;
pub use conversation::ConversationTexts;
pub use desk::{
    DeskAccountTexts, DeskKeysTexts, DeskListTexts, DeskLogInTexts, DeskMailTexts, DeskPeopleTexts, DeskRepliesTexts, DeskReportsTexts,
    DeskTicketTexts, DeskToolsTexts, FigureTexts,
};
pub use files::FileTexts;
pub use inbound::InboundTexts;
pub use lang::{Lang, PerLang};
pub use mail::MailTexts;
pub use markdown::MarkdownTexts;
pub use notifications::NotificationTexts;
pub use search::SearchTexts;
pub use sign_in::SignInTexts;
pub use staff_mail::StaffMailTexts;
pub use steps::StepTexts;
pub use tickets::TicketTexts;
