/* The server: it lets the HTTP library read, web/answer.c think, and the writer write. A request is a
 * struct call from its first line to its last byte; calls are kept and used again, so that a cached
 * page costs no allocation here. Only this file and web/mhd_*.c know the library. */
#include "web/mhd.h"

#include "base/log.h"
#include "ledger/log.h"
#include "web/accept.h"
#include "web/guard.h"
#include "web/listen.h"
#include "web/pool.h"
#include "web/views.h"
#include "web/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	CALLS_KEPT = 1024,
	CONNECTION_MEMORY = 9 * 1024, /* the library fills it: 10,000 idle readers in 128 MB */
	SLOW_WAITING = 256,
	SLOWEST_BODY = 16,      /* bytes a millisecond */
	SWALLOW_MAX = 32 << 20, /* of a body that is refused */
	STOP_MS = 10000,
};

static int64_t microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* --- calls and threads --- */

static struct call *call_take(struct server *s)
{
	pthread_mutex_lock(&s->lock);
	struct call *c = s->kept;
	if (c) {
		s->kept = c->next;
		s->kept_n--;
	}
	pthread_mutex_unlock(&s->lock);
	if (!c) {
		c = calloc(1, sizeof *c);
		if (!c)
			abort();
		c->server = s;
		c->mem = arena_new(0);
		rng_system(&c->rng);
	}
	return c;
}

static void call_free(struct call *c)
{
	arena_free(c->mem);
	free(c);
}

static void call_leave(struct call *c)
{
	struct server *s = c->server;
	arena_clear(c->mem);
	c->r = NULL;
	c->stage = FRESH;
	c->malformed = c->answered = c->more = false;
	c->swallowed = 0;
	c->piece = (struct buf){ 0 };
	c->sent = 0;
	c->status = 0;
	pthread_mutex_lock(&s->lock);
	bool keep = s->kept_n < CALLS_KEPT;
	if (keep) {
		c->next = s->kept;
		s->kept = c;
		s->kept_n++;
	}
	pthread_mutex_unlock(&s->lock);
	if (!keep)
		call_free(c);
}

static void close_db(void *db)
{
	db_close(db);
}

static struct db *thread_open(pthread_key_t key, struct str where, struct reach *reach)
{
	struct db *db = pthread_getspecific(key);
	if (!reach_may_try(reach))
		return NULL;
	if (db)
		return db;
	struct arena *a = arena_new(0);
	struct str why = S("");
	if (db_open(where, DB_READ, &db, &why, a) == OK) {
		pthread_setspecific(key, db);
	} else {
		reach_set(reach, false);
		log_error("web.database", "%.*s", STR_ARG(why));
	}
	arena_free(a);
	return db;
}

struct db *thread_db(struct server *s)
{
	return thread_open(s->db, s->house->db, &s->house->metrics->database);
}

static void used(struct reach *reach, struct db *db)
{
	bool was = reach_is_there(reach), is = db_is_there(db);
	reach_set(reach, is);
	if (was != is)
		log_warn("web.database", "%s", is ? "it answers again" : "it does not answer");
}

void thread_db_used(struct server *s, struct db *db)
{
	if (db)
		used(&s->house->metrics->database, db);
}

/* --- GET --- */

/* What a visitor's page is kept under; empty when it may not be. The day is part of it, because what
 * is due changes at midnight. */
static struct str page_key(struct call *c, char key[KEY_MAX])
{
	const struct house *h = c->server->house;
	const struct ask *ask = &c->ask;
	struct str none = S("");
	if (!h->cache || c->malformed || !guard_is_host(ask->host) ||
	    str_has(ask->cookie, S(SESSION_COOKIE "=")) ||
	    str_has(ask->cookie, S(RECEIPT_COOKIE "=")))
		return none;
	bool https = false;
	for (size_t i = 0; i < h->proxies.n && !https; i++)
		https = str_eq(h->proxies.at[i], ask->peer) &&
			str_eq(ask->forwarded_proto, S("https"));
	struct date day = instant_date(house_now(h));
	int n = snprintf(key, KEY_MAX, "%d%c%.*s", day.days, https ? 's' : ' ', STR_ARG(ask->host));
	int path = path_canonical(ask->path, key + n, QUERY_MAX);
	if (path < 0)
		return none;
	n += path;
	key[n++] = '?';
	int query = query_canonical(ask->query, key + n, (size_t)(KEY_MAX - n));
	return query < 0 ? none : (struct str){ key, (size_t)(n + query) };
}

