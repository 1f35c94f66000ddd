-- Letters that came in by mail and were taken: each once, whoever fetches it and however often.
CREATE TABLE letters (
    id TEXT NOT NULL PRIMARY KEY,
    -- Keyed hash of sender and Message-ID, or of the whole letter where it has none.
    fingerprint TEXT NOT NULL UNIQUE,
    taken_at BIGINT NOT NULL,
    -- filed (in its ticket), waits (for staff) or dropped (by staff)
    state TEXT NOT NULL,
    -- Why it waits: sender, token, nobody, too_many, broken or too_large.
    reason TEXT,
    -- The sender's address in lower case; empty: it names none, or more than one.
    email_key TEXT NOT NULL,
    -- Its ticket; of one that waits the ticket that it names.
    ticket TEXT REFERENCES tickets (id) ON DELETE CASCADE,
    message TEXT REFERENCES messages (id) ON DELETE SET NULL,
    -- 1: the mail server vouches for the sender.
    authenticated BIGINT NOT NULL,
    -- Of those that wait: what the letter calls itself, and the letter as it came, in Base64.
    subject TEXT,
    raw TEXT
);
CREATE INDEX letters_by_state ON letters (state, taken_at);
CREATE INDEX letters_by_ticket ON letters (ticket);
CREATE INDEX letters_by_message ON letters (message);
CREATE INDEX letters_by_email ON letters (email_key);
