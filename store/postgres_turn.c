/* Round trips. A server may be a millisecond away, so what belongs together travels together, in libpq's
 * pipeline: statements one after the other, one sync, and then all the answers. The server skips what
 * follows a failure.
 *
 * What needs no answer of its own is due, and goes ahead of the next statement: the BEGIN of a reader,
 * savepoints, what was closed. A savepoint in which nothing was asked is never sent. The end of a reader
 * is sent and its answer left for later: it changes nothing. */
#include "store/postgres.h"

#include <stdio.h>
#include <string.h>

/* An answer of a page never takes a minute; what does is a mistake, and holds back the vacuum. Said
 * in a statement and not when connecting, because poolers (PgBouncer) refuse unknown options there. It
 * travels ahead of the first statement with a sync of its own: a rollback does not take it back. */
#define SETTINGS                                                                             \
	"SELECT set_config('lock_timeout', '5000', false), set_config('statement_timeout', " \
	"'60000', false), set_config('standard_conforming_strings', 'on', false), "          \
	"set_config('client_min_messages', 'warning', false)"

bool postgres_lives(const struct postgres *p)
{
	return PQstatus(p->handle) == CONNECTION_OK;
}

/* ---- what is due */

void postgres_due(struct postgres *p, const char *sql)
{
	if (p->due_n == POSTGRES_DUE) {
		struct turn t;
		turn_begin(&t, p);
		if (turn_end(&t))
			return; /* everything is refused from here on */
	}
	snprintf(p->due[p->due_n++], POSTGRES_DUE_LENGTH, "%s", sql);
}

bool postgres_undue(struct postgres *p, const char *sql)
{
	if (!p->due_n || strcmp(p->due[p->due_n - 1], sql) != 0)
		return false;
	p->due_n--;
	return true;
}

/* ---- sending */

static int send_plain(PGconn *c, const char *sql)
{
	return PQsendQueryParams(c, sql, 0, NULL, NULL, NULL, NULL, 0);
}

void turn_sent(struct turn *t, int ok)
{
	if (ok)
		t->sent++;
	else
		t->stuck = true;
}

void turn_wanted(struct turn *t, int ok)
{
	t->wanted = t->sent;
	turn_sent(t, ok);
}

void turn_say(struct turn *t, const char *sql)
{
	turn_sent(t, send_plain(t->p->handle, sql));
}

void turn_ask(struct turn *t, const char *sql)
{
	turn_wanted(t, send_plain(t->p->handle, sql));
}

void turn_begin(struct turn *t, struct postgres *p)
{
	*t = (struct turn){ .p = p, .wanted = -1, .failed = -1 };
	postgres_drain(p);
	if (!p->settled) {
		/* With a sync of its own. */
		t->settings = true;
		t->stuck = !send_plain(p->handle, SETTINGS) || !PQpipelineSync(p->handle);
	}
	for (int i = 0; i < p->due_n; i++)
		turn_say(t, p->due[i]);
	p->due_n = 0;
}

/* ---- the answers */

static bool is_stale(const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *function = PQresultErrorField(r, PG_DIAG_SOURCE_FUNCTION);

	/* Forgotten, or what it reads has other columns now. */
	return state &&
	       (strcmp(state, "26000") == 0 || (strcmp(state, "0A000") == 0 && function &&
						strcmp(function, "RevalidateCachedQuery") == 0));
}

/* The answer to statement `i`; -1: of the settings. False: there will be no other. */
static bool receive_one(struct turn *t, int i, enum err *e)
{
	struct postgres *p = t->p;
	PGresult *r = PQgetResult(p->handle), *more;

	if (!r || PQresultStatus(r) != PGRES_PIPELINE_ABORTED) {
		enum err one = postgres_meaning(p, r);
		if (one && !*e) {
			*e = one;
			t->failed = i;
			t->stale = r && is_stale(r);
			if (t->stale)
				*e = p->broke = ERR_BUSY;
		}
		if (!one && i >= 0 && i == t->wanted) {
			t->result = r;
			r = NULL;
		}
	}
	PQclear(r);
	while (postgres_lives(p) && (more = PQgetResult(p->handle)))
		PQclear(more);
	return postgres_lives(p);
}

static void receive_sync(struct postgres *p)
{
	if (postgres_lives(p))
		PQclear(PQgetResult(p->handle));
}

enum err turn_end(struct turn *t)
{
	struct postgres *p = t->p;
	enum err e = OK;
	bool lives = !t->stuck && PQpipelineSync(p->handle);

	p->base.trips++;
	if (!lives)
		e = postgres_meaning(p, NULL);
	if (lives && t->settings) {
		lives = receive_one(t, -1, &e);
		receive_sync(p);
		p->settled = lives && !e;
	}
	for (int i = 0; lives && i < t->sent; i++)
		lives = receive_one(t, i, &e);
	receive_sync(p);
	if (!lives || !postgres_lives(p)) {
		t->lost = p->worn = true;
		if (!e)
			e = postgres_meaning(p, NULL);
	}
	if (e) {
		PQclear(t->result);
		t->result = NULL;
	}
	return e;
}

enum err postgres_say(struct postgres *p, const char *first, const char *second)
{
	struct turn t;

	turn_begin(&t, p);
	turn_say(&t, first);
	turn_say(&t, second);
	return turn_end(&t);
}

/* ---- without waiting */

void postgres_leave(struct postgres *p, const char *sql)
{
	postgres_drain(p);
	p->due_n = 0;
	p->unread = postgres_lives(p) && send_plain(p->handle, sql) && PQpipelineSync(p->handle);
	p->worn |= !p->unread;
}

void postgres_drain(struct postgres *p)
{
	PGresult *r;

	if (!p->unread)
		return;
	p->unread = false;
	for (int ends = 0; ends < 2 && postgres_lives(p);) {
		r = PQgetResult(p->handle);
		ends += !r || PQresultStatus(r) == PGRES_PIPELINE_SYNC;
		PQclear(r);
	}
}
