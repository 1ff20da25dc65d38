#include "bench/codes.h"

#include <stdlib.h>

static bool put(struct codes *c, uint64_t hash)
{
	size_t i = (size_t)hash & (c->cap - 1);
	while (c->slots[i] && c->slots[i] != hash)
		i = (i + 1) & (c->cap - 1);
	if (c->slots[i])
		return false;
	c->slots[i] = hash;
	c->n++;
	return true;
}

static void grow(struct codes *c)
{
	struct codes more = { .cap = c->cap ? c->cap * 2 : 1 << 16 };
	more.slots = calloc(more.cap, sizeof *more.slots);
	if (!more.slots)
		abort();
	for (size_t i = 0; i < c->cap; i++)
		if (c->slots[i])
			put(&more, c->slots[i]);
	free(c->slots);
	*c = more;
}

bool codes_add(struct codes *c, struct str code)
{
	if (c->n * 2 >= c->cap)
		grow(c);
	return put(c, str_hash(code) | 1);
}

void codes_free(struct codes *c)
{
	free(c->slots);
}
