-- Received faxes the service lists without giving their document: they are asked for again, and shown as awaited.
CREATE TABLE awaited (
    account         TEXT    NOT NULL,
    job_id          TEXT    NOT NULL,
    transaction_id  TEXT    NOT NULL,
    number          TEXT    NOT NULL,
    own_number      TEXT    NOT NULL,
    received_at     INTEGER,
    received_text   TEXT    NOT NULL,
    pages           INTEGER,
    fax_id          TEXT    NOT NULL,
    raw             TEXT    NOT NULL,
    first_missed    INTEGER NOT NULL,
    tries           INTEGER NOT NULL,
    next_try        INTEGER,                            -- NULL: none by itself any more
    words           TEXT    NOT NULL,                   -- why it could not be had
    PRIMARY KEY (account, job_id, transaction_id)
) STRICT, WITHOUT ROWID;

-- What was deleted here stays at the service and in its lists: these do not come back.
CREATE TABLE deleted_fax (
    account         TEXT    NOT NULL,
    direction       TEXT    NOT NULL,
    job_id          TEXT    NOT NULL,
    transaction_id  TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    PRIMARY KEY (account, direction, job_id, transaction_id)
) STRICT, WITHOUT ROWID;

-- What the service said of a fax another program sent, beyond what the fax row holds.
CREATE TABLE seen_elsewhere (
    fax             INTEGER PRIMARY KEY REFERENCES fax ON DELETE CASCADE,
    seen_at         INTEGER NOT NULL,
    fax_id          TEXT    NOT NULL,
    raw             TEXT    NOT NULL
) STRICT;

-- Documents of deleted faxes, until it is certain that no other fax has them.
CREATE TABLE loose_document (
    document        TEXT    NOT NULL PRIMARY KEY,
    since           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The beginning of a hash tells it from a million others, in a fifth of the room.
CREATE INDEX fax_document ON fax (substr(document, 1, 12)) WHERE document <> '';
CREATE INDEX attachment_document ON attachment (substr(document, 1, 12));
