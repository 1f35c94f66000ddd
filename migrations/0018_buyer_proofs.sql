-- Codes by which somebody proves that they made a purchase. What goes out is made from the id with the server's key and kept nowhere.
CREATE TABLE buyer_codes (
    id TEXT NOT NULL PRIMARY KEY,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    -- The transaction code as it was typed: there may be no such purchase.
    code TEXT NOT NULL,
    valid_until BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX buyer_codes_by_ticket ON buyer_codes (ticket);
CREATE INDEX buyer_codes_by_code ON buyer_codes (code);

-- How many codes were asked for on a day, by a keyed hash of the transaction code.
CREATE TABLE buyer_code_days (
    subject TEXT NOT NULL,
    day BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (subject, day)
);

-- Whoever has the right to the ticket made this purchase. Nothing else follows from it.
CREATE TABLE buyer_proofs (
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    code TEXT NOT NULL,
    proved_at BIGINT NOT NULL,
    PRIMARY KEY (ticket, account, code),
    FOREIGN KEY (account, code) REFERENCES orders (account, code) ON DELETE CASCADE
);
CREATE INDEX buyer_proofs_by_purchase ON buyer_proofs (account, code);

ALTER TABLE outbox ADD COLUMN buyer_code TEXT REFERENCES buyer_codes (id) ON DELETE CASCADE;
CREATE INDEX outbox_by_buyer_code ON outbox (buyer_code);
