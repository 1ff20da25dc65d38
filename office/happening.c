#include "office/happening.h"

#include "base/utf8.h"
#include "gen/messages.h"

static bool number(struct str *rest, int most, int *out)
{
	size_t n = 0;
	int value = 0;
	while (n < rest->len && n < 2 && rest->at[n] >= '0' && rest->at[n] <= '9')
		value = value * 10 + (rest->at[n++] - '0');
	if (!n || value > most)
		return false;
	*rest = str_from(*rest, n);
	*out = value;
	return true;
}

/* Folded, "8 giờ 30 phút chiều" is "8 gio 30 phut chieu". */
int happening_hour(struct arena *a, struct str text)
{
	static const struct str marks[] = { S_INIT(":"), S_INIT("h"), S_INIT("g"), S_INIT("gio") };
	struct str rest = str_trim(utf8_fold(a, text));
	int hour, minute = 0;
	size_t mark = LENGTH(marks);
	if (!number(&rest, 23, &hour))
		return -1;
	struct str after = str_trim(rest);
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (str_starts(after, marks[i]))
			mark = i; /* "gio" after "g" */
	if (mark == LENGTH(marks))
		return -1;
	rest = str_trim(str_from(after, marks[mark].len));
	if (!number(&rest, 59, &minute))
		minute = 0;
	if (hour < 12 && (str_has(rest, S("chieu")) || str_has(rest, S("toi"))))
		hour += 12;
	return hour * 60 + minute;
}

struct str happening_where(struct arena *a, enum lang lang, struct str place, bool online)
{
	struct buf b = { .a = a };
	if (!online)
		return place;
	msg_office_online_at(&b, lang, place);
	return buf_str(&b);
}
