/* Whatever the address of a review says: a period that is read lies within its year and not ahead of
 * today, and a place in a list is read back as it was written. */
#include "office/report_list.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct str rest = { (const char *)data, len }, year = S(""), from = S(""), to = S("");
	struct report_span s;
	struct date today = date_add(date_year_start(2021), 130);
	bool whole = str_next(&rest, '\n', &year) && str_next(&rest, '\n', &from) &&
		     str_next(&rest, '\n', &to);
	if (whole && report_span_read(year, from, to, today, &s)) {
		bool fits = s.year >= REPORT_FIRST_YEAR && s.year <= 2021 && s.from >= 1 &&
			    s.from <= s.to && s.to <= (s.year == 2021 ? 5 : 12);
		if (!fits)
			abort();
	}
	struct report_cursor c = report_cursor_read((struct str){ (const char *)data, len });
	struct str text = report_cursor_text(a, &c);
	struct report_cursor again = report_cursor_read(text);
	if (c.part >= MEASURE_PARTS || !str_eq(report_cursor_text(a, &again), text))
		abort();
	arena_free(a);
	return 0;
}
