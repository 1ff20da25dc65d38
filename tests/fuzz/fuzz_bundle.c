/* A bundle from another server: the first byte says how many entries to expect. */
#include "ledger/tile.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str entries[TILE_WIDTH];
	struct arena *a = arena_new(0);

	if (len) {
		struct str bundle = { (const char *)data + 1, len - 1 };
		if (bundle_parse(bundle, data[0], entries)) {
			struct buf again = { .a = a };
			for (size_t i = 0; i < data[0]; i++)
				buf_put_entry(&again, entries[i]);
			if (!str_eq(buf_str(&again), bundle))
				abort();
		}
	}
	arena_free(a);
	return 0;
}
