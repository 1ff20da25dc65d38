/* Checking what was entered, whoever entered it: a page, a file of rows, a command. */
#pragma once

#include "base/field.h"
#include "store/db.h"

struct fault {
	const char *field; /* its name; "" for the form as a whole */
	struct str text;   /* what is wrong and how to mend it, in the reader's language */
};
struct faults {
	struct arena *a;
	enum lang lang;
	struct fault *at;
	size_t n, cap;
};

void fault_add(struct faults *faults, const char *field, struct str text);
/* A sentence of the catalogue without arguments. */
void fault_add_msg(struct faults *faults, const char *field, enum msg text);

/* Every field within its bounds, required ones filled, choices among those offered, past dates not
 * in the future. `subject` is passed to `options`. Faults are added in the order of the table.
 * ERR_IO or ERR_CORRUPT only when the options could not be read. */
MUST_USE enum err form_check(struct tx *tx, const struct field *table, const void *form,
			     const void *subject, struct faults *faults);
