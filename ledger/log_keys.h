/* Which keys sign, for the files of this room. */
#pragma once

#include "ledger/log.h"
#include "ledger/log_files.h"

/* Those of the file that the database records and has not retired, oldest first. ERR_DENIED with a
 * sentence in `why` when the file lacks one of them; ERR_CORRUPT. */
MUST_USE enum err log_keys_choose(struct tx *tx, struct str dir, const struct log_keys *file,
				  struct log_keys *out, struct str *why);
/* What an entry that comes back from a mirror says about keys is recorded again; any other entry is
 * passed over. */
MUST_USE enum err log_key_replay(struct tx *tx, struct str entry);
