/* The files of a log or a witness that are not in the database: the key and the last signed checkpoint. */
#pragma once

#include "base/err.h"
#include "ledger/note.h"

#define LOG_KEYS 4 /* at once, during a change of keys */

struct log_key {
	struct vkey vkey; /* its name lives in the arena given */
	struct secret_key secret;
};
struct log_keys {
	size_t n;
	struct log_key at[LOG_KEYS];
};
void log_keys_wipe(struct log_keys *keys);

/* The whole file, at most `max` bytes. ERR_NOT_FOUND, ERR_IO. */
MUST_USE enum err file_read(const char *path, size_t max, struct arena *a, struct str *out,
			    struct str *why);
/* All or nothing, and on disk when it returns: a new file beside it, fsync, rename, fsync of the
 * folder. ERR_IO. */
MUST_USE enum err file_replace(const char *path, struct str bytes, unsigned mode, struct arena *a,
			       struct str *why);

/* Reads DIR/log.key: lines PRIVATE+KEY+<name>+<hex8 key ID>+<base64(0x01 || seed)>, all of this
 * origin. ERR_NOT_FOUND; ERR_DENIED when others may read it, it is not ours, is no regular file, or
 * belongs to another log; ERR_IO. */
MUST_USE enum err log_keys_read(struct str dir, struct str origin, struct arena *a,
				struct log_keys *out, struct str *why);

/* A witness's own key, DIR/witness.key: made once (ERR_CONFLICT when it is there, ERR_INVALID for a bad
 * name, ERR_DENIED for a seeded `rng`, ERR_IO) and read with the refusals of log_keys_read. */
MUST_USE enum err witness_key_make(struct str dir, struct str name, struct rng *rng,
				   struct arena *a, struct str *vkey, struct str *why);
MUST_USE enum err witness_key_read(struct str dir, struct arena *a, struct log_key *out,
				   struct str *why);
