/* `dinh witness` as its neighbours' logs meet it: each answer over the wire, what is refused at the
 * command line, and that nothing it cosigned is forgotten by a kill. */
#include "ledger/witness.h"
#include "tests/log_vectors.h"
#include "tests/program.h"
#include "tests/test_db.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *new_witness(void)
{
	const char *dir = z("%s/w", test_dir()).at;
	must(z("witness init --data '%s' --name mttq.example/w1", dir));
	return dir;
}

static struct served attend(const char *dir)
{
	return served_start(z("witness --data '%s' --listen 127.0.0.1:0", dir));
}

/* --- A log of as many equal entries as one likes, signed with the vectors' key --- */

enum { ENTRIES = 200 };
static struct hash equal[ENTRIES];

static struct tree_reader reader(struct leaves *l)
{
	for (size_t i = 0; i < ENTRIES; i++)
		tree_leaf("x", 1, &equal[i]);
	*l = (struct leaves){ equal, ENTRIES };
	return (struct tree_reader){ leaves_read, l };
}

static struct str signed_checkpoint(uint64_t size, const struct hash *root)
{
	SECRET struct secret_key secret;
	struct buf text = { .a = test_arena() }, note = { .a = test_arena() };
	struct checkpoint c = { S(VECTOR_ORIGIN), size, *root };
	struct vkey k = vector_vkey(VECTOR_VKEY);
	struct public_key pub;

	vector_key(&secret, &pub);
	buf_put_checkpoint(&text, &c);
	buf_printf(&note, "%.*s\n", STR_ARG(buf_str(&text)));
	buf_put_signature(&note, &k, &secret, buf_str(&text));
	return buf_str(&note);
}

static struct str request(uint64_t old, uint64_t size)
{
	struct add_checkpoint r = { .old = old };
	struct buf b = { .a = test_arena() };
	struct leaves l;
	struct tree_reader tree = reader(&l);
	struct hash root;

	CHECK_INT(tree_root(&tree, size, &root), OK);
	if (old)
		CHECK_INT(tree_consistency(&tree, old, size, &r.proof), OK);
	r.checkpoint = signed_checkpoint(size, &root);
	buf_put_add_checkpoint(&b, &r);
	return buf_str(&b);
}

static struct http_reply post(const struct served *s, struct str body)
{
	struct buf b = { .a = test_arena() };

	buf_printf(&b,
		   "POST /add-checkpoint HTTP/1.1\r\nHost: w.example\r\nContent-Length: %zu\r\n"
		   "Connection: close\r\n\r\n",
		   body.len);
	buf_put(&b, body);
	return http_ask(test_arena(), s->port, buf_str(&b), false);
}

static void answers(const struct served *s, struct str body, int status)
{
	struct http_reply r = post(s, body);

	if (r.status != status)
		FAIL("%d instead of %d: %.*s", r.status, status, STR_ARG(r.body));
	CHECK(!str_has(r.body, S("<html")));
}

static const char *shown_at(void)
{
	return z("/%.*s", STR_ARG(witness_log_path(test_arena(), S(VECTOR_ORIGIN)))).at;
}

TEST(each_answer_goes_over_the_wire)
{
	const char *dir = new_witness();
	struct served s = attend(dir);

	CHECK_STR(get(&s, "/healthz").body, S("ok\n"));
	answers(&s, request(0, 3), 404);
	CHECK_INT(get(&s, shown_at()).status, 404);
	/* Added while it serves. */
	must(z("witness add --data '%s' '" VECTOR_VKEY "'", dir));
	answers(&s, request(2, 3), 409);
	answers(&s, request(0, 3), 200);
	answers(&s, S("old 0\n"), 400);
	answers(&s, S(""), 400);
	struct http_reply conflict = post(&s, request(0, 5));
	CHECK_INT(conflict.status, 409);
	CHECK_STR(conflict.body, S("3\n"));
	CHECK_STR(http_header(&conflict, "Content-Type", 0), S("text/x.tlog.size"));
	struct str forged = request(3, 5);
	char *bad = str_z(test_arena(), forged);
	bad[forged.len - 8] = bad[forged.len - 8] == 'A' ? 'B' : 'A';
	answers(&s, (struct str){ bad, forged.len }, 403);
	struct str lie = z("old 3\n\n%.*s", STR_ARG(signed_checkpoint(5, &(struct hash){ { 1 } })));
	answers(&s, lie, 422);
	CHECK(str_has(said(&s), S("witness.refused " VECTOR_ORIGIN)));
	lie = z("old 3\n\n%.*s", STR_ARG(signed_checkpoint(3, &(struct hash){ { 1 } })));
	answers(&s, lie, 409);
	CHECK(str_has(said(&s), S("witness.fork " VECTOR_ORIGIN)));
	answers(&s, request(3, 200), 200);
	CHECK(str_has(get(&s, shown_at()).body, S(VECTOR_ORIGIN "\n200\n")));
	must(z("witness remove --data '%s' '" VECTOR_VKEY "'", dir));
	answers(&s, request(200, 200), 404);
	CHECK_INT(stop(&s), 0);
	must(z("witness add --data '%s' '" VECTOR_VKEY "'", dir));
	struct ran list = dinh(z("witness list --data '%s' --lang en", dir));
	CHECK(str_has(list.out, S(VECTOR_ORIGIN ": 200 entries seen")));
	CHECK(str_has(list.out, S("1 checkpoint of this log contradicts")));
}

