/* Two communes on one machine, each the witness of the other. Then one of them is rewritten: an older copy
 * put back and carried on with other acts. Its witness refuses, it turns read-only, and a stranger with a
 * policy is told what is wrong. */
#include "ledger/log.h"
#include "tests/program.h"
#include "tests/test_db.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A commune: its site and the witness it runs for its neighbour. */
struct commune {
	const char *site, *witness;
	struct str vkey, cosigner;
	int port; /* of its witness, the same after a restart */
	struct served attends;
};

static struct str line_after(struct str text, const char *words)
{
	struct str line;

	while (str_next(&text, '\n', &line))
		if (str_starts(line, str_of(words)))
			return str_from(line, strlen(words));
	FAIL("no line begins with %s", words);
}

static void attend(struct commune *c)
{
	c->attends =
		served_start(z("witness --data '%s' --listen 127.0.0.1:%d", c->witness, c->port));
	c->port = c->attends.port;
}

static struct commune commune(const char *name)
{
	struct commune c = { .site = z("%s/%s", test_dir(), name).at };

	c.witness = z("%s-w", c.site).at;
	must(z("init --data '%s' --unit 14554 --day 2020-06-01 --name 'Xã %s' --origin "
	       "%s.example/log",
	       c.site, name, name));
	must(z("witness init --data '%s' --name %s.example/w", c.witness, name));
	c.vkey = line_after(dinh(z("log --data '%s' --lang en", c.site)).out, "Verifier key: ");
	c.cosigner = line_after(dinh(z("witness list --data '%s' --lang en", c.witness)).out,
				"The witness's key: ");
	attend(&c);
	return c;
}

/* `by` witnesses `c` from now on. */
static void befriend(struct commune *c, struct commune *by)
{
	must(z("witness add --data '%s' '%.*s'", by->witness, STR_ARG(c->vkey)));
	must_write(z("%s/witnesses", c->site).at, z("witness neighbour %.*s http://127.0.0.1:%d\n",
						    STR_ARG(by->cosigner), by->port));
}

/* Entries in the queue of a site that is not served: they get their indexes at the next start. */
static void entries(const char *dir, int n, const char *what)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	struct hash h;
	int64_t leaf;

	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	for (int i = 0; i < n; i++)
		CHECK_INT(log_queue(&tx, z("{\"%s\":%d}", what, i), &leaf, &h), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

static struct str checkpoint_of(const struct served *s)
{
	return get(s, "/log/checkpoint").body;
}

/* Within that time the site publishes this many entries; with the neighbour's line, or just so. */
static struct str publishes(const struct served *s, int64_t size, const char *cosigner, int ms)
{
	struct str note = S("");

	for (int waited = 0; waited <= ms; waited += 50, usleep(50000)) {
		bool grown = published_size(s) >= size; /* asked first: the note is no older */
		note = checkpoint_of(s);
		if (grown && (!cosigner || str_has(note, z("\n\xe2\x80\x94 %s ", cosigner))))
			return note;
	}
	FAIL("after %d ms: %.*s%.*s", ms, STR_ARG(note), STR_ARG(said(s)));
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct str policy(const struct commune *log, const struct commune *by)
{
	struct str path = z("%s/policy", test_dir());

	must_write(path.at, z("log %.*s\nwitness neighbour %.*s\nquorum neighbour\n",
			      STR_ARG(log->vkey), STR_ARG(by->cosigner)));
	return path;
}

static struct ran stranger(const struct served *s, struct str policy, const char *state)
{
	return dinh(z("verify --lang en --url http://127.0.0.1:%d --policy '%.*s' --state '%s'",
		      s->port, STR_ARG(policy), state));
}

static bool python(const struct served *s, struct str policy)
{
	return shell(z("python3 docs/verify-log.py log http://127.0.0.1:%d/log --policy '%.*s' "
		       "2>&1",
		       s->port, STR_ARG(policy)))
		       .code == 0;
}

TEST(two_communes_witness_each_other)
{
	struct commune a = commune("an"), b = commune("binh");

	befriend(&a, &b);
	befriend(&b, &a);
	entries(a.site, 300, "a");
	entries(b.site, 5, "b");
	struct served sa = serve(a.site), sb = serve(b.site);
	publishes(&sa, 300, "binh.example/w", 8000);
	publishes(&sb, 5, "an.example/w", 8000);
	/* The file holds what is served. */
	CHECK_STR(test_file(z("%s/checkpoint", a.site).at), checkpoint_of(&sa));

	struct str trust = policy(&a, &b);
	const char *state = z("%s/state", test_dir()).at;
	struct ran r = stranger(&sa, trust, state);
	if (r.code || !str_has(r.out, S("Witness neighbour: cosigned, ")))
		FAIL("%.*s", STR_ARG(r.out));
	r = dinh(z("verify --json --url http://127.0.0.1:%d --policy '%.*s' --state '%s'", sa.port,
		   STR_ARG(trust), state));
	CHECK_INT(r.code, 0);
	CHECK(str_has(r.out,
		      S("\"witnesses\":[{\"name\":\"neighbour\",\"cosigned\":true,\"time\":")));
	CHECK(python(&sa, trust));
	/* Of the other log this policy knows nothing. */
	CHECK_INT(stranger(&sb, trust, z("%s/x", test_dir()).at).code, 2);
	CHECK(!python(&sb, trust));
	/* Whoever asks for another witness is not satisfied. */
	struct str other = policy(&a, &a);
	r = stranger(&sa, other, z("%s/y", test_dir()).at);
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("Missing: neighbour")));
	CHECK_INT(access(z("%s/y", test_dir()).at, F_OK), -1);
	CHECK(!python(&sa, other));

	struct http_reply page = get(&sa, "/kiem-chung");
	CHECK(str_has(page.body, S("Ai khác cũng đã thấy sổ này")));
	CHECK(str_has(page.body, S("binh.example/w")) && str_has(page.body, S("300 mục")));
	CHECK(str_has(page.body, S("Đã thấy đến mục cuối")));
	CHECK(str_has(page.body, z("witness w1 %.*s", STR_ARG(b.cosigner))));
	CHECK(str_has(get(&sa, "/metrics").body,
		      S("dinh_witness_answers{witness=\"binh.example/w\"} 1\n")));

	/* Grown while it was down, and its witness remembers where it was. */
	CHECK_INT(stop(&sa), 0);
	entries(a.site, 700, "more");
	sa = serve(a.site);
	publishes(&sa, 1000, "binh.example/w", 8000);
	CHECK_INT(stranger(&sa, trust, state).code, 0);
	CHECK_INT(stop(&sa), 0);
	CHECK_INT(stop(&sb), 0);
	CHECK_INT(stop(&a.attends), 0);
	CHECK_INT(stop(&b.attends), 0);
}

