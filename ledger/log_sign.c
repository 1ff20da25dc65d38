/* Signing without ever forking. The checkpoint file is the memory of what the world was told; the
 * database may have been restored from last week. So nothing is signed unless the stored tiles give
 * the root of the file for the file's size, and the root of the row for the row's size. The order is:
 * commit, sign, file on disk, publish. Crash after the commit: the next start signs. Crash after the
 * file: the next start finds file and database agreeing. */
#include "ledger/checkpoint.h"
#include "ledger/log_state.h"
#include "ledger/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static enum err fault(struct log *log, enum log_fault f, const char *format, ...) PRINTF(3, 4);
static enum err fault(struct log *log, enum log_fault f, const char *format, ...)
{
	va_list args;

	log->fault = f;
	va_start(args, format);
	vsnprintf(log->fault_text, sizeof log->fault_text, format, args);
	va_end(args);
	return ERR_CORRUPT;
}

/* --- Keys --- */

static enum err load_keys(struct log *log, struct tx *tx, struct str *why)
{
	struct log_keys file;
	enum err e = log_keys_read(log->dir, log->origin, log->mem, &file, why);

	if (e)
		return e;
	e = log_keys_choose(tx, log->dir, &file, &log->keys, why);
	log->held_n = file.n;
	for (size_t i = 0; i < file.n; i++)
		log->held[i] = file.at[i].vkey;
	log_keys_wipe(&file);
	return e;
}

/* Signed by a key this database knows, or by one whose secret we hold: a database from before a change
 * of keys meets checkpoints of the key that came after it. */
static enum err is_ours(struct log *log, struct tx *tx, struct str bytes, struct log_published *out,
			bool *ours)
{
	struct checkpoint c;
	enum err e = log_checkpoint_ours(tx, bytes, out, ours);

	for (size_t i = 0; !e && !*ours && i < log->held_n; i++)
		if (checkpoint_verify(tx->mem, bytes, &log->held[i], &c, NULL)) {
			*out = (struct log_published){ c.size, c.root, bytes };
			*ours = true;
		}
	return e;
}

/* --- Comparing --- */

/* Do the stored tiles give this root for this size? */
static enum err tiles_give(struct tx *tx, uint64_t size, const struct hash *root, bool *out)
{
	struct log_tiles tiles;
	struct tree_reader reader = log_reader(&tiles, tx);
	struct hash computed;
	enum err e = tree_root(&reader, size, &computed);

	if (!e)
		*out = hash_eq(&computed, root);
	else if (e == ERR_CORRUPT)
		*out = false;
	return e == ERR_CORRUPT ? OK : e;
}

/* Holds something that was signed against the database. `of` says what it is, for the fault. */
static enum err compare_with(struct log *log, struct tx *tx, const struct log_published *c,
			     const struct log_head *head, const char *of)
{
	bool agrees;
	enum err e;

	if (c->size > head->size) {
		(void)fault(log, LOG_FILE_AHEAD,
			    "%s was signed for %" PRIu64 " entries and the database holds %" PRIu64
			    ": it was restored from an older copy; the missing entries must be "
			    "supplied",
			    of, c->size, head->size);
		return OK;
	}
	if ((e = tiles_give(tx, c->size, &c->root, &agrees)))
		return e;
	if (!agrees)
		(void)fault(log, LOG_FILE_DISAGREES,
			    "%s was signed for another history of %" PRIu64
			    " entries than the database holds; this log cannot go on",
			    of, c->size);
	return OK;
}

/* Reads one of the files and holds it against the database. What it says was told to the world, so it
 * is what we publish, even when it accuses us. */
static enum err compare_file(struct log *log, struct tx *tx, const char *path,
			     const struct log_head *head, struct str *why)
{
	struct log_published c;
	struct str bytes, story;
	bool ours;
	enum err e = file_read(path, NOTE_BYTES, tx->mem, &bytes, &story);

	if (e == ERR_NOT_FOUND) {
		log->unsaved |= path != log->accused;
		return OK;
	}
	if (e) {
		*why = story;
		return e;
	}
	if ((e = is_ours(log, tx, bytes, &c, &ours)))
		return e;
	if (!ours) {
		(void)fault(log, LOG_FILE_UNREADABLE,
			    "%s is not a checkpoint signed by this log; put the right file back",
			    path);
		return OK;
	}
	bool larger = !log->last.note.at || c.size > log->last.size;
	if (path == log->accused)
		larger &= c.size > head->size; /* else it is the memory of a mended accident */
	else
		log->unsaved |= log->last.note.at && c.size != log->last.size;
	if (larger)
		log_signed_now(log, &c);
	return compare_with(log, tx, &c, head, path);
}

/* What others saw of us. Only a signature of ours makes it speak against us; then it is kept, because
 * they may be silent at the next start. */
