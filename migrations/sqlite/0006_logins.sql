-- How a customer shows that a mailbox is theirs, and what they get for it. Codes, links and cookies are keyed hashes: nothing here opens anything.

-- A code and a link that were asked for. Made for unknown addresses too, for which no mail leaves.
CREATE TABLE logins (
    -- What code and link are made from, with the server's key.
    id TEXT NOT NULL PRIMARY KEY,
    email_key TEXT NOT NULL,
    valid_until BIGINT NOT NULL,
    -- NULL: not used yet.
    used_at BIGINT,
    -- How often somebody tried to use it.
    tries BIGINT NOT NULL
);
CREATE INDEX logins_by_end ON logins (valid_until);

-- A browser that may see all tickets of an address.
CREATE TABLE sessions (
    -- Keyed hash of the cookie.
    token TEXT NOT NULL PRIMARY KEY,
    email_key TEXT NOT NULL,
    valid_until BIGINT NOT NULL
);
CREATE INDEX sessions_by_end ON sessions (valid_until);
