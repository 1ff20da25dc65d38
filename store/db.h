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
	int64_t receipt;             /* the dossier whose receipt the visitor holds; 0: none */
	const struct office *office; /* kinds, law, data directory: office/office.h */
	enum err err;                /* the first failure reported by tx_fail */
	char why[240];               /* its story for the operator; never shown on a page */
};

enum db_mode { DB_READ, DB_WRITE };

/* Does it name a database on a server, by a URL, and not a data directory? */
bool db_is_remote(struct str where);
/* Opens the database of a data directory (SQLite: DIR/dinh.db, WAL, full fsync; DB_WRITE makes it if
 * needed) or of a URL (ERR_INVALID for one that cannot be read, or an engine this program was not built
 * with). `why` says what is wrong and where, without a password; `out` is untouched then. A DB_READ
 * connection cannot write. */
MUST_USE enum err db_open(struct str where, enum db_mode mode, struct db **out, struct str *why,
			  struct arena *a);
void db_close(struct db *db); /* accepts NULL; rolls back what is open */
/* A consistent copy into the new file `to`, while others read and write. Not inside a transaction.
 * ERR_CONFLICT when the file exists; ERR_DENIED: this engine is backed up by its own tools. */
MUST_USE enum err db_backup(struct db *db, const char *to, struct str *why, struct arena *a);

/* Bytes on disk: of the database, and of what waits beside it to be merged into it (a write-ahead
 * log). ERR_DENIED: this engine does not say. */
struct db_size {
	int64_t bytes, waiting;
};
MUST_USE enum err db_size(struct db *db, struct db_size *out);

/* Names this process in what its commits announce to others: store/hearing.h. */
void db_name_self(struct db *db, uint64_t self);
/* Is no server of this site running, on whatever machine? Then none begins to as long as `db` stays
 * connected. On an engine of one process: true. */
MUST_USE enum err db_alone(struct db *db, bool *out);

/* Did the connection stand when it was last used? ERR_BUSY has other reasons, too. */
bool db_is_there(struct db *db);

/* Begins; the caller has filled mem, now, rng and who. ERR_BUSY: another process holds the database
 * for longer than five seconds. */
MUST_USE enum err tx_begin(struct tx *tx, struct db *db, enum db_mode mode);
/* OK commits, durably before it returns; anything else rolls back. Returns `e`, or what kept it from
 * committing. A failure of the database that somebody swallowed on the way also rolls back. */
MUST_USE enum err tx_end(struct tx *tx, enum err e);
/* The next $KEY of that table is greater than `greatest`: for those who gave numbers themselves. */
MUST_USE enum err db_count_on(struct tx *tx, const char *table, const char *column,
			      int64_t greatest);
/* Inside a transaction: all or nothing for one request of a batch. Savepoints nest. */
MUST_USE enum err tx_savepoint(struct tx *tx);
MUST_USE enum err tx_savepoint_end(struct tx *tx, enum err e);
/* Does now what was put off until the commit; tx_end does it too. An error here leaves a transaction
 * that can only be rolled back, where an error of the commit leaves nobody knowing what is on disk. */
MUST_USE enum err tx_settle(struct tx *tx);
/* What this transaction writes changes no page that a visitor is shown: other servers need not hear of
 * it. Until its end. */
void tx_quiet(struct tx *tx);
bool tx_is_quiet(const struct tx *tx);
/* Does the transaction still stand? After some disk errors the engine has rolled it back whole. */
bool tx_stands(const struct tx *tx);

/* What office/ keeps with a connection from one transaction to the next: whatever it likes, dropped
 * with the connection. `transaction` is another number in each transaction. NULL when this transaction
 * may write: it may see what will never be committed. */
struct db_keep {
	void *what;
	void (*drop)(void *what);
	int64_t transaction;
};
struct db_keep *tx_keep(const struct tx *tx);

/* Remembers the first error with its story and returns `e`. ERR_IO and ERR_CORRUPT take the place of
 * a milder one. */
#define tx_fail(tx, e, ...)                          \
	({                                           \
		enum err tx_err_ = (e);              \
		tx_note((tx), tx_err_, __VA_ARGS__); \
		tx_failed(tx_err_);                  \
	})
void tx_note(struct tx *tx, enum err e, const char *format, ...) PRINTF(3, 4);
/* A macro, so that compilers and checkers see that a failure is returned, and `out` not read. */
static inline enum err tx_failed(enum err e)
{
	return e;
}
/* Today in Vietnam. */
static inline struct date tx_today(const struct tx *tx)
{
	return instant_date(tx->now);
}

struct db_value;
struct statement;

struct query {
	struct tx *tx;
	const char *sql;
	struct statement *statement; /* NULL once it has ended */
	int64_t run;                 /* which use of the statement this is */
	const struct db_value *row;  /* kept by db_one */
	int64_t changes;
	int columns;
	int bound;
	enum err err;
};

/* A prepared statement for a literal text, with parameters $1..$32. Errors are kept in the query and
 * come out of db_one, db_next and db_exec; all but ERR_CONFLICT and ERR_NOT_FOUND also tell their
 * story to the transaction. Queries may nest, the same text within itself too. One left unfinished
 * ends with its transaction or savepoint. */
struct query db_query_at(struct tx *tx, const char *sql);
#define db_query(tx, sql) db_query_at((tx), "" sql)
/* For a SELECT of more rows than memory should hold, where no page and no LIMIT bounds it: exports,
 * copies, checks of everything. Read it by db_next. */
struct query db_stream_at(struct tx *tx, const char *sql);
#define db_stream(tx, sql) db_stream_at((tx), "" sql)

