//! What staff work from: views of tickets, how many there are, which is next, and finding one.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Tickets;
use super::model::list::{Counts, CountsOfAll, Cursor, Filter, Page, Row, SaleFilter, View};
use super::model::{EMAIL_MAX_CHARS, Email, Reference, TransactionCode};
use super::store::{self, find, lists};
use crate::clock::Micros;
use crate::error::ServiceError;

/// A ticket that is next for somebody is led to by nobody else for so long.
const CLAIM_MICROS: i64 = 10 * Micros::MINUTE;
/// Of so many one is free, even if all others reach for them at this moment.
const CANDIDATES_MAX: i64 = 100;
const FOUND_MAX: usize = 20;
/// Tickets that a filtered page looks at.
const FILTERED_MAX: i64 = 2_000;
const TAGS_MAX: usize = 40;

/// The list; from [`Tickets::lists`].
pub struct Lists<'a>(pub(super) &'a Tickets);

impl Lists<'_> {
    /// A page of a view, as somebody of the team sees it, after the end of the page before. A ticket that nobody touches comes exactly once. Where a
    /// filter leaves little of what is over, or asks for what customers bought, a page looks at two thousand of them and may be short, or empty,
    /// although there is a next one.
    pub async fn page(&self, view: View, filter: &Filter, staff: &str, after: Option<&Cursor>, limit: u32) -> Result<Page, ServiceError> {
        let (pool, now) = (self.0.0.db.ready().await?, self.0.0.events.now());
        // What is open is little enough for a look at all of it, unless each ticket's customer has to be looked up among the buyers.
        let is_over = matches!(view, View::Solved | View::All);
        let is_far = filter.sale != SaleFilter::default() || (is_over && *filter != Filter::default());
        let far = if is_far { lists::far(&pool, view, after, FILTERED_MAX).await? } else { None };
        // One more than a page has, so that it shows whether there is more.
        let asked = lists::Asked { view, filter, staff, after, limit: i64::from(limit) + 1, now, far: far.as_ref() };
        let mut found = lists::page(&pool, asked).await?;
        let has_more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let last = found.last().filter(|_| has_more).map(|(_, cursor)| cursor.clone());
        // All up to there have been looked at.
        let next = last.or(far);
        Ok(Page { rows: found.into_iter().map(|(row, _)| row).collect(), next })
    }

    /// How many tickets each view has for somebody, all counted at the same moment.
    pub async fn counts(&self, staff: &str) -> Result<Counts, ServiceError> {
        Ok(lists::counts(&self.0.0.db.ready().await?, staff, self.0.0.events.now()).await?)
    }

    /// The same for everybody at once.
    pub async fn counts_of_all(&self) -> Result<CountsOfAll, ServiceError> {
        Ok(lists::counts_of_all(&self.0.0.db.ready().await?, self.0.0.events.now()).await?)
    }

    /// The ticket that is due first among those that somebody may work at: nobody's or their own, and claimed by nobody else. It is theirs for ten
    /// minutes. `but` is the one that they have before them; those that they were led to before come last. `None`: there is nothing to do.
    pub async fn next(&self, staff: &str, but: Option<&Reference>) -> Result<Option<Reference>, ServiceError> {
        let mut write = self.0.0.db.begin().await?;
        let now = self.0.0.events.now();
        for id in lists::candidates(&mut write, staff, but.map_or("", Reference::as_str), now, CANDIDATES_MAX).await? {
            if lists::claim(&mut write, &id, staff, now.plus(CLAIM_MICROS), now).await? {
                let ticket = store::by_id(&mut *write, &id).await?.ok_or(ServiceError::NotFound)?;
                write.commit().await?;
                return Ok(Some(ticket.key.reference));
            }
        }
        write.undo().await?;
        Ok(None)
    }

    /// Tickets by reference, email address, transaction code or subject, newest first; a handful at most. Of all but the code the first three characters
    /// are enough. One whose whole reference was typed comes first.
    pub async fn find(&self, typed: &str, staff: &str) -> Result<Vec<Row>, ServiceError> {
        // A database takes no such character in a text.
        let typed = typed.replace('\0', "");
        let (pool, typed, limit) = (self.0.0.db.ready().await?, typed.trim(), FOUND_MAX as i64);
        let mut ids = Vec::new();
        if let Some((first, last)) = Reference::beginning(typed) {
            ids.extend(find::by_reference(&pool, first.as_str(), last.as_str(), limit).await?);
        }
        let is_address = typed.chars().count() <= EMAIL_MAX_CHARS && !typed.contains(char::is_whitespace);
        if is_address {
            let address = Email::parse(typed).map_or_else(|_| typed.to_ascii_lowercase(), |email| email.key());
            ids.extend(find::by_address(&pool, &address, limit).await?);
        }
        if let Ok(code) = TransactionCode::parse(typed, None) {
            ids.extend(find::by_code(&pool, code.as_str(), limit).await?);
        }
        ids.extend(find::by_subject(&pool, typed, limit).await?);
        let mut seen = HashSet::new();
        let mut rows = Vec::new();
        for id in ids.iter().filter(|id| seen.insert(*id)) {
            rows.extend(lists::one(&pool, staff, id).await?);
        }
        let whole = Reference::parse(typed);
        rows.sort_by_key(|row| (whole.as_ref() != Some(&row.reference), Reverse(row.created_at)));
        rows.truncate(FOUND_MAX);
        Ok(rows)
    }

    /// Somebody has looked at a ticket as it stood at an event. The number has to be read before what the page shows.
    pub async fn mark_read(&self, staff: &str, ticket: &str, seq: i64) -> Result<(), ServiceError> {
        let mut write = self.0.0.db.begin().await?;
        lists::mark_read(&mut write, staff, ticket, seq).await?;
        Ok(write.commit().await?)
    }

    /// Tags that are on open tickets, the most used first.
    pub async fn tags_in_use(&self) -> Result<Vec<String>, ServiceError> {
        let sets = lists::tags_in_use(&self.0.0.db.ready().await?, 200).await?;
        let mut tags: Vec<String> = Vec::new();
        for tag in sets.iter().flat_map(|set| set.split_whitespace()) {
            if tags.len() < TAGS_MAX && !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
        Ok(tags)
    }
}
