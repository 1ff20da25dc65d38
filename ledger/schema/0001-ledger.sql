-- The public log. Leaves are queued by the act that makes them and get their index later; both in
-- transactions, so that no act is without its leaf and no index without its leaf.

-- What the tree is: one row, changed only by compare-and-swap on (size, root).
CREATE TABLE log_state (
	one BIGINT PRIMARY KEY CHECK (one = 1),
	origin $TEXT NOT NULL,   -- the log's name for ever
	size BIGINT NOT NULL CHECK (size >= 0),
	root $BYTES NOT NULL,
	edge $BYTES NOT NULL     -- roots of the perfect subtrees on the right edge, largest first
);

-- Who may sign for it. The secrets are in the key file, never here.
CREATE TABLE log_key (
	id $KEY,
	vkey $TEXT NOT NULL UNIQUE,
	added_at BIGINT NOT NULL,
	retired_at BIGINT
);

CREATE TABLE log_leaf (
	id $KEY,
	idx BIGINT UNIQUE CHECK (idx >= 0), -- NULL while queued
	hash $BYTES NOT NULL,
	entry $BYTES NOT NULL
);
-- The queue, in order of arrival.
CREATE INDEX log_leaf_queued ON log_leaf (id) WHERE idx IS NULL;
-- By leaf hash, and by its first 80 bits: the check value printed on notices.
CREATE INDEX log_leaf_hash ON log_leaf (hash);

-- Hash tiles. The last one of a level is partial and grows; what it held before is always its
-- beginning, so every partial tile ever signed is a cut of the one row.
CREATE TABLE log_tile (
	level BIGINT NOT NULL,
	n BIGINT NOT NULL,
	hashes $BYTES NOT NULL,
	PRIMARY KEY (level, n)
);
