/* A signed note from a stranger: whatever parses is bounded, and a key never verifies what it did not
 * sign (the key here signed nothing). */
#include "ledger/note.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str bytes = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct vkey k, nobody;
	struct note n;

	vkey_make(S("nobody.example/log"), KEY_LOG, &(struct public_key){ { 1, 2, 3 } }, &nobody);
	if (note_parse(a, bytes, &n)) {
		if (!n.n || n.n > NOTE_SIGNATURES || !str_ends(n.text, S("\n")) ||
		    note_verify(&n, &nobody, NULL))
			abort();
		for (size_t i = 0; i < n.n; i++)
			if (!key_name_valid(n.signatures[i].name) || !n.signatures[i].bytes.len)
				abort();
	}
	if (vkey_parse(bytes, &k)) {
		/* Hex may come in capitals; all else is written as it was read. */
		struct buf again = { .a = a };
		struct vkey back;
		buf_put_vkey(&again, &k);
		if (again.len != len || !vkey_parse(buf_str(&again), &back))
			abort();
	}
	arena_free(a);
	return 0;
}
