/* Directives of the demonstration and how they were made concrete beneath: a plan of the province, the
 * districts' plans beneath it, the communes' beneath those; a directive that every commune has to take
 * note of; guidance for the review; a letter of which a name is hidden. Some are late, some are missing.
 * All of it comes from a stream of its own. */
#pragma once

#include "main/demo/demo.h"

struct demo_document {
	int paper; /* who issues it: an index of d->papers */
	int above; /* an index of d->documents, or -1 */
	const char *type;
	struct date day, due; /* due NO_DATE: it asks nobody */
	const char *group, *asked;
	struct str title, number, body;
	int64_t dossier;
	struct str code; /* once it is recorded */
};

/* Pure: adds to the diary. */
void demo_write_documents(struct demo *d);
/* The step of an entry of DEED_DOCUMENT; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_document(struct demo *d, struct tx *tx, const struct demo_entry *entry);
