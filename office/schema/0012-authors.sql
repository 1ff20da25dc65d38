-- Whoever opened a matter as a citizen reads it always, and takes the steps meant for its author.
ALTER TABLE dossier ADD COLUMN author BIGINT NOT NULL DEFAULT 0;
CREATE INDEX dossier_author ON dossier (author, id) WHERE author <> 0;