/* --- A rewritten site --- */

static struct http_reply sign_in(const struct served *s)
{
	return http_ask(test_arena(), s->port,
			S("POST /thiet-lap HTTP/1.1\r\nHost: a.vn\r\n"
			  "Content-Type: application/x-www-form-urlencoded\r\n"
			  "Content-Length: 0\r\nConnection: close\r\n\r\n"),
			false);
}

/* The whole data directory as it was: database, checkpoint and all. */
static void put_back(const char *copy, const char *site)
{
	CHECK_INT(shell(z("rm -rf '%s' && cp -a '%s' '%s'", site, copy, site)).code, 0);
}

struct rewriting {
	struct commune a, b;
	struct str trust;
	const char *copy, *state;
};

/* Ten entries, a copy, twenty entries more that the neighbour has seen. */
static struct rewriting rewriting(void)
{
	struct rewriting w = { .a = commune("an"), .b = commune("binh") };

	befriend(&w.a, &w.b);
	entries(w.a.site, 10, "before");
	struct served s = serve(w.a.site);
	publishes(&s, 10, "binh.example/w", 8000);
	CHECK_INT(stop(&s), 0);
	w.copy = z("%s-copy", w.a.site).at;
	CHECK_INT(shell(z("cp -a '%s' '%s'", w.a.site, w.copy)).code, 0);
	entries(w.a.site, 20, "truth");
	s = serve(w.a.site);
	publishes(&s, 30, "binh.example/w", 8000);
	w.trust = policy(&w.a, &w.b);
	w.state = z("%s/state", test_dir()).at;
	CHECK_INT(stranger(&s, w.trust, w.state).code, 0);
	CHECK_INT(stop(&s), 0);
	return w;
}

TEST(an_older_copy_is_stopped_at_the_start_by_what_the_neighbour_saw)
{
	struct rewriting w = rewriting();

	put_back(w.copy, w.a.site);
	entries(w.a.site, 25, "lies");
	struct served s = serve(w.a.site);
	CHECK(str_has(said(&s),
		      S("ledger.read_only the checkpoint that binh.example/w has seen was "
			"signed for 30 entries")));
	CHECK(sign_in(&s).status >= 400);
	/* Nothing of it was signed, and strangers are shown what is missing. */
	usleep(1500000);
	CHECK_INT(published_size(&s), 30);
	struct ran r = stranger(&s, w.trust, w.state);
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("is missing")));
	CHECK_INT(stop(&s), 0);
	/* It remembers, whether the neighbour is there or not. */
	CHECK_INT(stop(&w.b.attends), 0);
	r = dinh(z("log --data '%s' --lang en", w.a.site));
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("checkpoint.witness was signed for 30 entries")));
	CHECK_INT(dinh(z("log rotate-key --data '%s'", w.a.site)).code, 2);
	s = serve(w.a.site);
	CHECK(str_has(said(&s), S("ledger.read_only")));
	CHECK_INT(stop(&s), 0);
	CHECK_INT(stop(&w.a.attends), 0);
}

