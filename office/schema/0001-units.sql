-- The dated tree. Days are inclusive; 0001-01-01 and 9999-12-31 stand for "open", so that a range is
-- two comparisons. See office/unit.h.
CREATE TABLE site (
	key $TEXT NOT NULL PRIMARY KEY,
	value $TEXT NOT NULL
);

CREATE TABLE unit (
	id $KEY,
	first_day $TEXT NOT NULL,
	last_day $TEXT NOT NULL,
	heir BIGINT REFERENCES unit (id), -- who answers for it after its last day
	made_at BIGINT NOT NULL,
	made_by BIGINT, -- a person; NULL: the program, when the site was made
	ended_at BIGINT, -- when somebody ended it by hand, and who
	ended_by BIGINT
);
CREATE INDEX unit_heir ON unit (heir);

CREATE TABLE unit_version (
	unit BIGINT NOT NULL REFERENCES unit (id),
	valid_from $TEXT NOT NULL,
	valid_to $TEXT NOT NULL,
	code $TEXT NOT NULL,
	type $TEXT NOT NULL,
	name $TEXT NOT NULL,
	name_en $TEXT NOT NULL,
	parent BIGINT REFERENCES unit (id),
	level BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	made_by BIGINT,
	PRIMARY KEY (unit, valid_from)
);
CREATE UNIQUE INDEX unit_version_code ON unit_version (code, valid_from);
CREATE INDEX unit_version_parent ON unit_version (parent, level, code);

CREATE TABLE unit_ancestor (
	unit BIGINT NOT NULL,
	ancestor BIGINT NOT NULL,
	valid_from $TEXT NOT NULL,
	valid_to $TEXT NOT NULL,
	depth BIGINT NOT NULL,
	way BIGINT NOT NULL, -- 0 in the tree, 1 by the heir, 2 by another successor
	PRIMARY KEY (unit, ancestor, valid_from)
);
CREATE INDEX unit_ancestor_down ON unit_ancestor (ancestor, unit, valid_from, valid_to, way);

CREATE TABLE unit_succession (
	predecessor BIGINT NOT NULL REFERENCES unit (id),
	successor BIGINT NOT NULL REFERENCES unit (id),
	since $TEXT NOT NULL,
	main BIGINT NOT NULL,
	whole BIGINT NOT NULL,
	share BIGINT NOT NULL, -- thousandths of the predecessor's area, -1 not known
	checked BIGINT NOT NULL,
	PRIMARY KEY (predecessor, successor)
);
CREATE INDEX unit_succession_back ON unit_succession (successor, predecessor);

-- What a unit declares about itself, because some duties depend on it.
CREATE TABLE unit_fact (
	unit BIGINT NOT NULL REFERENCES unit (id),
	valid_from $TEXT NOT NULL,
	valid_to $TEXT NOT NULL,
	has_web BIGINT NOT NULL,
	has_loudspeaker BIGINT NOT NULL,
	households BIGINT NOT NULL,
	head_count BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	made_by BIGINT,
	PRIMARY KEY (unit, valid_from)
);

CREATE TABLE notice_place (
	id $KEY,
	unit BIGINT NOT NULL REFERENCES unit (id),
	name $TEXT NOT NULL,
	valid_from $TEXT NOT NULL,
	valid_to $TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	made_by BIGINT,
	ended_at BIGINT,
	ended_by BIGINT
);
CREATE INDEX notice_place_unit ON notice_place (unit, valid_from);
