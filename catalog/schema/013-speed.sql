-- The orders in which all of a large shop is listed, and what there is of a category.
CREATE INDEX variant_by_price ON variant (price_minor, product) WHERE position = 0;
CREATE INDEX product_by_rating ON product (rating_centi DESC);
CREATE INDEX product_by_age ON product (added_ms);
CREATE INDEX product_by_category ON product (category);

-- What is ordered together, kept up to date: only orders that came, went or changed since are counted (together.c).
DROP TABLE goes_with;
CREATE TABLE counted ( -- what the two counts below hold; it outlives the order
    orders  INTEGER NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (orders, product)
) STRICT, WITHOUT ROWID;
CREATE TABLE ordered (
    product INTEGER PRIMARY KEY, -- 0: any
    n       INTEGER NOT NULL     -- orders that have it
) STRICT;
CREATE TABLE ordered_with (
    product INTEGER NOT NULL,
    other   INTEGER NOT NULL,
    n       INTEGER NOT NULL, -- orders that have both
    PRIMARY KEY (product, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE to_count (
    orders INTEGER PRIMARY KEY
) STRICT;
INSERT INTO to_count SELECT id FROM orders;
CREATE TRIGGER to_count_line AFTER INSERT ON order_line BEGIN
    INSERT OR IGNORE INTO to_count VALUES (new.orders);
END;
CREATE TRIGGER to_count_state AFTER UPDATE OF state ON orders BEGIN
    INSERT OR IGNORE INTO to_count VALUES (new.id);
END;
CREATE TRIGGER to_count_gone AFTER DELETE ON orders BEGIN
    INSERT OR IGNORE INTO to_count VALUES (old.id);
END;
