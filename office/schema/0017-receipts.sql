-- Whoever sends a matter without an account is its author by a secret on the receipt, of which only
-- the hash is kept.
CREATE TABLE receipt (
	dossier BIGINT PRIMARY KEY REFERENCES dossier (id),
	hash $BYTES NOT NULL,
	made_at BIGINT NOT NULL
);
