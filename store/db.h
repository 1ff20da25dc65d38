/* Transactions and queries: the one way to the database, whatever the engine behind it.
 *
 * SQL is always a literal: its address is the key of the statement cache, so it cannot be built from
 * input. One text serves both engines: `$1`, RETURNING, ON CONFLICT; parameters are bound by name. */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "crypto/rng.h"

struct db;     /* one open connection, used by one thread at a time */
struct member; /* who acts: office/member.h */
struct office; /* what stays the same: office/office.h */

/* Everything a domain function may know about "now": the connection, the memory that dies with the
 * request, the time, the randomness and the person. Nothing below main/ and web/ asks the system. */
struct tx {
	struct db *db;
	struct arena *mem;
	struct instant now;
	struct rng *rng;
	const struct member *who;    /* NULL for a visitor */
	const struct office *office; /* kinds, law, data directory: office/office.h */
	enum err err;             /* the first failure reported by tx_fail */
	char why[240];            /* its story for the operator; never shown on a page */
};

enum db_mode { DB_READ, DB_WRITE };

/* Opens the database of a data directory (SQLite: DIR/dinh.db, WAL, full fsync) or of a URL.
 * ERR_IO with `why` filled on failure; `out` untouched then. */
MUST_USE enum err db_open(struct str where, enum db_mode mode, struct db **out, struct str *why,
			  struct arena *a);
void db_close(struct db *db); /* accepts NULL */

/* Begins; the caller has filled mem, now, rng and who. */
MUST_USE enum err tx_begin(struct tx *tx, struct db *db, enum db_mode mode);
/* OK commits (durably, before it returns), anything else rolls back. Returns the commit's own error. */
MUST_USE enum err tx_end(struct tx *tx, enum err e);
/* Inside a transaction: all or nothing for one request of a batch. */
MUST_USE enum err tx_savepoint(struct tx *tx);
MUST_USE enum err tx_savepoint_end(struct tx *tx, enum err e);
/* Does the transaction still stand? After some disk errors the engine has rolled it back whole. */
bool tx_stands(const struct tx *tx);

/* Remembers the first error with its story and returns `e`. */
enum err tx_fail(struct tx *tx, enum err e, const char *format, ...) PRINTF(3, 4);
/* Today in Vietnam. */
static inline struct date tx_today(const struct tx *tx)
{
	return instant_date(tx->now);
}

struct query {
	struct tx *tx;
	void *statement; /* the engine's */
	int bound;
	enum err err;
};

/* A prepared statement for a literal text. Errors are kept in the query and come out of db_*. */
struct query db_query_at(struct tx *tx, const char *sql);
#define db_query(tx, sql) db_query_at((tx), "" sql)

/* Binds the next parameters in order: BIND(&q, id, title, day). int64_t, struct str (at == NULL is
 * SQL NULL), struct date and struct instant (NO_DATE is NULL), struct hash, bool, struct bytes;
 * nothing else compiles. */
struct bytes { /* binary content, as opposed to text */
	const void *at;
	size_t len;
};
void db_bind_int(struct query *q, int64_t v);
void db_bind_str(struct query *q, struct str v);
void db_bind_date(struct query *q, struct date v);
void db_bind_instant(struct query *q, struct instant v);
void db_bind_hash(struct query *q, struct hash v);
void db_bind_bool(struct query *q, bool v);
void db_bind_bytes(struct query *q, struct bytes v);

MUST_USE enum err db_one(struct query *q);  /* exactly one row (the first), or ERR_NOT_FOUND */
bool db_next(struct query *q);              /* false at the end or on an error: return q->err */
MUST_USE enum err db_exec(struct query *q); /* no rows wanted; ERR_CONFLICT: not unique */
/* Ends a query left before its last row. */
void db_end(struct query *q);
int64_t db_changes(const struct query *q); /* rows changed by the last db_exec */

/* Columns of the current row; text is copied into tx->mem. NULL reads as 0, "", NO_DATE. */
int64_t col_int(struct query *q, int i);
struct str col_str(struct query *q, int i); /* at == NULL for SQL NULL */
struct date col_date(struct query *q, int i);
struct instant col_instant(struct query *q, int i);
struct hash col_hash(struct query *q, int i); /* a wrong length marks the query ERR_CORRUPT */
bool col_bool(struct query *q, int i);
struct bytes col_bytes(struct query *q, int i);
