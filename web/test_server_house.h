/* A server with a few pages of its own, asked through real sockets. */
#pragma once

#include "gen/web_pages.h"
#include "office/site.h"
#include "store/writer.h"
#include "tests/http_client.h"
#include "tests/http_file.h"
#include "tests/test_db.h"
#include "web/cache.h"
#include "web/plain.h"
#include "web/server.h"
#include "web/statics.h"
#include "web/touch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static _Atomic int runs; /* how often a page was made */

static inline enum err show_greeting(struct req *r)
{
	atomic_fetch_add(&runs, 1);
	page_plain(&r->out,
		   &(struct plain_page){ .frame = req_frame(r, S("Xin ch\xc3\xa0o <b>"), DOOR_NONE),
					 .title = S("Xin ch\xc3\xa0o <b>") });
	return OK;
}

/* The page of dossier 1, as far as counting goes. */
static inline enum err show_viewed(struct req *r)
{
	r->viewed = 1;
	return show_greeting(r);
}

struct note_form {
	struct str text;
	struct date day;
	int64_t number;
};

static const struct field note_fields[] = {
	FIELD(struct note_form, text, .min = 3, .max = 20, .label = MSG_WEB_FIND_LABEL),
	FIELD(struct note_form, day, .label = MSG_WEB_DAY, .optional = true),
	FIELD(struct note_form, number, .label = MSG_WEB_DAY_NUMBER, .optional = true),
	{ 0 },
};

static inline enum err show_form(struct req *r)
{
	struct form *form;
	struct str title = S("Ghi");
	enum err e =
		form_show(r, note_fields, NULL, NULL, req_url(r, "/ghi"), MSG_WEB_FILTER, &form);
	if (e)
		return e;
	page_plain(&r->out, &(struct plain_page){ .frame = req_frame(r, title, DOOR_NONE),
						  .title = title,
						  .form = form });
	return OK;
}

static inline enum err take_form(struct req *r)
{
	const struct note_form *f = r->form;
	if (str_eq(f->text, S("bận")))
		return tx_fail(&r->tx, ERR_BUSY, "as asked");
	if (str_eq(f->text, S("sai rồi")))
		return req_fault(r, "text", MSG_WEB_FAULT_NUMBER);
	enum err e = site_set(&r->tx, "test.note", f->text);
	return e ? e : req_redirect(r, req_url(r, "/ghi/%s", S("xong")));
}

static inline enum err show_note(struct req *r)
{
	struct str text;
	enum err e = site_get(&r->tx, "test.note", &text);
	return e ? e : req_bytes(r, S("text/plain; charset=utf-8"), text);
}

static inline enum err prepare_slowly(struct req *r)
{
	usleep(20000);
	if (str_eq(pairs_get(&r->fields, S("ten")), S("sai")))
		return tx_fail(&r->tx, ERR_DENIED, "the wrong word");
	r->prepared = str_z(r->mem, S("chậm"));
	return OK;
}

static inline enum err take_slow(struct req *r)
{
	return req_bytes(r, S("text/plain; charset=utf-8"), str_of(r->prepared));
}

static inline enum err fail(struct req *r)
{
	return tx_fail(&r->tx, ERR_CORRUPT, "a story for the operator");
}

static inline enum err next_rows(struct req *r, void *state, struct buf *out, bool *more)
{
	int *row = state;
	for (int i = 0; i < 1000; i++, (*row)++)
		buf_printf(out, "%d,%s\r\n", *row, "mot dong");
	if (str_eq(req_query(r, "hong"), S("1")) && *row > 3000)
		return ERR_IO;
	*more = *row < 100000;
	return OK;
}

static inline enum err show_rows(struct req *r)
{
	if (r->format != FORMAT_CSV)
		return ERR_NOT_FOUND;
	return req_stream(r, S("text/csv; charset=utf-8"), S("D\xe1\xbb\xb1 to\xc3\xa1n.csv"),
			  (struct stream){ next_rows, NEW(r->mem, int) });
}

