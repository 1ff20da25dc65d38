/* Between a program and its PostgreSQL: passes on what both say, until it is told to cut the line where
 * it hurts, at the next COMMIT. */
#pragma once

#include "base/str.h"

#include <stdbool.h>

struct relay;

enum relay_cut {
	RELAY_BEFORE, /* the server never sees the COMMIT, and learns that its client is gone */
	RELAY_HELD,   /* the same, but the server does not learn it: it waits for a word */
	RELAY_TORN,   /* the server has the COMMIT and is at work when its client goes */
	RELAY_AFTER,  /* the server has committed; its answer is lost */
};

/* In front of the database at `url`, whose server must listen on a socket in a folder; gone with the
 * test. Skips the test where it does not. */
struct relay *relay_start(struct str url);
/* The database, through it. */
struct str relay_url(const struct relay *r);
/* What that URL ends with: the folder that is the host. */
struct str relay_folder(const struct relay *r);
/* Once. */
void relay_cut(struct relay *r, enum relay_cut how);
/* Nobody comes through from now on, after a cut; or everybody again. */
void relay_refuse(struct relay *r, bool refuse);
