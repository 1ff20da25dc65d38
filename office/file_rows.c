/* Who uses which file. A file published once in a dossier stays public there, though another field
 * of the same dossier holds it sealed: its bytes are known. What was redacted stays sealed, whoever hands in
 * the same bytes again.
 *
 * Sweeping removes bytes while others may be keeping the same: a lock on their folder, shared for those
 * who keep, and the file's time, renewed by whoever finds it already there, stand between them. */
#include "office/file.h"

#include "office/file_disk.h"
#include "office/file_type.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err use_one(struct tx *tx, int64_t dossier, const struct file_ref *f, bool sealed)
{
	if (!is_sha256(f->sha256) || !file_ending(f->type).len || f->size < 1 ||
	    f->size > FILE_MAX_SIZE + 4096)
		return tx_fail(tx, ERR_INVALID, "no reference to a file: %.*s", STR_ARG(f->sha256));
	struct query q = db_query(tx, "INSERT INTO file (sha256, size, type, created_at) "
				      "VALUES ($1, $2, $3, $4) ON CONFLICT (sha256) DO NOTHING");
	BIND(&q, f->sha256, f->size, f->type, tx->now);
	enum err e = db_exec(&q);
	if (e)
		return e;
	q = db_query(tx, "INSERT INTO file_use (dossier, sha256, name, sealed) "
			 "VALUES ($1, $2, $3, $4) ON CONFLICT (dossier, sha256) DO UPDATE SET "
			 "sealed = CASE WHEN file_use.sealed = 1 "
			 "THEN excluded.sealed ELSE file_use.sealed END");
	BIND(&q, dossier, f->sha256, f->name, (int64_t)sealed);
	return db_exec(&q);
}

enum err file_use(struct tx *tx, int64_t dossier, const struct file_refs *files, bool sealed)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < files->n; i++)
		e = use_one(tx, dossier, &files->at[i], sealed);
	return e;
}

enum err file_find(struct tx *tx, int64_t dossier, struct str sha256, enum file_seal sees,
		   struct file_ref *out)
{
	struct query q = db_query(tx, "SELECT u.name, f.type, f.size, u.sealed FROM file_use u "
				      "JOIN file f ON f.sha256 = u.sha256 "
				      "WHERE u.dossier = $1 AND u.sha256 = $2");
	BIND(&q, dossier, sha256);
	enum err e = db_one(&q);
	if (!e && col_int(&q, 3) > (int64_t)sees)
		e = ERR_NOT_FOUND;
	if (!e)
		*out = (struct file_ref){ str_dup(tx->mem, sha256), col_str(&q, 0), col_str(&q, 1),
					  col_int(&q, 2) };
	db_end(&q);
	return e ? tx_fail(tx, e, "file %.*s of dossier %lld", STR_ARG(sha256), (long long)dossier)
		 : OK;
}

enum err file_use_list(struct tx *tx, int64_t dossier, struct file_uses *out)
{
	struct file_uses all = { NULL, 0 };
	size_t cap = 0;
	struct query q = db_query(tx, "SELECT sha256, name, sealed FROM file_use WHERE dossier = $1"
				      " ORDER BY sha256 LIMIT 10000");
	BIND(&q, dossier);
	while (db_next(&q)) {
		if (all.n == cap) {
			size_t wider = cap ? cap * 2 : 8;
			all.at = arena_grow(tx->mem, all.at, cap * sizeof *all.at,
					    wider * sizeof *all.at);
			cap = wider;
		}
		all.at[all.n++] = (struct file_used){ col_str(&q, 0), col_str(&q, 1),
						      (enum file_seal)col_int(&q, 2) };
	}
	if (!q.err)
		*out = all;
	return q.err;
}

enum err file_use_change(struct tx *tx, int64_t dossier, struct str sha256, struct str name,
			 enum file_seal sealed)
{
	struct query q = db_query(tx, "UPDATE file_use SET name = $3, sealed = $4"
				      " WHERE dossier = $1 AND sha256 = $2");
	BIND(&q, dossier, sha256, name, (int64_t)sealed);
	return db_exec(&q);
}

