-- Every call that changes something at the service, beyond the attempts to send: written down before it is made.
CREATE TABLE intent (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    token           TEXT    NOT NULL UNIQUE,            -- the same in every archive that has this row
    account         TEXT    NOT NULL,
    what            TEXT    NOT NULL,                   -- a word of domain/deeds.py, Deed
    subject         TEXT    NOT NULL,                   -- what it is done to: a number, a job
    known           TEXT    NOT NULL DEFAULT '',        -- JSON: how things stood before
    begun_at        INTEGER NOT NULL,
    ended_at        INTEGER,
    outcome         TEXT    NOT NULL DEFAULT '',        -- a word of domain/deeds.py, Outcome; '' under way
    code            INTEGER,
    message         TEXT    NOT NULL DEFAULT '',
    raw             TEXT    NOT NULL DEFAULT ''         -- JSON: what came of it
) STRICT;

CREATE INDEX intent_open ON intent (account, what, subject) WHERE outcome IN ('', 'not certain');
