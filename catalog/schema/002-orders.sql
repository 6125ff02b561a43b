-- Who buys, what is in the basket, what was ordered, and what the shop's server has yet to be told.

CREATE TABLE customer (
    id      INTEGER PRIMARY KEY,
    shop_id TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;

CREATE TABLE basket (
    customer   INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
    changed_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE basket_line (
    id             INTEGER PRIMARY KEY,
    customer       INTEGER NOT NULL REFERENCES basket (customer) ON DELETE CASCADE,
    variant        INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
    options        TEXT NOT NULL, -- as chosen; the variant's own are not repeated
    extra_minor    INTEGER NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    UNIQUE (customer, variant, options)
) STRICT;

CREATE TABLE orders (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL UNIQUE, -- digits
    key            TEXT UNIQUE,          -- idempotency key, of those made here
    customer       INTEGER NOT NULL REFERENCES customer (id),
    state          TEXT NOT NULL,
    placed_ms      INTEGER NOT NULL,
    expected_ms    INTEGER,
    delivered_ms   INTEGER,
    as_of_ms       INTEGER NOT NULL,
    carrier        TEXT NOT NULL,
    place          TEXT NOT NULL,
    delivery_minor INTEGER NOT NULL
) STRICT;
CREATE INDEX orders_by_customer ON orders (customer, placed_ms);

CREATE TABLE order_line (
    id             INTEGER PRIMARY KEY,
    orders         INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL, -- from 1
    variant        INTEGER REFERENCES variant (id) ON DELETE SET NULL,
    title          TEXT NOT NULL,
    options        TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    price_minor    INTEGER NOT NULL, -- paid for one
    UNIQUE (orders, position)
) STRICT;
CREATE INDEX order_line_by_variant ON order_line (variant);

-- What a line may be called: kept apart from the product, which may go.
CREATE VIRTUAL TABLE order_line_text USING fts5 (words, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER order_line_removed AFTER DELETE ON order_line BEGIN
    DELETE FROM order_line_text WHERE rowid = old.id;
END;

CREATE TABLE shipment (
    id           INTEGER PRIMARY KEY,
    orders       INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    carrier      TEXT NOT NULL,
    shipped_ms   INTEGER,
    expected_ms  INTEGER,
    delivered_ms INTEGER,
    place        TEXT NOT NULL
) STRICT;
CREATE INDEX shipment_by_order ON shipment (orders);

CREATE TABLE shipment_line (
    shipment INTEGER NOT NULL REFERENCES shipment (id) ON DELETE CASCADE,
    line     INTEGER NOT NULL REFERENCES order_line (id) ON DELETE CASCADE,
    PRIMARY KEY (shipment, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX shipment_line_by_line ON shipment_line (line);

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY, -- sent in this order
    kind       TEXT NOT NULL,       -- "order"
    subject    INTEGER NOT NULL,    -- id of the order
    key        TEXT NOT NULL UNIQUE,
    made_ms    INTEGER NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    next_ms    INTEGER NOT NULL,    -- not before
    trouble    TEXT NOT NULL DEFAULT '' -- why the last try failed
) STRICT;
