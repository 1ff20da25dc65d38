/* A checkpoint has one spelling: what parses is written again as the same bytes. */
#include "ledger/checkpoint.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str bytes = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct checkpoint c;
	struct note n;

	for (int round = 0; round < 2; round++) {
		if (checkpoint_parse(bytes, &c)) {
			struct buf again = { .a = a };
			buf_put_checkpoint(&again, &c);
			if (!str_eq(buf_str(&again), bytes))
				abort();
		}
		/* The second time, the text of a whole note. */
		if (!note_parse(a, bytes, &n))
			break;
		bytes = n.text;
	}
	arena_free(a);
	return 0;
}
