-- Lists are narrowed by how a dossier stands to its day, and what is rare among many must be found as
-- fast as what is frequent: 0 no day, 1 met on time, 2 met late, 3 still owed (office/place.c).
ALTER TABLE dossier_under ADD COLUMN timing BIGINT NOT NULL DEFAULT 0;
UPDATE dossier_under SET timing = (SELECT CASE WHEN d.due_on IS NULL THEN 0 WHEN d.met_on IS NULL THEN 3
	WHEN d.met_on <= d.due_on THEN 1 ELSE 2 END FROM dossier d WHERE d.id = dossier_under.dossier);
CREATE INDEX dossier_under_timing ON dossier_under (ancestor, kind, timing, shown_on, dossier);
DROP INDEX dossier_under_facet;
CREATE INDEX dossier_under_facet ON dossier_under (ancestor, kind, facet, timing, shown_on, dossier);