/* A view, by the address as trusted proxies tell it or by the account. */
static void note_view(struct call *c, int64_t dossier)
{
	const struct house *h = c->server->house;
	bool https;
	if (!dossier || !h->views || c->ask.head)
		return;
	const struct member *member = c->r ? c->r->tx.who : NULL;
	struct str who = member ? str_printf(c->mem, "account %lld", (long long)member->person)
				: throttle_network(c->mem, guard_client(c->mem, &c->ask,
									&h->proxies, &https));
	views_note(h->views, dossier, who, house_now(h));
}

static void make_request(struct call *c)
{
	c->r = answer_new(c->mem, c->server->house, &c->ask, &c->rng);
	if (c->uri_len > URI_MAX)
		c->r->refused = 414;
	else if (c->malformed)
		c->r->refused = 400;
}

/* A replica is somewhat behind, so it is for those who cannot know: whoever has written something, or may
 * see more than others, has a cookie or a secret address. False: not from there. */
static bool get_from_replica(struct call *c)
{
	const struct house *h = c->server->house;
	const struct route *route = c->r->route;
	if (!h->replica.len || c->ask.cookie.len || !route || route->secret || route->newest)
		return false;
	struct reach *reach = &h->metrics->replica;
	struct db *db = thread_open(c->server->replica, h->replica, reach);
	if (!db)
		return false;
	answer_get(c->r, db);
	used(reach, db);
	if (c->r->reply.status < 500)
		return true;
	make_request(c); /* the primary may know better */
	return false;
}

static enum MHD_Result send_kept(struct call *c, const struct cached *page)
{
	const struct house *h = c->server->house;
	note_view(c, page->viewed);
	enum MHD_Result sent = send_cached(c, page);
	cache_release(h->cache, page);
	atomic_fetch_add_explicit(&h->metrics->hits, 1, memory_order_relaxed);
	return sent;
}

static enum MHD_Result answer_a_get(struct call *c)
{
	const struct house *h = c->server->house;
	char memory[KEY_MAX];
	struct str key = page_key(c, memory);
	uint64_t generation = h->cache ? cache_generation(h->cache) : 0;
	const struct cached *page = key.len ? cache_find(h->cache, key) : NULL;
	if (page)
		return send_kept(c, page);
	make_request(c);
	/* What a replica shows may be older than what is kept is believed to be: it is not kept. */
	if (get_from_replica(c)) {
		key = S("");
	} else {
		struct db *db = thread_db(c->server);
		answer_get(c->r, db);
		thread_db_used(c->server, db);
	}
	/* As it was, rather than not at all. */
	if (c->r->reply.status == 503 && key.len && !reach_is_there(&h->metrics->database) &&
	    (page = cache_find_old(h->cache, key)))
		return send_kept(c, page);
	note_view(c, c->r->viewed);
	atomic_fetch_add_explicit(&h->metrics->misses, 1, memory_order_relaxed);
	return answer_is_shared(c->r) ? send_shared(c, generation, key) : send_reply(c);
}

/* --- POST --- */

static void resume(struct call *c)
{
	struct metrics *m = c->server->house->metrics;
	c->stage = RESUMED;
	MHD_resume_connection(c->at); /* `c` may be gone now */
	/* Last, because who stops the server waits for this: the library must not end before. */
	metrics_gauge(m, GAUGE_QUEUE, -1);
}

static enum err on_write(struct tx *tx, void *what)
{
	struct call *c = what;
	return answer_write(c->r, tx);
}

static void on_written(void *what, enum err e)
{
	struct call *c = what;
	c->err = e;
	if (e && !c->r->tx.why[0])
		memcpy(c->r->tx.why, c->job.tx.why, sizeof c->r->tx.why);
	resume(c);
}

static void submit(struct call *c)
{
	c->job = (struct job){
		.run = on_write,
		.done = on_written,
		.what = c,
		.quiet = c->r->route->quiet,
		.tx = { .mem = c->r->mem,
			.now = house_now(c->server->house),
			.rng = &c->rng,
			.office = c->server->house->office },
	};
	/* What could not be signed is not written either (LOG.md section 4): the site is for reading
	 * until an administrator has acted. */
	const struct house *h = c->server->house;
	bool closed = h->log && log_fault(h->log) != LOG_FINE;
	enum err e = closed ? ERR_BUSY : writer_submit(h->writer, &c->job);
	if (e)
		on_written(c, e);
}

static void on_prepare(void *what)
{
	struct call *c = what;
	struct metrics *m = c->server->house->metrics;
	struct db *db = thread_db(c->server);
	metrics_gauge(m, GAUGE_POOL_WAITS, -1);
	metrics_gauge(m, GAUGE_POOL_WORKS, 1);
	bool write = answer_prepare(c->r, db) == ANSWER_WRITE;
	thread_db_used(c->server, db);
	metrics_gauge(m, GAUGE_POOL_WORKS, -1);
	if (write) {
		submit(c);
		return;
	}
	c->answered = true;
	resume(c);
}

