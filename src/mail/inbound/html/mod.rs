//! The HTML of an email as plain text, for people who answer it and for `quoted`, which cuts off what the email quotes.
//!
//! The text keeps what the writer saw as lines: paragraphs, items, rows of a table. Where a link leads stands behind its text. Quoted
//! lines bear the marks that plain emails have, and the dashes that come before a signature are put where a mail program leaves them out.
//!
//! An email may be built to harm. Nothing here calls itself for each element, and each byte is looked at a fixed number of times.

mod elements;
mod inside;
mod lines;
mod links;
mod open;
mod page;
mod pictures;
mod quotes;
mod reader;
mod rows;
mod style;
mod tags;
mod tokens;

#[cfg(test)]
mod tests;

/// The text of an email's HTML, of at most so many characters.
pub(super) fn text_of(html: &str, chars_max: usize) -> String {
    tokens::read(html, page::Page::new(chars_max)).into_text()
}
