//! What Hotmart tells by itself. It only speeds things up: the next reading has the last word.

use serde_json::Value;

use super::Orders;
use super::figures::day_of;
use super::import::Sale;
use super::import::fields::{moment, money, text, whole};
use super::import::keep::buyer_key;
use super::status::of_webhook;
use super::store;
use super::store::sales::WebhookRow;
use crate::error::ServiceError;
use crate::key::same;

/// The only version whose events have an id, and whose secret is in a header.
const VERSION: &str = "2.0.0";
const ID_MAX_CHARS: usize = 100;

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// No such account, or another secret: which one is nobody's business.
    #[error("not from Hotmart")]
    NotFromHotmart,
    #[error("another version than 2.0.0")]
    Version,
    #[error("not a webhook")]
    NotOne,
    #[error("{0}")]
    Failed(#[from] ServiceError),
}

impl From<crate::db::DbError> for WebhookError {
    fn from(error: crate::db::DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl Orders {
    /// Takes a webhook of an account. `hottok` is its header; some events have it in the body alone. One that was taken before changes nothing.
    pub async fn take_webhook(&self, account: &str, hottok: Option<&str>, body: &[u8]) -> Result<(), WebhookError> {
        let right = self.accounts().hottok(account).await?;
        let parsed: Option<Value> = serde_json::from_slice(body).ok();
        let in_body = parsed.as_ref().and_then(|body| body.get("hottok")?.as_str());
        // Whoever has no account here waits as long as who has a wrong secret.
        let is_right = same(hottok.or(in_body).unwrap_or_default(), right.as_deref().unwrap_or("\0"));
        if !is_right || right.is_none_or(|right| right.is_empty()) {
            return Err(WebhookError::NotFromHotmart);
        }
        let body = parsed.ok_or(WebhookError::Version)?;
        if text(&body, "/version").as_deref() != Some(VERSION) {
            return Err(WebhookError::Version);
        }
        let id = text(&body, "/id").filter(|id| id.chars().count() <= ID_MAX_CHARS).ok_or(WebhookError::NotOne)?;
        let event = text(&body, "/event").ok_or(WebhookError::NotOne)?;
        let created_at = moment(&body, "/creation_date").or_else(|| moment(&body, "/creationDate")).ok_or(WebhookError::NotOne)?;
        let sale = body.get("data").and_then(told);
        let now = self.0.events.now();
        let mut write = self.0.db.begin().await?;
        let sale = match sale {
            Some(sale) if store::sales::erased(&mut write, account).await?.contains(&sale.code) => Some(sale.without_buyer()),
            sale => sale,
        };
        let buyer = buyer_key(self.0.key.get().map_err(ServiceError::from)?, sale.as_ref().and_then(|sale| sale.buyer_email.as_deref()));
        let row = WebhookRow { id: &id, event: &event, created_at, code: sale.as_ref().map(|sale| sale.code.as_str()) };
        if store::sales::take_webhook(&mut write, account, &row, now).await?
            && let Some(sale) = &sale
        {
            let day = day_of(sale.approved_at, sale.ordered_at, self.zone());
            let changed = store::sales::put_told(&mut write, account, sale, buyer.as_deref(), day, created_at.min(now), now).await?;
            Self::mark_days(&mut write, account, &changed.into_iter().collect()).await?;
        }
        Ok(write.commit().await?)
    }
}

/// The sale in a webhook, in the API's words; `None` where it is about something else.
fn told(data: &Value) -> Option<Sale> {
    let status = text(data, "/purchase/status")?;
    Some(Sale {
        code: text(data, "/purchase/transaction")?,
        status: of_webhook(&status).to_owned(),
        product: text(data, "/product/id"),
        product_name: text(data, "/product/name"),
        buyer: None,
        buyer_name: text(data, "/buyer/name"),
        buyer_email: text(data, "/buyer/email"),
        ordered_at: moment(data, "/purchase/order_date"),
        approved_at: moment(data, "/purchase/approved_date"),
        guarantee_until: None,
        price: money(data, "/purchase/price", "value"),
        fee: None,
        payment_type: text(data, "/purchase/payment/type"),
        payment_method: None,
        installments: whole(data, "/purchase/payment/installments_number"),
        offer: text(data, "/purchase/offer/code"),
        source: None,
        sck: None,
        external_code: None,
        recurrence: whole(data, "/purchase/recurrence_number"),
        is_subscription: data.get("subscription").is_some(),
        commission_as: None,
    })
}
