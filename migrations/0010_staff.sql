-- How people of the team log in. Nothing in these tables opens anything by itself: passwords and codes are hashed, secrets are encrypted, links and
-- sessions are made with the server's key.

-- What customers see; NULL: the first word of the name.
ALTER TABLE staff ADD COLUMN public_name TEXT;
-- The desk's language; NULL: that of the browser.
ALTER TABLE staff ADD COLUMN lang TEXT;
-- What the desk opens with; NULL: mine, or unassigned where that is empty.
ALTER TABLE staff ADD COLUMN default_view TEXT;
-- Where a sent reply leads: next or list; NULL: it stays at the ticket.
ALTER TABLE staff ADD COLUMN after_send TEXT;
-- Below every reply.
ALTER TABLE staff ADD COLUMN signature TEXT;
-- 1: no key of the desk does anything by itself.
ALTER TABLE staff ADD COLUMN keys_off BIGINT;
-- Argon2id, as a PHC string; NULL: none was chosen yet.
ALTER TABLE staff ADD COLUMN password TEXT;
ALTER TABLE staff ADD COLUMN password_set_at BIGINT;
-- The secret of the second factor, encrypted; not in use before second_factor_at.
ALTER TABLE staff ADD COLUMN second_factor TEXT;
ALTER TABLE staff ADD COLUMN second_factor_at BIGINT;
-- The last time step whose code was used: none works twice.
ALTER TABLE staff ADD COLUMN second_factor_step BIGINT;

-- Each takes the place of one code of the second factor, once.
CREATE TABLE staff_recovery_codes (
    -- Keyed hash.
    code TEXT NOT NULL PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE
);
CREATE INDEX staff_recovery_codes_by_staff ON staff_recovery_codes (staff);

-- One-time links by which somebody chooses a password.
CREATE TABLE staff_links (
    id TEXT NOT NULL PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    valid_until BIGINT NOT NULL,
    -- NULL: not used yet.
    used_at BIGINT
);
CREATE INDEX staff_links_by_staff ON staff_links (staff);

-- Browsers that are logged in.
CREATE TABLE staff_sessions (
    id TEXT NOT NULL PRIMARY KEY,
    -- Keyed hash of the cookie.
    token TEXT NOT NULL UNIQUE,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    -- code (the second factor is still to come) or full
    stage TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- To the minute.
    seen_at BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    -- When the password was typed last.
    confirmed_at BIGINT NOT NULL,
    -- What the browser calls itself, in two words.
    browser TEXT NOT NULL
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff);
CREATE INDEX staff_sessions_by_end ON staff_sessions (valid_until);

-- Tries to log in that were wrong, or are under way.
CREATE TABLE staff_tries (
    -- Keyed hash of a person and a network, of a person, or of a network.
    subject TEXT NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    -- Before that nothing more is tried.
    blocked_until BIGINT NOT NULL
);
CREATE INDEX staff_tries_by_time ON staff_tries (last_at);

-- Emails to people of the team.
ALTER TABLE outbox ADD COLUMN staff_link TEXT REFERENCES staff_links (id) ON DELETE CASCADE;
CREATE INDEX outbox_by_staff_link ON outbox (staff_link);
