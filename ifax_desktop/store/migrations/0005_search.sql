-- How many faxes there are of each kind, kept by triggers: the window says some of these numbers after every change.
CREATE TABLE tally (
    account         TEXT    NOT NULL,
    direction       TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    elsewhere       INTEGER NOT NULL,
    unread          INTEGER NOT NULL,
    faxes           INTEGER NOT NULL,
    PRIMARY KEY (account, direction, state, elsewhere, unread)
) STRICT, WITHOUT ROWID;

INSERT INTO tally
SELECT account, direction, state, 0, unread, count(*) FROM fax GROUP BY account, direction, state, unread;
-- Only those few have to be looked up in the rows themselves.
INSERT INTO tally
SELECT account, direction, state, 1, unread, count(*) FROM fax WHERE elsewhere = 1
GROUP BY account, direction, state, unread;
UPDATE tally SET faxes = faxes - (
    SELECT strange.faxes FROM tally AS strange
    WHERE strange.account = tally.account AND strange.direction = tally.direction AND strange.state = tally.state
        AND strange.elsewhere = 1 AND strange.unread = tally.unread)
WHERE elsewhere = 0 AND EXISTS (
    SELECT 1 FROM tally AS strange
    WHERE strange.account = tally.account AND strange.direction = tally.direction AND strange.state = tally.state
        AND strange.elsewhere = 1 AND strange.unread = tally.unread);

CREATE TRIGGER fax_counted AFTER INSERT ON fax BEGIN
    INSERT INTO tally VALUES (new.account, new.direction, new.state, new.elsewhere, new.unread, 1)
    ON CONFLICT DO UPDATE SET faxes = faxes + 1;
END;
CREATE TRIGGER fax_uncounted AFTER DELETE ON fax BEGIN
    UPDATE tally SET faxes = faxes - 1
    WHERE account = old.account AND direction = old.direction AND state = old.state
        AND elsewhere = old.elsewhere AND unread = old.unread;
END;
CREATE TRIGGER fax_counted_anew AFTER UPDATE OF account, direction, state, elsewhere, unread ON fax
WHEN (new.account, new.direction, new.state, new.elsewhere, new.unread)
    <> (old.account, old.direction, old.state, old.elsewhere, old.unread)
BEGIN
    UPDATE tally SET faxes = faxes - 1
    WHERE account = old.account AND direction = old.direction AND state = old.state
        AND elsewhere = old.elsewhere AND unread = old.unread;
    INSERT INTO tally VALUES (new.account, new.direction, new.state, new.elsewhere, new.unread, 1)
    ON CONFLICT DO UPDATE SET faxes = faxes + 1;
END;

-- What is still going on here or needs the user: few, whatever the archive holds.
CREATE INDEX fax_open ON fax (account, state, created_at)
WHERE direction = 'sent' AND elsewhere = 0 AND state IN ('accepted', 'doubtful', 'failed', 'queued', 'sending');

-- What a fax is found by. Kept here too, since an entry of the index can only be taken out by its own old words.
CREATE TABLE search_text (
    fax             INTEGER PRIMARY KEY,
    numbers         TEXT    NOT NULL,                   -- as written; its digits too where they stand apart
    names           TEXT    NOT NULL,                   -- of the other side and of documents; the subject
    words           TEXT    NOT NULL DEFAULT '',        -- in the documents, where they were read
    indexed         INTEGER NOT NULL DEFAULT 0          -- these very words are in the index
) STRICT;

CREATE VIEW search_entry AS SELECT fax, numbers, names, words FROM search_text WHERE indexed = 1;

-- Every three letters in a row, so that any part of a word is found. Its tables are SQLite's own and cannot be STRICT.
CREATE VIRTUAL TABLE search_index USING fts5(
    numbers, names, words, content = 'search_entry', content_rowid = 'fax', tokenize = 'trigram', columnsize = 0
);

CREATE VIEW searchable AS
SELECT id AS fax,
       CASE WHEN instr(number, digits) THEN number ELSE number || char(10) || digits END AS numbers,
       name
           || coalesce(
               (SELECT char(10) || group_concat(name, char(10)) FROM attachment WHERE attachment.fax = fax.id), '')
           || coalesce(
               (SELECT char(10) || subject FROM cover WHERE cover.fax = fax.id AND subject <> ''), '') AS names
FROM fax;

CREATE TRIGGER search_changed AFTER UPDATE OF numbers, names, words ON search_text
WHEN old.indexed = 1 AND (new.numbers, new.names, new.words) <> (old.numbers, old.names, old.words)
BEGIN
    INSERT INTO search_index (search_index, rowid, numbers, names, words)
    VALUES ('delete', old.fax, old.numbers, old.names, old.words);
    UPDATE search_text SET indexed = 0 WHERE fax = old.fax;
END;
CREATE TRIGGER search_removed AFTER DELETE ON search_text WHEN old.indexed = 1 BEGIN
    INSERT INTO search_index (search_index, rowid, numbers, names, words)
    VALUES ('delete', old.fax, old.numbers, old.names, old.words);
END;

CREATE TRIGGER fax_searchable AFTER INSERT ON fax BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = new.id;
END;
CREATE TRIGGER fax_not_searchable AFTER DELETE ON fax BEGIN
    DELETE FROM search_text WHERE fax = old.id;
END;
CREATE TRIGGER fax_renamed AFTER UPDATE OF number, digits, name ON fax
WHEN (new.number, new.digits, new.name) <> (old.number, old.digits, old.name)
BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = new.id
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;
CREATE TRIGGER attachment_searchable AFTER INSERT ON attachment BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = new.fax
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;
CREATE TRIGGER attachment_renamed AFTER UPDATE OF name ON attachment BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = new.fax
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;
CREATE TRIGGER attachment_not_searchable AFTER DELETE ON attachment BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = old.fax
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;
CREATE TRIGGER cover_searchable AFTER INSERT ON cover BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = new.fax
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;
CREATE TRIGGER cover_renamed AFTER UPDATE OF subject ON cover WHEN new.subject <> old.subject BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = new.fax
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;
CREATE TRIGGER cover_not_searchable AFTER DELETE ON cover BEGIN
    INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable WHERE fax = old.fax
    ON CONFLICT DO UPDATE SET numbers = excluded.numbers, names = excluded.names;
END;

INSERT INTO search_text (fax, numbers, names) SELECT * FROM searchable;

-- The index takes as long for one entry as for fifty at a time, so that they are entered some at a time, soon after.
CREATE INDEX search_due ON search_text (indexed) WHERE indexed = 0;