static enum err compare_seen(struct log *log, struct tx *tx, const struct log_seen *seen,
			     const struct log_head *head)
{
	struct log_published c;
	struct str why = S("");
	bool ours;
	enum err e = is_ours(log, tx, seen->note, &c, &ours);

	if (e || !ours)
		return e;
	char *of = str_z(tx->mem, str_printf(tx->mem, "the checkpoint that %.*s has seen",
					     STR_ARG(seen->from)));
	if ((e = compare_with(log, tx, &c, head, of)) || !log->fault)
		return e;
	if (c.size > head->size && (!log->last.note.at || c.size > log->last.size))
		log_signed_now(log, &c);
	if ((e = file_replace(log->accused, seen->note, 0644, tx->mem, &why)))
		return tx_fail(tx, e, "%.*s", STR_ARG(why));
	return OK;
}

static enum err compare(struct log *log, struct tx *tx, const struct log_seen *seen, size_t n,
			struct str *why)
{
	struct log_head head;
	enum err e = log_head(tx, &head);

	if (e || (e = compare_file(log, tx, log->file, &head, why)))
		return e;
	if (log->second && (e = compare_file(log, tx, log->second, &head, why)))
		return e;
	bool missing = !log->last.note.at && head.size;
	if (!log->fault && (e = compare_file(log, tx, log->accused, &head, why)))
		return e;
	for (size_t i = 0; i < n && !log->fault; i++)
		if ((e = compare_seen(log, tx, &seen[i], &head)))
			return e;
	if (!log->fault && missing)
		(void)fault(
			log, LOG_FILE_MISSING,
			"%s is missing, so nobody knows what was published; put it back, or a copy "
			"of"
			" the newest published checkpoint, or confirm that nothing newer exists",
			log->file);
	return OK;
}

enum err log_confront(struct log *log, struct tx *tx, const struct log_seen *seen, bool *accuses)
{
	struct log_head head;
	enum err before = tx->err, e;

	pthread_mutex_lock(&log->lock);
	bool already = log->fault != LOG_FINE;
	if (!(e = log_head(tx, &head)) && !already)
		e = compare_seen(log, tx, seen, &head);
	*accuses = log->fault && !already;
	pthread_mutex_unlock(&log->lock);
	if (*accuses)
		tx->err = before;
	return *accuses ? OK : e;
}

/* --- Signing --- */

static struct str signed_note(struct log *log, struct arena *a, const struct checkpoint *c)
{
	struct buf note = { .a = a };

	buf_put_checkpoint(&note, c);
	struct str text = str_dup(a, buf_str(&note));
	buf_putc(&note, '\n');
	for (size_t i = 0; i < log->keys.n; i++)
		buf_put_signature(&note, &log->keys.at[i].vkey, &log->keys.at[i].secret, text);
	return buf_str(&note);
}

static enum err save(struct log *log, struct tx *tx, struct str note)
{
	struct str why = S("");
	enum err e = file_replace(log->file, note, 0644, tx->mem, &why);

	if (!e && log->second)
		e = file_replace(log->second, note, 0644, tx->mem, &why);
	log->unsaved = e != OK;
	return e ? tx_fail(tx, e, "%.*s", STR_ARG(why)) : OK;
}

/* Another process may have signed meanwhile: its file is our past too. */
static enum err catch_up(struct log *log, struct tx *tx)
{
	struct str bytes, why = S("");
	struct log_published c;
	bool ours;
	enum err e = file_read(log->file, NOTE_BYTES, tx->mem, &bytes, &why);

	if (e == ERR_NOT_FOUND) {
		log->unsaved = true;
		return OK;
	}
	if (e)
		return tx_fail(tx, e, "%.*s", STR_ARG(why));
	if (log->last.note.at && str_eq(bytes, log->last.note))
		return OK;
	if ((e = is_ours(log, tx, bytes, &c, &ours)))
		return e;
	if (!ours)
		return fault(log, LOG_FILE_UNREADABLE, "%s was replaced by something else",
			     log->file);
	if (!log->last.note.at || c.size >= log->last.size)
		log_signed_now(log, &c);
	else
		log->unsaved = true; /* signed before ours was written there: ours is newer */
	return OK;
}

static enum err sign_checked(struct log *log, struct tx *tx, bool anew)
{
	const struct kept *last = &log->last;
	struct log_head head;
	bool old_agrees = true, new_agrees = false;
	enum err e = log_head(tx, &head);

	if (e || (e = catch_up(log, tx)))
		return e;
	if (last->note.at && head.size < last->size)
		return OK; /* this transaction began before the last signature */
	if ((last->note.at && (e = tiles_give(tx, last->size, &last->root, &old_agrees))) ||
	    (e = tiles_give(tx, head.size, &head.root, &new_agrees)))
		return e;
	if (!old_agrees)
		return fault(log, LOG_FILE_DISAGREES,
			     "the first %" PRIu64
			     " stored entries are not those that were signed; nothing"
			     " more will be signed",
			     last->size);
	if (!new_agrees)
		return fault(log, LOG_STORED_BROKEN,
			     "the stored tiles do not give the stored root of %" PRIu64
			     " entries; run dinh verify",
			     head.size);
	if (last->note.at && head.size == last->size && !anew)
		return log->unsaved ? save(log, tx, last->note) : OK;
	struct checkpoint c = { .origin = log->origin, .size = head.size, .root = head.root };
	struct str note = signed_note(log, tx->mem, &c);
	if ((e = save(log, tx, note)))
		return e;
	log_signed_now(log, &(struct log_published){ c.size, c.root, note });
	return OK;
}

