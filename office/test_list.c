/* Lists against the plainest way to make them: all rows, filtered and sorted by hand. */
#include "office/list.h"
#include "office/test_office.h"
#include "store/search.h"

#include <stdlib.h>

enum { ROWS = 400, UNITS = 3, FACETS = 4, PAGE = 7 };

struct row {
	int64_t id;
	bool under[UNITS]; /* by ancestor */
	int facet, timing;
	struct date shown, due;
	int64_t at; /* when its act of the hour was recorded; few differ */
};

static const struct state states[] = { { 2, "out", MSG_NONE, TONE_INFO, VISIBLE_PUBLIC }, { 0 } };
static const struct step steps[] = { { 0 } };
static const struct field fields[] = { { 0 } };
static const struct kind paper_kind = { .name = "paper",
					.code = "GI",
					.slug = "giay",
					.fields = fields,
					.states = states,
					.steps = steps,
					.hour = "show" };
static const struct kind *const kinds[] = { &paper_kind, NULL };
static struct office office = { .kinds = kinds };

static struct row rows[ROWS];
static struct date today;

static struct str facet_name(int facet)
{
	return str_printf(test_arena(), "F%d", facet);
}

static void insert(struct tx *tx, struct row *r)
{
	struct date met = r->timing == 1 ? r->due : r->timing == 2 ? date_add(r->due, 2) : NO_DATE;
	struct query q =
		db_query(tx, "INSERT INTO dossier (code, kind, unit, holder, state, visibility,"
			     " channel, title, number, facet, opened_on, shown_on, changed_at,"
			     " due_on, met_on, unverified, acts, versions, data) VALUES ($1,"
			     " 'paper', 1, 1, 2, 0, 0, '', '', $2, $3, $3, 0, $4, $5, 0, 1, 1,"
			     " '{}') RETURNING id");
	BIND(&q, str_printf(test_arena(), "GI-%d", (int)(r - rows)), facet_name(r->facet), r->shown,
	     r->due, met);
	CHECK_INT(db_one(&q), OK);
	r->id = col_int(&q, 0);
	db_end(&q);
	struct query act =
		db_query(tx, "INSERT INTO act (dossier, no, step, happened_on, recorded_at,"
			     " from_state, to_state, appointment, person, substitute_of,"
			     " channel, data, leaf) VALUES ($1, 7, 'show', '2026-03-01', $2, 1, 2,"
			     " 0, 0, 0, 0, '{}', 0)");
	BIND(&act, r->id, r->at);
	CHECK_INT(db_exec(&act), OK);
	for (int64_t i = 0; i < UNITS; i++) {
		if (!r->under[i])
			continue;
		struct query u =
			db_query(tx, "INSERT INTO dossier_under (ancestor, kind, facet,"
				     " shown_on, dossier, timing) VALUES ($1, 'paper', $2, $3,"
				     " $4, $5)");
		BIND(&u, i, facet_name(r->facet), r->shown, r->id, (int64_t)r->timing);
		CHECK_INT(db_exec(&u), OK);
	}
}

/* Few days, so that many rows share one and pages end among them. */
static struct tx *site(int timings)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	tx->office = &office;
	today = tx_today(tx);
	for (int i = 0; i < ROWS; i++) {
		struct row *r = &rows[i];
		*r = (struct row){ .facet = (int)(test_random() % FACETS),
				   .timing = (int)(test_random() % (uint64_t)timings),
				   .shown = date_add(today, -(int)(test_random() % 12)),
				   .due = date_add(today, (int)(test_random() % 5) - 2),
				   .at = 1 + (int64_t)(test_random() % 9) };
		if (!r->timing)
			r->due = NO_DATE;
		for (int u = 0; u < UNITS; u++)
			r->under[u] = u == 0 || test_random() % 2;
		insert(tx, r);
	}
	return tx;
}

static bool fits(const struct row *r, const struct list_filter *f)
{
	bool timely = f->timing == TIMING_ANY ||
		      (r->timing == (int)f->timing &&
		       (f->timing != TIMING_OVERDUE || date_cmp(r->due, today) < 0));
	return r->under[f->under] && timely &&
	       (!f->facet.len || str_eq(f->facet, facet_name(r->facet))) &&
	       (!date_is_set(f->from) || date_cmp(r->shown, f->from) >= 0) &&
	       (!date_is_set(f->to) || date_cmp(r->shown, f->to) <= 0);
}

static int newest_first(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int order = date_cmp(b->shown, a->shown);
	return order ? order : (b->id > a->id) - (b->id < a->id);
}

static int latest_first(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int order = date_cmp(b->shown, a->shown);
	if (!order)
		order = (b->at > a->at) - (b->at < a->at);
	return order ? order : (b->id > a->id) - (b->id < a->id);
}

