/* Files people hand in: kept by SHA-256 in FILES/ab/cdef..., so the same bytes are kept once, a
 * name cannot be guessed or climbed out of, and damage shows. Pictures are cleaned first (see
 * office/image.h): what is hashed, kept and logged is what everybody may see.
 *
 * The order of things: file_keep puts the bytes on disk, outside any transaction; the step that
 * uses them writes the rows by file_use; what no step ever used is swept away later. */
#pragma once

#include "base/field.h"
#include "store/db.h"

#define FILE_MAX_SIZE ((int64_t)20 << 20)

/* Looks inside what `from` (an open, regular file) holds and keeps it in the folder `files`, made if
 * needed; servers of one site share it. On OK the bytes and their name in the folder have reached the disk, and `out` lives in `a`.
 *   ERR_INVALID  not taken: `why` says the reason and what to do, in language `lang`
 *   ERR_IO       `why` is for the operator
 * Pictures also get a thumbnail where one can be made. Uses up to twice the file's size in memory
 * besides `a`, and 64 MiB for some pictures: keep few at a time. */
MUST_USE enum err file_keep(struct arena *a, const char *files, int from, struct str name,
			    enum lang lang, struct file_ref *out, struct str *why);

/* Keeps bytes that another site kept under that hash, as they are, with a thumbnail where one
 * can be made. ERR_INVALID: they are not of that hash; ERR_IO. */
MUST_USE enum err file_restore(struct arena *a, const char *files, struct str sha256,
			       struct str bytes, struct str *why);

/* A name as it may be shown and sent: cleaned, without folders, at most 120 code points, with the
 * ending that its type asks for. */
struct str file_clean_name(struct arena *a, struct str name, struct str type);

/* A dossier uses these files from now on; again is no fault. `sealed` files are for those only who
 * may read the sealed content. Called by the step that stores their field. ERR_INVALID: a ref that
 * file_keep cannot have made. */
MUST_USE enum err file_use(struct tx *tx, int64_t dossier, const struct file_refs *files,
			   bool sealed);
/* For whom a dossier keeps a file: everybody; who works at its unit; who has opened what was redacted
 * (office/redaction.h). */
enum file_seal { FILE_OPEN, FILE_SEALED, FILE_REDACTED };
/* One of the dossier's files; the caller has passed the gate for the dossier, and says how far the reader
 * may see. ERR_NOT_FOUND otherwise. */
MUST_USE enum err file_find(struct tx *tx, int64_t dossier, struct str sha256, enum file_seal sees,
			    struct file_ref *out);
struct file_used {
	struct str sha256, name;
	enum file_seal sealed;
};
struct file_uses {
	struct file_used *at;
	size_t n;
};
/* All of a dossier's, by hash. */
MUST_USE enum err file_use_list(struct tx *tx, int64_t dossier, struct file_uses *out);
MUST_USE enum err file_use_change(struct tx *tx, int64_t dossier, struct str sha256,
				  struct str name, enum file_seal sealed);
/* Is any file kept at all? */
MUST_USE enum err file_any(struct tx *tx, bool *out);
/* Erasure and takedown: the dossier uses this file no more (sha256 empty: none at all). */
MUST_USE enum err file_unuse(struct tx *tx, int64_t dossier, struct str sha256);

/* Opens the bytes, or the thumbnail, for reading; the caller closes. ERR_NOT_FOUND: none such. */
MUST_USE enum err file_open(const char *files, struct str sha256, bool thumb, int *out,
			    int64_t *size);
/* Reads the whole file again. ERR_CORRUPT: the bytes are not those of the hash; ERR_NOT_FOUND. */
MUST_USE enum err file_check(const char *files, struct str sha256);

/* Rows of files used by nobody and made before `before` (a day ago, so that forms being mended keep
 * theirs), at most `limit`; then, after that is committed, bytes older than `before` by the file
 * system's clock that have no row and no draft (office/draft.h), with their thumbnails, and what a crash left half written. */
MUST_USE enum err file_sweep_rows(struct tx *tx, struct instant before, int64_t limit);
MUST_USE enum err file_sweep_disk(struct tx *tx, const char *files, struct instant before,
				  int64_t *removed);

/* How a file is served so that no browser ever runs it: its type and nothing else believed, in a
 * sandbox, pictures shown and everything else offered to be saved. */
struct file_header {
	const char *name;
	struct str value;
};
enum { FILE_HEADERS = 4 };
void file_headers(struct arena *a, const struct file_ref *file,
		  struct file_header out[FILE_HEADERS]);
