/* Tables of a PostgreSQL that rows arrive in through COPY, a connection each, while they have neither keys nor
 * indexes. A site that breaks meanwhile is made anew: nothing here can be undone. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <libpq-fe.h>

/* `id`: given here, because the program asks for it or because the server would count more slowly. */
struct bulk_table {
	const char *name;
	bool id, fresh; /* fresh: truncated by us, so that its rows need no log of their own */
	PGconn *to;
	char columns[600]; /* of the COPY under way; "" before the first row */
	int64_t next;
};

enum { BULK_TABLES = 11 };

struct bulk_server {
	struct arena *a;
	PGconn *main;
	struct bulk_table tables[BULK_TABLES];
	struct strs restore; /* statements that bring keys and indexes back */
	char why[300];       /* what the last failure was */
};

MUST_USE enum err bulk_server_open(struct bulk_server *s, struct arena *a, const char *address);
/* A result with rows, which the caller clears. */
MUST_USE enum err bulk_ask(struct bulk_server *s, const char *sql, PGresult **out);
MUST_USE enum err bulk_number(struct bulk_server *s, const char *sql, int64_t *out);
/* Keys and indexes go, and each table gets its connection. */
MUST_USE enum err bulk_server_begin(struct bulk_server *s, const char *address);
/* The rows of a table will have these columns; in the binary form of COPY. */
MUST_USE enum err bulk_copy(struct bulk_server *s, struct bulk_table *t, const char *columns);
MUST_USE enum err bulk_send(struct bulk_server *s, struct bulk_table *t, const struct buf *row);
/* Commits, brings keys and indexes back, gathers statistics and closes, also after a failure. */
MUST_USE enum err bulk_server_end(struct bulk_server *s);
