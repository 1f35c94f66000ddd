//! The SQL of the list that staff work from: by keys, never by counting rows away, so that a page costs the same however many there are. Every ticket has an
//! address; it is joined from the left nevertheless, so that SQLite never begins with a million addresses and looks for the tickets of each.

use sqlx::AnyPool;

use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::tickets::model::list::{Counts, CountsOfAll, Cursor, DUE_SOON_MICROS, Filter, Row, SaleFilter, View};
use crate::tickets::model::{Priority, QuarantineReason, Reference, Status, Tag};

/// What is open, by when it is due. `$1` is who looks; `$13` now; `$14` to `$17` make the view: customer's turn, snoozed, and between which moments it is
/// due.
const OPEN: &str = "
    SELECT tickets.id, reference, tickets.name, written AS email, subject, reason, tickets.lang, priority, status, quarantine, tags, tickets.created_at,
        due_at, snoozed_until, assignee, staff.name AS assignee_name, COALESCE(due_at, 9223372036854775807) AS sort_key,
        (SELECT SUBSTR(body, 1, 160) FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_last,
        (SELECT author_kind FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_by,
        (SELECT COUNT(*) FROM events WHERE events.ticket = tickets.id
            AND seq > COALESCE((SELECT seen.seq FROM ticket_reads AS seen WHERE seen.ticket = tickets.id AND seen.staff = $1), 0)
            AND (kind IN ('created', 'customer_replied', 'files_added') OR (kind IN ('answered', 'noted') AND COALESCE(actor, '') <> $1))) AS news,
        (SELECT COUNT(*) FROM drafts WHERE drafts.ticket = tickets.id AND drafts.staff = $1) AS drafts,
        (SELECT COUNT(*) FROM held_answers WHERE held_answers.ticket = tickets.id) AS held
    FROM tickets LEFT JOIN addresses ON addresses.id = tickets.address LEFT JOIN staff ON staff.id = tickets.assignee
    WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND (COALESCE(due_at, 9223372036854775807), tickets.id) > ($2, $3)
        AND (($14 = 1 AND status = 'pending') OR ($14 = 0 AND status <> 'pending') OR $14 = 2)
        AND (($15 = 1 AND COALESCE(snoozed_until, 0) > $13) OR ($15 = 0 AND COALESCE(snoozed_until, 0) <= $13))
        AND ($16 = 0 OR due_at > $16) AND ($17 = 0 OR due_at <= $17)
        AND ($5 = '*' OR COALESCE(assignee, '') = $5) AND ($6 = '' OR reason = $6) AND ($7 = '' OR SUBSTR(COALESCE(article, ''), 1, LENGTH($7)) = $7)
        AND ($8 = '' OR tickets.lang = $8) AND ($9 = '' OR priority = $9) AND ($10 = '' OR ' ' || tags || ' ' LIKE '% ' || $10 || ' %')
        AND ($11 = -1 OR ($11 = 0 AND proof = 'none') OR ($11 = 1 AND proof <> 'none')) AND tickets.created_at >= $12
    ORDER BY COALESCE(due_at, 9223372036854775807), tickets.id LIMIT $4";
/// The same for who made a sale, `$18` to `$20` (`*`: of any class), by a confirmed address or by a code, looked for ticket by ticket; `$21` and `$22` say how far. Both bounds stand there
/// twice, so that SQLite begins and ends by the index.
const OPEN_OF_SALES: &str = "
    SELECT tickets.id, reference, tickets.name, written AS email, subject, reason, tickets.lang, priority, status, quarantine, tags, tickets.created_at,
        due_at, snoozed_until, assignee, staff.name AS assignee_name, COALESCE(due_at, 9223372036854775807) AS sort_key,
        (SELECT SUBSTR(body, 1, 160) FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_last,
        (SELECT author_kind FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_by,
        (SELECT COUNT(*) FROM events WHERE events.ticket = tickets.id
            AND seq > COALESCE((SELECT seen.seq FROM ticket_reads AS seen WHERE seen.ticket = tickets.id AND seen.staff = $1), 0)
            AND (kind IN ('created', 'customer_replied', 'files_added') OR (kind IN ('answered', 'noted') AND COALESCE(actor, '') <> $1))) AS news,
        (SELECT COUNT(*) FROM drafts WHERE drafts.ticket = tickets.id AND drafts.staff = $1) AS drafts,
        (SELECT COUNT(*) FROM held_answers WHERE held_answers.ticket = tickets.id) AS held
    FROM tickets LEFT JOIN addresses ON addresses.id = tickets.address LEFT JOIN staff ON staff.id = tickets.assignee
    WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND (COALESCE(due_at, 9223372036854775807), tickets.id) > ($2, $3)
        AND COALESCE(due_at, 9223372036854775807) >= $2 AND COALESCE(due_at, 9223372036854775807) <= $21
        AND (COALESCE(due_at, 9223372036854775807) < $21 OR tickets.id <= $22)
        AND (($14 = 1 AND status = 'pending') OR ($14 = 0 AND status <> 'pending') OR $14 = 2)
        AND (($15 = 1 AND COALESCE(snoozed_until, 0) > $13) OR ($15 = 0 AND COALESCE(snoozed_until, 0) <= $13))
        AND ($16 = 0 OR due_at > $16) AND ($17 = 0 OR due_at <= $17)
        AND ($5 = '*' OR COALESCE(assignee, '') = $5) AND ($6 = '' OR reason = $6) AND ($7 = '' OR SUBSTR(COALESCE(article, ''), 1, LENGTH($7)) = $7)
        AND ($8 = '' OR tickets.lang = $8) AND ($9 = '' OR priority = $9) AND ($10 = '' OR ' ' || tags || ' ' LIKE '% ' || $10 || ' %')
        AND ($11 = -1 OR ($11 = 0 AND proof = 'none') OR ($11 = 1 AND proof <> 'none')) AND tickets.created_at >= $12
        AND (proof <> 'none' AND (
            SELECT 1 FROM order_addresses JOIN orders ON orders.buyer_key = order_addresses.buyer
            WHERE order_addresses.address = tickets.address AND ($18 = '*' OR class = $18) AND ($19 = '' OR product = $19)
                AND COALESCE(ordered_at, 0) >= $20 LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM buyer_proofs JOIN orders ON orders.account = buyer_proofs.account AND orders.code = buyer_proofs.code
            WHERE buyer_proofs.ticket = tickets.id AND ($18 = '*' OR class = $18) AND ($19 = '' OR product = $19)
                AND COALESCE(ordered_at, 0) >= $20 LIMIT 1) IS NOT NULL)
    ORDER BY COALESCE(due_at, 9223372036854775807), tickets.id LIMIT $4";
const QUARANTINE: &str = "
    SELECT tickets.id, reference, tickets.name, written AS email, subject, reason, tickets.lang, priority, status, quarantine, tags, tickets.created_at,
        due_at, snoozed_until, assignee, staff.name AS assignee_name, tickets.created_at AS sort_key,
        (SELECT SUBSTR(body, 1, 160) FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_last,
        (SELECT author_kind FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_by,
        (SELECT COUNT(*) FROM events WHERE events.ticket = tickets.id
            AND seq > COALESCE((SELECT seen.seq FROM ticket_reads AS seen WHERE seen.ticket = tickets.id AND seen.staff = $1), 0)
            AND (kind IN ('created', 'customer_replied', 'files_added') OR (kind IN ('answered', 'noted') AND COALESCE(actor, '') <> $1))) AS news,
        (SELECT COUNT(*) FROM drafts WHERE drafts.ticket = tickets.id AND drafts.staff = $1) AS drafts,
        (SELECT COUNT(*) FROM held_answers WHERE held_answers.ticket = tickets.id) AS held
    FROM tickets LEFT JOIN addresses ON addresses.id = tickets.address LEFT JOIN staff ON staff.id = tickets.assignee
    WHERE quarantine IS NOT NULL AND (tickets.created_at, tickets.id) < ($2, $3)
        AND ($5 = '*' OR COALESCE(assignee, '') = $5) AND ($6 = '' OR reason = $6) AND ($7 = '' OR SUBSTR(COALESCE(article, ''), 1, LENGTH($7)) = $7)
        AND ($8 = '' OR tickets.lang = $8) AND ($9 = '' OR priority = $9) AND ($10 = '' OR ' ' || tags || ' ' LIKE '% ' || $10 || ' %')
        AND ($11 = -1 OR ($11 = 0 AND proof = 'none') OR ($11 = 1 AND proof <> 'none')) AND tickets.created_at >= $12
        AND ($13 = '' OR proof <> 'none' AND (
            SELECT 1 FROM order_addresses JOIN orders ON orders.buyer_key = order_addresses.buyer
            WHERE order_addresses.address = tickets.address AND ($13 = '*' OR class = $13) AND ($14 = '' OR product = $14)
                AND COALESCE(ordered_at, 0) >= $15 LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM buyer_proofs JOIN orders ON orders.account = buyer_proofs.account AND orders.code = buyer_proofs.code
            WHERE buyer_proofs.ticket = tickets.id AND ($13 = '*' OR class = $13) AND ($14 = '' OR product = $14)
                AND COALESCE(ordered_at, 0) >= $15 LIMIT 1) IS NOT NULL)
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $4";
const SOLVED: &str = "
    SELECT tickets.id, reference, tickets.name, written AS email, subject, reason, tickets.lang, priority, status, quarantine, tags, tickets.created_at,
        due_at, snoozed_until, assignee, staff.name AS assignee_name, tickets.created_at AS sort_key,
        (SELECT SUBSTR(body, 1, 160) FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_last,
        (SELECT author_kind FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_by,
        (SELECT COUNT(*) FROM events WHERE events.ticket = tickets.id
            AND seq > COALESCE((SELECT seen.seq FROM ticket_reads AS seen WHERE seen.ticket = tickets.id AND seen.staff = $1), 0)
            AND (kind IN ('created', 'customer_replied', 'files_added') OR (kind IN ('answered', 'noted') AND COALESCE(actor, '') <> $1))) AS news,
        (SELECT COUNT(*) FROM drafts WHERE drafts.ticket = tickets.id AND drafts.staff = $1) AS drafts,
        (SELECT COUNT(*) FROM held_answers WHERE held_answers.ticket = tickets.id) AS held
    FROM tickets LEFT JOIN addresses ON addresses.id = tickets.address LEFT JOIN staff ON staff.id = tickets.assignee
    WHERE status = 'solved' AND quarantine IS NULL AND (tickets.created_at, tickets.id) < ($2, $3)
        AND ($5 = '*' OR COALESCE(assignee, '') = $5) AND ($6 = '' OR reason = $6) AND ($7 = '' OR SUBSTR(COALESCE(article, ''), 1, LENGTH($7)) = $7)
        AND ($8 = '' OR tickets.lang = $8) AND ($9 = '' OR priority = $9) AND ($10 = '' OR ' ' || tags || ' ' LIKE '% ' || $10 || ' %')
        AND ($11 = -1 OR ($11 = 0 AND proof = 'none') OR ($11 = 1 AND proof <> 'none')) AND tickets.created_at >= $12
        AND ($13 = '' OR proof <> 'none' AND (
            SELECT 1 FROM order_addresses JOIN orders ON orders.buyer_key = order_addresses.buyer
            WHERE order_addresses.address = tickets.address AND ($13 = '*' OR class = $13) AND ($14 = '' OR product = $14)
                AND COALESCE(ordered_at, 0) >= $15 LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM buyer_proofs JOIN orders ON orders.account = buyer_proofs.account AND orders.code = buyer_proofs.code
            WHERE buyer_proofs.ticket = tickets.id AND ($13 = '*' OR class = $13) AND ($14 = '' OR product = $14)
                AND COALESCE(ordered_at, 0) >= $15 LIMIT 1) IS NOT NULL)
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $4";
const ALL: &str = "
    SELECT tickets.id, reference, tickets.name, written AS email, subject, reason, tickets.lang, priority, status, quarantine, tags, tickets.created_at,
        due_at, snoozed_until, assignee, staff.name AS assignee_name, tickets.created_at AS sort_key,
        (SELECT SUBSTR(body, 1, 160) FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_last,
        (SELECT author_kind FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_by,
        (SELECT COUNT(*) FROM events WHERE events.ticket = tickets.id
            AND seq > COALESCE((SELECT seen.seq FROM ticket_reads AS seen WHERE seen.ticket = tickets.id AND seen.staff = $1), 0)
            AND (kind IN ('created', 'customer_replied', 'files_added') OR (kind IN ('answered', 'noted') AND COALESCE(actor, '') <> $1))) AS news,
        (SELECT COUNT(*) FROM drafts WHERE drafts.ticket = tickets.id AND drafts.staff = $1) AS drafts,
        (SELECT COUNT(*) FROM held_answers WHERE held_answers.ticket = tickets.id) AS held
    FROM tickets LEFT JOIN addresses ON addresses.id = tickets.address LEFT JOIN staff ON staff.id = tickets.assignee
    WHERE quarantine IS NULL AND (tickets.created_at, tickets.id) < ($2, $3)
        AND ($5 = '*' OR COALESCE(assignee, '') = $5) AND ($6 = '' OR reason = $6) AND ($7 = '' OR SUBSTR(COALESCE(article, ''), 1, LENGTH($7)) = $7)
        AND ($8 = '' OR tickets.lang = $8) AND ($9 = '' OR priority = $9) AND ($10 = '' OR ' ' || tags || ' ' LIKE '% ' || $10 || ' %')
        AND ($11 = -1 OR ($11 = 0 AND proof = 'none') OR ($11 = 1 AND proof <> 'none')) AND tickets.created_at >= $12
        AND ($13 = '' OR proof <> 'none' AND (
            SELECT 1 FROM order_addresses JOIN orders ON orders.buyer_key = order_addresses.buyer
            WHERE order_addresses.address = tickets.address AND ($13 = '*' OR class = $13) AND ($14 = '' OR product = $14)
                AND COALESCE(ordered_at, 0) >= $15 LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM buyer_proofs JOIN orders ON orders.account = buyer_proofs.account AND orders.code = buyer_proofs.code
            WHERE buyer_proofs.ticket = tickets.id AND ($13 = '*' OR class = $13) AND ($14 = '' OR product = $14)
                AND COALESCE(ordered_at, 0) >= $15 LIMIT 1) IS NOT NULL)
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $4";
/// One walk over what is open. `$1` is who looks, `$2` now, `$3` until when something is due soon.
const COUNTS: &str = "
    SELECT COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $2 AND assignee = $1 THEN 1 END) AS mine,
        COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $2 AND assignee IS NULL THEN 1 END) AS unassigned,
        COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $2 AND due_at > $2 AND due_at <= $3 THEN 1 END) AS due_soon,
        COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $2 AND due_at <= $2 THEN 1 END) AS overdue,
        COUNT(CASE WHEN status = 'pending' AND COALESCE(snoozed_until, 0) <= $2 THEN 1 END) AS waiting,
        COUNT(CASE WHEN COALESCE(snoozed_until, 0) > $2 THEN 1 END) AS snoozed
    FROM tickets WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL";
/// The same by assignee.
const COUNTS_OF_ALL: &str = "
    SELECT assignee, COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $1 THEN 1 END) AS here,
        COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $1 AND due_at > $1 AND due_at <= $2 THEN 1 END) AS due_soon,
        COUNT(CASE WHEN status <> 'pending' AND COALESCE(snoozed_until, 0) <= $1 AND due_at <= $1 THEN 1 END) AS overdue,
        COUNT(CASE WHEN status = 'pending' AND COALESCE(snoozed_until, 0) <= $1 THEN 1 END) AS waiting,
        COUNT(CASE WHEN COALESCE(snoozed_until, 0) > $1 THEN 1 END) AS snoozed
    FROM tickets WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL GROUP BY assignee";
const COUNT_QUARANTINE: &str = "SELECT COUNT(*) FROM tickets WHERE quarantine IS NOT NULL";
/// Where somebody arrives who looks at so many, `$3`; nothing comes back where there are not so many.
const FAR_IN_OPEN: &str = "
    SELECT COALESCE(due_at, 9223372036854775807), id FROM tickets
    WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND (COALESCE(due_at, 9223372036854775807), id) > ($1, $2)
    ORDER BY COALESCE(due_at, 9223372036854775807), id LIMIT 1 OFFSET $3";
const FAR_IN_SOLVED: &str = "
    SELECT created_at FROM tickets WHERE status = 'solved' AND quarantine IS NULL AND (created_at, id) < ($1, $2)
    ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET $3";
const FAR_IN_ALL: &str = "
    SELECT created_at FROM tickets WHERE quarantine IS NULL AND (created_at, id) < ($1, $2)
    ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET $3";
/// What is due first among what somebody may work at and nobody works at. `$3`: the one that they have before them.
const CANDIDATES: &str = "
    SELECT tickets.id FROM tickets LEFT JOIN claims ON claims.ticket = tickets.id AND claims.valid_until > $2
    WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND status <> 'pending' AND COALESCE(snoozed_until, 0) <= $2
        AND COALESCE(assignee, $1) = $1 AND reference <> $3 AND claims.staff IS NULL
    ORDER BY COALESCE(due_at, 9223372036854775807), tickets.id LIMIT $4";
/// The same among what they were led to before.
const CLAIMED: &str = "
    SELECT tickets.id FROM claims JOIN tickets ON tickets.id = claims.ticket
    WHERE claims.staff = $1 AND claims.valid_until > $2 AND reference <> $3
    ORDER BY COALESCE(due_at, 9223372036854775807), tickets.id LIMIT $4";
/// One statement, so that of two who want the same ticket one gets it; nobody does whose it has stopped to be meanwhile.
const CLAIM: &str = "
    INSERT INTO claims (ticket, staff, valid_until)
    SELECT id, $2, CAST($3 AS BIGINT) FROM tickets
    WHERE id = $1 AND status IN ('new', 'open') AND quarantine IS NULL AND COALESCE(snoozed_until, 0) <= $4 AND COALESCE(assignee, $2) = $2
    ON CONFLICT (ticket) DO UPDATE SET staff = excluded.staff, valid_until = excluded.valid_until
    WHERE claims.valid_until <= $4 OR claims.staff = excluded.staff
    RETURNING ticket";
const PRUNE_CLAIMS: &str = "DELETE FROM claims WHERE valid_until <= $1";
const ONE: &str = "
    SELECT tickets.id, reference, tickets.name, written AS email, subject, reason, tickets.lang, priority, status, quarantine, tags, tickets.created_at,
        due_at, snoozed_until, assignee, staff.name AS assignee_name, tickets.created_at AS sort_key,
        (SELECT SUBSTR(body, 1, 160) FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_last,
        (SELECT author_kind FROM messages WHERE messages.ticket = tickets.id AND author_kind <> 'system' AND audience <> 'staff'
            ORDER BY messages.created_at DESC, messages.id DESC LIMIT 1) AS said_by,
        (SELECT COUNT(*) FROM events WHERE events.ticket = tickets.id
            AND seq > COALESCE((SELECT seen.seq FROM ticket_reads AS seen WHERE seen.ticket = tickets.id AND seen.staff = $1), 0)
            AND (kind IN ('created', 'customer_replied', 'files_added') OR (kind IN ('answered', 'noted') AND COALESCE(actor, '') <> $1))) AS news,
        (SELECT COUNT(*) FROM drafts WHERE drafts.ticket = tickets.id AND drafts.staff = $1) AS drafts,
        (SELECT COUNT(*) FROM held_answers WHERE held_answers.ticket = tickets.id) AS held
    FROM tickets LEFT JOIN addresses ON addresses.id = tickets.address LEFT JOIN staff ON staff.id = tickets.assignee
    WHERE tickets.id = $2";
const MARK_READ: &str = "
    INSERT INTO ticket_reads (staff, ticket, seq) VALUES ($1, $2, $3)
    ON CONFLICT (staff, ticket) DO UPDATE SET seq = excluded.seq WHERE ticket_reads.seq < excluded.seq";
const TAGS_IN_USE: &str = "
    SELECT tags FROM tickets WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND tags <> '' GROUP BY tags ORDER BY COUNT(*) DESC LIMIT $1";

struct ListRow {
    id: String,
    reference: String,
    name: String,
    email: String,
    subject: String,
    reason: Option<String>,
    lang: String,
    priority: String,
    status: String,
    quarantine: Option<String>,
    tags: String,
    created_at: i64,
    due_at: Option<i64>,
    snoozed_until: Option<i64>,
    assignee: Option<String>,
    assignee_name: Option<String>,
    sort_key: i64,
    said_last: Option<String>,
    said_by: Option<String>,
    news: i64,
    drafts: i64,
    held: i64,
}
from_row!(ListRow {
    id,
    reference,
    name,
    email,
    subject,
    reason,
    lang,
    priority,
    status,
    quarantine,
    tags,
    created_at,
    due_at,
    snoozed_until,
    assignee,
    assignee_name,
    sort_key,
    said_last,
    said_by,
    news,
    drafts,
    held
});

impl TryFrom<ListRow> for (Row, Cursor) {
    type Error = DbError;

    fn try_from(row: ListRow) -> Result<Self, DbError> {
        let quarantine = row.quarantine.as_deref();
        let quarantine = quarantine.map(|word| QuarantineReason::parse(word).ok_or_else(|| db::unknown("reason of a quarantine", word)));
        let cursor = Cursor { key: row.sort_key, id: row.id.clone() };
        let shown = Row {
            id: row.id,
            reference: Reference::parse(&row.reference).ok_or_else(|| db::unknown("reference", &row.reference))?,
            name: row.name,
            email: row.email,
            subject: row.subject,
            said_last: row.said_last.unwrap_or_default(),
            is_answer: row.said_by.as_deref() == Some("staff"),
            reason: row.reason,
            lang: db::lang(&row.lang)?,
            priority: Priority::parse(&row.priority).ok_or_else(|| db::unknown("priority", &row.priority))?,
            status: Status::parse(&row.status).ok_or_else(|| db::unknown("status", &row.status))?,
            quarantine: quarantine.transpose()?,
            tags: row.tags.split_whitespace().map(str::to_owned).collect(),
            created_at: Micros(row.created_at),
            due_at: row.due_at.map(Micros),
            snoozed_until: row.snoozed_until.map(Micros),
            assignee: row.assignee,
            assignee_name: row.assignee_name,
            is_unread: row.news > 0,
            has_draft: row.drafts > 0,
            has_held_answer: row.held > 0,
        };
        Ok((shown, cursor))
    }
}

/// The place so many behind another one; `None` where there are not so many. What is over may end behind all of a moment.
pub(in crate::tickets) async fn far(pool: &AnyPool, view: View, after: Option<&Cursor>, count: i64) -> Result<Option<Cursor>, DbError> {
    let query = match view {
        View::Quarantine => return Ok(None),
        View::Solved => sqlx::query_scalar(FAR_IN_SOLVED),
        View::All => sqlx::query_scalar(FAR_IN_ALL),
        _ => {
            let (key, id) = after.map_or((i64::MIN, ""), |after| (after.key, after.id.as_str()));
            let row: Option<(i64, String)> = sqlx::query_as(FAR_IN_OPEN).bind(key).bind(id).bind(count).fetch_optional(pool).await?;
            return Ok(row.map(|(key, id)| Cursor { key, id }));
        }
    };
    let (key, id) = after.map_or((i64::MAX, "~"), |after| (after.key, after.id.as_str()));
    let key: Option<i64> = query.bind(key).bind(id).bind(count).fetch_optional(pool).await?;
    Ok(key.map(|key| Cursor { key, id: String::new() }))
}

/// Which page of the list is read.
pub(in crate::tickets) struct Asked<'a> {
    pub view: View,
    pub filter: &'a Filter,
    /// Who looks.
    pub staff: &'a str,
    pub after: Option<&'a Cursor>,
    pub limit: i64,
    pub now: Micros,
    /// None that lies behind it.
    pub far: Option<&'a Cursor>,
}

pub(in crate::tickets) async fn page(pool: &AnyPool, asked: Asked<'_>) -> Result<Vec<(Row, Cursor)>, DbError> {
    let Asked { view, filter, staff, after, limit, now, far } = asked;
    let is_open = !matches!(view, View::Quarantine | View::Solved | View::All);
    let query = sqlx::query_as(match view {
        View::Quarantine => QUARANTINE,
        View::Solved => SOLVED,
        View::All => ALL,
        _ if filter.sale == SaleFilter::default() => OPEN,
        _ => OPEN_OF_SALES,
    });
    // What lies before everything.
    let (key, id) = if is_open { (i64::MIN, "") } else { (i64::MAX, "~") };
    let (key, id) = after.map_or((key, id), |after| (after.key, after.id.as_str()));
    let assignee = match view {
        View::Mine => staff,
        View::Unassigned => "",
        _ => filter.assignee.as_deref().unwrap_or("*"),
    };
    let section = filter.section.as_ref().map(|section| format!("{section}/")).unwrap_or_default();
    let since = filter
        .max_age_days
        .map_or(i64::MIN, |days| now.plus(-i64::from(days) * Micros::DAY).0)
        .max(far.filter(|_| !is_open).map_or(i64::MIN, |far| far.key));
    let query = query.bind(staff).bind(key).bind(id).bind(limit).bind(assignee);
    let query = query.bind(filter.reason.as_deref().unwrap_or_default()).bind(section);
    let query = query.bind(filter.lang.map_or("", |lang| lang.code())).bind(filter.priority.map_or("", Priority::word));
    let query = query.bind(filter.tag.as_ref().map_or("", Tag::as_str)).bind(filter.is_verified.map_or(-1, i64::from)).bind(since);
    let sale = &filter.sale;
    let class = sale.class.as_deref().unwrap_or(if *sale == SaleFilter::default() { "" } else { "*" });
    let product = sale.product.as_deref().unwrap_or_default();
    let ordered_since = sale.max_age_days.map_or(i64::MIN, |days| now.plus(-i64::from(days) * Micros::DAY).0);
    let rows: Vec<ListRow> = if is_open {
        let [turn, snoozed, due_after, due_until] = match view {
            View::Waiting => [1, 0, 0, 0],
            View::Snoozed => [2, 1, 0, 0],
            View::DueSoon => [0, 0, now.0, now.plus(DUE_SOON_MICROS).0],
            View::Overdue => [0, 0, 0, now.0],
            _ => [0, 0, 0, 0],
        };
        let query = query.bind(now.0).bind(turn).bind(snoozed).bind(due_after).bind(due_until);
        // What is due at no time has the last key, so the id has to lie behind all others in the order of every language.
        let (key, id) = far.map_or((i64::MAX, "z"), |far| (far.key, far.id.as_str()));
        let query = if class.is_empty() { query } else { query.bind(class).bind(product).bind(ordered_since).bind(key).bind(id) };
        query.fetch_all(pool).await?
    } else {
        query.bind(class).bind(product).bind(ordered_since).fetch_all(pool).await?
    };
    rows.into_iter().map(TryFrom::try_from).collect()
}

pub(in crate::tickets) async fn counts(pool: &AnyPool, staff: &str, now: Micros) -> Result<Counts, DbError> {
    let soon = now.plus(DUE_SOON_MICROS).0;
    let (mine, unassigned, due_soon, overdue, waiting, snoozed): (i64, i64, i64, i64, i64, i64) =
        sqlx::query_as(COUNTS).bind(staff).bind(now.0).bind(soon).fetch_one(pool).await?;
    let quarantine: i64 = sqlx::query_scalar(COUNT_QUARANTINE).fetch_one(pool).await?;
    Ok(Counts { mine, unassigned, due_soon, overdue, waiting, snoozed, quarantine })
}

pub(in crate::tickets) async fn counts_of_all(pool: &AnyPool, now: Micros) -> Result<CountsOfAll, DbError> {
    type OfOne = (Option<String>, i64, i64, i64, i64, i64);
    let rows: Vec<OfOne> = sqlx::query_as(COUNTS_OF_ALL).bind(now.0).bind(now.plus(DUE_SOON_MICROS).0).fetch_all(pool).await?;
    let mut all = CountsOfAll::default();
    for (assignee, here, due_soon, overdue, waiting, snoozed) in rows {
        all.shared.due_soon += due_soon;
        all.shared.overdue += overdue;
        all.shared.waiting += waiting;
        all.shared.snoozed += snoozed;
        match assignee {
            Some(staff) => drop(all.mine.insert(staff, here)),
            None => all.shared.unassigned = here,
        }
    }
    all.shared.quarantine = sqlx::query_scalar(COUNT_QUARANTINE).fetch_one(pool).await?;
    Ok(all)
}

/// Ids of what somebody could work at next, what is due first at the top; where there is nothing, what they have claimed already.
pub(in crate::tickets) async fn candidates(
    connection: &mut sqlx::AnyConnection,
    staff: &str,
    but: &str,
    now: Micros,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    let found: Vec<String> = sqlx::query_scalar(CANDIDATES).bind(staff).bind(now.0).bind(but).bind(limit).fetch_all(&mut *connection).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    Ok(sqlx::query_scalar(CLAIMED).bind(staff).bind(now.0).bind(but).bind(limit).fetch_all(connection).await?)
}

/// Whether it is theirs now; false where somebody else was quicker.
pub(in crate::tickets) async fn claim(
    connection: &mut sqlx::AnyConnection,
    ticket: &str,
    staff: &str,
    valid_until: Micros,
    now: Micros,
) -> Result<bool, DbError> {
    let claimed: Option<String> =
        sqlx::query_scalar(CLAIM).bind(ticket).bind(staff).bind(valid_until.0).bind(now.0).fetch_optional(connection).await?;
    Ok(claimed.is_some())
}

pub(in crate::tickets) async fn prune_claims(connection: &mut sqlx::AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE_CLAIMS).bind(now.0).execute(connection).await?;
    Ok(())
}

/// A ticket as a row of the list.
pub(in crate::tickets) async fn one(pool: &AnyPool, staff: &str, id: &str) -> Result<Option<Row>, DbError> {
    let row: Option<ListRow> = sqlx::query_as(ONE).bind(staff).bind(id).fetch_optional(pool).await?;
    row.map(|row| <(Row, Cursor)>::try_from(row).map(|(row, _)| row)).transpose()
}

pub(in crate::tickets) async fn mark_read(connection: &mut sqlx::AnyConnection, staff: &str, ticket: &str, seq: i64) -> Result<(), DbError> {
    sqlx::query(MARK_READ).bind(staff).bind(ticket).bind(seq).execute(connection).await?;
    Ok(())
}

/// Sets of tags of open tickets, those that are on most of them first.
pub(in crate::tickets) async fn tags_in_use(pool: &AnyPool, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(TAGS_IN_USE).bind(limit).fetch_all(pool).await?)
}
