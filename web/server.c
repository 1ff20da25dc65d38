/* The one file that knows the HTTP library. It turns what came into a struct ask, lets web/answer.c
 * do the thinking, and sends what stands in r->reply. A request is a struct call from its first line
 * to its last byte; calls are kept and used again, so that a cached page costs no allocation here. */
#include "web/server.h"

#include "base/log.h"
#include "store/writer.h"
#include "web/answer.h"
#include "web/cache.h"
#include "web/cookie.h"
#include "web/guard.h"
#include "web/pool.h"
#include "web/watch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	URI_MAX = 2 * QUERY_MAX,
	KEY_MAX = 2 * QUERY_MAX + 300,
	CALLS_KEPT = 1024,
	CONNECTION_MEMORY = 32 * 1024,
	SLOW_WAITING = 256,
	SLOWEST_BODY = 16,      /* bytes a millisecond */
	SWALLOW_MAX = 32 << 20, /* of a body that is refused */
	STOP_MS = 10000,
	PIECE = 64 * 1024,
};

struct call {
	struct server *server;
	struct call *next;
	struct MHD_Connection *at;
	struct watched *watched;
	struct arena *mem;
	struct req *r;
	struct ask ask;
	struct rng rng;
	struct job job;
	enum { FRESH, GETTING, BODY, SWALLOW, RESUMED } stage;
	bool malformed, answered; /* answered: before the writer was asked */
	enum err err;             /* what became of the writing */
	int64_t began;            /* microseconds */
	int64_t swallowed;
	int status;
	struct buf piece; /* of a stream: what waits to be sent, from `sent` on */
	size_t sent;
	bool more;
	char peer[INET6_ADDRSTRLEN];
	size_t uri_len; /* URI_MAX + 1: too long */
	char uri[URI_MAX];
};

struct server {
	const struct house *house;
	struct server_setup setup;
	struct MHD_Daemon *daemon;
	struct pool *pool;
	struct watch *watch;
	pthread_key_t db; /* each thread's own connection, opened when first needed */
	pthread_mutex_t lock;
	struct call *kept;
	int kept_n;
	_Atomic int underway;
	int port;
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

static struct db *thread_db(struct server *s)
{
	struct db *db = pthread_getspecific(s->db);
	if (db)
		return db;
	struct arena *a = arena_new(0);
	struct str why = S("");
	if (db_open(s->house->db, DB_READ, &db, &why, a) == OK)
		pthread_setspecific(s->db, db);
	else
		log_error("web.database", "%.*s", STR_ARG(why));
	arena_free(a);
	return db;
}

/* --- what came --- */

struct heads {
	struct ask *ask;
	int hosts, lengths, transfers, cookies;
	bool malformed;
};

static bool named(const char *name, size_t len, struct str wanted)
{
	return len == wanted.len && strncasecmp(name, wanted.at, len) == 0;
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name,
				 size_t name_len, const char *at, size_t len)
{
	struct heads *h = cls;
	struct ask *ask = h->ask;
	struct str value = { at ? at : "", at ? len : 0 };
	(void)kind;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.at[i] < 0x20 && value.at[i] != '\t')
			h->malformed = true;
	if (named(name, name_len, S("Host"))) {
		ask->host = value;
		h->hosts++;
	} else if (named(name, name_len, S("Cookie"))) {
		ask->cookie = value;
		h->cookies++;
	} else if (named(name, name_len, S("Content-Length"))) {
		h->malformed |= !str_int(value, &ask->length) || ask->length < 0;
		h->lengths++;
	} else if (named(name, name_len, S("Transfer-Encoding"))) {
		h->malformed |= !named(value.at, value.len, S("chunked"));
		h->transfers++;
	} else if (named(name, name_len, S("Content-Type"))) {
		ask->type = value;
	} else if (named(name, name_len, S("Origin"))) {
		ask->origin = value;
	} else if (named(name, name_len, S("Sec-Fetch-Site"))) {
		ask->fetch_site = value;
	} else if (named(name, name_len, S("If-None-Match"))) {
		ask->none_match = value;
	} else if (named(name, name_len, S("X-Forwarded-For"))) {
		ask->forwarded_for = value;
	} else if (named(name, name_len, S("X-Forwarded-Proto"))) {
		ask->forwarded_proto = value;
	}
	return MHD_YES;
}