TEST(another_history_signed_behind_the_neighbours_back_is_refused_and_seen)
{
	struct rewriting w = rewriting();

	/* While the neighbour is away nobody contradicts, and the lie goes out without his line. */
	CHECK_INT(stop(&w.b.attends), 0);
	put_back(w.copy, w.a.site);
	entries(w.a.site, 25, "lies");
	struct served s = serve(w.a.site);
	struct str lie = publishes(&s, 35, NULL, 8000);
	CHECK(!str_has(lie, S("binh.example/w")));
	struct ran r = stranger(&s, w.trust, z("%s/new-here", test_dir()).at);
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("0 of the witnesses of the policy cosigned this checkpoint")));
	CHECK(str_has(r.out, S("Missing: neighbour")));
	CHECK(!python(&s, w.trust));
	r = stranger(&s, w.trust, w.state);
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("history was rewritten")));

	/* He is back, refuses, and shows what he saw. */
	attend(&w.b);
	for (int i = 0; i < 300 && !str_has(said(&s), S("ledger.read_only")); i++)
		usleep(100000);
	CHECK(str_has(said(&s),
		      S("ledger.read_only the checkpoint that binh.example/w has seen was "
			"signed for another history of 30 entries")));
	CHECK(str_has(said(&w.b.attends), S("witness.refused an.example/log")));
	CHECK(sign_in(&s).status >= 400);
	struct str page = get(&s, "/kiem-chung").body;
	CHECK(str_has(page, S("Không ký lần gần đây")));
	CHECK(str_has(page, S("Sổ đang ngừng nhận bản ghi mới")));
	CHECK_INT(stop(&s), 0);
	CHECK_INT(stop(&w.b.attends), 0);
	r = dinh(z("log --data '%s' --lang en", w.a.site));
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("another history of 30 entries")));
	CHECK_INT(stop(&w.a.attends), 0);
}

/* What the neighbour saw tells where the log was; a mirror gives the entries back. */
TEST(an_older_copy_is_mended_by_what_the_neighbour_saw_and_a_mirror)
{
	struct rewriting w = rewriting();
	const char *whole = z("%s-whole", w.a.site).at;

	CHECK_INT(shell(z("mv '%s' '%s'", w.a.site, whole)).code, 0);
	put_back(w.copy, w.a.site);
	struct served mirror = serve(whole);
	must(z("log --data '%s' --supply http://127.0.0.1:%d", w.a.site, mirror.port));
	CHECK_INT(stop(&mirror), 0);
	entries(w.a.site, 5, "after");
	struct served s = serve(w.a.site);
	publishes(&s, 35, "binh.example/w", 8000);
	CHECK_INT(stranger(&s, w.trust, w.state).code, 0);
	CHECK_INT(stop(&s), 0);
	CHECK_INT(stop(&w.a.attends), 0);
	CHECK_INT(stop(&w.b.attends), 0);
}

/* It was away when the site started, and the site has forgotten how far it had seen: it says so (409), and the
 * proof is made again from there. */
TEST(a_witness_that_was_away_is_caught_up_with)
{
	struct commune a = commune("an"), b = commune("binh");

	befriend(&a, &b);
	entries(a.site, 10, "a");
	struct served s = serve(a.site);
	struct str note = publishes(&s, 10, "binh.example/w", 8000);
	CHECK_INT(stop(&s), 0);
	CHECK_INT(stop(&b.attends), 0);
	const char *line = memmem(note.at, note.len, "\xe2\x80\x94 binh.example/w", 18);
	must_write(z("%s/checkpoint", a.site).at, str_cut(note, (size_t)(line - note.at)));
	entries(a.site, 20, "more");
	s = serve(a.site);
	publishes(&s, 30, NULL, 8000);
	attend(&b);
	publishes(&s, 30, "binh.example/w", 20000);
	CHECK(str_has(get(&s, "/metrics").body,
		      S("dinh_witness_size{witness=\"binh.example/w\"} 30\n")));
	CHECK_INT(stop(&s), 0);
	CHECK_INT(stop(&a.attends), 0);
	CHECK_INT(stop(&b.attends), 0);
}

/* --- Witnesses that are no help --- */

/* Answers every request on a port of its own with these bytes; with "" it takes what comes and says nothing.
 * Ends with the test. */
static int pretend(struct str answer)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	pid_t *live = NEW(test_arena(), pid_t);

	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 16) == 0);
	CHECK(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	*live = fork();
	CHECK(*live >= 0);
	if (!*live) {
		char bytes[65536];
		for (;;) {
			int to = accept(fd, NULL, NULL);
			if (to < 0 || !answer.len)
				continue;
			if (recv(to, bytes, sizeof bytes, 0) > 0)
				(void)!write(to, answer.at, answer.len);
			close(to);
		}
	}
	close(fd);
	arena_defer(test_arena(), served_end, live);
	return ntohs(at.sin_port);
}

