#include "office/test_office.h"

#include <stdio.h>
#include <time.h>

static int64_t load(struct tx *tx, const char *code, const char *day)
{
	struct unit_lists lists = shared_lists();
	int64_t root = 0;

	if (unit_load(tx, &lists, str_of(code), test_date(day), &root))
		FAIL("%s", tx->why);
	return root;
}

TEST(the_whole_of_vietnam_loads_at_once)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct timespec from, to;
	int64_t counts[LEVELS];

	clock_gettime(CLOCK_MONOTONIC, &from);
	int64_t root = load(tx, "VN", "2026-03-01");
	test_commit(tx);
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("# loaded in %.3f s\n",
	       (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec));

	CHECK(!unit_count(tx, root, test_date("2020-12-01"), counts));
	CHECK_INT(counts[LEVEL_COUNTRY], 1);
	CHECK_INT(counts[LEVEL_PROVINCE], 63);
	CHECK_INT(counts[LEVEL_DISTRICT], 707);
	CHECK_INT(counts[LEVEL_COMMUNE], 10614);
	CHECK(!unit_count(tx, root, test_date("2025-07-01"), counts));
	CHECK_INT(counts[LEVEL_PROVINCE], 34);
	CHECK_INT(counts[LEVEL_DISTRICT], 0);
	CHECK_INT(counts[LEVEL_COMMUNE], 3321);

	/* Every ended commune but the three the source could not place has a named successor, and
	 * everything that ended still lies beneath the country, once. */
	struct query q = db_query(tx, "SELECT COUNT(*) FROM unit u WHERE u.last_day < '2026-01-01' "
				      "AND (SELECT SUM(1) FROM unit_ancestor a WHERE a.unit = u.id "
				      "AND a.ancestor = $1 AND a.valid_from <= '2026-01-01' "
				      "AND a.valid_to >= '2026-01-01') = 1");
	BIND(&q, root);
	CHECK(!db_one(&q));
	int64_t ended = col_int(&q, 0);
	q = db_query(tx, "SELECT COUNT(*) FROM unit WHERE last_day < '2026-01-01'");
	CHECK(!db_one(&q));
	CHECK_INT(ended, col_int(&q, 0));
	q = db_query(tx,
		     "SELECT COUNT(*) FROM unit u JOIN unit_version v ON v.unit = u.id "
		     "WHERE u.last_day < '2026-01-01' AND v.level = 3 AND NOT EXISTS "
		     "(SELECT 1 FROM unit_succession s WHERE s.predecessor = u.id AND s.main = 1)");
	CHECK(!db_one(&q));
	CHECK_INT(col_int(&q, 0), 3);
}

TEST(the_period_picks_its_tree)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	int64_t old = load(tx, "37", "2021-01-05"), counts[LEVELS];
	struct unit u = unit_at(tx, "37", "2021-01-05");

	CHECK_INT(u.id, old);
	CHECK_STR(unit_title(tx->mem, &u, LANG_VI), S("tỉnh Ninh Bình"));
	CHECK_STR(unit_title(tx->mem, &u, LANG_EN), S("Ninh Binh Province"));
	/* README of the lists: 8 districts and 143 communes, by name. */
	static const struct {
		const char *code;
		int64_t communes;
	} districts[] = { { "369", 14 }, { "370", 9 },  { "372", 27 }, { "373", 21 },
			  { "374", 11 }, { "375", 19 }, { "376", 25 }, { "377", 17 } };
	struct unit_list children;

	CHECK(!unit_children(tx, old, test_date("2021-01-05"), 100, &children));
	CHECK_INT((int64_t)children.n, 8);
	for (size_t i = 0; i < 8; i++) {
		CHECK_STR(children.at[i].code, str_of(districts[i].code));
		CHECK(!unit_count(tx, children.at[i].id, test_date("2021-01-05"), counts));
		CHECK_INT(counts[LEVEL_COMMUNE], districts[i].communes);
		CHECK_INT(counts[LEVEL_DISTRICT], 1);
	}
	CHECK(!unit_count(tx, old, test_date("2021-01-05"), counts));
	CHECK_INT(counts[LEVEL_COMMUNE], 143);

	struct unit merged = unit_at(tx, "37", "2025-07-01");
	CHECK(merged.id != old);
	CHECK(!unit_count(tx, merged.id, test_date("2025-07-01"), counts));
	CHECK_INT(counts[LEVEL_COMMUNE], 129);
	CHECK_INT(counts[LEVEL_DISTRICT], 0);
	/* In its own time the new province holds nothing of the old one; the old one is no more. */
	CHECK(!unit_count(tx, merged.id, test_date("2021-01-05"), counts));
	CHECK_INT(counts[LEVEL_COMMUNE], 0);
	CHECK(!unit_count(tx, old, test_date("2025-07-01"), counts));
	CHECK_INT(counts[LEVEL_PROVINCE], 0);
}

