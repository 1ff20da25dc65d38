/* Borrowed text with a length: never NULL-terminated by promise, never owned. */
#pragma once

#include "base/arena.h"

struct str {
	const char *at;
	size_t len;
};

/* A literal as a str; usable in constant tables as S_INIT("..."). */
#define S(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define S_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* clang-format on */
/* For printf: "%.*s", STR_ARG(s). */
#define STR_ARG(s) (int)(s).len, (s).at

struct strs {
	struct str *at;
	size_t n;
};

struct str str_of(const char *z); /* borrows; NULL gives the empty str */
/* The same text, and never a NULL one: what a column that is NOT NULL takes. */
static inline struct str str_some(struct str s)
{
	return s.at ? s : S("");
}
struct str str_dup(struct arena *a, struct str s);
char *str_z(struct arena *a, struct str s); /* a NUL-terminated copy */
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* byte order, as COLLATE "C" */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str part);
struct str str_from(struct str s, size_t n); /* without the first n bytes */
struct str str_cut(struct str s, size_t n);  /* the first n bytes at most */
struct str str_trim(struct str s);           /* without ASCII white space at both ends */

/* The part before `sep`; `rest` becomes the part after it, or empty with at == NULL at the end:
 *     for (struct str rest = s, part; str_next(&rest, '|', &part);) */
bool str_next(struct str *rest, char sep, struct str *out);

/* Whole text as a decimal: digits with an optional '-', no space, no '+', within int64. */
MUST_USE bool str_int(struct str s, int64_t *out);
/* ASCII only; other bytes stay. */
struct str str_lower(struct arena *a, struct str s);
struct str str_printf(struct arena *a, const char *format, ...) PRINTF(2, 3);
uint64_t str_hash(struct str s); /* FNV-1a, for tables in memory only */
