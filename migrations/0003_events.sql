-- What happened, written in the transaction in which it did. Rows are only added; those of a ticket go with it.
CREATE TABLE events (
    -- In the order of the commits.
    seq BIGINT NOT NULL PRIMARY KEY,
    -- ticket, customer, staff or email, and its id; empty where many are meant.
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    ticket TEXT REFERENCES tickets (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    -- The day in the help center's zone, for reports.
    local_day BIGINT NOT NULL,
    -- customer, staff, rule, system or console; and its id, where it has one.
    actor_kind TEXT NOT NULL,
    actor TEXT,
    kind TEXT NOT NULL,
    -- JSON: what changed and to what. Ids and words of the program, never text or an address.
    data TEXT NOT NULL
);
CREATE INDEX events_by_ticket ON events (ticket, seq);
CREATE INDEX events_by_day ON events (local_day, kind);

-- The last number that was given out. Its row is locked from there to the commit: the order of a sequence is not the order of commits.
CREATE TABLE event_counter (
    id BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);
INSERT INTO event_counter (id, last) VALUES (1, 0);

-- What is left of the events of erased tickets: how many there were of a kind on a day.
CREATE TABLE event_sums (
    local_day BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (local_day, kind, actor_kind)
);
