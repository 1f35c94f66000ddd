INSERT INTO customers (id, created_at) VALUES ('c1', 1795000000000000), ('c2', 1795000000000000);
INSERT INTO addresses (id, customer, address, written, created_at, verified_at) VALUES
    ('a1', 'c1', 'maria@example.com', 'Maria@example.com', 1795000000000000, 1795000001000000),
    ('a2', 'c2', 'bot@example.com', 'bot@example.com', 1795000000000000, NULL);
INSERT INTO sign_in_codes (id, address, valid_until, used_at, tries) VALUES ('s1', 'a1', 1795000000000000, 1795000000000000, 1), ('s2', NULL, 1795000000000000, NULL, 0);
INSERT INTO sessions (token, address, valid_until) VALUES ('t1', 'a1', 1796000000000000);
INSERT INTO staff (id, email, name, role, created_at) VALUES ('st1', 'ana@example.org', 'Ana', 'agent', 1795000000000000);
INSERT INTO tickets (id, reference, version, created_at, updated_at, status, quarantine, channel, proof, customer, address, name, lang, subject, article, reason, code, priority, assignee, tags, due_at, answered_at, generation) VALUES
    ('ticket1', 'K7M-4QX-92P', 3, 1795000000000000, 1795000002000000, 'pending', NULL, 'form', 'mailbox_link', 'c1', 'a1', 'Maria', 'pt', 'Cobrada duas vezes', 'buyer/refunds/ask', 'payment', 'HP1', 'high', 'st1', 'refund', NULL, 1795000002000000, 1),
    ('ticket2', '222-333-444', 1, 1795000000000000, 1795000000000000, 'new', 'trap', 'form', 'none', 'c2', 'a2', 'Bot', 'en', 'Win money', NULL, NULL, NULL, 'normal', NULL, '', 1795086400000000, NULL, 1);
INSERT INTO messages (id, ticket, created_at, author_kind, author, audience, channel, proof, body, cut_off, due_at) VALUES
    ('m1', 'ticket1', 1795000000000000, 'customer', NULL, 'filer', 'form', 'none', 'Fui cobrada duas vezes.', NULL, 1795086400000000),
    ('m2', 'ticket1', 1795000002000000, 'staff', 'st1', 'mailbox', 'console', 'none', 'Já vimos.', NULL, NULL),
    ('m3', 'ticket1', 1795000003000000, 'staff', NULL, 'staff', 'console', 'none', 'uma nota', NULL, NULL),
    ('m4', 'ticket2', 1795000000000000, 'customer', NULL, 'filer', 'form', 'none', 'Win money now.', NULL, 1795086400000000);
INSERT INTO dedupe_keys (fingerprint, ticket, valid_until) VALUES ('f1', 'ticket1', 1795003600000000);
INSERT INTO attachments (id, ticket, message, created_at, name, media_type, bytes, width, height, fingerprint, staged_until) VALUES ('at1', 'ticket1', 'm1', 1795000000000000, 'log.txt', 'text/plain', 3, NULL, NULL, 'f', NULL);
INSERT INTO events (seq, subject_kind, subject, ticket, at, local_day, actor_kind, actor, kind, data) VALUES
    (1, 'staff', 'st1', NULL, 1795000000000000, 20775, 'console', NULL, 'staff_added', '{"role":"agent"}'),
    (2, 'ticket', 'ticket1', 'ticket1', 1795000000000000, 20775, 'customer', NULL, 'created', '{"message":"m1","status":"new","priority":"high","due_at":1795086400000000}'),
    (3, 'ticket', 'ticket1', 'ticket1', 1795000002000000, 20775, 'staff', 'st1', 'answered', '{"message":"m2","status":"pending","due_at":null}');
UPDATE event_counter SET last = 3;
INSERT INTO event_sums (local_day, kind, actor_kind, events) VALUES (20000, 'created', 'customer', 7);
INSERT INTO outbox (id, created_at, template, ticket, message, sign_in, lang, state, due_at, attempts) VALUES ('o1', 1795000000000000, 'confirmation', 'ticket1', NULL, NULL, 'pt', 'sent', 1795000000000000, 1);
INSERT INTO inbound_emails (id, fingerprint, received_at, state, reason, address, ticket, message, authenticated, subject, bytes) VALUES
    ('i1', 'fp1', 1795000000000000, 'filed', NULL, 'a1', 'ticket1', 'm1', 1, NULL, 0),
    ('i2', 'fp2', 1795000000000000, 'review', 'nobody', NULL, NULL, NULL, 0, 'Hello', 12);
INSERT INTO rate_limits (subject, hour, used) VALUES ('r1', 498611, 3);
INSERT INTO shingles (shingle, network, address, seen_at) VALUES ('sh1', 'n1', 'ad1', 1795000000000000);
INSERT INTO erasures (id, subject, erased_at, tickets, messages, files, others) VALUES ('e1', 'su1', 1795000000000000, 1, 2, 3, 4);
INSERT INTO reads (article, day, reads) VALUES ('buyer/refunds/ask', 20775, 5);
INSERT INTO votes (article, lang, day, voter, helpful, sentence, created_at) VALUES ('buyer/refunds/ask', 'pt', 20775, 'v1', 1, NULL, 1795000000000000);
INSERT INTO searches (day, lang, query, asked, empty, clicked, wrote) VALUES (20775, 'pt', 'reembolso', 3, 0, 1, 0);
INSERT INTO jobs (id, unique_key, kind, data, run_at, lease, attempts, last_problem) VALUES ('j1', 'schedule:prune', 'prune', '{}', 1795000000000000, NULL, 0, NULL);
UPDATE messages SET not_kept = '[{"name":"foto.heic","why":"Kind"}]' WHERE author_kind = 'customer';
INSERT INTO allowed_searches (lang, query, allowed_at) VALUES ('pt', 'reembolso', 1795000000000000);
