/* Dialogues of communes with their people in the demonstration: announced, held, questions answered, promises
 * made with a day, most of them kept. From streams of their own; nobody in them exists. */
#pragma once

#include "main/demo/demo.h"

struct demo_talk {
	int unit;
	struct date day;
	int topic; /* of the table in talks.c */
	int asked; /* questions put so far */
	int promised;
	int64_t dossier;
};

/* Pure: adds to the diary. */
void demo_write_talks(struct demo *d);
/* The step of an entry of DEED_TALK; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_talk(struct demo *d, struct tx *tx, const struct demo_entry *entry);
