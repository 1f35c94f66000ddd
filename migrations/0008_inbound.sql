-- Files that came with a message and were not kept: a JSON list of name and reason. NULL: all were kept.
ALTER TABLE messages ADD COLUMN not_kept TEXT;

-- Questions that may be shown as popular whoever asked them.
CREATE TABLE allowed_searches (
    lang TEXT NOT NULL,
    query TEXT NOT NULL,
    allowed_at BIGINT NOT NULL,
    PRIMARY KEY (lang, query)
);
