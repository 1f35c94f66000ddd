-- How much of an hourly limit is used up, shared by all instances.
CREATE TABLE rate_limits (
    -- Keyed hash of a network or of an email address.
    subject TEXT NOT NULL,
    -- Hours since 1970 UTC.
    hour BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (subject, hour)
);
CREATE INDEX rate_limits_by_hour ON rate_limits (hour);

-- By which a text is known again that came from somebody else before.
CREATE TABLE shingles (
    -- Keyed hash of some words in a row.
    shingle TEXT NOT NULL,
    -- Keyed hashes of the network and of the email address that it came from.
    network TEXT NOT NULL,
    address TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (shingle, network, address)
);
CREATE INDEX shingles_by_time ON shingles (seen_at);

-- That everything about a customer was erased: for whoever must prove it. What was erased is nowhere, nor whose it was.
CREATE TABLE erasures (
    id TEXT NOT NULL PRIMARY KEY,
    -- Keyed hash of an email address: whoever has the server's key can tell whether it was a given one.
    subject TEXT NOT NULL,
    erased_at BIGINT NOT NULL,
    -- How much was erased.
    tickets BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    files BIGINT NOT NULL,
    others BIGINT NOT NULL
);
CREATE INDEX erasures_by_subject ON erasures (subject, erased_at);
