/* Folders as a whole. */
#pragma once

#include "base/def.h"

#include <stdbool.h>

/* Removes it with everything in it, following no link. Only what this run has made: the caller
 * knows. */
void folder_remove(const char *path);
/* Makes the names in the folder that holds `path` durable: after a rename, or a new file. */
MUST_USE bool folder_sync_above(const char *path);
/* The same of a folder and of every folder in it. */
MUST_USE bool folder_sync_all(const char *path);
