/* Escaping copies runs: a table says which bytes need a look, everything between them is one copy.
 * The same five entities serve text and double-quoted attributes, so no caller has to choose. */
#include "web/html.h"

#include "office/mask.h"

#include <inttypes.h>

/* 0: copy. 1: replace by an entity. 2: begins a UTF-8 sequence, or should have. */
static const unsigned char look[256] = {
	['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1, [0] = 2, [0x80 ... 0xff] = 2,
};

/* The length of the well-formed sequence at the beginning of `s`, 0 when it is broken (Unicode 15,
 * table 3-7). */
static size_t sequence(const unsigned char *s, size_t len)
{
	unsigned char c = s[0];
	size_t n = c >= 0xc2 && c <= 0xdf   ? 2
		   : c >= 0xe0 && c <= 0xef ? 3
		   : c >= 0xf0 && c <= 0xf4 ? 4
					    : 0;
	if (!n || n > len)
		return 0;
	unsigned char least = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
	unsigned char most = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (s[1] < least || s[1] > most)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static struct str entity(char c)
{
	switch (c) {
	case '&':
		return S("&amp;");
	case '<':
		return S("&lt;");
	case '>':
		return S("&gt;");
	case '"':
		return S("&quot;");
	default:
		return S("&#39;");
	}
}

/* How many bytes may be copied as they stand. */
static size_t clean(struct str v)
{
	const unsigned char *s = (const unsigned char *)v.at;
	size_t i = 0, n;
	while (i < v.len) {
		if (!look[s[i]])
			i++;
		else if (look[s[i]] == 2 && (n = sequence(s + i, v.len - i)))
			i += n;
		else
			break;
	}
	return i;
}

static void put_escaped(struct buf *out, struct str v)
{
	for (;;) {
		size_t n = clean(v);
		buf_put_bytes(out, v.at, n);
		if (n == v.len)
			return;
		buf_put(out,
			look[(unsigned char)v.at[n]] == 1 ? entity(v.at[n]) : S("\xef\xbf\xbd"));
		v = str_from(v, n + 1);
	}
}

void html_text_str(struct page *out, struct str v)
{
	put_escaped(&out->body, v);
}

static void put_bars(struct buf *out, struct str v)
{
	for (size_t at; (at = mask_find(v)) < v.len; v = str_from(v, at + S(MASK_BAR).len)) {
		put_escaped(out, str_cut(v, at));
		buf_put(out, S("<span class=\"che\" lang=\"vi\" role=\"img\" aria-label=\""));
		put_escaped(out, msg_plain(LANG_VI, MSG_REDACTION_BAR));
		buf_put(out, S("\">" MASK_BAR "</span>"));
	}
	put_escaped(out, v);
}

void html_text_bars(struct page *out, struct str v)
{
	put_bars(&out->body, v);
}

void html_text_html(struct page *out, struct html v)
{
	buf_put(&out->body, v.s);
}

void html_text_int(struct page *out, int64_t v)
{
	lang_put_int(&out->body, out->lang, v);
}

void html_text_size(struct page *out, uint64_t v)
{
	lang_put_int(&out->body, out->lang, v > INT64_MAX ? INT64_MAX : (int64_t)v);
}

void html_text_date(struct page *out, struct date v)
{
	lang_put_date(&out->body, out->lang, v);
}

void html_text_instant(struct page *out, struct instant v)
{
	lang_put_instant(&out->body, out->lang, v);
}

void html_attr_int(struct page *out, int64_t v)
{
	buf_put_int(&out->body, v);
}

void html_attr_size(struct page *out, uint64_t v)
{
	if (v > INT64_MAX)
		buf_printf(&out->body, "%" PRIu64, v);
	else
		buf_put_int(&out->body, (int64_t)v);
}

void html_attr_date(struct page *out, struct date v)
{
	buf_put_date(&out->body, v);
}

void html_attr_instant(struct page *out, struct instant v)
{
	buf_put_date(&out->body, instant_date(v));
	buf_putc(&out->body, 'T');
	lang_put_hour(&out->body, v);
	buf_put(&out->body, S("+07:00"));
}

void html_url(struct page *out, struct url v)
{
	put_escaped(&out->body, v.s);
}

void html_msg(struct page *out, enum msg msg)
{
	put_escaped(&out->body, msg_plain(out->lang, msg));
}

struct buf *html_msg_begin(struct page *out)
{
	out->message_at = out->body.len;
	return &out->body;
}

void html_msg_end(struct page *out)
{
	struct str written = str_from(buf_str(&out->body), out->message_at);
	if (clean(written) == written.len)
		return;
	struct str copy = str_dup(out->body.a, written);
	out->body.len = out->message_at;
	put_escaped(&out->body, copy);
}

struct html html_of(struct arena *a, struct str text)
{
	struct buf b = { .a = a };
	put_bars(&b, text);
	return (struct html){ buf_str(&b) };
}
