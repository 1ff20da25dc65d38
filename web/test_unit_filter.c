/* Lists narrowed by what people type: a code, a name without its diacritics, a name that several bear. */
#include "office/unit_edit.h"
#include "web/routes.h"
#include "web/test_house.h"

static const struct kind *const kinds[] = { &added_day_kind, NULL };

static void add(int64_t parent, enum unit_level level, const char *type, const char *name)
{
	struct unit_new n = { .parent = parent,
			      .level = level,
			      .code = S(""),
			      .type = str_of(type),
			      .name = str_of(name),
			      .name_en = S(""),
			      .from = test_date("2021-01-05"),
			      .to = NO_DATE };
	int64_t id = 0;
	if (unit_add(tx, &n, &id))
		FAIL("%s", tx->why);
}

/* Ninh Vân and Ninh Hải, and in each of them a village called Đông; in Ninh Hải also Vân Thượng. */
static struct browser open_lists(void)
{
	office.kinds = kinds;
	begin_site();
	tx->who = &system_member;
	add(commune, LEVEL_VILLAGE, "thôn", "Đông");
	add(other, LEVEL_VILLAGE, "thôn", "Đông");
	add(other, LEVEL_VILLAGE, "thôn", "Ninh Vân Thượng");
	open_site(false, office_routes);
	return browser_open(site);
}

static struct answer list_of(struct browser *b, const char *typed)
{
	return browser_get(b,
			   str_z(test_arena(), str_printf(test_arena(), "/han?don-vi=%s", typed)));
}

TEST(a_list_is_narrowed_by_a_code)
{
	struct browser b = open_lists();
	struct answer a = list_of(&b, "14536");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "<p class=\"lede\">Xã Ninh Vân</p>"));
	CHECK(answer_has(a, "value=\"xã Ninh Vân, 14536\"")); /* and says it in words */
}

TEST(a_name_without_type_and_diacritics_means_the_unit_that_is_called_so)
{
	struct browser b = open_lists();
	static const char *const typed[] = {
		"ninh+van",         "Ninh+V%C3%A2n",          "xa+ninh+van",
		"ninh+van,+hoa+lu", "14536,+whatever,+14536", "x%C3%A3+Ninh+V%C3%A2n,+14536"
	};
	for (size_t i = 0; i < LENGTH(typed); i++) {
		struct answer a = list_of(&b, typed[i]);
		if (!answer_has(a, "<p class=\"lede\">Xã Ninh Vân</p>"))
			FAIL("%s is not found", typed[i]);
		CHECK(answer_has(a, "/han.csv?don-vi=14536")); /* the links know the code */
	}
	CHECK(answer_has(list_of(&b, "hai"), "<p class=\"lede\">Xã Ninh Hải</p>"));
}

TEST(a_name_that_several_bear_offers_each_as_a_link_and_lists_nothing)
{
	struct browser b = open_lists();
	struct answer a = list_of(&b, "dong");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Có 2 đơn vị tên “dong”. Chọn một:"));
	CHECK(answer_has(a, "Thôn Đông, xã Ninh Vân"));
	CHECK(answer_has(a, "Thôn Đông, xã Ninh Hải"));
	CHECK(!answer_has(a, "class=\"pager\""));
	CHECK(answer_has(list_of(&b, "dong,+ninh+hai"), "<p class=\"lede\">Thôn Đông</p>"));
}

TEST(a_name_that_nobody_bears_says_so_and_keeps_what_was_typed)
{
	struct browser b = open_lists();
	struct answer a = list_of(&b, "khong+co");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Không có đơn vị nào tên “khong co”."));
	CHECK(answer_has(a, "value=\"khong co\""));
}

/* A program is told, instead of getting somebody else's rows. */
TEST(a_file_of_no_one_unit_is_not_found)
{
	struct browser b = open_lists();
	CHECK_INT(browser_get(&b, "/han.csv?don-vi=dong").status, 404);
	CHECK_INT(browser_get(&b, "/han.csv?don-vi=khong+co").status, 404);
	CHECK_INT(browser_get(&b, "/han.csv?don-vi=ninh+van").status, 200);
}

TEST(the_whole_site_by_its_own_name_is_no_narrowing)
{
	struct browser b = open_lists();
	struct answer a = list_of(&b, "37");
	CHECK(answer_has(a, "<p class=\"lede\">Tỉnh Ninh Bình</p>"));
	CHECK(answer_has(a, "name=\"don-vi\" value=\"\""));
}
