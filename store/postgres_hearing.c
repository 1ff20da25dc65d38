/* LISTEN on a connection that does nothing else, and NOTIFY in the transactions of writers. Each schema has a
 * channel of its own, so that two sites in one database do not wake each other. A connection that says
 * nothing may be dead: it is asked every few seconds, and takes its time at most once.
 *
 * Who hears also holds a lock that all servers of the site share, so that what must not happen while one
 * of them runs can see that one does. */
#include "store/hearing.h"
#include "store/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ASK_MS = 5000, ANSWER_MS = 5000, AGAIN_MS = 200, AGAIN_MOST_MS = 3000 };

#define CHANNEL \
	"'dinh_' || (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())"
#define SERVED "hashtextextended(COALESCE(current_schema(), ''), 1684631145)"

enum err postgres_announce(struct db *db)
{
	struct postgres *p = postgres(db);
	char sql[POSTGRES_DUE_LENGTH];

	/* With the COMMIT. */
	snprintf(sql, sizeof sql, "SELECT pg_notify(" CHANNEL ", '%016" PRIx64 "')", db->self);
	if (!p->broke)
		postgres_due(p, sql);
	return p->broke;
}

bool postgres_there(struct db *db)
{
	return PQstatus(postgres(db)->handle) == CONNECTION_OK;
}

enum err postgres_alone(struct db *db, bool *out)
{
	struct turn t;

	turn_begin(&t, postgres(db));
	turn_ask(&t, "SELECT pg_try_advisory_lock(" SERVED ")");
	enum err e = turn_end(&t);
	if (!e)
		*out = *PQgetvalue(t.result, 0, 0) == 't';
	PQclear(t.result);
	return e;
}

