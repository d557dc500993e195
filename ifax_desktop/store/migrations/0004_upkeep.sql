-- What the file beside the archive holds, and what the disk says of that file: a copy of either matches the other no more.
CREATE TABLE seal (
    only            INTEGER PRIMARY KEY CHECK (only = 1),
    token           TEXT    NOT NULL DEFAULT '',        -- in the file; '' while there is none
    mark            TEXT    NOT NULL DEFAULT '',        -- what the disk says of it; no copy has the same
    pending         TEXT    NOT NULL DEFAULT '',        -- what takes its place; '' for nothing
    pending_mark    TEXT    NOT NULL DEFAULT ''
) STRICT;

INSERT INTO seal (only) VALUES (1);

-- The same in every archive that has this fax; 0 where the service's ids tell.
ALTER TABLE fax ADD COLUMN uid INTEGER NOT NULL DEFAULT 0;

UPDATE fax SET uid = created_at * 4096 + id % 4096 WHERE direction = 'sent';

CREATE INDEX fax_by_uid ON fax (uid) WHERE uid <> 0;

-- From an import, a backup or a copied profile, and not sent by the user since: no other try by itself.
ALTER TABLE fax ADD COLUMN brought_back INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER fax_wanted AFTER UPDATE OF state ON fax
WHEN new.state = 'queued' AND new.brought_back = 1
BEGIN
    UPDATE fax SET brought_back = 0 WHERE id = new.id;
END;

CREATE TRIGGER fax_uid AFTER INSERT ON fax
WHEN new.direction = 'sent' AND new.elsewhere = 0 AND new.uid = 0
BEGIN
    UPDATE fax SET uid = random() WHERE id = new.id;
END;
