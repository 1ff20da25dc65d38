/* A number is read in groups of three digits, each followed by nghìn, triệu or nothing; what stands
 * above a billion is read as a number of its own, followed by tỷ. A group that is not the first says
 * its hundreds even when there are none ("không trăm linh năm"), for otherwise 1.005 and 1.500 would
 * sound alike. */
#include "office/number_words.h"

#include "base/buf.h"

static const char *const digit_names[10] = { "không", "một", "hai", "ba",  "bốn",
					     "năm",   "sáu", "bảy", "tám", "chín" };

static void put_word(struct buf *b, const char *word)
{
	if (b->len)
		buf_putc(b, ' ');
	buf_put(b, str_of(word));
}

/* mười một but hai mươi mốt; mười bốn but hai mươi tư; năm, yet mười lăm. */
static const char *unit_name(unsigned tens, unsigned unit)
{
	if (unit == 1 && tens > 1)
		return "mốt";
	if (unit == 4 && tens > 1)
		return "tư";
	if (unit == 5 && tens > 0)
		return "lăm";
	return digit_names[unit];
}

static void put_group(struct buf *b, unsigned group, bool first)
{
	unsigned hundreds = group / 100, tens = group / 10 % 10, unit = group % 10;
	if (hundreds || !first) {
		put_word(b, digit_names[hundreds]);
		put_word(b, "trăm");
		if (!tens && unit)
			put_word(b, "linh");
	}
	if (tens == 1) {
		put_word(b, "mười");
	} else if (tens) {
		put_word(b, digit_names[tens]);
		put_word(b, "mươi");
	}
	if (unit)
		put_word(b, unit_name(tens, unit));
}

static void put_number(struct buf *b, uint64_t n, bool first)
{
	static const struct {
		uint64_t size;
		const char *name;
	} groups[] = { { 1000000, "triệu" }, { 1000, "nghìn" }, { 1, NULL } };

	if (n >= 1000000000) {
		put_number(b, n / 1000000000, first);
		put_word(b, "tỷ");
		n %= 1000000000;
		first = false;
	}
	for (size_t i = 0; i < LENGTH(groups); i++) {
		unsigned group = (unsigned)(n / groups[i].size % 1000);
		if (!group)
			continue;
		put_group(b, group, first);
		if (groups[i].name)
			put_word(b, groups[i].name);
		first = false;
	}
}

struct str number_words(struct arena *a, int64_t n)
{
	struct buf b = { .a = a };
	if (!n)
		return S("không");
	if (n < 0)
		put_word(&b, "âm");
	put_number(&b, n < 0 ? -(uint64_t)n : (uint64_t)n, true);
	return buf_str(&b);
}

struct str digit_words(struct arena *a, struct str digits)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < digits.len; i++)
		if (digits.at[i] >= '0' && digits.at[i] <= '9')
			put_word(&b, digit_names[digits.at[i] - '0']);
	return buf_str(&b);
}

bool roman_number(struct str s, int64_t *out)
{
	static const struct {
		const char *sign;
		int value;
	} signs[] = { { "M", 1000 }, { "CM", 900 }, { "D", 500 }, { "CD", 400 }, { "C", 100 },
		      { "XC", 90 },  { "L", 50 },   { "XL", 40 }, { "X", 10 },   { "IX", 9 },
		      { "V", 5 },    { "IV", 4 },   { "I", 1 } };
	struct str rest = s;
	int64_t n = 0;
	for (size_t i = 0; i < LENGTH(signs); i++) {
		struct str sign = str_of(signs[i].sign);
		int most = i % 4 == 0 ? 3 : 1; /* M, C, X and I may stand three times */
		bool taken = false;
		for (; most > 0 && str_starts(rest, sign); most--) {
			n += signs[i].value;
			rest = str_from(rest, sign.len);
			taken = true;
		}
		if (taken && i % 4 == 1) /* behind nine of its decade nothing of it may stand, */
			i += 3;
		else if (taken && i % 4 == 3) /* nor behind four */
			i += 1;
	}
	if (rest.len || !n)
		return false;
	*out = n;
	return true;
}
