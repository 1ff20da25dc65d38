/* Files that live inside the binary: law tables, units, style sheets, schema files. The build packs
 * what the rooms add to the `embeds` list of meson.build. */
#pragma once

#include <stddef.h>

struct embedded {
	const char *name;        /* as in the list: "law/time_limits.tsv" */
	const unsigned char *at; /* the bytes of the file, then a zero byte that len leaves out */
	size_t len;
};

/* All of them, sorted by name in byte order, so that those of one folder stand together. */
extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* The file of that name, or NULL. It lives as long as the program. */
const struct embedded *embedded_find(const char *name);
