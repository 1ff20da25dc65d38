-- The same counts by the year, of what reviews read: one row instead of twelve for each unit and key.
CREATE TABLE tally_year (
	unit BIGINT NOT NULL,
	tally_key $TEXT NOT NULL,
	year BIGINT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (unit, tally_key, year)
);
