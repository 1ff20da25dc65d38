/* What is promised about a killed process (DESIGN.md section 10): the real program is killed at random
 * instants while clients post steps through its pages, and started again. Whatever was acknowledged is
 * there once and only once, whether the answer came at the first try or to a retry with the same token
 * after the reply was lost; sessions that were opened stand; log and fold verify; and a stranger who
 * remembers the last checkpoint is never shown a smaller or another one.
 *
 * ./dev test kills fifteen times, ./dev torture a thousand. */
#include "tests/http_client.h"
#include "tests/test_db.h"
#include "tests/test_schema.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNIT "14554" /* xã Ninh Vân, in the demonstration */

enum { KILLS = 15, KILLS_TORTURE = 1000, CLIENTS = 6, ACKS_MOST = 200000, UP_MS = 30000 };

static const char *const stages[] = { "record", "submit", "publish" };
enum { STAGES = 3 };

/* What a client was told. */
struct ack {
	char title[40];
	char code[16];
	int stage;
};

struct client {
	pthread_t thread;
	int no;
	struct str password;
	char session[80];
	bool signed_in;
	/* The form that is under way: sent again, as it was, until it is answered. */
	_Atomic bool pending;
	int stage;
	int64_t count;
	char title[40], code[16], token[80];
	char failure[400]; /* what must not happen and did */
	struct ack *acks;
	size_t n;
};

static struct {
	_Atomic int port;   /* 0: down; clients wait */
	_Atomic int asking; /* clients with a request under way */
	_Atomic bool drain; /* finish what is pending, begin nothing */
	_Atomic bool stop;
	_Atomic unsigned address;
	struct client clients[CLIENTS];
	const char *program;
	const char *dir;
	const char *said;
	pid_t pid;
	int64_t size; /* of the last checkpoint seen */
	int64_t lost; /* acts found done whose answer never came */
} t;

static struct str z(const char *format, ...) PRINTF(1, 2);
static struct str z(const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return str_dup(test_arena(), str_of(text));
}

