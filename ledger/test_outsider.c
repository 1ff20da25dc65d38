/* docs/verify-log.py is what docs/log-format.md promises to outsiders: a program that shares nothing with
 * ours and comes to the same answers. Here it reads what we serve, from a folder. */
#include "ledger/proof.h"
#include "tests/log_site.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static void put(const char *dir, struct str path, struct str bytes)
{
	char *full = str_z(test_arena(), str_printf(test_arena(), "%s/%.*s", dir, STR_ARG(path)));

	for (char *slash = full + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		(void)mkdir(full, 0700);
	}
	write_file(full, bytes, 0600);
}

/* Everything a mirror would fetch. */
static void publish_to(const char *dir, struct tx *tx, struct log *log)
{
	struct log_published p = published(log);

	put(dir, S("vkey"), log_vkey(log, test_arena()));
	put(dir, S("checkpoint"), p.note);
	for (int level = TILE_ENTRIES; level < TREE_LEVELS; level++) {
		struct tile t;
		for (uint64_t n = 0; tile_at(level, n, p.size, &t); n++) {
			struct buf path = { .a = test_arena() };
			struct str body;
			bool entries;
			buf_put_tile(&path, &t);
			CHECK_OK(log_tile(log, tx, buf_str(&path), &body, &entries));
			put(dir, str_printf(test_arena(), "tile/%.*s", (int)path.len, path.at),
			    body);
		}
	}
}

static int run(const char *words)
{
	static int missing = -1; /* asked once */

	if (missing < 0)
		missing = system("python3 --version >/dev/null 2>&1");
	if (missing)
		SKIP("python3 is not on this machine");
	int status = system(str_z(
		test_arena(),
		str_printf(test_arena(), "python3 docs/verify-log.py %s >/dev/null 2>&1", words)));
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const char *words(const char *format, const char *dir)
{
	struct buf b = { .a = test_arena() };

	for (; *format; format++)
		if (*format == '@')
			buf_put(&b, str_of(dir));
		else
			buf_putc(&b, *format);
	return str_z(test_arena(), buf_str(&b));
}

TEST(the_outsiders_program_agrees_with_what_we_serve)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	const char *dir = test_dir();

	for (int64_t size = 0; size <= 600; size += 200) {
		if (size)
			grow(tx, size - 200, size);
		CHECK_OK(log_sign(log, tx));
		publish_to(dir, tx, log);
		CHECK_INT(run(words("log @", dir)), 0);
		CHECK_INT(run(words("log @ " VECTOR_VKEY, dir)), 0);
		CHECK_INT(run(words("log @ '' @/state", dir)), 0);
	}
	/* Spoil one file after the other. */
	static const char *const files[] = { "checkpoint", "tile/0/001", "tile/1/000.p/2",
					     "tile/entries/000" };
	for (size_t i = 0; i < LENGTH(files); i++) {
		const char *path =
			str_z(test_arena(), str_printf(test_arena(), "%s/%s", dir, files[i]));
		struct str good = read_file(path);
		char *bad = str_z(test_arena(), good);
		bad[good.len - 5] ^= 1;
		write_file(path, (struct str){ bad, good.len }, 0600);
		CHECK_INT(run(words("log @ " VECTOR_VKEY, dir)), 1);
		write_file(path, good, 0600);
	}
	CHECK_INT(run(words("log @/nowhere", dir)), 3);
	CHECK_INT(run("log"), 2);
}

TEST(the_outsiders_program_remembers)
{
	struct tx *tx = site(), *other = site();
	struct log *log = open_log(tx), *forked = open_log(other);
	const char *dir = test_dir(), *lie = test_dir();

	grow(tx, 0, 20);
	CHECK_OK(log_sign(log, tx));
	publish_to(dir, tx, log);
	CHECK_INT(run(words("log @ '' @/state", dir)), 0);
	grow(other, 100, 150);
	CHECK_OK(log_sign(forked, other));
	publish_to(lie, other, forked);
	CHECK_INT(run(words("log @", lie)), 0);
	CHECK_INT(
		run(str_z(test_arena(), str_printf(test_arena(), "log %s '' %s/state", lie, dir))),
		1);
}