static enum err sign_locked(struct log *log, struct tx *tx, bool anew)
{
	if (log->fault)
		return tx_fail(tx, ERR_CORRUPT, "%s", log->fault_text);
	while (flock(log->lock_fd, LOCK_EX) != 0)
		if (errno != EINTR)
			return tx_fail(tx, ERR_IO, "log.lock: %s", strerror(errno));
	enum err e = sign_checked(log, tx, anew);
	flock(log->lock_fd, LOCK_UN);
	return e && log->fault ? tx_fail(tx, e, "%s", log->fault_text) : e;
}

enum err log_sign(struct log *log, struct tx *tx)
{
	pthread_mutex_lock(&log->lock);
	enum err e = sign_locked(log, tx, false);
	pthread_mutex_unlock(&log->lock);
	return e;
}

enum err log_accept(struct log *log, struct tx *tx)
{
	enum err e = ERR_CONFLICT;

	pthread_mutex_lock(&log->lock);
	if (log->fault == LOG_FILE_MISSING) {
		log->fault = LOG_FINE;
		e = sign_locked(log, tx, false);
	}
	pthread_mutex_unlock(&log->lock);
	return e;
}

enum err log_reload(struct log *log, struct tx *tx, struct str *why)
{
	pthread_mutex_lock(&log->lock);
	enum err e = load_keys(log, tx, why);
	if (!e)
		e = sign_locked(log, tx, true);
	pthread_mutex_unlock(&log->lock);
	return e;
}

/* --- Opening --- */

static struct log *make(struct str dir, struct str second, struct str origin)
{
	struct arena *mem = arena_new(0);
	struct log *log = NEW(mem, struct log);

	log->mem = mem;
	log->dir = str_dup(mem, dir);
	log->origin = str_dup(mem, origin);
	log->file = str_z(mem, str_printf(mem, "%.*s/checkpoint", STR_ARG(dir)));
	log->second = second.len ? str_z(mem, second) : NULL;
	log->accused = str_z(mem, str_printf(mem, "%.*s/checkpoint.witness", STR_ARG(dir)));
	log->lock_fd = -1;
	log->last.mem = arena_new(0);
	for (size_t i = 0; i < LOG_KEPT; i++)
		log->kept[i].mem = arena_new(0);
	pthread_mutex_init(&log->lock, NULL);
	return log;
}

static enum err open_lock(struct log *log, struct str *why)
{
	const char *path =
		str_z(log->mem, str_printf(log->mem, "%.*s/log.lock", STR_ARG(log->dir)));

	log->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (log->lock_fd >= 0)
		return OK;
	*why = str_printf(log->mem, "cannot open %s: %s", path, strerror(errno));
	return ERR_IO;
}

enum err log_open(struct tx *tx, struct str dir, struct str second, struct log **out,
		  struct str *why)
{
	return log_open_seen(tx, dir, second, NULL, 0, out, why);
}

enum err log_open_seen(struct tx *tx, struct str dir, struct str second,
		       const struct log_seen *seen, size_t n, struct log **out, struct str *why)
{
	enum err before = tx->err, e;
	struct str origin;

	if ((e = log_origin(tx, &origin))) {
		*why = e == ERR_NOT_FOUND ? S("this site has no log: run dinh init")
					  : str_of(tx->why);
		return e;
	}
	struct log *log = make(dir, second, origin);
	struct str reason = S("");
	if (!(e = load_keys(log, tx, &reason)) && !(e = open_lock(log, &reason)) &&
	    !(e = compare(log, tx, seen, n, &reason)) && !log->fault)
		e = sign_locked(log, tx, false);
	/* A fault is a state to be shown, not a reason not to start, nor to spoil the transaction. */
	if (!e || log->fault) {
		tx->err = before;
		*out = log;
		return OK;
	}
	*why = str_dup(tx->mem, reason.len ? reason : str_of(tx->why));
	log_close(log);
	return e;
}

void log_close(struct log *log)
{
	if (!log)
		return;
	log_keys_wipe(&log->keys);
	fd_close(&log->lock_fd);
	arena_free(log->last.mem);
	for (size_t i = 0; i < LOG_KEPT; i++)
		arena_free(log->kept[i].mem);
	pthread_mutex_destroy(&log->lock);
	arena_free(log->mem);
}

/* --- What others may know --- */

enum log_fault log_fault(struct log *log)
{
	pthread_mutex_lock(&log->lock);
	enum log_fault f = log->fault;
	pthread_mutex_unlock(&log->lock);
	return f;
}

struct str log_fault_text(struct log *log, struct arena *a)
{
	pthread_mutex_lock(&log->lock);
	struct str text = log->fault ? str_dup(a, str_of(log->fault_text)) : S("");
	pthread_mutex_unlock(&log->lock);
	return text;
}
