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
