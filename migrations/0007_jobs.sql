-- Work that is owed, shared by all instances. What leaves as an email is in `outbox`.
CREATE TABLE jobs (
    -- A new one each time that a job is put in, also for what recurs: an attempt that ends late never ends the next run.
    id TEXT NOT NULL PRIMARY KEY,
    -- No two jobs with the same key wait; NULL: as many as are put in. "schedule:KIND" for what recurs.
    unique_key TEXT UNIQUE,
    kind TEXT NOT NULL,
    -- JSON: ids and numbers, never what people wrote nor an address.
    data TEXT NOT NULL,
    -- When it runs next; NULL: given up.
    run_at BIGINT,
    -- While somebody runs it, until when nobody else does.
    lease BIGINT,
    attempts BIGINT NOT NULL,
    -- Why the last attempt failed.
    last_problem TEXT
);
CREATE INDEX jobs_by_time ON jobs (run_at, id);