/* Binds the next parameters in order: BIND(&q, id, title, day). int64_t, struct str (at == NULL is
 * SQL NULL), struct date (NO_DATE is NULL), struct instant, struct hash, bool, struct bytes (at ==
 * NULL is NULL); nothing else compiles, so an int needs its (int64_t). Text and bytes are borrowed
 * until the query ends. At most 24 values; more take a second BIND. */
#define BIND(query, ...) BIND_ALL_(query, __VA_ARGS__)

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

/* The first row, or ERR_NOT_FOUND. The statement has ended then and the row is kept in tx->mem: no
 * db_end is needed, and columns may be read until the arena dies. */
MUST_USE enum err db_one(struct query *q);
/* The next row. False at the end or on an error: then return q->err. A result that takes the arena
 * over its budget ends in ERR_INVALID: what was asked for is too much. */
bool db_next(struct query *q);
/* No rows wanted. ERR_CONFLICT: not unique; ERR_INVALID: another constraint. */
MUST_USE enum err db_exec(struct query *q);
/* Ends a query left before its last row; harmless on one that has ended. */
void db_end(struct query *q);
int64_t db_changes(const struct query *q); /* rows changed by the last db_exec */

/* Columns of the current row; text is copied into tx->mem. NULL reads as 0, an empty str, NO_DATE.
 * A column of another type, a text that is no date, a hash of another length: ERR_CORRUPT
 * in the query and in the transaction, which will not commit. */
int64_t col_int(struct query *q, int i);
struct str col_str(struct query *q, int i); /* at == NULL for SQL NULL */
struct date col_date(struct query *q, int i);
struct instant col_instant(struct query *q, int i);
struct hash col_hash(struct query *q, int i);
bool col_bool(struct query *q, int i);
struct bytes col_bytes(struct query *q, int i);
bool col_is_null(struct query *q, int i); /* where NULL is not the same as 0 */

/* How BIND takes its arguments apart. */
/* clang-format takes the types of _Generic for labels. */
/* clang-format off */
#define BIND_ONE_(q, v) \
	_Generic((v), \
		int64_t: db_bind_int, \
		struct str: db_bind_str, \
		struct date: db_bind_date, \
		struct instant: db_bind_instant, \
		struct hash: db_bind_hash, \
		bool: db_bind_bool, \
		struct bytes: db_bind_bytes)((q), (v))
/* clang-format on */
#define BIND_ALL_(q, ...)                                                                          \
	BIND_COUNT_(__VA_ARGS__, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, \
		    7, 6, 5, 4, 3, 2, 1, 0)                                                        \
	(q, __VA_ARGS__)
#define BIND_COUNT_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, \
		    a18, a19, a20, a21, a22, a23, a24, n, ...)                                  \
	BIND_##n##_
#define BIND_1_(q, v) BIND_ONE_(q, v)
#define BIND_2_(q, v, ...) BIND_ONE_(q, v), BIND_1_(q, __VA_ARGS__)
#define BIND_3_(q, v, ...) BIND_ONE_(q, v), BIND_2_(q, __VA_ARGS__)
#define BIND_4_(q, v, ...) BIND_ONE_(q, v), BIND_3_(q, __VA_ARGS__)
#define BIND_5_(q, v, ...) BIND_ONE_(q, v), BIND_4_(q, __VA_ARGS__)
#define BIND_6_(q, v, ...) BIND_ONE_(q, v), BIND_5_(q, __VA_ARGS__)
#define BIND_7_(q, v, ...) BIND_ONE_(q, v), BIND_6_(q, __VA_ARGS__)
#define BIND_8_(q, v, ...) BIND_ONE_(q, v), BIND_7_(q, __VA_ARGS__)
#define BIND_9_(q, v, ...) BIND_ONE_(q, v), BIND_8_(q, __VA_ARGS__)
#define BIND_10_(q, v, ...) BIND_ONE_(q, v), BIND_9_(q, __VA_ARGS__)
#define BIND_11_(q, v, ...) BIND_ONE_(q, v), BIND_10_(q, __VA_ARGS__)
#define BIND_12_(q, v, ...) BIND_ONE_(q, v), BIND_11_(q, __VA_ARGS__)
#define BIND_13_(q, v, ...) BIND_ONE_(q, v), BIND_12_(q, __VA_ARGS__)
#define BIND_14_(q, v, ...) BIND_ONE_(q, v), BIND_13_(q, __VA_ARGS__)
#define BIND_15_(q, v, ...) BIND_ONE_(q, v), BIND_14_(q, __VA_ARGS__)
#define BIND_16_(q, v, ...) BIND_ONE_(q, v), BIND_15_(q, __VA_ARGS__)
#define BIND_17_(q, v, ...) BIND_ONE_(q, v), BIND_16_(q, __VA_ARGS__)
#define BIND_18_(q, v, ...) BIND_ONE_(q, v), BIND_17_(q, __VA_ARGS__)
#define BIND_19_(q, v, ...) BIND_ONE_(q, v), BIND_18_(q, __VA_ARGS__)
#define BIND_20_(q, v, ...) BIND_ONE_(q, v), BIND_19_(q, __VA_ARGS__)
#define BIND_21_(q, v, ...) BIND_ONE_(q, v), BIND_20_(q, __VA_ARGS__)
#define BIND_22_(q, v, ...) BIND_ONE_(q, v), BIND_21_(q, __VA_ARGS__)
#define BIND_23_(q, v, ...) BIND_ONE_(q, v), BIND_22_(q, __VA_ARGS__)
#define BIND_24_(q, v, ...) BIND_ONE_(q, v), BIND_23_(q, __VA_ARGS__)
