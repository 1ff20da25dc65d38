/* The units inside the binary hold together, and those of Ninh Bình are the official ones of 2020:
 * the demonstration stands on them. */
#include "base/embed.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "tests/test.h"

enum { CODE, PARENT, LEVEL, TYPE_VI, NAME_VI, NAME_EN };

static const char *const columns[] = {
	"code", "parent", "level", "type_vi", "name_vi", "name_en", NULL,
};

static struct tsv table(const char *name, struct str text)
{
	struct tsv t;

	if (tsv_parse(test_arena(), str_of(name), text, columns, &t))
		FAIL("%.*s", STR_ARG(t.why));
	return t;
}

static struct tsv our_units(void)
{
	const struct embedded *file = embedded_find("units/units.tsv");

	CHECK(file);
	return table("units/units.tsv", (struct str){ (const char *)file->at, file->len });
}

/* The row of a unit, or t->rows; units stand by level, then by code. */
static size_t find(const struct tsv *t, struct str code, struct str level)
{
	size_t low = 0, high = t->rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(tsv_cell(t, middle, LEVEL), level);
		if (!order)
			order = str_cmp(tsv_cell(t, middle, CODE), code);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->rows && str_eq(tsv_cell(t, low, CODE), code) ? low : t->rows;
}

TEST(every_unit_has_its_parent_one_level_above)
{
	static const struct str levels[] = { S_INIT("1"), S_INIT("2"), S_INIT("3") };
	struct tsv t = our_units();
	int count[3] = { 0 };

	for (size_t row = 0; row < t.rows; row++) {
		int64_t level = tsv_int(&t, row, LEVEL, 1, 3, TSV_NEEDED);
		struct str parent = tsv_cell(&t, row, PARENT);
		CHECK_STR(t.why, S(""));
		count[level - 1]++;
		if (level == 1)
			CHECK_STR(parent, S(""));
		else if (find(&t, parent, levels[level - 2]) == t.rows)
			FAIL("%.*s has no parent %.*s", STR_ARG(tsv_cell(&t, row, CODE)),
			     STR_ARG(parent));
	}
	CHECK_INT(count[0], 63);
	CHECK_INT(count[1], 705);
	CHECK_INT(count[2], 10599);
}

TEST(units_are_in_order_and_no_code_occurs_twice)
{
	struct tsv t = our_units();

	for (size_t row = 1; row < t.rows; row++) {
		int order = str_cmp(tsv_cell(&t, row - 1, LEVEL), tsv_cell(&t, row, LEVEL));
		CHECK(order <= 0);
		if (order == 0)
			CHECK(str_cmp(tsv_cell(&t, row - 1, CODE), tsv_cell(&t, row, CODE)) < 0);
	}
}

TEST(names_are_in_one_normal_form)
{
	struct tsv t = our_units();

	for (size_t row = 0; row < t.rows; row++) {
		struct str name = tsv_text(&t, row, NAME_VI);
		CHECK_STR(t.why, S(""));
		CHECK_STR(utf8_nfc(test_arena(), name), name);
		CHECK(!str_has(name, S("  ")));
	}
}

/* A line for each unit of the province, sorted: what the two compilations must agree upon. */
static struct str province(const struct tsv *t, struct str code)
{
	struct buf text = { .a = test_arena() };
	struct strs within = { NEW_N(test_arena(), struct str, t->rows), 0 };

	for (int level = 1; level <= 3; level++)
		for (size_t row = 0; row < t->rows; row++) {
			struct str parent = tsv_cell(t, row, PARENT), own = tsv_cell(t, row, CODE);
			bool in = level == 1 && str_eq(own, code);
			if (tsv_cell(t, row, LEVEL).at[0] != '0' + level)
				continue;
			for (size_t i = 0; i < within.n && !in; i++)
				in = str_eq(parent, within.at[i]);
			if (!in)
				continue;
			within.at[within.n++] = own;
			for (int column = CODE; column <= NAME_EN; column++) {
				buf_put(&text, tsv_cell(t, row, (size_t)column));
				buf_putc(&text, column < NAME_EN ? '\t' : '\n');
			}
		}
	CHECK_INT((int64_t)within.n, 1 + 8 + 143);
	return buf_str(&text);
}

TEST(ninh_binh_has_its_8_districts_and_143_communes_of_2020)
{
	struct tsv ours = our_units();
	struct tsv official = table("units-2020.tsv", test_shared("data/units/units-2020.tsv"));

	CHECK_STR(province(&ours, S("37")), province(&official, S("37")));
}
