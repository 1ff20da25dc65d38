/* The same fold, the same writers of text, another hand: what is stored must be what comes out. */
#include "office/verify.h"

#include "office/added_day.h"
#include "office/place.h"
#include "office/verify_act.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { PROBLEMS_MOST = 100 };

struct run {
	struct tx *tx;
	struct arena *mem;  /* of the dossier at hand: tx->mem while it is loaded and compared */
	struct arena *keep; /* of the result */
	bool wrong;         /* the dossier at hand */
	struct calendar_history calendars;
	struct verify_result *out;
	struct tally_deltas tally; /* summed over all dossiers, in tx->mem, sorted when compared */
};

static void problem(struct run *r, const char *format, ...) PRINTF(2, 3);
static void problem(struct run *r, const char *format, ...)
{
	struct strs *p = &r->out->problems;
	if (p->n == PROBLEMS_MOST)
		return;
	if (!p->at)
		p->at = NEW_N(r->keep, struct str, PROBLEMS_MOST);
	char text[256];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	p->at[p->n++] = str_dup(r->keep, str_of(text));
}

static enum err refold(struct run *r, const struct dossier *stored, const struct acts *acts,
		       struct fold *f)
{
	struct dossier *d = dossier_blank(r->mem, stored->kind, stored->unit);
	*f = (struct fold){ .mem = r->mem, .law = r->tx->office->law, .d = d };
	f->calendar = r->calendars.at[0].calendar;
	d->id = stored->id;
	d->code = stored->code;
	size_t next = 1;
	for (size_t i = 0; i < acts->n; i++) {
		for (; next < r->calendars.n && r->calendars.at[next].act < acts->at[i].id; next++)
			fold_calendar(f, r->calendars.at[next].calendar);
		enum err e = fold_apply(f, &acts->at[i]);
		if (e)
			return e;
	}
	for (; next < r->calendars.n; next++)
		fold_calendar(f, r->calendars.at[next].calendar);
	return OK;
}

enum err verify_fold(struct tx *tx, const struct dossier *stored, struct arena *mem,
		     struct fold *out)
{
	struct run r = { .tx = tx, .mem = mem, .keep = tx->mem };
	struct acts acts;
	enum err e = calendar_history(tx, &r.calendars);
	if (e || (e = act_list(tx, stored, &acts)))
		return e;
	return refold(&r, stored, &acts, out);
}

static bool same_day(struct date a, struct date b)
{
	return date_cmp(a, b) == 0;
}

static bool duty_equal(const struct duty *a, const struct duty *b)
{
	return a->no == b->no && a->line == b->line && a->unit == b->unit &&
	       str_eq(a->rule, b->rule) && str_eq(a->row, b->row) && str_eq(a->about, b->about) &&
	       same_day(a->from, b->from) && same_day(a->due, b->due) &&
	       same_day(a->due_before, b->due_before) && str_eq(a->skipped, b->skipped) &&
	       a->state == b->state && a->opened_by == b->opened_by &&
	       a->closed_by == b->closed_by && same_day(a->met, b->met) &&
	       a->minimum == b->minimum && a->unverified == b->unverified;
}

static bool data_equal(struct arena *a, const struct field *table, const void *x, const void *y)
{
	return str_eq(place_data(a, table, x), place_data(a, table, y));
}

static bool lines_equal(struct arena *a, const struct dossier *x, const struct dossier *y)
{
	if (x->lines.n != y->lines.n)
		return false;
	for (size_t i = 0; i < x->lines.n; i++) {
		const struct line *l = &x->lines.at[i], *m = &y->lines.at[i];
		if (l->kind != m->kind || l->state != m->state ||
		    !data_equal(a, l->kind->fields, l->data, m->data))
			return false;
	}
	return true;
}

static void compare(struct run *r, const struct dossier *stored, const struct dossier *folded)
{
	size_t different = 0;
	r->out->duties += (int64_t)stored->duties.n;
	for (size_t i = 0; i < stored->duties.n && i < folded->duties.n; i++)
		different += !duty_equal(&stored->duties.at[i], &folded->duties.at[i]);
	if (stored->duties.n != folded->duties.n)
		different++;
	if (different) {
		r->out->duties_different += (int64_t)different;
		problem(r, "%.*s: %zu duties are not what its acts make of them",
			STR_ARG(stored->code), different);
	}
	bool equal = stored->state == folded->state && stored->channel == folded->channel &&
		     stored->acts == folded->acts && stored->versions == folded->versions &&
		     stored->holder == folded->holder && stored->author == folded->author &&
		     same_day(stored->opened_on, folded->opened_on) &&
		     same_day(stored->shown_on, folded->shown_on) &&
		     same_day(stored->wake_on, folded->wake_on) &&
		     stored->changed_at.ms == folded->changed_at.ms &&
		     data_equal(r->mem, stored->kind->fields, stored->data, folded->data) &&
		     lines_equal(r->mem, stored, folded);
	if (!equal) {
		r->wrong = true;
		problem(r, "%.*s: state, text or lines are not what its acts make of them",
			STR_ARG(stored->code));
	}
}

static enum err check_acts(struct run *r, const struct dossier *d, const struct acts *acts)
{
	for (size_t i = 0; i < acts->n; i++) {
		struct act_verdict verdict;
		enum err e = verify_act(r->tx, d, acts, i, &verdict);
		if (e)
			return e;
		r->out->erased += verdict.erased;
		if (!verdict.problem.len)
			continue;
		r->wrong = true;
		problem(r, "%.*s", STR_ARG(verdict.problem));
	}
	return OK;
}