TEST(what_strangers_send_is_bounded_and_answered_in_plain_text)
{
	const char *dir = new_witness();
	struct served s = attend(dir);
	char *big = arena_get(test_arena(), WITNESS_BODY + 1);

	memset(big, 'x', WITNESS_BODY + 1);
	answers(&s, (struct str){ big, WITNESS_BODY }, 400);
	answers(&s, (struct str){ big, WITNESS_BODY + 1 }, 413);
	/* Longer than it says it is going to be, in chunks. */
	struct buf chunks = { .a = test_arena() };
	buf_put(&chunks, S("POST /add-checkpoint HTTP/1.1\r\nHost: w.example\r\n"
			   "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
	for (int i = 0; i < 20; i++)
		buf_printf(&chunks, "1000\r\n%.4096s\r\n", big);
	buf_put(&chunks, S("0\r\n\r\n"));
	CHECK_INT(http_ask(test_arena(), s.port, buf_str(&chunks), false).status, 413);
	static const char *const paths[] = {
		"/",         "/checkpoint", "/x/checkpoint", "/add-checkpoint", "/log/checkpoint/x",
		"/dang-nhap"
	};
	for (size_t i = 0; i < LENGTH(paths); i++) {
		struct http_reply r = get(&s, paths[i]);
		CHECK(r.status == 404 || r.status == 405);
		CHECK(str_starts(http_header(&r, "Content-Type", 0), S("text/plain")));
	}
	/* A cookie makes nobody somebody here. */
	struct http_reply r = http_ask(test_arena(), s.port,
				       S("GET /healthz HTTP/1.1\r\nHost: w.example\r\n"
					 "Cookie: phien=0123456789abcdef\r\n"
					 "Connection: close\r\n\r\n"),
				       false);
	CHECK_INT(r.status, 200);
	CHECK_INT(stop(&s), 0);
}

TEST(a_witness_has_a_folder_of_its_own)
{
	const char *dir = new_witness(), *site = z("%s/site", test_dir()).at;

	CHECK_STR(shell(z("stat -c %%a '%s' '%s/witness.key'", dir, dir)).out, S("700\n600\n"));
	CHECK_INT(dinh(z("witness init --data '%s' --name x/w", dir)).code, 2);
	must(z("init --data '%s' --unit 14554 --day 2020-06-01 --name 'Xã thử'", site));
	struct ran r = dinh(z("witness init --data '%s' --name x/w", site));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("a folder of its own")));
	CHECK_INT(dinh(z("witness --data '%s'", site)).code, 2);
	r = dinh(z("serve --data '%s'", dir));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("a witness is here")));
	struct served s = attend(dir);
	CHECK_INT(dinh(z("witness --data '%s' --listen 127.0.0.1:0", dir)).code, 3);
	CHECK_INT(stop(&s), 0);
	CHECK_INT(dinh(z("witness init --data '%s/x' --name 'a b'", dir)).code, 2);
	CHECK_INT(dinh(z("witness add --data '%s' nonsense", dir)).code, 2);
	CHECK_INT(dinh(z("witness add --data '%s'", dir)).code, 2);
	CHECK_INT(dinh(z("witness help --data '%s'", dir)).code, 2);
	CHECK_INT(shell(z("chmod 640 '%s/witness.key'", dir)).code, 0);
	CHECK_INT(dinh(z("witness list --data '%s'", dir)).code, 2);
}

/* With its key and without its memory it would cosign a second history. */
TEST(a_witness_that_lost_its_memory_does_not_begin_another)
{
	const char *dir = new_witness();

	must(z("witness add --data '%s' '" VECTOR_VKEY "'", dir));
	CHECK_INT(shell(z("rm '%s'/dinh.db*", dir)).code, 0);
	struct ran r = dinh(z("witness add --data '%s' '" VECTOR_VKEY "'", dir));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("dinh.db is gone")));
	CHECK_INT(dinh(z("witness --data '%s' --listen 127.0.0.1:0", dir)).code, 2);
	CHECK(access(z("%s/dinh.db", dir).at, F_OK) != 0);
}

/* An answer that reached us was on disk: kill it at any time, and what it shows has not gone back. */
TEST(a_killed_witness_remembers_what_it_answered)
{
	const char *dir = new_witness();
	uint64_t size = 0;

	must(z("witness add --data '%s' '" VECTOR_VKEY "'", dir));
	for (int round = 0; round < 6; round++) {
		struct served s = attend(dir);
		int more = 1 + (int)test_below(8);
		for (int i = 0; i < more; i++) {
			answers(&s, request(size, size + 1), 200);
			size++;
		}
		served_kill(&s);
		s = attend(dir);
		struct str shown = get(&s, shown_at()).body;
		CHECK(str_starts(shown, z(VECTOR_ORIGIN "\n%d\n", (int)size)));
		answers(&s, request(size, size), 200);
		CHECK_INT(stop(&s), 0);
	}
}
