/* The seam between transactions and the database behind them: one table of functions per engine.
 * Only db.c, migrate.c and search.c include this. sqlite.c and postgres.c fill the table.
 *
 * What the table asks of an engine beyond the obvious:
 * - `$1`..`$32` are found by name. SQLite numbers parameters by first appearance, libpq by name.
 * - A statement is prepared once and its address is kept by the cache of db.c, so that an engine
 *   needs no cache of its own; libpq gives each a name at prepare.
 * - A statement that fails with ERR_CONFLICT or ERR_INVALID has changed nothing, and the transaction goes
 *   on. After another failure it may refuse everything but a rollback, to a savepoint or whole.
 * - Between begin and commit of a writer no other writes.
 * - step() hands out one row at a time; an engine that receives whole results walks through them, except
 *   of a statement that is to stream.
 * - Columns have three types only. Booleans are integers, dates are text, decimals are a mistake. */
#pragma once

#include "store/db.h"

enum { DB_PARAMETERS = 32 };

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BYTES };

struct db_value {
	enum db_type type;
	int64_t n;
	const char *at; /* text and bytes; never NULL for these, even when empty */
	size_t len;
};

/* The first member of an engine's own statement. db.c owns everything in it but `parameters`. */
struct statement {
	const char *sql; /* the key: its address, not its text */
	struct statement *next_in_slot;
	struct statement *newer, *older;
	int parameters; /* the highest $n in the text, set by prepare */
	int depth;      /* of savepoints when it was begun; 0: at rest */
	int64_t run;    /* counts its uses */
	bool stream;    /* its rows may be more than memory holds: set before the first step */
};

enum { DB_SLOTS = 256 };

/* The first member of an engine's own connection. The engine sets `engine` and `mode`. */
struct db {
	const struct engine *engine;
	enum db_mode mode;
	enum db_mode tx_mode; /* of the transaction under way */
	bool quiet;           /* of this transaction: tx_quiet */
	bool announced;       /* it has said that it will commit */
	uint64_t self;        /* db_name_self */
	int depth;            /* 0 outside, 1 in a transaction, one more for each savepoint */
	int active;           /* statements begun and not ended */
	int statements;
	struct statement *slots[DB_SLOTS];
	struct statement *newest, *oldest; /* by last use */
	struct db_keep keep;
	/* Texts for the search index that wait for the commit: see search_later.c. */
	struct search_change *later;
	size_t later_n, later_size, later_bytes;
	int64_t trips; /* how often a server was waited for */
	int patience_ms; /* how long a server that is gone is asked about a commit; 0: as the engine likes */
};

struct migration;
struct search;

enum search_spelling { SEARCH_SQLITE, SEARCH_POSTGRES };

struct engine {
	const char *name, *alias; /* the schemes of its URLs; alias may be NULL */
	/* What $KEY, $BYTES and $TEXT stand for in schema files. */
	const char *key, *bytes, *text;
	/* SQL that asks whether the table schema_migration is there. */
	const char *migrated;
	/* SQL of the catalogue: table, column, type, place in the primary key (0: none), in the order of
	 * tables. */
	const char *catalogue;
	/* SELECT of id, title and body, as search_put was given them, without anything behind it. */
	const char *search_texts;
	/* SQL that makes the counter of table $1, column $2 go on after $3; NULL: it does by itself. */
	const char *count_on;
	/* The engine's own migrations, run after those of the rooms; ended by name == NULL. */
	const struct migration *migrations;

	enum err (*open)(struct str where, enum db_mode mode, struct db **out, struct str *why,
			 struct arena *a);
	void (*close)(struct db *db); /* the statements are finalized already */
	/* What the last failure was, for the operator. Borrowed until the next call. */
	const char *(*message)(struct db *db);

	enum err (*begin)(struct db *db, enum db_mode mode);
	/* ERR_IO, ERR_CORRUPT: nobody knows what is on disk. Another failure: nothing of it is. */
	enum err (*commit)(struct db *db);
	void (*rollback)(struct db *db); /* cannot fail in a way anybody could mend */
	enum err (*savepoint)(struct db *db);
	enum err (*savepoint_keep)(struct db *db);
	enum err (*savepoint_undo)(struct db *db);
	bool (*stands)(struct db *db);

	/* Several statements without parameters: schema files. */
	enum err (*script)(struct db *db, const char *sql);
	/* Many rows at once, see store/table.h; NULL: one by one. As a statement that writes. */
	enum err (*load)(struct db *db, const char *sql, const void *rows, size_t len);
	/* A consistent copy into a new file, synced. NULL: the engine has its own tools for that. */
	enum err (*backup)(struct db *db, const char *to);
	/* Tells other processes, once this transaction commits, that it did; NULL: there are none. */
	enum err (*announce)(struct db *db);
	/* See db_is_there; NULL: always. */
	bool (*there)(struct db *db);
	/* See db_alone; NULL: always. */
	enum err (*alone)(struct db *db, bool *out);
	/* NULL: unknown. */
	enum err (*size)(struct db *db, struct db_size *out);

	enum err (*prepare)(struct db *db, const char *sql, struct statement **out);
	void (*finalize)(struct statement *s);
	/* Text and bytes stay valid until reset; an engine may borrow them. */
	enum err (*bind)(struct statement *s, int number, const struct db_value *v);
	enum err (*step)(struct statement *s, bool *row);
	void (*reset)(struct statement *s); /* forgets the bound values too */
	int (*columns)(struct statement *s);
	enum err (*column)(struct statement *s, int i, struct db_value *out);
	int64_t (*changes)(struct db *db); /* by the statement just finished */

	/* See search.h. Which text of search_query is for it, and the expression bound to $1 of a
	 * search, for hits in the title or elsewhere. */
	enum search_spelling search_spelling;
	struct str (*search_expression)(struct arena *a, const struct search *s, bool in_title);
	/* Is the text for what is seldom the better one? NULL: there is but one. */
	enum err (*search_seldom)(struct tx *tx, struct str expression, bool *out);
	/* Do words that are no phrase all stand in some text? */
	enum err (*search_has)(struct tx *tx, const struct search *s, bool *out);
	enum err (*search_put)(struct tx *tx, int64_t id, struct str title, struct str body);
	enum err (*search_remove)(struct tx *tx, int64_t id);
};

extern const struct engine postgres_engine, sqlite_engine;
/* Whose database that is; NULL: of an engine this program was not built with. */
const struct engine *db_engine(struct str where);

/* search_later.c, for search.c and db.c. */
MUST_USE enum err search_later(struct tx *tx, int64_t id, bool remove, struct str title,
			       struct str body);
MUST_USE enum err search_settle(struct tx *tx); /* everything that waits, into the index */
MUST_USE enum err search_keep(struct tx *tx);   /* a savepoint was kept; db->depth is without it */
void search_undo(struct db *db);                /* one was undone */
void search_forget(struct db *db);              /* the transaction has ended */