struct hearing {
	struct hearing_setup setup;
	char *url, self[20];
	pthread_t thread;
	int stop[2]; /* a pipe: written to when it is to end */
	pthread_mutex_t lock;
	pthread_cond_t tried_once;
	bool tried;
	/* The thread's own. */
	PGconn *c;
	bool hears, asked;
	int64_t next_ms; /* to ask, or at the latest to be answered */
	char why[300];
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void note(struct hearing *h, const char *what)
{
	snprintf(h->why, sizeof h->why, "%.*s", (int)strcspn(what, "\n"), what);
}

/* --- One session --- */

/* The first value of an answer, as text; NULL when there is none. The caller clears it. */
static PGresult *ask(struct hearing *h, const char *sql)
{
	PGresult *r = PQexec(h->c, sql);
	ExecStatusType status = PQresultStatus(r);

	if (status == PGRES_COMMAND_OK ||
	    (status == PGRES_TUPLES_OK && PQntuples(r) == 1 && !PQgetisnull(r, 0, 0)))
		return r;
	note(h, status == PGRES_TUPLES_OK ? "no schema, see search_path" : PQerrorMessage(h->c));
	PQclear(r);
	return NULL;
}

static bool listen_there(struct hearing *h)
{
	char sql[100];
	PGresult *r = ask(h, "SELECT " CHANNEL);

	if (!r)
		return false;
	snprintf(sql, sizeof sql, "LISTEN %.60s", PQgetvalue(r, 0, 0));
	PQclear(r);
	PQclear(r = ask(h, sql));
	return r;
}

/* Not while somebody changes what servers keep in memory. */
static bool be_known(struct hearing *h)
{
	PGresult *r = ask(h, "SELECT pg_try_advisory_lock_shared(" SERVED ")");
	bool given = r && *PQgetvalue(r, 0, 0) == 't';

	if (r && !given)
		note(h, "the site is being changed by dinh log");
	PQclear(r);
	return given;
}

static void ignore(void *of, const char *notice)
{
	(void)of;
	(void)notice;
}

static bool connect_there(struct hearing *h)
{
	static const char *const names[] = { "connect_timeout",  "keepalives_idle",
					     "tcp_user_timeout", "fallback_application_name",
					     "dbname",           NULL };
	const char *const values[] = { "5", "10", "10000", "dinh hearing", h->url, NULL };

	h->c = PQconnectdbParams(names, values, 1);
	if (!h->c)
		abort();
	PQsetNoticeProcessor(h->c, ignore, NULL);
	h->asked = false;
	h->next_ms = now_ms() + ASK_MS;
	if (PQstatus(h->c) == CONNECTION_OK)
		return listen_there(h) && be_known(h);
	note(h, PQerrorMessage(h->c));
	return false;
}

/* Of what came, was anything from another process? */
static bool others_spoke(struct hearing *h)
{
	bool any = false;

	for (PGnotify *n; (n = PQnotifies(h->c)); PQfreemem(n))
		any |= strcmp(n->extra, h->self) != 0;
	return any;
}

/* Reads what is there. False: the session is over. */
static bool take(struct hearing *h)
{
	if (!PQconsumeInput(h->c)) {
		note(h, PQerrorMessage(h->c));
		return false;
	}
	if (others_spoke(h))
		h->setup.heard(h->setup.context);
	while (h->asked && !PQisBusy(h->c)) {
		PGresult *r = PQgetResult(h->c);
		if (!r) {
			h->asked = false;
			h->next_ms = now_ms() + ASK_MS;
		}
		PQclear(r);
	}
	return PQstatus(h->c) == CONNECTION_OK;
}

/* Is anybody there? */
static bool look(struct hearing *h)
{
	if (now_ms() < h->next_ms)
		return true;
	if (h->asked || !PQsendQuery(h->c, "SELECT 1")) {
		note(h, h->asked ? "no answer" : PQerrorMessage(h->c));
		return false;
	}
	h->asked = true;
	h->next_ms = now_ms() + ANSWER_MS;
	return true;
}

/* False: it is to end. */
static bool wait_for(struct hearing *h, int socket, int64_t until_ms)
{
	struct pollfd at[2] = { { .fd = h->stop[0], .events = POLLIN },
				{ .fd = socket, .events = POLLIN } };
	int64_t ms = until_ms - now_ms();

	(void)poll(at, 2, ms < 0 ? 0 : (int)ms);
	return !at[0].revents;
}

/* --- The thread --- */

static void tell_tried(struct hearing *h)
{
	pthread_mutex_lock(&h->lock);
	h->tried = true;
	pthread_cond_signal(&h->tried_once);
	pthread_mutex_unlock(&h->lock);
}

static void set_hears(struct hearing *h, bool hears)
{
	if (hears)
		h->setup.heard(h->setup.context);
	if (hears != h->hears || !h->tried)
		h->setup.changed(h->setup.context, hears, hears ? "" : h->why);
	h->hears = hears;
}

static void *live(void *hearing)
{
	struct hearing *h = hearing;
	int again_ms = AGAIN_MS;
	bool on = true;

	while (on) {
		bool there = connect_there(h);
		set_hears(h, there);
		tell_tried(h);
		if (there)
			again_ms = AGAIN_MS;
		while (there && (on = wait_for(h, PQsocket(h->c), h->next_ms)))
			there = take(h) && look(h);
		PQfinish(h->c);
		if (!on)
			break;
		set_hears(h, false);
		on = wait_for(h, -1, now_ms() + again_ms);
		again_ms = again_ms * 2 < AGAIN_MOST_MS ? again_ms * 2 : AGAIN_MOST_MS;
	}
	return NULL;
}

static void drop(struct hearing *h)
{
	close(h->stop[0]);
	close(h->stop[1]);
	pthread_cond_destroy(&h->tried_once);
	pthread_mutex_destroy(&h->lock);
	free(h->url);
	free(h);
}

enum err hearing_start(const struct hearing_setup *setup, struct hearing **out, struct str *why)
{
	if (db_engine(setup->where) != &postgres_engine) {
		*out = NULL;
		return OK;
	}
	struct hearing *h = calloc(1, sizeof *h);
	if (!h || !(h->url = strndup(setup->where.at, setup->where.len)))
		abort();
	h->setup = *setup;
	snprintf(h->self, sizeof h->self, "%016" PRIx64, setup->self);
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->tried_once, NULL);
	h->stop[0] = h->stop[1] = -1;
	if (pipe2(h->stop, O_CLOEXEC) || pthread_create(&h->thread, NULL, live, h)) {
		*why = S("no thread to hear what other servers write");
		drop(h);
		return ERR_IO;
	}
	pthread_mutex_lock(&h->lock);
	while (!h->tried)
		pthread_cond_wait(&h->tried_once, &h->lock);
	pthread_mutex_unlock(&h->lock);
	*out = h;
	return OK;
}

void hearing_stop(struct hearing *h)
{
	if (!h)
		return;
	if (write(h->stop[1], "", 1) == 1)
		pthread_join(h->thread, NULL);
	drop(h);
}
