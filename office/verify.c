/* The same fold, the same writers of text, another hand: what is stored must be what comes out. */
#include "office/verify.h"

#include "office/place.h"
#include "office/redaction.h"
#include "office/refold.h"
#include "office/tally_total.h"
#include "office/verify_act.h"
#include "office/verify_files.h"
#include "office/verify_review.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { PROBLEMS_MOST = 100 };

struct run {
	struct tx *tx;
	struct arena *mem;  /* of the dossier at hand */
	struct arena *keep; /* of the result */
	bool wrong;         /* the dossier at hand */
	struct calendar_history calendars;
	struct review *review;
	struct verify_result *out;
	struct tally_total tally;
	int64_t figures; /* rows found where the fold says that they are */
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
	       a->minimum == b->minimum && a->unverified == b->unverified &&
	       a->extended.by == b->extended.by && str_eq(a->extended.row, b->extended.row) &&
	       a->extended.days == b->extended.days && same_day(a->extended.from, b->extended.from);
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
	bool equal = stored->state == folded->state && stored->sealed == folded->sealed &&
		     stored->channel == folded->channel && stored->acts == folded->acts &&
		     stored->versions == folded->versions && stored->holder == folded->holder &&
		     stored->author == folded->author && stored->parent == folded->parent &&
		     stored->officer == folded->officer &&
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

static void wrong(struct run *r, struct str sentence)
{
	r->wrong = true;
	problem(r, "%.*s", STR_ARG(sentence));
}

static void add_files(struct arena *a, struct strs *all, struct strs more)
{
	all->at = arena_grow(a, all->at, all->n * sizeof *all->at,
			     (all->n + more.n) * sizeof *all->at);
	for (size_t i = 0; i < more.n; i++)
		all->at[all->n++] = more.at[i];
}

static enum err check_acts(struct run *r, const struct dossier *d, const struct acts *acts)
{
	struct strs files = { NULL, 0 };
	struct str lost = S("");
	bool erased = false, whole = true;
	for (size_t i = 0; i < acts->n; i++) {
		struct act_verdict verdict;
		enum err e = verify_act(r->tx, d, acts, i, &verdict);
		if (e)
			return e;
		r->out->erased += verdict.erased;
		r->out->redacted += verdict.redacted;
		erased |= verdict.erased;
		if (verdict.files.n)
			add_files(r->tx->mem, &files, verdict.files);
		if (!verdict.problem.len)
			continue;
		whole = false;
		wrong(r, verdict.problem);
	}
	/* What an act gave is only known where its content is what it was. */
	enum err e = whole ? verify_file_uses(r->tx, d, &files, erased, &lost) : OK;
	if (lost.len)
		wrong(r, lost);
	if (!e && !(e = redaction_verify_files(r->tx, d, acts, &lost)) && lost.len)
		wrong(r, lost);
	return e;
}

static void leaf_without_act(void *of, struct str sentence)
{
	problem(of, "%.*s", STR_ARG(sentence));
}

static enum err compare_tallies(struct run *r)
{
	const struct tally_deltas *t = &r->tally.sums;
	tally_total_settle(&r->tally);
	struct query q = db_stream(r->tx, "SELECT unit, tally_key, month, n FROM tally"
					  " WHERE n <> 0 ORDER BY unit, tally_key, month");
	size_t i = 0;
	while (db_next(&q)) {
		struct tally_delta is = { .unit = col_int(&q, 0),
					  .key = col_str(&q, 1),
					  .month = (int)col_int(&q, 2),
					  .n = col_int(&q, 3) };
		r->out->tallies++;
		while (i < t->n && tally_order(&t->at[i], &is) < 0) {
			r->out->tallies_different++;
			problem(r, "tally %.*s of unit %" PRId64 " is missing",
				STR_ARG(t->at[i].key), t->at[i].unit);
			i++;
		}
		bool counted = i < t->n && tally_order(&t->at[i], &is) == 0;
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

/* --- Rows of figures --- */

static enum err figure_row(struct tx *tx, int64_t dossier, const struct figure_delta *d, int64_t *n)
{
	struct query q = db_query(tx, "SELECT n FROM figure WHERE unit = $1 AND figure_key = $2"
				      " AND counted_on = $3 AND dossier = $4 AND item = $5");
	BIND(&q, d->unit, d->key, d->on, dossier, d->item);
	enum err e = db_one(&q);
	*n = e ? 0 : col_int(&q, 0);
	db_end(&q);
	return e;
}

static enum err compare_figures(struct run *r, const struct dossier *d, const struct fold *f)
{
	for (size_t i = 0; i < f->figures.n; i++) {
		const struct figure_delta *is = &f->figures.at[i];
		int64_t n;
		enum err e = is->n ? figure_row(r->tx, d->id, is, &n) : ERR_NOT_FOUND;
		if (e && e != ERR_NOT_FOUND)
			return e;
		r->figures += !e;
		if (!is->n || (!e && n == is->n))
			continue;
		r->out->figures_different++;
		problem(r, "%.*s: the figure %.*s does not count it on its day", STR_ARG(d->code),
			STR_ARG(is->key));
	}
	return OK;
}

static bool counts_row(const struct fold *f, const struct figure_delta *row)
{
	for (size_t i = 0; i < f->figures.n; i++) {
		const struct figure_delta *is = &f->figures.at[i];
		if (is->n && is->unit == row->unit && is->item == row->item &&
		    same_day(is->on, row->on) && str_eq(is->key, row->key))
			return true;
	}
	return false;
}

static enum err refold_by_id(struct run *r, struct tx *tx, int64_t id, struct dossier **d,
			     struct fold *f)
{
	struct acts acts;
	enum err e = dossier_load(tx, id, d);
	if (e || (e = act_list(tx, *d, &acts)))
		return e;
	e = refold(tx, &r->calendars, *d, &acts, tx->mem, f);
	return e == ERR_CORRUPT ? OK : e; /* said already */
}

/* Which rows no act made: asked only when there are more than there should be. */
static enum err name_strangers(struct run *r)
{
	struct tx rows = *r->tx, one = *r->tx;
	struct dossier *d = NULL;
	struct fold f;
	enum err e = OK;
	rows.mem = arena_new(0);
	one.mem = arena_new(0);
	struct query q = db_stream(&rows, "SELECT dossier, unit, figure_key, counted_on, item"
					  " FROM figure ORDER BY dossier");
	while (!e && db_next(&q)) {
		int64_t id = col_int(&q, 0);
		struct figure_delta row = { col_int(&q, 1), col_str(&q, 2), col_date(&q, 3),
					    col_int(&q, 4), 0 };
		if (!d || d->id != id) {
			arena_clear(one.mem);
			e = refold_by_id(r, &one, id, &d, &f);
		}
		if (!e && !counts_row(&f, &row))
			problem(r, "%.*s: the figure %.*s counts it, and no act of it says so",
				STR_ARG(d->code), STR_ARG(row.key));
		arena_clear(rows.mem);
	}
	db_end(&q);
	arena_free(one.mem);
	arena_free(rows.mem);
	return e ? e : q.err;
}

static enum err count_figures(struct run *r)
{
	struct query q = db_query(r->tx, "SELECT COUNT(*) FROM figure");
	enum err e = db_one(&q);
	if (e)
		return e;
	r->out->figures = col_int(&q, 0);
	db_end(&q);
	if (r->out->figures == r->figures)
		return OK;
	r->out->figures_different += r->out->figures - r->figures;
	return name_strangers(r);
}

static void review_differs(void *of, struct str sentence)
{
	problem(of, "%.*s", STR_ARG(sentence));
}

static enum err compare_reviews(struct run *r)
{
	struct review_verdict verdict = { .found = review_differs, .of = r };
	enum err e = review_compare(r->review, r->tx, &verdict);
	r->out->reviews = verdict.checked;
	r->out->reviews_different = verdict.different;
	return e;
}

/* What people were told names an act of their matter, or of what it hangs on. */
static enum err check_notices(struct run *r)
{
	struct query q = db_query(
		r->tx, "SELECT n.id FROM notice n LEFT JOIN act a ON a.id = n.act"
		       " LEFT JOIN dossier d ON d.id = n.dossier WHERE n.act <> 0 AND"
		       " (a.id IS NULL OR d.id IS NULL OR (a.dossier <> d.id AND a.dossier <>"
		       " COALESCE(d.parent, 0))) ORDER BY n.id LIMIT 20");
	while (db_next(&q))
		problem(r, "notice %" PRId64 " tells of an act that its matter does not have",
			col_int(&q, 0));
	return q.err;
}

static enum err verify_one(void *of, struct tx *tx, int64_t id)
{
	struct run *r = of;
	struct dossier *stored;
	struct acts acts;
	struct fold f;
	bool listed = true;
	r->wrong = false;
	r->mem = tx->mem;
	enum err e = dossier_load(tx, id, &stored);
	if (e || (e = act_list(tx, stored, &acts)) || (e = check_acts(r, stored, &acts)) ||
	    (e = place_matches(tx, stored, &listed)))
		return e;
	r->out->dossiers++;
	r->out->acts += (int64_t)acts.n;
	if (refold(tx, &r->calendars, stored, &acts, r->mem, &f)) {
		r->wrong = true;
		problem(r, "%.*s: %.*s", STR_ARG(stored->code), STR_ARG(f.why));
	} else {
		compare(r, stored, f.d);
		tally_total_add(&r->tally, &f.tally);
		review_add(r->review, f.d, &f);
		e = compare_figures(r, stored, &f);
	}
	if (!listed) {
		r->wrong = true;
		problem(r, "%.*s: lists show it otherwise than it is", STR_ARG(stored->code));
	}
	r->out->dossiers_different += r->wrong;
	return e;
}

enum err verify_office(struct tx *tx, void (*progress)(int64_t done, int64_t all),
		       struct verify_result *out)
{
	struct run r = { .tx = tx, .keep = tx->mem, .out = out, .tally = { .a = tx->mem } };
	*out = (struct verify_result){ 0 };
	r.review = review_new(tx->mem, tx->office, tx_today(tx));
	enum err e = calendar_history(tx, &r.calendars);
	if (e || (e = refold_each(tx, verify_one, &r, progress)) || (e = compare_tallies(&r)) ||
	    (e = count_figures(&r)) || (e = compare_reviews(&r)) || (e = check_notices(&r)))
		return e;
	return verify_leaves(tx, leaf_without_act, &r);
}

static void damaged(void *of, struct str sentence)
{
	struct run *r = of;
	r->out->files_different++;
	problem(r, "%.*s", STR_ARG(sentence));
}

enum err verify_files(struct tx *tx, struct verify_result *out)
{
	struct run r = { .tx = tx, .keep = tx->mem, .out = out };
	struct str last = S("");
	enum err e = OK;
	do
		e = verify_file_bytes(tx, 500, &last, &out->files, damaged, &r);
	while (!e && last.len);
	return e;
}
