/* One block of a tar file (POSIX ustar): the header in front of an entry. Only regular files are
 * written; what others may have put into a file is told apart, and refused where it matters. */
#pragma once

#include "base/str.h"

enum { TAR_BLOCK = 512, TAR_NAME = 100 };
#define TAR_SIZE_MAX ((INT64_C(1) << 33) - 1) /* eleven octal digits */

enum tar_kind {
	TAR_FILE,
	TAR_FOLDER,
	TAR_END,     /* a block of zeros: two of them end a file */
	TAR_FOREIGN, /* a link, a device, an extension of another program */
	TAR_BAD,     /* no header, or one that was damaged */
};

struct tar_entry {
	struct str name; /* borrowed from the block */
	int64_t size;
};

/* `name`: 1 to TAR_NAME bytes; `size`: at most TAR_SIZE_MAX; `seconds` since 1970. */
void tar_header(struct str name, int64_t size, unsigned mode, int64_t seconds,
		unsigned char block[TAR_BLOCK]);
/* `out` is filled for TAR_FILE and TAR_FOLDER. */
enum tar_kind tar_read(const unsigned char block[TAR_BLOCK], struct tar_entry *out);
/* Zero bytes that follow a file of that size, up to the next block. */
static inline int64_t tar_padding(int64_t size)
{
	return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
}
