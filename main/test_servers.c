/* Two servers of one site: what is done on one is seen on the other, one log grows from both, and each
 * publishes what is committed even when the one that gave the indexes is gone. */
#include "tests/demo.h"
#include "tests/prometheus.h"
#include "tests/test_db.h"
#include "tests/test_schema.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNIT "14554" /* xã Ninh Vân, in the demonstration */

enum { SOON_MS = 10000 };

static const char *between(struct str text, const char *before, char end)
{
	const char *at = memmem(text.at, text.len, before, strlen(before));
	struct str rest, value;
	if (!at)
		FAIL("no %s in: %.*s", before, (int)(text.len < 400 ? text.len : 400), text.at);
	rest = str_from(text, (size_t)(at - text.at) + strlen(before));
	CHECK(str_next(&rest, end, &value));
	return str_z(test_arena(), value);
}

static struct http_reply ask(const struct served *s, const char *method, const char *path,
			     const char *cookie, struct str body)
{
	return http_ask(test_arena(), s->port,
			z("%s %s HTTP/1.1\r\nHost: a.vn\r\nConnection: close\r\nCookie: %s\r\n"
			  "Content-Type: application/x-www-form-urlencoded\r\n"
			  "Content-Length: %zu\r\n\r\n%.*s",
			  method, path, cookie, body.len, STR_ARG(body)),
			false);
}

/* --- Somebody who works in both --- */

struct person {
	const char *cookie;
	const char *code; /* of the disclosure under way */
};

static void sign_in(struct person *p, const char *dir, const struct served *form,
		    const struct served *to)
{
	struct str line =
		str_of(between(test_file(z("%s/passwords.txt", dir).at), "lanhdao.ninhvan ", '\n'));
	struct str rest = str_trim(line), password;
	CHECK(str_next(&rest, ' ', &password));
	struct http_reply r = ask(form, "GET", "/dang-nhap", "x=y", S(""));
	const char *visitor = between(r.head, "khach=", ';');
	const char *token = between(r.body, "name=\"ma-gui\" value=\"", '"');
	r = ask(to, "POST", "/dang-nhap", z("khach=%s", visitor).at,
		z("ma-gui=%s&login=lanhdao.ninhvan&password=%.*s", token, STR_ARG(password)));
	CHECK_INT(r.status, 303);
	p->cookie = z("phien=%s", between(r.head, "phien=", ';')).at;
}

/* A form from one server, sent to another. */
static void take(struct person *p, const char *step, const struct served *form,
		 const struct served *to)
{
	bool first = !strcmp(step, "record");
	const char *path =
		first ? "/ghi-moi/cong-khai/" UNIT : z("/ho-so/%s/lam/%s", p->code, step).at;
	const char *more = first ? "&title=Hai+may+chu&matter=XA07-05-01&body=Noi+dung"
				   "&issuer=UBND+x%C3%A3&issued_on=4%2F1%2F2021"
			   : !strcmp(step, "submit") ? "&no_secret=on&names_lawful=on"
						     : "";
	struct http_reply r = ask(form, "GET", path, p->cookie, S(""));
	CHECK_INT(r.status, 200);
	const char *token = between(r.body, "name=\"ma-gui\" value=\"", '"');
	r = ask(to, "POST", path, p->cookie,
		z("ma-gui=%s%s&channel=web&happened_on=5%%2F1%%2F2021", token, more));
	if (r.status != 303)
		FAIL("%s is answered with %d: %.*s", step, r.status, STR_ARG(r.head));
	p->code = between(r.head, "Location: /ho-so/", '\r');
}

static bool shows(const struct served *s, const char *path, const char *text)
{
	struct http_reply r = get(s, path);
	return r.status == 200 && memmem(r.body.at, r.body.len, text, strlen(text));
}

static bool comes_to(const struct served *s, int64_t size)
{
	for (int ms = 0; ms < SOON_MS && published_size(s) < size; ms += 20)
		usleep(20000);
	return published_size(s) == size;
}

static int64_t hits(const struct served *s)
{
	return (int64_t)prometheus_value(get(s, "/metrics").body, "dinh_page_cache_hits_total");
}

static int64_t stored_size(const char *dir)
{
	struct db *db = test_open(dir, DB_READ);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT size FROM log_state");
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return n;
}

/* Has somebody this site's turn to write? */
static bool turn_is_taken(const char *dir)
{
	struct db *db = test_open(dir, DB_READ);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'"
				       " AND granted AND ((CAST(classid AS BIGINT)"
				       " << 32) | CAST(objid AS BIGINT)) ="
				       " hashtextextended(current_schema(), 1684631144)");
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return n > 0;
}

