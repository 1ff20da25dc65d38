#include "office/unit_index.h"

#include "office/test_office.h"

#include <stdio.h>

enum { DAYS = 40, ANCESTORS = 3 };

static struct date day(int i)
{
	return (struct date){ 18000 + i };
}

/* What the rows say about one ancestor on one day: way * 100 + depth of the best, or -1; `times` is
 * how many rows say something. */
static int says(const struct aboves *rows, int64_t ancestor, int at, int *times)
{
	int best = -1;

	*times = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const struct above *r = &rows->at[i];
		int value = r->way * 100 + r->depth;

		if (r->ancestor != ancestor || date_cmp(day(at), r->from) < 0 ||
		    date_cmp(day(at), r->to) > 0)
			continue;
		++*times;
		if (best < 0 || value < best)
			best = value;
	}
	return best;
}

/* office/unit.h promises it to every join: never twice on one day. */
TEST(settled_rows_say_the_best_once_for_each_day)
{
	for (int round = 0; round < 2000; round++) {
		struct aboves above = { .a = test_arena() }, rows = { .a = test_arena() };
		int best[ANCESTORS][DAYS], times;
		size_t n = 1 + test_below(8);

		for (size_t i = 0; i < n; i++) {
			int from = (int)test_below(DAYS), to = from + (int)test_below(DAYS);
			struct above one = { .ancestor = 1 + (int64_t)test_below(ANCESTORS),
					     .from = day(0),
					     .to = day(2 * DAYS),
					     .depth = (int)test_below(3) };

			above = (struct aboves){ .a = test_arena(), .at = &one, .n = 1 };
			aboves_under(&rows, &above, day(from), day(to), (int)test_below(3));
		}
		for (int a = 0; a < ANCESTORS; a++)
			for (int d = 0; d < DAYS; d++)
				best[a][d] = says(&rows, a + 1, d, &times);
		aboves_settle(&rows);
		for (int a = 0; a < ANCESTORS; a++)
			for (int d = 0; d < DAYS; d++) {
				CHECK_INT(says(&rows, a + 1, d, &times), best[a][d]);
				CHECK_INT(times, best[a][d] < 0 ? 0 : 1);
			}
	}
}

static struct str table(struct tx *tx)
{
	struct buf b = { .a = tx->mem };
	struct query q = db_query(tx, "SELECT unit, ancestor, valid_from, valid_to, depth, way "
				      "FROM unit_ancestor ORDER BY unit, ancestor, valid_from");

	while (db_next(&q))
		buf_printf(&b, "%d under %d, %.*s..%.*s, depth %d, way %d\n", (int)col_int(&q, 0),
			   (int)col_int(&q, 1), STR_ARG(col_str(&q, 2)), STR_ARG(col_str(&q, 3)),
			   (int)col_int(&q, 4), (int)col_int(&q, 5));
	CHECK(!q.err);
	return buf_str(&b);
}

/* Loading computes the index in memory, a single change from the database: one and the same. */
TEST(the_index_computed_anew_is_the_index_that_was_loaded)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct unit_lists lists = shared_lists();
	int64_t root, most;

	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root))
		FAIL("%s", tx->why);
	struct str before = table(tx);
	struct query q = db_query(tx, "SELECT MAX(id) FROM unit");
	CHECK(!db_one(&q));
	most = col_int(&q, 0);
	CHECK(most > 280);
	for (int i = 0; i < 20; i++)
		if (unit_reindex(tx, 1 + (int64_t)test_below((uint64_t)most)))
			FAIL("%s", tx->why);
	CHECK(!unit_reindex(tx, root));
	CHECK_STR(table(tx), before);
	struct query none = db_query(tx, "DELETE FROM unit_ancestor");
	CHECK(!db_exec(&none));
	if (unit_reindex_all(tx))
		FAIL("%s", tx->why);
	CHECK_STR(table(tx), before);
}

TEST(a_tree_that_bites_its_tail_is_told)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct unit_lists lists = shared_lists();
	int64_t root;

	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root))
		FAIL("%s", tx->why);
	struct query q = db_query(tx, "UPDATE unit_version SET parent = (SELECT unit FROM"
				      " unit_version WHERE parent = $1 LIMIT 1) WHERE unit = $1");
	BIND(&q, root);
	CHECK(!db_exec(&q));
	CHECK_INT(unit_reindex_all(tx), ERR_CORRUPT);
	CHECK(str_has(str_of(tx->why), S("lies beneath itself")));
}