static void leaf_without_act(void *of, struct str sentence)
{
	problem(of, "%.*s", STR_ARG(sentence));
}

static int delta_order(const void *x, const void *y)
{
	const struct tally_delta *a = x, *b = y;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	int order = str_cmp(a->key, b->key);
	return order ? order : (a->month > b->month) - (a->month < b->month);
}

/* Sorts and adds up what has the same unit, key and month. */
static void tally_sum_up(struct tally_deltas *t)
{
	if (t->n)
		qsort(t->at, t->n, sizeof *t->at, delta_order);
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++) {
		if (n && delta_order(&t->at[n - 1], &t->at[i]) == 0)
			t->at[n - 1].n += t->at[i].n;
		else
			t->at[n++] = t->at[i];
	}
	t->n = n;
}

static void keep_tally(struct run *r, const struct tally_deltas *from)
{
	for (size_t i = 0; i < from->n; i++) {
		struct tally_deltas *to = &r->tally;
		if (to->n == to->cap)
			tally_sum_up(to);
		if (to->n * 2 >= to->cap) {
			size_t cap = to->cap ? to->cap * 2 : 256;
			to->at = arena_grow(r->keep, to->at, to->n * sizeof *to->at,
					    cap * sizeof *to->at);
			to->cap = cap;
		}
		to->at[to->n] = from->at[i];
		to->at[to->n++].key = str_dup(r->keep, from->at[i].key);
	}
}

static enum err compare_tallies(struct run *r)
{
	struct tally_deltas *t = &r->tally;
	tally_sum_up(t);
	struct query q = db_query(r->tx, "SELECT unit, tally_key, month, n FROM tally"
					 " ORDER BY unit, tally_key, month");
	size_t i = 0;
	while (db_next(&q)) {
		struct tally_delta is = { .unit = col_int(&q, 0),
					  .key = col_str(&q, 1),
					  .month = (int)col_int(&q, 2),
					  .n = col_int(&q, 3) };
		r->out->tallies++;
		while (i < t->n && delta_order(&t->at[i], &is) < 0) {
			r->out->tallies_different++;
			problem(r, "tally %.*s of unit %" PRId64 " is missing",
				STR_ARG(t->at[i].key), t->at[i].unit);
			i++;
		}
		bool counted = i < t->n && delta_order(&t->at[i], &is) == 0;
		if (!counted || t->at[i].n != is.n) {
			r->out->tallies_different++;
			problem(r,
				"tally %.*s of unit %" PRId64 " in %d says %" PRId64
				", its acts say %" PRId64,
				STR_ARG(is.key), is.unit, is.month, is.n, counted ? t->at[i].n : 0);
		}
		i += counted;
	}
	for (; i < t->n; i++) {
		r->out->tallies_different++;
		problem(r, "tally %.*s of unit %" PRId64 " is missing", STR_ARG(t->at[i].key),
			t->at[i].unit);
	}
	return q.err;
}

static enum err verify_one(struct run *r, int64_t id)
{
	struct arena *outer = r->tx->mem;
	struct dossier *stored;
	struct acts acts;
	struct fold f;
	bool listed = true;
	r->wrong = false;
	r->tx->mem = r->mem; /* what is loaded dies with the dossier */
	enum err e = dossier_load(r->tx, id, &stored);
	if (!e)
		e = act_list(r->tx, stored, &acts);
	if (!e)
		e = check_acts(r, stored, &acts);
	if (!e)
		e = place_matches(r->tx, stored, &listed);
	enum err folded = e ? e : refold(r, stored, &acts, &f);
	r->tx->mem = outer;
	if (e)
		return e;
	r->out->dossiers++;
	r->out->acts += (int64_t)acts.n;
	if (folded) {
		r->wrong = true;
		problem(r, "%.*s: %.*s", STR_ARG(stored->code), STR_ARG(f.why));
	} else {
		compare(r, stored, f.d);
		keep_tally(r, &f.tally);
	}
	if (!listed) {
		r->wrong = true;
		problem(r, "%.*s: lists show it otherwise than it is", STR_ARG(stored->code));
	}
	r->out->dossiers_different += r->wrong;
	return OK;
}

enum err verify_office(struct tx *tx, void (*progress)(int64_t done, int64_t all),
		       struct verify_result *out)
{
	enum { CHUNK = 256 };
	int64_t ids[CHUNK], last = 0, all = 0;
	struct run r = { .tx = tx, .mem = arena_new(0), .keep = tx->mem, .out = out };
	*out = (struct verify_result){ 0 };
	enum err e = calendar_history(tx, &r.calendars);
	struct query count = db_query(tx, "SELECT COUNT(*) FROM dossier");
	if (!e && !(e = db_one(&count)))
		all = col_int(&count, 0);
	db_end(&count);
	for (size_t n = CHUNK; !e && n == CHUNK;) {
		struct query q = db_query(tx, "SELECT id FROM dossier WHERE id > $1 ORDER BY id"
					      " LIMIT $2");
		BIND(&q, last, (int64_t)CHUNK);
		for (n = 0; n < CHUNK && db_next(&q); n++)
			ids[n] = col_int(&q, 0);
		db_end(&q);
		e = q.err;
		for (size_t i = 0; !e && i < n; i++) {
			e = verify_one(&r, last = ids[i]);
			arena_clear(r.mem);
		}
		if (progress)
			progress(out->dossiers, all);
	}
	if (!e)
		e = compare_tallies(&r);
	if (!e)
		e = verify_leaves(tx, leaf_without_act, &r);
	arena_free(r.mem);
	return e;
}
