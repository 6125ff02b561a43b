-- What was said, and how words sound.

CREATE TABLE conversation (
    id     INTEGER PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    who    TEXT NOT NULL CHECK (who IN ('shopper', 'assistant')),
    text   TEXT NOT NULL,
    intent TEXT NOT NULL
) STRICT;

CREATE TABLE pronunciation (
    word   TEXT PRIMARY KEY,
    phones TEXT NOT NULL
) STRICT, WITHOUT ROWID;
