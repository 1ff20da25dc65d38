/* The words of a comment: cleaning is done once and for all, counts never grow by it, and rules neither
 * read too far nor depend on how the same text is spelled. */
#include "base/utf8.h"
#include "office/comment_text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(0);
	struct str typed = { (const char *)data, size };
	struct comment_past past = { .shown = true };
	struct str text = comment_clean(a, typed), name = comment_clean_name(a, typed);
	if (!utf8_valid(text) || !utf8_valid(name) || !str_eq(comment_clean(a, text), text) ||
	    !str_eq(comment_clean_name(a, name), name) ||
	    utf8_length(a, text) > utf8_length(a, typed))
		abort();
	for (size_t i = 0; i < name.len; i++)
		if (name.at[i] == '\n')
			abort();
	unsigned why = comment_why(a, S(""), text, &past);
	if (why != comment_why(a, S(""), utf8_nfc(a, text), &past) ||
	    (why & ~(unsigned)(COMMENT_WHY_LINK | COMMENT_WHY_CONTACT)) ||
	    (text.len && !comment_same(a, text, text)))
		abort();
	arena_free(a);
	return 0;
}
