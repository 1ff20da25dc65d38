/* A set of files that goes from one place to another: a folder, a tar file, a pipe. What is written
 * reads the same in all three: entries in the order of their names, folder by folder, read and
 * written one after the other, none of them held in memory. */
#pragma once

#include "base/err.h"
#include "base/str.h"

/* Names are of a-z, 0-9, `-`, `.` and `_`, in folders parted by `/`, at most 100 bytes; no part is
 * empty or begins with a dot. So no entry can lead elsewhere, and all systems spell them alike. */
bool archive_name_fits(struct str name);

/* --- Writing --- */

struct archive_out;

/* `to` is "-" for standard output, a name that ends in ".tar" for a file, else a folder. File
 * and folder are made beside their place, under the name with ".part" behind it, and stand there
 * whole or not at all. ERR_CONFLICT: something is there already; ERR_IO; `why` is a sentence,
 * here and below. `open`: others may read it (0644, 0755 as the umask lets), else its owner
 * alone. `seconds`: the time that tar entries bear. */
MUST_USE enum err archive_create(struct arena *a, struct str to, bool open, int64_t seconds,
				 struct archive_out **out, struct str *why);
/* The next entry; its name must stand after the one before. */
MUST_USE enum err archive_put(struct archive_out *o, struct str name, struct str bytes,
			      struct str *why);
/* The same, its `size` bytes read from `fd`. ERR_CORRUPT: there are fewer. */
MUST_USE enum err archive_put_file(struct archive_out *o, struct str name, int fd, int64_t size,
				   struct str *why);
/* Everything is on disk and in its place. Free it afterwards all the same. */
MUST_USE enum err archive_finish(struct archive_out *o, struct str *why);
/* Accepts NULL. What was not finished is removed. */
void archive_free(struct archive_out *o);

/* --- Reading --- */

struct archive_in;

struct archive_entry {
	struct str name; /* until the next entry */
	int64_t size;
};

/* `from`: "-", a folder, or a tar file. ERR_NOT_FOUND, ERR_IO. */
MUST_USE enum err archive_open(struct arena *a, struct str from, struct archive_in **out,
			       struct str *why);
/* Bytes of a tar file in memory, borrowed. */
struct archive_in *archive_of(struct arena *a, struct str bytes);
/* The next entry; of the one before, what was not read is passed over. ERR_NOT_FOUND: that was
 * the last; ERR_INVALID: what comes is no archive, is cut off, or has a name that does not fit;
 * ERR_IO. */
MUST_USE enum err archive_next(struct archive_in *in, struct archive_entry *out, struct str *why);
/* Up to `n` bytes of the entry; `got` is 0 at its end. */
MUST_USE enum err archive_read(struct archive_in *in, void *to, size_t n, size_t *got,
			       struct str *why);
void archive_close(struct archive_in *in); /* accepts NULL */
