/* A site, opened: its database brought up to date, the law, every kind of every module, the site and
 * its clock. The one place that builds `struct office`.
 *
 *     DIR/dinh.db       the database, unless --db names one on a PostgreSQL
 *     DIR/files/        uploads by their SHA-256, unless --files names a folder
 *     DIR/log.key       the log's key       DIR/checkpoint the last signed checkpoint
 *     DIR/backups/      copies made before migrations      DIR/lock   held by a running server
 *
 * What is of one server or of the file system stays in DIR; two servers of one site have two of them. */
#pragma once

#include "office/office.h"
#include "office/site.h"

struct log;

/* Where a site is, as every command is told. */
struct home_where {
	struct str data;
	struct str db;    /* "": $DINH_DB, and without it the file in `data` */
	struct str files; /* "": the folder in `data` */
	bool in_file;     /* in `data`, whatever the environment says */
	bool copying;     /* what dinh copy has not finished is opened nevertheless: by itself */
};
/* The entries of an option table whose owner has a `struct home_where at`; needs main/options.h. A
 * password does not belong in a list of processes, so the environment may hold the address. */
#define HOME_OPTION_DATA(owner)                                                 \
	OPTION_AS("data", owner, at.data, .value = "DIR", .help = MSG_CLI_DATA, \
		  .absent = "dinh-data")
#define HOME_OPTION_DB(owner) OPTION_AS("db", owner, at.db, .value = "URL", .help = MSG_CLI_DB)
#define HOME_OPTION_FILES(owner) \
	OPTION_AS("files", owner, at.files, .value = "DIR", .help = MSG_CLI_FILES)
#define HOME_OPTIONS(owner) HOME_OPTION_DATA(owner), HOME_OPTION_DB(owner), HOME_OPTION_FILES(owner)
/* Where its database is, for db_open: --db, else $DINH_DB, else the folder. ERR_INVALID as from
 * home_check_address. */
MUST_USE enum err home_database(const struct home_where *at, struct str *out, struct str *why);
/* What stands for a database on a server must be a URL. libpq takes other forms, too, with a password; here
 * they would be taken for a folder, and named in messages: ERR_INVALID, and `why` does not repeat it. */
MUST_USE enum err home_check_address(struct str address, struct str *why);
/* Which database it was, and what it said to a transaction that failed. */
struct str home_told(struct str database, const struct tx *tx);

struct home {
	struct arena *mem; /* lives as long as it */
	struct str dir, database;
	bool remote; /* the database is a server's and not a file in `dir` */
	struct db *db;
	struct office office;
	struct site site; /* root 0 until there is one */
	struct rng rng;
	struct instant clock_real; /* demo: the system's clock when site.clock was saved */
	int lock;                  /* -1: not held */
};

/* Opens an existing site. DB_WRITE migrates it first. ERR_NOT_FOUND: no site there; others as from
 * db_open and migrate. `why` is a sentence for the operator in every case, and holds no password. */
MUST_USE enum err home_open(struct home *h, struct arena *mem, const struct home_where *at,
			    enum db_mode mode, struct str *why);
/* Makes the directory (mode 0700) and an empty database in it, or the tables where --db says: no site
 * yet. ERR_CONFLICT: a site is there already, or a log's key. */
MUST_USE enum err home_make(struct home *h, struct arena *mem, const struct home_where *at,
			    struct str *why);
void home_close(struct home *h); /* accepts one that was never opened */

/* One process serves a directory at a time. ERR_BUSY when another one does. */
MUST_USE enum err home_lock(struct home *h, struct str *why);
/* And nobody serves the site from any other directory either, nor begins to. */
MUST_USE enum err home_lock_site(struct home *h, struct str *why);

/* Now on this site: a demonstration's own clock goes on from where it was saved. */
struct instant home_now(const struct home *h);
/* Saves the demonstration's clock as it stands. */
MUST_USE enum err home_save_clock(struct tx *tx, struct instant clock);
/* Begins a transaction with the site's clock, randomness and office, as the program itself. */
MUST_USE enum err home_begin(struct home *h, struct tx *tx, struct arena *mem, enum db_mode mode);

struct str home_path(const struct home *h, const char *name); /* DIR/name, NUL-terminated */
extern const struct member home_system;
