-- What the shop sells, when it is open, and what it says of itself. Money is in minor units of meta's shop.currency.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY, -- "shop.name", "shop.currency" ..., "folder": digest of the loaded shop folder
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
    id              INTEGER PRIMARY KEY,
    shop_id         TEXT NOT NULL UNIQUE, -- the shop's own
    title           TEXT NOT NULL,
    spoken          TEXT NOT NULL, -- as a person says it
    short           TEXT NOT NULL, -- spoken, without sizes and what is in brackets
    also            TEXT NOT NULL, -- words that are said but not written: searched, never shown
    brand           TEXT NOT NULL,
    brand_spoken    TEXT NOT NULL,
    category        TEXT NOT NULL,
    category_spoken TEXT NOT NULL,
    description     TEXT NOT NULL,
    unit            TEXT NOT NULL, -- "" pieces
    rating_centi    INTEGER,       -- 0 to 500
    added_ms        INTEGER NOT NULL
) STRICT;

-- What is in stock and has a price. Every product has one of its own, which is not sold (position NULL) when the shop
-- lists others.
CREATE TABLE variant (
    id          INTEGER PRIMARY KEY,
    product     INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    shop_id     TEXT UNIQUE,   -- NULL: the product's own
    options     TEXT NOT NULL, -- "size: one litre"
    price_minor INTEGER,       -- NULL: cannot be ordered
    stock       INTEGER CHECK (stock >= 0), -- NULL: unlimited
    position    INTEGER,       -- 0 is the default; NULL: no longer sold
    UNIQUE (product, position)
) STRICT;
CREATE UNIQUE INDEX variant_own ON variant (product) WHERE shop_id IS NULL;

-- A variant that is sold, with its product; position 0 are the defaults, one a product.
CREATE VIEW sold AS
SELECT v.id AS variant, p.id AS product, p.shop_id, p.title, p.spoken, p.short, p.brand, p.brand_spoken, p.category,
    p.category_spoken, v.options, p.unit, p.description, v.price_minor, p.rating_centi, v.stock, v.position, p.added_ms
FROM variant v JOIN product p ON p.id = v.product
WHERE v.position IS NOT NULL;

-- Choices of what is made to order, of one product or of a whole category.
CREATE TABLE option_value (
    id          INTEGER PRIMARY KEY, -- in the order they are read out
    product     INTEGER REFERENCES product (id) ON DELETE CASCADE,
    category    TEXT COLLATE NOCASE,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL COLLATE NOCASE,
    price_minor INTEGER NOT NULL,
    amounts     TEXT NOT NULL, -- "a bit of|lots of"
    CHECK ((product IS NULL) <> (category IS NULL)),
    UNIQUE (product, name, value),
    UNIQUE (category, name, value)
) STRICT;

CREATE VIRTUAL TABLE product_text USING fts5 (
    title, also, brand, category, description,
    content = 'product', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO product_text (product_text, rank) VALUES ('rank', 'bm25(5.0, 3.0, 3.0, 3.0, 1.0)');

CREATE TRIGGER product_added AFTER INSERT ON product BEGIN
    INSERT INTO product_text (rowid, title, also, brand, category, description)
    VALUES (new.id, new.title, new.also, new.brand, new.category, new.description);
END;
CREATE TRIGGER product_removed AFTER DELETE ON product BEGIN
    INSERT INTO product_text (product_text, rowid, title, also, brand, category, description)
    VALUES ('delete', old.id, old.title, old.also, old.brand, old.category, old.description);
END;
CREATE TRIGGER product_changed AFTER UPDATE ON product
WHEN (old.title, old.also, old.brand, old.category, old.description)
    IS NOT (new.title, new.also, new.brand, new.category, new.description)
BEGIN
    INSERT INTO product_text (product_text, rowid, title, also, brand, category, description)
    VALUES ('delete', old.id, old.title, old.also, old.brand, old.category, old.description);
    INSERT INTO product_text (rowid, title, also, brand, category, description)
    VALUES (new.id, new.title, new.also, new.brand, new.category, new.description);
END;

CREATE TABLE opening (
    day      TEXT PRIMARY KEY, -- "0" (Sunday) to "6", "12-25", "2026-12-25"
    from_min INTEGER,          -- after midnight; NULL: closed
    to_min   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE coupon (
    code          TEXT PRIMARY KEY COLLATE NOCASE,
    percent       INTEGER CHECK (percent BETWEEN 1 AND 100),
    amount_minor  INTEGER CHECK (amount_minor > 0),
    minimum_minor INTEGER NOT NULL,
    from_ms       INTEGER,
    until_ms      INTEGER,
    description   TEXT NOT NULL,
    CHECK ((percent IS NULL) <> (amount_minor IS NULL))
) STRICT, WITHOUT ROWID;
