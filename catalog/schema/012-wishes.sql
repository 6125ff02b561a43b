-- What customers wish the shop had is kept in table notice: kind 'wish', subject the words that they asked for it by. Who
-- wants to be a stranger is not told of it any more.

CREATE TRIGGER forgotten_wishes AFTER INSERT ON forgotten BEGIN
    DELETE FROM notice WHERE customer = new.customer AND kind = 'wish';
END;

-- How many pieces a variant is a pack of, so that "two dozen eggs" are two packs of twelve.
ALTER TABLE variant ADD COLUMN pieces INTEGER CHECK (pieces BETWEEN 2 AND 1000); -- NULL: it is one piece, or nobody counts
DROP VIEW sold;
CREATE VIEW sold AS
SELECT v.id AS variant, p.id AS product, p.shop_id, p.title, p.spoken, p.short, p.brand, p.brand_spoken, p.category,
    p.category_spoken, v.options, p.unit, p.description, v.price_minor, p.rating_centi, v.stock, v.position, p.added_ms,
    v.pieces
FROM variant v JOIN product p ON p.id = v.product
WHERE v.position IS NOT NULL;
