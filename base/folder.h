/* Folders as a whole. */
#pragma once

#include "base/arena.h"
#include "base/def.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

/* One that stands in its place whole or not at all: it is made beside it, as `part`, which is the
 * name with ".part" behind it. */
struct folder_new {
	const char *place, *part;
	bool made;
};
/* Makes the part, for nobody but its owner. Errors, with why: ERR_CONFLICT something other than an
 * empty folder is in the place, or something beside it; ERR_IO. */
MUST_USE enum err folder_begin(struct arena *, struct str place, struct folder_new *out,
			       struct str *why);
/* Durable in its place. */
MUST_USE enum err folder_end(struct folder_new *, struct arena *, struct str *why);
/* Before folder_end the part goes; after it, or where folder_begin failed, nothing. */
void folder_drop(struct folder_new *);

/* Removes it with everything in it, following no link. Only what this run has made: the caller
 * knows. */
void folder_remove(const char *path);
/* Makes the names in the folder that holds `path` durable: after a rename, or a new file. */
MUST_USE bool folder_sync_above(const char *path);
/* The same of a folder and of every folder in it. */
MUST_USE bool folder_sync_all(const char *path);
