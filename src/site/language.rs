//! The language of an address.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::app::App;
use crate::i18n::Lang;
use crate::web::{Failure, language};

/// The language that an address begins with; anything else in its place is no page.
pub struct Language(pub Lang);

impl FromRequestParts<App> for Language {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        language::of_path(parts.uri.path()).map(Self).ok_or(Failure::NotFound)
    }
}
