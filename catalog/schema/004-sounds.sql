-- Several pronunciations of a word, and products whose names sound alike.

ALTER TABLE pronunciation RENAME TO pronunciation_single;
CREATE TABLE pronunciation (
    id     INTEGER PRIMARY KEY, -- the best of a word first
    word   TEXT NOT NULL,
    phones TEXT NOT NULL,
    UNIQUE (word, phones)
) STRICT;
INSERT INTO pronunciation (word, phones) SELECT word, phones FROM pronunciation_single;
DROP TABLE pronunciation_single;

CREATE TABLE alike (
    product  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    other    INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    distance INTEGER NOT NULL, -- thousandths of a phone
    PRIMARY KEY (product, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_by_other ON alike (other);