enum err file_unuse(struct tx *tx, int64_t dossier, struct str sha256)
{
	struct query q = db_query(tx, "DELETE FROM file_use WHERE dossier = $1 "
				      "AND (sha256 = $2 OR $2 = '')");
	BIND(&q, dossier, sha256);
	return db_exec(&q);
}

enum err file_any(struct tx *tx, bool *out)
{
	struct query q = db_query(tx, "SELECT 1 FROM file LIMIT 1");
	enum err e = db_one(&q);
	if (e && e != ERR_NOT_FOUND)
		return e;
	*out = !e;
	return OK;
}

/* ---- Sweeping ---- */

enum err file_sweep_rows(struct tx *tx, struct instant before, int64_t limit)
{
	struct query q =
		db_query(tx, "DELETE FROM file WHERE sha256 IN (SELECT f.sha256 FROM file f "
			     "WHERE f.created_at < $1 AND NOT EXISTS "
			     "(SELECT 1 FROM file_use u WHERE u.sha256 = f.sha256) "
			     "ORDER BY f.sha256 LIMIT $2)");
	BIND(&q, before, limit);
	return db_exec(&q);
}

static enum err is_known(struct tx *tx, struct str sha256, bool *out)
{
	struct query q = db_query(tx, "SELECT 1 FROM file WHERE sha256 = $1 UNION ALL"
				      " SELECT 1 FROM draft_file WHERE sha256 = $1 LIMIT 1");
	BIND(&q, sha256);
	enum err e = db_one(&q);
	db_end(&q);
	*out = !e;
	return e == ERR_NOT_FOUND ? OK : e;
}

static bool is_older(int folder, const char *name, struct instant before)
{
	struct stat st;
	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
	       (int64_t)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000 < before.ms;
}

/* One name in FILES/ab. The lock is held for one file at a time, so that nobody waits long. */
static enum err sweep_name(struct tx *tx, int lock, int folder, const char *pair, const char *name,
			   struct instant before, int64_t *removed)
{
	struct str whole = str_printf(tx->mem, "%s%s", pair, name),
		   sha256 = str_cut(whole, SHA256_DIGITS);
	bool half = name[0] == '.', known = false;
	bool ours = half ? str_starts(str_of(name), S(HALF_WRITTEN))
			 : is_sha256(sha256) &&
				    (whole.len == SHA256_DIGITS || str_ends(whole, S(THUMB)));
	if (!ours || !is_older(folder, name, before))
		return OK;
	enum err e = half ? OK : is_known(tx, sha256, &known);
	if (e || known)
		return e;
	if (flock(lock, LOCK_EX) != 0)
		return tx_fail(tx, ERR_IO, "lock: %s", strerror(errno));
	if (is_older(folder, name, before) && unlinkat(folder, name, 0) == 0)
		++*removed;
	flock(lock, LOCK_UN);
	return OK;
}

static enum err sweep_folder(struct tx *tx, const char *top, int lock, const char *pair,
			     struct instant before, int64_t *removed)
{
	DIR *d = opendir(str_z(tx->mem, str_printf(tx->mem, "%s/%s", top, pair)));
	enum err e = OK;
	if (!d)
		return errno == ENOENT
			       ? OK
			       : tx_fail(tx, ERR_IO, "%s/%s: %s", top, pair, strerror(errno));
	for (const struct dirent *f; !e && (f = readdir(d));)
		e = sweep_name(tx, lock, dirfd(d), pair, f->d_name, before, removed);
	closedir(d);
	return e;
}

enum err file_sweep_disk(struct tx *tx, const char *files, struct instant before, int64_t *removed)
{
	AUTO_CLOSE int lock = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int64_t n = 0;
	enum err e = OK;
	if (lock < 0 && errno != ENOENT)
		return tx_fail(tx, ERR_IO, "%s: %s", files, strerror(errno));
	for (int i = 0; lock >= 0 && !e && i < 256; i++) {
		char pair[3];
		snprintf(pair, sizeof pair, "%02x", (unsigned)i & 0xFF);
		e = sweep_folder(tx, files, lock, pair, before, &n);
	}
	if (!e)
		*removed = n;
	return e;
}
