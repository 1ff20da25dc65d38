#include "office/number_words.h"
#include "tests/test.h"

static void check(int64_t n, const char *words)
{
	CHECK_STR(number_words(test_arena(), n), str_of(words));
}

TEST(small_numbers_have_their_words)
{
	check(0, "không");
	check(1, "một");
	check(4, "bốn");
	check(5, "năm");
	check(10, "mười");
	check(11, "mười một");
	check(14, "mười bốn");
	check(15, "mười lăm");
	check(20, "hai mươi");
}

TEST(one_four_and_five_change_behind_tens)
{
	check(21, "hai mươi mốt");
	check(24, "hai mươi tư");
	check(25, "hai mươi lăm");
	check(31, "ba mươi mốt");
	check(44, "bốn mươi tư");
	check(55, "năm mươi lăm");
	check(91, "chín mươi mốt");
}

TEST(hundreds_without_tens_say_linh)
{
	check(100, "một trăm");
	check(101, "một trăm linh một");
	check(104, "một trăm linh bốn");
	check(105, "một trăm linh năm");
	check(110, "một trăm mười");
	check(111, "một trăm mười một");
	check(115, "một trăm mười lăm");
	check(121, "một trăm hai mươi mốt");
	check(555, "năm trăm năm mươi lăm");
}

TEST(thousands_millions_and_billions_are_read_in_groups)
{
	check(1000, "một nghìn");
	check(1001, "một nghìn không trăm linh một");
	check(1010, "một nghìn không trăm mười");
	check(1500, "một nghìn năm trăm");
	check(2020, "hai nghìn không trăm hai mươi");
	check(21000, "hai mươi mốt nghìn");
	check(850000, "tám trăm năm mươi nghìn");
	check(1005000, "một triệu không trăm linh năm nghìn");
	check(1024000, "một triệu không trăm hai mươi tư nghìn");
	check(1000001, "một triệu không trăm linh một");
	check(12500000, "mười hai triệu năm trăm nghìn");
	check(1000000000, "một tỷ");
	check(2000000005, "hai tỷ không trăm linh năm");
	check(2005000000, "hai tỷ không trăm linh năm triệu");
	check(3450000000, "ba tỷ bốn trăm năm mươi triệu");
	check(1234567891, "một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn "
			  "tám trăm chín mươi mốt");
	check(1000000000000, "một nghìn tỷ");
	check(15000000000000, "mười lăm nghìn tỷ");
	check(1000000000000000000, "một tỷ tỷ");
}

TEST(the_ends_of_the_range_have_words)
{
	check(-3, "âm ba");
	check(INT64_MAX, "chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm "
			 "ba mươi sáu tỷ tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn "
			 "tám trăm linh bảy");
	CHECK(str_starts(number_words(test_arena(), INT64_MIN), S("âm chín tỷ")));
}

/* Reads number words back by another way than they were made: sums and products of a stack. */
static int64_t read_group(struct str words, bool *ok)
{
	static const char *const names[][3] = { { "không" }, { "một", "mốt" }, { "hai" },
						{ "ba" },    { "bốn", "tư" },  { "năm", "lăm" },
						{ "sáu" },   { "bảy" },        { "tám" },
						{ "chín" } };
	int64_t n = 0, last = 0;

	for (struct str rest = words, word; str_next(&rest, ' ', &word);) {
		if (!word.len) {
			continue;
		} else if (str_eq(word, S("trăm"))) {
			n += last * 100;
			last = 0;
		} else if (str_eq(word, S("mươi"))) {
			n += last * 10;
			last = 0;
		} else if (str_eq(word, S("mười"))) {
			n += 10;
		} else if (!str_eq(word, S("linh"))) {
			int digit = -1;
			for (int d = 0; d < 10; d++)
				for (int i = 0; i < 3 && names[d][i]; i++)
					if (str_eq(word, str_of(names[d][i])))
						digit = d;
			*ok = *ok && digit >= 0;
			last = digit;
		}
	}
	return n + last;
}

static bool cut_at(struct str *rest, struct str word, struct str *before)
{
	for (size_t i = 0; i + word.len <= rest->len; i++) {
		if (!str_eq(str_cut(str_from(*rest, i), word.len), word))
			continue;
		*before = str_trim(str_cut(*rest, i));
		*rest = str_trim(str_from(*rest, i + word.len));
		return true;
	}
	return false;
}

TEST(words_can_be_read_back)
{
	for (int i = 0; i < 20000; i++) {
		int64_t n = (int64_t)test_below(1000000000000u) / (int64_t)(1 + test_below(100000));
		int64_t back = 0;
		bool ok = true;
		struct str rest = number_words(test_arena(), n), part;

		if (cut_at(&rest, S("tỷ"), &part))
			back += 1000000000 * read_group(part, &ok);
		if (cut_at(&rest, S("triệu"), &part))
			back += 1000000 * read_group(part, &ok);
		if (cut_at(&rest, S("nghìn"), &part))
			back += 1000 * read_group(part, &ok);
		back += read_group(rest, &ok);
		CHECK(ok);
		CHECK_INT(back, n);
	}
}

TEST(digits_are_read_one_by_one)
{
	CHECK_STR(digit_words(test_arena(), S("0912.34")), S("không chín một hai ba bốn"));
	CHECK_STR(digit_words(test_arena(), S("")), S(""));
}

TEST(roman_numerals_have_one_spelling)
{
	static const struct {
		const char *s;
		int64_t n;
	} good[] = { { "I", 1 },   { "IV", 4 },    { "IX", 9 },        { "XIV", 14 },
		     { "XX", 20 }, { "XLIV", 44 }, { "MCMXLV", 1945 }, { "MMXX", 2020 } };
	static const char *const bad[] = { "",    "IIII",  "VX", "IC", "VV",
					   "IXI", "XIIII", "A",  "i",  "MMMM" };
	int64_t n;

	for (size_t i = 0; i < LENGTH(good); i++) {
		CHECK(roman_number(str_of(good[i].s), &n));
		CHECK_INT(n, good[i].n);
	}
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK(!roman_number(str_of(bad[i]), &n));
}
