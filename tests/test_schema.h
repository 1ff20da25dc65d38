/* Sites on a PostgreSQL, for tests/test_db.c and tests/walk_copy.c: each is a schema on the server that
 * DINH_TEST_DB names. To make one costs a tenth of a second and to empty one a tenth of that, so a
 * program keeps those it made and gives them to test after test; they go when it ends. */
#pragma once

#include "store/db.h"

struct schema {
	const char *url;
	bool migrated; /* with every schema file of the binary; otherwise there is nothing in it */
	/* The rest is of test_schema.c. */
	const char *name;
	struct db *db;
	int64_t shape;
	bool taken;
	struct schema *next;
};

/* The URL of the server; "" when there is none: then nothing below may be called. */
const char *schema_server(void);
/* Without rows, numbers counted from 1 again. */
struct schema *schema_take(bool migrated);
/* Whatever was done in it. */
void schema_give_back(struct schema *s);
/* Makes the rows and counters of `to` those of `from`; both are migrated. */
void schema_copy(const struct schema *from, struct schema *to);