/* All of it has come. The connection waits, and no thread with it. */
static enum MHD_Result body_came(struct call *c)
{
	struct db *db = thread_db(c->server);
	enum answer_next next = answer_form(c->r, db);
	thread_db_used(c->server, db);
	if (next == ANSWER_READY)
		return send_reply(c);
	metrics_gauge(c->server->house->metrics, GAUGE_QUEUE, 1);
	MHD_suspend_connection(c->at);
	if (next == ANSWER_WRITE) {
		submit(c);
		return MHD_YES;
	}
	struct metrics *m = c->server->house->metrics;
	metrics_gauge(m, GAUGE_POOL_WAITS, 1);
	if (pool_run(c->server->pool, on_prepare, c) != OK) {
		metrics_gauge(m, GAUGE_POOL_WAITS, -1);
		atomic_fetch_add(&m->pool_refused, 1);
		answer_error(c->r, ERR_BUSY);
		c->answered = true;
		resume(c);
	}
	return MHD_YES;
}

static enum MHD_Result on_body(struct call *c, const char *data, size_t *size)
{
	if (!*size)
		return c->stage == SWALLOW ? send_reply(c) : body_came(c);
	struct str bytes = { data, *size };
	*size = 0;
	if (c->stage == BODY && answer_body(c->r, bytes) != ANSWER_BODY)
		c->stage = SWALLOW;
	if (c->stage != BODY && (c->swallowed += (int64_t)bytes.len) > SWALLOW_MAX)
		return MHD_NO;
	return MHD_YES;
}

static enum MHD_Result on_resumed(struct call *c)
{
	struct db *db = thread_db(c->server);
	if (!c->answered)
		answer_written(c->r, c->err, db);
	return send_reply(c);
}

static enum MHD_Result answer_other(struct call *c)
{
	make_request(c);
	struct db *db = thread_db(c->server);
	enum answer_next next = answer_post(c->r, db);
	thread_db_used(c->server, db);
	if (next != ANSWER_BODY)
		return send_reply(c);
	int64_t slow = c->ask.length > 0 ? c->ask.length / SLOWEST_BODY : 60000;
	watch_until(c->watched, watch_now() + (int64_t)c->server->setup.body_seconds * 1000 + slow);
	c->stage = BODY;
	return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *at, const char *url,
				  const char *method, const char *version, const char *data,
				  size_t *size, void **memory)
{
	struct call *c = *memory;
	(void)cls;
	(void)url;
	(void)version;
	switch (c->stage) {
	case FRESH:
		c->at = at;
		ask_read(c, method);
		watch_until(c->watched, 0);
		if (c->ask.method != GET)
			return answer_other(c);
		/* Answering now would end the connection: the library asks a second time. */
		c->stage = GETTING;
		return MHD_YES;
	case GETTING:
		if (!*size)
			return answer_a_get(c);
		return on_body(c, data, size);
	case BODY:
	case SWALLOW:
		return on_body(c, data, size);
	case RESUMED:
		return on_resumed(c);
	}
	return MHD_NO;
}

/* --- the life of a request and of a connection --- */

