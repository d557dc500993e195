-- How the pages of a fax's documents are arranged: JSON, one list for each page in its order: the document's position, the
-- page of it, its turn in degrees, its treatment, 1 for an inset, 1 for one that is left out. Empty: all, as they are.
ALTER TABLE fax ADD COLUMN leaves TEXT NOT NULL DEFAULT '';
