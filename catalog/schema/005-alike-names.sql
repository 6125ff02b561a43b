-- By which names the pairs of table alike were found, so that only changed names are compared anew.

CREATE TABLE alike_name (
    product INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
    name    TEXT NOT NULL
) STRICT;

-- What people call each product that is sold.
CREATE VIEW called AS
SELECT product, short AS name FROM sold WHERE position = 0 AND short <> '';

DELETE FROM meta WHERE key = 'alike.names';
