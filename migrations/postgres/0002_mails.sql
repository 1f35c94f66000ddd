-- Mails that have to leave. Only what is needed to write one again is kept, never its text.
CREATE TABLE mails (
    -- Also the left half of its Message-ID.
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    template TEXT NOT NULL,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    -- ready, sent, or failed (given up)
    state TEXT NOT NULL,
    -- When it is tried next; while somebody tries, when others may.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_problem TEXT
);
CREATE INDEX mails_by_state ON mails (state, due_at);
CREATE INDEX mails_by_ticket ON mails (ticket);
