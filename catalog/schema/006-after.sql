-- How many lines of orders each variant has: what is bought much in this shop, kept up to date so that nobody counts.

CREATE TABLE bought (
    variant INTEGER PRIMARY KEY REFERENCES variant (id) ON DELETE CASCADE,
    lines   INTEGER NOT NULL
) STRICT;
CREATE INDEX bought_most ON bought (lines);
INSERT INTO bought SELECT variant, count(*) FROM order_line WHERE variant IS NOT NULL GROUP BY variant;

CREATE TRIGGER bought_more AFTER INSERT ON order_line WHEN new.variant IS NOT NULL BEGIN
    INSERT INTO bought VALUES (new.variant, 1) ON CONFLICT (variant) DO UPDATE SET lines = lines + 1;
END;
CREATE TRIGGER bought_less AFTER DELETE ON order_line WHEN old.variant IS NOT NULL BEGIN
    UPDATE bought SET lines = lines - 1 WHERE variant = old.variant;
END;

-- What a customer wants to be told, or should be: due once it has happened, told once it was said.
CREATE TABLE notice (
    id       INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL,    -- of an order: shipped, out_for_delivery, delivered, delayed; of a variant: stock, price
    subject  TEXT NOT NULL,    -- the order's number or the variant's id
    value    INTEGER NOT NULL, -- price: what it was
    wished   INTEGER NOT NULL, -- 1: asked for
    made_ms  INTEGER NOT NULL,
    due_ms   INTEGER,
    told_ms  INTEGER,
    UNIQUE (customer, kind, subject)
) STRICT;

-- Where a customer has things sent, beside the address of table customer.
CREATE TABLE address (
    customer INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    nickname TEXT NOT NULL COLLATE NOCASE, -- "the office"
    address  TEXT NOT NULL,
    PRIMARY KEY (customer, nickname)
) STRICT, WITHOUT ROWID;
ALTER TABLE orders ADD COLUMN address TEXT NOT NULL DEFAULT ''; -- '': the customer's

-- What a customer sends back. The order is named by its number: loading a folder anew makes its orders anew.
CREATE TABLE send_back (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL UNIQUE, -- digits, as it is said
    customer       INTEGER NOT NULL REFERENCES customer (id),
    order_number   TEXT NOT NULL,
    position       INTEGER NOT NULL,
    title          TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL,
    amount_minor   INTEGER NOT NULL,
    reason         TEXT NOT NULL, -- broken, wrong, unlike, unwanted, late, other
    made_ms        INTEGER NOT NULL,
    UNIQUE (order_number, position)
) STRICT;
