-- Times are milliseconds since 1970 UTC. Words in state, direction, waiting and what are those of domain/fax.py.

CREATE TABLE fax (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice, not even after a draft is discarded
    account         TEXT    NOT NULL,
    direction       TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    number          TEXT    NOT NULL,                   -- E.164; as typed while it is a draft
    digits          TEXT    NOT NULL,                   -- of the number, for searching
    typed           TEXT    NOT NULL DEFAULT '',        -- the number as the user typed it
    name            TEXT    NOT NULL DEFAULT '',
    own_number      TEXT    NOT NULL DEFAULT '',
    document        TEXT    NOT NULL DEFAULT '',        -- SHA-256 of the PDF that goes out or came in
    pages           INTEGER,
    size            INTEGER NOT NULL DEFAULT 0,         -- bytes of that PDF
    quality         TEXT    NOT NULL DEFAULT 'Standard',
    created_at      INTEGER NOT NULL,
    due_at          INTEGER,                            -- only while queued
    waiting         TEXT    NOT NULL DEFAULT '',
    ended_at        INTEGER,
    attempt         INTEGER,                            -- the latest one; the only one that may move this row
    tries           INTEGER NOT NULL DEFAULT 0,         -- in earnest, since the user last asked for it
    job_id          TEXT    NOT NULL DEFAULT '',
    transaction_id  TEXT    NOT NULL DEFAULT '',
    pages_done      INTEGER,
    service_status  TEXT    NOT NULL DEFAULT '',
    code            INTEGER,
    message         TEXT    NOT NULL DEFAULT '',
    unread          INTEGER NOT NULL DEFAULT 0,
    test            INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX fax_newest ON fax (account, direction, created_at, id, state, unread);
CREATE INDEX fax_states ON fax (account, direction, state, unread);
CREATE INDEX fax_due ON fax (account, due_at, id) WHERE state = 'queued';
CREATE INDEX fax_on_the_line ON fax (account, number) WHERE state IN ('sending', 'accepted');
CREATE UNIQUE INDEX fax_received ON fax (account, job_id, transaction_id) WHERE direction = 'received';

CREATE TABLE cover (
    fax             INTEGER PRIMARY KEY REFERENCES fax ON DELETE CASCADE,
    kind            TEXT    NOT NULL,
    to_name         TEXT    NOT NULL,
    from_name       TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    message         TEXT    NOT NULL,
    notice          TEXT    NOT NULL,
    template_id     TEXT    NOT NULL
) STRICT;

CREATE TABLE attachment (
    fax             INTEGER NOT NULL REFERENCES fax ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    document        TEXT    NOT NULL,
    pages           INTEGER NOT NULL,
    PRIMARY KEY (fax, position)
) STRICT, WITHOUT ROWID;

-- The ledger of every try to hand a fax to the service. A row outlives its fax: the job ids in it are ours for ever.
CREATE TABLE attempt (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account         TEXT    NOT NULL,
    fax             INTEGER REFERENCES fax ON DELETE SET NULL,
    file_name       TEXT    NOT NULL UNIQUE,            -- told to the service; finds the fax if the answer is lost
    started_at      INTEGER NOT NULL,
    above_job_id    TEXT,                               -- highest in the sent list before; '' the list was empty
    handed_over_at  INTEGER,                            -- committed before the last piece of the body goes
    accepted_at     INTEGER,
    job_id          TEXT    NOT NULL DEFAULT '',
    ended_at        INTEGER,
    outcome         TEXT    NOT NULL DEFAULT '',        -- a state's word, 'refused' or 'put back'; '' under way
    code            INTEGER,
    message         TEXT    NOT NULL DEFAULT '',
    raw             TEXT    NOT NULL DEFAULT ''         -- JSON: what the service last said of it
) STRICT;

CREATE INDEX attempt_fax ON attempt (fax);
CREATE INDEX attempt_job ON attempt (account, job_id) WHERE job_id <> '';

-- What the service said of a received fax beyond what the fax row holds.
CREATE TABLE arrival (
    fax             INTEGER PRIMARY KEY REFERENCES fax ON DELETE CASCADE,
    stored_at       INTEGER NOT NULL,
    received_text   TEXT    NOT NULL,
    fax_id          TEXT    NOT NULL,
    raw             TEXT    NOT NULL
) STRICT;

CREATE TABLE event (
    id              INTEGER PRIMARY KEY,
    fax             INTEGER NOT NULL REFERENCES fax ON DELETE CASCADE,
    at              INTEGER NOT NULL,
    what            TEXT    NOT NULL,
    detail          TEXT    NOT NULL DEFAULT '',
    pages           INTEGER,
    code            INTEGER
) STRICT;

CREATE INDEX event_fax ON event (fax);

CREATE TABLE own_number (
    account         TEXT    NOT NULL,
    number          TEXT    NOT NULL,
    position        INTEGER,                            -- in the service's list; NULL: no longer ours
    number_id       TEXT    NOT NULL,
    order_id        TEXT    NOT NULL,
    country         TEXT    NOT NULL,
    area            TEXT    NOT NULL,
    since           INTEGER,                            -- as the service says
    first_seen      INTEGER NOT NULL,                   -- by this computer
    label           TEXT    NOT NULL DEFAULT '',        -- the user's own
    PRIMARY KEY (account, number)
) STRICT, WITHOUT ROWID;
