//! What Hotmart said about a sale or a subscription, as it came.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::keep::code_of;
use super::{Stream, bodies};
use crate::error::ServiceError;
use crate::orders::client::item;
use crate::orders::{Orders, store};

/// A code is in a page of each list for each reason to read it; more than that only where codes look alike.
const PAGES_MAX: i64 = 200;

impl Orders {
    /// What each list said of a code last, as far as it's kept.
    pub async fn raw(&self, code: &str) -> Result<BTreeMap<&'static str, Box<RawValue>>, ServiceError> {
        let key = self.0.key.get()?;
        let mut said = BTreeMap::new();
        for (stream, sealed) in store::bodies::with_code(&self.0.db.ready().await?, code, PAGES_MAX).await? {
            let Some(stream) = Stream::parse(&stream) else { continue };
            let items = bodies::unseal(key, &sealed).unwrap_or_default();
            let of_code = items.into_iter().rfind(|raw| code_of(stream, &item(raw)).as_deref() == Some(code));
            said.extend(of_code.map(|raw| (stream.word(), raw)));
        }
        Ok(said)
    }
}