TEST(only_what_belongs_to_the_site_is_loaded)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	struct unit u;

	load(tx, "37", "2021-01-05");
	CHECK(unit_by_code(tx, S("01"), test_date("2021-01-05"), &u) == ERR_NOT_FOUND);
	CHECK(unit_by_code(tx, S("36"), test_date("2021-01-05"), &u) == ERR_NOT_FOUND);

	/* A commune of today: itself, its province, and what it was made of. */
	tx = test_tx("2026-03-01T08:00");
	int64_t root = load(tx, "14359", "2026-03-01"), counts[LEVELS];
	struct unit province = unit_at(tx, "37", "2026-03-01");

	CHECK(!unit_count(tx, province.id, test_date("2026-03-01"), counts));
	CHECK_INT(counts[LEVEL_COMMUNE], 1);
	struct unit_links from;
	CHECK(!unit_predecessors(tx, root, &from));
	CHECK(from.n > 1);
	for (size_t i = 0; i < from.n; i++)
		CHECK(from.at[i].unit.level == LEVEL_COMMUNE && !date_is_set(from.at[i].unit.from));
}

/* DESIGN 3: codes are reused, so a code never names a unit without a day. */
TEST(a_reused_code_is_another_unit_on_another_day)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	struct unit u, any;

	load(tx, "37", "2021-01-05");
	struct unit before = unit_at(tx, "14359", "2025-06-30");
	struct unit after = unit_at(tx, "14359", "2025-07-01");

	CHECK(before.id != after.id);
	CHECK_STR(before.name, S("Ninh Phong"));
	CHECK_STR(after.name, S("Nam Hoa Lư"));
	CHECK_INT(before.to.days, test_date("2025-06-30").days);
	CHECK_INT(after.from.days, test_date("2025-07-01").days);
	CHECK(!date_is_set(before.from) && !date_is_set(after.to));

	/* By its id a unit keeps its name after its end. */
	CHECK(!unit_find(tx, before.id, test_date("2026-01-01"), &u));
	CHECK_STR(u.name, S("Ninh Phong"));
	CHECK(!u.in_force);
	CHECK(!unit_find(tx, after.id, test_date("2021-01-01"), &u));
	CHECK_STR(u.name, S("Nam Hoa Lư"));
	CHECK(!u.in_force);

	/* A district has no code today; its page stays reachable. */
	CHECK(unit_by_code(tx, S("372"), test_date("2026-01-01"), &u) == ERR_NOT_FOUND);
	CHECK(!unit_by_code_any(tx, S("372"), test_date("2026-01-01"), &any));
	CHECK_STR(any.name, S("Nho Quan"));
	CHECK(!any.in_force);
	CHECK(!unit_by_code_any(tx, S("14359"), test_date("2026-01-01"), &any));
	CHECK_INT(any.id, after.id);
	CHECK(unit_by_code_any(tx, S("99999"), test_date("2026-01-01"), &any) == ERR_NOT_FOUND);
}

