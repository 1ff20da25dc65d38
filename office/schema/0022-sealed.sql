-- Who sent a sealed matter. It stands in no act and in no dossier: an act's sealed content commits to it by
-- the hash of salt and bytes, and it is read only by whom the case names for it (office/sealed.h).
CREATE TABLE sealed_identity (
	act BIGINT PRIMARY KEY REFERENCES act (id),
	dossier BIGINT NOT NULL REFERENCES dossier (id),
	salt $BYTES NOT NULL,
	bytes $BYTES NOT NULL
);
CREATE INDEX sealed_identity_dossier ON sealed_identity (dossier, act);
-- What was opened: the matter (0), or who sent it (1).
ALTER TABLE personal_view ADD COLUMN identity BIGINT NOT NULL DEFAULT 0;
-- How many duties of sealed matters are open is counted; they are in no list.
CREATE INDEX dossier_sealed ON dossier (id) WHERE visibility = 3;