static void read_peer(struct call *c)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c->at, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *a = info ? info->client_addr : NULL;
	c->peer[0] = 0;
	if (a && a->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr,
			  c->peer, sizeof c->peer);
	else if (a && a->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
			  c->peer, sizeof c->peer);
}

/* Two lengths, or a length beside chunks, are how one request is smuggled inside another. */
static void read_heads(struct call *c, const char *method)
{
	struct str rest = { c->uri, c->uri_len <= URI_MAX ? c->uri_len : 0 }, part;
	struct heads h = { .ask = &c->ask };
	c->ask = (struct ask){
		.method = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ? GET
			  : strcmp(method, "POST") == 0                             ? POST
										    : METHOD_OTHER,
		.head = strcmp(method, "HEAD") == 0,
		.path = S(""),
		.query = S(""),
		.host = S(""),
		.cookie = S(""),
		.origin = S(""),
		.fetch_site = S(""),
		.type = S(""),
		.none_match = S(""),
		.forwarded_for = S(""),
		.forwarded_proto = S(""),
		.length = -1,
	};
	MHD_get_connection_values_n(c->at, MHD_HEADER_KIND, on_header, &h);
	read_peer(c);
	c->ask.peer = str_of(c->peer);
	if (str_next(&rest, '#', &part))
		rest = part;
	if (str_next(&rest, '?', &part)) {
		c->ask.path = part;
		c->ask.query = rest.at ? rest : S("");
	}
	c->malformed = h.malformed || h.hosts > 1 || h.cookies > 1 || h.lengths > 1 ||
		       h.transfers > 1 || (h.lengths && h.transfers);
}

/* --- what is sent --- */

static void add_headers(struct MHD_Response *m, struct req *r)
{
	struct pair headers[ANSWER_HEADERS];
	size_t n = answer_headers(r, headers);
	for (size_t i = 0; i < n; i++)
		MHD_add_response_header(m, str_z(r->mem, headers[i].name),
					str_z(r->mem, headers[i].value));
}

/* The next piece in a transaction of its own, into memory of its own. */
static bool next_piece(struct call *c)
{
	struct req *r = c->r;
	struct db *db = thread_db(c->server);
	if (!r->pieces) {
		r->pieces = arena_new(0);
		arena_defer(r->mem, (void (*)(void *))arena_free, r->pieces);
	}
	arena_clear(r->pieces);
	c->piece = (struct buf){ .a = r->pieces };
	c->sent = 0;
	r->tx.mem = r->pieces;
	enum err e = db ? tx_begin(&r->tx, db, DB_READ) : ERR_IO;
	if (!e) {
		e = r->reply.stream.next(r, r->reply.stream.state, &c->piece, &c->more);
		enum err ended = tx_end(&r->tx, e);
		e = e ? e : ended;
	}
	r->tx.mem = r->mem;
	if (e)
		log_error("web.stream", "%.*s broke off: %s", STR_ARG(r->path), r->tx.why);
	return !e;
}

