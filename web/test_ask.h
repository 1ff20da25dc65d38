/* Asking a house in-process, as the server does but without a socket: a folder that test_tx made, a
 * table of routes, and what came back. */
#pragma once

#include "tests/test_db.h"
#include "web/answer.h"
#include "web/house.h"

#include <string.h>

struct asker {
	struct house house;
	struct metrics metrics;
	const char *dir;
	struct instant now;
	struct rng *rng;
	struct str visitor; /* the cookie of a visitor whose form was shown */
};

static inline struct instant asker_now(void *clock)
{
	return *(struct instant *)clock;
}

static inline void asker_drop(void *house)
{
	throttle_free(((struct house *)house)->throttle);
}

/* The data of `tx` must be committed. */
static inline struct asker *asker_new(struct tx *tx, const struct route *routes)
{
	struct asker *a = NEW(test_arena(), struct asker);
	struct router *router = router_new(test_arena());
	router_add(router, routes);
	*a = (struct asker){ .dir = test_tx_dir(tx), .now = tx->now, .rng = tx->rng };
	a->house = (struct house){
		.name = { S("Xã Mẫu"), S("Sample Commune") },
		.base = S("https://xa-mau.example"),
		.db = str_of(a->dir),
		.dir = a->dir,
		.office = tx->office,
		.router = router,
		.secret = { 1, 2, 3 },
		.throttle = throttle_new(0, 0, 1),
		.metrics = &a->metrics,
		.now = asker_now,
		.clock = &a->now,
	};
	arena_defer(test_arena(), asker_drop, &a->house);
	return a;
}

struct asked {
	int status;
	struct str type, body;
	struct pair headers[ANSWER_HEADERS];
	size_t n;
};

static inline struct str asked_header(const struct asked *a, const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(a->headers[i].name, str_of(name)))
			return a->headers[i].value;
	return S("");
}

static inline struct asked asked_of(struct req *r)
{
	struct asked a = { .status = r->reply.status };
	a.n = answer_headers(r, a.headers);
	a.type = asked_header(&a, "Content-Type");
	a.body = r->reply.kind == REPLY_PAGE ? buf_str(&r->out.body) : r->reply.bytes;
	return a;
}

static inline struct ask *asker_ask(struct asker *a, enum method method, const char *address)
{
	struct ask *ask = NEW(test_arena(), struct ask);
	struct str rest = str_of(address), path;
	CHECK(str_next(&rest, '?', &path));
	*ask = (struct ask){
		.method = method,
		.path = path,
		.query = rest.at ? rest : S(""),
		.host = S("xa-mau.example"),
		.cookie = a->visitor.len
				  ? str_printf(test_arena(), "khach=%.*s", STR_ARG(a->visitor))
				  : S(""),
		.origin = S(""),
		.fetch_site = S(""),
		.type = method == POST ? S("application/x-www-form-urlencoded") : S(""),
		.none_match = S(""),
		.peer = S("203.0.113.7"),
		.forwarded_for = S(""),
		.forwarded_proto = S(""),
		.length = -1,
	};
	return ask;
}

/* Memory of one request, whose budget is its own; what it answered lives as long as the test. */
static inline struct arena *asker_mem(void)
{
	struct arena *mem = arena_new(0);
	arena_defer(test_arena(), (void (*)(void *))arena_free, mem);
	return mem;
}

static inline struct asked asker_get(struct asker *a, const char *address)
{
	struct db *db = test_open(a->dir, DB_READ);
	struct req *r = answer_new(asker_mem(), &a->house, asker_ask(a, GET, address), a->rng);
	answer_get(r, db);
	if (r->visitor.len)
		a->visitor = r->visitor;
	struct asked out = asked_of(r);
	db_close(db);
	return out;
}

/* The value of the token in a page that shows a form. */
static inline struct str asked_token(const struct asked *page)
{
	static const char mark[] = "name=\"ma-gui\" value=\"";
	const char *at = memmem(page->body.at, page->body.len, mark, sizeof mark - 1);
	CHECK(at != NULL);
	struct str rest = str_from(page->body, (size_t)(at - page->body.at) + sizeof mark - 1), out;
	CHECK(str_next(&rest, '"', &out));
	return out;
}

/* `body`: pairs, already escaped; the token is that of the form shown at the same address. */
static inline struct asked asker_post(struct asker *a, struct tx *tx, const char *address,
				      struct str body)
{
	struct asked page = asker_get(a, address);
	struct str text = str_printf(test_arena(), "ma-gui=%.*s&%.*s", STR_ARG(asked_token(&page)),
				     STR_ARG(body));
	struct db *db = test_open(a->dir, DB_READ);
	struct req *r = answer_new(asker_mem(), &a->house, asker_ask(a, POST, address), a->rng);
	enum answer_next next = answer_post(r, db);
	if (next == ANSWER_BODY)
		next = answer_body(r, text);
	if (next == ANSWER_BODY)
		next = answer_form(r, db);
	if (next == ANSWER_PREPARE)
		next = answer_prepare(r, db);
	if (next == ANSWER_WRITE) {
		enum err e = answer_write(r, tx);
		answer_written(r, e, db);
	}
	struct asked out = asked_of(r);
	db_close(db);
	return out;
}
