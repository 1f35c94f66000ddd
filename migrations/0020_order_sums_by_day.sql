-- Sums by day before dimension: those of a stretch of days are dropped, added up and read together, and stand beside each other then.
CREATE TABLE order_sums_by_day (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    span TEXT NOT NULL,
    day BIGINT NOT NULL,
    dimension TEXT NOT NULL,
    choice TEXT NOT NULL,
    currency TEXT NOT NULL,
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
    PRIMARY KEY (account, span, day, dimension, choice, currency, kind)
);
INSERT INTO order_sums_by_day (account, span, day, dimension, choice, currency, kind, orders, revenue, refunded, refunded_amount, partly,
  partly_amount, chargebacks, chargeback_amount, fee, shares, without_fee, first_payments, first_amount, customers, new_customers)
SELECT account, span, day, dimension, choice, currency, kind, orders, revenue, refunded, refunded_amount, partly,
  partly_amount, chargebacks, chargeback_amount, fee, shares, without_fee, first_payments, first_amount, customers, new_customers
FROM order_sums;
DROP TABLE order_sums;
ALTER TABLE order_sums_by_day RENAME TO order_sums;
-- What a chart shows.
CREATE INDEX order_sums_of_all ON order_sums (account, span, day) WHERE dimension = 'all';
