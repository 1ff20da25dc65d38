/* The two places the law can come from: a folder, and the binary (law/builtin.c). */
#include "law/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { MOST_BYTES = 4 << 20 };

static bool read_file(struct arena *a, const void *from, const char *file, struct str *bytes,
		      struct str *why)
{
	struct str path = str_printf(a, "%s/%s", (const char *)from, file);
	struct buf b = { .a = a };
	FILE *in = fopen(path.at, "rb");
	size_t n;

	if (!in) {
		*why = str_printf(a, "%s: %s", path.at, strerror(errno));
		return false;
	}
	while ((n = fread(buf_reserve(&b, 65536), 1, 65536, in)) > 0 && b.len <= MOST_BYTES)
		b.len += n;
	bool failed = ferror(in) || b.len > MOST_BYTES;
	fclose(in);
	if (failed)
		*why = str_printf(a, "%s: cannot be read, or is larger than 4 MB", path.at);
	*bytes = buf_str(&b);
	return !failed;
}

enum err law_from_folder(struct arena *a, const char *folder, const struct law **out,
			 struct str *why)
{
	return law_load(a, read_file, folder, folder, out, why);
}
