#include "tests/browser.h"

#include "web/answer.h"
#include "web/query.h"

#include <string.h>
#include <sys/stat.h>

static struct instant site_now(void *site)
{
	return ((struct browser_site *)site)->now;
}

static void site_close(void *what)
{
	struct browser_site *s = what;
	db_close(s->read);
	db_close(s->write);
	throttle_free(s->house.throttle);
}

struct browser_site *browser_site(const char *dir, const char *now, bool limits,
				  const struct route *const *tables)
{
	struct arena *a = test_arena();
	struct browser_site *s = NEW(a, struct browser_site);
	s->dir = dir;
	s->read = test_open(dir, DB_READ);
	s->write = test_open(dir, DB_WRITE);
	s->now = test_instant(now);
	rng_system(&s->rng);
	s->router = router_new(a);
	for (; *tables; tables++)
		router_add(s->router, *tables);
	mkdir(str_printf(a, "%s/tam", dir).at, 0700);
	s->house = (struct house){
		.name = { S("Xã Ninh Vân"), S("Ninh Van Commune") },
		.dir = dir,
		.secret = { 7 },
		.router = s->router,
		.throttle = throttle_new(64, limits, 1),
		.metrics = NEW(a, struct metrics),
		.now = site_now,
		.clock = s,
	};
	arena_defer(a, site_close, s);
	return s;
}

struct browser browser_open(struct browser_site *site)
{
	return (struct browser){ .site = site, .token = S(""), .address = S("203.0.113.5") };
}

struct str browser_cookie(const struct browser *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++)
		if (str_eq(b->cookies[i].name, str_of(name)))
			return b->cookies[i].value;
	return S("");
}

void browser_forget(struct browser *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++)
		if (str_eq(b->cookies[i].name, str_of(name)))
			b->cookies[i] = b->cookies[--b->n];
}

static void keep_cookie(struct browser *b, struct str header)
{
	struct arena *a = test_arena();
	struct str rest = str_dup(a, header), first, name;
	CHECK(str_next(&rest, ';', &first) && str_next(&first, '=', &name));
	browser_forget(b, str_z(a, name));
	if (str_has(header, S("Max-Age=0")) || b->n == LENGTH(b->cookies))
		return;
	b->cookies[b->n++] = (struct cookie){ name, first };
}

static struct str cookie_header(const struct browser *b)
{
	struct buf out = { .a = test_arena() };
	for (size_t i = 0; i < b->n; i++)
		buf_printf(&out, "%s%.*s=%.*s", i ? "; " : "", STR_ARG(b->cookies[i].name),
			   STR_ARG(b->cookies[i].value));
	return buf_str(&out);
}

/* All pieces of a stream, each in a transaction of its own as the server sends them. */
static struct str streamed(struct browser *b, struct req *r)
{
	struct buf all = { .a = test_arena() };
	struct arena *pieces = arena_new(0);
	for (bool more = true; more;) {
		struct buf piece = { .a = pieces };
		r->tx.mem = pieces;
		CHECK_INT(tx_begin(&r->tx, b->site->read, DB_READ), OK);
		enum err e = r->reply.stream.next(r, r->reply.stream.state, &piece, &more);
		buf_put(&all, buf_str(&piece));
		CHECK_INT(tx_end(&r->tx, e), OK);
		arena_clear(pieces);
	}
	r->tx.mem = r->mem;
	arena_free(pieces);
	return buf_str(&all);
}

static struct answer finish(struct browser *b, struct req *r)
{
	struct arena *a = test_arena();
	struct str page = r->reply.kind == REPLY_PAGE     ? buf_str(&r->out.body)
			  : r->reply.kind == REPLY_STREAM ? streamed(b, r)
							  : r->reply.bytes;
	struct answer out = { r->reply.status, S(""), str_dup(a, page) };
	for (size_t i = 0; i < r->reply.n; i++) {
		if (str_eq(r->reply.headers[i].name, S("Set-Cookie")))
			keep_cookie(b, r->reply.headers[i].value);
		if (str_eq(r->reply.headers[i].name, S("Location")))
			out.location = str_dup(a, r->reply.headers[i].value);
	}
	static const char mark[] = "name=\"ma-gui\" value=\"";
	const char *at =
		out.body.len ? memmem(out.body.at, out.body.len, mark, sizeof mark - 1) : NULL;
	if (at) {
		struct str rest = str_from(out.body, (size_t)(at - out.body.at) + sizeof mark - 1);
		CHECK(str_next(&rest, '"', &b->token));
	}
	return out;
}

