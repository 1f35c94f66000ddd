-- A customer's message to support and what became of it.
CREATE TABLE tickets (
    id TEXT NOT NULL PRIMARY KEY,
    -- What customer and staff call it, K7M-4QX-92P.
    reference TEXT NOT NULL UNIQUE,
    -- Counts every change. Raising it keeps others from changing the ticket until the transaction ends.
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When something changed that its customer sees. Notes and ratings don't count: they must not put off erasure.
    updated_at BIGINT NOT NULL,
    -- new, open, pending, solved or closed
    status TEXT NOT NULL,
    -- Why it is in quarantine (trap, network, email, blocked, fast, campaign, content); NULL: it is in the queue.
    quarantine TEXT,
    -- How it came in: form, email, console.
    channel TEXT NOT NULL,
    -- What its author showed of themselves: none, session, mailbox_link or vouched_email.
    proof TEXT NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id),
    address TEXT NOT NULL REFERENCES addresses (id),
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- The article at whose end it was written, and the reason chosen in the form.
    article TEXT,
    reason TEXT,
    -- Transaction code.
    code TEXT,
    -- low, normal or high
    priority TEXT NOT NULL,
    assignee TEXT REFERENCES staff (id),
    -- Words between spaces, in alphabetical order.
    tags TEXT NOT NULL DEFAULT '',
    snoozed_until BIGINT,
    -- When the answer to the customer's turn is promised for; NULL: it is not our turn.
    due_at BIGINT,
    -- When staff answered first.
    answered_at BIGINT,
    -- When it was solved last; NULL while it is not.
    solved_at BIGINT,
    -- The ticket that this one is a follow-up of.
    follow_up_of TEXT,
    -- What the customer says of the help: 1 to 5, and a sentence.
    rating BIGINT,
    rating_comment TEXT,
    -- Part of every link to the ticket; raising it revokes them.
    generation BIGINT NOT NULL
);
-- The queue, and how much of it there is: what is solved or closed is not in these.
CREATE INDEX tickets_queue ON tickets (due_at, created_at, status) WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL;
CREATE INDEX tickets_queue_by_assignee ON tickets (assignee, due_at) WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL;
CREATE INDEX tickets_in_quarantine ON tickets (created_at) WHERE quarantine IS NOT NULL;
CREATE INDEX tickets_solved ON tickets (solved_at) WHERE status = 'solved';
CREATE INDEX tickets_closed ON tickets (updated_at) WHERE status = 'closed';
CREATE INDEX tickets_by_time ON tickets (created_at);
CREATE INDEX tickets_by_customer ON tickets (customer, created_at);
CREATE INDEX tickets_by_address ON tickets (address, created_at);
CREATE INDEX tickets_by_follow_up_of ON tickets (follow_up_of) WHERE follow_up_of IS NOT NULL;

-- What was said in a ticket.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    -- customer, staff or system
    author_kind TEXT NOT NULL,
    -- Who of the staff.
    author TEXT REFERENCES staff (id),
    -- Who sees it: filer (everybody with a right to the ticket), mailbox (who has shown that they read the mailbox) or staff.
    audience TEXT NOT NULL DEFAULT 'staff',
    -- How it came in: form, page, email or console.
    channel TEXT NOT NULL,
    -- What its author showed of themselves: none, session, mailbox_link or vouched_email.
    proof TEXT NOT NULL,
    -- Plain text.
    body TEXT NOT NULL,
    -- What was cut off an email: the text that it quotes, its signature.
    cut_off TEXT,
    -- When an answer to it was promised for; NULL: none is.
    due_at BIGINT
);
CREATE INDEX messages_by_ticket ON messages (ticket, created_at);

-- The same message from the same address about the same article is the same ticket until a moment.
CREATE TABLE dedupe_keys (
    -- Keyed hash of address, article and content.
    fingerprint TEXT NOT NULL PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    valid_until BIGINT NOT NULL
);
CREATE INDEX dedupe_keys_by_end ON dedupe_keys (valid_until);
CREATE INDEX dedupe_keys_by_ticket ON dedupe_keys (ticket);

-- Files beside messages. The bytes lie in the folder `attachments` (or an object store) under the row's id; the row comes first and goes
-- last, so that nothing lies there that no row knows of.
CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    -- NULL: it came with a form that was not accepted yet, and is dropped after staged_until.
    ticket TEXT REFERENCES tickets (id) ON DELETE SET NULL,
    message TEXT REFERENCES messages (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    -- Made safe to show: no path, nothing invisible.
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    -- How many.
    bytes BIGINT NOT NULL,
    -- In pixels; NULL: no picture.
    width BIGINT,
    height BIGINT,
    -- Keyed hash of the content: a message that is sent twice does not bring its files twice.
    fingerprint TEXT NOT NULL,
    staged_until BIGINT
);
CREATE INDEX attachments_by_ticket ON attachments (ticket, created_at);
CREATE INDEX attachments_by_message ON attachments (message);
CREATE INDEX attachments_by_end ON attachments (staged_until) WHERE ticket IS NULL;
