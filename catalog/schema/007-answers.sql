-- What the shop answers in its own words, where it delivers, and what its special days are called.

CREATE TABLE answer (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE, -- the shop's own
    intent    TEXT NOT NULL,        -- the request that it is the answer to whatever the words, "" none
    questions TEXT NOT NULL,        -- "can i pay with paypal|which cards do you take"
    text      TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE answer_text USING fts5 (
    questions, text, content = 'answer', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER answer_added AFTER INSERT ON answer BEGIN
    INSERT INTO answer_text (rowid, questions, text) VALUES (new.id, new.questions, new.text);
END;
CREATE TRIGGER answer_removed AFTER DELETE ON answer BEGIN
    INSERT INTO answer_text (answer_text, rowid, questions, text)
    VALUES ('delete', old.id, old.questions, old.text);
END;

CREATE TABLE area (
    id       INTEGER PRIMARY KEY,
    names    TEXT NOT NULL,    -- as it is shown, then what else it is called: "Old Town|the harbor"
    delivers INTEGER NOT NULL, -- 0 or 1
    note     TEXT NOT NULL
) STRICT;

ALTER TABLE opening ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- "Christmas Day|Christmas"
