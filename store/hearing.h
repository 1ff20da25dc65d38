/* What other processes commit to the same database. A commit that is not quiet (tx_quiet) is announced in
 * its own transaction; whoever keeps something in memory that pages show hears of it here, on a thread and
 * a connection of its own. A file is served by one process, so there is nothing to hear. */
#pragma once

#include "store/db.h"

struct hearing;

struct hearing_setup {
	struct str where; /* for db_open: the database that is written to */
	uint64_t self;    /* as given to db_name_self: one's own commits are not heard */
	/* On the thread. Another process has committed what pages may show, or may have: also called
	 * each time when hearing begins. */
	void (*heard)(void *context);
	/* On the thread: from now on, or no longer, is every commit heard of. When it begins `heard` has
	 * been called before. `why` is for the operator, once each time it ends. */
	void (*changed)(void *context, bool hears, const char *why);
	void *context;
};

/* Returns once the first attempt to hear was made. OK with NULL where no other process can commit;
 * ERR_IO when the system gives no thread. */
MUST_USE enum err hearing_start(const struct hearing_setup *setup, struct hearing **out,
				struct str *why);
/* Ends the thread. Accepts NULL. */
void hearing_stop(struct hearing *h);
