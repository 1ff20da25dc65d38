/* The HTTP server. GETs run on its workers, each with a read-only connection of its own; a POST is
 * read, suspended while the writer runs it, and answered after the commit. TLS belongs to a proxy. */
#pragma once

#include "web/house.h"

struct server;

struct server_setup {
	const struct house *house;
	struct str listen;     /* "127.0.0.1:8080", "[::]:8080"; port 0: any that is free */
	unsigned threads;      /* 0: one for each core */
	unsigned connections;  /* at once; 0: 16,000 */
	unsigned per_address;  /* of them from one address; 0: no limit, as behind a proxy */
	unsigned head_seconds; /* for sending the headers of a request; 0: 15 */
	unsigned body_seconds; /* for sending a form, besides what its length takes; 0: 30 */
	unsigned idle_seconds; /* between requests; 0: 30 */
	unsigned slow_threads; /* for what runs before the writer; 0: 2 */
};

/* A page cache of so many bytes for a house: made here, because only the server knows what it holds. */
struct cache *server_cache(size_t bytes);

/* ERR_INVALID: no such address; ERR_IO: it is taken, or the system has no more threads or sockets;
 * both with one sentence in `why`. */
MUST_USE enum err server_start(const struct server_setup *setup, struct server **out,
			       struct str *why, struct arena *a);
int server_port(const struct server *s);
/* Takes no new request, finishes those under way (ten seconds at most), ends. The writer must run
 * until this returns. Accepts NULL. */
void server_stop(struct server *s);
