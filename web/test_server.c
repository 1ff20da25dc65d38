/* What a page promises to those who ask for it, one after another and all at once. */
#include "office/view_count.h"
#include "web/test_server_house.h"
#include "web/views.h"

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

static void insert_dossier(struct tx *tx)
{
	struct query q = db_query(
		tx, "INSERT INTO dossier (id, code, kind, unit, holder, state, visibility,"
		    " channel, title, number, facet, opened_on, changed_at, unverified, acts,"
		    " versions, data) VALUES (1, 'XX-1', 'x', 1, 1, 2, 0, 0, '', '', '',"
		    " '2026-03-01', 0, 0, 0, 0, '{}')");
	CHECK_INT(db_exec(&q), OK);
}

static void look(const char *method, const char *from)
{
	struct str request = str_printf(test_arena(),
					"%s /xem HTTP/1.1\r\nHost: a.vn\r\n"
					"X-Forwarded-For: %s\r\n\r\n",
					method, from);
	CHECK_INT(http_ask(test_arena(), t.port, request, *method == 'H').status, 200);
}

TEST(a_page_from_memory_counts_each_visitor_once_and_stays_there)
{
	static struct str proxies[] = { S_INIT("127.0.0.1") };
	struct views *views = views_new(3);
	arena_defer(test_arena(), (void (*)(void *))views_free, views); /* after the writer's end */
	open_house();
	struct db *db = test_open(t.house.dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	insert_dossier(&tx);
	CHECK_INT(tx_end(&tx, OK), OK);
	t.house.proxies = (struct strs){ proxies, 1 };
	t.house.views = views;
	atomic_store(&runs, 0);
	for (int i = 0; i < 3; i++) {
		look("GET", "203.0.113.1");
		look("GET", "203.0.113.2");
		look("GET", "2001:db8::1");
		look("GET", "2001:db8::2"); /* the same subscriber */
		look("HEAD", "203.0.113.9");
	}
	CHECK_INT(runs, 1);
	views_flush(t.house.views, t.house.writer);
	int64_t n = 0;
	for (int tries = 0; !n && tries < 500; tries++) {
		usleep(10000);
		CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
		CHECK_INT(view_count_of(&tx, 1, &n), OK);
		CHECK_INT(tx_end(&tx, OK), OK);
	}
	db_close(db);
	CHECK_INT(n, 3);
	look("GET", "203.0.113.1");
	CHECK_INT(runs, 1); /* writing them has not made the page old */
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

/* One byte more would be read as the beginning of the next answer, which may be somebody else's. */
TEST(nothing_follows_the_answer_to_a_head)
{
	static const char *const paths[] = { "/", "/dong.csv", "/khong-co", "/robots.txt" };
	open_house();
	for (size_t i = 0; i < LENGTH(paths); i++) {
		int fd = http_connect(t.port);
		CHECK(http_send(fd, str_printf(test_arena(),
					       "HEAD %s HTTP/1.1\r\nHost: a.vn\r\n"
					       "Connection: close\r\n\r\n",
					       paths[i])));
		CHECK(http_read(test_arena(), fd, true).status != 0);
		if (!http_closed(fd))
			FAIL("something follows the answer to HEAD %s", paths[i]);
		close(fd);
	}
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
