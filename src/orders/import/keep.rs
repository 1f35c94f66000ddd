//! Keeps a page, in one transaction that holds the account.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::tz::TimeZone;
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::{text, whole};
use super::items::{Commissions, People, Price, Recurrence, Sale, Subscription};
use super::{HELD, Stream, Window, bodies, plan};
use crate::clock::Micros;
use crate::db::{DbError, Write};
use crate::error::ServiceError;
use crate::key::ServerKey;
use crate::orders::account::Account;
use crate::orders::client::item;
use crate::orders::figures::day_of;
use crate::orders::store::bodies::PageRow;
use crate::orders::{Orders, store};

/// What addresses of buyers are hashed for.
pub const BUYER: &str = "buyer";
pub(in crate::orders) const CONTACT: &str = "order contact";

/// An item by its code.
struct Taken<'a> {
    kept: Kept,
    code: String,
    raw: &'a RawValue,
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
    /// Nothing that we can read: it is kept as it came alone.
    Unread,
}

impl Orders {
    /// `number`: of the page in its window. False where the account isn't held any more: then nothing was written.
    pub(super) async fn keep(&self, account: &Account, window: &Window, number: i64, page: &[Box<RawValue>]) -> Result<bool, ServiceError> {
        let key = self.0.key.get()?;
        // Sealing takes longer than writing: nobody waits for it.
        let taken: Vec<Taken> = match window.stream {
            Stream::Years => Vec::new(),
            stream => once(page.iter().map(|item| take(stream, item, key, self.zone()))),
        };
        let codes: Vec<&str> = taken.iter().map(|one| one.code.as_str()).collect();
        let known = self.erased(&account.id, &codes).await?;
        let keeps_pages = self.0.settings.raw_kept_days > 0;
        let as_they_came: Vec<&Taken<'_>> = taken.iter().filter(|one| keeps_pages && !known.contains(&one.code)).collect();
        let sealed = bodies::seal(key, as_they_came.iter().map(|one| one.raw));
        let packed: Vec<&str> = as_they_came.iter().map(|one| one.code.as_str()).collect();
        let now = self.0.events.now();
        let mut write = self.0.db.begin().await?;
        if !store::renew(&mut write, &account.id, &self.0.reader, now.plus(HELD)).await? {
            return Ok(false);
        }
        if window.stream.is_years() && page.iter().any(|total| whole(&item(total), "/total_items").unwrap_or_default() > 0) {
            for window in plan::periods(window.starts_at, window.ends_at, window.round) {
                store::windows::add(&mut write, &account.id, &window).await?;
            }
        }
        let erased = store::sales::erased(&mut write, &account.id, &codes).await?;
        // Somebody was erased just now: nothing of it is kept as it came.
        let sealed = sealed.as_deref().filter(|_| erased.is_subset(&known));
        store::bodies::put(&mut write, &account.id, window, &PageRow { number, codes: &packed, sealed }, now).await?;
        let taken: Vec<Taken> = taken.into_iter().map(|one| if erased.contains(&one.code) { one.without_people() } else { one }).collect();
        let changed = put(&mut write, &account.id, &taken, now).await?;
        Self::mark_days(&mut write, &account.id, &changed).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn erased(&self, account: &str, codes: &[&str]) -> Result<HashSet<String>, ServiceError> {
        let mut read = self.0.db.ready().await?.acquire().await.map_err(DbError::from)?;
        Ok(store::sales::erased(&mut read, account, codes).await?)
    }
}

/// By what a buyer is found, and erased.
pub(in crate::orders) fn buyer_key(key: &ServerKey, email: Option<&str>) -> Option<String> {
    email.map(|email| key.tag(BUYER, &[email.to_lowercase().as_bytes()]))
}

impl Taken<'_> {
    /// What is left of it after its people were erased.
    fn without_people(self) -> Self {
        let kept = match self.kept {
            Kept::Sale(sale, buyer, day) => Kept::Sale(Box::new(sale.without_buyer()), buyer, day),
            Kept::People(people, _) => Kept::People(people, None),
            Kept::Subscription(subscription, subscriber) => Kept::Subscription(subscription.without_subscriber(), subscriber),
            other => other,
        };
        Self { kept, ..self }
    }
}

fn take<'a>(stream: Stream, raw: &'a RawValue, key: &ServerKey, zone: &TimeZone) -> Taken<'a> {
    let item = &item(raw);
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
    let code = code_of(stream, item);
    if kept.is_none() {
        tracing::warn!(stream = stream.word(), "an item of Hotmart's has no code or status; it is kept as it came");
    }
    Taken { kept: kept.unwrap_or(Kept::Unread), code: code.unwrap_or_else(|| key.tag("order body", &[raw.get().as_bytes()])), raw }
}

/// Of the sale or the subscription that an item is about.
pub(super) fn code_of(stream: Stream, item: &Value) -> Option<String> {
    let pointers: &[&str] =
        if stream == Stream::Subscriptions { &["/subscriber_code"] } else { &["/purchase/transaction", "/transaction", "/subscriber_code"] };
    pointers.iter().find_map(|pointer| text(item, pointer))
}

/// Each item once, what comes later in a page being newer, in an order that is the same for every writer.
fn once<'a>(taken: impl Iterator<Item = Taken<'a>>) -> Vec<Taken<'a>> {
    let by_code: BTreeMap<String, Taken<'a>> = taken.map(|one| (one.code.clone(), one)).collect();
    by_code.into_values().collect()
}

/// Returns the days whose sums are others now.
async fn put(write: &mut Write, account: &str, taken: &[Taken<'_>], now: Micros) -> Result<BTreeSet<i64>, ServiceError> {
    let (mut sales, mut people, mut commissions) = (Vec::new(), Vec::new(), Vec::new());
    let (mut prices, mut subscriptions, mut recurrences) = (Vec::new(), Vec::new(), Vec::new());
    for one in taken {
        match &one.kept {
            Kept::Sale(sale, buyer, day) => sales.push((&**sale, buyer.as_deref(), *day)),
            Kept::People(of, contact) => people.push((of, contact.as_deref())),
            Kept::Commissions(of) => commissions.push(of),
            Kept::Price(price) => prices.push(price),
            Kept::Subscription(subscription, subscriber) => subscriptions.push((subscription, subscriber.as_deref())),
            Kept::Recurrence(recurrence) => recurrences.push(recurrence),
            Kept::Unread => {}
        }
    }
    let mut changed: BTreeSet<i64> = store::sales::put(write, account, &sales, now).await?.into_iter().collect();
    changed.extend(store::details::put_people(write, account, &people).await?);
    changed.extend(store::details::put_commissions(write, account, &commissions).await?);
    store::details::put_prices(write, account, &prices).await?;
    store::details::put_subscriptions(write, account, &subscriptions, now).await?;
    store::details::put_recurrences(write, account, &recurrences).await?;
    Ok(changed)
}
