/* A thread for each witness, which asks, and one that leads: it shows all of them the newest signature,
 * waits for those that answered last time, and publishes with the lines that came. What comes later is
 * published with the same checkpoint once more. */
#include "main/witnesses.h"

#include "web/metrics.h"

#include "base/log.h"
#include "ledger/checkpoint.h"
#include "ledger/log_files.h"
#include "main/witness_ask.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	WAIT_MS = 2000,               /* of readers for witnesses, after a signature */
	APART_MS = 500,               /* between two rounds */
	FRESH_MS = 3600 * 1000,       /* a line older than this is asked for anew */
	AGAIN_MS = 5000,              /* a silent witness is asked again, */
	AGAIN_MOST_MS = 5 * 60 * 1000 /* each time after twice as long, up to this */
};

/* One witness. All but the first six under the lock of its house. */
struct seat {
	struct witnesses *all;
	const struct policy_name *who;
	struct fetcher *fetcher;
	struct db *db;
	struct arena *mem; /* of the question under way */
	pthread_t thread;
	bool begun;

	uint64_t asked, answered; /* rounds */
	uint64_t known;
	struct arena *kept; /* holds `line` */
	struct str line;    /* its newest cosignature, of: */
	uint64_t size;
	struct hash root;
	struct instant seen;
	int64_t seen_ms;    /* on our clock; 0: in an earlier life */
	bool silent, heard; /* it failed when it was last asked; it was asked at all */
	int failures;
	int64_t again_ms;
};

