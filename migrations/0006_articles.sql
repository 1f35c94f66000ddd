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

-- What was searched for on a day and what came of it. Nothing here says who asked.
CREATE TABLE searches (
    day BIGINT NOT NULL,
    lang TEXT NOT NULL,
    -- In lower case, without signs; never one with an address or a number that could name a person or a purchase.
    query TEXT NOT NULL,
    asked BIGINT NOT NULL,
    -- Times that nothing was found.
    empty BIGINT NOT NULL,
    -- Times that a result was opened.
    clicked BIGINT NOT NULL,
    -- Times that a message to support followed.
    wrote BIGINT NOT NULL,
    PRIMARY KEY (day, lang, query)
);
