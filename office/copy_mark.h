/* Whose copy is it? Both sides carry the mark of their copy in `copy_progress`. The source is closed by it,
 * to servers and to every other command that writes, from before the first row is read until it is given
 * back; so what is copied cannot move, today or when the copy goes on tomorrow, and two copies of a log are
 * never written on. The target is closed until it is whole, compared and verified. */
#pragma once

#include "store/db.h"

struct copy_marks {
	/* "": none. */
	struct str source; /* of the copy that was made of this site: it is closed */
	struct str target; /* of the copy that this is to be */
	struct str copied; /* of the copy that this was, until it was finished */
	bool some;         /* rows have come */
};
/* Texts live in `a`. */
MUST_USE enum err copy_marks_read(struct tx *tx, struct arena *a, struct copy_marks *out);
/* A sentence when the one must not be copied, or copied on, into the other; empty when it may. `empty`:
 * there are no rows in the target. */
struct str copy_objection(const struct copy_marks *from, const struct copy_marks *to, bool empty);

MUST_USE enum err copy_mark_target(struct tx *tx, struct str mark);
MUST_USE enum err copy_mark_source(struct tx *tx, struct str mark);
/* The target is a site from now on. */
MUST_USE enum err copy_finish(struct tx *tx);
/* The source is a site again. ERR_NOT_FOUND: it is none. */
MUST_USE enum err copy_give_back(struct tx *tx);

enum copy_state {
	COPY_NONE,
	COPY_SOURCE, /* copied elsewhere, or being copied: closed */
	COPY_TARGET, /* not whole yet */
};
MUST_USE enum err copy_state(struct tx *tx, enum copy_state *out);
/* A sentence for whoever wanted to write there; empty when nothing is in the way. */
struct str copy_refusal(enum copy_state state);

/* How far one table has come. `after` is a key of store/table.h, NULL: no row has come; it lives in `a`. */
struct copy_progress {
	int64_t copied;
	struct bytes after;
	bool done;
};
MUST_USE enum err copy_progress_read(struct tx *tx, struct arena *a, const char *table,
				     struct copy_progress *out);
MUST_USE enum err copy_progress_write(struct tx *tx, const char *table,
				      const struct copy_progress *p);
