/* Whatever canonical path comes, the router answers, and its parameters are never empty. */
#include "web/route.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static enum err nothing(struct req *r)
{
	(void)r;
	return OK;
}

static const struct route table[] = {
	{ GET, "/", nothing, ANYONE, NULL },
	{ GET, "/a", nothing, ANYONE, NULL, .formats = FORMAT_CSV | FORMAT_ATOM },
	{ GET, "/a/{x}", nothing, ANYONE, NULL, .formats = FORMAT_JSON },
	{ GET, "/a/{x}/b/{y}", nothing, ANYONE, NULL },
	{ POST, "/a/{x}", nothing, ANYONE, NULL },
	{ GET, "/log/{rest*}", nothing, ANYONE, NULL },
	{ 0 },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char path[QUERY_MAX];
	struct arena *a = arena_new(0);
	struct router *r = router_new(a);
	struct match m;
	int n = path_canonical((struct str){ (const char *)data, len }, path, sizeof path);
	router_add(r, table);
	if (n > 0 && router_find(r, a, GET, (struct str){ path, (size_t)n }, &m))
		for (size_t i = 0; i < m.params.n; i++)
			if (!m.params.at[i].value.len)
				abort();
	arena_free(a);
	return 0;
}