static struct watched *watched_of(struct MHD_Connection *at)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(at, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

/* Called with the first line of a request, before anything has been made of it. */
static void *on_uri(void *cls, const char *uri, struct MHD_Connection *at)
{
	struct server *s = cls;
	struct call *c = call_take(s);
	size_t n = strlen(uri);
	c->began = microseconds();
	c->watched = watched_of(at);
	c->uri_len = n <= URI_MAX ? n : URI_MAX + 1;
	memcpy(c->uri, uri, n <= URI_MAX ? n : 0);
	atomic_fetch_add(&s->underway, 1);
	metrics_gauge(s->house->metrics, GAUGE_UNDERWAY, 1);
	return c;
}

/* A page that was kept needs no request to be made of it; only pages and lists are kept. */
static enum request_class class_of(const struct call *c)
{
	static const struct str endings[] = { S_INIT(".csv"), S_INIT(".json"), S_INIT(".atom"),
					      S_INIT(".ics") };
	if (c->r)
		return answer_class(c->r);
	if (!c->status)
		return CLASS_NONE;
	for (size_t i = 0; i < LENGTH(endings); i++)
		if (str_ends(c->ask.path, endings[i]))
			return CLASS_DATA;
	return CLASS_PAGE;
}

static void on_completed(void *cls, struct MHD_Connection *at, void **memory,
			 enum MHD_RequestTerminationCode how)
{
	struct server *s = cls;
	struct call *c = *memory;
	(void)at;
	(void)how;
	if (!c)
		return;
	*memory = NULL;
	metrics_answered(s->house->metrics, class_of(c), c->status, microseconds() - c->began);
	metrics_gauge(s->house->metrics, GAUGE_UNDERWAY, -1);
	watch_until(c->watched, watch_now() + (int64_t)s->setup.idle_seconds * 1000);
	call_leave(c);
	atomic_fetch_sub(&s->underway, 1);
}

static void on_connection(void *cls, struct MHD_Connection *at, void **context,
			  enum MHD_ConnectionNotificationCode how)
{
	struct server *s = cls;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(at, MHD_CONNECTION_INFO_CONNECTION_FD);
	bool begins = how == MHD_CONNECTION_NOTIFY_STARTED;
	metrics_gauge(s->house->metrics, GAUGE_CONNECTIONS, begins ? 1 : -1);
	if (begins)
		*context = watch_add(s->watch, info->connect_fd,
				     watch_now() + (int64_t)s->setup.head_seconds * 1000);
	else
		watch_remove(s->watch, *context);
}

/* Escapes are read by web/query.c, strictly. */
static size_t leave_escapes(void *cls, struct MHD_Connection *at, char *text)
{
	(void)cls;
	(void)at;
	return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *format,
							 va_list args)
{
	char line[500];
	(void)cls;
	int n = vsnprintf(line, sizeof line, format, args);
	if (n > 0 && (size_t)n < sizeof line && line[n - 1] == '\n')
		line[n - 1] = 0;
	log_info("web.http", "%s", line);
}

/* --- who comes --- */

/* The library gives it to one of its threads, by its number: in turn. */
static void deal(void *server, int fd, const struct sockaddr *from, socklen_t len)
{
	struct server *s = server;
	MHD_add_connection(s->daemon, fd, from, len);
}

static bool is_full(void *server)
{
	const struct server *s = server;
	return atomic_load(&s->house->metrics->gauges[GAUGE_CONNECTIONS]) >=
	       (int64_t)s->setup.connections;
}

/* --- start and stop --- */

static void fill_defaults(struct server_setup *u)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (!u->threads)
		u->threads = cores > 1 ? (unsigned)cores : 2;
	if (!u->connections)
		u->connections = 16000;
	if (!u->head_seconds)
		u->head_seconds = 15;
	if (!u->body_seconds)
		u->body_seconds = 30;
	if (!u->idle_seconds)
		u->idle_seconds = 30;
	if (!u->slow_threads)
		u->slow_threads = 2;
}

static void server_free(struct server *s)
{
	accept_free(s->accept);
	pool_free(s->pool);
	watch_free(s->watch);
	for (struct call *c = s->kept, *next; c; c = next) {
		next = c->next;
		call_free(c);
	}
	pthread_key_delete(s->db);
	pthread_key_delete(s->replica);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

enum err server_start(const struct server_setup *setup, struct server **out, struct str *why,
		      struct arena *a)
{
	enum err e;
	int fd = listen_open(setup->listen, why, a, &e);
	if (fd < 0)
		return e;
	struct server *s = calloc(1, sizeof *s);
	if (!s)
		abort();
	s->setup = *setup;
	s->house = setup->house;
	s->port = listen_port(fd);
	fill_defaults(&s->setup);
	pthread_key_create(&s->db, close_db);
	pthread_key_create(&s->replica, close_db);
	pthread_mutex_init(&s->lock, NULL);
	s->pool = pool_new((int)s->setup.slow_threads, SLOW_WAITING);
	s->watch = watch_new(s->house->metrics);
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET |
			MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
		0, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_log, s,
		MHD_OPTION_THREAD_POOL_SIZE, s->setup.threads, MHD_OPTION_CONNECTION_LIMIT,
		s->setup.connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->setup.per_address,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, s->setup.idle_seconds + s->setup.head_seconds,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
		s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
	if (s->daemon)
		s->accept = accept_new(&(struct accept_setup){ fd, deal, is_full, s });
	if (!s->accept) {
		*why = S("the server could not start: no more threads, sockets or memory");
		if (s->daemon)
			MHD_stop_daemon(s->daemon);
		close(fd);
		server_free(s);
		return ERR_IO;
	}
	*out = s;
	return OK;
}

int server_port(const struct server *s)
{
	return s->port;
}

void server_stop(struct server *s)
{
	if (!s)
		return;
	accept_free(s->accept);
	s->accept = NULL;
	int64_t until = watch_now() + STOP_MS;
	while (atomic_load(&s->underway) && watch_now() < until)
		usleep(5000);
	/* What waits for the pool or the writer must be answered before the library may end. */
	while (atomic_load(&s->house->metrics->gauges[GAUGE_QUEUE]) > 0)
		usleep(5000);
	MHD_stop_daemon(s->daemon);
	server_free(s);
}
