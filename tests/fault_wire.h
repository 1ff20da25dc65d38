/* A connection to PostgreSQL that breaks on request: a socket of our own stands between the program and
 * the server, which is the one of DINH_TEST_DB and must listen on a socket too. One per program.
 *
 * What is counted and may fail are requests: whatever the program sends and then waits for an answer. */
#pragma once

#include "base/str.h"

#include <stdbool.h>

enum wire_fault {
	WIRE_NONE,
	WIRE_BEFORE, /* this request never arrives, and the connection is gone */
	WIRE_AFTER,  /* it is carried out, and its answer never comes */
	WIRE_TOLD,   /* the server says that it ends this session, and does so */
};

/* The same database by way of that socket. The first call makes it, for as long as the program runs. */
struct str wire_url(struct str url, struct arena *a);
/* From now on the n-th request (1 is the next) on any connection fails so, once. Counting begins anew. */
void wire_fault_at(enum wire_fault kind, int64_t n);
int64_t wire_count(void); /* requests since wire_fault_at */
bool wire_hit(void);      /* the fault has happened */