static const struct route routes[] = {
	{ GET, "/", show_greeting, ANYONE, NULL },
	{ GET, "/xem", show_viewed, ANYONE, NULL },
	{ GET, "/ghi", show_form, ANYONE, NULL },
	{ POST, "/ghi", take_form, ANYONE, note_fields },
	{ GET, "/ghi/{token}", show_note, ANYONE, NULL },
	{ POST, "/cham", take_slow, ANYONE, NULL, .show = show_form, .prepare = prepare_slowly },
	{ GET, "/hong", fail, ANYONE, NULL },
	{ GET, "/dong", show_rows, ANYONE, NULL, .formats = FORMAT_CSV },
	{ GET, "/viec", show_greeting, MEMBER, NULL },
	{ GET, "/dang-nhap", show_greeting, ANYONE, NULL },
	{ 0 },
};

/* --- the house --- */

static struct {
	struct house house;
	struct metrics metrics;
	struct server *server;
	struct db *db;
	int port;
	struct instant now;
} t;

static inline struct instant clock_of(void *what)
{
	return *(struct instant *)what;
}

static inline void after_commit(void *what)
{
	struct house *h = what;
	cache_stale(h->cache);
}

static inline void fatal(void *what, const char *why)
{
	(void)what;
	fprintf(stderr, "%s\n", why);
	abort();
}

static inline void close_house(void *what)
{
	(void)what;
	server_stop(t.server);
	writer_stop(t.house.writer);
	db_close(t.db);
	throttle_free(t.house.throttle);
	touches_free(t.house.touches);
}

static inline void drop_cache(void *what)
{
	cache_free(what);
}

/* Only the server knows how to drop an answer, so the cache of a test is the server's own. */
static inline void open_house(void)
{
	const char *dir = test_site();
	struct str why = S("");
	struct router *router = router_new(test_arena());
	memset(&t, 0, sizeof t);
	t.now = test_instant("2026-03-01T08:00");
	router_add(router, routes);
	statics_add(router);
	mkdir(str_printf(test_arena(), "%s/tam", dir).at, 0700);
	t.db = test_open(dir, DB_WRITE);
	t.house = (struct house){
		.name = { S("Xã Ninh Vân"), S("Ninh Van Commune") },
		.db = test_database(dir),
		.dir = dir,
		.router = router,
		.secret = { 1, 2, 3 },
		.throttle = throttle_new(0, 0, 1),
		.metrics = &t.metrics,
		.now = clock_of,
		.clock = &t.now,
		.touches = touches_new(),
		.cache = server_cache(1 << 20),
	};
	arena_defer(test_arena(), drop_cache, t.house.cache);
	struct writer_setup w = {
		.db = t.db, .after_commit = after_commit, .fatal = fatal, .context = &t.house
	};
	CHECK(writer_start(&w, &t.house.writer) == OK);
	struct server_setup s = { .house = &t.house,
				  .listen = S("127.0.0.1:0"),
				  .per_address = 40,
				  .head_seconds = 1,
				  .body_seconds = 1 };
	if (server_start(&s, &t.server, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	t.port = server_port(t.server);
	arena_defer(test_arena(), close_house, NULL);
}

static inline struct http_reply ask(const char *request)
{
	return http_ask(test_arena(), t.port, str_of(request), false);
}

static inline struct http_reply get(const char *path)
{
	return http_ask(test_arena(), t.port,
			str_printf(test_arena(), "GET %s HTTP/1.1\r\nHost: a.vn\r\n\r\n", path),
			false);
}

static inline struct str between(struct str text, const char *before, char end)
{
	const char *at = memmem(text.at, text.len, before, strlen(before));
	CHECK(at != NULL);
	struct str rest = str_from(text, (size_t)(at - text.at) + strlen(before)), out;
	CHECK(str_next(&rest, end, &out));
	return out;
}

/* The cookie and the token of a form. */
static struct str cookie, token;

static inline void open_form(void)
{
	struct http_reply r = get("/ghi");
	CHECK_INT(r.status, 200);
	cookie = between(r.head, "khach=", ';');
	token = between(r.body, "name=\"ma-gui\" value=\"", '"');
}

static inline struct http_reply post(const char *path, const char *more, const char *body)
{
	struct str text = str_printf(test_arena(), "ma-gui=%.*s&%s", STR_ARG(token), body);
	return http_ask(test_arena(), t.port,
			str_printf(test_arena(),
				   "POST %s HTTP/1.1\r\nHost: a.vn\r\nCookie: khach=%.*s\r\n%s"
				   "Content-Type: application/x-www-form-urlencoded\r\n"
				   "Content-Length: %zu\r\n\r\n%.*s",
				   path, STR_ARG(cookie), more, text.len, STR_ARG(text)),
			false);
}