struct witnesses {
	struct policy policy;
	struct seat seats[LOG_WITNESSES];
	size_t n;
	struct witnesses_setup setup;
	pthread_t leader;
	bool led, woken, late;
	atomic_bool stop;
	pthread_mutex_t lock;
	pthread_cond_t called, answered;
	/* The round: what is shown, and when it was signed. */
	uint64_t round;
	struct arena *mem;
	struct log_published shown;
	int64_t woken_ms, since_ms;
	struct str published; /* the lines that went out with it, in `mem` */
	bool out;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until somebody signals or that moment has come. */
static void wait_until(struct witnesses *w, pthread_cond_t *cond, int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
	pthread_cond_timedwait(cond, &w->lock, &t);
}

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
	enum err e = file_read(path, POLICY_BYTES, mem, &text, why);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
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

/* --- A witness's own thread --- */

static void keep_line(struct seat *s, const struct witness_question *q)
{
	arena_clear(s->kept);
	s->line = str_dup(s->kept, q->line);
	s->size = q->shown->size;
	s->root = q->shown->root;
	s->seen = (struct instant){ (int64_t)q->time * 1000 };
	s->seen_ms = now_ms();
}

/* One line of the log for each change of state, not for each try. */
static void tell(struct seat *s, enum witness_outcome outcome, struct str why)
{
	struct str name = s->who->key.name;
	if (outcome == ASK_ACCUSED) {
		struct str text = log_fault_text(s->all->setup.log, s->mem);
		log_error("ledger.read_only", "%.*s", STR_ARG(text));
	} else if (outcome == ASK_FAILED && !s->silent) {
		log_warn("witness.silent", "%.*s: %.*s", STR_ARG(name), STR_ARG(why));
	} else if (outcome == ASK_COSIGNED && (s->silent || !s->heard)) {
		log_info("witness.answers", "%.*s", STR_ARG(name));
	}
}

static void record(struct seat *s, enum witness_outcome outcome, const struct witness_question *q)
{
	tell(s, outcome, q->why);
	s->known = q->known;
	s->heard = true;
	s->silent = outcome != ASK_COSIGNED;
	if (!s->silent) {
		keep_line(s, q);
		s->failures = 0;
		return;
	}
	int64_t pause = AGAIN_MS;
	for (int i = 0; i < s->failures && pause < AGAIN_MOST_MS; i++)
		pause *= 2;
	s->failures++;
	s->again_ms = now_ms() + (pause < AGAIN_MOST_MS ? pause : AGAIN_MOST_MS);
}

static void *attend(void *of)
{
	struct seat *s = of;
	struct witnesses *w = s->all;
	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (s->asked == s->answered && !atomic_load(&w->stop))
			pthread_cond_wait(&w->called, &w->lock);
		if (atomic_load(&w->stop))
			break;
		uint64_t round = s->asked;
		arena_clear(s->mem);
		struct log_published shown = w->shown;
		shown.note = str_dup(s->mem, w->shown.note);
		struct witness_question q = { .who = s->who,
					      .fetcher = s->fetcher,
					      .db = s->db,
					      .log = w->setup.log,
					      .shown = &shown,
					      .known = s->known,
					      .why = S("") };
		pthread_mutex_unlock(&w->lock);
		enum witness_outcome outcome = witness_ask(&q, s->mem);
		pthread_mutex_lock(&w->lock);
		if (atomic_load(&w->stop))
			break;
		record(s, outcome, &q);
		s->answered = round;
		w->late = true;
		pthread_cond_signal(&w->answered);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* --- The leader --- */

static bool has_shown(const struct seat *s, const struct log_published *c)
{
	return s->line.len && s->size == c->size && hash_eq(&s->root, &c->root);
}

/* Is there a reason to ask this one about it now? */
static bool is_due(const struct seat *s, const struct log_published *c, int64_t now)
{
	if (s->asked != s->answered)
		return false;
	if (s->silent)
		return now >= s->again_ms;
	return !has_shown(s, c) || !s->seen_ms || now >= s->seen_ms + FRESH_MS;
}

/* Never at once: a log that has stopped asks nobody. */
static int64_t next_due(const struct witnesses *w, int64_t now)
{
	int64_t next = now + FRESH_MS;
	for (size_t i = 0; i < w->n; i++) {
		const struct seat *s = &w->seats[i];
		int64_t at = s->silent ? s->again_ms : s->seen_ms + FRESH_MS;
		if (s->asked == s->answered && at < next)
			next = at;
	}
	return next > now + APART_MS ? next : now + APART_MS;
}

/* Those that answered last time are waited for. */
static bool all_in(const struct witnesses *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->seats[i].asked != w->seats[i].answered && !w->seats[i].silent)
			return false;
	return true;
}

static void show_board(struct witnesses *w)
{
	struct log_witness board[LOG_WITNESSES];
	for (size_t i = 0; i < w->n; i++) {
		const struct seat *s = &w->seats[i];
		board[i] = (struct log_witness){ s->who->key, s->heard && !s->silent, s->size,
						 s->seen };
	}
	log_witnesses_set(w->setup.log, board, w->n);
}

/* With the lines there are; nothing when these went out already. */
static void publish(struct witnesses *w)
{
	struct buf lines = { .a = w->mem };
	for (size_t i = 0; i < w->n; i++)
		if (has_shown(&w->seats[i], &w->shown))
			buf_put(&lines, w->seats[i].line);
	show_board(w);
	w->late = false;
	if (w->out && str_eq(buf_str(&lines), w->published))
		return;
	w->published = buf_str(&lines);
	w->out = true;
	pthread_mutex_unlock(&w->lock);
	log_publish(w->setup.log, &w->shown, w->published);
	if (w->setup.published)
		w->setup.published(w->setup.context);
	pthread_mutex_lock(&w->lock);
}

/* What is the newest now, and does it take a round? */
static bool begin_round(struct witnesses *w)
{
	struct arena *mem = arena_new(0);
	struct log_published c;
	bool waiting, due = false;
	int64_t now = now_ms();
	w->since_ms = w->woken ? w->woken_ms : now;
	w->woken = false;
	if (log_fault(w->setup.log) || log_signed(w->setup.log, mem, &c, &waiting)) {
		arena_free(mem);
		return false;
	}
	for (size_t i = 0; i < w->n; i++)
		due |= is_due(&w->seats[i], &c, now);
	if (!due && !waiting) {
		arena_free(mem);
		return false;
	}
	bool same = w->out && w->shown.size == c.size && hash_eq(&w->shown.root, &c.root);
	struct str published = same ? str_dup(mem, w->published) : S("");
	arena_free(w->mem);
	w->mem = mem;
	w->shown = c;
	w->published = published;
	w->out = same;
	w->round++;
	for (size_t i = 0; i < w->n; i++)
		if (is_due(&w->seats[i], &c, now))
			w->seats[i].asked = w->round;
	pthread_cond_broadcast(&w->called);
	return true;
}

/* A signature waits until it is two seconds old, whatever round it came into. */
static void run_round(struct witnesses *w)
{
	int64_t began = now_ms(), until = w->since_ms + WAIT_MS;
	while (!all_in(w) && now_ms() < until && !atomic_load(&w->stop))
		wait_until(w, &w->answered, until);
	publish(w);
	while (now_ms() < began + APART_MS && !atomic_load(&w->stop)) {
		wait_until(w, &w->answered, began + APART_MS);
		if (w->late)
			publish(w);
	}
}

static void *lead(void *of)
{
	struct witnesses *w = of;
	pthread_mutex_lock(&w->lock);
	while (!atomic_load(&w->stop)) {
		if (begin_round(w))
			run_round(w);
		else if (w->late)
			publish(w);
		else
			wait_until(w, &w->answered, next_due(w, now_ms()));
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

void witnesses_wake(struct witnesses *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	if (!w->woken)
		w->woken_ms = now_ms();
	w->woken = true;
	pthread_cond_signal(&w->answered);
	pthread_mutex_unlock(&w->lock);
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
		keep_line(s, &q);
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
		enum err e = db_open(setup->dir, DB_READ, &s->db, why, w->mem);
		if (e)
			return e;
		if (any)
			remember(s, &c);
	}
	show_board(w);
	log_hold(setup->log, true);
	for (size_t i = 0; i < w->n; i++)
		w->seats[i].begun =
			pthread_create(&w->seats[i].thread, NULL, attend, &w->seats[i]) == 0;
	w->led = pthread_create(&w->leader, NULL, lead, w) == 0;
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
