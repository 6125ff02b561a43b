-- Handing over to a person of the shop, and what shoppers think of it.

CREATE TABLE ticket (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE, -- digits, as it is said
    customer   INTEGER NOT NULL REFERENCES customer (id),
    why        TEXT NOT NULL CHECK (why IN ('asked', 'failed', 'anger')),
    question   TEXT NOT NULL,    -- what the shopper wanted, in their words
    session_ms INTEGER NOT NULL, -- when the talk that led to it began
    opened_ms  INTEGER NOT NULL,
    closed_ms  INTEGER,          -- NULL: open
    closed_by  TEXT NOT NULL DEFAULT '' -- the person's name; '' the shopper
) STRICT;
CREATE INDEX ticket_by_customer ON ticket (customer, closed_ms);

CREATE TABLE ticket_message (
    id       INTEGER PRIMARY KEY,
    ticket   INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    at_ms    INTEGER NOT NULL,
    who      TEXT NOT NULL CHECK (who IN ('shopper', 'person', 'closed')), -- 'closed': by that person
    name     TEXT NOT NULL, -- the person's
    text     TEXT NOT NULL,
    heard_ms INTEGER        -- when the shopper was told; NULL: not yet, or the shopper's own
) STRICT;
CREATE INDEX ticket_message_by_ticket ON ticket_message (ticket, id);

CREATE TABLE feedback (
    id       INTEGER PRIMARY KEY,
    at_ms    INTEGER NOT NULL,
    customer INTEGER REFERENCES customer (id), -- NULL: forgotten on the shopper's wish
    stars    INTEGER CHECK (stars BETWEEN 1 AND 5), -- NULL: words only
    comment  TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_by_time ON feedback (at_ms);

-- Since when a customer wants to be a stranger: habits ("my usual") are made from later orders only. What else is kept of
-- a customer beside the orders goes by a trigger on this table.
CREATE TABLE forgotten (
    customer INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
    at_ms    INTEGER NOT NULL
) STRICT;

CREATE TRIGGER forgotten_all AFTER INSERT ON forgotten BEGIN
    DELETE FROM looked WHERE customer = new.customer;
    DELETE FROM checkout_left WHERE customer = new.customer;
    DELETE FROM remark WHERE customer = new.customer AND NOT declined;
    DELETE FROM notice WHERE customer = new.customer AND told_ms IS NOT NULL;
END;
