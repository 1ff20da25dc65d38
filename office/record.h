/* What a dossier left in the public log, for people who hold its code and perhaps may not read it: which
 * leaves, and whether what is stored still is what they committed to. Never what it says. */
#pragma once

#include "ledger/log.h"
#include "office/dossier.h"

enum record_content {
	RECORD_WHOLE,    /* the stored bytes are those the leaf committed to */
	RECORD_ERASED,   /* they were erased, as an act records */
	RECORD_REDACTED, /* they are, and an act sealed the public ones since */
	RECORD_DIFFERS,  /* they are not */
};
struct record {
	int no; /* of the act within the dossier */
	struct log_leaf leaf;
	enum record_content content;
	int redacted_by; /* the number of the act that sealed them; 0: none */
};
struct records {
	struct record *at;
	size_t n;
	bool more; /* there are more than RECORDS_MOST; these are the first */
};
enum { RECORDS_MOST = 200 };

/* The acts of the dossier of that canonical code, in order. ERR_NOT_FOUND: there is none. */
MUST_USE enum err record_list(struct tx *tx, struct str code, struct records *out);
