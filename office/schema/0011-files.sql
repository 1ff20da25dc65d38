-- Bytes stand in DIR/files under their hash; a row says that an act refers to them. `file_use` is
-- written by the step that brings the file, and is what reading asks: a hash alone opens nothing.
CREATE TABLE file (
	sha256 $TEXT NOT NULL PRIMARY KEY,
	size BIGINT NOT NULL,
	type $TEXT NOT NULL,
	created_at BIGINT NOT NULL
);

CREATE TABLE file_use (
	dossier BIGINT NOT NULL REFERENCES dossier (id),
	sha256 $TEXT NOT NULL REFERENCES file (sha256),
	name $TEXT NOT NULL,
	sealed BIGINT NOT NULL,
	PRIMARY KEY (dossier, sha256)
);
CREATE INDEX file_use_file ON file_use (sha256);
