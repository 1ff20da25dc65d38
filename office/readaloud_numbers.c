/* What has digits. Each reader looks at the whole core of a word and says it or leaves it; their
 * order decides between two meanings, and so does the word before ("ngày 5/10" is a day, "5/10 hộ" a
 * share). */
#include "office/readaloud_voice.h"

#include "base/date.h"
#include "office/number_words.h"
#include "office/readaloud_words.h"

/* ---- Dates and times ---- */

static void say_digits(struct voice *v, int64_t n)
{
	say(v, str_printf(v->a, "%d", (int)n));
}

static void say_day_word(struct voice *v)
{
	if (!ONE_OF(v->before, "ngày", "mùng", "mồng"))
		say(v, S("ngày"));
	v->before = S("");
}

static bool say_full_date(struct voice *v, struct str core)
{
	struct date d;
	if (!date_parse_any(core, &d))
		return false;
	struct ymd ymd = date_ymd(d);
	say_day_word(v);
	say(v, str_printf(v->a, "%d tháng %d năm %d", ymd.day, ymd.month, ymd.year));
	return true;
}

/* Two whole numbers around a slash. */
static bool is_pair(struct str core, int64_t *x, int64_t *y)
{
	struct str right = core, left;
	return str_next(&right, '/', &left) && left.len <= 4 && right.len <= 4 &&
	       digits(left) == left.len && digits(right) == right.len && str_int(left, x) &&
	       str_int(right, y);
}

static bool is_year(int64_t n)
{
	return n >= 1900 && n < 2200;
}

static bool say_month_of_year(struct voice *v, int64_t month, int64_t year)
{
	if (ONE_OF(v->before, "quý") && month >= 1 && month <= 4) {
		say_int(v, month);
	} else if (month >= 1 && month <= 12) {
		if (!ONE_OF(v->before, "tháng"))
			say(v, S("tháng"));
		say_digits(v, month);
	} else {
		return false;
	}
	say(v, S("năm"));
	say_digits(v, year);
	return true;
}

static bool say_part_of_date(struct voice *v, struct str core)
{
	struct date d;
	int64_t x, y;
	bool day = ONE_OF(v->before, "ngày", "mùng", "mồng", "sáng", "trưa", "chiều", "tối");
	bool label = ONE_OF(v->before, "ngày", "mùng", "mồng", "tháng", "năm");
	if (label && core.len <= 4 && digits(core) == core.len && str_int(core, &x)) {
		say_digits(v, x);
		return true;
	}
	if (!is_pair(core, &x, &y))
		return false;
	if (is_year(y) && !is_year(x))
		return say_month_of_year(v, x, y);
	if (!day || !date_make(2020, (int)y, (int)x, &d)) /* 2020 has a 29 February */
		return false;
	say_day_word(v);
	say(v, str_printf(v->a, "%d tháng %d", (int)x, (int)y));
	return true;
}

/* "7h", "7h30", "7g30'", "19:30" */
static bool is_time(struct str core, int64_t *hour, int64_t *minute)
{
	size_t n = digits(core);
	if (n < 1 || n > 2 || n == core.len || !str_int(str_cut(core, n), hour))
		return false;
	char sign = core.at[n];
	struct str rest = str_from(core, n + 1);
	*minute = 0;
	if (rest.len && !is_digit(rest.at[rest.len - 1]))
		rest.len--; /* the minutes' own sign */
	bool right = rest.len == 2 ? digits(rest) == 2 && str_int(rest, minute)
				   : rest.len == 0 && sign != ':' && core.len == n + 1;
	return right && (sign == 'h' || sign == 'g' || sign == ':') && *hour <= 24 && *minute < 60;
}

static bool say_time(struct voice *v, struct str core)
{
	int64_t hour, minute;
	if (!is_time(core, &hour, &minute))
		return false;
	say_int(v, hour);
	say(v, S("giờ"));
	if (minute) {
		say_int(v, minute);
		say(v, S("phút"));
	}
	return true;
}

/* ---- Signs of documents ---- */

