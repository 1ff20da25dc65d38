/* The one thread that writes. Whatever is queued runs in one transaction, each job in a savepoint of
 * its own, and one commit makes them all durable; then everybody hears how it went. Under load the
 * cost of a commit is shared by those who waited for the last one, with no timer and no delay when
 * there is nothing to share. */
#pragma once

#include "base/histogram.h"
#include "store/db.h"

struct writer;

/* One request. It lives with whoever submits it (in the request's arena) until `done` was called;
 * then the writer never touches it again. */
struct job {
	/* In the writer's thread, inside a savepoint. An error takes back this job alone. */
	enum err (*run)(struct tx *tx, void *what);
	/* In the writer's thread, once, after the commit (or after it is clear that there is none).
	 * Quick: hand the answer over and return. ERR_BUSY: nothing was done, ask again. May submit. */
	void (*done)(void *what, enum err e);
	void *what;
	/* mem, now, rng, who and office are the submitter's; err and why tell of a failure. */
	struct tx tx;
	bool quiet;       /* changes nothing a visitor's page shows: view counts, sessions */
	struct job *next; /* the writer's */
	enum err err;     /* the writer's */
};

/* Work that comes back: sealing the log after commits, the duties of a new day. Runs alone in a
 * transaction of its own, so that its commit is its own. */
struct chore {
	int every_ms; /* at most this often */
	/* Only to follow up what was committed since it last ran, by jobs or by chores without this
	 * mark; also once at the start, and once more before the writer stops if there is cause. */
	bool after_commit;
	/* Fills tx.mem, now and rng for this run. False: not this time. */
	bool (*prepare)(struct tx *tx, void *what);
	enum err (*run)(struct tx *tx, void *what);
	/* After the commit: publish, free what prepare made. ERR_BUSY: nothing was done. */
	void (*done)(struct tx *tx, void *what, enum err e);
	void *what;
	bool quiet; /* as of a job; one run may also say so by tx_quiet */
	/* Set by `done`: something is left to be done, whatever is committed meanwhile. The writer takes it
	 * back and runs it again soon. */
	bool again;
};

struct writer_setup {
	struct db *db;        /* opened for writing; the writer's own until writer_stop returns */
	size_t queue;         /* jobs waiting at most; 0: 1024 */
	struct chore *chores; /* live as long as the writer */
	size_t chore_count;
	/* In the writer's thread after a commit that was not wholly quiet, before anybody is told. */
	void (*after_commit)(void *context);
	/* Nobody knows what became of a COMMIT, so the process must end and start again. If
	 * this returns, all that wait get ERR_IO and the writer takes no more jobs. */
	void (*fatal)(void *context, const char *why);
	void *context;
};

/* Starts the thread. ERR_IO when the system gives none. */
MUST_USE enum err writer_start(const struct writer_setup *setup, struct writer **out);
/* From any thread. ERR_BUSY when the queue is full or the writer is stopping; then `done` is never
 * called and the job is still the caller's. */
MUST_USE enum err writer_submit(struct writer *w, struct job *job);
/* From any thread: another process committed something, so that chores after commits have cause. */
void writer_rouse(struct writer *w);
/* Finishes what is queued, ends the thread. The connection is the caller's again. Accepts NULL. */
void writer_stop(struct writer *w);

struct writer_stats {
	int64_t jobs, commits, refused; /* since the start; a chore's commit counts as one */
	int64_t waiting;
};
struct writer_stats writer_stats(struct writer *w);

/* How many jobs shared a commit, and how long commits took in microseconds, chores' too. Live as long
 * as the writer. */
enum { WRITER_BATCH_UNIT = 1, WRITER_COMMIT_UNIT = 64 };
struct writer_timing {
	struct histogram batch, commit;
};
const struct writer_timing *writer_timing(const struct writer *w);
