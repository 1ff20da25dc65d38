/* What tests of units and people begin with. */
#pragma once

#include "office/unit_load.h"
#include "tests/test_db.h"

/* The lists of 2020 and 2025; skips the test where they are absent. */
static inline struct unit_lists shared_lists(void)
{
	return (struct unit_lists){ test_shared("data/units/units-2020.tsv"),
				    test_shared("data/units/units-2025.tsv"),
				    test_shared("data/units/mapping-2020-2025.tsv"),
				    test_shared("data/units/mapping-provinces-2025.tsv") };
}

static inline struct unit unit_at(struct tx *tx, const char *code, const char *day)
{
	struct unit u;

	if (unit_by_code(tx, str_of(code), test_date(day), &u))
		FAIL("no unit has code %s on %s", code, day);
	return u;
}
