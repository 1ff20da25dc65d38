/* A disk that fails on request, between SQLite and the files: every database opened after
 * fault_install goes through it. One per program, any thread.
 *
 * What is counted and may fail is what changes a disk: writes, syncs, truncations and deletions. */
#pragma once

#include "base/def.h"

#include <stdbool.h>

enum fault_kind {
	FAULT_NONE,
	FAULT_IO,    /* this one operation fails */
	FAULT_FULL,  /* this one and all writes after it find no room, until fault_clear */
	FAULT_SHORT, /* this one writes its first half and fails */
	FAULT_CUT, /* the power goes: this one and everything after it fails, until fault_power_on */
};

void fault_install(void);
/* From now on the n-th operation (1 is the next) fails so. Counting begins anew. */
void fault_at(enum fault_kind kind, int64_t n);
/* The disk works again. */
void fault_clear(void);
int64_t fault_count(void); /* operations since fault_at or fault_clear */
bool fault_hit(void);      /* the fault has happened */

/* After FAULT_CUT, when every connection is closed: the machine comes up again. Of what no sync had
 * made durable nothing is left when `seed` is 0; else each sector of 512 bytes is left or lost as the
 * seed has it, which is what disks do. Forgets what it knew about the files. */
void fault_power_on(uint64_t seed);
