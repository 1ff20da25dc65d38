/* Whatever is uploaded: either refused with a place, or a table that, written and read again, is the
 * same table. */
#include "base/csv.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct csv t, again;
	struct csv_error error;

	if (csv_parse(a, (struct str){ (const char *)data, len }, NULL, &t, &error)) {
		if (error.fault == CSV_FINE || error.line < 1 || !csv_error_line(a, &error).len)
			abort();
	} else {
		struct buf b = { .a = a };
		struct csv_writer w;
		csv_begin(&w, &b, t.delimiter, false);
		for (size_t i = 0; i < t.rows * t.columns; i++) {
			csv_put(&w, csv_unguard(t.cells[i]));
			if ((i + 1) % t.columns == 0)
				csv_end_row(&w);
		}
		const struct csv_limits wide = { .bytes = SIZE_MAX, .cell = SIZE_MAX };
		if (csv_parse(a, buf_str(&b), &wide, &again, &error) || again.rows != t.rows ||
		    again.columns != t.columns)
			abort();
		for (size_t i = 0; i < t.rows * t.columns; i++)
			if (!str_eq(csv_unguard(again.cells[i]), csv_unguard(t.cells[i])))
				abort();
	}
	arena_free(a);
	return 0;
}
