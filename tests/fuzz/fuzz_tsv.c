/* A table handed to `--units` or `--law`: read, or refused with one line of text. */
#include "base/tsv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const columns[] = { "code", "days", "from", NULL };
	static const char *const words[] = { "max", "min", NULL };
	struct arena *a = arena_new(0);
	struct tsv t;

	if (tsv_parse(a, S("x.tsv"), (struct str){ (const char *)data, len }, columns, &t)) {
		if (!t.why.len)
			abort();
	} else {
		for (size_t row = 0; row < t.rows; row++) {
			tsv_text(&t, row, 0);
			tsv_choice(&t, row, 0, words);
			tsv_choices(&t, row, 0, words);
			tsv_int(&t, row, 1, 0, 90, TSV_NEEDED);
			tsv_date(&t, row, 2);
		}
	}
	if (memchr(t.why.at, '\n', t.why.len))
		abort();
	arena_free(a);
	return 0;
}
