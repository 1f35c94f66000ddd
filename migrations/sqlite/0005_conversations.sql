-- How pressing it is: low, normal or high. Worked out when the ticket is filed; staff may change it.
ALTER TABLE tickets ADD COLUMN urgency TEXT NOT NULL DEFAULT 'normal';
-- When the address was proved to be the customer's, by a link or a code from a mail; NULL: not yet.
ALTER TABLE tickets ADD COLUMN verified_at BIGINT;
-- When staff answered first.
ALTER TABLE tickets ADD COLUMN answered_at BIGINT;
-- When it was solved last; NULL while it is open. It can be taken up again for some days after that.
ALTER TABLE tickets ADD COLUMN solved_at BIGINT;
-- The ticket that this one goes on with.
ALTER TABLE tickets ADD COLUMN follows TEXT;
-- What the customer says of the help: 1 to 5, and a sentence.
ALTER TABLE tickets ADD COLUMN stars BIGINT;
ALTER TABLE tickets ADD COLUMN stars_text TEXT;

-- How it came: form, page, mail or console.
ALTER TABLE messages ADD COLUMN via TEXT NOT NULL DEFAULT 'form';
-- What was cut off a mail: the text that it quotes, its signature.
ALTER TABLE messages ADD COLUMN cut_off TEXT;
-- Who of the staff wrote it.
ALTER TABLE messages ADD COLUMN author TEXT;

-- Mails about one message of a ticket, and mails about no ticket at all (a log-in).
CREATE TABLE owed_mails (
    -- Also the left half of its Message-ID.
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    template TEXT NOT NULL,
    ticket TEXT REFERENCES tickets (id) ON DELETE CASCADE,
    message TEXT REFERENCES messages (id) ON DELETE CASCADE,
    -- A log-in that the mail is about, by its id.
    login TEXT,
    lang TEXT NOT NULL,
    -- ready, sent, or failed (given up)
    state TEXT NOT NULL,
    -- When it is tried next; while somebody tries, when others may.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_problem TEXT
);
INSERT INTO owed_mails (id, created_at, template, ticket, lang, state, due_at, attempts, last_problem)
SELECT id, created_at, template, ticket, lang, state, due_at, attempts, last_problem FROM mails;
DROP TABLE mails;
ALTER TABLE owed_mails RENAME TO mails;
CREATE INDEX mails_by_state ON mails (state, due_at);
CREATE INDEX mails_by_ticket ON mails (ticket);
