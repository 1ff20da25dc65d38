-- Whose work a dossier is at the unit that holds it; the fold of its acts.
ALTER TABLE dossier ADD COLUMN officer BIGINT NOT NULL DEFAULT 0;
