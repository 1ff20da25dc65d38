/* An entry of somebody's log that may speak of keys: nothing is followed but what a trusted key said (the
 * key here said nothing), and what is read names keys of one log. */
#include "ledger/key_change.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str entry = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct key_chain *chain = NEW(a, struct key_chain);
	struct key_change c;

	vkey_make(S("nobody.example/log"), KEY_LOG, &(struct public_key){ { 1, 2, 3 } },
		  &chain->at[chain->n++]);
	key_chain_follow(chain, a, entry);
	if (chain->n != 1)
		abort();
	if (key_change_read(a, entry, &c) &&
	    (c.key.type != KEY_LOG || !str_eq(c.key.name, c.by.name) ||
	     (c.kind == KEY_RETIRED && !vkey_eq(&c.key, &c.by))))
		abort();
	arena_free(a);
	return 0;
}
