//! The HTML kit: what every page shares. The way of a page is one line: a handler loads the data, hands it to a component as
//! properties, [`render::page`] makes the bytes.

pub mod brand;
pub mod error_page;
pub mod frame;
pub mod icons;
pub mod logo;
pub mod parts;
pub mod render;
pub mod search_bar;
pub mod site;
pub mod text_area;
pub mod theme;
pub mod times;

pub use frame::{Frame, SearchPlace};
pub use site::{Site, SiteSettings};
pub use text_area::TextArea;
