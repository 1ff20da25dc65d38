/* What a text rests on, a line each: a record of this site by its code, with words behind it or
 * without; or a citation in words, with an address at its end or without. */
#pragma once

#include "office/form.h"

struct source {
	struct str code;    /* canonical; "" when the line names no record */
	struct str words;   /* "" when there is only a code or an address */
	struct str address; /* "https://..." as typed; "" when there is none */
};
struct sources {
	struct source *at;
	size_t n;
};
enum { SOURCES_MOST = 20, SOURCE_LONGEST = 300 };

/* Empty lines are passed over; of more than SOURCES_MOST the first are read. Never fails: a first
 * word that is not quite a code is a word. */
struct sources sources_read(struct arena *a, struct str lines);

/* For the `check` of a step: a line too long, too many of them, a code with a slip of the finger, a
 * code of no public record. ERR_IO, ERR_CORRUPT. */
MUST_USE enum err sources_check(struct tx *tx, struct str lines, const char *field,
				struct faults *faults);
