/* Dates and instants as strangers type them. What is accepted must survive being written and read
 * again: two spellings of one day are the same day. */
#include "base/date.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str text = { (const char *)data, len };
	struct arena *a = arena_new(0);
	struct date day, again;
	struct instant moment, same;

	if (date_parse_any(text, &day)) {
		insist(date_parse(date_iso(a, day), &again));
		insist(date_cmp(day, again) == 0);
	}
	if (instant_parse(text, &moment)) {
		if (instant_parse(instant_iso(a, moment), &same))
			insist(moment.ms == same.ms);
		insist(date_is_set(instant_date(moment)));
	}
	arena_free(a);
	return 0;
}
