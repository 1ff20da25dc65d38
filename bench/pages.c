/* What a page costs without sockets: asks a site for its pages from within, one after the other, as
 * a worker of the server does, with the cookie of no session so that no page comes from a cache.
 *
 *     bench_pages [-q] [-f] FOLDER TIMES PATH...
 *
 * -q: also the statements of each page, and how often; -f: what the connection remembers is forgotten
 * before each answer, as counts are after each act (units, which it forgets as well, are not).
 *
 * For each path: status, bytes, processor time, queries and elapsed time of one answer; on a PostgreSQL
 * (DINH_DB) what the server works is in the last alone. The first answers, which
 * prepare statements and read units, are not counted. Instructions, which a busy machine does not
 * change, are counted by valgrind --tool=callgrind --toggle-collect=repeat. */
#include "main/home.h"
#include "store/engine.h"
#include "web/answer.h"
#include "web/house.h"
#include "web/module.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARM = 3 };

static bool forgets;

static struct instant now_of(void *home)
{
	return home_now(home);
}

static double us(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int64_t queries(const struct db *db)
{
	int64_t n = 0;

	for (const struct statement *s = db->newest; s; s = s->older)
		n += s->run;
	return n;
}

static int ask(const struct house *house, struct db *db, struct arena *mem, struct rng *rng,
	       struct str address, size_t *bytes)
{
	struct str rest = address, path = S("");
	str_next(&rest, '?', &path);
	struct ask ask = {
		.method = GET,
		.path = path,
		.query = rest.at ? rest : S(""),
		.host = S("127.0.0.1:8080"),
		.cookie = S("phien=0"),
		.origin = S(""),
		.fetch_site = S(""),
		.type = S(""),
		.none_match = S(""),
		.peer = S("127.0.0.1"),
		.forwarded_for = S(""),
		.forwarded_proto = S(""),
		.length = -1,
	};
	struct pair headers[ANSWER_HEADERS];

	if (forgets && db->keep.what) {
		db->keep.drop(db->keep.what);
		db->keep.what = NULL;
	}
	arena_clear(mem);
	struct req *r = answer_new(mem, house, &ask, rng);
	answer_get(r, db);
	(void)answer_headers(r, headers);
	*bytes = r->reply.kind == REPLY_PAGE ? r->out.body.len : r->reply.bytes.len;
	return r->reply.status;
}

/* A function of its own, for the profilers. */
__attribute__((noinline)) static void repeat(const struct house *house, struct db *db,
					     struct arena *mem, struct rng *rng, struct str address,
					     int times)
{
	size_t bytes;

	for (int i = 0; i < times; i++)
		(void)ask(house, db, mem, rng, address, &bytes);
}

static void show_queries(struct db *db)
{
	for (struct statement *s = db->newest; s; s = s->older) {
		if (s->run)
			printf("    %3" PRId64 "  %s\n", s->run, s->sql);
		s->run = 0;
	}
}

static void measure(const struct house *house, struct db *db, struct rng *rng, const char *address,
		    int times, bool show)
{
	struct arena *mem = arena_new(0);
	size_t bytes;
	int status = 0;

	for (int i = 0; i < WARM; i++)
		status = ask(house, db, mem, rng, str_of(address), &bytes);
	if (status >= 500)
		times = 1; /* the log tells why, once more */
	int64_t asked = queries(db);
	double began = us(CLOCK_THREAD_CPUTIME_ID), at = us(CLOCK_MONOTONIC);
	repeat(house, db, mem, rng, str_of(address), times);
	double took = (us(CLOCK_THREAD_CPUTIME_ID) - began) / times,
	       elapsed = (us(CLOCK_MONOTONIC) - at) / times;
	asked = (queries(db) - asked) / times;
	printf("%-40s %d %7zu bytes %8.1f us %4" PRId64 " queries %8.1f us elapsed\n", address,
	       status, bytes, took, asked, elapsed);
	if (show) {
		for (struct statement *s = db->newest; s; s = s->older)
			s->run = 0;
		(void)ask(house, db, mem, rng, str_of(address), &bytes);
		show_queries(db);
	}
	arena_free(mem);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct home home = { .lock = -1 };
	struct metrics metrics = { 0 };
	struct db *db = NULL;
	struct str why = S("");
	bool show = false;
	int first = 1;

	for (; first < argc && argv[first][0] == '-'; first++) {
		show |= strcmp(argv[first], "-q") == 0;
		forgets |= strcmp(argv[first], "-f") == 0;
	}

	if (argc < first + 3) {
		fputs("usage: bench_pages [-q] [-f] FOLDER TIMES PATH...\n", stderr);
		return 2;
	}
	if (home_open(&home, a, &(struct home_where){ .data = str_of(argv[first]) }, DB_WRITE,
		      &why) ||
	    db_open(home.database, DB_READ, &db, &why, a)) {
		fprintf(stderr, "bench_pages: %.*s\n", STR_ARG(why));
		return 3;
	}
	struct house house = {
		.name = { home.site.name, home.site.name },
		.db = home.dir,
		.dir = str_z(a, home.dir),
		.demo = home.site.demo,
		.secret = { 1 },
		.office = &home.office,
		.router = every_route(a, &home.office),
		.metrics = &metrics,
		.throttle = throttle_new(0, 0, 1),
		.now = now_of,
		.clock = &home,
	};
	for (int i = first + 2; i < argc; i++)
		measure(&house, db, &home.rng, argv[i], (int)strtol(argv[first + 1], NULL, 10),
			show);
	throttle_free(house.throttle);
	db_close(db);
	home_close(&home);
	arena_free(a);
	return 0;
}
