/* What strangers send to break a server, and how it ends. */
#include "web/test_server_house.h"

#include <errno.h>
#include <sys/socket.h>

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

TEST(a_form_that_never_comes_whole_does_not_keep_a_connection)
{
	open_house();
	open_form();
	int fd = http_connect(t.port);
	bool open = http_send(
		fd,
		str_printf(
			test_arena(),
			"POST /ghi HTTP/1.1\r\nHost: a.vn\r\nCookie: khach=%.*s\r\nContent-Type: "
			"application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n",
			STR_ARG(cookie)));
	for (int i = 0; i < 40 && open; i++) {
		open = http_send(fd, S("a"));
		usleep(100000);
	}
	CHECK(!open || http_closed(fd));
	close(fd);
	CHECK(t.metrics.cut > 0);
	CHECK_INT(get("/healthz").status, 200);
}

/* Of one address; a proxy counts for others and is told so by a setting. */
TEST(who_opens_connections_and_says_nothing_keeps_only_so_many)
{
	enum { OPENED = 60, ALLOWED = 40 };
	int fds[OPENED], kept = 0;
	open_house();
	for (int i = 0; i < OPENED; i++) {
		fds[i] = http_connect(t.port);
		CHECK(fds[i] >= 0);
	}
	usleep(200000);
	for (int i = 0; i < OPENED; i++) {
		char c;
		/* Closed by the other end: nothing to read, and that at once. */
		kept += recv(fds[i], &c, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
	}
	CHECK(kept <= ALLOWED);
	for (int i = 0; i < OPENED; i++)
		close(fds[i]);
	usleep(200000);
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
