-- Disconnected: it has no keys any more. Deleted: its rows are being dropped, and nobody is shown it.
ALTER TABLE order_accounts ADD COLUMN disconnected_at BIGINT;
ALTER TABLE order_accounts ADD COLUMN deleted_at BIGINT;
-- Compared with Hotmart's own sums: when that was asked for, when it was done last, and over how many months.
ALTER TABLE order_accounts ADD COLUMN compare_asked_at BIGINT;
ALTER TABLE order_accounts ADD COLUMN compared_at BIGINT;
ALTER TABLE order_accounts ADD COLUMN compared_months BIGINT NOT NULL DEFAULT 0;

-- Months and statuses in which Hotmart's sums were others when they were compared last.
CREATE TABLE order_differences (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    here_sales BIGINT NOT NULL,
    here_amount BIGINT NOT NULL,
    there_sales BIGINT NOT NULL,
    there_amount BIGINT NOT NULL,
    PRIMARY KEY (account, starts_at, status, currency)
);

-- Buyers who are forgotten when their time is over.
CREATE INDEX orders_by_age ON orders (ordered_at) WHERE erased = 0;
