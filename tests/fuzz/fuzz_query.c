/* Canonical paths and queries are their own canonical, and what is canonical can be read. */
#include "web/query.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char once[QUERY_MAX], twice[QUERY_MAX];
	struct str raw = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct pairs pairs;
	int n = query_canonical(raw, once, sizeof once);
	if (n >= 0 &&
	    (query_canonical((struct str){ once, (size_t)n }, twice, sizeof twice) != n ||
	     !str_eq((struct str){ once, (size_t)n }, (struct str){ twice, (size_t)n }) ||
	     !pairs_parse(a, (struct str){ once, (size_t)n }, false, QUERY_PAIRS_MAX, &pairs)))
		abort();
	n = path_canonical(raw, once, sizeof once);
	if (n >= 0 && (path_canonical((struct str){ once, (size_t)n }, twice, sizeof twice) != n ||
		       !str_eq((struct str){ once, (size_t)n }, (struct str){ twice, (size_t)n })))
		abort();
	if (pairs_parse(a, raw, true, BODY_PAIRS_MAX, &pairs))
		for (size_t i = 0; i < pairs.n; i++)
			if (!pairs.at[i].name.len)
				abort();
	arena_free(a);
	return 0;
}