static int run(struct str command, struct str *out)
{
	struct buf b = { .a = test_arena() };
	size_t n;
	FILE *from = popen(str_z(test_arena(), command), "r");
	CHECK(from);
	while ((n = fread(buf_reserve(&b, 4096), 1, 4096, from)) > 0)
		b.len += n;
	int status = pclose(from);
	*out = buf_str(&b);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* --- A client --- */

static void fail(struct client *c, const char *format, ...) PRINTF(2, 3);
static void fail(struct client *c, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	if (!c->failure[0])
		vsnprintf(c->failure, sizeof c->failure, format, args);
	va_end(args);
}

static bool between(struct str text, const char *before, char end, char *out, size_t size)
{
	const char *at = memmem(text.at, text.len, before, strlen(before));
	struct str rest, value;
	if (!at)
		return false;
	rest = str_from(text, (size_t)(at - text.at) + strlen(before));
	if (!str_next(&rest, end, &value) || value.len >= size)
		return false;
	memcpy(out, value.at, value.len);
	out[value.len] = 0;
	return true;
}

/* Each request comes from another address, by the word of a proxy: nobody is throttled. */
static struct http_reply ask(struct arena *a, int port, const char *method, const char *path,
			     const char *cookie, struct str body)
{
	unsigned n = atomic_fetch_add(&t.address, 1);
	struct str type = str_printf(a,
				     "Content-Type: application/x-www-form-urlencoded\r\n"
				     "Content-Length: %zu\r\n",
				     body.len);
	return http_ask(a, port,
			str_printf(a,
				   "%s %s HTTP/1.1\r\nHost: a.vn\r\nCookie: %s\r\n"
				   "X-Forwarded-For: 10.%u.%u.%u\r\n%.*s\r\n%.*s",
				   method, path, cookie, n >> 16 & 255, n >> 8 & 255, n & 255,
				   STR_ARG(body.len ? type : S("")), STR_ARG(body)),
			false);
}

static void sign_in(struct client *c, struct arena *a, int port)
{
	char visitor[80], token[80];
	struct http_reply r = ask(a, port, "GET", "/dang-nhap", "x=y", S(""));
	if (!r.status || r.broken)
		return;
	if (!between(r.head, "khach=", ';', visitor, sizeof visitor) ||
	    !between(r.body, "name=\"ma-gui\" value=\"", '"', token, sizeof token)) {
		fail(c, "the page of signing in is answered with %d and no form", r.status);
		return;
	}
	r = ask(a, port, "POST", "/dang-nhap", str_printf(a, "khach=%s", visitor).at,
		str_printf(a, "ma-gui=%s&login=lanhdao.ninhvan&password=%.*s", token,
			   STR_ARG(c->password)));
	if (!r.status || r.broken || r.status == 503)
		return;
	if (r.status != 303 || !between(r.head, "phien=", ';', c->session, sizeof c->session))
		fail(c, "signing in is answered with %d", r.status);
	else
		c->signed_in = true;
}

static const char *path_of(const struct client *c, struct arena *a)
{
	return c->stage ? str_printf(a, "/ho-so/%s/lam/%s", c->code, stages[c->stage]).at
			: "/ghi-moi/cong-khai/" UNIT;
}

static struct str body_of(const struct client *c, struct arena *a)
{
	static const char *const more[STAGES] = {
		"&matter=XA07-05-01&body=Noi+dung&issuer=UBND+x%C3%A3&issued_on=4%2F1%2F2021",
		"&no_secret=on&names_lawful=on",
		"",
	};
	struct str title = c->stage ? S("") : str_printf(a, "&title=%s", c->title);
	return str_printf(a, "ma-gui=%s%.*s%s&channel=web&happened_on=5%%2F1%%2F2021", c->token,
			  STR_ARG(title), more[c->stage]);
}

/* Opens the page with the form of the next step, for its token. */
static void begin(struct client *c, struct arena *a, int port)
{
	struct str cookie = str_printf(a, "phien=%s", c->session);
	if (!c->stage)
		snprintf(c->title, sizeof c->title, "Viec-%d-%06d", c->no, (int)c->count);
	struct http_reply r = ask(a, port, "GET", path_of(c, a), cookie.at, S(""));
	if (!r.status || r.broken || r.status == 503)
		return;
	if (r.status != 200 ||
	    !between(r.body, "name=\"ma-gui\" value=\"", '"', c->token, sizeof c->token))
		fail(c, "GET %s is answered with %d and no form", path_of(c, a), r.status);
	else
		c->pending = true;
}

static void acknowledged(struct client *c, const struct http_reply *r)
{
	char code[16];
	if (!between(r->head, "Location: /ho-so/", '\r', code, sizeof code)) {
		fail(c, "%s leads nowhere", c->token);
		return;
	}
	if (c->stage && strcmp(code, c->code) != 0)
		fail(c, "a step on %s leads to %s", c->code, code);
	snprintf(c->code, sizeof c->code, "%s", code);
	if (c->n == ACKS_MOST) {
		fail(c, "more was done than expected");
		return;
	}
	struct ack *ack = &c->acks[c->n++];
	snprintf(ack->title, sizeof ack->title, "%s", c->title);
	snprintf(ack->code, sizeof ack->code, "%s", c->code);
	ack->stage = c->stage;
	c->stage = (c->stage + 1) % STAGES;
	c->count += c->stage == 0;
	c->pending = false; /* last: whoever waits for it reads the rest */
}

static void send_form(struct client *c, struct arena *a, int port)
{
	struct str cookie = str_printf(a, "phien=%s", c->session);
	struct http_reply r = ask(a, port, "POST", path_of(c, a), cookie.at, body_of(c, a));
	if (r.status == 303)
		acknowledged(c, &r);
	else if (r.status && !r.broken && r.status != 503)
		fail(c, "POST %s is answered with %d: %.*s", path_of(c, a), r.status,
		     (int)(r.body.len < 100 ? r.body.len : 100), r.body.at);
}

static void *work(void *what)
{
	struct client *c = what;
	struct arena *a = arena_new(0);
	while (!t.stop && !c->failure[0]) {
		atomic_fetch_add(&t.asking, 1);
		int port = t.port;
		bool idle = !port || (t.drain && !c->pending);
		if (idle)
			;
		else if (!c->signed_in)
			sign_in(c, a, port);
		else if (c->pending)
			send_form(c, a, port);
		else
			begin(c, a, port);
		atomic_fetch_sub(&t.asking, 1);
		arena_clear(a);
		if (idle || !t.port)
			usleep(2000);
	}
	arena_free(a);
	return NULL;
}

static void end_clients(void *unused)
{
	(void)unused;
	t.stop = true;
	for (int i = 0; i < CLIENTS; i++) {
		if (t.clients[i].thread)
			pthread_join(t.clients[i].thread, NULL);
		free(t.clients[i].acks);
	}
}

static void start_clients(struct str password)
{
	arena_defer(test_arena(), end_clients, NULL);
	for (int i = 0; i < CLIENTS; i++) {
		struct client *c = &t.clients[i];
		*c = (struct client){ .no = i, .password = password };
		c->acks = calloc(ACKS_MOST, sizeof *c->acks);
		CHECK(c->acks && pthread_create(&c->thread, NULL, work, c) == 0);
	}
}

/* --- The server --- */

static void wait_until_nobody_asks(void)
{
	t.port = 0;
	for (int i = 0; i < UP_MS && t.asking; i++)
		usleep(1000);
	usleep(3000);
}

static void drop_server(void *unused)
{
	(void)unused;
	if (t.pid > 0) {
		kill(t.pid, SIGKILL);
		waitpid(t.pid, NULL, 0);
	}
	t.pid = 0;
}

static void start(void)
{
	CHECK(truncate(t.said, 0) == 0); /* what an earlier one said */
	t.pid = fork();
	CHECK(t.pid >= 0);
	if (t.pid)
		return;
	if (!freopen(t.said, "w", stdout) || dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
		_exit(99);
	execl(t.program, "dinh", "serve", "--data", t.dir, "--listen", "127.0.0.1:0", "--proxies",
	      "127.0.0.1", (char *)NULL);
	_exit(99);
}

/* The port it says it listens on. */
static void wait_until_up(void)
{
	char port[8];
	for (int ms = 0; ms < UP_MS; ms += 5) {
		struct str text = test_file(t.said);
		if (between(text, "http://127.0.0.1:", '/', port, sizeof port)) {
			t.port = (int)strtol(port, NULL, 10);
			return;
		}
		if (waitpid(t.pid, NULL, WNOHANG) == t.pid) {
			t.pid = 0;
			FAIL("the server ended: %.*s", STR_ARG(text));
		}
		usleep(5000);
	}
	FAIL("the server is not up: %.*s", STR_ARG(test_file(t.said)));
}

static void kill_now(void)
{
	int status = 0;
	kill(t.pid, SIGKILL);
	CHECK(waitpid(t.pid, &status, 0) == t.pid);
	t.pid = 0;
	if (!WIFSIGNALED(status))
		FAIL("the server had ended by itself: %.*s", STR_ARG(test_file(t.said)));
}

/* --- What must be true --- */

static void must(struct str command)
{
	struct str out;
	int code = run(command, &out);
	if (code)
		FAIL("%.*s: exit %d: %.*s", STR_ARG(command), code, STR_ARG(out));
}

static void check_checkpoint(void)
{
	struct str rest = test_file(z("%s/checkpoint", t.dir).at), line;
	int64_t size = -1;
	CHECK(str_next(&rest, '\n', &line) && str_next(&rest, '\n', &line) && str_int(line, &size));
	if (size < t.size)
		FAIL("the checkpoint shrank from %d to %d", (int)t.size, (int)size);
	t.size = size;
}

static int64_t number(struct tx *tx, struct query q)
{
	if (db_one(&q))
		FAIL("%s", tx->why);
	return col_int(&q, 0);
}

static void check_ack(struct tx *tx, const struct ack *a)
{
	struct query d = db_query(tx, "SELECT COUNT(*) FROM dossier WHERE title = $1");
	BIND(&d, str_of(a->title));
	int64_t dossiers = number(tx, d);
	struct query q =
		db_query(tx, "SELECT COUNT(*) FROM act a JOIN dossier d ON d.id = a.dossier"
			     " WHERE d.code = $1 AND d.title = $2 AND a.step = $3");
	BIND(&q, str_of(a->code), str_of(a->title), str_of(stages[a->stage]));
	int64_t acts = number(tx, q);
	if (dossiers != 1 || acts != 1)
		FAIL("acknowledged: %s of %s %s; there: %d dossiers, %d acts", stages[a->stage],
		     a->code, a->title, (int)dossiers, (int)acts);
}

/* Was the form done whose answer the client still waits for? */
static int64_t done_unheard(struct tx *tx, const struct client *c)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM act WHERE token = $1");
	BIND(&q, str_cut(str_of(c->token), 32)); /* its random part */
	return c->pending ? number(tx, q) : 0;
}

/* Everything acknowledged since `from`, once. Nobody else is at work. */
static void check_acks(size_t from[CLIENTS])
{
	struct str why;
	struct arena *a = arena_new(0);
	struct tx tx = { .mem = a };
	struct db *db;
	if (db_open(test_database(t.dir), DB_WRITE, &db, &why, a) || tx_begin(&tx, db, DB_READ))
		FAIL("the database does not open");
	for (int i = 0; i < CLIENTS; i++) {
		for (; from[i] < t.clients[i].n; from[i]++)
			check_ack(&tx, &t.clients[i].acks[from[i]]);
		t.lost += done_unheard(&tx, &t.clients[i]);
	}
	if (tx_end(&tx, OK))
		FAIL("%s", tx.why);
	db_close(db);
	arena_free(a);
}

static void check_clients(void)
{
	for (int i = 0; i < CLIENTS; i++)
		if (t.clients[i].failure[0])
			FAIL("client %d: %s", i, t.clients[i].failure);
}

/* As a stranger who remembers. */
static void check_url(void)
{
	must(z("'%s' verify --lang en --url http://127.0.0.1:%d --state '%s.state' 2>&1", t.program,
	       (int)t.port, t.dir));
}

static void make_site(void)
{
	char password[40];
	t.program = getenv("DINH");
	if (!t.program)
		SKIP("DINH does not name the program");
	const char *folder = test_dir();
	t.dir = z("%s/site", folder).at;
	if (test_on_postgres())
		setenv("DINH_DB", test_schema(t.dir)->url, 1);
	t.said = z("%s/said", folder).at;
	must(z("'%s' demo --data '%s' --seed 7 --scale 0.01 2>&1 && touch '%s'", t.program, t.dir,
	       t.said));
	struct str rest = test_file(z("%s/passwords.txt", t.dir).at), line;
	while (str_next(&rest, '\n', &line))
		if (str_starts(line, S("lanhdao.ninhvan ")) &&
		    sscanf(str_z(test_arena(), line), "%*s %39s", password) == 1) {
			arena_defer(test_arena(), drop_server, NULL);
			start_clients(z("%s", password));
			return;
		}
	FAIL("the demonstration has no such account");
}

/* Waits until every client has its answer. */
static void drain(void)
{
	t.drain = true;
	for (int ms = 0; ms < UP_MS; ms++) {
		/* Who comes after a moment when nobody was asking begins nothing. */
		bool pending = t.asking > 0;
		check_clients();
		for (int i = 0; i < CLIENTS; i++)
			pending |= t.clients[i].pending;
		if (!pending)
			return;
		usleep(1000);
	}
	FAIL("a form is not answered");
}

static void report(int64_t killed, int64_t early)
{
	int64_t acts = 0;
	for (int i = 0; i < CLIENTS; i++)
		acts += (int64_t)t.clients[i].n;
	printf("# killed %d times, %d of them before it was up; %d acts acknowledged, %d of them "
	       "to a"
	       " retry, because the first answer was lost; log of %d\n",
	       (int)killed, (int)early, (int)acts, (int)t.lost, (int)t.size);
	CHECK(acts > killed);
}

TEST(whenever_it_is_killed_nothing_acknowledged_is_lost_or_doubled_and_everything_verifies)
{
	size_t checked[CLIENTS] = { 0 }, again[CLIENTS] = { 0 };
	int kills = getenv("TORTURE") ? KILLS_TORTURE : KILLS, early = 0, status = 0;
	memset(&t, 0, sizeof t);
	make_site();
	for (int i = 0; i < kills; i++) {
		bool soon = test_below(6) == 0;
		start();
		if (soon) {
			usleep((useconds_t)test_below(60000));
			early++;
		} else {
			wait_until_up();
			if (test_below(3) == 0)
				check_url();
			usleep((useconds_t)(20000 + test_below(400000)));
		}
		kill_now();
		wait_until_nobody_asks();
		check_clients();
		check_checkpoint();
		check_acks(checked);
		must(z("'%s' verify --lang en --data '%s' 2>&1", t.program, t.dir));
	}
	start();
	wait_until_up();
	drain();
	check_url();
	wait_until_nobody_asks();
	CHECK(kill(t.pid, SIGTERM) == 0 && waitpid(t.pid, &status, 0) == t.pid);
	t.pid = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		FAIL("it does not stop when told: %.*s", STR_ARG(test_file(t.said)));
	check_checkpoint();
	check_acks(again); /* all of it, once more */
	must(z("'%s' verify --lang en --data '%s' 2>&1", t.program, t.dir));
	report(kills, early);
}
