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
CREATE INDEX attachments_by_end ON attachments (staged_until);
