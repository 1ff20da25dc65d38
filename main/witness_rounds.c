/* A thread for each witness, which asks, and one that leads: it shows all of them the newest signature,
 * waits for those that answered last time, and publishes with the lines that came. What comes later is
 * published with the same checkpoint once more. */
#include "main/witness_seat.h"

#include "base/log.h"

#include <time.h>

enum {
	WAIT_MS = 2000,               /* of readers for witnesses, after a signature */
	APART_MS = 500,               /* between two rounds */
	FRESH_MS = 3600 * 1000,       /* a line older than this is asked for anew */
	AGAIN_MS = 5000,              /* a silent witness is asked again, */
	AGAIN_MOST_MS = 5 * 60 * 1000 /* each time after twice as long, up to this */
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

/* --- A witness's own thread --- */

void seat_keep_line(struct seat *s, const struct witness_question *q)
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
		seat_keep_line(s, q);
		s->failures = 0;
		return;
	}
	int64_t pause = AGAIN_MS;
	for (int i = 0; i < s->failures && pause < AGAIN_MOST_MS; i++)
		pause *= 2;
	s->failures++;
	s->again_ms = now_ms() + (pause < AGAIN_MOST_MS ? pause : AGAIN_MOST_MS);
}

void *seat_attend(void *of)
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

void rounds_show_board(struct witnesses *w)
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
	rounds_show_board(w);
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

void *rounds_lead(void *of)
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
