-- What the assistant may say of itself: what goes together, what was looked at, and what was said or declined.

-- Products that were ordered together, from all orders; made anew by SQL_TOGETHER_MAKE when orders have come.
CREATE TABLE goes_with (
    product INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    other   INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    score   REAL NOT NULL,    -- how often the other is in an order that has the product
    orders  INTEGER NOT NULL, -- that have both
    PRIMARY KEY (product, other)
) STRICT, WITHOUT ROWID;

-- The last time that a customer heard about a product, and what it was then.
CREATE TABLE looked (
    customer    INTEGER NOT NULL,
    product     INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    at_ms       INTEGER NOT NULL,
    price_minor INTEGER,
    sold_out    INTEGER NOT NULL,
    PRIMARY KEY (customer, product)
) STRICT, WITHOUT ROWID;

-- A read-back that was heard and not followed by an order.
CREATE TABLE checkout_left (
    customer INTEGER PRIMARY KEY,
    at_ms    INTEGER NOT NULL
) STRICT;

-- The ledger of what was said unasked.
CREATE TABLE remark (
    customer INTEGER NOT NULL,
    kind     TEXT NOT NULL,    -- "parcel", "basket" ... (names.c)
    subject  INTEGER NOT NULL, -- an order, a product, a variant; 0 the kind is all there is
    said_ms  INTEGER NOT NULL,
    declined INTEGER NOT NULL, -- 1: never again
    PRIMARY KEY (customer, kind, subject)
) STRICT, WITHOUT ROWID;