/* "34/2007/PL-UBTVQH11" -> "số ba mươi tư năm 2007 của Ủy ban Thường vụ Quốc hội khóa mười một" */
static bool say_document(struct voice *v, struct str core)
{
	struct str sign = core, number, year, issuer = S(""), words;
	int64_t n, y = 0;
	if (!str_next(&sign, '/', &number) || !sign.len || !str_int(number, &n) || n < 0)
		return false;
	if (digits(sign) == 4 && sign.len > 5 && sign.at[4] == '/' && str_next(&sign, '/', &year) &&
	    !str_int(year, &y))
		return false;
	if (!sign.len || sign.at[0] < 'A' || (sign.at[0] > 'Z' && (uint8_t)sign.at[0] < 0xC3) ||
	    !str_has(sign, S("-")))
		return false;
	for (struct str rest = sign; str_next(&rest, '-', &issuer);)
		;
	if (v->before.len && !str_eq(v->before, S("số")))
		say(v, S("số"));
	say_int(v, n);
	if (y) {
		say(v, S("năm"));
		say_digits(v, y);
	}
	if (issuer_words(v->a, issuer, &words)) {
		say(v, S("của"));
		say(v, words);
	}
	return true;
}

/* ---- Numbers ---- */

/* Groups of three behind `sign`: "850.000" gives its length, "3.14" gives 0. */
static size_t grouped(struct str s, char sign)
{
	size_t n = digits(s);
	if (n < 1 || n > 3)
		return 0;
	size_t groups = 0;
	while (n < s.len && s.at[n] == sign && digits(str_from(s, n + 1)) == 3) {
		n += 4;
		groups++;
	}
	bool more = n + 1 < s.len && s.at[n] == sign && is_digit(s.at[n + 1]);
	return groups && !more && s.at[0] != '0' ? n : 0;
}

static struct str only_digits(struct arena *a, struct str s)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < s.len; i++)
		if (is_digit(s.at[i]))
			buf_putc(&b, s.at[i]);
	return buf_str(&b);
}

/* "5" "năm", "75" "bảy mươi lăm", but "05" "không năm": as decimals are heard. */
static struct str decimal_words(struct arena *a, struct str s)
{
	int64_t n;
	if (s.at[0] == '0' || s.len > 3 || !str_int(s, &n))
		return digit_words(a, s);
	return number_words(a, n);
}

static struct str whole_words(struct arena *a, struct str s)
{
	int64_t n;
	bool code = s.len > 2 && s.at[0] == '0';
	return code || !str_int(s, &n) ? digit_words(a, s) : number_words(a, n);
}

bool number_at(struct arena *a, struct str core, struct str *words, struct str *rest)
{
	size_t n = digits(core), dots = grouped(core, '.'), commas = grouped(core, ',');
	if (!n)
		return false;
	if (core.at[0] == '0' && n < core.len && n > 1 && core.at[n] == '.') {
		*words = digit_words(a, core); /* a telephone number: 0229.3871.234 */
		*rest = S("");
		return digits(only_digits(a, core)) + 4 > core.len;
	}
	if (!dots && commas > n + 4) /* 1,234,567 as some programs write it; 1,234 is a decimal */
		dots = commas;
	size_t end = dots ? dots : n;
	*words = whole_words(a, only_digits(a, str_cut(core, end)));
	*rest = str_from(core, end);
	while (rest->len > 1 && (rest->at[0] == ',' || rest->at[0] == '.') &&
	       is_digit(rest->at[1])) {
		bool comma = rest->at[0] == ',';
		struct str part = str_cut(str_from(*rest, 1), digits(str_from(*rest, 1)));
		struct str read = comma ? decimal_words(a, part) : whole_words(a, part);
		*words = str_printf(a, "%.*s %s %.*s", STR_ARG(*words), comma ? "phẩy" : "chấm",
				    STR_ARG(read));
		*rest = str_from(*rest, part.len + 1);
	}
	return true;
}

/* "2 lần/năm": words that stand behind "mỗi" without being units themselves. */
static bool is_counted_by(struct str core)
{
	struct str each = core, counted;
	return str_next(&each, '/', &counted) && counted.len &&
	       ONE_OF(each, "năm", "quý", "tháng", "tuần", "ngày", "giờ", "lần", "người", "hộ",
		      "sào");
}

bool say_unit(struct voice *v, struct str core)
{
	struct str rest = core, part, words;
	if (!str_next(&rest, '/', &part))
		return false;
	if (unit_words(part, &words))
		say(v, words);
	else if (is_counted_by(core))
		say(v, audible(v, part));
	else
		return false;
	while (str_next(&rest, '/', &part)) {
		if (!part.len)
			continue;
		say(v, S("mỗi"));
		say(v, unit_words(part, &words) ? words : audible(v, part));
	}
	return true;
}