TEST(the_outsiders_program_verifies_receipts)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	const char *dir = test_dir();
	static const int64_t indexes[] = { 0, 1, 255, 256, 298, 299 };

	grow(tx, 0, 300);
	CHECK_OK(log_sign(log, tx));
	for (size_t i = 0; i < LENGTH(indexes); i++) {
		struct log_leaves l;
		struct str text;
		CHECK_OK(log_entries(tx, (uint64_t)indexes[i], 1, &l));
		CHECK_OK(log_receipt(log, tx, l.at[0].id,
				     i % 2 ? S("salt") : (struct str){ NULL, 0 }, &text));
		put(dir, S("proof"), text);
		put(dir, S("entry"), l.at[0].entry);
		CHECK_INT(run(words("receipt @/proof @/entry " VECTOR_VKEY, dir)), 0);
		put(dir, S("entry"), S("{\"n\":9999}"));
		CHECK_INT(run(words("receipt @/proof @/entry " VECTOR_VKEY, dir)), 1);
	}
}

/* The vectors of the format, all of them, as an outsider sees them. */
TEST(the_outsiders_program_accepts_the_published_checkpoint)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	const char *dir = test_dir();

	for (size_t i = 0; i < LENGTH(log_vectors); i++)
		queue(tx, str_of(log_vectors[i].entry));
	sequence(tx, 10);
	test_commit(tx);
	CHECK_OK(log_sign(log, tx));
	publish_to(dir, tx, log);
	put(dir, S("checkpoint"), S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE));
	CHECK_INT(run(words("log @ " VECTOR_VKEY, dir)), 0);
}

/* A witness's line for the outsider's program, and the policies that ask for it. */
TEST(the_outsiders_program_asks_for_the_witnesses_of_a_policy)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	const char *dir = test_dir();
	static const struct {
		const char *policy;
		int with, without; /* exit codes, with the witness's line and without it */
	} cases[] = {
		{ "quorum none\n", 0, 0 },
		{ "# mttq\nlog " VECTOR_VKEY "\nwitness m " VECTOR_WITNESS_VKEY "\nquorum m\n", 0,
		  1 },
		{ "witness m " VECTOR_WITNESS_VKEY " https://m.example/\ngroup g any m\n"
		  "group h all g m\nquorum h\n",
		  0, 1 },
		{ "log " VECTOR_VKEY "\n", 1, 1 },
		{ "quorum m\n", 1, 1 },
		{ "witness m " VECTOR_VKEY "\nquorum m\n", 1, 1 },
		{ "witness m " VECTOR_WITNESS_VKEY "\ngroup g 2 m\nquorum g\n", 1, 1 },
	};

	for (size_t i = 0; i < LENGTH(log_vectors); i++)
		queue(tx, str_of(log_vectors[i].entry));
	sequence(tx, 10);
	test_commit(tx);
	CHECK_OK(log_sign(log, tx));
	publish_to(dir, tx, log);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		put(dir, S("policy"), str_of(cases[i].policy));
		put(dir, S("checkpoint"), S(VECTOR_CHECKPOINT));
		int without = run(words("log @ --policy @/policy", dir));
		put(dir, S("checkpoint"), S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE));
		int with = run(words("log @ --policy @/policy", dir));
		if (with != cases[i].with || without != cases[i].without)
			FAIL("%s: %d and %d", cases[i].policy, with, without);
	}
	/* One flipped bit in the line, and it is nobody's. */
	char *bad = str_z(test_arena(), S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE));
	bad[strlen(bad) - 9] ^= 1;
	put(dir, S("checkpoint"), str_of(bad));
	put(dir, S("policy"), str_of(cases[1].policy));
	CHECK_INT(run(words("log @ --policy @/policy", dir)), 1);
	/* A receipt carries the line with it. */
	struct log_leaves l;
	struct str text;
	CHECK_OK(log_entries(tx, 2, 1, &l));
	CHECK_OK(log_receipt(log, tx, l.at[0].id, (struct str){ NULL, 0 }, &text));
	put(dir, S("entry"), l.at[0].entry);
	put(dir, S("proof"), text);
	CHECK_INT(run(words("receipt @/proof @/entry " VECTOR_VKEY " --policy @/policy", dir)), 1);
	put(dir, S("proof"), str_printf(test_arena(), "%.*s" VECTOR_COSIGNATURE, STR_ARG(text)));
	CHECK_INT(run(words("receipt @/proof @/entry " VECTOR_VKEY " --policy @/policy", dir)), 0);
	CHECK_INT(run(words("receipt @/proof @/entry --policy @/policy", dir)), 0);
	CHECK_INT(run(words("receipt @/proof @/entry", dir)), 2);
}
