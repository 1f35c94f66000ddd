-- Connected accounts of Hotmart. Keys and hottok are sealed with the server's key.
CREATE TABLE order_accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    client_id TEXT NOT NULL,
    keys TEXT NOT NULL,
    hottok TEXT,
    paused_at BIGINT,
    created_at BIGINT NOT NULL,
    answered_at BIGINT,
    -- Why the last call brought nothing, and when the next one is made.
    problem TEXT,
    retry_at BIGINT,
    -- One status a call: the account's API refuses several.
    one_status BIGINT NOT NULL DEFAULT 0,
    -- Who reads it now, and until when nobody else does.
    reader TEXT,
    read_until BIGINT,
    -- When each kind of look at what may have changed was begun last.
    newest_at BIGINT NOT NULL DEFAULT 0,
    recent_at BIGINT NOT NULL DEFAULT 0,
    full_at BIGINT NOT NULL DEFAULT 0
);

-- What has to be read of an account: a period of a stream.
CREATE TABLE order_windows (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    stream TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    round TEXT NOT NULL,
    state TEXT NOT NULL,
    items BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT,
    problem TEXT,
    PRIMARY KEY (account, stream, round, starts_at, ends_at)
);
CREATE INDEX order_windows_open ON order_windows (account, ends_at, stream) WHERE state = 'open';

-- Sales. Amounts are in minor units.
CREATE TABLE orders (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    class TEXT NOT NULL,
    product TEXT,
    product_name TEXT,
    buyer TEXT,
    buyer_name TEXT,
    buyer_email TEXT,
    -- A keyed hash of the address: by it the buyer is found.
    buyer_key TEXT,
    ordered_at BIGINT,
    approved_at BIGINT,
    guarantee_until BIGINT,
    amount BIGINT,
    currency TEXT,
    fee BIGINT,
    fee_currency TEXT,
    payment_type TEXT,
    payment_method TEXT,
    installments BIGINT,
    offer TEXT,
    source TEXT,
    sck TEXT,
    external_code TEXT,
    recurrence BIGINT,
    is_subscription BIGINT NOT NULL,
    commission_as TEXT,
    -- The moment that the status is known for: of a webhook its own, else when it was read.
    status_at BIGINT NOT NULL,
    -- Its buyer was erased: the next reading brings nothing of them back.
    erased BIGINT NOT NULL DEFAULT 0,
    first_seen_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account, code)
);
CREATE INDEX orders_by_code ON orders (code);
CREATE INDEX orders_by_buyer ON orders (buyer_key, ordered_at);
CREATE INDEX orders_erased ON orders (account, code) WHERE erased = 1;
CREATE INDEX orders_by_day ON orders (account, ordered_at);

-- Every status that a sale was ever seen in.
CREATE TABLE order_statuses (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account, code, status)
);

-- What the other lists say of a sale. Telephone, document and postal address are sealed.
CREATE TABLE order_people (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    country TEXT,
    locale TEXT,
    affiliate TEXT,
    contact TEXT,
    PRIMARY KEY (account, code)
);
CREATE TABLE order_commissions (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    source TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (account, code, source, currency)
);
CREATE TABLE order_prices (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    base BIGINT,
    total BIGINT,
    tax BIGINT,
    interest BIGINT,
    currency TEXT,
    coupon TEXT,
    PRIMARY KEY (account, code)
);
CREATE TABLE order_subscriptions (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    plan TEXT,
    period_days BIGINT,
    product TEXT,
    product_name TEXT,
    subscriber_name TEXT,
    subscriber_email TEXT,
    subscriber_key TEXT,
    amount BIGINT,
    currency TEXT,
    began_at BIGINT,
    ended_at BIGINT,
    next_charge_at BIGINT,
    is_trial BIGINT NOT NULL,
    last_sale TEXT,
    updated_at BIGINT NOT NULL,
    erased BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account, code)
);
CREATE INDEX order_subscriptions_erased ON order_subscriptions (account, code) WHERE erased = 1;
CREATE INDEX order_subscriptions_by_subscriber ON order_subscriptions (subscriber_key);
CREATE TABLE order_recurrences (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    subscription TEXT,
    number BIGINT,
    status TEXT,
    refusal TEXT,
    refunded_at BIGINT,
    PRIMARY KEY (account, code)
);

-- The bodies as they came, sealed.
CREATE TABLE order_bodies (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    stream TEXT NOT NULL,
    code TEXT NOT NULL,
    sealed TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (account, stream, code)
);
CREATE INDEX order_bodies_by_age ON order_bodies (taken_at);

-- Webhooks that were taken: each once, by Hotmart's id.
CREATE TABLE order_webhooks (
    account TEXT NOT NULL REFERENCES order_accounts (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    code TEXT,
    PRIMARY KEY (account, id)
);
CREATE INDEX order_webhooks_by_age ON order_webhooks (account, taken_at);
