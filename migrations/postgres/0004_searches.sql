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
