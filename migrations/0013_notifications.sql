-- How somebody of the team is told of what: choices that differ from the shipped ones, as "kind:desk+mail" between spaces; NULL: none does.
ALTER TABLE staff ADD COLUMN notify TEXT;

-- What people of the team are told. Ids only: never a word of a message.
CREATE TABLE notifications (
    id TEXT NOT NULL PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    -- customer_replied, assigned, mentioned, due_soon or new_unassigned
    kind TEXT NOT NULL,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    -- The number of the event that it comes from; of due_soon the due moment. Whoever looks twice writes it once.
    occasion BIGINT NOT NULL,
    -- Who did it, as in the event.
    actor_kind TEXT NOT NULL,
    actor TEXT,
    created_at BIGINT NOT NULL,
    -- 1: shown on the desk.
    in_desk BIGINT NOT NULL,
    -- NULL: not read yet.
    read_at BIGINT,
    -- From when on it may leave by email; NULL: it does not.
    mail_due_at BIGINT,
    -- The email that tells it, and when that left.
    mail TEXT,
    mailed_at BIGINT
);
CREATE UNIQUE INDEX notifications_once ON notifications (staff, kind, ticket, occasion);
CREATE INDEX notifications_list ON notifications (staff, id);
CREATE INDEX notifications_unread ON notifications (staff, ticket, in_desk) WHERE read_at IS NULL;
CREATE INDEX notifications_to_mail ON notifications (mail_due_at, staff) WHERE mail_due_at IS NOT NULL AND mailed_at IS NULL AND read_at IS NULL;
CREATE INDEX notifications_by_mail ON notifications (mail) WHERE mail IS NOT NULL;
CREATE INDEX notifications_by_ticket ON notifications (ticket);
CREATE INDEX notifications_by_time ON notifications (created_at);

-- How far the log was looked through for what people have to be told.
CREATE TABLE notification_cursor (
    id BIGINT NOT NULL PRIMARY KEY,
    -- NULL: never; what happened before the first look is told to nobody.
    seq BIGINT
);
INSERT INTO notification_cursor (id, seq) VALUES (1, NULL);

-- Whose notifications an email tells.
ALTER TABLE outbox ADD COLUMN staff TEXT REFERENCES staff (id) ON DELETE CASCADE;
CREATE INDEX outbox_by_staff ON outbox (staff, due_at);
