/* What the offices of the demonstration had in hand when its year began, entered once and signed by their leaders:
 * the tables of every period carry it over. From streams of its own. */
#pragma once

#include "main/demo/demo.h"

/* Pure: adds to the diary. */
void demo_write_openings(struct demo *d);
/* The step of an entry of DEED_OPENING. */
MUST_USE enum err demo_take_opening(struct demo *d, struct tx *tx, const struct demo_entry *entry);
