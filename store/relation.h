/* The tables of the schema, as an export of the whole site sees them: carried row by row, made
 * again from what is carried, or left behind. Each room and each module describes its own tables in
 * one list; a table nobody describes fails tests/test_relations.c.
 *
 * The descriptor also is the format: a row is one line of JSON whose members are the attributes,
 * and whoever reads such a line checks it by the same table. Names once released keep their
 * meaning. */
#pragma once

#include "store/db.h"

enum attribute_type {
	ATTRIBUTE_END, /* ends a list */
	ATTRIBUTE_INT,
	ATTRIBUTE_TEXT,
	ATTRIBUTE_DATE,  /* a text: YYYY-MM-DD */
	ATTRIBUTE_BYTES, /* Base64 */
	ATTRIBUTE_PROSE, /* bytes that are text: written as such; Base64 in an object if they are not */
};

struct attribute {
	const char *name;
	enum attribute_type type;
	bool key;   /* of the primary key, in its order: rows are read along it */
	bool null;  /* may be NULL */
	bool young; /* exports of older programs do not say it: 0 there */
	/* Names a row of the same table that may stand after this one: set when all rows stand. */
	bool later;
	/* Only rows whose value is no greater than the greatest key of that relation at the
	 * fixed act. One attribute of a relation at most. */
	const char *within;
	/* A greater value than that means that what is exported is no longer what it was then. */
	const char *settled;
	int64_t min,
		max; /* numbers: 0, 0 for any. Text and bytes: at most `max` bytes; 0: 64 KiB */
	bool (*fits)(struct arena *a, struct str value); /* a text; NULL: any */
};

enum relation_use {
	RELATION_CARRIED,
	RELATION_DERIVED, /* made again from what is carried */
	RELATION_LEFT,    /* of no use elsewhere */
};

struct relation {
	const char *name; /* of the table; NULL ends a list */
	enum relation_use use;
	const struct attribute *attributes; /* of what is carried; NULL for the others */
	const char *why;                    /* of the others: from what, or why not */
	/* Read whole in the transaction that fixes the act: tables that change in place and belong
	 * together, such as the tree of units. */
	bool at_once;
	/* Instead of a plain INSERT of all attributes as $1, $2, ...: a table whose other
	 * columns are derived, or rows that are dropped when what they refer to is not there. */
	const char *insert;
};

extern const struct relation store_relations[];

/* --- Rows, for the export and the import --- */

enum { RELATION_KEYS = 6, RELATION_ATTRIBUTES = 24, RELATION_LINE_MAX = 8 << 20 };

struct datum {
	bool null;
	int64_t n;
	struct str s;
};

/* What the database is asked, written once: the texts live as long as the connection. */
struct relation_plan {
	const struct relation *of;
	int n, keys, within, later; /* within, later: an attribute's number; -1: none */
	const char *first, *next, *insert, *late, *greatest;
};
void relation_plan(struct arena *a, const struct relation *r, struct relation_plan *out);

/* The greatest key of a relation with one number for a key; 0: no row. */
MUST_USE enum err relation_greatest(struct tx *tx, const struct relation_plan *p, int64_t *out);
/* Once all rows stand: numbers that the database counts go on after the greatest. Harmless for a
 * relation whose key is none. */
MUST_USE enum err relation_count_on(struct tx *tx, const struct relation_plan *p);
/* A walk along the key, in as many transactions as it takes. Begin with { .plan, .bound, .keep,
 * .row, .of }, read until `more` is false. */
struct relation_walk {
	const struct relation_plan *plan;
	int64_t bound;      /* where the plan has `within` */
	struct arena *keep; /* the walk's alone: holds the last key */
	/* Given each row; sets `enough` to end this read after it. An error ends the walk. */
	enum err (*row)(void *of, const struct datum *data, bool *enough);
	void *of;
	bool begun, more;
	struct datum after[RELATION_KEYS];
};
/* The next rows, at most `limit`; what the rows hold lives in tx->mem. */
MUST_USE enum err relation_read(struct tx *tx, struct relation_walk *w, int64_t limit);
/* ERR_CONFLICT and ERR_INVALID as from db_exec. */
MUST_USE enum err relation_insert(struct tx *tx, const struct relation_plan *p,
				  const struct datum *data);
/* Sets the attribute marked `later` of the row with that one number for a key. */
MUST_USE enum err relation_set_later(struct tx *tx, const struct relation_plan *p, int64_t key,
				     int64_t value);

/* One line with its newline. ERR_CORRUPT: a text that is no UTF-8, or a line that could not be
 * read again. */
MUST_USE enum err relation_line(struct buf *out, const struct relation_plan *p,
				const struct datum *data, struct str *why);
/* The reverse: every member known and within its bounds, none missing that must be there.
 * ERR_INVALID with a sentence. `data` lives in `a`. */
MUST_USE enum err relation_parse(struct arena *a, const struct relation_plan *p, struct str line,
				 struct datum data[RELATION_ATTRIBUTES], struct str *why);
