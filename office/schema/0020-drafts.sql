-- What somebody has begun to write and not yet sent. It is no dossier: no list, export, search or log
-- knows it, and it is erased when it is sent and when its day is over. Names and addresses stand apart
-- from the matter.
CREATE TABLE draft (
	id $KEY,
	code $TEXT NOT NULL UNIQUE,
	hash $BYTES NOT NULL,
	kind $TEXT NOT NULL,
	unit BIGINT NOT NULL,
	person BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	kept_until $TEXT NOT NULL
);
CREATE INDEX draft_kept ON draft (kept_until);
CREATE INDEX draft_person ON draft (person, id) WHERE person <> 0;

CREATE TABLE draft_text (
	draft BIGINT NOT NULL REFERENCES draft (id),
	personal BIGINT NOT NULL,
	data $TEXT NOT NULL,
	PRIMARY KEY (draft, personal)
);

-- Bytes that the sweep of files leaves alone while the draft stands.
CREATE TABLE draft_file (
	draft BIGINT NOT NULL REFERENCES draft (id),
	sha256 $TEXT NOT NULL,
	size BIGINT NOT NULL,
	PRIMARY KEY (draft, sha256)
);
CREATE INDEX draft_file_bytes ON draft_file (sha256);
