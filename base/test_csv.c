#include "base/csv.h"
#include "tests/test.h"

static struct csv read_good(struct str bytes)
{
	struct csv t;
	struct csv_error error;
	if (csv_parse(test_arena(), bytes, NULL, &t, &error))
		FAIL("%.*s", STR_ARG(csv_error_line(test_arena(), &error)));
	return t;
}

static struct str refusal(struct str bytes, const struct csv_limits *limits)
{
	struct csv t;
	struct csv_error error;
	CHECK(csv_parse(test_arena(), bytes, limits, &t, &error) == ERR_INVALID);
	return csv_error_line(test_arena(), &error);
}

#define CHECK_REFUSED(text, should) CHECK_STR(refusal(S(text), NULL), S(should))

TEST(a_spreadsheet_of_this_country_is_read)
{
	struct csv t = read_good(S("\xef\xbb\xbfHọ tên;Số tiền, đồng\r\nTrần A;\"1.000;5\"\r\n"));
	CHECK_INT(t.delimiter, ';');
	CHECK_INT((int64_t)t.rows, 2);
	CHECK_INT((int64_t)t.columns, 2);
	CHECK_STR(csv_cell(&t, 0, 0), S("Họ tên"));
	CHECK_STR(csv_cell(&t, 0, 1), S("Số tiền, đồng"));
	CHECK_STR(csv_cell(&t, 1, 1), S("1.000;5"));
}

TEST(the_delimiter_is_found_outside_quotes)
{
	CHECK_INT(read_good(S("\"a;b;c\",d\n")).delimiter, ',');
	CHECK_INT(read_good(S("a\tb\n")).delimiter, '\t');
	CHECK_INT(read_good(S("a\n")).delimiter, ',');
	struct csv t = read_good(S("sep=;\r\na,b;c\r\n"));
	CHECK_INT(t.delimiter, ';');
	CHECK_STR(csv_cell(&t, 0, 0), S("a,b"));
	CHECK_INT((int64_t)t.lines[0], 2);
}

TEST(quotes_hold_line_ends_and_quotes)
{
	struct csv t = read_good(S("a,\"x \"\"y\"\"\r\nz\",\"\"\n\n\r1,2,3,,\n4"));
	CHECK_INT((int64_t)t.rows, 3);
	CHECK_STR(csv_cell(&t, 0, 1), S("x \"y\"\r\nz"));
	CHECK_STR(csv_cell(&t, 0, 2), S(""));
	CHECK_STR(csv_cell(&t, 1, 2), S("3"));
	CHECK_INT((int64_t)t.lines[1], 5);
	CHECK_STR(csv_cell(&t, 2, 0), S("4"));
	CHECK_STR(csv_cell(&t, 2, 2), S(""));
}

TEST(a_broken_file_is_refused_with_its_place)
{
	CHECK_REFUSED("", "line 1, column 1: there is no row");
	CHECK_REFUSED("\n\r\n", "line 3, column 1: there is no row");
	CHECK_REFUSED("đ,e\nf,g\"h\n",
		      "line 2, column 4: a quote stands inside a cell that did not begin with one");
	CHECK_REFUSED("đ,\"e\" ,f\n",
		      "line 1, column 6: something follows the closing quote of a cell");
	CHECK_REFUSED("a,b\nc,\"d\ne\n",
		      "line 2, column 3: the quote that opens here is never closed");
	CHECK_REFUSED("a,b\nđ,\xd0\n",
		      "line 2, column 3: this is not UTF-8: save the table as \"CSV UTF-8\"");
	CHECK_REFUSED("a,b\n\0,c\n",
		      "line 2, column 1: this is not UTF-8: save the table as \"CSV UTF-8\"");
	CHECK_REFUSED("a,b\n1,2,3\n",
		      "line 2, column 5: the row has more cells than the first row (2)");
	CHECK_REFUSED("\xff\xfe"
		      "a\0",
		      "line 1, column 1: this is UTF-16: save the table as \"CSV UTF-8\"");
}

TEST(a_file_stays_within_its_bounds)
{
	const struct csv_limits limits = { .bytes = 40, .rows = 3, .columns = 2, .cell = 4 };
	CHECK_STR(refusal(S("12345678901234567890123456789012345678901"), &limits),
		  S("line 1: the file is larger than allowed, in bytes (40)"));
	CHECK_STR(refusal(S("a\nb\nc\nd\n"), &limits),
		  S("line 4, column 1: there are more rows than allowed (3)"));
	CHECK_STR(refusal(S("a,b,c\n"), &limits),
		  S("line 1, column 5: there are more columns than allowed (2)"));
	CHECK_STR(refusal(S("abcd,\"abcde\"\n"), &limits),
		  S("line 1, column 6: the cell is longer than allowed, in bytes (4)"));
}

TEST(short_rows_cannot_blow_a_small_file_up)
{
	struct buf b = { .a = test_arena() };
	for (int i = 1; i < 256; i++)
		buf_putc(&b, ',');
	for (int i = 0; i < 20000; i++)
		buf_put(&b, S("\na"));
	struct str why = refusal(buf_str(&b), NULL);
	CHECK(str_has(why, S("there are more rows than allowed (7813)")));
}

TEST(a_cell_that_would_be_run_is_guarded)
{
	struct buf b = { .a = test_arena() };
	struct csv_writer w;
	csv_begin(&w, &b, ',', false);
	csv_put(&w, S("=1+1"));
	csv_put(&w, S("@SUM(A1)"));
	csv_put(&w, S("\tx"));
	csv_put(&w, S("'-5"));
	csv_put(&w, S("'quoted'"));
	csv_put_int(&w, -5);
	csv_end_row(&w);
	CHECK_STR(buf_str(&b), S("'=1+1,'@SUM(A1),\"'\tx\",''-5,'quoted',-5\r\n"));
}

static struct str random_cell(void)
{
	static const char *const pieces[] = { "\"", ",", ";",    "\t",   "\r\n",        "\n",
					      "\r", " ", "'",    "=",    "+",           "-",
					      "@",  "a", "Đình", "sep=", "\xef\xbb\xbf" };
	struct buf b = { .a = test_arena() };
	for (uint64_t n = test_below(5); n; n--)
		buf_put(&b, str_of(pieces[test_below(LENGTH(pieces))]));
	return buf_str(&b);
}

TEST(what_is_written_is_read_back)
{
	for (int round = 0; round < 3000; round++) {
		size_t rows = 1 + test_below(4), columns = 1 + test_below(4);
		struct str *cells = NEW_N(test_arena(), struct str, rows * columns);
		struct buf b = { .a = test_arena() };
		struct csv_writer w;

		csv_begin(&w, &b, ",;\t"[test_below(3)], test_below(2));
		for (size_t i = 0; i < rows * columns; i++) {
			csv_put(&w, cells[i] = random_cell());
			if ((i + 1) % columns == 0)
				csv_end_row(&w);
		}
		struct csv t = read_good(buf_str(&b));
		CHECK_INT((int64_t)t.rows, (int64_t)rows);
		CHECK_INT((int64_t)t.columns, (int64_t)columns);
		for (size_t i = 0; i < rows * columns; i++) {
			struct str cell = csv_cell(&t, i / columns, i % columns);
			CHECK_STR(csv_unguard(cell), cells[i]);
			CHECK_STR(csv_guard(test_arena(), cells[i]), cell);
		}
	}
}