/* Not while it has the turn: it would keep the others from theirs until it wakes. */
static void put_to_sleep(const struct served *s, const char *dir)
{
	for (int i = 0; i < 200; i++) {
		kill(*s->live, SIGSTOP);
		usleep(20000); /* what the server had been sent is done */
		if (!turn_is_taken(dir))
			return;
		kill(*s->live, SIGCONT);
		usleep(20000);
	}
	FAIL("a server that always writes");
}

/* --- The tests --- */

/* So that put_to_sleep does not look for a lock that nobody takes. */
TEST(the_turn_to_write_is_seen_where_it_is_looked_for)
{
	test_only_postgres();
	const char *dir = test_site();
	struct tx tx = { .mem = test_arena() };
	CHECK(!turn_is_taken(dir));
	struct db *db = test_open(dir, DB_WRITE);
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query(&tx, "SELECT size FROM log_state");
	while (db_next(&q))
		;
	CHECK(turn_is_taken(dir));
	CHECK_INT(tx_end(&tx, q.err), OK);
	CHECK(!turn_is_taken(dir));
	db_close(db);
}

TEST(what_is_done_on_one_server_is_soon_on_the_kept_pages_of_the_other)
{
	static const char list[] = "/don-vi/" UNIT ".atom";
	test_only_postgres();
	const char *dir = demo();
	struct served a = serve(dir), b = serve_also(dir);
	struct person p = { 0 };
	sign_in(&p, dir, &a, &b);
	int64_t began = published_size(&a);
	take(&p, "record", &a, &b);
	take(&p, "submit", &b, &a);
	CHECK(comes_to(&a, began + 2) && comes_to(&b, began + 2));
	CHECK(!shows(&b, list, p.code));
	usleep(300000); /* what was committed has been heard of */
	CHECK(!shows(&b, list, p.code));
	int64_t before = hits(&b);
	CHECK(!shows(&b, list, p.code));
	CHECK(hits(&b) > before); /* it was kept */
	take(&p, "publish", &a, &a);
	int ms = 0;
	while (ms < SOON_MS && !shows(&b, list, p.code)) {
		usleep(20000);
		ms += 20;
	}
	CHECK(ms < SOON_MS);
	CHECK(shows(&a, list, p.code));
	CHECK(comes_to(&a, began + 3) && comes_to(&b, began + 3));
	CHECK_STR(get(&a, "/log/checkpoint").body, get(&b, "/log/checkpoint").body);
	CHECK_INT(stop(&a), 0);
	CHECK_INT(stop(&b), 0);
	root_of(dir);
}

TEST(what_one_server_put_in_the_log_and_did_not_sign_the_other_publishes)
{
	test_only_postgres();
	const char *dir = demo();
	struct served a = serve(dir), b = serve_also(dir);
	struct person p = { 0 };
	sign_in(&p, dir, &a, &a);
	int64_t began = published_size(&a);
	struct str signed_before = test_file(z("%s/checkpoint", dir).at);
	usleep(1500000); /* what follows the signing in is over: it would wait for the lock before the act */
	/* B is asleep, and A gets no further than what stands before its signature. */
	AUTO_CLOSE int lock = open(z("%s/log.lock", dir).at, O_RDWR | O_CLOEXEC);
	CHECK(lock >= 0 && flock(lock, LOCK_EX) == 0);
	put_to_sleep(&b, dir);
	take(&p, "record", &a, &a);
	for (int ms = 0; ms < SOON_MS && stored_size(dir) == began; ms += 20)
		usleep(20000);
	CHECK_INT(stored_size(dir), began + 1);
	usleep(300000);
	CHECK_STR(test_file(z("%s/checkpoint", dir).at), signed_before);
	served_kill(&a);
	kill(*b.live, SIGCONT);
	CHECK(comes_to(&b, began + 1));
	/* And another act on the one that is left. */
	take(&p, "submit", &b, &b);
	CHECK(comes_to(&b, began + 2));
	CHECK_INT(flock(lock, LOCK_UN), 0);
	a = serve(dir);
	CHECK(comes_to(&a, began + 2));
	CHECK_STR(get(&a, "/log/checkpoint").body, get(&b, "/log/checkpoint").body);
	CHECK_INT(stop(&a), 0);
	CHECK_INT(stop(&b), 0);
	root_of(dir);
}

TEST(the_logs_key_is_not_changed_while_any_server_runs)
{
	test_only_postgres();
	const char *dir = demo();
	struct served a = serve(dir), b = serve_also(dir);
	CHECK_INT(stop(&a), 0);
	CHECK_INT(dinh(z("log rotate-key --data %s", dir)).code, 3);
	CHECK_INT(stop(&b), 0);
	must(z("log rotate-key --data %s", dir));
}

