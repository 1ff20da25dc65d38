/* Templates: whatever is accepted must have closed what it opened; nothing may crash the build. */
#include "tools/tmplc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *mem = arena_new(0);
	struct buf h = { .a = mem }, c = h, errors = h;
	tmplc_compile(S("fuzz.html"), (struct str){ (const char *)data, len }, &h, &c, &errors);
	if (!errors.len && !str_ends(buf_str(&c), S("}\n\n")))
		__builtin_trap();
	arena_free(mem);
	return 0;
}
