/* A whole site as open files, two ways that must not be taken for each other:
 *
 *   complete   everything it takes to be this site elsewhere: sealed contents, secret salts, personal data,
 *              what people sign in with. For one pair of eyes. The log's key is not in it.
 *   public     what everybody may read anyway, and the salts of public contents: enough for a stranger to
 *              recompute the log and the figures. Nothing can be made from it that acts as the site.
 *
 * docs/export.md describes the files. Both are read in short transactions along the keys, up to a
 * fixed act, and written as they are read: memory does not grow with the site. */
#pragma once

#include "base/archive.h"
#include "office/office.h"
#include "store/relation.h"

#define EXPORT_FORMAT "dinh-export/1"

enum export_use { EXPORT_COMPLETE, EXPORT_PUBLIC };
struct str export_use_word(enum export_use use); /* "complete", "public" */

struct export_setup {
	struct db *db;
	struct tx as; /* now, rng, who and office of its transactions; mem for the whole */
	enum export_use use;
	const struct relation *const *relations; /* lists of the rooms and modules, ended by NULL */
	struct archive_out *to;
	struct str program;    /* "dinh 0.1.0" */
	struct str checkpoint; /* the newest signed one; "" */
	/* Now and then: rows of that relation so far. NULL: nobody waits. */
	void (*progress)(void *of, struct str relation, int64_t rows);
	void *of;
};

struct export_result {
	int64_t act; /* the last one in it; 0: none */
	int64_t rows, files, bytes;
	struct hash manifest; /* SHA-256 of manifest.json */
};

/* Puts every entry into setup->to; the caller finishes it. ERR_BUSY: contents were erased
 * meanwhile by a later act, so that what was is no more: begin again. ERR_CORRUPT: a file of the
 * site is missing or damaged, a text is no UTF-8. `why` is a sentence. */
MUST_USE enum err export_site(const struct export_setup *setup, struct export_result *out,
			      struct str *why);

/* --- Inside office/export*.c --- */

/* One relation on its way out, in parts of about a megabyte: data/010-site/000001.ndjson, ... */
struct parts {
	struct export_setup const *setup;
	struct arena *mem;   /* of the names and of the manifest */
	struct arena *piece; /* of the part at hand */
	struct buf lines;    /* in `piece` */
	struct buf manifest; /* members of its list of relations */
	struct sha256 sum;
	const char *name;
	int relation, part; /* numbers in names */
	int64_t rows, all;
	struct str *why;
};

void parts_begin(struct parts *p, const char *relation);
void parts_line(struct parts *p);       /* after each line that was put into p->lines */
bool parts_full(const struct parts *p); /* end the transaction, then flush */
MUST_USE enum err parts_flush(struct parts *p);
MUST_USE enum err parts_end(struct parts *p);

/* What both ways fix in one transaction. */
struct export_moment {
	int64_t act, leaf, dossier;
	int64_t size; /* of the log */
	struct hash root;
	struct str site, origin, vkey;
	bool demo;
};
MUST_USE enum err export_moment(struct tx *tx, struct arena *keep, struct export_moment *out);
/* about.json, and the head of the manifest. */
MUST_USE enum err export_about(struct parts *p, const struct export_moment *m);
MUST_USE enum err export_begin(const struct export_setup *s, struct tx *tx, struct arena *mem,
			       struct str *why);
MUST_USE enum err export_end(struct tx *tx, enum err e, struct arena *keep, struct str *why);
/* The bytes of one kept file, as files/ab/cdef... ERR_NOT_FOUND: they are not there. */
MUST_USE enum err export_file(struct parts *p, struct str sha256, struct export_result *out);

MUST_USE enum err export_complete_rows(struct parts *p, struct export_moment *m,
				       struct export_result *out);
MUST_USE enum err export_public_rows(struct parts *p, struct export_moment *m,
				     struct export_result *out);
