/* Tables as the database itself describes them, and their rows as bytes: for what is copied whole from
 * one database to another, whatever the engines behind them. Rows travel as PostgreSQL's COPY has them
 * (binary): the number of columns, then each with its length, so that nothing is made anew for it. */
#pragma once

#include "store/relation.h"

enum { TABLE_COLUMNS = 40, TABLES = 100 };

struct table_column {
	const char *name;
	enum attribute_type type; /* a number, a text or bytes */
	int key;                  /* its place in the primary key, from 1; 0: none */
};

struct table {
	const char *name;
	int n, keys;
	struct table_column columns[TABLE_COLUMNS]; /* those of the key first, in its order */
	bool search;                                /* the texts behind the index of searching */
	int later;    /* of rows that may refer to one after them; -1: none */
	bool counted; /* the key is one number, which the database counts */
	/* What the database is asked: they live as long as the connection, see db_query_at. */
	const char *first, *next, *insert, *load, *late, *some, *greatest;
};

struct tables {
	struct table at[TABLES];
	size_t n;
};

/* Every table but those of the engine's own, in the order of `relations`, with `last` at the end. `a`
 * lives as long as the connection. ERR_CORRUPT: one is in no list of relations, or has no key. */
MUST_USE enum err tables_read(struct tx *tx, struct arena *a,
			      const struct relation *const *relations, const char *last,
			      struct tables *out);
/* Have both the same columns? */
bool table_same(const struct table *a, const struct table *b);
MUST_USE enum err table_is_empty(struct tx *tx, const struct table *t, bool *out);

/* A walk along the key. Begin with { .of, .keep }; `after` can be kept and given to another walk. */
struct table_walk {
	const struct table *of;
	struct arena *keep; /* the walk's alone: holds `after` */
	struct bytes after; /* the key of the last row; NULL: from the first row on */
	bool hide_later;    /* the column that comes later is NULL in the rows */
	bool ended;
};
/* The next rows, into `out`: at most `limit`, and as many bytes or one row. 0 rows: it has ended. */
MUST_USE enum err table_read(struct tx *tx, struct table_walk *w, int64_t limit, size_t bytes,
			     struct buf *out, int64_t *rows);
MUST_USE enum err table_write(struct tx *tx, const struct table *t, struct bytes rows);
/* Sets the column `later` in rows that table_read gave. */
MUST_USE enum err table_write_later(struct tx *tx, const struct table *t, struct bytes rows);
/* The next number counted follows the greatest that stands there. */
MUST_USE enum err table_count_on(struct tx *tx, const struct table *t);
