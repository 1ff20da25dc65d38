/* Vietnamese weekdays carry capitals as Decree 30/2020 on clerical work writes them: "thứ Tư", but
 * "Chủ nhật". Short dates are day first in both languages, because both are read in Vietnam. */
#include "base/msg.h"

static const char *const weekdays[LANGS][7] = {
	{ "Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy" },
	{ "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
};

static const char *const months[] = {
	"January", "February", "March",     "April",   "May",      "June",
	"July",    "August",   "September", "October", "November", "December",
};

struct str lang_code(enum lang lang)
{
	return lang == LANG_VI ? S("vi") : S("en");
}

void lang_put_int(struct buf *out, enum lang lang, int64_t n)
{
	char digits[32];
	size_t at = sizeof digits;
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
	int written = 0;
	do {
		if (written && written % 3 == 0)
			digits[--at] = lang == LANG_VI ? '.' : ',';
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
		written++;
	} while (rest);
	if (n < 0)
		digits[--at] = '-';
	buf_put_bytes(out, digits + at, sizeof digits - at);
}

void lang_put_tenths(struct buf *out, enum lang lang, int64_t tenths)
{
	int tenth = (int)(tenths % 10);
	if (tenths < 0 && tenths / 10 == 0)
		buf_putc(out, '-');
	lang_put_int(out, lang, tenths / 10);
	if (tenth) {
		buf_putc(out, lang == LANG_VI ? ',' : '.');
		buf_putc(out, (char)('0' + (tenth < 0 ? -tenth : tenth)));
	}
}

static void put_two(struct buf *out, int n)
{
	buf_put_bytes(out, (char[]){ (char)('0' + n / 10), (char)('0' + n % 10) }, 2);
}

void lang_put_date(struct buf *out, enum lang lang, struct date d)
{
	(void)lang;
	if (!date_is_set(d))
		return;
	struct ymd c = date_ymd(d);
	put_two(out, c.day);
	buf_putc(out, '/');
	put_two(out, c.month);
	buf_putc(out, '/');
	buf_put_int(out, c.year);
}

void lang_put_long_date(struct buf *out, enum lang lang, struct date d)
{
	if (!date_is_set(d))
		return;
	struct ymd c = date_ymd(d);
	buf_put(out, str_of(weekdays[lang][date_weekday(d)]));
	buf_put(out, S(", "));
	if (lang == LANG_VI)
		lang_put_date(out, lang, d);
	else
		buf_printf(out, "%d %s %d", c.day, months[c.month - 1], c.year);
}

void lang_put_hour(struct buf *out, struct instant t)
{
	int minutes = instant_minutes(t);
	put_two(out, minutes / 60);
	buf_putc(out, ':');
	put_two(out, minutes % 60);
}

void lang_put_instant(struct buf *out, enum lang lang, struct instant t)
{
	lang_put_date(out, lang, instant_date(t));
	buf_put(out, S(", "));
	lang_put_hour(out, t);
}

void lang_put_long_instant(struct buf *out, enum lang lang, struct instant t)
{
	lang_put_long_date(out, lang, instant_date(t));
	buf_put(out, S(", "));
	lang_put_hour(out, t);
}

void lang_capital(struct buf *out, size_t at)
{
	if (at < out->len && out->at[at] >= 'a' && out->at[at] <= 'z')
		out->at[at] = (char)(out->at[at] - 32);
}
