/* Entries of a log out of an export (office/export.h), for a database that lost them: an export is a
 * mirror that needs no server. What it says is checked by the signed root, as a server's word is. */
#pragma once

#include "ledger/verify.h"

struct entries;

/* Reads all entries from index `first` on into memory. `from`: a folder, a tar file, or "-".
 * ERR_INVALID: no export; ERR_IO. `why` is a sentence. */
MUST_USE enum err entries_open(struct arena *a, struct str from, uint64_t first,
			       struct entries **out, struct str *why);
struct log_source entries_source(struct entries *e);
