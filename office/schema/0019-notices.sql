-- What people are told. A row is written with the act that it tells of, so that none is lost and none is told
-- twice. Where it goes stands nowhere here: addresses are looked up when it is sent, where they are kept
-- and erased.
CREATE TABLE notice (
	id $KEY,
	act BIGINT NOT NULL,      -- 0: a digest
	dossier BIGINT NOT NULL,  -- the matter of whom it is told; 0: a digest
	person BIGINT NOT NULL,   -- who has an account; 0: whoever left a contact with the matter
	class BIGINT NOT NULL,
	since $TEXT NOT NULL,     -- of a digest the first day it tells of; else ''
	made_at BIGINT NOT NULL,
	UNIQUE (act, dossier, person, since)
);
CREATE INDEX notice_dossier ON notice (dossier, id) WHERE dossier <> 0;
CREATE INDEX notice_person ON notice (person, id) WHERE person <> 0;

-- By which ways it goes, and how far it came.
CREATE TABLE notice_way (
	notice BIGINT NOT NULL REFERENCES notice (id),
	way BIGINT NOT NULL,
	state BIGINT NOT NULL,
	tries BIGINT NOT NULL,
	next_at BIGINT NOT NULL,  -- not before; while a server is sending it, until when no other does
	changed_at BIGINT NOT NULL,
	why $TEXT NOT NULL,       -- what the last try met; never an address
	PRIMARY KEY (notice, way)
);
CREATE INDEX notice_way_waiting ON notice_way (next_at, notice, way) WHERE state = 0;
CREATE INDEX notice_way_state ON notice_way (state, changed_at);
CREATE INDEX notice_way_fault ON notice_way (changed_at) WHERE why <> '';

-- Where somebody with an account wants to be told, and of what. Gone when he says so.
CREATE TABLE notice_wish (
	person BIGINT PRIMARY KEY REFERENCES person (id),
	email $TEXT NOT NULL,     -- '' for none
	proved_at BIGINT,         -- he has opened the link that was sent there
	mine BIGINT NOT NULL,     -- ways by which news of his own matters goes, as bits
	digest BIGINT NOT NULL,   -- the same of the weekly digest
	lang BIGINT NOT NULL,
	changed_at BIGINT NOT NULL
);
