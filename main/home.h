/* A data directory, opened: its database brought up to date, the law, every kind of every module, the
 * site and its clock. The one place that builds `struct office`.
 *
 *     DIR/dinh.db       the database        DIR/files/     uploads by their SHA-256
 *     DIR/log.key       the log's key       DIR/checkpoint the last signed checkpoint
 *     DIR/backups/      copies made before migrations      DIR/lock   held by a running server */
#pragma once

#include "office/office.h"
#include "office/site.h"

struct log;

struct home {
	struct arena *mem; /* lives as long as it */
	struct str dir;
	struct db *db;
	struct office office;
	struct site site; /* root 0 until there is one */
	struct rng rng;
	struct instant clock_real; /* demo: the system's clock when site.clock was saved */
	int lock;                  /* -1: not held */
};

/* Opens an existing site. DB_WRITE migrates it first. ERR_NOT_FOUND: no site there; others as from
 * db_open and migrate. `why` is a sentence for the operator in every case. */
MUST_USE enum err home_open(struct home *h, struct arena *mem, struct str dir, enum db_mode mode,
			    struct str *why);
/* Makes the directory (mode 0700) and an empty database in it: no site yet. ERR_CONFLICT: a database
 * is there already. */
MUST_USE enum err home_make(struct home *h, struct arena *mem, struct str dir, struct str *why);
void home_close(struct home *h); /* accepts one that was never opened */

/* One process serves a directory at a time. ERR_BUSY when another one does. */
MUST_USE enum err home_lock(struct home *h, struct str *why);

/* Now on this site: a demonstration's own clock goes on from where it was saved. */
struct instant home_now(const struct home *h);
/* Saves the demonstration's clock as it stands. */
MUST_USE enum err home_save_clock(struct tx *tx, struct instant clock);
/* Begins a transaction with the site's clock, randomness and office, as the program itself. */
MUST_USE enum err home_begin(struct home *h, struct tx *tx, struct arena *mem, enum db_mode mode);

struct str home_path(const struct home *h, const char *name); /* DIR/name, NUL-terminated */
extern const struct member home_system;
