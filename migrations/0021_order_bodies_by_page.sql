-- What Hotmart sent is kept page by page, packed and sealed: item by item it was most of the work of an import. What was kept before is read again with
-- the next full round.
DROP TABLE order_bodies;
CREATE TABLE order_bodies (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    stream TEXT NOT NULL,
    -- Why and for which period it was asked for.
    round TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    page BIGINT NOT NULL,
    -- Codes of the sales or subscriptions in it, each between spaces.
    codes TEXT NOT NULL,
    sealed TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (account, stream, round, starts_at, ends_at, page)
);
CREATE INDEX order_bodies_by_age ON order_bodies (taken_at);
