#include "base/tsv.h"
#include "tests/test.h"

static const char *const columns[] = { "code", "days", "from", NULL };

static struct tsv read_good(const char *text)
{
	struct tsv t;
	if (tsv_parse(test_arena(), S("law/x.tsv"), str_of(text), columns, &t))
		FAIL("%.*s", STR_ARG(t.why));
	return t;
}

#define CHECK_REFUSED(text, should)                                                     \
	do {                                                                            \
		struct tsv t_;                                                          \
		CHECK(tsv_parse(test_arena(), S("law/x.tsv"), S(text), columns, &t_) == \
		      ERR_INVALID);                                                     \
		CHECK_STR(t_.why, S(should));                                           \
	} while (0)

TEST(a_table_is_read_by_column_name_whatever_their_order)
{
	struct tsv t = read_good("days\tcode\tfrom\n5\tA-1\t2023-07-01\n\tA-2\t\n");
	CHECK_INT((int64_t)t.rows, 2);
	CHECK_STR(tsv_cell(&t, 0, 0), S("A-1"));
	CHECK_INT(tsv_int(&t, 0, 1, 0, 90, TSV_NEEDED), 5);
	CHECK(date_cmp(tsv_date(&t, 0, 2), test_date("2023-07-01")) == 0);
	CHECK_STR(tsv_text(&t, 1, 0), S("A-2"));
	CHECK_INT(tsv_int(&t, 1, 1, 0, 90, -7), -7);
	CHECK(!date_is_set(tsv_date_or_none(&t, 1, 2)));
	CHECK_STR(t.why, S(""));
}

TEST(a_table_may_have_no_rows)
{
	CHECK_INT((int64_t)read_good("code\tdays\tfrom\n").rows, 0);
}

TEST(a_header_that_is_not_ours_is_refused)
{
	CHECK_REFUSED("", "law/x.tsv:1: is empty: it needs a header row");
	CHECK_REFUSED("\n", "law/x.tsv:1: column '' is unknown: remove it");
	CHECK_REFUSED("code\tdays\n", "law/x.tsv:1: column 'from' is missing: add it");
	CHECK_REFUSED("code\tdays\tfrom\tto\n", "law/x.tsv:1: column 'to' is unknown: remove it");
	CHECK_REFUSED("code\tdays\tdays\tfrom\n",
		      "law/x.tsv:1: column 'days' is there twice: remove one");
	CHECK_REFUSED("\xef\xbb\xbf"
		      "code\tdays\tfrom\n",
		      "law/x.tsv:1: begins with a byte order mark: save it as UTF-8 without one");
}

TEST(a_broken_line_is_named)
{
	CHECK_REFUSED("code\tdays\tfrom\nA\t1\n",
		      "law/x.tsv:2: has 2 cells where the header has 3: count the tabs");
	CHECK_REFUSED("code\tdays\tfrom\nA\t1\t\nB\t1\t\t\n",
		      "law/x.tsv:3: has 4 cells where the header has 3: count the tabs");
	CHECK_REFUSED("code\tdays\tfrom\nA\t1\t\n\nB\t1\t\n",
		      "law/x.tsv:3: is empty: remove the line");
	CHECK_REFUSED("code\tdays\tfrom\nA\t1\t",
		      "law/x.tsv:2: does not end in a line end: add one");
	CHECK_REFUSED("code\tdays\tfrom\r\nA\t1\t\r\n",
		      "law/x.tsv:1: ends in CR LF: save the file with LF line ends");
	CHECK_REFUSED("code\tdays\tfrom\nA \t1\t\n",
		      "law/x.tsv:2: column 'code': has a space at its edge: remove it");
	CHECK_REFUSED("code\tdays\tfrom\nA\x01\t1\t\n",
		      "law/x.tsv:2: holds the control character 0x1: remove it");
	CHECK_REFUSED("code\tdays\tfrom\n\xed\xa0\x80\t1\t\n",
		      "law/x.tsv:2: is not valid UTF-8: save the file as UTF-8");
}

TEST(the_first_complaint_about_a_cell_is_kept)
{
	struct tsv t = read_good("code\tdays\tfrom\n\t91\t2023-02-30\n");
	tsv_int(&t, 0, 1, 0, 90, TSV_NEEDED);
	tsv_date(&t, 0, 2);
	tsv_text(&t, 0, 0);
	CHECK_STR(t.why, S("law/x.tsv:2: column 'days': '91' must be a whole number from 0 to 90"));
}

TEST(each_kind_of_cell_says_what_it_takes)
{
	static const char *const words[] = { "max", "min", "", NULL };
	struct tsv t = read_good("code\tdays\tfrom\nmaxi\t\t1/7/2023\nmax|min\tmax|max\t\n");

	tsv_choice(&t, 0, 0, words);
	CHECK_STR(t.why, S("law/x.tsv:2: column 'code': 'maxi' is not one of: max, min, (empty)"));
	t.why = S("");
	CHECK_INT(tsv_choice(&t, 0, 1, words), 2);
	tsv_date_or_none(&t, 0, 2);
	CHECK_STR(t.why,
		  S("law/x.tsv:2: column 'from': '1/7/2023' is not a date: write YYYY-MM-DD"));
	t.why = S("");
	tsv_date(&t, 1, 2);
	CHECK_STR(t.why, S("law/x.tsv:3: column 'from': is empty: it needs a date, YYYY-MM-DD"));
	t.why = S("");
	CHECK_INT(tsv_choices(&t, 1, 0, words), 3);
	CHECK_STR(t.why, S(""));
	tsv_choices(&t, 1, 1, words);
	CHECK_STR(t.why, S("law/x.tsv:3: column 'days': 'max' is there twice: remove one"));
}
