//! Languages, and every word of the interface in each of them. One file per room: a struct of texts and one constant per
//! language, so that a missing translation does not compile.

mod articles;
mod common;
mod contact;
mod conversation;
pub mod countries;
mod files;
mod lang;
mod letters;
mod login;
mod mail;
mod markdown;
mod moments;
mod preview;
mod promise;
mod search;
mod send_now;
mod steps;
mod tickets;

pub use articles::ArticleTexts;
pub use common::CommonTexts;
pub use contact::ContactTexts;
pub use conversation::ConversationTexts;
pub use files::FileTexts;
pub use lang::{Lang, PerLang};
pub use letters::LetterTexts;
pub use login::LoginTexts;
pub use mail::MailTexts;
pub use markdown::MarkdownTexts;
pub use search::SearchTexts;
pub use send_now::SendNowTexts;
pub use steps::StepTexts;
pub use tickets::TicketTexts;
