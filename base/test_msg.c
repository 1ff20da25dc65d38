#include "base/msg.h"

#include "tests/test.h"

static struct buf *empty(void)
{
	struct buf *b = NEW(test_arena(), struct buf);
	b->a = test_arena();
	return b;
}

static struct str grouped(enum lang lang, int64_t n)
{
	struct buf *b = empty();
	lang_put_int(b, lang, n);
	return buf_str(b);
}

static struct str tenths(enum lang lang, int64_t n)
{
	struct buf *b = empty();
	lang_put_tenths(b, lang, n);
	return buf_str(b);
}

TEST(numbers_are_grouped_by_points_in_vietnamese_and_by_commas_in_english)
{
	CHECK_STR(grouped(LANG_VI, 4360), S("4.360"));
	CHECK_STR(grouped(LANG_EN, 4360), S("4,360"));
	CHECK_STR(grouped(LANG_VI, 0), S("0"));
	CHECK_STR(grouped(LANG_VI, 999), S("999"));
	CHECK_STR(grouped(LANG_VI, -1000000), S("-1.000.000"));
	CHECK_STR(grouped(LANG_EN, INT64_MIN), S("-9,223,372,036,854,775,808"));
}

TEST(tenths_are_written_only_when_there_are_some)
{
	CHECK_STR(tenths(LANG_VI, 875), S("87,5"));
	CHECK_STR(tenths(LANG_EN, 875), S("87.5"));
	CHECK_STR(tenths(LANG_VI, 1000), S("100"));
	CHECK_STR(tenths(LANG_VI, -5), S("-0,5"));
	CHECK_STR(tenths(LANG_VI, -12345), S("-1.234,5"));
}

TEST(a_long_date_names_its_weekday)
{
	struct buf *b = empty();
	lang_put_long_date(b, LANG_VI, test_date("2026-11-25"));
	CHECK_STR(buf_str(b), S("thứ Tư, 25/11/2026"));
	lang_capital(b, 0);
	CHECK_STR(buf_str(b), S("Thứ Tư, 25/11/2026"));
	buf_reset(b);
	lang_put_long_date(b, LANG_VI, test_date("2026-11-29"));
	CHECK_STR(buf_str(b), S("Chủ nhật, 29/11/2026"));
	buf_reset(b);
	lang_put_long_date(b, LANG_EN, test_date("2026-11-25"));
	CHECK_STR(buf_str(b), S("Wednesday, 25 November 2026"));
}

TEST(an_instant_is_shown_in_the_time_of_vietnam)
{
	struct buf *b = empty();
	lang_put_instant(b, LANG_EN, test_instant("2026-11-25T17:00"));
	CHECK_STR(buf_str(b), S("25/11/2026, 17:00"));
	buf_reset(b);
	lang_put_long_instant(b, LANG_VI, test_instant("2026-11-26T00:05"));
	CHECK_STR(buf_str(b), S("thứ Năm, 26/11/2026, 00:05"));
}

TEST(a_date_that_is_not_set_is_not_written)
{
	struct buf *b = empty();
	lang_put_date(b, LANG_VI, NO_DATE);
	lang_put_long_date(b, LANG_EN, NO_DATE);
	CHECK(b->len == 0);
}
