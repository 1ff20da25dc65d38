/* A site, row by row from one database into another: every table, exactly, at constant memory, in
 * transactions of a few megabytes. What breaks in the middle goes on where it was. Nothing but the two marks of
 * office/copy_mark.h tells the two sides from others; the row in `site` comes last. */
#pragma once

#include "store/relation.h"

/* No site is there, nor was one: what was begun of its schema may be finished. */
MUST_USE enum err copy_is_blank(struct tx *tx, bool *out);

struct copy_setup {
	struct db *from, *from_writer; /* two connections to the source: to read, and to close it */
	struct db *to;                 /* migrated */
	struct tx as;                  /* mem, now, rng */
	const struct relation *const *relations;
	int64_t block; /* rows of a transaction; 0: as many as is quick */
	void (*progress)(void *of, struct str table, int64_t rows); /* may be NULL */
	void *of;
};

struct copy_result {
	int64_t tables, rows;
	int64_t before; /* rows that an earlier run had brought */
	bool closed;    /* the source is closed, whatever else went wrong */
};

/* Copies, then reads both sides once more and compares every row. Nobody serves either. The target stays
 * closed: copy_finish. ERR_CONFLICT: the target is not empty, or is another copy; the schemas differ; the
 * source is none to copy from; or the two are not the same in the end. */
MUST_USE enum err copy_site_rows(const struct copy_setup *setup, struct copy_result *out,
				 struct str *why);
