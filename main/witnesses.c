/* The witnesses of a site from the file that lists them to the figures about them; how they are asked is
 * in main/witness_rounds.c. */
#include "main/witnesses.h"

#include "ledger/checkpoint.h"
#include "ledger/log_files.h"
#include "main/witness_seat.h"
#include "web/metrics.h"

#include <inttypes.h>

/* --- Reading the list --- */

static void close_all(void *of)
{
	struct witnesses *w = of;
	for (size_t i = 0; i < w->n; i++) {
		struct seat *s = &w->seats[i];
		fetcher_close(s->fetcher);
		db_close(s->db);
		arena_free(s->mem);
		arena_free(s->kept);
	}
	arena_free(w->mem);
	pthread_cond_destroy(&w->called);
	pthread_cond_destroy(&w->answered);
	pthread_mutex_destroy(&w->lock);
}

static void init(struct witnesses *w)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->called, &attr);
	pthread_cond_init(&w->answered, &attr);
	pthread_condattr_destroy(&attr);
	pthread_mutex_init(&w->lock, NULL);
	w->mem = arena_new(0);
}

static enum err seat_add(struct witnesses *w, const struct policy_name *who, struct arena *mem,
			 struct str *why)
{
	struct seat *s = &w->seats[w->n];
	*s = (struct seat){ .all = w, .who = who, .mem = arena_new(0), .kept = arena_new(0) };
	w->n++;
	enum err e = fetcher_open(mem, &s->fetcher, why);
	if (!e)
		fetcher_stop_by(s->fetcher, &w->stop);
	return e;
}

enum err witnesses_open(struct arena *mem, struct str dir, struct witnesses **out, struct str *why)
{
	const char *path = str_z(mem, str_printf(mem, "%.*s/witnesses", STR_ARG(dir)));
	struct str text, reason = S("");
	*out = NULL;
	enum err e = file_read(path, POLICY_BYTES, mem, &text, &reason);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e) {
		*why = reason;
		return e;
	}
	struct witnesses *w = NEW(mem, struct witnesses);
	if (!policy_parse_witnesses(mem, text, &w->policy, &reason)) {
		*why = str_printf(mem, "%s: %.*s", path, STR_ARG(reason));
		return ERR_INVALID;
	}
	init(w);
	arena_defer(mem, close_all, w);
	for (size_t i = 0; i < w->policy.names.n && !e; i++) {
		const struct policy_name *who = &w->policy.names.at[i];
		if (who->is_group)
			continue;
		if (w->n == LOG_WITNESSES) {
			*why = str_printf(mem, "%s: more than %d witnesses", path, LOG_WITNESSES);
			return ERR_INVALID;
		}
		e = seat_add(w, who, mem, why);
	}
	if (!e && w->n)
		*out = w;
	return e;
}

/* --- Before the log is opened --- */

struct looking {
	pthread_t thread;
	struct seat *seat;
	struct str origin, note;
	bool begun, found;
};

static void *look(void *of)
{
	struct looking *l = of;
	l->found = witness_look(l->seat->fetcher, l->seat->who, l->origin, l->seat->mem, &l->note);
	return NULL;
}

static struct log_seen *witnesses_look(struct witnesses *w, struct str origin, size_t *n)
{
	struct log_seen *seen = NEW_N(w->mem, struct log_seen, w->n);
	struct looking all[LOG_WITNESSES];
	*n = 0;
	for (size_t i = 0; i < w->n; i++) {
		all[i] = (struct looking){ .seat = &w->seats[i], .origin = origin };
		all[i].begun = pthread_create(&all[i].thread, NULL, look, &all[i]) == 0;
	}
	for (size_t i = 0; i < w->n; i++) {
		struct note note;
		struct checkpoint c;
		if (all[i].begun)
			pthread_join(all[i].thread, NULL);
		if (!all[i].found)
			continue;
		seen[*n].from = all[i].seat->who->key.name;
		seen[(*n)++].note = all[i].note;
		/* Where to begin with it; if this is not so, it will say. */
		if (note_parse(all[i].seat->mem, all[i].note, &note) &&
		    checkpoint_parse(note.text, &c))
			all[i].seat->known = c.size;
	}
	return seen;
}

