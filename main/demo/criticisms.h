/* Social criticism of the demonstration: a commune sends its Front a draft before it is submitted, the Front says what it
 * thinks, and the commune answers. From streams of its own; nobody in it exists. */
#pragma once

#include "main/demo/demo.h"

struct demo_criticism {
	int unit;
	int draft; /* of the table in criticisms.c */
	struct date submit_on;
	int64_t dossier;
};

/* Pure: adds to the diary. */
void demo_write_criticisms(struct demo *d);
/* The step of an entry of DEED_CRITICISM; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_criticism(struct demo *d, struct tx *tx,
				      const struct demo_entry *entry);
