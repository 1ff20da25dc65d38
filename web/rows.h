/* A list in every form it is asked for: a table on a page, CSV, JSON, a feed. One iterator gives the
 * rows; what is not HTML is streamed, piece by piece, in constant memory. */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct value {
	enum { VALUE_TEXT, VALUE_INT, VALUE_DATE, VALUE_INSTANT } kind;
	struct str text;
	int64_t n;
	struct date date;
	struct instant at;
	struct url url; /* in the table on the page; "": none */
	struct tag tag; /* on the page, instead of the text */
};

struct column {
	const char *name; /* in JSON; released names never change */
	enum msg label;   /* in the table and in CSV */
};

/* What a feed says of a row, besides its values. */
struct row_entry {
	struct value *values; /* as many as there are columns */
	struct str title, summary;
	struct url url; /* of this site; also the entry's identity */
	struct instant updated;
};
struct row_entries {
	struct row_entry *at;
	size_t n;
};

struct rows {
	struct str title;             /* of the list */
	struct str name;              /* of the file, without its ending: "cong-khai-2020" */
	const struct column *columns; /* ended by { 0 } */
	/* The next rows, at most a few hundred, into r->tx.mem; `more` is set false after the last. The
	 * place in the list is kept in `state`, which lives in r->mem, and is a key of the list's order,
	 * because each call has a transaction of its own. */
	enum err (*next)(struct req *r, void *state, struct row_entries *out, bool *more);
	void *state;
};

/* For r->format CSV, JSON or ATOM. `rows` lives in r->mem. A feed holds the first 50. */
enum err rows_reply(struct req *r, const struct rows *rows);
/* For a page: the rows given, as a table. */
void rows_table(struct req *r, const struct rows *rows, const struct row_entries *entries,
		struct table *out);
