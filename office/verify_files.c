#include "office/verify_files.h"

#include "office/file.h"

static bool holds(const struct strs *s, struct str sha256)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->at[i], sha256))
			return true;
	return false;
}

enum err verify_file_uses(struct tx *tx, const struct dossier *d, const struct strs *given,
			  bool erased, struct str *problem)
{
	struct strs used = { NEW_N(tx->mem, struct str, given->n + 1), 0 };
	struct query q =
		db_query(tx, "SELECT sha256 FROM file_use WHERE dossier = $1 ORDER BY sha256");
	BIND(&q, d->id);
	*problem = S("");
	while (db_next(&q)) {
		struct str sha256 = col_str(&q, 0);
		if (holds(given, sha256))
			used.at[used.n++] = sha256;
		else
			*problem = str_printf(tx->mem,
					      "%.*s: uses file %.16s..., which no act gave, "
					      "or which was erased",
					      STR_ARG(d->code), sha256.at);
	}
	for (size_t i = 0; !erased && i < given->n; i++)
		if (!holds(&used, given->at[i]))
			*problem = str_printf(tx->mem,
					      "%.*s: has lost file %.16s..., and no act "
					      "erased it",
					      STR_ARG(d->code), given->at[i].at);
	return q.err;
}

enum err verify_file_bytes(struct tx *tx, int64_t limit, struct str *last, int64_t *checked,
			   void (*found)(void *context, struct str problem), void *context)
{
	int64_t n = 0;
	struct query q =
		db_query(tx, "SELECT sha256 FROM file WHERE sha256 > $1 ORDER BY sha256 LIMIT $2");
	BIND(&q, *last, limit);
	for (; db_next(&q); n++) {
		struct str sha256 = *last = col_str(&q, 0);
		enum err e = file_check(tx->office->files, sha256);
		if (e == ERR_NOT_FOUND)
			found(context,
			      str_printf(tx->mem, "file %.*s is missing", STR_ARG(sha256)));
		else if (e == ERR_CORRUPT)
			found(context, str_printf(tx->mem, "file %.*s is not what was kept",
						  STR_ARG(sha256)));
		else if (e)
			return tx_fail(tx, e, "reading file %.*s", STR_ARG(sha256));
	}
	*checked += n;
	if (n < limit)
		*last = S("");
	return q.err;
}
