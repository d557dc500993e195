-- Facts about an account that no row tells, in words or numbers written as text.
CREATE TABLE fact (
    account         TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    value           TEXT    NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

ALTER TABLE fax ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;    -- sent by another program on the account
ALTER TABLE fax ADD COLUMN stop TEXT NOT NULL DEFAULT '';           -- the user's wish to stop it, once it had left
ALTER TABLE fax ADD COLUMN send_at INTEGER;                        -- when the user wants it to go out, if not at once
ALTER TABLE fax ADD COLUMN at_service INTEGER NOT NULL DEFAULT 0;   -- the service keeps it until then, not we
ALTER TABLE fax ADD COLUMN own_words INTEGER NOT NULL DEFAULT 0;    -- message is a sentence of this program
ALTER TABLE fax ADD COLUMN resend_of TEXT NOT NULL DEFAULT '';      -- job the service sends again by itself

DROP INDEX fax_on_the_line;
CREATE INDEX fax_on_the_line ON fax (account, number) WHERE state IN ('sending', 'accepted') AND elsewhere = 0;
CREATE UNIQUE INDEX fax_elsewhere ON fax (account, job_id) WHERE elsewhere = 1;
CREATE INDEX fax_to ON fax (account, number, ended_at) WHERE state = 'delivered';

ALTER TABLE attempt ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;    -- for a doubtful one in the service's list
ALTER TABLE attempt ADD COLUMN looked_at INTEGER;
ALTER TABLE attempt ADD COLUMN silent_since INTEGER;                -- the service refuses to say how it stands
ALTER TABLE attempt ADD COLUMN silence TEXT NOT NULL DEFAULT '';    -- in which words
