/* Past disclosures from a spreadsheet: read, checked whole, and only then recorded, each by the same
 * three steps a clerk and a leader would take, with the days written on the papers. */
#pragma once

#include "modules/know/disclosure.h"
#include "office/form.h"

struct past_row {
	size_t line; /* in the file, from 1 */
	struct disclosure content;
	struct date published_on, posted_on;
	struct date broadcast_on, heads_on; /* NO_DATE: the papers do not say */
	struct str place;
	struct faults faults;
};
struct past_rows {
	struct past_row *at;
	size_t n;
	size_t bad;         /* rows with faults */
	struct str problem; /* the file as a whole cannot be read: why, in the reader's language */
};

/* The columns, in any order: matter, title, issued_on and published_on are needed; number, issuer,
 * body, place, posted_on, broadcast_on (three days from then on) and heads_on may be empty. At most 2,000 rows. ERR_IO or ERR_CORRUPT only. */
MUST_USE enum err past_read(struct tx *tx, int64_t unit, struct str csv, enum lang lang,
			    struct past_rows *out);
/* Records them, all or none; ERR_INVALID when a row has faults. `token`: a retry records nothing
 * twice. tx->who must be a leader of the unit. */
MUST_USE enum err past_record(struct tx *tx, int64_t unit, const struct past_rows *rows,
			      struct str token);