TEST(an_ended_unit_leads_to_its_successors)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	int64_t old_root = load(tx, "37", "2021-01-05"), heir;
	struct date then = test_date("2021-01-05"), now = test_date("2026-01-01");
	struct unit phong = unit_at(tx, "14359", "2021-01-05");
	struct unit nam = unit_at(tx, "14359", "2026-01-01");
	struct unit district = unit_at(tx, "369", "2021-01-05");
	struct unit province = unit_at(tx, "37", "2026-01-01");
	struct unit_links to;
	bool beneath;

	CHECK(!unit_successors(tx, phong.id, &to));
	CHECK_INT((int64_t)to.n, 1);
	CHECK_INT(to.at[0].unit.id, nam.id);
	CHECK(to.at[0].main && to.at[0].whole && to.at[0].checked);
	CHECK_INT(to.at[0].share, 987);
	CHECK_INT(to.at[0].since.days, test_date("2025-07-01").days);

	/* Two successors: the larger part is the heir. */
	struct unit split = unit_at(tx, "14503", "2021-01-05");
	CHECK(!unit_successors(tx, split.id, &to));
	CHECK_INT((int64_t)to.n, 2);
	CHECK_STR(to.at[0].unit.code, S("14488"));
	CHECK(to.at[0].main && !to.at[0].whole && !to.at[1].main);
	CHECK_INT(to.at[0].share, 913);
	CHECK(!unit_heir(tx, split.id, now, &heir));
	CHECK_INT(heir, to.at[0].unit.id);
	CHECK(!unit_beneath(tx, split.id, to.at[1].unit.id, now, &beneath));
	CHECK(beneath);

	/* The lines the polygons contradict are namesakes elsewhere (README: two in Ninh Bình). */
	struct unit thanh = unit_at(tx, "14323", "2021-01-05");
	CHECK(!unit_successors(tx, thanh.id, &to));
	CHECK_INT((int64_t)to.n, 1);
	CHECK_STR(to.at[0].unit.code, S("14329"));
	CHECK(to.at[0].whole);

	CHECK(!unit_heir(tx, phong.id, then, &heir));
	CHECK_INT(heir, phong.id);
	CHECK(!unit_heir(tx, phong.id, now, &heir));
	CHECK_INT(heir, nam.id);
	CHECK(!unit_heir(tx, old_root, now, &heir));
	CHECK_INT(heir, province.id);
	/* Districts were abolished without successors: the province answers. */
	CHECK(!unit_heir(tx, district.id, now, &heir));
	CHECK_INT(heir, province.id);

	/* Today's rights: ended units lie beneath their successors, and no longer in the old tree. */
	static const struct {
		const char *day;
		bool district, old_province, nam, new_province;
	} expected[] = { { "2021-01-05", true, true, false, false },
			 { "2025-06-30", true, true, false, false },
			 { "2025-07-01", false, false, true, true } };
	for (size_t i = 0; i < LENGTH(expected); i++) {
		const struct {
			int64_t ancestor;
			bool is;
		} cases[] = { { district.id, expected[i].district },
			      { old_root, expected[i].old_province },
			      { nam.id, expected[i].nam },
			      { province.id, expected[i].new_province },
			      { phong.id, true } };

		for (size_t k = 0; k < LENGTH(cases); k++) {
			CHECK(!unit_beneath(tx, phong.id, cases[k].ancestor,
					    test_date(expected[i].day), &beneath));
			CHECK(beneath == cases[k].is);
		}
	}
	CHECK(!unit_beneath(tx, district.id, province.id, now, &beneath));
	CHECK(beneath);

	/* In Ninh Bình the mapping gives 39 new communes. */
	struct query q =
		db_query(tx, "SELECT COUNT(DISTINCT s.successor) FROM unit_succession s "
			     "JOIN unit_ancestor a ON a.unit = s.predecessor AND a.way = 0 "
			     "WHERE a.ancestor = $1 AND a.unit <> $1");
	BIND(&q, old_root);
	CHECK(!db_one(&q));
	CHECK_INT(col_int(&q, 0), 39);
}

TEST(a_unit_untouched_by_the_reform_stays_the_same_unit)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	struct unit_list versions, path;

	load(tx, "VN", "2021-01-05");
	struct unit before = unit_at(tx, "04489", "2021-01-05");
	struct unit after = unit_at(tx, "04489", "2026-01-05");

	CHECK_STR(before.name, S("Chế Tạo"));
	CHECK_INT(before.id, after.id);
	CHECK(before.parent != after.parent);
	CHECK(!unit_versions(tx, before.id, &versions));
	CHECK_INT((int64_t)versions.n, 2);
	CHECK(!unit_path(tx, before.id, test_date("2021-01-05"), &path));
	CHECK_INT((int64_t)path.n, 4); /* country, province, district, commune */
	CHECK_STR(path.at[2].name, S("Mù Căng Chải"));
	CHECK(!unit_path(tx, before.id, test_date("2026-01-05"), &path));
	CHECK_INT((int64_t)path.n, 3);
	CHECK_STR(path.at[1].name, S("Lào Cai"));
}

