/* How a review speaks: what is known and what is not, growth and points; and that the words on the tiles
 * of its map can be read on every colour, by day and by night. */
#include "base/embed.h"
#include "tests/test.h"
#include "web/report_words.h"

#include <math.h>
#include <string.h>

/* --- Words --- */

static const struct measure sum = { .code = "X", .how = MEASURE_SUM };
static const struct measure share = { .code = "Y", .how = MEASURE_IN_TIME };
static const struct measure units = { .code = "Z", .how = MEASURE_ALL };

static struct report_line line_of(const struct measure *m)
{
	struct report_line l = { .measure = m, .code = str_of(m->code) };
	for (int i = 0; i < REPORT_COLUMNS; i++)
		l.applies[i] = true;
	return l;
}

static struct str value(const struct measure *m, int64_t n, int64_t of, bool applies)
{
	struct report_line l = line_of(m);
	return report_value_words(test_arena(), LANG_VI, &l, (struct report_value){ n, of },
				  applies);
}

static struct str change(const struct measure *m, int64_t n, int64_t of, int64_t was_n,
			 int64_t was_of)
{
	struct report_line l = line_of(m);
	return report_change_words(test_arena(), LANG_VI, &l, (struct report_value){ n, of },
				   (struct report_value){ was_n, was_of });
}

TEST(a_figure_is_a_number_a_share_or_says_that_it_is_none)
{
	CHECK_STR(value(&sum, 4360, 0, true), S("4.360"));
	CHECK_STR(value(&sum, 0, 0, true), S("0"));
	CHECK_STR(value(&share, 896, 1000, true), S("89,6 %"));
	CHECK_STR(value(&share, 0, 0, true), S("chưa có số liệu"));
	CHECK_STR(value(&units, 138, 143, true), S("138/143"));
	CHECK_STR(value(&share, 1, 2, false), S("không áp dụng"));
}

TEST(counts_grow_by_percent_and_shares_by_points)
{
	CHECK_STR(change(&sum, 4360, 0, 4102, 0), S("+6,3 %"));
	CHECK_STR(change(&sum, 6934, 0, 7612, 0), S("-8,9 %"));
	CHECK_STR(change(&sum, 5, 0, 5, 0), S("không đổi"));
	CHECK_STR(change(&sum, 5, 0, 0, 0), S("")); /* from nothing there is no growth */
	CHECK_STR(change(&share, 896, 1000, 813, 1000), S("+8,3 điểm"));
	CHECK_STR(change(&share, 1, 2, 0, 0), S(""));
}

TEST(the_year_before_is_not_a_zero_where_it_is_not_known)
{
	struct report r = { .span = { 2020, 1, 12 }, .known_before = false };
	struct report_line l = line_of(&sum);
	l.value[REPORT_PERIOD].n = 3;
	CHECK_STR(report_before_words(test_arena(), LANG_VI, &r, &l), S("2019: chưa thống kê"));
	r.known_before = true;
	CHECK_STR(report_before_words(test_arena(), LANG_VI, &r, &l), S("2019: 0"));
	l.value[REPORT_BEFORE].n = 6;
	CHECK_STR(report_before_words(test_arena(), LANG_VI, &r, &l), S("2019: 6 · -50 %"));
	r.running = true; /* half a month is not compared with a whole one */
	CHECK_STR(report_before_words(test_arena(), LANG_VI, &r, &l), S("2019: 6"));
	l.applies[REPORT_BEFORE] = false;
	CHECK_STR(report_before_words(test_arena(), LANG_VI, &r, &l), S("2019: không áp dụng"));
}

TEST(a_period_has_the_name_that_people_give_it)
{
	static const struct {
		struct report_span span;
		const char *words;
	} periods[] = {
		{ { 2020, 1, 12 }, "năm 2020" },
		{ { 2020, 10, 12 }, "quý IV năm 2020" },
		{ { 2020, 1, 6 }, "6 tháng đầu năm 2020" },
		{ { 2020, 7, 12 }, "6 tháng cuối năm 2020" },
		{ { 2020, 1, 9 }, "9 tháng đầu năm 2020" },
		{ { 2020, 5, 5 }, "tháng 5 năm 2020" },
		{ { 2020, 2, 4 }, "từ tháng 2 đến tháng 4 năm 2020" },
	};
	for (size_t i = 0; i < LENGTH(periods); i++)
		CHECK_STR(report_period_words(test_arena(), LANG_VI, &periods[i].span),
			  str_of(periods[i].words));
}

/* --- Colours (WCAG 2.1, 1.4.3) --- */

static int hex(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* Of "--q1:#f4e3c4" behind `from`. */
static double luminance(const char *from, const char *name)
{
	const char *at =
		strstr(from, str_z(test_arena(), str_printf(test_arena(), "--%s:#", name)));
	double sum_of = 0;
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	CHECK(at);
	at = strchr(at, '#') + 1;
	for (int i = 0; i < 3; i++) {
		double c = (hex(at[2 * i]) * 16 + hex(at[2 * i + 1])) / 255.0;
		sum_of += weights[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum_of;
}

static double contrast(const char *from, const char *ground, const char *ink)
{
	double a = luminance(from, ground), b = luminance(from, ink);
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

TEST(words_on_tiles_stand_out_from_every_colour_by_day_and_by_night)
{
	static const char *const pairs[][2] = { { "sunk", "ink" },
						{ "q1", "on-q2" },
						{ "q2", "on-q2" },
						{ "q3", "on-q3" },
						{ "q4", "on-q3" } };
	const struct embedded *file = embedded_find("web/dinh.css");
	CHECK(file);
	struct str css = { (const char *)file->at, file->len };
	const char *day = str_z(test_arena(), css);
	const char *night = strstr(day, "prefers-color-scheme");
	CHECK(night);
	for (size_t i = 0; i < LENGTH(pairs); i++) {
		double by_day = contrast(day, pairs[i][0], pairs[i][1]);
		double by_night = contrast(night, pairs[i][0], pairs[i][1]);
		if (by_day < 4.5 || by_night < 4.5)
			FAIL("%s on %s: %.2f by day, %.2f by night", pairs[i][1], pairs[i][0],
			     by_day, by_night);
	}
}
