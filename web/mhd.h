/* What the files that know the HTTP library share, and nobody else: a request from its first line to
 * its last byte, and the server it belongs to. */
#pragma once

#include "store/writer.h"
#include "web/answer.h"
#include "web/cache.h"
#include "web/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>

enum { URI_MAX = 2 * QUERY_MAX, KEY_MAX = 2 * QUERY_MAX + 300 };

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
	struct accept *accept;
	struct pool *pool;
	struct watch *watch;
	pthread_key_t db, replica; /* each thread's own connections, opened when first needed */
	pthread_mutex_t lock;
	struct call *kept;
	int kept_n;
	_Atomic int underway;
	int port;
};

/* This thread's connection to the database; NULL when there is none at present (the log says why). */
struct db *thread_db(struct server *s);
/* After it was used: how it went tells the others. Accepts NULL. */
void thread_db_used(struct server *s, struct db *db);

/* --- web/mhd_ask.c --- */
/* Fills c->ask, and c->malformed. */
void ask_read(struct call *c, const char *method);

/* --- web/mhd_send.c --- */
enum MHD_Result send_reply(struct call *c);
/* A page that may serve others as well; kept under `key` unless that is empty. */
enum MHD_Result send_shared(struct call *c, uint64_t generation, struct str key);
enum MHD_Result send_cached(struct call *c, const struct cached *page);
