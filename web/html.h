/* Writing HTML. Pages are templates (tools/tmplc) and call these; nothing else should need to.
 *
 * Plain text is `struct str` and is escaped wherever it is written. Two structs carry promises in
 * their type: only web/html.c, the Markdown cleaner and web/qr.c make a struct html, only web/url.c
 * makes a struct url. */
#pragma once

#include "base/msg.h"
#include "gen/messages.h"

#include <string.h>

/* Markup that is safe and complete as it stands: every element it opens it closes. */
struct html {
	struct str s;
};

/* An address that leads where a link of ours may lead: its scheme and its signs are in order. */
struct url {
	struct str s;
};

/* The page being written, and the language of its reader. Begin with `{ .body = { .a = arena } }`. */
struct page {
	struct buf body;
	enum lang lang;
	size_t message_at; /* where html_msg_begin was called */
	uint64_t icons;    /* drawn so far, by bit: web/icon.h */
};

/* Markup from a template, as it stands. Here so that the copy of a literal is inlined. */
static inline void html_raw(struct page *out, const char *markup, size_t len)
{
	struct buf *b = &out->body;
	if (!len)
		return;
	if (b->cap - b->len < len)
		buf_reserve(b, len);
	memcpy(b->at + b->len, markup, len);
	b->len += len;
}

/* clang-format 14 cannot lay out _Generic. */
/* clang-format off */

/* A value between tags: text is escaped and broken UTF-8 becomes U+FFFD; numbers are grouped and
 * dates are short, as the page's language writes them (4.360; 25/11/2026; 25/11/2026, 17:00); a date
 * that is not set writes nothing. Other types, bool and enum among them, do not compile. */
#define html_text(out, v)                    \
	_Generic((v),                        \
		struct str: html_text_bars,  \
		struct html: html_text_html, \
		int: html_text_int,          \
		int64_t: html_text_int,      \
		uint64_t: html_text_size,    \
		struct date: html_text_date, \
		struct instant: html_text_instant)((out), (v))

/* As html_text without struct html: inside <title>. */
#define html_plain(out, v)                   \
	_Generic((v),                        \
		struct str: html_text_str,   \
		int: html_text_int,          \
		int64_t: html_text_int,      \
		uint64_t: html_text_size,    \
		struct date: html_text_date, \
		struct instant: html_text_instant)((out), (v))

/* A value inside a quoted attribute or <textarea>: as machines read it. Plain digits, 2026-11-25,
 * 2026-11-25T17:00+07:00. */
#define html_attr(out, v)                    \
	_Generic((v),                        \
		struct str: html_text_str,   \
		int: html_attr_int,          \
		int64_t: html_attr_int,      \
		uint64_t: html_attr_size,    \
		struct date: html_attr_date, \
		struct instant: html_attr_instant)((out), (v))

/* clang-format on */

/* The address in href, src, action and their like; the only value they accept. */
void html_url(struct page *out, struct url v);

/* A message without arguments, escaped; MSG_NONE writes nothing. */
void html_msg(struct page *out, enum msg msg);
/* Around a message with arguments: it writes plain text to the buffer, html_msg_end escapes it.
 *     msg_topic_closes(html_msg_begin(out), out->lang, when); html_msg_end(out); */
struct buf *html_msg_begin(struct page *out);
void html_msg_end(struct page *out);

/* The escaped form of a text, as a value of its own. */
struct html html_of(struct arena *a, struct str text);

void html_text_str(struct page *out, struct str v);
/* The same with what was redacted (office/mask.h) as a bar that is also said aloud. */
void html_text_bars(struct page *out, struct str v);
void html_text_html(struct page *out, struct html v);
void html_text_int(struct page *out, int64_t v);
void html_text_size(struct page *out, uint64_t v);
void html_text_date(struct page *out, struct date v);
void html_text_instant(struct page *out, struct instant v);
void html_attr_int(struct page *out, int64_t v);
void html_attr_size(struct page *out, uint64_t v);
void html_attr_date(struct page *out, struct date v);
void html_attr_instant(struct page *out, struct instant v);
