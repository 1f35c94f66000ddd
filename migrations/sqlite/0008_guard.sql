-- By which a text is known again that came from somebody else before.
CREATE TABLE prints (
    -- Keyed hash of some words in a row.
    print TEXT NOT NULL,
    -- Keyed hashes of the network and of the mail address that it came from.
    network TEXT NOT NULL,
    address TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (print, network, address)
);
CREATE INDEX prints_by_time ON prints (seen_at);
