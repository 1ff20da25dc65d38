/* Any text as a script: the result is text again, has no control characters but line ends, and does
 * not grow beyond what the longest words of numbers explain. */
#include "base/utf8.h"
#include "office/readaloud.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct str out = readaloud(a, S(""), (struct str){ (const char *)data, len });

	insist(utf8_valid(out));
	insist(out.len <= 64 * (len + 1));
	for (size_t i = 0; i < out.len; i++)
		insist((unsigned char)out.at[i] >= 0x20 || out.at[i] == '\n' || out.at[i] == '\t');
	arena_free(a);
	return 0;
}
