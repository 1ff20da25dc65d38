/* A receipt from a stranger: bounded, written again as the same bytes, and never true of an entry that
 * the vector's log does not hold. */
#include "ledger/proof.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str bytes = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct proof p;
	struct vkey k;

	if (!vkey_parse(S("xa-mau.example.invalid/nhat-ky+04ccf484+AQOhB7/"
			  "zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"),
			&k))
		abort();
	if (proof_parse(a, bytes, &p)) {
		struct buf again = { .a = a };
		buf_put_proof(&again, &p);
		if (!str_eq(buf_str(&again), bytes) || p.path.n > TREE_PATH_MAX ||
		    proof_verify(a, &p, S("never logged"), &k, NULL))
			abort();
	}
	arena_free(a);
	return 0;
}
