#include "base/ical.h"

#define ZONE "Asia/Ho_Chi_Minh"
enum { LINE_BYTES = 75 };

/* A whole line, folded: what goes on begins with a space, which counts. */
static void put_line(struct buf *out, struct str line)
{
	size_t room = LINE_BYTES;
	while (line.len > room) {
		size_t n = room;
		while (n > 1 && ((unsigned char)line.at[n] & 0xc0) == 0x80)
			n--;
		buf_put_bytes(out, line.at, n);
		buf_put(out, S("\r\n "));
		line = str_from(line, n);
		room = LINE_BYTES - 1;
	}
	buf_put(out, line);
	buf_put(out, S("\r\n"));
}

static void put(struct buf *out, const char *name, struct str value)
{
	struct buf line = { .a = out->a };
	buf_printf(&line, "%s:", name);
	buf_put(&line, value);
	put_line(out, buf_str(&line));
}

/* Section 3.3.11; control characters have no place in it. */
static void put_text(struct buf *out, const char *name, struct str text)
{
	struct buf b = { .a = out->a };
	if (!text.len)
		return;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '\\' || c == ';' || c == ',')
			buf_putc(&b, '\\');
		if (c == '\n')
			buf_put(&b, S("\\n"));
		else if ((unsigned char)c >= 0x20 && c != 0x7f)
			buf_putc(&b, c);
	}
	put(out, name, buf_str(&b));
}

/* An address holds no line break and nothing to escape; what has one is none. */
static void put_url(struct buf *out, struct str url)
{
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.at[i] <= 0x20)
			return;
	if (url.len)
		put(out, "URL", url);
}

static void put_utc(struct buf *out, const char *name, struct instant t)
{
	int64_t seconds = t.ms / 1000;
	struct ymd d = date_ymd((struct date){ (int32_t)(seconds / 86400) });
	int of_day = (int)(seconds % 86400);
	put(out, name,
	    str_printf(out->a, "%04d%02d%02dT%02d%02d%02dZ", d.year, d.month, d.day, of_day / 3600,
		       of_day / 60 % 60, of_day % 60));
}

static void put_when(struct buf *out, const char *name, struct date day, int minutes)
{
	struct ymd d = date_ymd(day);
	if (minutes < 0)
		put(out, str_z(out->a, str_printf(out->a, "%s;VALUE=DATE", name)),
		    str_printf(out->a, "%04d%02d%02d", d.year, d.month, d.day));
	else
		put(out, str_z(out->a, str_printf(out->a, "%s;TZID=" ZONE, name)),
		    str_printf(out->a, "%04d%02d%02dT%02d%02d00", d.year, d.month, d.day,
			       minutes / 60, minutes % 60));
}

void ical_begin(struct buf *out, struct str name)
{
	buf_put(out, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		       "PRODID:-//dinh//dinh " DINH_VERSION "//VI\r\n"
		       "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"));
	put_text(out, "X-WR-CALNAME", name);
	buf_put(out, S("X-WR-TIMEZONE:" ZONE "\r\n"
		       "BEGIN:VTIMEZONE\r\nTZID:" ZONE "\r\n"
		       "BEGIN:STANDARD\r\nDTSTART:19760101T000000\r\nTZNAME:+07\r\n"
		       "TZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\n"
		       "END:VTIMEZONE\r\n"));
}

void ical_put(struct buf *out, const struct ical_event *e)
{
	buf_put(out, S("BEGIN:VEVENT\r\n"));
	put_text(out, "UID", e->uid);
	put_utc(out, "DTSTAMP", e->changed);
	put_utc(out, "LAST-MODIFIED", e->changed);
	put(out, "SEQUENCE", str_printf(out->a, "%d", e->sequence));
	put(out, "STATUS", e->off ? S("CANCELLED") : S("CONFIRMED"));
	put_when(out, "DTSTART", e->day, e->from);
	if (e->from >= 0 && e->to > e->from)
		put_when(out, "DTEND", e->day, e->to);
	put_text(out, "SUMMARY", e->summary);
	put_text(out, "LOCATION", e->place);
	put_text(out, "DESCRIPTION", e->about);
	put_url(out, e->url);
	buf_put(out, S("TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"));
}

void ical_end(struct buf *out)
{
	buf_put(out, S("END:VCALENDAR\r\n"));
}
