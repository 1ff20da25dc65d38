-- What is said of a dossier: the newest first, counted, by state; and what somebody has said.
CREATE INDEX dossier_said ON dossier (parent, kind, visibility, shown_on, id, state)
	WHERE parent > 0;
CREATE INDEX dossier_said_state ON dossier (parent, kind, state, id) WHERE parent > 0;
CREATE INDEX dossier_comment_author ON dossier (author, state, id)
	WHERE author <> 0 AND kind = 'comment';

-- How often a page was looked at; written in batches.
CREATE TABLE view_count (
	dossier BIGINT PRIMARY KEY REFERENCES dossier (id),
	n BIGINT NOT NULL
);

-- What somebody follows: a unit, a matter of a kind at a unit, a dossier. Columns that do not apply
-- are 0 or ''.
CREATE TABLE follow (
	person BIGINT NOT NULL REFERENCES person (id),
	unit BIGINT NOT NULL,
	kind $TEXT NOT NULL,
	facet $TEXT NOT NULL,
	dossier BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	PRIMARY KEY (person, unit, kind, facet, dossier)
);

-- The private feed of what somebody follows: a renewed one has the next number, and the address with
-- the number before opens nothing any more.
CREATE TABLE follow_feed (
	person BIGINT PRIMARY KEY REFERENCES person (id),
	generation BIGINT NOT NULL
);

-- What was hidden, year by year.
CREATE INDEX tally_comment ON tally (tally_key, month, n)
	WHERE tally_key >= 'comment.' AND tally_key < 'comment/';
