-- Emails that have to leave. Only what is needed to write one again is kept, never its text.
CREATE TABLE outbox (
    -- Also the left half of its Message-ID.
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    template TEXT NOT NULL,
    ticket TEXT REFERENCES tickets (id) ON DELETE CASCADE,
    message TEXT REFERENCES messages (id) ON DELETE CASCADE,
    sign_in TEXT REFERENCES sign_in_codes (id) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    -- ready, sent, or failed (given up)
    state TEXT NOT NULL,
    -- When it is tried next; while somebody tries, when others may.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_problem TEXT
);
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_ticket ON outbox (ticket);
CREATE INDEX outbox_by_message ON outbox (message);
CREATE INDEX outbox_by_sign_in ON outbox (sign_in);

-- Emails that came in and were taken: each once, whoever fetches it and however often.
CREATE TABLE inbound_emails (
    id TEXT NOT NULL PRIMARY KEY,
    -- Keyed hash of sender and Message-ID, or of the whole email where it has none. What waits for review lies as a file under it.
    fingerprint TEXT NOT NULL UNIQUE,
    received_at BIGINT NOT NULL,
    -- filed (in its ticket), review (staff have to decide) or dropped (by staff)
    state TEXT NOT NULL,
    -- Why it has to be reviewed: sender, token, nobody, too_many, broken or too_large.
    reason TEXT,
    -- The sender's; NULL: it names none, or more than one.
    address TEXT REFERENCES addresses (id) ON DELETE SET NULL,
    -- Its ticket; of one in review the ticket that it names.
    ticket TEXT REFERENCES tickets (id) ON DELETE CASCADE,
    message TEXT REFERENCES messages (id) ON DELETE SET NULL,
    -- 1: the mail server vouches for the sender.
    authenticated BIGINT NOT NULL,
    -- Of those in review: what the email calls itself, and how large it is.
    subject TEXT,
    bytes BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX inbound_emails_in_review ON inbound_emails (received_at) WHERE state = 'review';
CREATE INDEX inbound_emails_by_state ON inbound_emails (state, received_at);
CREATE INDEX inbound_emails_by_ticket ON inbound_emails (ticket);
CREATE INDEX inbound_emails_by_message ON inbound_emails (message);
CREATE INDEX inbound_emails_by_address ON inbound_emails (address);