static struct str http(int status, const char *type, struct str body)
{
	return z("HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n"
		 "\r\n%.*s",
		 status, type, body.len, STR_ARG(body));
}

TEST(a_witness_that_lies_is_not_believed)
{
	struct commune a = commune("an"), b = commune("binh");
	const struct {
		struct str answer;
		const char *says;
	} lies[] = {
		{ http(200, "text/plain", S("\xe2\x80\x94 binh.example/w AAAAAAAA\n")),
		  "no line of its key" },
		{ http(200, "text/plain", S("yes\n")), "no line of its key" },
		{ http(200, "text/plain", S("")), "no line of its key" },
		{ http(409, "text/x.tlog.size", S("900000\n")), "it refuses (it has seen 900000" },
		{ http(409, "text/x.tlog.size", S("x\n")), "it refuses" },
		{ http(422, "text/plain", S("no\n")), "it refuses (the proof does not hold)" },
		{ http(403, "text/plain", S("no\n")), "it does not know our key" },
		{ http(404, "text/plain", S("no\n")), "it does not know our log" },
		{ http(400, "text/plain", S("no\n")), "it calls the request malformed" },
		{ http(302, "text/plain", S("")), "HTTP status 302" },
		{ S("HTTP/1.1 200 X\r\nContent-Length: 99999999\r\n\r\n"), "binh" },
		{ S("nonsense\r\n\r\n"), "binh" },
	};

	for (size_t i = 0; i < LENGTH(lies); i++) {
		int port = pretend(lies[i].answer);
		must_write(z("%s/witnesses", a.site).at,
			   z("witness neighbour %.*s http://127.0.0.1:%d/\n", STR_ARG(b.cosigner),
			     port));
		entries(a.site, 1, "x");
		struct served s = serve(a.site);
		struct str note = publishes(&s, (int64_t)i + 1, NULL, 8000);
		for (int n = 0; n < 80 && !str_has(said(&s), S("witness.silent")); n++)
			usleep(50000);
		if (!str_has(said(&s), str_of(lies[i].says)))
			FAIL("%zu: %.*s", i, STR_ARG(said(&s)));
		CHECK(!str_has(note, S("binh")));
		CHECK(!str_has(said(&s), S("ledger.read_only")));
		CHECK_INT(stop(&s), 0);
	}
	CHECK_INT(stop(&a.attends), 0);
	CHECK_INT(stop(&b.attends), 0);
}

/* LOG.md section 4: readers wait two seconds at most, and for one that was silent not again. */
TEST(a_silent_witness_holds_nobody_up_for_long)
{
	struct commune a = commune("an"), b = commune("binh");
	int port = pretend(S(""));

	must_write(z("%s/witnesses", a.site).at,
		   z("witness neighbour %.*s http://127.0.0.1:%d/\n", STR_ARG(b.cosigner), port));
	entries(a.site, 10, "x");
	struct served s = serve(a.site);
	int64_t began = now_ms();
	publishes(&s, 10, NULL, 8000);
	CHECK(now_ms() - began < 6000); /* two seconds, on a busy machine */
	for (int i = 0; i < 60; i++, usleep(100000))
		CHECK(get(&s, "/").status == 200);
	CHECK(str_has(get(&s, "/metrics").body,
		      S("dinh_witness_answers{witness=\"binh.example/w\"} 0\n")));
	/* One line for the change, not one for each try. */
	struct str text = said(&s);
	const char *first = memmem(text.at, text.len, "witness.silent", 14);
	CHECK(first);
	size_t rest = text.len - (size_t)(first + 14 - text.at);
	CHECK(!memmem(first + 14, rest, "witness.silent", 14));
	began = now_ms();
	CHECK_INT(stop(&s), 0);
	CHECK(now_ms() - began < 6000);
	CHECK_INT(stop(&a.attends), 0);
	CHECK_INT(stop(&b.attends), 0);
}

TEST(a_list_of_witnesses_that_cannot_be_read_is_refused_with_its_line)
{
	struct commune a = commune("an");

	must_write(z("%s/witnesses", a.site).at, S("# my neighbours\nwitness b nonsense\n"));
	struct ran r = dinh(z("serve --data '%s' --listen 127.0.0.1:0", a.site));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("witnesses: line 2: here stands no verifier key of a witness")));
	CHECK_INT(dinh(z("log --data '%s'", a.site)).code, 2);
	r = dinh(z("verify --url http://127.0.0.1:1 --policy '%s/witnesses'", a.site));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("line 2")));
	CHECK_INT(stop(&a.attends), 0);
}
