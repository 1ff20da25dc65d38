/* Addresses and pairs as browsers write them: percent-encoding, the query of an address and
 * application/x-www-form-urlencoded bodies. Everything is strict: an escape that is none, bytes that
 * are no UTF-8, control characters and too many pairs are refused, never repaired. */
#pragma once

#include "base/buf.h"

struct pair {
	struct str name, value;
};
struct pairs {
	struct pair *at;
	size_t n;
};

enum {
	QUERY_MAX = 2000,      /* bytes of a canonical path or query */
	QUERY_PAIRS_MAX = 64,  /* pairs in an address */
	BODY_PAIRS_MAX = 2000, /* pairs in a form: a tally sheet of a large commune */
};

/* "" when there is none. The first one of that name. */
struct str pairs_get(const struct pairs *p, struct str name);
/* All values of that name, in order. */
struct strs pairs_all(struct arena *a, const struct pairs *p, struct str name);

/* One piece; `plus`: '+' is a space. false: a broken escape, no UTF-8, or a control character
 * (`lines` allows TAB, CR and LF). */
MUST_USE bool percent_decode(struct arena *a, struct str in, bool plus, bool lines,
			     struct str *out);
/* Escapes everything but letters, digits and -._~ */
void percent_encode(struct buf *out, struct str s);

/* The pairs of a query or a form body (`lines`), at most `max`. Empty text has none; a name without
 * '=' has an empty value; an empty name is refused. */
MUST_USE bool pairs_parse(struct arena *a, struct str text, bool lines, size_t max,
			  struct pairs *out);

/* The one spelling of a query: pairs without a value left out, ordered by name (pairs of the same
 * name keep their order), escaped in one way. Writes at most `cap` bytes to `out` without
 * allocating; -1: refused by the rules above, or too long. Canonical text is its own canonical. */
MUST_USE int query_canonical(struct str raw, char *out, size_t cap);
/* The same for a path: begins with '/', no empty segment but for one '/' at the end, which stays;
 * no "." or "..", no escaped '/' or '\'. */
MUST_USE int path_canonical(struct str raw, char *out, size_t cap);
