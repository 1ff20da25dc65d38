/* Headers are encoded words of RFC 2047 wherever they are more than plain ASCII, the text is
 * quoted-printable: both are 76 signs a line at most, so that no server on the way has a reason to touch
 * them. */
#include "base/mail.h"

#include "base/encode.h"

enum { LINE_MOST = 76, WORD_BYTES = 39, LOCAL_MOST = 64, PLAIN_MOST = 60, LABEL_MOST = 63 };

/* --- Addresses --- */

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5321's dot-string, without what only quoting would allow. */
static bool is_local(struct str s)
{
	if (!s.len || s.len > LOCAL_MOST || s.at[0] == '.' || s.at[s.len - 1] == '.' ||
	    str_has(s, S("..")))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_letter_or_digit(s.at[i]) &&
		    !str_has(S("!#$%&'*+-/=?^_`{|}~."), (struct str){ &s.at[i], 1 }))
			return false;
	return s.at[0] != '-'; /* no server takes it for an option */
}

static bool is_domain(struct str s)
{
	struct str rest = s, label;
	size_t labels = 0;
	while (str_next(&rest, '.', &label)) {
		if (!label.len || label.len > LABEL_MOST || label.at[0] == '-' ||
		    label.at[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++)
			if (!is_letter_or_digit(label.at[i]) && label.at[i] != '-')
				return false;
		labels++;
	}
	return labels >= 2 || str_eq(s, S("localhost"));
}

bool mail_address_ok(struct str s)
{
	struct str domain = s, local;
	return s.len <= MAIL_ADDRESS_MOST && str_next(&domain, '@', &local) && domain.at &&
	       is_local(local) && is_domain(domain);
}

/* --- Headers --- */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < 0x20 || s.at[i] > 0x7e)
			return false;
	return s.len <= PLAIN_MOST && !str_has(s, S("=?"));
}

/* At most so many bytes, no sign cut in two. */
static size_t whole_signs(struct str s, size_t most)
{
	size_t n = s.len < most ? s.len : most;
	while (n > 0 && n < s.len && ((unsigned char)s.at[n] & 0xc0) == 0x80)
		n--;
	return n ? n : s.len < most ? s.len : most; /* no UTF-8 */
}

/* One line whatever it holds. */
static struct str as_line(struct arena *a, struct str s)
{
	char *at = str_z(a, s);
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)at[i] < 0x20 || at[i] == 0x7f)
			at[i] = ' ';
	return str_trim((struct str){ at, s.len });
}

static void put_words(struct buf *b, struct str typed)
{
	struct str s = as_line(b->a, typed);
	if (is_plain(s)) {
		buf_put(b, s);
		return;
	}
	for (bool first = true; s.len; first = false) {
		size_t n = whole_signs(s, WORD_BYTES);
		buf_put(b, first ? S("=?UTF-8?B?") : S("\r\n =?UTF-8?B?"));
		buf_put_base64(b, s.at, n);
		buf_put(b, S("?="));
		s = str_from(s, n);
	}
}

/* A name that is plain still has to be quoted: it may hold a comma or a bracket. */
static void put_sender(struct buf *b, const struct mail *m)
{
	struct str name = as_line(b->a, m->from_name);
	buf_put(b, S("From: "));
	if (!name.len) {
		buf_put(b, m->from);
	} else if (is_plain(name)) {
		buf_putc(b, '"');
		for (size_t i = 0; i < name.len; i++) {
			if (name.at[i] == '"' || name.at[i] == '\\')
				buf_putc(b, '\\');
			buf_putc(b, name.at[i]);
		}
		buf_printf(b, "\"\r\n <%.*s>", STR_ARG(m->from));
	} else {
		put_words(b, name);
		buf_printf(b, "\r\n <%.*s>", STR_ARG(m->from));
	}
	buf_put(b, S("\r\n"));
}

static void put_date(struct buf *b, struct instant at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct date day = instant_date(at);
	struct ymd d = date_ymd(day);
	int minutes = instant_minutes(at);
	buf_printf(b, "Date: %s, %02d %s %04d %02d:%02d:%02d +0700\r\n", days[date_weekday(day)],
		   d.day, months[d.month - 1], d.year, minutes / 60, minutes % 60,
		   (int)(at.ms / 1000 % 60));
}

/* --- Text --- */

/* What a line must not begin with, lest a server take it for its own. */
static bool begins_badly(struct str line)
{
	return line.len && (line.at[0] == '.' || str_starts(line, S("From ")));
}

static void put_text_line(struct buf *b, struct str line)
{
	size_t column = 0;
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.at[i];
		bool last = i + 1 == line.len;
		bool plain = c >= 0x20 && c <= 0x7e && c != '=' && !(last && c == ' ') &&
			     !(i == 0 && begins_badly(line));
		size_t need = plain ? 1 : 3;
		if (column + need > LINE_MOST - 1) {
			buf_put(b, S("=\r\n"));
			column = 0;
		}
		/* A line that goes on may not begin badly either. */
		if (plain && column == 0 && i > 0 && (c == '.' || c == 'F')) {
			plain = false;
			need = 3;
		}
		if (plain)
			buf_putc(b, (char)c);
		else
			buf_printf(b, "=%02X", c);
		column += need;
	}
	buf_put(b, S("\r\n"));
}

static void put_text(struct buf *b, struct str text)
{
	for (struct str rest = text, line; str_next(&rest, '\n', &line);) {
		if (line.len && line.at[line.len - 1] == '\r')
			line.len--;
		if (line.len || rest.at)
			put_text_line(b, line);
	}
}

/* --- The whole --- */

static bool is_link(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] <= 0x20 || s.at[i] > 0x7e || s.at[i] == '<' || s.at[i] == '>')
			return false;
	return true;
}

bool mail_write(struct buf *b, const struct mail *m)
{
	if (!mail_address_ok(m->from) || !mail_address_ok(m->to) || !mail_address_ok(m->id) ||
	    !is_link(m->unsubscribe))
		return false;
	put_date(b, m->date);
	put_sender(b, m);
	buf_printf(b, "To: <%.*s>\r\nMessage-ID: <%.*s>\r\nSubject: ", STR_ARG(m->to),
		   STR_ARG(m->id));
	put_words(b, m->subject);
	/* RFC 3834: nobody's absence answers it. */
	buf_put(b, S("\r\nAuto-Submitted: auto-generated\r\n"));
	/* RFC 8058: one press in the mail program, without a page. */
	if (m->unsubscribe.len)
		buf_printf(b,
			   "List-Unsubscribe: <%.*s>\r\n"
			   "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
			   STR_ARG(m->unsubscribe));
	buf_put(b, S("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
		     "Content-Transfer-Encoding: quoted-printable\r\n\r\n"));
	put_text(b, m->text);
	return true;
}
