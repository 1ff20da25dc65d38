/* A request to a witness and the size it may answer: one spelling each, so what parses is written again
 * as the same bytes. */
#include "ledger/witness.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str body = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct buf again = { .a = a };
	struct add_checkpoint r;
	uint64_t size;

	if (add_checkpoint_parse(body, &r)) {
		buf_put_add_checkpoint(&again, &r);
		if (!str_eq(buf_str(&again), body) || r.proof.n > WITNESS_PROOF ||
		    (!r.old && r.proof.n))
			abort();
	}
	if (witness_size_parse(body, &size)) {
		buf_reset(&again);
		buf_printf(&again, "%llu\n", (unsigned long long)size);
		if (!str_eq(buf_str(&again), body))
			abort();
	}
	arena_free(a);
	return 0;
}
