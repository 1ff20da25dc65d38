/* Message files, alone and twice over: the second copy must be refused for its names. */
#include "tools/msgc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *mem = arena_new(0);
	struct str text = { (const char *)data, len };
	struct source in[] = { { S_INIT("a.msg"), text }, { S_INIT("b.msg"), text } };
	struct buf h = { .a = mem }, c = h, errors = h;
	msgc_compile(in, 1, &h, &c, &errors);
	bool holds_messages = !str_has(buf_str(&h), S("MSG_NONE,\n\tMSG_COUNT"));
	if (!errors.len && holds_messages) {
		msgc_compile(in, 2, &h, &c, &errors);
		if (!errors.len)
			__builtin_trap();
	}
	arena_free(mem);
	return 0;
}