/* "2/3" -> "hai phần ba"; "25/30" -> "hai mươi lăm trên ba mươi"; "2020/2021" -> "2020 đến 2021" */
static bool say_share(struct voice *v, struct str core)
{
	int64_t x, y;
	if (!is_pair(core, &x, &y))
		return false;
	if (is_year(x) && is_year(y)) {
		say(v, str_printf(v->a, "%d đến %d", (int)x, (int)y));
		return true;
	}
	bool part = x > 0 && x < y && y <= 10;
	say_int(v, x);
	say(v, part ? S("phần") : S("trên"));
	if (part && y == 4)
		say(v, S("tư"));
	else
		say_int(v, y);
	v->behind_number = true;
	return true;
}

static bool say_ordinal(struct voice *v, struct str core)
{
	if (!str_eq(v->before, S("thứ")))
		return false;
	if (str_eq(core, S("1")) || str_eq(core, S("I")))
		say(v, S("nhất"));
	else if (str_eq(core, S("4")) || str_eq(core, S("IV")))
		say(v, S("tư"));
	else
		return false;
	return true;
}

static bool say_number(struct voice *v, struct str core)
{
	struct str words, rest, unit;
	if (v->dialing && digits(core) == core.len) {
		say(v, digit_words(v->a, core));
		return true;
	}
	if (say_share(v, core))
		return true;
	if (!number_at(v->a, core, &words, &rest))
		return false;
	bool letter = rest.len == 1 && ((rest.at[0] | 0x20) >= 'a' && (rest.at[0] | 0x20) <= 'z');
	struct str first = rest, head;
	bool measured = str_next(&first, '/', &head) && unit_words(head, &unit);
	if (rest.len && !letter && !measured)
		return false;
	say(v, words);
	if (measured)
		say_unit(v, rest);
	else
		say(v, rest);
	v->dialing = !rest.len && core.at[0] == '0' && core.len > 2 && digits(core) == core.len;
	v->behind_number = !rest.len;
	return true;
}

static bool say_single(struct voice *v, struct str core)
{
	return say_full_date(v, core) || say_part_of_date(v, core) || say_time(v, core) ||
	       say_document(v, core) || say_ordinal(v, core) || say_number(v, core);
}

/* Both ends of a range must be readable, or the dash is no "đến": a house number, a code. */
static bool is_range_end(struct voice *v, struct str s)
{
	struct str words, rest, unit;
	struct date d;
	int64_t x, y;
	if (date_parse_any(s, &d) || is_time(s, &x, &y) || is_pair(s, &x, &y))
		return true;
	return number_at(v->a, s, &words, &rest) && (!rest.len || unit_words(rest, &unit));
}

static bool say_range(struct voice *v, struct str core)
{
	size_t dash = 0, width = 0;
	for (size_t i = 1; i < core.len && !width; i++) {
		dash = i;
		width = core.at[i] == '-' ? 1 : str_starts(str_from(core, i), S("–")) ? 3 : 0;
	}
	struct str from = str_cut(core, dash), to = str_from(core, dash + width);
	struct date d;
	int64_t day, x, y;
	if (!width || !is_range_end(v, from) || !is_range_end(v, to))
		return false;
	bool days = digits(from) == from.len && str_int(from, &day) && day >= 1 && day <= 31 &&
		    (date_parse_any(to, &d) || (ONE_OF(v->before, "ngày") && is_pair(to, &x, &y)));
	bool years = str_int(from, &x) && str_int(to, &y) && is_year(x) && is_year(y);
	if (days) {
		say_day_word(v);
		say_digits(v, day);
		v->before = S("");
	} else if (years) {
		say_digits(v, x);
	} else if (!say_single(v, from)) {
		return false;
	}
	say(v, S("đến"));
	if (years) {
		say_digits(v, y);
		return true;
	}
	if (days && !date_parse_any(to, &d)) {
		say(v, S("ngày"));
		v->before = S("ngày");
	}
	return say_single(v, to);
}

static bool say_numeral(struct voice *v, struct str core)
{
	int64_t n, year;
	struct str rest = core, left;
	bool behind = ONE_OF(v->before, "quý", "chương", "khóa", "khoá", "phần", "mục", "kỳ", "thứ",
			     "loại", "hạng", "cấp", "điều", "lục", "lần", "hội");
	if (behind && str_next(&rest, '/', &left) && roman_number(left, &n) && str_int(rest, &year))
		return say_month_of_year(v, n, year);
	if (!behind || !roman_number(core, &n))
		return false;
	say_int(v, n);
	return true;
}

bool say_with_digits(struct voice *v, struct str core)
{
	return say_single(v, core) || say_range(v, core) || say_numeral(v, core);
}