static struct ask ask_of(const struct browser *b, enum method method, const char *path)
{
	struct str rest = str_dup(test_arena(), str_of(path)), first;
	struct ask ask = {
		.method = method,
		.query = S(""),
		.host = S("ninhvan.example.invalid"),
		.cookie = cookie_header(b),
		.origin = S(""),
		.fetch_site = S("same-origin"),
		.type = S(""),
		.none_match = S(""),
		.peer = b->address,
		.forwarded_for = S(""),
		.forwarded_proto = S(""),
		.length = -1,
	};
	CHECK(str_next(&rest, '?', &first));
	ask.path = first;
	if (rest.at)
		ask.query = rest;
	return ask;
}

struct answer browser_get(struct browser *b, const char *path)
{
	struct arena *mem = arena_new(0);
	struct ask ask = ask_of(b, GET, path);
	struct req *r = answer_new(mem, &b->site->house, &ask, &b->site->rng);
	answer_get(r, b->site->read);
	struct answer out = finish(b, r);
	arena_free(mem);
	return out;
}

static void write_it(struct browser_site *s, struct req *r)
{
	struct tx tx = {
		.mem = r->mem, .now = r->tx.now, .rng = &s->rng, .office = s->house.office
	};
	CHECK_INT(tx_begin(&tx, s->write, DB_WRITE), OK);
	enum err e = answer_write(r, &tx);
	e = tx_end(&tx, e);
	answer_written(r, e, s->read);
}

static struct answer send_body(struct browser *b, const char *path, struct str type,
			       struct str body)
{
	struct browser_site *s = b->site;
	struct arena *mem = arena_new(0);
	struct ask ask = ask_of(b, POST, path);
	ask.type = type;
	ask.length = (int64_t)body.len;
	struct req *r = answer_new(mem, &s->house, &ask, &s->rng);
	enum answer_next next = answer_post(r, s->read);
	if (next == ANSWER_BODY)
		next = answer_body(r, body);
	if (next == ANSWER_BODY)
		next = answer_form(r, s->read);
	if (next == ANSWER_PREPARE)
		next = answer_prepare(r, s->read);
	if (next == ANSWER_WRITE)
		write_it(s, r);
	struct answer out = finish(b, r);
	arena_free(mem);
	return out;
}

struct answer browser_post(struct browser *b, const char *path, const char *fields)
{
	struct str body = str_printf(test_arena(), "ma-gui=%.*s&%s", STR_ARG(b->token), fields);
	return send_body(b, path, S("application/x-www-form-urlencoded"), body);
}

static void put_part(struct buf *body, struct str name, struct str value)
{
	buf_printf(body, "--dinh\r\nContent-Disposition: form-data; name=\"%.*s\"\r\n\r\n%.*s\r\n",
		   STR_ARG(name), STR_ARG(value));
}

struct answer browser_upload(struct browser *b, const char *path, const char *fields,
			     const char *file_field, struct str file)
{
	struct buf body = { .a = test_arena() };
	struct pairs pairs;
	CHECK(pairs_parse(test_arena(), str_of(fields), true, 50, &pairs));
	put_part(&body, S("ma-gui"), b->token);
	for (size_t i = 0; i < pairs.n; i++)
		put_part(&body, pairs.at[i].name, pairs.at[i].value);
	buf_printf(&body,
		   "--dinh\r\nContent-Disposition: form-data; name=\"%s\"; "
		   "filename=\"bang.csv\"\r\nContent-Type: text/csv\r\n\r\n",
		   file_field);
	buf_put(&body, file);
	buf_put(&body, S("\r\n--dinh--\r\n"));
	return send_body(b, path, S("multipart/form-data; boundary=dinh"), buf_str(&body));
}

bool answer_has(struct answer a, const char *text)
{
	return str_has(a.body, str_of(text));
}
