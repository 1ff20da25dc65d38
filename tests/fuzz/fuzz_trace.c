/* Any text searched for traces of a person, read as sources and as captions: what is found lies inside
 * the text, and a code that was read is its own canonical form. */
#include "base/encode.h"
#include "modules/know/article.h"
#include "modules/know/sources.h"
#include "office/trace.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static void inside(struct str text, struct str part)
{
	insist(!part.len || (part.at >= text.at && part.at + part.len <= text.at + text.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct str text = { (const char *)data, len }, piece = S("");
	enum trace found = trace_find(text, &piece);
	inside(text, piece);
	insist((found != TRACE_NONE) == (piece.len > 0));

	struct sources all = sources_read(a, text);
	insist(all.n <= SOURCES_MOST);
	for (size_t i = 0; i < all.n; i++) {
		struct str code;
		inside(text, all.at[i].words);
		inside(text, all.at[i].address);
		insist(!all.at[i].code.len ||
		       (code_read(a, all.at[i].code, &code) && str_eq(code, all.at[i].code)));
		insist(all.at[i].code.len || all.at[i].words.len || all.at[i].address.len);
	}
	for (size_t i = 0; i < 4; i++) {
		struct caption c = article_caption(text, i);
		inside(text, c.shows);
		inside(text, c.credit);
	}
	arena_free(a);
	return 0;
}
