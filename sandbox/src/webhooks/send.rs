//! Posts webhooks, one after the other, as the platform does: no more than a secret in a header.

use std::{collections::BTreeMap, io, time::Duration};

use super::Webhook;
use crate::client;

/// Whoever takes longer counts as one who doesn't answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Posts them all to an address that begins with `http://`, and says how often each status came back.
pub async fn send(to: &str, hottok: &str, webhooks: &[Webhook]) -> io::Result<BTreeMap<u16, usize>> {
    let mut answers = BTreeMap::new();
    for webhook in webhooks {
        let headers = [("Content-Type", webhook.content_type), ("X-HOTMART-HOTTOK", hottok)];
        let call = client::call("POST", to, &headers, webhook.body.as_bytes());
        let answer = tokio::time::timeout(PATIENCE, call).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        *answers.entry(answer.status).or_insert(0) += 1;
    }
    Ok(answers)
}
