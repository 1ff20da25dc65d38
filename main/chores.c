/* Work that comes back, in the writer's thread and in transactions of its own. */
#include "main/chores.h"

#include "base/log.h"
#include "ledger/log.h"
#include "main/witnesses.h"
#include "office/draft.h"
#include "office/file.h"
#include "office/notice_queue.h"
#include "office/session.h"
#include "web/touch.h"
#include "web/views.h"

#include <inttypes.h>

/* A checkpoint within a second of the commit; the clock looked at once a second; what is over or was
 * never used is gone within the hour. */
enum { SEQUENCE_MS = 200, DAILY_MS = 1000, SWEEP_MS = 3600 * 1000 };
enum { SEQUENCE_MOST = 10000, DAILY_MOST = 200, SWEEP_MOST = 10000 };
#define DAY_MS (24 * 3600 * INT64_C(1000))

static void chore_tx(struct chores *s, struct tx *tx)
{
	arena_clear(s->mem);
	tx->mem = s->mem;
	tx->now = home_now(s->home);
	tx->rng = &s->home->rng;
	tx->office = &s->home->office;
	tx->who = &home_system;
}

static uint64_t published_size(struct chores *s)
{
	struct log_published p;
	return log_checkpoint(s->log, s->mem, &p) == OK ? p.size : 0;
}

static void signed_it(struct chores *s, enum err e, const char *why, uint64_t before)
{
	if (!e) {
		witnesses_wake(s->witnesses);
		if (s->published && published_size(s) != before)
			s->published(s->context);
		return;
	}
	struct str fault = log_fault_text(s->log, s->mem);
	log_error("ledger.sign", "%s: %s %.*s", err_name(e), why, STR_ARG(fault));
}

/* Signs what is committed, unless something waits for its index: that comes first. */
static enum err sign_what_is_there(struct chores *s, struct tx *tx, bool *waits)
{
	uint64_t before = published_size(s);
	enum err e = tx_begin(tx, s->home->db, DB_READ);
	if (!e) {
		if (!(e = waits ? log_waits(tx, waits) : OK) && !(waits && *waits))
			e = log_sign(s->log, tx);
		e = tx_end(tx, e);
	}
	if (e || !(waits && *waits))
		signed_it(s, e, tx->why, before);
	return e;
}

/* Another server of this site may have given the indexes; then there is nothing to write here. */
static bool prepare_sequence(struct tx *tx, void *what)
{
	struct chores *s = what;
	struct tx look = { 0 };
	bool waits = false;
	if (log_fault(s->log) != LOG_FINE)
		return false;
	chore_tx(s, &look);
	if (sign_what_is_there(s, &look, &waits) == ERR_BUSY)
		waits = true; /* to be told so again, and come back */
	chore_tx(s, tx);
	return waits;
}

static enum err run_sequence(struct tx *tx, void *what)
{
	int64_t given;
	(void)what;
	enum err e = log_sequence(tx, SEQUENCE_MOST, &given);
	if (!e && !given)
		tx_quiet(tx);
	return e;
}

/* Signs what has just been committed, in a transaction that sees it. */
static void done_sequence(struct tx *was, void *what, enum err e)
{
	struct chores *s = what;
	struct tx tx = { 0 };
	if (e) {
		signed_it(s, e, was->why, 0);
	} else {
		chore_tx(s, &tx);
		e = sign_what_is_there(s, &tx, NULL);
	}
	s->at[0].again = e == ERR_BUSY;
}

/* The walk of a day is begun once and goes on in small transactions, so that nobody waits for it. */
static bool prepare_daily(struct tx *tx, void *what)
{
	struct chores *s = what;
	struct date today = instant_date(home_now(s->home));
	if (!s->walk.more && date_cmp(s->walked, today) >= 0)
		return false;
	if (!s->walk.more) {
		s->walk = (struct daily){ 0 };
		s->walked = today;
	}
	chore_tx(s, tx);
	return log_fault(s->log) == LOG_FINE;
}

static enum err run_daily(struct tx *tx, void *what)
{
	struct chores *s = what;
	int64_t before = s->walk.visited;
	enum err e = daily_run(tx, DAILY_MOST, &s->walk);
	if (!e && s->walk.visited == before)
		tx_quiet(tx);
	return e;
}

static void done_daily(struct tx *tx, void *what, enum err e)
{
	struct chores *s = what;
	if (e) {
		log_error("office.daily", "%s: %s", err_name(e), tx->why);
		s->walk = (struct daily){ 0 };
		s->walked = NO_DATE; /* from the beginning, at the next look */
		return;
	}
	if (!s->walk.more && s->walk.visited)
		log_info("office.daily", "visited=%" PRId64 " failed=%" PRId64 " %s",
			 s->walk.visited, s->walk.failed, s->walk.why);
}

static bool prepare_sweep(struct tx *tx, void *what)
{
	chore_tx(what, tx);
	return true;
}

static struct instant yesterday(struct instant now)
{
	return (struct instant){ now.ms - DAY_MS };
}

static enum err run_sweep(struct tx *tx, void *what)
{
	(void)what;
	enum err e = session_sweep(tx, SWEEP_MOST);
	if (!e)
		e = notice_sweep(tx, SWEEP_MOST);
	if (!e)
		e = draft_sweep(tx, SWEEP_MOST);
	return e ? e : file_sweep_rows(tx, yesterday(tx->now), SWEEP_MOST);
}

/* Rows first, then, once that is committed, the bytes that no row names; by the file system's clock,
 * which is the system's and never a demonstration's. */
static void done_sweep(struct tx *was, void *what, enum err e)
{
	struct chores *s = what;
	struct tx tx = { 0 };
	int64_t removed = 0;
	if (!e) {
		chore_tx(s, &tx);
		e = tx_begin(&tx, s->home->db, DB_READ);
		if (!e)
			e = tx_end(&tx, file_sweep_disk(&tx, s->home->office.files,
							yesterday(instant_now()), &removed));
		was = &tx;
	}
	if (e)
		log_warn("office.sweep", "%s: %s", err_name(e), was->why);
	else if (removed)
		log_info("office.sweep", "files=%" PRId64, removed);
}

void chores_init(struct chores *s, struct home *home, struct log *log, struct touches *touches,
		 struct views *views)
{
	*s = (struct chores){ .home = home, .log = log, .mem = arena_new(0), .walked = NO_DATE };
	s->at[s->n++] = (struct chore){ .every_ms = SEQUENCE_MS,
					.after_commit = true,
					.prepare = prepare_sequence,
					.run = run_sequence,
					.done = done_sequence,
					.what = s };
	s->at[s->n++] = (struct chore){ .every_ms = DAILY_MS,
					.prepare = prepare_daily,
					.run = run_daily,
					.done = done_daily,
					.what = s };
	s->at[s->n++] = (struct chore){ .every_ms = SWEEP_MS,
					.prepare = prepare_sweep,
					.run = run_sweep,
					.done = done_sweep,
					.what = s,
					.quiet = true };
	s->at[s->n++] = touch_chore(touches);
	s->at[s->n++] = views_chore(views);
}

void chores_free(struct chores *s)
{
	if (s->mem)
		arena_free(s->mem);
	s->mem = NULL;
}
