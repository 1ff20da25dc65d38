/* Unread bytes wait in one small buffer. Before the first delimiter stands an imagined line break,
 * so that a delimiter always is CR LF "--" boundary, wherever it stands. */
#include "web/multipart.h"

#include "base/utf8.h"

#include <string.h>

enum { HOLD_MAX = 8192, HEAD_MAX = 4096, BOUNDARY_MAX = 70 };

enum state { START, DATA, AFTER_DELIMITER, HEAD, DONE, BROKEN };

struct multipart {
	struct arena *a;
	const struct multipart_sink *sink;
	void *to;
	enum state state;
	size_t delimiter_len, held;
	char delimiter[4 + BOUNDARY_MAX];
	char hold[HOLD_MAX];
	char names[2 * HEAD_MAX]; /* what the current part's strs borrow */
};

static bool equal_fold(struct str a, struct str b)
{
	return a.len == b.len && strncasecmp(a.at, b.at, a.len) == 0;
}

static bool is_token(char c)
{
	return c > ' ' && c < 0x7F && !strchr("()<>@,;:\\\"/[]?=", c);
}

/* One parameter after a header's value: `; name=token` or `; name="text"`. `text` is what stands
 * between the quotes, still escaped. false at the end or when it is none. */
static bool next_parameter(struct str *rest, struct str *name, struct str *text)
{
	struct str s = str_trim(*rest);
	size_t n = 0;
	if (!s.len || s.at[0] != ';')
		return false;
	s = str_trim(str_from(s, 1));
	while (n < s.len && (is_token(s.at[n])))
		n++;
	*name = str_cut(s, n);
	s = str_from(s, n);
	if (!n || !s.len || s.at[0] != '=')
		return false;
	s = str_from(s, 1);
	n = 0;
	if (s.len && s.at[0] == '"') {
		for (n = 1; n < s.len && s.at[n] != '"'; n++)
			n += s.at[n] == '\\' && n + 1 < s.len && s.at[n + 1] == '"';
		if (n >= s.len)
			return false;
		*text = (struct str){ s.at + 1, n - 1 };
		*rest = str_from(s, n + 1);
		return true;
	}
	while (n < s.len && is_token(s.at[n]))
		n++;
	*text = str_cut(s, n);
	*rest = str_from(s, n);
	return n > 0;
}

bool multipart_boundary(struct str content_type, struct str *out)
{
	static const struct str kind = S_INIT("multipart/form-data");
	struct str rest = str_trim(content_type), name, text;
	if (!equal_fold(str_cut(rest, kind.len), kind))
		return false;
	rest = str_from(rest, kind.len);
	while (next_parameter(&rest, &name, &text)) {
		if (!equal_fold(name, S("boundary")))
			continue;
		if (!text.len || text.len > BOUNDARY_MAX || text.at[text.len - 1] == ' ')
			return false;
		for (size_t i = 0; i < text.len; i++)
			if (text.at[i] < ' ' || text.at[i] > '~' ||
			    strchr("\"\\<>@[];", text.at[i]))
				return false;
		*out = text;
		return true;
	}
	return false;
}

struct multipart *multipart_new(struct arena *a, struct str boundary,
				const struct multipart_sink *sink, void *to)
{
	struct multipart *m = NEW(a, struct multipart);
	*m = (struct multipart){ .a = a, .sink = sink, .to = to };
	boundary = str_cut(boundary, BOUNDARY_MAX);
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary.at, boundary.len);
	m->delimiter_len = 4 + boundary.len;
	memcpy(m->hold, "\r\n", 2);
	m->held = 2;
	return m;
}

/* Browsers write %22, %0D and %0A inside names, older ones \" : the WHATWG form rules. */
static struct str unquote(struct str text, char *to)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_from(text, i);
		if (str_starts(rest, S("%22"))) {
			to[n++] = '"';
			i += 2;
		} else if (str_starts(rest, S("%0D")) || str_starts(rest, S("%0A"))) {
			to[n++] = ' ';
			i += 2;
		} else if (str_starts(rest, S("\\\""))) {
			to[n++] = '"';
			i++;
		} else {
			to[n++] = text.at[i];
		}
	}
	return (struct str){ to, n };
}

static bool is_text(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] < 0x20 || s.at[i] == 0x7F)
			return false;
	return utf8_valid(s);
}