static ssize_t on_read(void *cls, uint64_t pos, char *to, size_t max)
{
	struct call *c = cls;
	(void)pos;
	while (c->sent == c->piece.len) {
		if (!c->more)
			return MHD_CONTENT_READER_END_OF_STREAM;
		if (!next_piece(c))
			return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	size_t n = c->piece.len - c->sent < max ? c->piece.len - c->sent : max;
	memcpy(to, c->piece.at + c->sent, n);
	c->sent += n;
	return (ssize_t)n;
}

static struct MHD_Response *response_of(struct call *c)
{
	struct req *r = c->r;
	struct str bytes = r->reply.kind == REPLY_PAGE ? buf_str(&r->out.body) : r->reply.bytes;
	switch (r->reply.kind) {
	case REPLY_FILE:
		return MHD_create_response_from_fd64((uint64_t)r->reply.size, r->reply.fd);
	case REPLY_STREAM:
		c->more = true;
		return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, on_read, c, NULL);
	case REPLY_PAGE:
	case REPLY_BYTES:
		break;
	}
	/* Not copied: the call keeps its memory until the last byte has gone. */
	return MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.at,
					       MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result queue(struct call *c, int status, struct MHD_Response *m)
{
	c->status = status;
	return MHD_queue_response(c->at, (unsigned)status, m);
}

static void drop_page(const struct cached *page)
{
	MHD_destroy_response(page->whole);
	MHD_destroy_response(page->unchanged);
}

struct cache *server_cache(size_t bytes)
{
	return cache_new(bytes, drop_page);
}

static enum MHD_Result send_cached(struct call *c, const struct cached *page)
{
	bool same = c->ask.none_match.len && str_has(c->ask.none_match, str_of(page->etag));
	return queue(c, same ? 304 : 200, same ? page->unchanged : page->whole);
}

/* Makes a page that others may get as well: copied once, with its mark. */
static enum MHD_Result send_shared(struct call *c, uint64_t generation, struct str key)
{
	struct req *r = c->r;
	struct str bytes = r->reply.kind == REPLY_PAGE ? buf_str(&r->out.body) : r->reply.bytes;
	struct cached page = { .size = bytes.len + 2048 };
	struct hash h;
	sha256(bytes.at, bytes.len, &h);
	snprintf(page.etag, sizeof page.etag, "\"%02x%02x%02x%02x%02x%02x%02x%02x\"", h.b[0],
		 h.b[1], h.b[2], h.b[3], h.b[4], h.b[5], h.b[6], h.b[7]);
	req_header(r, S("ETag"), str_of(page.etag));
	page.whole = MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.at,
						     MHD_RESPMEM_MUST_COPY);
	page.unchanged =
		MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
	if (!page.whole || !page.unchanged)
		abort();
	add_headers(page.whole, r);
	add_headers(page.unchanged, r);
	enum MHD_Result sent = send_cached(c, &page);
	if (c->server->house->cache && key.len)
		cache_put(c->server->house->cache, generation, key, &page);
	else
		drop_page(&page);
	return sent;
}

static enum MHD_Result send_reply(struct call *c)
{
	struct MHD_Response *m = response_of(c);
	if (!m)
		return MHD_NO;
	add_headers(m, c->r);
	enum MHD_Result sent = queue(c, c->r->reply.status, m);
	MHD_destroy_response(m);
	return sent;
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
	    str_has(ask->cookie, S(SESSION_COOKIE "=")))
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

static enum MHD_Result answer_a_get(struct call *c)
{
	const struct house *h = c->server->house;
	char memory[KEY_MAX];
	struct str key = page_key(c, memory);
	uint64_t generation = h->cache ? cache_generation(h->cache) : 0;
	const struct cached *page = key.len ? cache_find(h->cache, key) : NULL;
	if (page) {
		enum MHD_Result sent = send_cached(c, page);
		cache_release(h->cache, page);
		atomic_fetch_add_explicit(&h->metrics->hits, 1, memory_order_relaxed);
		return sent;
	}
	struct db *db = thread_db(c->server);
	c->r = answer_new(c->mem, h, &c->ask, &c->rng);
	if (c->uri_len > URI_MAX)
		c->r->refused = 414;
	else if (c->malformed)
		c->r->refused = 400;
	if (db)
		answer_get(c->r, db);
	else
		answer_error(c->r, ERR_IO);
	atomic_fetch_add_explicit(&h->metrics->misses, 1, memory_order_relaxed);
	return answer_is_shared(c->r) ? send_shared(c, generation, key) : send_reply(c);
}

/* --- POST --- */

static void resume(struct call *c)
{
	c->stage = RESUMED;
	metrics_gauge(c->server->house->metrics, GAUGE_QUEUE, -1);
	MHD_resume_connection(c->at);
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
	enum err e = writer_submit(c->server->house->writer, &c->job);
	if (e)
		on_written(c, e);
}

static void on_prepare(void *what)
{
	struct call *c = what;
	struct db *db = thread_db(c->server);
	if (db && answer_prepare(c->r, db) == ANSWER_WRITE) {
		submit(c);
		return;
	}
	if (!db)
		answer_error(c->r, ERR_IO);
	c->answered = true;
	resume(c);
}

