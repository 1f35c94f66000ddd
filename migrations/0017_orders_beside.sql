-- The beginning of the buyer's name without accents and capitals, as hexadecimal digits: these have the same order everywhere.
ALTER TABLE orders ADD COLUMN buyer_fold TEXT;
CREATE INDEX orders_by_name ON orders (buyer_fold, ordered_at DESC, code);

-- What was ever sold, for who chooses among it.
CREATE TABLE order_products (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    product TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (account, product)
);
INSERT INTO order_products (account, product, name)
SELECT account, product, COALESCE(MAX(product_name), product) FROM orders WHERE product IS NOT NULL GROUP BY account, product;

-- By what an address that wrote to us is known among buyers, so that a list of tickets can be joined with what was bought.
CREATE TABLE order_buyers (
    address TEXT NOT NULL PRIMARY KEY REFERENCES addresses (id) ON DELETE CASCADE,
    buyer_key TEXT NOT NULL
);
