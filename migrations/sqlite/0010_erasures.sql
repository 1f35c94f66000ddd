-- That everything about an address was erased: for whoever must prove it. What was erased is nowhere, nor whose it was.
CREATE TABLE erasures (
    id TEXT NOT NULL PRIMARY KEY,
    -- Keyed hash of the mail address: whoever has the server's key can tell whether it was a given one.
    subject TEXT NOT NULL,
    erased_at BIGINT NOT NULL,
    -- How much was erased.
    tickets BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    files BIGINT NOT NULL,
    others BIGINT NOT NULL
);
CREATE INDEX erasures_by_subject ON erasures (subject, erased_at);
-- What goes on with a ticket is looked for by it, and let go of when it is erased.
CREATE INDEX tickets_by_follows ON tickets (follows);
