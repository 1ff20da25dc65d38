/* The same pure function over the same acts: what a step wrote bit by bit comes out at once. */
#include "office/refold.h"

enum err refold(struct tx *tx, const struct calendar_history *calendars,
		const struct dossier *stored, const struct acts *acts, struct arena *mem,
		struct fold *f)
{
	const struct calendar_since *since = calendars->at;
	struct dossier *d = dossier_blank(mem, stored->kind, stored->unit);
	*f = (struct fold){ .mem = mem, .law = tx->office->law, .d = d };
	f->calendar = since[0].calendar;
	d->id = stored->id;
	d->code = stored->code;
	size_t next = 1;
	for (size_t i = 0; i < acts->n; i++) {
		for (; next < calendars->n && since[next].act < acts->at[i].id; next++)
			fold_calendar(f, since[next].calendar);
		enum err e = fold_apply(f, &acts->at[i]);
		if (e)
			return e;
	}
	for (; next < calendars->n; next++)
		fold_calendar(f, since[next].calendar);
	return OK;
}

static enum err ids_after(struct tx *tx, int64_t last, int64_t *ids, int64_t most, int64_t *n)
{
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE id > $1 ORDER BY id LIMIT $2");
	BIND(&q, last, most);
	for (*n = 0; *n < most && db_next(&q); ++*n)
		ids[*n] = col_int(&q, 0);
	db_end(&q);
	return q.err;
}

enum err refold_each(struct tx *tx, enum err (*each)(void *of, struct tx *tx, int64_t id), void *of,
		     void (*progress)(int64_t done, int64_t all))
{
	enum { CHUNK = 256 };
	int64_t ids[CHUNK], n = CHUNK, last = 0, done = 0;
	struct arena *outer = tx->mem;
	struct query count = db_query(tx, "SELECT COUNT(*) FROM dossier");
	enum err e = db_one(&count);
	if (e)
		return e;
	int64_t all = col_int(&count, 0);
	db_end(&count);
	tx->mem = arena_new(0);
	while (!e && n == CHUNK) {
		e = ids_after(tx, last, ids, CHUNK, &n);
		for (int64_t i = 0; !e && i < n; i++) {
			e = each(of, tx, last = ids[i]);
			arena_clear(tx->mem);
		}
		done += n;
		if (progress)
			progress(done, all);
	}
	arena_free(tx->mem);
	tx->mem = outer;
	return e;
}
