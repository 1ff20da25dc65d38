/* What stays the same while the program runs: its kinds, the law, the folder of the files. Built
 * once by main/, then read by every thread. */
#pragma once

#include "law/calendar.h"
#include "law/due.h"
#include "law/law.h"
#include "office/kind.h"
#include "store/db.h"

struct office {
	const struct kind *const *kinds; /* ended by NULL */
	const struct law *law;
	const struct calendar *calendar; /* of the law's own table */
	const char *files;               /* the folder of uploads by their SHA-256: office/file.h */
	int64_t ways; /* by which notices leave this site, bits: office/notice.h; 0: none do */
};

const struct kind *office_kind(const struct office *o, struct str name); /* NULL: none */
const struct kind *office_kind_by_slug(const struct office *o, struct str slug);

/* The calendar as it is now: the law's table and the days administrators have added. Lives in
 * tx->mem. */
MUST_USE enum err office_calendar(struct tx *tx, const struct calendar **out);
