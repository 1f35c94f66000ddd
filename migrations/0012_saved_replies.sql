-- Texts that staff insert into their replies.
CREATE TABLE saved_replies (
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose alone it is; NULL: everybody's.
    owner TEXT REFERENCES staff (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- Signed ids of its files, between spaces.
    files TEXT NOT NULL,
    -- How often it was inserted.
    uses BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX saved_replies_by_owner ON saved_replies (owner);

-- Its text in each language that it has.
CREATE TABLE saved_reply_texts (
    reply TEXT NOT NULL REFERENCES saved_replies (id) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (reply, lang)
);
