-- Only BIGINT and TEXT, so that every table is the same on both engines: times are UTC microseconds since 1970, days are days since 1970, truth is
-- 0 or 1, ids are text that sorts by time.

-- Who writes to support. A customer is whoever shares its addresses; what they are called stands on each ticket.
CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

-- An email address of a customer. That somebody wrote under it proves nothing.
CREATE TABLE addresses (
    id TEXT NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    -- In lower case, as addresses are compared.
    address TEXT NOT NULL UNIQUE,
    -- As it was typed first.
    written TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When somebody came through the mailbox for the first time, by a link or a code; NULL: nobody has.
    verified_at BIGINT
);
CREATE INDEX addresses_by_customer ON addresses (customer);

-- A code and a link by which somebody shows that they read a mailbox. Both are made from the id with the server's key: nothing here opens anything.
CREATE TABLE sign_in_codes (
    id TEXT NOT NULL PRIMARY KEY,
    -- NULL: nobody has written under the address, so no email leaves.
    address TEXT REFERENCES addresses (id) ON DELETE CASCADE,
    valid_until BIGINT NOT NULL,
    -- NULL: not used yet.
    used_at BIGINT,
    -- How often somebody tried to use it.
    tries BIGINT NOT NULL
);
CREATE INDEX sign_in_codes_by_end ON sign_in_codes (valid_until);
CREATE INDEX sign_in_codes_by_address ON sign_in_codes (address);

-- A browser that may see all tickets of an address.
CREATE TABLE sessions (
    -- Keyed hash of the cookie.
    token TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL REFERENCES addresses (id) ON DELETE CASCADE,
    valid_until BIGINT NOT NULL
);
CREATE INDEX sessions_by_end ON sessions (valid_until);
CREATE INDEX sessions_by_address ON sessions (address);

-- People of the support team.
CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    -- In lower case.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- agent or admin
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When they left; what they did keeps their name.
    removed_at BIGINT
);
