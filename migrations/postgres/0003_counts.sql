-- How often an article was read on a day.
CREATE TABLE reads (
    article TEXT NOT NULL,
    day BIGINT NOT NULL,
    reads BIGINT NOT NULL,
    PRIMARY KEY (article, day)
);
CREATE INDEX reads_by_day ON reads (day);

-- "Was this helpful?", one answer per visitor, article, language and day; the last one counts.
CREATE TABLE votes (
    article TEXT NOT NULL,
    lang TEXT NOT NULL,
    day BIGINT NOT NULL,
    -- Keyed hash of the network.
    voter TEXT NOT NULL,
    helpful BIGINT NOT NULL,
    sentence TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (article, lang, day, voter)
);
CREATE INDEX votes_by_day ON votes (day);
