-- Only BIGINT and TEXT: times are UTC microseconds since 1970, days are days since 1970 UTC, truth is 0 or 1, ids are text.

-- A customer's message to support and what became of it.
CREATE TABLE tickets (
    id TEXT NOT NULL PRIMARY KEY,
    -- What customer and staff call it, K7M-4QX-92P.
    reference TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- received, looked_at, waiting, solved or closed
    status TEXT NOT NULL,
    -- Why it is kept aside (trap, network, email); NULL: it is in the queue.
    held TEXT,
    lang TEXT NOT NULL,
    -- The article at whose end it was written, and the reason chosen in the form.
    article TEXT,
    reason TEXT,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    -- As typed; email_key is the same in lower case, to find and compare.
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    code TEXT,
    -- When the first answer was promised for.
    answer_due_at BIGINT NOT NULL,
    -- Part of every link to the ticket; raising it revokes them.
    generation BIGINT NOT NULL
);
CREATE INDEX tickets_by_time ON tickets (created_at);
CREATE INDEX tickets_by_email ON tickets (email_key, created_at);

-- What was said in a ticket.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    -- customer, answer (by staff, for the customer) or note (by staff, never leaves the desk)
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX messages_by_ticket ON messages (ticket, created_at);

-- The same message from the same address about the same article is the same ticket until a moment.
CREATE TABLE filings (
    -- Keyed hash of address, article and content.
    fingerprint TEXT NOT NULL PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    valid_until BIGINT NOT NULL
);
CREATE INDEX filings_by_end ON filings (valid_until);
CREATE INDEX filings_by_ticket ON filings (ticket);

-- How much of an hourly limit is used up, shared by all instances.
CREATE TABLE budgets (
    -- Keyed hash of a network or of a mail address.
    subject TEXT NOT NULL,
    -- Hours since 1970 UTC.
    hour BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (subject, hour)
);
CREATE INDEX budgets_by_hour ON budgets (hour);