TEST(a_unit_is_named_with_what_it_lies_in)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	struct date then = test_date("2021-01-05"), now = test_date("2026-01-05");
	struct str title;
	struct unit_list path;

	load(tx, "37", "2021-01-05");
	struct unit u = unit_at(tx, "14431", "2021-01-05");

	CHECK(!unit_title_long(tx, &u, then, LANG_VI, &title));
	CHECK_STR(title, S("xã Văn Phương, huyện Nho Quan"));
	CHECK(!unit_title_long(tx, &u, then, LANG_EN, &title));
	CHECK_STR(title, S("Van Phuong Commune, Nho Quan District"));
	/* After its end, as it was last. */
	CHECK(!unit_title_long(tx, &u, now, LANG_VI, &title));
	CHECK_STR(title, S("xã Văn Phương, huyện Nho Quan"));
	CHECK(!unit_path(tx, u.id, now, &path));
	CHECK_INT((int64_t)path.n, 3);
	CHECK_STR(path.at[0].code, S("37"));
	CHECK_INT(path.at[2].id, u.id);
	u = unit_at(tx, "14359", "2026-01-05");
	CHECK(!unit_title_long(tx, &u, now, LANG_VI, &title));
	CHECK_STR(title, S("phường Nam Hoa Lư"));
}

TEST(a_site_is_loaded_once_and_only_from_whole_lists)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	int64_t root = 0;
	struct unit_lists lists;

	unit_lists_embedded(&lists);
	CHECK(unit_load(tx, &lists, S("990"), test_date("2021-01-05"), &root) == ERR_INVALID);
	test_rollback(tx);
	CHECK(!unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root));
	CHECK(unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root) == ERR_CONFLICT);
}

/* With the lists in the binary alone, Ninh Bình has the tree of the demonstration. */
TEST(the_lists_inside_the_program_hold_ninh_binh)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	int64_t root = 0, counts[LEVELS];
	struct unit_lists lists;

	unit_lists_embedded(&lists);
	if (unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root))
		FAIL("%s", tx->why);
	CHECK(!unit_count(tx, root, test_date("2021-01-05"), counts));
	CHECK_INT(counts[LEVEL_DISTRICT], 8);
	CHECK_INT(counts[LEVEL_COMMUNE], 143);
}

TEST(lists_from_before_the_reform_do_not_know_the_days_after_it)
{
	struct unit_lists lists;

	unit_lists_embedded(&lists);
	CHECK(unit_lists_know(&lists, test_date("2025-06-30")));
	CHECK(unit_lists_know(&lists, test_date("2025-07-01")) == (lists.units_2025.len > 0));
	lists.units_2025 = S("code\n");
	CHECK(unit_lists_know(&lists, test_date("2025-07-01")));
}

static void broken(const char *units, const char *story)
{
	struct tx *tx = test_tx("2021-01-05T08:00");
	struct unit_lists lists = { .units_2020 = str_printf(tx->mem,
							     "code\tparent\tlevel\ttype_vi\t"
							     "name_vi\tname_en\n%s",
							     units) };
	int64_t root = 0;

	CHECK(unit_load(tx, &lists, S("37"), test_date("2021-01-05"), &root) == ERR_INVALID);
	if (!str_has(str_of(tx->why), str_of(story)))
		FAIL("the story is: %s", tx->why);
}

TEST(a_broken_list_says_where_it_is_broken)
{
	broken("37\t\t1\ttỉnh\tNinh Bình\tNinh Binh Province\n37\t\t1\ttỉnh\tX\tX\n",
	       "units-2020.tsv:3: column 'code'");
	broken("37\t\t1\ttỉnh\tNinh Bình\t\n372\t38\t2\thuyện\tNho Quan\t\n",
	       "units-2020.tsv:3: column 'parent'");
	broken("37\t37\t1\ttỉnh\tNinh Bình\t\n", "units-2020.tsv:2: column 'parent'");
	broken("372\t\t2\thuyện\tNho Quan\t\n", "units-2020.tsv:2: column 'parent'");
	broken("37\t\t9\ttỉnh\tNinh Bình\t\n", "units-2020.tsv:2: column 'level'");
	broken("3'7\t\t1\ttỉnh\tNinh Bình\t\n", "units-2020.tsv:2: column 'code'");
	broken("37\t\t1\ttỉnh\t\t\n", "units-2020.tsv:2: column 'name_vi'");
}
