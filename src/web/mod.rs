//! The HTTP kit: what every address shares. It knows no room.

pub mod assets;
pub mod cache;
pub mod client_ip;
pub mod cookie;
pub mod failure;
pub mod fast_path;
pub mod form;
pub mod headers;
pub mod html;
pub mod kept;
pub mod language;
pub mod listen;
pub mod listeners;
pub mod log;
mod log_line;
mod metered;
pub mod metrics;
pub mod origin;
mod paced;
pub mod page_cache;
pub mod posted;
pub mod read_log;
pub mod redirect;
pub mod referer;
pub mod request_log;
pub mod shares;

pub use cache::CachePolicy;
pub use failure::Failure;
