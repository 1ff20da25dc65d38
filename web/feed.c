/* What people wrote may hold signs that XML has no place for; they are left out. */
#include "web/feed.h"

static void put_text(struct buf *b, struct str text)
{
	struct str s = html_of(b->a, text).s;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		bool none = i + 2 < s.len && c == 0xEF && (unsigned char)s.at[i + 1] == 0xBF &&
			    (unsigned char)s.at[i + 2] >= 0xBE;
		if (none)
			i += 2;
		else if (c >= 0x20 || c == '\n' || c == '\t')
			buf_putc(b, s.at[i]);
	}
}

static void put(struct buf *b, const char *tag, struct str text)
{
	buf_printf(b, "<%s>", tag);
	put_text(b, text);
	buf_printf(b, "</%s>\n", tag);
}

void feed_begin(struct req *r, struct buf *b, struct str title, struct instant newest)
{
	buf_put(b, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		     "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"));
	put(b, "title", title);
	put(b, "id", req_absolute(r, (struct url){ r->address }).s);
	put(b, "updated", instant_iso(r->mem, newest));
}

void feed_put(struct req *r, struct buf *b, const struct feed_entry *entry)
{
	struct str link = req_absolute(r, entry->link).s;
	buf_put(b, S("<entry>\n"));
	put(b, "title", entry->title);
	put(b, "id", entry->id.len ? entry->id : link);
	buf_put(b, S("<link href=\""));
	put_text(b, link);
	buf_put(b, S("\"/>\n"));
	put(b, "updated", instant_iso(r->mem, entry->at));
	if (entry->summary.len)
		put(b, "summary", entry->summary);
	buf_put(b, S("<author>"));
	put(b, "name", entry->author);
	buf_put(b, S("</author>\n</entry>\n"));
}

enum err feed_end(struct req *r, struct buf *b)
{
	buf_put(b, S("</feed>\n"));
	return req_bytes(r, S("application/atom+xml; charset=utf-8"), buf_str(b));
}