static void compare(struct tx *tx, struct list_filter f)
{
	struct list_rows page;
	size_t n = 0, at = 0;
	int64_t total;
	for (size_t i = 0; i < ROWS; i++)
		n += fits(&rows[i], &f);
	CHECK_INT(list_total(tx, &f, &total), OK);
	CHECK_INT(total, n);
	do {
		CHECK_INT(list_dossiers(tx, &f, &page), OK);
		for (size_t i = 0; i < page.n; i++, at++, n--) {
			while (at < ROWS && !fits(&rows[at], &f))
				at++;
			CHECK(at < ROWS);
			CHECK_INT(page.at[i].id, rows[at].id);
		}
		CHECK_INT(page.more, n > 0);
		if (page.n)
			list_go_on(&f, &page.at[page.n - 1]);
	} while (page.more);
}

static void compare_all(struct tx *tx, bool by_hour, enum timing most)
{
	for (int unit = 0; unit < UNITS; unit++)
		for (int facet = -1; facet < FACETS; facet++)
			for (int timing = TIMING_ANY; timing <= (int)most; timing++)
				for (int days = 0; days < 4; days++)
					compare(tx, (struct list_filter){
							    .kind = &paper_kind,
							    .under = unit,
							    .facet = facet < 0 ? S("")
									       : facet_name(facet),
							    .timing = (enum timing)timing,
							    .from = days & 1 ? date_add(today, -8)
									     : NO_DATE,
							    .to = days & 2 ? date_add(today, -3)
									   : NO_DATE,
							    .after_on = NO_DATE,
							    .by_hour = by_hour,
							    .limit = PAGE });
}

TEST(every_filter_gives_the_rows_that_fit_page_by_page)
{
	struct tx *tx = site(4);
	qsort(rows, ROWS, sizeof *rows, newest_first);
	compare_all(tx, false, TIMING_OVERDUE);
}

/* As news are read: what was published last stands first, also within a day, and a page goes on within one. */
TEST(a_list_by_the_hour_has_the_latest_of_a_day_first_page_by_page)
{
	struct tx *tx = site(1); /* nothing of it falls due */
	qsort(rows, ROWS, sizeof *rows, latest_first);
	compare_all(tx, true, TIMING_ANY);
}

/* A total is remembered by a reading connection until there is another act. */
TEST(a_remembered_total_is_counted_again_after_an_act)
{
	struct tx *tx = site(4);
	struct list_filter f = { .kind = &paper_kind,
				 .facet = S(""),
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	int64_t before, after;
	struct query act =
		db_query(tx, "INSERT INTO act (dossier, no, step, happened_on, recorded_at,"
			     " from_state, to_state, appointment, person, substitute_of,"
			     " channel, data, leaf) VALUES ($1, 1, 's', '2026-03-01', 0, 1, 2,"
			     " 0, 0, 0, 0, '{}', 0)");
	BIND(&act, rows[0].id);
	CHECK_INT(db_exec(&act), OK);
	test_commit(tx);
	struct db *db = test_open(test_tx_dir(tx), DB_READ);
	struct tx reader = { .mem = test_arena(), .now = tx->now, .office = &office };
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(list_total(&reader, &f, &before), OK);
	CHECK_INT(tx_end(&reader, OK), OK);
	CHECK_INT(before, ROWS);

	struct query gone = db_query(tx, "DELETE FROM dossier_under WHERE dossier = $1");
	BIND(&gone, rows[1].id);
	CHECK_INT(db_exec(&gone), OK);
	act = db_query(tx, "INSERT INTO act (dossier, no, step, happened_on, recorded_at,"
			   " from_state, to_state, appointment, person, substitute_of,"
			   " channel, data, leaf) VALUES ($1, 1, 's', '2026-03-01', 0, 1, 2,"
			   " 0, 0, 0, 0, '{}', 0)");
	BIND(&act, rows[1].id);
	CHECK_INT(db_exec(&act), OK);
	test_commit(tx);
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(list_total(&reader, &f, &after), OK);
	CHECK_INT(tx_end(&reader, OK), OK);
	CHECK_INT(after, ROWS - 1);
	db_close(db);
}

/* "ngân sách" asks for these two words; "ngân sác" has no such word and may go on. */
TEST(a_last_word_goes_on_only_where_it_stands_nowhere)
{
	struct tx *tx = site(4);
	struct search_rows found;
	struct search_filter f = { .limit = 10, .words = S("ngân sách") };
	CHECK_INT(search_put(tx, rows[0].id, S("Ngân sách xã"), S(""), S("")), OK);
	CHECK_INT(search_put(tx, rows[1].id, S("Ngân sachet"), S(""), S("")), OK);
	CHECK_INT(list_search(tx, &f, &found), OK);
	CHECK_INT(found.n, 1);
	CHECK_INT(found.at[0].id, rows[0].id);
	f.words = S("ngân sác");
	CHECK_INT(list_search(tx, &f, &found), OK);
	CHECK_INT(found.n, 2);
}
