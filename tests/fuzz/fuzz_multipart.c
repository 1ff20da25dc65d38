/* A multipart body reads the same in one piece and in pieces of one byte. */
#include "web/multipart.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool begin(void *to, const struct part *part)
{
	struct buf *b = to;
	buf_printf(b, "[%.*s|%.*s|%.*s]", STR_ARG(part->name), STR_ARG(part->filename),
		   STR_ARG(part->type));
	return true;
}

static bool data_comes(void *to, struct str bytes)
{
	buf_put(to, bytes);
	return true;
}

static bool end(void *to)
{
	buf_putc(to, ';');
	return true;
}

static const struct multipart_sink sink = { begin, data_comes, end };

static bool read_all(struct arena *a, struct str text, size_t step, struct buf *out)
{
	struct multipart *m = multipart_new(a, S("b"), &sink, out);
	for (; text.len; text = str_from(text, step))
		if (!multipart_feed(m, str_cut(text, step)))
			return false;
	return multipart_end(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct buf whole = { .a = a }, pieces = { .a = a };
	struct str text = { (const char *)data, len }, boundary;
	bool good = read_all(a, text, len + 1, &whole);
	if (good != read_all(a, text, 1, &pieces))
		abort();
	if (good && !str_eq(buf_str(&whole), buf_str(&pieces)))
		abort();
	if (multipart_boundary(text, &boundary) && (!boundary.len || boundary.len > 70))
		abort();
	arena_free(a);
	return 0;
}
