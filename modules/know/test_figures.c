/* What the first page and a unit's page say of disclosures in time: each number opens as many rows. */
#include "modules/know/test_pages.h"

/* On its last day, or the day after. */
static void disclose(struct tx *tx, const char *issued, const char *published)
{
	struct dossier *d = record(tx, "XA07-05-01", issued, "");
	publish(tx, d, published);
	post(tx, d, "Trụ sở UBND", published);
	broadcast(tx, d, 1, published);
	tell_heads(tx, d, published);
}

/* November: one of one in time. December: one in time, one late, one that nobody answered. */
static struct browser year_of(const char *now)
{
	struct tx *tx = begin("2021-01-05T09:00");
	disclose(tx, "2020-11-10", "2020-11-12");
	disclose(tx, "2020-12-08", "2020-12-09");
	disclose(tx, "2020-12-10", "2020-12-15"); /* due on the 14th */
	record(tx, "XA07-05-01", "2020-12-17", "");
	return visitor(tx, now);
}

static int rows_of(struct browser *b, const char *path)
{
	struct answer a = browser_get(b, path);
	CHECK_INT(a.status, 200);
	struct str rest = a.body, line;
	int n = 0;
	while (str_next(&rest, '\n', &line))
		n += line.len > 0;
	return n - 1; /* without the names of the columns */
}

#define LIST "/tong-ket/14464/2020/CK-06"

TEST(each_figure_of_a_units_page_opens_as_many_rows_as_it_says)
{
	struct browser b = year_of("2021-01-05T09:00");
	struct answer a = browser_get(&b, "/don-vi/14464");
	CHECK(answer_has(a, "<a href=\"" LIST "?ket-qua=dat\">2</a>"));
	CHECK(answer_has(a, "<a href=\"" LIST "\">4</a>"));
	CHECK(answer_has(a, "<a href=\"/han?don-vi=14464&amp;xem=qua-han\">1</a>"));
	CHECK_INT(rows_of(&b, LIST ".csv?ket-qua=dat"), 2);
	CHECK_INT(rows_of(&b, LIST ".csv"), 4);
	CHECK_INT(rows_of(&b, "/han.csv?don-vi=14464&xem=qua-han"), 1);
}

TEST(the_first_page_shows_the_share_the_year_before_and_where_the_months_went)
{
	struct browser b = year_of("2021-01-05T09:00");
	struct answer a = browser_get(&b, "/");
	CHECK(answer_has(a, ">50 %</a>") || answer_has(a, ">50,0 %</a>"));
	CHECK(answer_has(a, "tỷ lệ đúng hạn (2019: chưa thống kê)"));
	CHECK(answer_has(a, "11/2020 đến 12/2020: từ 100"));
	CHECK(answer_has(a, "đến 33,3 %. Vạch dưới là 20 %."));
	CHECK(answer_has(a, "class=\"spark\""));
	CHECK(answer_has(a, "M90.9 4.0h.4L100.0 "));
}

TEST(a_site_that_has_just_begun_says_that_nothing_is_known_yet)
{
	struct tx *tx = begin("2021-05-05T09:00");
	struct browser b = visitor(tx, "2021-05-05T09:00");
	struct answer a = browser_get(&b, "/");
	CHECK(answer_has(a, "Chưa có hạn công khai nào đến trong năm 2021"));
	CHECK(answer_has(a, "Chưa đủ số liệu để vẽ"));
	CHECK(!answer_has(a, "class=\"spark\""));
}