enum err witnesses_open_log(struct witnesses *w, struct tx *tx, struct str dir, struct str second,
			    struct log **out, struct str *why)
{
	struct log_seen *seen = NULL;
	struct str origin;
	size_t n = 0;
	if (w && log_origin(tx, &origin) == OK)
		seen = witnesses_look(w, origin, &n);
	return log_open_seen(tx, dir, second, seen, n, out, why);
}

/* --- Start, stop, figures --- */

/* What stood under the last checkpoint before this start still stands there. */
static void remember(struct seat *s, const struct log_published *c)
{
	struct note n;
	uint64_t time;
	if (!note_parse(s->mem, c->note, &n) || !note_verify(&n, &s->who->key, &time))
		return;
	for (size_t i = 0; i < n.n; i++) {
		struct note one = { n.text, &n.signatures[i], 1 };
		struct witness_question q = { .shown = c, .time = time };
		if (!note_verify(&one, &s->who->key, NULL))
			continue;
		q.line = one.signatures->line;
		seat_keep_line(s, &q);
		s->seen_ms = 0;
		s->known = s->known ? s->known : c->size;
		return;
	}
}

enum err witnesses_start(struct witnesses *w, const struct witnesses_setup *setup, struct str *why)
{
	struct log_published c;
	bool waiting;
	w->setup = *setup;
	bool any = log_signed(setup->log, w->mem, &c, &waiting) == OK;
	for (size_t i = 0; i < w->n; i++) {
		struct seat *s = &w->seats[i];
		enum err e = db_open(setup->database, DB_READ, &s->db, why, w->mem);
		if (e)
			return e;
		if (any)
			remember(s, &c);
	}
	rounds_show_board(w);
	log_hold(setup->log, true);
	for (size_t i = 0; i < w->n; i++)
		w->seats[i].begun =
			pthread_create(&w->seats[i].thread, NULL, seat_attend, &w->seats[i]) == 0;
	w->led = pthread_create(&w->leader, NULL, rounds_lead, w) == 0;
	for (size_t i = 0; i < w->n && w->led; i++)
		w->led = w->seats[i].begun;
	if (w->led)
		return OK;
	*why = S("no threads to ask the witnesses");
	return ERR_IO;
}

static void end(bool *begun, pthread_t thread)
{
	if (*begun)
		pthread_join(thread, NULL);
	*begun = false;
}

void witnesses_stop(struct witnesses *w)
{
	if (!w || !w->setup.log)
		return;
	pthread_mutex_lock(&w->lock);
	atomic_store(&w->stop, true);
	pthread_cond_broadcast(&w->called);
	pthread_cond_broadcast(&w->answered);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->n; i++)
		end(&w->seats[i].begun, w->seats[i].thread);
	end(&w->led, w->leader);
	log_hold(w->setup.log, false);
}

static void put_label(struct buf *out, const char *name, const struct seat *s)
{
	buf_printf(out, "%s{witness=\"", name);
	for (size_t i = 0; i < s->who->key.name.len; i++) {
		char c = s->who->key.name.at[i];
		if (c == '"' || c == '\\')
			buf_putc(out, '\\');
		buf_putc(out, c);
	}
	buf_put(out, S("\"} "));
}

void witnesses_metrics(void *witnesses, struct buf *out)
{
	struct witnesses *w = witnesses;
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	metrics_head(out, "dinh_witness_answers", "gauge",
		     "1: the witness cosigned when it was last asked.");
	for (size_t i = 0; i < w->n; i++) {
		put_label(out, "dinh_witness_answers", &w->seats[i]);
		buf_printf(out, "%d\n", w->seats[i].heard && !w->seats[i].silent);
	}
	metrics_head(out, "dinh_witness_size", "gauge", "Entries the witness has cosigned.");
	for (size_t i = 0; i < w->n; i++) {
		put_label(out, "dinh_witness_size", &w->seats[i]);
		buf_printf(out, "%" PRIu64 "\n", w->seats[i].size);
	}
	metrics_head(out, "dinh_witness_seen_timestamp_seconds", "gauge",
		     "When the witness last cosigned.");
	for (size_t i = 0; i < w->n; i++) {
		put_label(out, "dinh_witness_seen_timestamp_seconds", &w->seats[i]);
		buf_printf(out, "%" PRId64 "\n", w->seats[i].seen.ms / 1000);
	}
	pthread_mutex_unlock(&w->lock);
}
