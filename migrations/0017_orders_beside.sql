-- The beginning of the buyer's name without accents and capitals, as hexadecimal digits: these have the same order everywhere.
ALTER TABLE orders ADD COLUMN buyer_fold TEXT;
CREATE INDEX orders_by_name ON orders (buyer_fold, ordered_at DESC, code);
