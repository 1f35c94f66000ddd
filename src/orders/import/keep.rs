//! Keeps a page, in one transaction that holds the account.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde_json::Value;

use super::fields::{text, whole};
use super::items::{Commissions, People, Price, Recurrence, Sale, Subscription};
use super::{HELD, Stream, Window, plan};
use crate::clock::Micros;
use crate::db::Write;
use crate::error::ServiceError;
use crate::key::ServerKey;
use crate::orders::account::Account;
use crate::orders::figures::day_of;
use crate::orders::{Orders, store};

/// What addresses of buyers are hashed for.
pub const BUYER: &str = "buyer";
pub(in crate::orders) const BODY: &str = "order bodies";
pub(in crate::orders) const CONTACT: &str = "order contact";

/// An item with what is kept sealed of it.
struct Taken {
    kept: Kept,
    code: String,
    body: Option<String>,
}

/// What an item is.
enum Kept {
    /// With the keyed hash of the buyer's address, and the day that it counts on.
    Sale(Box<Sale>, Option<String>, Option<i64>),
    People(People, Option<String>),
    Commissions(Commissions),
    Price(Price),
    Subscription(Subscription, Option<String>),
    Recurrence(Recurrence),
    /// Nothing that we can read: its body alone is kept.
    Unread,
}

impl Orders {
    /// False where the account isn't held any more: then nothing was written.
    pub(super) async fn keep(&self, account: &Account, window: &Window, page: &[Value]) -> Result<bool, ServiceError> {
        let key = self.0.key.get()?;
        let keeps_bodies = self.0.settings.raw_kept_days > 0;
        // Sealing takes longer than writing: nobody waits for it.
        let taken: Vec<Taken> = if window.stream.is_years() {
            Vec::new()
        } else {
            page.iter().map(|item| take(window.stream, item, key, keeps_bodies, self.zone())).collect()
        };
        let now = self.0.events.now();
        let mut write = self.0.db.begin().await?;
        if !store::renew(&mut write, &account.id, &self.0.reader, now.plus(HELD)).await? {
            return Ok(false);
        }
        if window.stream.is_years() && page.iter().any(|total| whole(total, "/total_items").unwrap_or_default() > 0) {
            for window in plan::periods(window.starts_at, window.ends_at, window.round) {
                store::windows::add(&mut write, &account.id, &window).await?;
            }
        }
        let erased = store::sales::erased(&mut write, &account.id).await?;
        let mut changed = BTreeSet::new();
        for one in taken {
            let one = if erased.contains(&one.code) { one.without_people() } else { one };
            changed.extend(put(&mut write, &account.id, window.stream, &one, now).await?);
        }
        Self::mark_days(&mut write, &account.id, &changed).await?;
        write.commit().await?;
        Ok(true)
    }
}

/// By what a buyer is found, and erased.
pub(in crate::orders) fn buyer_key(key: &ServerKey, email: Option<&str>) -> Option<String> {
    email.map(|email| key.tag(BUYER, &[email.to_lowercase().as_bytes()]))
}

impl Taken {
    /// What is left of it after its people were erased.
    fn without_people(self) -> Self {
        let kept = match self.kept {
            Kept::Sale(sale, buyer, day) => Kept::Sale(Box::new(sale.without_buyer()), buyer, day),
            Kept::People(people, _) => Kept::People(people, None),
            Kept::Subscription(subscription, subscriber) => Kept::Subscription(subscription.without_subscriber(), subscriber),
            other => other,
        };
        Self { kept, body: None, ..self }
    }
}

fn take(stream: Stream, item: &Value, key: &ServerKey, keeps_body: bool, zone: &TimeZone) -> Taken {
    let kept = match stream {
        Stream::Sales => Sale::of(item).map(|sale| {
            let buyer = buyer_key(key, sale.buyer_email.as_deref());
            let day = day_of(sale.approved_at, sale.ordered_at, zone);
            Kept::Sale(Box::new(sale), buyer, day)
        }),
        Stream::People => People::of(item).map(|people| {
            let contact = people.contact.as_deref().and_then(|contact| key.seal(CONTACT, contact.as_bytes()));
            Kept::People(people, contact)
        }),
        Stream::Commissions => Commissions::of(item).map(Kept::Commissions),
        Stream::Prices => Price::of(item).map(Kept::Price),
        Stream::Subscriptions => Subscription::of(item).map(|subscription| {
            let subscriber = buyer_key(key, subscription.subscriber_email.as_deref());
            Kept::Subscription(subscription, subscriber)
        }),
        Stream::Recurrences => Recurrence::of(item).map(Kept::Recurrence),
        Stream::Years => None,
    };
    let written = item.to_string();
    let code = ["/purchase/transaction", "/transaction", "/subscriber_code"].iter().find_map(|pointer| text(item, pointer));
    let code = if stream == Stream::Subscriptions { text(item, "/subscriber_code") } else { code };
    if kept.is_none() {
        tracing::warn!(stream = stream.word(), "an item of Hotmart's has no code or status; its body is kept");
    }
    Taken {
        kept: kept.unwrap_or(Kept::Unread),
        code: code.unwrap_or_else(|| key.tag("order body", &[written.as_bytes()])),
        body: if keeps_body { key.seal(BODY, written.as_bytes()) } else { None },
    }
}

/// Returns the days whose sums are others now.
async fn put(write: &mut Write, account: &str, stream: Stream, taken: &Taken, now: Micros) -> Result<Vec<i64>, ServiceError> {
    let changed = match &taken.kept {
        Kept::Sale(sale, buyer, day) => store::sales::put(write, account, sale, buyer.as_deref(), *day, now).await?,
        Kept::People(people, contact) => store::details::put_people(write, account, people, contact.as_deref()).await?.into_iter().collect(),
        Kept::Commissions(commissions) => store::details::put_commissions(write, account, commissions).await?.into_iter().collect(),
        Kept::Price(price) => {
            store::details::put_price(write, account, price).await?;
            Vec::new()
        }
        Kept::Subscription(subscription, subscriber) => {
            store::details::put_subscription(write, account, subscription, subscriber.as_deref(), now).await?;
            Vec::new()
        }
        Kept::Recurrence(recurrence) => {
            store::details::put_recurrence(write, account, recurrence).await?;
            Vec::new()
        }
        Kept::Unread => Vec::new(),
    };
    if let Some(body) = &taken.body {
        store::sales::put_body(write, account, stream.word(), &taken.code, body, now).await?;
    }
    Ok(changed)
}
