-- What staff have begun to write, per person, ticket and kind.
CREATE TABLE drafts (
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    -- reply or note
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Signed ids of files that wait for it, between spaces.
    files TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    -- Counts every save, so that one page does not overwrite what another saved since.
    version BIGINT NOT NULL,
    PRIMARY KEY (staff, ticket, kind)
);
CREATE INDEX drafts_by_ticket ON drafts (ticket);

-- Answers that leave in a moment and can still be taken back. Each becomes a message in the transaction that deletes its row.
CREATE TABLE held_answers (
    id TEXT NOT NULL PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    files TEXT NOT NULL,
    -- 1: the ticket is solved with it.
    solves BIGINT NOT NULL,
    held_at BIGINT NOT NULL,
    release_at BIGINT NOT NULL,
    -- The ticket's last event when it was written: what was said since is seen by its number.
    base_seq BIGINT NOT NULL
);
CREATE INDEX held_answers_by_time ON held_answers (release_at);
CREATE INDEX held_answers_by_ticket ON held_answers (ticket);

-- Who works at a ticket that was next: nobody else is led to it for a while.
CREATE TABLE claims (
    ticket TEXT NOT NULL PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    valid_until BIGINT NOT NULL
);
CREATE INDEX claims_by_staff ON claims (staff);

-- What somebody of the team has seen of a ticket.
CREATE TABLE ticket_reads (
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    -- The ticket's last event when they looked. A moment would not do: what is committed after it may have begun before.
    seq BIGINT NOT NULL,
    PRIMARY KEY (staff, ticket)
);
CREATE INDEX ticket_reads_by_ticket ON ticket_reads (ticket);

-- The list of what is open, in the order in which answers are due; what is not due at all comes last. Views, filters and counts are read from the
-- index: it holds no row that is closed, so it stays small.
CREATE INDEX tickets_by_due ON tickets (
  COALESCE(due_at, 9223372036854775807), id, due_at, status, quarantine, assignee, snoozed_until, created_at, lang, priority, proof, reason)
  WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL;
-- The others, the newest first. The last columns are there so that SQLite need not look at the rows.
CREATE INDEX tickets_quarantine_list ON tickets (created_at, id) WHERE quarantine IS NOT NULL;
CREATE INDEX tickets_solved_list ON tickets (created_at, id, status, quarantine) WHERE status = 'solved' AND quarantine IS NULL;
CREATE INDEX tickets_list ON tickets (created_at, id, quarantine) WHERE quarantine IS NULL;
-- Quick find. Beginnings are compared by being cut to a length, since the order of texts is not the same everywhere; the longer ones are for beginnings
-- that many have in common.
CREATE INDEX tickets_by_code ON tickets (code, created_at) WHERE code IS NOT NULL;
CREATE INDEX tickets_by_subject ON tickets (SUBSTR(LOWER(subject), 1, 3), created_at);
CREATE INDEX tickets_by_longer_subject ON tickets (SUBSTR(LOWER(subject), 1, 12), created_at);
CREATE INDEX addresses_by_beginning ON addresses (SUBSTR(address, 1, 3), created_at);
CREATE INDEX addresses_by_longer_beginning ON addresses (SUBSTR(address, 1, 8), created_at);
