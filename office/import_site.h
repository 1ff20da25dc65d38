/* A site from a complete export (office/export.h): rows are read and checked, everything that
 * acts can say is folded again from the acts, the log's tree is computed from its entries. What
 * comes out is a site as if it had lived here; or nothing. */
#pragma once

#include "base/archive.h"
#include "office/office.h"
#include "office/verify.h"
#include "store/relation.h"

struct import_setup {
	struct db *db; /* migrated and empty, and nobody else's */
	struct tx as;  /* rng, who and office of its transactions; mem for the whole */
	const struct relation *const *relations; /* as for the export */
	struct archive_in *from;
	/* Now and then: what is being done, how far. NULL: nobody waits. */
	void (*progress)(void *of, struct str what, int64_t done);
	void *of;
};

struct import_result {
	struct str site, origin, checkpoint;
	int64_t act, log_size;
	struct hash log_root;
	int64_t rows, files, bytes;
};

/* ERR_INVALID: what is wrong with the export, with file and line where there is one; ERR_IO,
 * ERR_CORRUPT. `why` is a sentence. The database holds whatever was read before an error: throw
 * it away. */
MUST_USE enum err import_site(const struct import_setup *setup, struct import_result *out,
			      struct str *why);

/* --- Inside office/import_*.c --- */

/* What an export says of itself, first and last. */
struct import_about {
	struct str about_sha256;
	struct str site, origin, checkpoint;
	int64_t act, log_size;
	struct hash log_root;
};
/* ERR_INVALID: not ours, a public one, or made by a newer program. */
MUST_USE enum err import_about(struct arena *a, struct str bytes, struct import_about *out,
			       struct str *why);

/* One relation as it came. */
struct import_relation {
	struct relation_plan plan;
	struct sha256 sum;
	int64_t rows;
	int part;
	bool begun, ended;
	struct hash hash; /* once it has ended */
	struct buf later; /* pairs of key and value */
};
struct import_relations {
	struct import_relation *at;
	size_t n;
};
/* Does the manifest say what came? */
MUST_USE enum err import_manifest(struct arena *a, struct str bytes,
				  const struct import_about *about,
				  const struct import_relations *all, int64_t files, int64_t size,
				  struct str *why);

/* Lines of an entry, one by one, none longer than RELATION_LINE_MAX. */
struct import_lines {
	struct archive_in *from;
	struct sha256 *sum; /* of all bytes; NULL: none */
	char *at;           /* RELATION_LINE_MAX + 1 bytes */
	size_t len, used;   /* read; handed out */
	int64_t line;       /* of the last, from 1 */
	bool end;
};
/* ERR_NOT_FOUND: no more. ERR_INVALID: too long, or the last one does not end. */
MUST_USE enum err import_line(struct import_lines *l, struct str *out, struct str *why);