/* All of it has come. The connection waits, and no thread with it. */
static enum MHD_Result body_came(struct call *c)
{
	struct db *db = thread_db(c->server);
	enum answer_next next = ANSWER_READY;
	if (db)
		next = answer_form(c->r, db);
	else
		answer_error(c->r, ERR_IO);
	if (next == ANSWER_READY)
		return send_reply(c);
	metrics_gauge(c->server->house->metrics, GAUGE_QUEUE, 1);
	MHD_suspend_connection(c->at);
	if (next == ANSWER_WRITE) {
		submit(c);
	} else if (pool_run(c->server->pool, on_prepare, c) != OK) {
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
	if (!c->answered && (db || !c->err))
		answer_written(c->r, c->err, db);
	else if (!c->answered)
		answer_error(c->r, c->err);
	return send_reply(c);
}

static enum MHD_Result answer_other(struct call *c)
{
	c->r = answer_new(c->mem, c->server->house, &c->ask, &c->rng);
	if (c->uri_len > URI_MAX)
		c->r->refused = 414;
	else if (c->malformed)
		c->r->refused = 400;
	if (answer_post(c->r) != ANSWER_BODY)
		return send_reply(c);
	int64_t slow = c->ask.length > 0 ? c->ask.length / SLOWEST_BODY : 60000;
	watch_until(c->watched, watch_now() + 30000 + slow);
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
		read_heads(c, method);
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
	metrics_answered(s->house->metrics, c->status, microseconds() - c->began);
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

/* --- start and stop --- */

static int listen_at(struct str where, struct str *why, struct arena *a, enum err *e)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE },
			*found = NULL;
	size_t colon = where.len;
	while (colon && where.at[colon - 1] != ':')
		colon--;
	struct str host = str_cut(where, colon ? colon - 1 : 0), port = str_from(where, colon);
	if (host.len > 2 && host.at[0] == '[' && host.at[host.len - 1] == ']')
		host = (struct str){ host.at + 1, host.len - 2 };
	*e = ERR_INVALID;
	if (!colon || !port.len ||
	    getaddrinfo(host.len ? str_z(a, host) : NULL, str_z(a, port), &hints, &found) != 0) {
		*why = str_printf(a, "%.*s is no address to listen at: write HOST:PORT",
				  STR_ARG(where));
		return -1;
	}
	int on = 1, fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	*e = ERR_IO;
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, 1024) != 0) {
		*why = str_printf(a, "cannot listen at %.*s: %s", STR_ARG(where), strerror(errno));
		fd_close(&fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

static int port_of(int fd)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof at;
	if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		return 0;
	if (at.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&at)->sin6_port);
	return ntohs(((struct sockaddr_in *)&at)->sin_port);
}

static void fill_defaults(struct server_setup *u)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (!u->threads)
		u->threads = cores > 1 ? (unsigned)cores : 2;
	if (!u->connections)
		u->connections = 16000;
	if (!u->head_seconds)
		u->head_seconds = 15;
	if (!u->idle_seconds)
		u->idle_seconds = 30;
	if (!u->slow_threads)
		u->slow_threads = 2;
}

static void server_free(struct server *s)
{
	pool_free(s->pool);
	watch_free(s->watch);
	for (struct call *c = s->kept, *next; c; c = next) {
		next = c->next;
		call_free(c);
	}
	pthread_key_delete(s->db);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

enum err server_start(const struct server_setup *setup, struct server **out, struct str *why,
		      struct arena *a)
{
	enum err e;
	int fd = listen_at(setup->listen, why, a, &e);
	if (fd < 0)
		return e;
	struct server *s = calloc(1, sizeof *s);
	if (!s)
		abort();
	s->setup = *setup;
	s->house = setup->house;
	s->port = port_of(fd);
	fill_defaults(&s->setup);
	pthread_key_create(&s->db, close_db);
	pthread_mutex_init(&s->lock, NULL);
	s->pool = pool_new((int)s->setup.slow_threads, SLOW_WAITING);
	s->watch = watch_new(s->house->metrics);
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
		NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_log, s,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, s->setup.threads,
		MHD_OPTION_CONNECTION_LIMIT, s->setup.connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->setup.per_address,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, s->setup.idle_seconds + s->setup.head_seconds,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
		s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
	if (!s->daemon) {
		*why = S("the server could not start: no more threads, sockets or memory");
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
	int fd = MHD_quiesce_daemon(s->daemon);
	int64_t until = watch_now() + STOP_MS;
	while (atomic_load(&s->underway) && watch_now() < until)
		usleep(5000);
	/* What waits for the pool or the writer must be answered before the library may end. */
	while (atomic_load(&s->house->metrics->gauges[GAUGE_QUEUE]) > 0)
		usleep(5000);
	MHD_stop_daemon(s->daemon);
	if (fd >= 0)
		close(fd);
	server_free(s);
}
