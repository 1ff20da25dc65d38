-- How far a copy from another database has come, table by table; and, on either side, which copy it is:
-- office/copy_mark.h.
CREATE TABLE copy_progress (
	name $TEXT NOT NULL PRIMARY KEY, -- a table; of the copy itself it begins with a point
	copied BIGINT NOT NULL,
	after_key $BYTES,                -- of the last row; of the copy itself: its mark
	done BIGINT NOT NULL
);
