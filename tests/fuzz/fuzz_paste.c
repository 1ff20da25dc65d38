/* Whatever is pasted is one of the kinds, and what is called whole can be read as that. */
#include "base/encode.h"
#include "web/paste.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(0);
	struct str in = { (const char *)data, size }, code;
	struct paste p, again;
	uint8_t bytes[CHECK_VALUE_BYTES];

	paste_read(a, in, &p);
	if (p.kind == PASTE_CODE && (!code_read(a, p.text, &code) || !str_eq(code, p.text)))
		abort();
	if (p.kind == PASTE_VALUE && !check_value_read(p.text, bytes))
		abort();
	if (p.kind == PASTE_RECEIPT) {
		/* Written again and pasted again it is the same receipt. */
		struct buf b = { .a = a };
		buf_put_proof(&b, &p.proof);
		paste_read(a, buf_str(&b), &again);
		if (again.kind != PASTE_RECEIPT || again.proof.index != p.proof.index ||
		    !str_eq(again.proof.checkpoint, p.proof.checkpoint))
			abort();
	}
	if ((p.kind == PASTE_RECEIPT_WRONG) != (p.fault != RECEIPT_FINE))
		abort();
	if (p.fault == RECEIPT_LINE && p.line < 2)
		abort();
	arena_free(a);
	return 0;
}
