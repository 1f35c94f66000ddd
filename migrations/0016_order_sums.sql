-- The day that a sale counts on, in the zone of `order_counted`: of its approval, or of the order where approval has none. NULL: Hotmart tells neither.
ALTER TABLE orders ADD COLUMN day BIGINT;
-- The one before it was written last. `updated_at` is when anything changed that a sum depends on.
ALTER TABLE orders ADD COLUMN day_before BIGINT;
CREATE INDEX orders_by_count ON orders (account, day, class);
-- Whether the last writing changed what a sum depends on.
ALTER TABLE order_people ADD COLUMN changed BIGINT NOT NULL DEFAULT 1;

-- In which zone an account's days are.
CREATE TABLE order_counted (
    account TEXT NOT NULL PRIMARY KEY REFERENCES order_accounts (id) ON DELETE CASCADE,
    zone TEXT NOT NULL,
    -- The code up to which sales have got their day in this zone; NULL: all have.
    counted_to TEXT
);

-- Sums of a day, or of a month by its first day. Made anew from the sales when one of them changed.
CREATE TABLE order_sums (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    -- day or month
    span TEXT NOT NULL,
    -- all, or by what: product, offer, source, sck, affiliate, payment, country
    dimension TEXT NOT NULL,
    day BIGINT NOT NULL,
    -- The product's number, and so on; empty: sales without any.
    choice TEXT NOT NULL,
    -- Empty: sales without a price.
    currency TEXT NOT NULL,
    -- new, renewal or failed
    kind TEXT NOT NULL,
    orders BIGINT NOT NULL,
    revenue BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    refunded_amount BIGINT NOT NULL,
    partly BIGINT NOT NULL,
    partly_amount BIGINT NOT NULL,
    chargebacks BIGINT NOT NULL,
    chargeback_amount BIGINT NOT NULL,
    fee BIGINT NOT NULL,
    shares BIGINT NOT NULL,
    without_fee BIGINT NOT NULL,
    first_payments BIGINT NOT NULL,
    first_amount BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    new_customers BIGINT NOT NULL,
    PRIMARY KEY (account, span, dimension, day, choice, currency, kind)
);

-- Days whose sums have to be made anew. Until then they are read from the sales.
CREATE TABLE order_stale_days (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    day BIGINT NOT NULL,
    -- 1: only who is a new customer changed, since an older order of theirs was read. That waits until an import is at its end.
    late BIGINT NOT NULL,
    PRIMARY KEY (account, day)
);

-- The day of each buyer's first order in an account, by the keyed hash of their address.
CREATE TABLE order_buyers (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    buyer TEXT NOT NULL,
    day BIGINT NOT NULL,
    -- The one that was taken for it before.
    day_before BIGINT,
    PRIMARY KEY (account, buyer)
);
CREATE INDEX order_buyers_by_day ON order_buyers (account, day);

-- What products are called, by their newest sale.
CREATE TABLE order_products (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    product TEXT NOT NULL,
    name TEXT NOT NULL,
    day BIGINT NOT NULL,
    PRIMARY KEY (account, product)
);

-- The keyed hash of each address that wrote to support, by which its purchases are found.
CREATE TABLE order_addresses (
    address TEXT NOT NULL PRIMARY KEY REFERENCES addresses (id) ON DELETE CASCADE,
    buyer TEXT NOT NULL
);
CREATE INDEX order_addresses_by_buyer ON order_addresses (buyer);
