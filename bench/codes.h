/* Which codes of dossiers are taken: asking the database for each of ten million would be most of the work. */
#pragma once

#include "base/str.h"

struct codes {
	uint64_t *slots; /* hashes; 0: free */
	size_t n, cap;
};

/* False when it was there, or one that looks like it. */
bool codes_add(struct codes *c, struct str code);
void codes_free(struct codes *c);
