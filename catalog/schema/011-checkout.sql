-- How a basket is delivered and paid, what an order was, and the PIN that orders it.

-- Ways of delivery. Without one, meta's shop.delivery_minor holds.
CREATE TABLE delivery (
    id              TEXT PRIMARY KEY,
    position        INTEGER NOT NULL, -- the first is the usual one
    name            TEXT NOT NULL,    -- "express delivery"
    also            TEXT NOT NULL,    -- other names, with | between them
    price_minor     INTEGER NOT NULL,
    free_from_minor INTEGER,          -- NULL: never free
    days            INTEGER,          -- how long it takes; NULL: nobody knows
    pickup          INTEGER NOT NULL  -- 1: the customer comes for it
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
    customer INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    nickname TEXT NOT NULL COLLATE NOCASE, -- "blue card"
    position INTEGER,                      -- NULL: no longer there
    state    TEXT NOT NULL,                -- ok, declined, expired
    used_ms  INTEGER NOT NULL DEFAULT 0,   -- the latest is the usual one
    PRIMARY KEY (customer, nickname)
) STRICT, WITHOUT ROWID;

-- What was chosen for the basket in hand; '' the usual.
ALTER TABLE basket ADD COLUMN delivery TEXT NOT NULL DEFAULT '';
ALTER TABLE basket ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE basket ADD COLUMN payment TEXT NOT NULL DEFAULT '';

ALTER TABLE orders ADD COLUMN way TEXT NOT NULL DEFAULT '';     -- name of the way of delivery
ALTER TABLE orders ADD COLUMN payment TEXT NOT NULL DEFAULT ''; -- nickname of what paid it

CREATE TABLE pin (
    customer  INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
    hash      TEXT NOT NULL,    -- crypt(5): salted and slow
    wrong     INTEGER NOT NULL, -- tries since the last right one
    locked_ms INTEGER NOT NULL  -- until then; 0 not
) STRICT;
