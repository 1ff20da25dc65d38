-- One table for every kind of dossier; what differs stands in `data`, checked against the kind's
-- field table and never queried inside. All of it is the fold of `act`.
CREATE TABLE dossier (
	id $KEY,
	code $TEXT NOT NULL UNIQUE,
	kind $TEXT NOT NULL,
	unit BIGINT NOT NULL,
	holder BIGINT NOT NULL,
	parent BIGINT,
	state BIGINT NOT NULL,
	visibility BIGINT NOT NULL,
	channel BIGINT NOT NULL,
	title $TEXT NOT NULL,
	number $TEXT NOT NULL,
	facet $TEXT NOT NULL,
	opened_on $TEXT NOT NULL,
	shown_on $TEXT,
	wake_on $TEXT,
	changed_at BIGINT NOT NULL,
	due_on $TEXT,
	met_on $TEXT,
	unverified BIGINT NOT NULL,
	acts BIGINT NOT NULL,
	versions BIGINT NOT NULL,
	data $TEXT NOT NULL
);
CREATE INDEX dossier_waiting ON dossier (holder, visibility, kind, state);
CREATE INDEX dossier_wake ON dossier (wake_on) WHERE wake_on IS NOT NULL;

-- A public dossier once for each unit above it, so that a list of any subtree is one range.
CREATE TABLE dossier_under (
	ancestor BIGINT NOT NULL,
	kind $TEXT NOT NULL,
	facet $TEXT NOT NULL,
	shown_on $TEXT NOT NULL,
	dossier BIGINT NOT NULL,
	PRIMARY KEY (ancestor, kind, shown_on, dossier)
);
CREATE INDEX dossier_under_facet ON dossier_under (ancestor, kind, facet, shown_on, dossier);
CREATE INDEX dossier_under_dossier ON dossier_under (dossier);

CREATE TABLE act (
	id $KEY,
	dossier BIGINT NOT NULL REFERENCES dossier (id),
	no BIGINT NOT NULL,
	step $TEXT NOT NULL,
	happened_on $TEXT NOT NULL,
	recorded_at BIGINT NOT NULL,
	from_state BIGINT NOT NULL,
	to_state BIGINT NOT NULL,
	appointment BIGINT NOT NULL,
	person BIGINT NOT NULL,
	substitute_of BIGINT NOT NULL,
	channel BIGINT NOT NULL,
	data $TEXT NOT NULL,
	token $TEXT UNIQUE,
	leaf BIGINT NOT NULL,
	UNIQUE (dossier, no)
);
CREATE INDEX act_leaf ON act (leaf);

-- What an act published and what it sealed, byte for byte, with their salts. Erasing a row's
-- content leaves the log provable for whoever kept a copy, and meaningless for everybody else.
CREATE TABLE content (
	act BIGINT PRIMARY KEY REFERENCES act (id),
	public_salt $BYTES,
	public_bytes $BYTES,
	sealed_salt $BYTES,
	sealed_bytes $BYTES,
	erased_by BIGINT
);

CREATE TABLE line (
	dossier BIGINT NOT NULL REFERENCES dossier (id),
	no BIGINT NOT NULL,
	kind $TEXT NOT NULL,
	state BIGINT NOT NULL,
	data $TEXT NOT NULL,
	PRIMARY KEY (dossier, no)
);

CREATE TABLE duty (
	id $KEY,
	dossier BIGINT NOT NULL REFERENCES dossier (id),
	no BIGINT NOT NULL,
	line BIGINT NOT NULL,
	unit BIGINT NOT NULL,
	rule $TEXT NOT NULL,
	row_code $TEXT NOT NULL,
	about $TEXT NOT NULL,
	from_on $TEXT NOT NULL,
	due_on $TEXT NOT NULL,
	due_before $TEXT,
	skipped $TEXT NOT NULL,
	state BIGINT NOT NULL,
	opened_by BIGINT NOT NULL,
	closed_by BIGINT NOT NULL,
	met_on $TEXT,
	minimum BIGINT NOT NULL,
	unverified BIGINT NOT NULL,
	UNIQUE (dossier, no)
);
-- By unit for what lies beneath few units, by day for what lies beneath many (office/duty.c). The
-- columns that are constant here let SQLite count without the table.
CREATE INDEX duty_open ON duty (unit, due_on, id, state, minimum) WHERE state = 0 AND minimum = 0;
CREATE INDEX duty_open_due ON duty (due_on, id, unit, state, minimum)
	WHERE state = 0 AND minimum = 0;
CREATE INDEX duty_due ON duty (unit, due_on, minimum);

CREATE TABLE tally (
	unit BIGINT NOT NULL,
	month BIGINT NOT NULL,
	tally_key $TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (unit, tally_key, month)
);

-- Days that administrators added to the law's calendar, each by an act of its own.
CREATE TABLE calendar_day (
	act BIGINT PRIMARY KEY REFERENCES act (id),
	day $TEXT NOT NULL,
	name $TEXT NOT NULL,
	kind $TEXT NOT NULL,
	recorded_at BIGINT NOT NULL
);
