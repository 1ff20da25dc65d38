/* A commit whose answer never came is found out, not guessed. Each transaction that wrote leaves a mark
 * as the last thing before its COMMIT, in the same round trip: one row for each connection, whose number
 * goes up. When the answer is lost, another session asks whether the mark is there.
 *
 * The server may still be at it: the lost session may lie there with our COMMIT unread. It holds the
 * lock of the writers until its transaction has ended, so whoever asks takes that lock first; a session
 * that keeps it for too long is ended by the server on our word, and then it has committed or not. To
 * ask, the mark is written once more: where replicas have to confirm a commit, this one waits until they
 * have the other as well.
 *
 * Not the number of a transaction: after a failover the new primary may give the same again. */
#include "store/postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PATIENCE_MS = 30000, FIRST_PAUSE_MS = 20, LONGEST_PAUSE_MS = 2000 };

#define BEGIN_WRITE "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
/* The lock of a schema: two sites in one database do not wait for each other. */
#define LOCK                                                                             \
	"SELECT pg_advisory_xact_lock(hashtextextended(COALESCE(current_schema(), ''), " \
	"1684631144))"
#define WHO                                                                    \
	"SELECT pg_backend_pid(), CAST(to_regclass('commit_mark') AS text) IS" \
	" NOT NULL, gen_random_uuid()"
#define MARK                                                                     \
	"INSERT INTO commit_mark (writer, mark) VALUES ($1, CAST($2 AS bigint))" \
	" ON CONFLICT (writer) DO UPDATE SET mark = excluded.mark, made_at = clock_timestamp()"
/* Of connections that are no more. */
#define FORGET "DELETE FROM commit_mark WHERE made_at < clock_timestamp() - interval '1 day'"
#define ASK                                                                         \
	"UPDATE commit_mark SET made_at = clock_timestamp() WHERE writer = $1 AND " \
	"mark = CAST($2 AS bigint)"

enum err postgres_begin_write(struct postgres *p)
{
	struct turn t;

	turn_begin(&t, p);
	turn_say(&t, BEGIN_WRITE);
	turn_say(&t, LOCK);
	if (!p->pid || !p->can_mark)
		turn_ask(&t, WHO);
	enum err e = turn_end(&t);
	/* A server that only reads: it was the primary until now, or is not yet. */
	if (e && !t.lost && t.failed == 0) {
		p->worn = true;
		e = p->broke = ERR_BUSY;
	}
	if (t.result) {
		if (!str_int(str_of(PQgetvalue(t.result, 0, 0)), &p->pid))
			p->pid = 0;
		p->can_mark = *PQgetvalue(t.result, 0, 1) == 't';
		if (!*p->writer)
			snprintf(p->writer, sizeof p->writer, "%s", PQgetvalue(t.result, 0, 2));
		PQclear(t.result);
	}
	return e;
}

/* The two parameters of a mark. */
struct mark {
	char number[24];
	const char *values[2];
};

static void mark_values(const struct postgres *p, struct mark *m)
{
	snprintf(m->number, sizeof m->number, "%" PRId64, p->mark);
	m->values[0] = p->writer;
	m->values[1] = m->number;
}

void postgres_put_mark(struct turn *t)
{
	struct postgres *p = t->p;
	struct mark m;

	if (!p->can_mark)
		return;
	if (p->tidied != p->session) {
		turn_say(t, FORGET);
		p->tidied = p->session;
	}
	p->mark++;
	mark_values(p, &m);
	turn_sent(t, PQsendQueryParams(p->handle, MARK, 2, NULL, m.values, NULL, NULL, 0));
}

/* ---- asking */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Ends the session that may still hold our lock. */
static void put_an_end_to(struct postgres *p, int64_t pid)
{
	char sql[160];

	snprintf(sql, sizeof sql,
		 "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
		 " AND granted AND pid = %" PRId64,
		 pid);
	(void)!postgres_say(p, "ROLLBACK", sql);
}

static enum err ask(struct postgres *p, int64_t pid, bool *kept)
{
	struct turn t;
	struct mark m;

	enum err e = postgres_reconnect(p);
	if (e)
		return e;
	mark_values(p, &m);
	turn_begin(&t, p);
	turn_say(&t, BEGIN_WRITE);
	turn_say(&t, LOCK);
	turn_wanted(&t, PQsendQueryParams(p->handle, ASK, 2, NULL, m.values, NULL, NULL, 0));
	turn_say(&t, "COMMIT");
	e = turn_end(&t);
	if (!e)
		*kept = strcmp(PQcmdTuples(t.result), "1") == 0;
	PQclear(t.result);
	if (e && !t.lost && t.failed == 1)
		put_an_end_to(p, pid);
	return e ? e : p->unsafe ? ERR_BUSY : OK;
}

enum err postgres_find_out(struct postgres *p)
{
	int64_t patience = p->base.patience_ms ? p->base.patience_ms : PATIENCE_MS;
	int64_t until = now_ms() + patience, pid = p->pid;
	bool kept = false;

	for (int64_t pause = FIRST_PAUSE_MS; p->can_mark && now_ms() < until; pause *= 2) {
		if (!ask(p, pid, &kept)) {
			p->broke = OK;
			if (kept)
				return OK;
			postgres_tell(p, "the connection was lost while committing: nothing was"
					 " kept");
			return p->broke = ERR_BUSY;
		}
		if (pause > LONGEST_PAUSE_MS)
			pause = LONGEST_PAUSE_MS;
		nanosleep(&(struct timespec){ pause / 1000, pause % 1000 * 1000000 }, NULL);
	}
	postgres_tell(p,
		      "the connection was lost while committing: nobody knows whether it was kept");
	p->worn = true;
	return p->broke = ERR_IO;
}