static bool read_disposition(struct multipart *m, struct str value, struct part *part)
{
	static const struct str kind = S_INIT("form-data");
	struct str rest = str_trim(value), name, text;
	if (part->name.at || !equal_fold(str_cut(rest, kind.len), kind))
		return false;
	rest = str_from(rest, kind.len);
	while (next_parameter(&rest, &name, &text)) {
		bool is_name = equal_fold(name, S("name"));
		if (!is_name && !equal_fold(name, S("filename")))
			continue;
		if (is_name ? part->name.at != NULL : part->is_file)
			return false;
		struct str plain = unquote(text, m->names + (is_name ? 0 : HEAD_MAX));
		if (!is_text(plain))
			return false;
		if (is_name) {
			part->name = plain;
		} else {
			part->filename = plain;
			part->is_file = true;
		}
	}
	return !str_trim(rest).len && part->name.len > 0;
}

/* The lines between a delimiter and the content; `head` ends with the last line's CR LF. */
static bool read_head(struct multipart *m, struct str head, struct part *part)
{
	while (head.len) {
		const char *end = memmem(head.at, head.len, "\r\n", 2);
		if (!end)
			return false;
		struct str line = { head.at, (size_t)(end - head.at) }, rest = line, name;
		head = str_from(head, line.len + 2);
		if (!str_next(&rest, ':', &name) || !rest.at || !name.len || !is_text(line))
			return false;
		if (equal_fold(name, S("content-disposition"))) {
			if (!read_disposition(m, rest, part))
				return false;
		} else if (equal_fold(name, S("content-type"))) {
			part->type = str_trim(rest);
		}
	}
	return part->name.at != NULL;
}

static void drop(struct multipart *m, size_t n)
{
	memmove(m->hold, m->hold + n, m->held - n);
	m->held -= n;
}

static enum state on_start(struct multipart *m)
{
	if (m->held < m->delimiter_len)
		return memcmp(m->hold, m->delimiter, m->held) == 0 ? START : BROKEN;
	if (memcmp(m->hold, m->delimiter, m->delimiter_len) != 0)
		return BROKEN;
	drop(m, m->delimiter_len);
	return AFTER_DELIMITER;
}

static enum state on_data(struct multipart *m)
{
	const char *found = memmem(m->hold, m->held, m->delimiter, m->delimiter_len);
	size_t sure = found                         ? (size_t)(found - m->hold)
		      : m->held >= m->delimiter_len ? m->held - m->delimiter_len + 1
						    : 0;
	if (sure && !m->sink->data(m->to, (struct str){ m->hold, sure }))
		return BROKEN;
	drop(m, found ? sure + m->delimiter_len : sure);
	if (!found)
		return DATA;
	return m->sink->end(m->to) ? AFTER_DELIMITER : BROKEN;
}

static enum state on_delimiter(struct multipart *m)
{
	if (m->held < 2)
		return AFTER_DELIMITER;
	bool last = memcmp(m->hold, "--", 2) == 0;
	if (!last && memcmp(m->hold, "\r\n", 2) != 0)
		return BROKEN;
	drop(m, 2);
	return last ? DONE : HEAD;
}

static enum state on_head(struct multipart *m)
{
	struct part part = { .type = S("") };
	const char *end = memmem(m->hold, m->held, "\r\n\r\n", 4);
	if (!end)
		return m->held > HEAD_MAX ? BROKEN : HEAD;
	struct str head = { m->hold, (size_t)(end - m->hold) + 2 };
	if (head.len > HEAD_MAX || !read_head(m, head, &part) || !m->sink->begin(m->to, &part))
		return BROKEN;
	drop(m, head.len + 2);
	return DATA;
}

static enum state on_done(struct multipart *m)
{
	return m->held == 0 || (m->held <= 2 && memcmp(m->hold, "\r\n", m->held) == 0) ? DONE
										       : BROKEN;
}

bool multipart_feed(struct multipart *m, struct str bytes)
{
	static enum state (*const steps[])(struct multipart *) = {
		[START] = on_start, [DATA] = on_data, [AFTER_DELIMITER] = on_delimiter,
		[HEAD] = on_head,   [DONE] = on_done,
	};
	while (bytes.len && m->state != BROKEN) {
		size_t n = HOLD_MAX - m->held < bytes.len ? HOLD_MAX - m->held : bytes.len;
		memcpy(m->hold + m->held, bytes.at, n);
		m->held += n;
		bytes = str_from(bytes, n);
		for (enum state before = BROKEN; m->state != before && m->state != BROKEN;) {
			before = m->state;
			m->state = steps[m->state](m);
		}
	}
	return m->state != BROKEN;
}

bool multipart_end(const struct multipart *m)
{
	return m->state == DONE;
}
