#include "law/body.h"
#include "tests/test.h"

static const struct law *law(void)
{
	const struct law *l;
	struct str why;
	if (law_builtin(test_arena(), &l, &why))
		FAIL("%.*s", STR_ARG(why));
	return l;
}

static struct body_numbers limits_of(const char *code)
{
	const struct law *l = law();
	for (size_t i = 0; i < l->bodies.n; i++)
		if (str_eq(l->bodies.at[i].code, str_of(code)))
			return body_numbers(&l->bodies.at[i]);
	FAIL("no body %s", code);
}

TEST(every_row_of_bodies_gives_the_numbers_its_cells_hold_and_no_others)
{
	static const struct {
		const char *code;
		int min, max, deputies, deputies_from;
		enum body_term term;
		int years;
	} cases[] = {
		{ "BD-01", 5, 0, 2, 0, BODY_TERM_VILLAGE_HEAD, 0 },
		{ "BD-02", 5, 0, 2, 0, BODY_TERM_PROJECT, 0 },
		{ "BD-03", 3, 9, 2, 9, BODY_TERM_YEARS, 2 },
		{ "BD-04", 3, 9, 2, 9, BODY_TERM_YEARS, 2 },
		{ "BD-05", 3, 5, -1, 0, BODY_TERM_NONE, 0 },
		{ "BD-06", 3, 5, -1, 0, BODY_TERM_NONE, 0 },
		{ "BD-07", 3, 5, -1, 0, BODY_TERM_NONE, 0 },
		{ "BD-08", 0, 0, -1, 0, BODY_TERM_NONE, 0 },
		{ "BD-09", 0, 0, -1, 0, BODY_TERM_YEARS, 5 },
		{ "BD-10", 3, 0, -1, 0, BODY_TERM_NONE, 0 },
		{ "BD-11", 5, 11, -1, 0, BODY_TERM_YEARS, 2 },
	};
	CHECK_INT(LENGTH(cases), law()->bodies.n);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct body_numbers x = limits_of(cases[i].code);
		CHECK_INT(x.members_min, cases[i].min);
		CHECK_INT(x.members_max, cases[i].max);
		CHECK_INT(x.deputies_max, cases[i].deputies);
		CHECK_INT(x.deputies_from, cases[i].deputies_from);
		CHECK_INT(x.term, cases[i].term);
		CHECK_INT(x.term_years, cases[i].years);
	}
	CHECK(limits_of("BD-01").by_villages);
	CHECK_INT(limits_of("BD-01").few, 5);
	CHECK_INT(limits_of("BD-02").residents_max, 5);
	CHECK_INT(limits_of("BD-03").nobody_to, 7);
	CHECK(limits_of("BD-03").more);
	CHECK(!limits_of("BD-06").more);
}

TEST(a_second_deputy_of_an_agencys_board_needs_nine_members)
{
	struct body_numbers agency = limits_of("BD-03"), commune = limits_of("BD-01"),
			    before = limits_of("BD-11");
	CHECK_INT(body_deputies(&agency, 8), 1);
	CHECK_INT(body_deputies(&agency, 9), 2);
	CHECK_INT(body_deputies(&commune, 5), 2);
	CHECK_INT(body_deputies(&before, 5), -1);
}

TEST(the_row_is_that_of_the_day)
{
	static const char *const commune[] = { "BD-01", "BD-11", NULL };
	static const char *const agency[] = { "BD-03", NULL };
	CHECK_STR(law_body(law(), commune, test_date("2023-06-30"))->code, S("BD-11"));
	CHECK_STR(law_body(law(), commune, test_date("2023-07-01"))->code, S("BD-01"));
	CHECK(!law_body(law(), commune, test_date("2011-06-30")));
	CHECK(!law_body(law(), agency, test_date("2023-06-30")));
}
