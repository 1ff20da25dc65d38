/* What others may know: the checkpoints that were published, and who else has seen them. What is signed
 * may wait a while for the lines of witnesses; it is in the file by then, and whoever publishes it late
 * or never changes nothing of what it says. */
#include "ledger/log_state.h"

#include <inttypes.h>
#include <string.h>

void kept_set(struct kept *k, const struct log_published *c)
{
	struct log_published copy = *c; /* it may be what stands there now */
	struct arena *mem = arena_new(0);

	copy.note = str_dup(mem, c->note);
	arena_free(k->mem);
	*k = (struct kept){ mem, copy.size, copy.root, copy.note };
}

static struct kept *newest(struct log *log)
{
	return &log->kept[log->newest];
}

static void publish(struct log *log, const struct log_published *c)
{
	struct kept *next = newest(log);

	/* The same size again (another key, more cosignatures) takes the place of what it renews. */
	if (next->note.at && next->size != c->size) {
		log->newest = (log->newest + 1) % LOG_KEPT;
		next = newest(log);
	}
	kept_set(next, c);
}

static struct log_published published_of(const struct kept *k)
{
	return (struct log_published){ k->size, k->root, k->note };
}

void log_signed_now(struct log *log, const struct log_published *c)
{
	kept_set(&log->last, c);
	if (!log->hold)
		publish(log, c);
}

/* --- Witnesses --- */

static bool waits(struct log *log)
{
	const struct kept *now = newest(log);

	return log->last.note.at && (!now->note.at || now->size < log->last.size);
}

void log_hold(struct log *log, bool hold)
{
	pthread_mutex_lock(&log->lock);
	log->hold = hold;
	if (!hold && waits(log)) {
		struct log_published c = published_of(&log->last);
		publish(log, &c);
	}
	pthread_mutex_unlock(&log->lock);
}

enum err log_signed(struct log *log, struct arena *a, struct log_published *out, bool *waiting)
{
	pthread_mutex_lock(&log->lock);
	bool any = log->last.note.at != NULL;
	if (any) {
		*out = published_of(&log->last);
		out->note = str_dup(a, out->note);
		*waiting = waits(log);
	}
	pthread_mutex_unlock(&log->lock);
	return any ? OK : ERR_NOT_FOUND;
}

/* The text and our own signatures, then the lines given: whatever else stood there was older. */
static bool with_lines(struct log *log, struct arena *a, struct str note, struct str lines,
		       struct str *out)
{
	struct buf b = { .a = a };
	struct note n;

	if (!note_parse(a, note, &n))
		return false;
	buf_put(&b, n.text);
	buf_putc(&b, '\n');
	for (size_t i = 0; i < n.n; i++)
		if (str_eq(n.signatures[i].name, log->origin))
			buf_put(&b, n.signatures[i].line);
	buf_put(&b, lines);
	*out = buf_str(&b);
	return true;
}

void log_publish(struct log *log, const struct log_published *c, struct str lines)
{
	struct arena *a = arena_new(0);
	struct log_published fresh = *c;
	struct str why = S("");

	pthread_mutex_lock(&log->lock);
	const struct kept *now = newest(log);
	bool back = now->note.at && c->size < now->size;
	bool last = c->size == log->last.size && hash_eq(&c->root, &log->last.root);
	if (!back && (last || c->size < log->last.size) &&
	    with_lines(log, a, last ? log->last.note : c->note, lines, &fresh.note)) {
		publish(log, &fresh);
		if (last) {
			kept_set(&log->last, &fresh);
			/* The file says the same without the lines; the next signature mends it. */
			log->unsaved |= file_replace(log->file, fresh.note, 0644, a, &why) != OK;
		}
	}
	pthread_mutex_unlock(&log->lock);
	arena_free(a);
}

void log_witnesses_set(struct log *log, const struct log_witness *list, size_t n)
{
	pthread_mutex_lock(&log->lock);
	log->witness_n = n < LOG_WITNESSES ? n : LOG_WITNESSES;
	memcpy(log->witnesses, list, log->witness_n * sizeof *list);
	pthread_mutex_unlock(&log->lock);
}

struct log_witnesses log_witnesses(struct log *log, struct arena *a)
{
	struct log_witnesses out = { NEW_N(a, struct log_witness, LOG_WITNESSES), 0 };

	pthread_mutex_lock(&log->lock);
	out.n = log->witness_n;
	memcpy(out.at, log->witnesses, out.n * sizeof *out.at);
	pthread_mutex_unlock(&log->lock);
	return out;
}

/* --- Keys and checkpoints --- */

struct strs log_vkeys(struct log *log, struct arena *a)
{
	struct strs out = { NEW_N(a, struct str, LOG_KEYS), 0 };

	pthread_mutex_lock(&log->lock);
	while (out.n < log->keys.n) {
		struct buf b = { .a = a };
		buf_put_vkey(&b, &log->keys.at[log->keys.n - 1 - out.n].vkey);
		out.at[out.n++] = buf_str(&b);
	}
	pthread_mutex_unlock(&log->lock);
	return out;
}

struct str log_vkey(struct log *log, struct arena *a)
{
	return log_vkeys(log, a).at[0];
}

enum err log_checkpoint_within(struct log *log, uint64_t size, struct arena *a,
			       struct log_published *out)
{
	const struct kept *found = NULL;

	pthread_mutex_lock(&log->lock);
	for (size_t i = 0; i < LOG_KEPT; i++) {
		const struct kept *k = &log->kept[i];
		if (k->note.at && k->size <= size && (!found || k->size > found->size))
			found = k;
	}
	if (found)
		*out = (struct log_published){ found->size, found->root, str_dup(a, found->note) };
	pthread_mutex_unlock(&log->lock);
	return found ? OK : ERR_NOT_FOUND;
}

enum err log_checkpoint(struct log *log, struct arena *a, struct log_published *out)
{
	return log_checkpoint_within(log, UINT64_MAX, a, out);
}
