/* A tile's address, as a browser sends it: one spelling for one tile. */
#include "ledger/tile.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str path = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct tile t;

	if (tile_parse(path, &t)) {
		struct buf again = { .a = a };
		buf_put_tile(&again, &t);
		if (!str_eq(buf_str(&again), path) || t.level < TILE_ENTRIES || t.level > 63 ||
		    t.width < 1 || t.width > TILE_WIDTH || (tile_within(&t, 70000) && t.n > 273))
			abort();
	}
	arena_free(a);
	return 0;
}
