/* Any text as the names of units a document asks: each name lies inside the text, has no blanks around
 * it, stands once, and there are never more than the bound. */
#include "modules/know/targets.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct str text = { (const char *)data, len };
	bool more;
	struct strs names = targets_read(a, text, &more);
	insist(names.n <= NAMES_MOST);
	insist(!more || names.n == NAMES_MOST);
	for (size_t i = 0; i < names.n; i++) {
		struct str name = names.at[i];
		insist(name.len && name.at >= text.at && name.at + name.len <= text.at + text.len);
		insist(str_eq(str_trim(name), name));
		for (size_t k = 0; k < name.len; k++)
			insist(name.at[k] != '\n' && name.at[k] != ';');
		for (size_t k = 0; k < i; k++)
			insist(!str_eq(names.at[k], name));
	}
	arena_free(a);
	return 0;
}
