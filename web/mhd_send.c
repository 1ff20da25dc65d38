/* What stands in r->reply becomes an answer of the HTTP library. Pages for one reader are sent from the
 * request's own memory, pages for everybody are copied once and kept. */
#include "web/mhd.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 * 1024 };

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

/* The library ends the body that a HEAD does not get with the last chunk all the same, and whoever
 * shares the connection would read it as the next answer: such a reply is the connection's last. */
static struct MHD_Response *stream_of(struct call *c)
{
	struct MHD_Response *m =
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, on_read, c, NULL);
	c->more = true;
	if (m && c->ask.head)
		MHD_set_response_options(m, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
	return m;
}

static struct MHD_Response *response_of(struct call *c)
{
	struct req *r = c->r;
	struct str bytes = r->reply.kind == REPLY_PAGE ? buf_str(&r->out.body) : r->reply.bytes;
	switch (r->reply.kind) {
	case REPLY_FILE:
		return MHD_create_response_from_fd64((uint64_t)r->reply.size, r->reply.fd);
	case REPLY_STREAM:
		return stream_of(c);
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

enum MHD_Result send_cached(struct call *c, const struct cached *page)
{
	bool same = c->ask.none_match.len && str_has(c->ask.none_match, str_of(page->etag));
	return queue(c, same ? 304 : 200, same ? page->unchanged : page->whole);
}

/* Makes a page that others may get as well: copied once, with its mark. */
enum MHD_Result send_shared(struct call *c, uint64_t generation, struct str key)
{
	struct req *r = c->r;
	struct str bytes = r->reply.kind == REPLY_PAGE ? buf_str(&r->out.body) : r->reply.bytes;
	struct cached page = { .size = bytes.len + 2048, .viewed = r->viewed };
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

enum MHD_Result send_reply(struct call *c)
{
	struct MHD_Response *m = response_of(c);
	if (!m)
		return MHD_NO;
	add_headers(m, c->r);
	enum MHD_Result sent = queue(c, c->r->reply.status, m);
	MHD_destroy_response(m);
	return sent;
}
