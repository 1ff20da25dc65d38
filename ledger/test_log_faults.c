/* What is promised about a failing disk and a killed process: whatever happens at whichever write, the
 * log afterwards has no gap and no fork. Every checkpoint that was ever published is a beginning of
 * what is there, every acknowledged leaf is there, and the log goes on. */
#include "ledger/verify.h"
#include "tests/fault_vfs.h"
#include "tests/log_site.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

enum { ROUNDS = 2, TOLD = 16 };

/* What the world has seen, kept outside the database. */
struct seen {
	const char *dir; /* of the site */
	size_t n;
	struct log_head told[TOLD];
	int64_t acknowledged; /* leaves 0 .. n-1 of which the writer was told "done" */
};

static const char *new_site(void)
{
	struct tx tx = { .mem = test_arena() };
	const char *dir = test_site();
	struct db *db = test_open(dir, DB_WRITE);
	struct log *log;
	struct str why;

	write_file(str_z(test_arena(), str_printf(test_arena(), "%s/log.key", dir)),
		   S("PRIVATE+KEY+" VECTOR_ORIGIN
		     "+04ccf484+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"),
		   0600);
	CHECK_OK(tx_begin(&tx, db, DB_WRITE));
	CHECK_OK(log_init(&tx, S(VECTOR_ORIGIN), S(VECTOR_VKEY)));
	CHECK_OK(tx_end(&tx, OK));
	CHECK_OK(tx_begin(&tx, db, DB_READ));
	CHECK_OK(log_open(&tx, str_of(dir), S(""), &log, &why));
	log_close(log);
	CHECK_OK(tx_end(&tx, OK));
	db_close(db);
	return dir;
}

static struct str entry_of(int64_t n)
{
	return str_printf(test_arena(), "{\"leaf\":%d}", (int)n);
}

/* An act: three leaves in a transaction; `next` moves on only when it was acknowledged. */
static void act(struct db *db, int64_t *next)
{
	struct tx tx = { .mem = test_arena() };
	struct hash h;
	int64_t leaf;

	if (tx_begin(&tx, db, DB_WRITE))
		return;
	enum err e = OK;
	for (int64_t i = 0; i < 3 && !e; i++)
		e = log_queue(&tx, entry_of(*next + i), &leaf, &h);
	if (!tx_end(&tx, e))
		*next += 3;
}

static void sequence_all(struct db *db)
{
	struct tx tx = { .mem = test_arena() };
	int64_t given;

	if (!tx_begin(&tx, db, DB_WRITE))
		(void)!tx_end(&tx, log_sequence(&tx, 1000, &given));
}

static void publish(struct db *db, struct log *log, struct seen *seen)
{
	struct tx tx = { .mem = test_arena() };

	if (tx_begin(&tx, db, DB_READ))
		return;
	if (!tx_end(&tx, log_sign(log, &tx)) && seen->n < TOLD) {
		struct log_published p = published(log);
		seen->told[seen->n++] = (struct log_head){ p.size, p.root };
	}
}

static void work(struct db *db, struct log *log, struct seen *seen)
{
	for (int i = 0; i < ROUNDS; i++) {
		act(db, &seen->acknowledged);
		sequence_all(db);
		publish(db, log, seen);
	}
}

/* The next start, and what must be true then. */
static void look(const char *dir, const struct seen *seen)
{
	struct tx tx = { .mem = test_arena() };
	struct db *db = test_open(dir, DB_WRITE);
	struct log_report r = { .a = test_arena() };
	struct str why = S("");
	struct log *log;

	sequence_all(db);
	CHECK_OK(tx_begin(&tx, db, DB_READ));
	if (log_open(&tx, str_of(dir), S(""), &log, &why))
		FAIL("%.*s", STR_ARG(why));
	if (log_fault(log))
		FAIL("%.*s", STR_ARG(log_fault_text(log, test_arena())));
	CHECK_OK(log_verify(&tx, published(log).note, &r));
	if (r.count)
		FAIL("%.*s", STR_ARG(r.problems[0]));
	CHECK_INT(r.queued, 0);
	CHECK_INT(r.size, published(log).size);
	for (int64_t i = 0; i < seen->acknowledged; i++) {
		struct str entry = entry_of(i);
		struct log_leaf l;
		struct hash h;
		tree_leaf(entry.at, entry.len, &h);
		CHECK_OK(log_leaf_by_hash(&tx, &h, &l));
	}
	struct log_tiles tiles;
	struct tree_reader reader = log_reader(&tiles, &tx);
	for (size_t i = 0; i < seen->n; i++) {
		struct hash root;
		CHECK(seen->told[i].size <= r.size);
		CHECK_OK(tree_root(&reader, seen->told[i].size, &root));
		CHECK(hash_eq(&root, &seen->told[i].root));
	}
	CHECK_OK(tx_end(&tx, OK));
	log_close(log);
	db_close(db);
}