/* --- Away --- */

#define THE_ROLE "dinh_away"

static void on_server(const char *sql)
{
	struct str why = S("");
	struct tx tx = { .mem = test_arena() };
	struct db *db;
	if (db_open(str_of(schema_server()), DB_WRITE, &db, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query_at(&tx, sql);
	while (db_next(&q))
		;
	if (tx_end(&tx, q.err))
		FAIL("%s: %s", sql, tx.why);
	db_close(db);
}

/* The address by which a server comes in as somebody whom we can shut out. */
static struct str as_the_role(const char *dir)
{
	struct str url = test_database(dir);
	const char *at = memmem(url.at, url.len, "://dinh@", 8);
	if (!at)
		SKIP("the role of the tests is another");
	return z("%.*s://" THE_ROLE "@%s", (int)(at - url.at), url.at, at + 8);
}

TEST(while_the_database_is_away_pages_stay_forms_are_given_back_and_all_comes_back_by_itself)
{
	test_only_postgres();
	const char *dir = demo();
	struct str url = as_the_role(dir);
	on_server("DO $$BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" THE_ROLE
		  "') THEN CREATE ROLE " THE_ROLE " SUPERUSER; END IF; END$$");
	on_server("ALTER ROLE " THE_ROLE " LOGIN");
	struct served s = served_start(
		z("serve --db '%.*s' --listen 127.0.0.1:0 --data '%s'", STR_ARG(url), dir));
	struct person p = { 0 };
	sign_in(&p, dir, &s, &s);
	struct http_reply form = ask(&s, "GET", "/ghi-moi/cong-khai/" UNIT, p.cookie, S(""));
	struct str fields = z("ma-gui=%s&title=Khi+vang+mat&matter=XA07-05-01&body=Noi+dung"
			      "&issuer=UBND+x%%C3%%A3&issued_on=4%%2F1%%2F2021&channel=web"
			      "&happened_on=5%%2F1%%2F2021",
			      between(form.body, "name=\"ma-gui\" value=\"", '"'));
	CHECK_INT(get(&s, "/").status, 200);
	int64_t began = published_size(&s);

	on_server("ALTER ROLE " THE_ROLE " NOLOGIN");
	on_server(
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" THE_ROLE
		"'");
	usleep(300000);
	CHECK_INT(get(&s, "/han").status, 503);
	CHECK_INT(get(&s, "/").status, 200); /* as it was */
	CHECK_INT(get(&s, "/dinh.css").status, 200);
	CHECK_INT(get(&s, "/healthz").status, 503);
	CHECK_INT((int64_t)prometheus_value(get(&s, "/metrics").body, "dinh_database_reachable"),
		  0);
	CHECK_INT((int64_t)prometheus_value(get(&s, "/metrics").body, "dinh_database_hearing"), 0);
	struct http_reply r = ask(&s, "POST", "/ghi-moi/cong-khai/" UNIT, p.cookie, fields);
	CHECK_INT(r.status, 503);
	CHECK_STR(http_header(&r, "Retry-After", 0), S("5"));
	CHECK(str_has(r.body, S("name=\"title\" value=\"Khi vang mat\"")));
	/* Where passwords are typed nothing is given back. */
	r = ask(&s, "POST", "/dang-nhap", "x=y", S("ma-gui=x&login=a&password=bi-mat"));
	CHECK_INT(r.status, 503);
	CHECK(!str_has(r.body, S("bi-mat")) && !str_has(r.body, S("value=\"a\"")));
	r = ask(&s, "POST", "/tai-khoan/mat-khau", p.cookie,
		S("ma-gui=x&old=bi-mat&fresh=bi-mat-2"));
	CHECK_INT(r.status, 503);
	CHECK(!str_has(r.body, S("bi-mat")));

	on_server("ALTER ROLE " THE_ROLE " LOGIN");
	int ms = 0;
	for (; ms < SOON_MS && get(&s, "/han").status != 200; ms += 100)
		usleep(100000);
	CHECK(ms < SOON_MS);
	for (int i = 0; i < 2; i++) { /* sent again, and once more */
		r = ask(&s, "POST", "/ghi-moi/cong-khai/" UNIT, p.cookie, fields);
		CHECK_INT(r.status, 303);
	}
	CHECK(comes_to(&s, began + 1));
	CHECK_INT(stop(&s), 0);
	on_server("DROP ROLE " THE_ROLE);
	root_of(dir);
}
