//! Reads one window, page by page.

use std::collections::HashMap;

use super::{HELD, Stream, Window, plan};
use crate::error::ServiceError;
use crate::orders::account::Account;
use crate::orders::client::{CallError, Client, Page};
use crate::orders::{Orders, store};

/// Items of a page. Hotmart makes it less where that is too many.
const PAGE_ITEMS: &str = "500";
/// Far more than a window has: a list without an end is left.
const PAGES_MAX: usize = 5_000;
/// A page that names itself as the next one may name the right one when it is asked again.
const SAME_PAGE_MAX: u32 = 2;
/// What stands beside a window that could not be read although Hotmart answers.
const ENDLESS: &str = "endless";

/// How a window ended.
pub(super) enum Ended {
    /// It is read, or cut into shorter ones.
    Done,
    /// The account is paused, gone, or another process has it.
    NotHeld,
    Failed(CallError),
}

/// How one question ended.
enum Asked {
    Items(i64),
    NotHeld,
    /// The pages led back to one that was read already.
    Endless,
    Failed(CallError),
}

impl Orders {
    pub(super) async fn read_window(
        &self,
        account: &Account,
        client: &Client,
        window: &Window,
        is_stopping: &(dyn Fn() -> bool + Sync),
    ) -> Result<Ended, ServiceError> {
        let statuses = window.stream.statuses();
        let mut one_status = self.is_one_status(&account.id).await?;
        loop {
            let groups: Vec<&[&str]> = if one_status { statuses.chunks(1).collect() } else { vec![&statuses[..]] };
            let (mut items, mut pages) = (0, 0);
            let mut ended = None;
            for group in groups {
                match self.ask(account, client, (window, &mut pages), group, is_stopping).await? {
                    Asked::Items(count) => items += count,
                    other => {
                        ended = Some(other);
                        break;
                    }
                }
            }
            match ended {
                None => return self.end(account, window, items).await,
                Some(Asked::Failed(CallError::ValueRefused)) if !one_status && statuses.len() > 1 => {
                    self.ask_one_status(&account.id).await?;
                    one_status = true;
                }
                Some(Asked::Failed(error @ (CallError::TooSlow | CallError::PeriodRefused))) => {
                    return self.cut(&account.id, window, error.word()).await;
                }
                Some(Asked::Failed(error @ CallError::ValueRefused)) => return self.leave(&account.id, window, error.word()).await,
                Some(Asked::Endless) => return self.cut(&account.id, window, ENDLESS).await,
                Some(Asked::Failed(error)) => return Ok(Ended::Failed(error)),
                Some(Asked::NotHeld | Asked::Items(_)) => return Ok(Ended::NotHeld),
            }
        }
    }

    /// All pages of one question. While one is being kept, the next is asked for. `pages`: of the window, that were kept until now.
    async fn ask(
        &self,
        account: &Account,
        client: &Client,
        (window, pages): (&Window, &mut i64),
        statuses: &[&str],
        is_stopping: &(dyn Fn() -> bool + Sync),
    ) -> Result<Asked, ServiceError> {
        let (begins, ends) = window.stream.period();
        let (from, to) = ((window.starts_at.0 / 1000).to_string(), (window.ends_at.0 / 1000).to_string());
        let page_of = async |token: Option<&str>| {
            let mut question = vec![(begins, from.as_str()), (ends, to.as_str()), ("max_results", PAGE_ITEMS)];
            question.extend(statuses.iter().map(|status| ("transaction_status", *status)));
            question.extend(token.map(|token| ("page_token", token)));
            client.page(window.stream.path(), &question).await
        };
        let (mut seen, mut items) = (HashMap::new(), 0);
        let mut asked = page_of(None).await;
        for _ in 0..PAGES_MAX {
            let Page { items: page, next } = match asked {
                Ok(page) => page,
                Err(error) => return Ok(Asked::Failed(error)),
            };
            items += i64::try_from(page.len()).unwrap_or(i64::MAX);
            let is_cut = next.is_some() && is_stopping();
            let next = next.filter(|_| !is_cut);
            let times: u32 = next.as_ref().map_or(0, |next| {
                let times = seen.entry(next.clone()).or_default();
                *times += 1;
                *times
            });
            let is_endless = times > SAME_PAGE_MAX;
            let following = async {
                match &next {
                    Some(next) if !is_endless => Some(page_of(Some(next)).await),
                    _ => None,
                }
            };
            let (kept, following) = tokio::join!(self.keep(account, window, *pages, &page), following);
            *pages += 1;
            asked = match (kept?, following) {
                (false, _) => return Ok(Asked::NotHeld),
                (true, Some(following)) => following,
                (true, None) if is_endless => return Ok(Asked::Endless),
                (true, None) if is_cut => return Ok(Asked::NotHeld),
                (true, None) => return Ok(Asked::Items(items)),
            };
        }
        Ok(Asked::Endless)
    }

    async fn is_one_status(&self, account: &str) -> Result<bool, ServiceError> {
        let mut write = self.0.db.begin().await?;
        Ok(store::stand(&mut write, account).await?.is_some_and(|stand| stand.one_status != 0))
    }

    async fn ask_one_status(&self, account: &str) -> Result<(), ServiceError> {
        let mut write = self.0.db.begin().await?;
        store::set_one_status(&mut write, account).await?;
        Ok(write.commit().await?)
    }

    async fn end(&self, account: &Account, window: &Window, items: i64) -> Result<Ended, ServiceError> {
        let now = self.0.events.now();
        let mut write = self.0.db.begin().await?;
        if !store::renew(&mut write, &account.id, &self.0.reader, now.plus(HELD)).await? {
            return Ok(Ended::NotHeld);
        }
        store::windows::done(&mut write, &account.id, window, items, now).await?;
        store::set_answer(&mut write, &account.id, Some(now), None, None).await?;
        write.commit().await?;
        Ok(Ended::Done)
    }

    /// A shorter period may do. One that is as short as can be is left, and shown.
    async fn cut(&self, account: &str, window: &Window, problem: &str) -> Result<Ended, ServiceError> {
        let Some(halves) = plan::halves(window) else { return self.leave(account, window, problem).await };
        let mut write = self.0.db.begin().await?;
        store::windows::drop(&mut write, account, window).await?;
        for half in &halves {
            store::windows::add(&mut write, account, half).await?;
        }
        write.commit().await?;
        Ok(Ended::Done)
    }

    async fn leave(&self, account: &str, window: &Window, problem: &str) -> Result<Ended, ServiceError> {
        tracing::warn!(account, stream = window.stream.word(), problem, "a period of an account could not be read; `ajuda orders status` lists it");
        let mut write = self.0.db.begin().await?;
        store::windows::failed(&mut write, account, window, problem).await?;
        write.commit().await?;
        Ok(Ended::Done)
    }
}

impl Stream {
    pub(super) fn is_years(self) -> bool {
        self == Self::Years
    }
}
