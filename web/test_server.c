/* A server with a few pages of its own, asked through real sockets: what a page promises, and what
 * strangers send to break it. */
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

static enum err show_greeting(struct req *r)
{
	atomic_fetch_add(&runs, 1);
	page_plain(&r->out,
		   &(struct plain_page){ .frame = req_frame(r, S("Xin ch\xc3\xa0o <b>"), DOOR_NONE),
					 .title = S("Xin ch\xc3\xa0o <b>") });
	return OK;
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

static enum err show_form(struct req *r)
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

static enum err take_form(struct req *r)
{
	const struct note_form *f = r->form;
	if (str_eq(f->text, S("bận")))
		return tx_fail(&r->tx, ERR_BUSY, "as asked");
	if (str_eq(f->text, S("sai rồi")))
		return req_fault(r, "text", MSG_WEB_FAULT_NUMBER);
	enum err e = site_set(&r->tx, "test.note", f->text);
	return e ? e : req_redirect(r, req_url(r, "/ghi/%s", S("xong")));
}

static enum err show_note(struct req *r)
{
	struct str text;
	enum err e = site_get(&r->tx, "test.note", &text);
	return e ? e : req_bytes(r, S("text/plain; charset=utf-8"), text);
}

static enum err prepare_slowly(struct req *r)
{
	usleep(20000);
	if (str_eq(pairs_get(&r->fields, S("ten")), S("sai")))
		return tx_fail(&r->tx, ERR_DENIED, "the wrong word");
	r->prepared = str_z(r->mem, S("chậm"));
	return OK;
}

static enum err take_slow(struct req *r)
{
	return req_bytes(r, S("text/plain; charset=utf-8"), str_of(r->prepared));
}

static enum err fail(struct req *r)
{
	return tx_fail(&r->tx, ERR_CORRUPT, "a story for the operator");
}

static enum err next_rows(struct req *r, void *state, struct buf *out, bool *more)
{
	int *row = state;
	for (int i = 0; i < 1000; i++, (*row)++)
		buf_printf(out, "%d,%s\r\n", *row, "mot dong");
	if (str_eq(req_query(r, "hong"), S("1")) && *row > 3000)
		return ERR_IO;
	*more = *row < 100000;
	return OK;
}

static enum err show_rows(struct req *r)
{
	if (r->format != FORMAT_CSV)
		return ERR_NOT_FOUND;
	return req_stream(r, S("text/csv; charset=utf-8"), S("D\xe1\xbb\xb1 to\xc3\xa1n.csv"),
			  (struct stream){ next_rows, NEW(r->mem, int) });
}

static const struct route routes[] = {
	{ GET, "/", show_greeting, ANYONE, NULL },
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

static struct instant clock_of(void *what)
{
	return *(struct instant *)what;
}

static void after_commit(void *what)
{
	struct house *h = what;
	cache_stale(h->cache);
}

static void fatal(void *what, const char *why)
{
	(void)what;
	fprintf(stderr, "%s\n", why);
	abort();
}

static void close_house(void *what)
{
	(void)what;
	server_stop(t.server);
	writer_stop(t.house.writer);
	db_close(t.db);
	throttle_free(t.house.throttle);
	touches_free(t.house.touches);
}

static void drop_cache(void *what)
{
	cache_free(what);
}

/* Only the server knows how to drop an answer, so the cache of a test is the server's own. */
static void open_house(void)
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
		.db = str_of(dir),
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
				  .head_seconds = 1 };
	if (server_start(&s, &t.server, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	t.port = server_port(t.server);
	arena_defer(test_arena(), close_house, NULL);
}

static struct http_reply ask(const char *request)
{
	return http_ask(test_arena(), t.port, str_of(request), false);
}

static struct http_reply get(const char *path)
{
	return http_ask(test_arena(), t.port,
			str_printf(test_arena(), "GET %s HTTP/1.1\r\nHost: a.vn\r\n\r\n", path),
			false);
}

static struct str between(struct str text, const char *before, char end)
{
	const char *at = memmem(text.at, text.len, before, strlen(before));
	CHECK(at != NULL);
	struct str rest = str_from(text, (size_t)(at - text.at) + strlen(before)), out;
	CHECK(str_next(&rest, end, &out));
	return out;
}

/* The cookie and the token of a form. */
static struct str cookie, token;

static void open_form(void)
{
	struct http_reply r = get("/ghi");
	CHECK_INT(r.status, 200);
	cookie = between(r.head, "khach=", ';');
	token = between(r.body, "name=\"ma-gui\" value=\"", '"');
}

static struct http_reply post(const char *path, const char *more, const char *body)
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

/* --- pages --- */

TEST(a_page_is_made_once_and_made_anew_after_a_change)
{
	open_house();
	atomic_store(&runs, 0);
	CHECK_INT(get("/").status, 200);
	struct http_reply r = get("/?b=&a=");
	CHECK_INT(r.status, 200);
	CHECK_INT(runs, 1);
	CHECK(str_has(r.body, S("Xin ch\xc3\xa0o &lt;b&gt;")));
	CHECK(str_has(r.body, S("Xã Ninh Vân")));
	struct str tag = http_header(&r, "ETag", 0);
	CHECK(tag.len > 2);
	struct str again = str_printf(test_arena(),
				      "GET / HTTP/1.1\r\nHost: a.vn\r\nIf-None-Match: %.*s"
				      "\r\n\r\n",
				      STR_ARG(tag));
	CHECK_INT(http_ask(test_arena(), t.port, again, false).status, 304);
	open_form();
	CHECK_INT(post("/ghi", "", "text=xin+ch%C3%A0o").status, 303);
	CHECK_INT(get("/").status, 200);
	CHECK_INT(runs, 2);
	t.now.ms += INT64_C(86400000); /* the next day */
	CHECK_INT(get("/").status, 200);
	CHECK_INT(runs, 3);
	CHECK_INT(get("/en").status, 200);
	CHECK_INT(runs, 4);
}

TEST(a_head_is_a_get_without_its_body)
{
	open_house();
	struct str request = S("HEAD / HTTP/1.1\r\nHost: a.vn\r\n\r\n");
	struct http_reply whole = get("/"), head = http_ask(test_arena(), t.port, request, true);
	CHECK_INT(head.status, 200);
	CHECK_STR(http_header(&head, "Content-Length", 0),
		  http_header(&whole, "Content-Length", 0));
}

TEST(every_answer_carries_the_security_headers)
{
	static const char *const paths[] = { "/",         "/ghi",        "/khong-co", "/hong",
					     "/dong.csv", "/robots.txt", "/%",        "/dinh.css" };
	open_house();
	for (size_t i = 0; i < LENGTH(paths); i++) {
		struct http_reply r = get(paths[i]);
		CHECK(str_starts(
			http_header(&r, "Content-Security-Policy", 0),
			S("default-src 'none'; style-src 'self'; img-src 'self'; form-action "
			  "'self'; frame-ancestors 'none'; base-uri 'none'")));
		CHECK_STR(http_header(&r, "X-Content-Type-Options", 0), S("nosniff"));
		CHECK_STR(http_header(&r, "Referrer-Policy", 0), S("same-origin"));
		CHECK(http_header(&r, "Cache-Control", 0).len > 0);
		CHECK(!str_has(r.body, S("style=\"")));
	}
}

TEST(an_error_names_a_code_and_tells_no_story)
{
	open_house();
	struct http_reply r = get("/hong");
	CHECK_INT(r.status, 500);
	CHECK(!str_has(r.body, S("operator")));
	CHECK(between(r.body, "<span class=\"code\">", '<').len == 9);
	CHECK_INT(get("/khong-co").status, 404);
	CHECK(str_has(get("/en/khong-co").body, S("There is no such page")));
	CHECK_INT(get("/ghi/").status, 308);
	CHECK_INT(ask("POST / HTTP/1.1\r\nHost: a.vn\r\nContent-Length: 0\r\n\r\n").status, 405);
	r = ask("DELETE /ghi HTTP/1.1\r\nHost: a.vn\r\n\r\n");
	CHECK_INT(r.status, 405);
	CHECK_STR(http_header(&r, "Allow", 0), S("GET, HEAD, POST"));
}

TEST(who_is_not_signed_in_is_led_to_the_door_and_back)
{
	open_house();
	struct http_reply r = get("/viec?nhom=2");
	CHECK_INT(r.status, 303);
	CHECK_STR(http_header(&r, "Location", 0), S("/dang-nhap?den=%2Fviec%3Fnhom%3D2"));
	r = ask("GET /viec HTTP/1.1\r\nHost: a.vn\r\nCookie: phien=0123456789abcdef\r\n\r\n");
	CHECK_INT(r.status, 303);
	CHECK_INT(get("/metrics").status, 200);
	CHECK_INT(ask("GET /metrics HTTP/1.1\r\nHost: a.vn\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n")
			  .status,
		  404);
	CHECK_STR(get("/healthz").body, S("ok\n"));
}

/* --- forms --- */

TEST(a_form_that_is_whole_is_written_and_answered_after_the_commit)
{
	open_house();
	open_form();
	struct http_reply r = post("/ghi", "", "text=m%E1%BB%99t+hai&day=1/3/2026&number=1.404");
	CHECK_INT(r.status, 303);
	struct str to = http_header(&r, "Location", 0);
	CHECK_STR(get(str_z(test_arena(), to)).body, S("một hai"));
}

TEST(a_form_with_faults_comes_back_as_typed)
{
	open_house();
	open_form();
	struct http_reply r = post("/ghi", "", "text=a%3Cb&day=32/1/2026&number=1.40");
	CHECK_INT(r.status, 422);
	CHECK(str_has(r.body, S("<title>Lỗi: Ghi")));
	CHECK(str_has(r.body, S("role=\"alert\"")));
	CHECK(str_has(r.body, S("href=\"#day\"")));
	CHECK(str_has(r.body, S("value=\"a&lt;b\"")));
	CHECK(str_has(r.body, S("value=\"32/1/2026\"")));
	CHECK(str_has(r.body, S("value=\"1.40\"")));
	CHECK(str_has(r.body, S("aria-invalid=\"true\"")));
	r = post("/ghi", "", "text=sai+r%E1%BB%93i"); /* found by the writer, not by the form */
	CHECK_INT(r.status, 422);
	CHECK(str_has(r.body, S("value=\"sai rồi\"")));
	r = post("/ghi", "", "text=b%E1%BA%ADn");
	CHECK_INT(r.status, 503);
	CHECK(http_header(&r, "Retry-After", 0).len > 0);
}

TEST(a_form_from_a_strangers_page_is_refused)
{
	open_house();
	open_form();
	CHECK_INT(post("/ghi", "Sec-Fetch-Site: cross-site\r\n", "text=abc").status, 403);
	CHECK_INT(post("/ghi", "Origin: https://evil.example\r\n", "text=abc").status, 403);
	CHECK_INT(post("/ghi", "Origin: null\r\n", "text=abc").status, 403);
	CHECK_INT(post("/ghi", "Origin: http://a.vn\r\n", "text=abc").status, 303);
	token = S("00000000000000000000000000000000.00000000000000000000000000000000");
	struct http_reply r = post("/ghi", "", "text=abc");
	CHECK_INT(r.status, 422); /* shown again with a token of its own, nothing written */
	CHECK(str_has(r.body, S("value=\"abc\"")));
}

TEST(slow_work_runs_beside_the_writer)
{
	open_house();
	open_form();
	struct http_reply r = post("/cham", "", "ten=dung");
	CHECK_INT(r.status, 200);
	CHECK_STR(r.body, S("chậm"));
	CHECK_INT(post("/cham", "", "ten=sai").status, 403);
}

TEST(an_export_is_streamed_and_breaks_off_rather_than_end_early)
{
	open_house();
	struct http_reply r = get("/dong.csv");
	CHECK_INT(r.status, 200);
	CHECK(!r.broken);
	CHECK(str_ends(r.body, S("99999,mot dong\r\n")));
	CHECK(str_has(http_header(&r, "Content-Disposition", 0),
		      S("filename*=UTF-8''D%E1%BB%B1%20to%C3%A1n.csv")));
	CHECK(get("/dong.csv?hong=1").broken);
}

TEST(a_conversation_can_be_written_down_and_compared)
{
	open_house();
	struct str different = http_file_check(test_arena(), t.port, "web/http/form.http",
					       getenv("HTTP_ACCEPT") != NULL);
	if (different.len)
		FAIL("\n%.*s", STR_ARG(different));
}

/* --- many at once --- */

static _Atomic int good, other;

static void *visit(void *arg)
{
	struct arena *a = arena_new(0);
	int number = (int)(intptr_t)arg;
	for (int i = 0; i < 40; i++) {
		struct str request =
			i % 4 == 0
				? str_printf(a,
					     "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nCookie: "
					     "khach=%.*s\r\n"
					     "Content-Type: application/x-www-form-urlencoded\r\n"
					     "Content-Length: %zu\r\n\r\nma-gui=%.*s&text=abc%03d",
					     STR_ARG(cookie), token.len + 19, STR_ARG(token),
					     number)
			: i % 4 == 1 ? S("GET /dong.csv HTTP/1.1\r\nHost: a.vn\r\n\r\n")
				     : S("GET / HTTP/1.1\r\nHost: a.vn\r\n\r\n");
		struct http_reply r = http_ask(a, t.port, request, false);
		bool fine = (r.status == 200 || r.status == 303) && !r.broken;
		atomic_fetch_add(fine ? &good : &other, 1);
		arena_clear(a);
	}
	arena_free(a);
	return NULL;
}

TEST(many_readers_and_writers_at_once_all_get_their_answer)
{
	pthread_t threads[8];
	open_house();
	open_form();
	atomic_store(&good, 0);
	atomic_store(&other, 0);
	for (int i = 0; i < 8; i++)
		CHECK(pthread_create(&threads[i], NULL, visit, (void *)(intptr_t)i) == 0);
	for (int i = 0; i < 8; i++)
		pthread_join(threads[i], NULL);
	CHECK_INT(other, 0);
	CHECK_INT(good, 320);
	CHECK(t.metrics.hits > 0);
}

/* --- strangers --- */

TEST(malformed_requests_are_refused_and_the_server_lives)
{
	static const struct {
		const char *request;
		int status; /* 0: closed without an answer is fine as well */
	} cases[] = {
		{ "GET /%zz HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET /a%00b HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET /?a=%ff HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET /../../etc/passwd HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET //evil.example HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET http://evil.example/ HTTP/1.1\r\nHost: a.vn\r\n\r\n", 400 },
		{ "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
		{ "GET / HTTP/1.1\r\nHost: a.vn\r\nHost: b.vn\r\n\r\n", 400 },
		{ "GET / HTTP/1.1\r\nHost: <script>\r\n\r\n", 400 },
		{ "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nContent-Length: 3\r\nContent-Length: "
		  "30\r\n\r\nabc",
		  400 },
		{ "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nContent-Length: 3\r\nTransfer-Encoding: "
		  "chunked\r\n"
		  "\r\n0\r\n\r\n",
		  400 },
		{ "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nContent-Length: -1\r\n\r\n", 400 },
		{ "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nContent-Length: 99999999999\r\n\r\n", 413 },
		{ "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nContent-Type: text/plain\r\nContent-Length: "
		  "1\r\n\r\na",
		  415 },
		{ "POST /ghi HTTP/1.1\r\nHost: a.vn\r\nTransfer-Encoding: chunked\r\nContent-Type: "
		  "application/x-www-form-urlencoded\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
		  0 },
		{ "GET / HTTP/1.1\r\n\r\n", 400 },
		{ "GARBAGE\r\n\r\n", 0 },
		{ "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 0 },
		{ "GET / HTTP/9.9\r\nHost: a.vn\r\n\r\n", 505 },
	};
	open_house();
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct http_reply r = ask(cases[i].request);
		if (r.status == 200 || r.status == 500 || r.status == 503 ||
		    (cases[i].status && r.status != cases[i].status))
			FAIL("case %zu is answered with %d", i, r.status);
	}
	CHECK_INT(get("/").status, 200);
}

TEST(what_is_too_long_is_refused)
{
	open_house();
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("GET /"));
	for (int i = 0; i < 5000; i++)
		buf_putc(&b, 'a');
	buf_put(&b, S(" HTTP/1.1\r\nHost: a.vn\r\n\r\n"));
	CHECK_INT(http_ask(test_arena(), t.port, buf_str(&b), false).status, 414);

	b = (struct buf){ .a = test_arena() };
	buf_put(&b, S("GET / HTTP/1.1\r\nHost: a.vn\r\n"));
	for (int i = 0; i < 2000; i++)
		buf_printf(&b, "X-%d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", i);
	buf_put(&b, S("\r\n"));
	int status = http_ask(test_arena(), t.port, buf_str(&b), false).status;
	CHECK(status == 431 || status == 413 || status == 0);

	b = (struct buf){ .a = test_arena() };
	buf_put(&b, S("GET /?"));
	for (int i = 0; i < 100; i++)
		buf_put(&b, S("a=1&"));
	buf_put(&b, S("a=1 HTTP/1.1\r\nHost: a.vn\r\n\r\n"));
	CHECK_INT(http_ask(test_arena(), t.port, buf_str(&b), false).status, 400);

	open_form();
	b = (struct buf){ .a = test_arena() };
	buf_put(&b, S("text="));
	for (int i = 0; i < 150000; i++)
		buf_putc(&b, 'x');
	CHECK_INT(post("/ghi", "", str_z(test_arena(), buf_str(&b))).status, 413);
	CHECK_INT(get("/").status, 200);
}

/* The library ends text at a zero byte. Every check sees the same text, so nothing hides behind it. */
TEST(what_stands_behind_a_zero_byte_is_never_read)
{
	open_house();
	struct http_reply r =
		http_ask(test_arena(), t.port,
			 S("GET /viec\0.css HTTP/1.1\r\nHost: a.vn\0evil\r\n\r\n"), false);
	CHECK_INT(r.status, 303);
	CHECK_STR(http_header(&r, "Location", 0), S("/dang-nhap?den=%2Fviec"));
	CHECK(!str_has(r.head, S("evil")));
}

TEST(requests_behind_one_another_are_answered_in_their_order)
{
	open_house();
	int fd = http_connect(t.port);
	CHECK(http_send(fd, S("GET /healthz HTTP/1.1\r\nHost: a.vn\r\n\r\n"
			      "GET /khong-co HTTP/1.1\r\nHost: a.vn\r\n\r\n"
			      "GET /robots.txt HTTP/1.1\r\nHost: a.vn\r\n\r\n")));
	CHECK_INT(http_read(test_arena(), fd, false).status, 200);
	CHECK_INT(http_read(test_arena(), fd, false).status, 404);
	CHECK(str_starts(http_read(test_arena(), fd, false).body, S("User-agent")));
	close(fd);
}

TEST(one_byte_now_and_then_does_not_keep_a_connection)
{
	open_house();
	int fd = http_connect(t.port);
	bool open = true;
	for (int i = 0; i < 40 && open; i++) {
		open = http_send(fd, S("a"));
		usleep(100000);
	}
	CHECK(!open || http_closed(fd));
	close(fd);
	CHECK(t.metrics.cut > 0);
	CHECK_INT(get("/healthz").status, 200);
}

TEST(the_server_ends_after_what_is_under_way)
{
	open_house();
	open_form();
	struct str text = str_printf(test_arena(), "ma-gui=%.*s&ten=x", STR_ARG(token));
	int fd = http_connect(t.port);
	CHECK(http_send(
		fd,
		str_printf(
			test_arena(),
			"POST /cham HTTP/1.1\r\nHost: a.vn\r\nCookie: khach=%.*s\r\nContent-Type: "
			"application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
			STR_ARG(cookie), text.len, STR_ARG(text))));
	usleep(5000);
	server_stop(t.server);
	t.server = NULL;
	CHECK_INT(http_read(test_arena(), fd, false).status, 200);
	close(fd);
	CHECK_INT(http_connect(t.port), -1);
}