/* A change of the key from beginning to end, with an act between; an act of the change is one transaction. */
static void change_key(struct db *db, const char *dir, bool end)
{
	struct tx tx = { .mem = test_arena() };
	struct rng rng;
	struct str vkey, why;

	rng_system(&rng);
	tx.rng = &rng;
	if (tx_begin(&tx, db, DB_WRITE))
		return;
	(void)!tx_end(&tx, end ? log_key_rotate_end(&tx, &vkey)
			       : log_key_rotate(&tx, str_of(dir), &vkey, &why));
}

static void reload(struct db *db, struct log *log, struct seen *seen)
{
	struct tx tx = { .mem = test_arena() };
	struct str why;

	if (tx_begin(&tx, db, DB_READ))
		return;
	if (!tx_end(&tx, log_reload(log, &tx, &why)) && seen->n < TOLD) {
		struct log_published p = published(log);
		seen->told[seen->n++] = (struct log_head){ p.size, p.root };
	}
}

static void work_and_change(struct db *db, struct log *log, struct seen *seen)
{
	for (int i = 0; i < ROUNDS; i++) {
		act(db, &seen->acknowledged);
		change_key(db, seen->dir, i);
		sequence_all(db);
		reload(db, log, seen);
	}
}

/* False once n is beyond the last operation. */
static bool survive(enum fault_kind fault, int64_t n,
		    void (*what)(struct db *, struct log *, struct seen *))
{
	const char *dir = new_site();
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	struct seen seen = { .dir = dir };
	struct log *log;
	struct str why;

	CHECK_OK(tx_begin(&tx, db, DB_READ));
	CHECK_OK(log_open(&tx, str_of(dir), S(""), &log, &why));
	CHECK_OK(tx_end(&tx, OK));
	fault_at(fault, n);
	what(db, log, &seen);
	bool hit = fault_hit();
	log_close(log);
	db_close(db);
	if (fault == FAULT_CUT)
		fault_power_on(n % 3 ? test_random() | 1 : 0);
	else
		fault_clear();
	look(dir, &seen);
	if (!hit) {
		int64_t leaves = what == work ? 3 * ROUNDS : 4 * ROUNDS;
		CHECK_INT(seen.acknowledged, 3 * ROUNDS);
		CHECK_INT(seen.told[seen.n - 1].size, leaves);
	}
	return hit;
}

static void survive_everywhere(enum fault_kind fault,
			       void (*what)(struct db *, struct log *, struct seen *))
{
	int64_t n = 1;

	fault_install();
	while (survive(fault, n, what))
		n++;
	CHECK(n > 20);
}

TEST(a_write_that_fails_anywhere_leaves_no_gap_and_no_fork)
{
	survive_everywhere(FAULT_IO, work);
}

TEST(a_full_disk_leaves_no_gap_and_no_fork)
{
	survive_everywhere(FAULT_FULL, work);
}

TEST(a_power_cut_never_leaves_a_checkpoint_ahead_of_the_database)
{
	survive_everywhere(FAULT_CUT, work);
}

/* Whichever write fails: the keys that are recorded are in the file, what was signed stays, the log
 * goes on. */
TEST(a_change_of_keys_on_a_failing_disk_leaves_a_log_that_can_be_signed)
{
	static const enum fault_kind kinds[] = { FAULT_IO, FAULT_FULL, FAULT_CUT };

	for (size_t i = 0; i < LENGTH(kinds); i++)
		survive_everywhere(kinds[i], work_and_change);
}

/* The child works until it is killed and tells, through a pipe, what it acknowledged and published. */
static void child(const char *dir, int to)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	struct seen seen = { .n = 0 };
	struct log *log;
	struct str why;

	if (tx_begin(&tx, db, DB_READ) || log_open(&tx, str_of(dir), S(""), &log, &why) ||
	    tx_end(&tx, OK))
		_exit(9);
	for (;;) {
		act(db, &seen.acknowledged);
		sequence_all(db);
		publish(db, log, &seen);
		if (write(to, &seen, sizeof seen) != sizeof seen)
			_exit(9);
		if (seen.n == TOLD)
			seen.n = 0;
	}
}

TEST(a_process_killed_at_any_moment_leaves_no_gap_and_no_fork)
{
	for (int round = 0; round < 12; round++) {
		const char *dir = new_site();
		struct seen seen = { .n = 0 }, one;
		int ends[2], status;

		CHECK(pipe(ends) == 0);
		pid_t pid = fork();
		CHECK(pid >= 0);
		if (!pid) {
			close(ends[0]);
			child(dir, ends[1]);
		}
		close(ends[1]);
		usleep((useconds_t)(3000 + test_below(60000)));
		kill(pid, SIGKILL);
		CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
		while (read(ends[0], &one, sizeof one) == sizeof one)
			seen = one;
		close(ends[0]);
		look(dir, &seen);
	}
}
