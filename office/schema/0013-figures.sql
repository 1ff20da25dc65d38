-- What figures of reports count, one contribution a row, so that a figure opens exactly what it counted:
-- office/tally.h. Sites that were made before this are counted anew: office/recount.h.
CREATE TABLE figure (
	unit BIGINT NOT NULL,
	figure_key $TEXT NOT NULL,
	counted_on $TEXT NOT NULL,
	dossier BIGINT NOT NULL REFERENCES dossier (id),
	item BIGINT NOT NULL, -- which of the dossier's own; 0: the dossier itself
	n BIGINT NOT NULL,
	PRIMARY KEY (unit, figure_key, counted_on, dossier, item)
);

-- By rule, whether open or ended, for the lists that a figure of duties opens.
CREATE INDEX duty_rule ON duty (unit, rule, due_on, id);

-- A term that was extended: by which act, under which row, with which number, counted from when.
ALTER TABLE duty ADD COLUMN extended_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE duty ADD COLUMN extended_row $TEXT NOT NULL DEFAULT '';
ALTER TABLE duty ADD COLUMN extended_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE duty ADD COLUMN extended_from $TEXT;
