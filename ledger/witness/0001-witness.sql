-- What a witness remembers: of each log the largest tree it has cosigned. A database of its own, in a
-- folder of its own, which no backup is ever put back into: a witness that forgets signs two histories.

CREATE TABLE witness_log (
	id $KEY,
	origin $TEXT NOT NULL UNIQUE,
	origin_hash $BYTES NOT NULL UNIQUE, -- SHA-256 of the origin: the address where it is shown
	size BIGINT NOT NULL CHECK (size >= 0), -- 0 also when nothing was cosigned yet
	root $BYTES,                        -- NULL: nothing was cosigned yet
	note $BYTES,                        -- the checkpoint with the log's signature and ours
	seen_at BIGINT                      -- when it was first cosigned at this size
);

-- Whose signature counts for a log: more than one while it changes its key.
CREATE TABLE witness_key (
	id $KEY,
	log BIGINT NOT NULL REFERENCES witness_log (id),
	vkey $TEXT NOT NULL UNIQUE,
	added_at BIGINT NOT NULL,
	removed_at BIGINT
);
CREATE INDEX witness_key_log ON witness_key (log);

-- Signed by a log's key, and in contradiction to what it signed before: kept as evidence.
CREATE TABLE witness_fork (
	id $KEY,
	log BIGINT NOT NULL REFERENCES witness_log (id),
	size BIGINT NOT NULL,
	root $BYTES NOT NULL,
	note $BYTES NOT NULL,
	seen_at BIGINT NOT NULL,
	UNIQUE (log, size, root)
);
