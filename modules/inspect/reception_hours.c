/* When and where a reception is, its slots, and whether its hours are over. */
#include "modules/inspect/reception.h"

#include "office/happening.h"

bool reception_hour(struct str text, int *out)
{
	struct str rest = text, hours = S(""), minutes = S("");
	int64_t h, m;
	if (!str_next(&rest, ':', &hours) || !str_next(&rest, ':', &minutes) || rest.len ||
	    hours.len > 2 || !hours.len || minutes.len != 2 || !str_int(hours, &h) ||
	    !str_int(minutes, &m) || h < 0 || h > 23 || m < 0 || m > 59)
		return false;
	*out = (int)(h * 60 + m);
	return true;
}

struct str reception_hour_text(struct arena *a, int minutes)
{
	return str_printf(a, "%02d:%02d", minutes / 60, minutes % 60);
}

struct strs reception_slots(struct arena *a, const struct reception *x)
{
	struct strs out = { NEW_N(a, struct str, RECEPTION_SLOTS), 0 };
	int64_t every = 0;
	int from, to;
	if (!str_int(x->every, &every) || every < 1 || !reception_hour(x->opens, &from) ||
	    !reception_hour(x->closes, &to))
		return out;
	for (; from + every <= to && out.n < RECEPTION_SLOTS; from += (int)every)
		out.at[out.n++] = reception_hour_text(a, from);
	return out;
}

struct str reception_when(struct arena *a, enum lang lang, const struct reception *x)
{
	struct buf b = { .a = a };
	msg_reception_when(&b, lang, x->day, x->opens, x->closes);
	return buf_str(&b);
}

struct str reception_where(struct arena *a, enum lang lang, const struct reception *x)
{
	return happening_where(a, lang, x->place, x->online);
}

bool reception_is_over(const struct reception *x, struct instant now)
{
	int later = date_cmp(x->day, instant_date(now)), to;
	if (later || !reception_hour(x->closes, &to))
		return later < 0;
	return to <= instant_minutes(now);
}
