#include "base/utf8.h"
#include "tests/test.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Letters with and without marks, marks alone, and both sides of every border of the short way. */
static const int32_t points[] = {
	'a',    'e',    'o',    'u',    'd',    ' ',    '\n',   0x7F,    0x80,   0xE1,   0xEA,
	0x110,  0x1A1,  0x1B0,  0x2FF,  0x300,  0x301,  0x302,  0x306,   0x31B,  0x323,  0x37E,
	0x1DFF, 0x1E00, 0x1EA1, 0x1EC7, 0x1EFF, 0x1F00, 0x1F71, 0x2000,  0x2001, 0x200F, 0x2010,
	0x2019, 0x203F, 0x2126, 0x212B, 0xAC00, 0xFB1D, 0xFFFD, 0x1F600,
};

TEST(the_short_way_to_one_normal_form_is_no_other_form)
{
	for (int round = 0; round < 20000; round++) {
		struct buf b = { .a = test_arena() };
		for (uint64_t n = test_random() % 8; n; n--) {
			int32_t c = points[test_random() % LENGTH(points)];
			b.len += (size_t)utf8proc_encode_char(
				c, (utf8proc_uint8_t *)buf_reserve(&b, 4));
		}
		struct str text = buf_str(&b);
		buf_putc(&b, '\0');
		char *whole = (char *)utf8proc_NFC((const utf8proc_uint8_t *)b.at);
		CHECK_STR(utf8_nfc(test_arena(), text), str_of(whole));
		CHECK(utf8_valid(text));
		free(whole);
	}
}

TEST(what_is_broken_or_holds_a_nul_is_not_valid)
{
	static const char *const bad[] = { "\xC3",
					   "a\x80",
					   "\xC0\xAF",
					   "\xED\xA0\x80",
					   "\xF5\x80\x80\x80",
					   "\xE1\xBA",
					   "\xF4\x90\x80\x80",
					   "\xFF" };

	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK(!utf8_valid(str_of(bad[i])));
	CHECK(!utf8_valid((struct str){ "a\0b", 3 }));
	CHECK_STR(utf8_nfc(test_arena(), S("\xC3")), S(""));
	CHECK(utf8_valid(S("")));
}

TEST(without_marks_capitals_stay_capitals)
{
	struct arena *a = test_arena();
	CHECK_STR(utf8_unaccented(a, S("Ủy ban xã Đông Hoà, số 12")),
		  S("Uy ban xa Dong Hoa, so 12"));
	CHECK_STR(utf8_unaccented(a, S("ĐƯỜNG đất")), S("DUONG dat"));
	/* Letters and marks apart are the same text. */
	CHECK_STR(utf8_unaccented(a, S("U\xCC\x89y ban")), S("Uy ban"));
	CHECK_STR(utf8_unaccented(a, S("\xC3")), S(""));
}
