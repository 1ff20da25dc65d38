/* The log is one for all threads: workers read checkpoints and tiles, each with its own connection, while the
 * sequencer grows and signs. Run under the thread sanitizer, this finds what is not locked. */
#include "ledger/proof.h"
#include "tests/log_site.h"

#include <pthread.h>
#include <stdatomic.h>

struct reader {
	pthread_t thread;
	struct str database;
	struct log *log;
	atomic_bool *stop;
	struct vkey key;
	int reads;
	const char *complaint; /* checks belong to the main thread */
};

/* Checkpoint, newest tile, and a receipt, as one request would ask for them. */
static const char *read_once(struct reader *r, struct db *db, uint64_t *last)
{
	struct tx tx = { .mem = arena_new(0) };
	struct log_published p;
	struct checkpoint c;
	struct proof proof;
	struct str body;
	struct tile t;
	bool entries;
	const char *complaint = NULL;

	if (log_checkpoint(r->log, tx.mem, &p) || tx_begin(&tx, db, DB_READ)) {
		arena_free(tx.mem);
		return "no checkpoint";
	}
	if (!checkpoint_verify(tx.mem, p.note, &r->key, &c, NULL) || c.size != p.size)
		complaint = "a checkpoint does not verify";
	else if (p.size < *last)
		complaint = "the published size went back";
	*last = p.size;
	if (!complaint && p.size && tile_at(0, (p.size - 1) / TILE_WIDTH, p.size, &t)) {
		struct buf path = { .a = tx.mem };
		buf_put_tile(&path, &t);
		if (log_tile(r->log, &tx, buf_str(&path), &body, &entries))
			complaint = "a published tile is not there";
		else if (log_receipt(r->log, &tx, 1, (struct str){ NULL, 0 }, &body) ||
			 !proof_parse(tx.mem, body, &proof) ||
			 !proof_verify(tx.mem, &proof, S("first"), &r->key, NULL))
			complaint = "a receipt does not verify";
	}
	(void)!tx_end(&tx, OK);
	arena_free(tx.mem);
	return complaint;
}

static void *read_on(void *arg)
{
	struct reader *r = arg;
	struct arena *a = arena_new(0);
	uint64_t last = 0;
	struct str why;
	struct db *db;

	if (db_open(r->database, DB_READ, &db, &why, a)) {
		r->complaint = "no connection";
	} else {
		while (!atomic_load(r->stop) && !r->complaint) {
			r->complaint = read_once(r, db, &last);
			r->reads++;
		}
		db_close(db);
	}
	arena_free(a);
	return NULL;
}

TEST(readers_see_only_whole_checkpoints_while_the_log_grows)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct reader readers[3];
	atomic_bool stop = false;

	queue(tx, S("first"));
	sequence(tx, 1);
	test_commit(tx);
	CHECK_OK(log_sign(log, tx));
	for (size_t i = 0; i < LENGTH(readers); i++) {
		readers[i] = (struct reader){ .database = test_database(test_tx_dir(tx)),
					      .log = log,
					      .stop = &stop,
					      .key = vector_vkey(VECTOR_VKEY) };
		CHECK(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]) == 0);
	}
	for (int64_t n = 0; n < 600; n += 20) {
		grow(tx, n, n + 20);
		CHECK_OK(log_sign(log, tx));
	}
	atomic_store(&stop, true);
	for (size_t i = 0; i < LENGTH(readers); i++)
		CHECK(pthread_join(readers[i].thread, NULL) == 0);
	for (size_t i = 0; i < LENGTH(readers); i++) {
		if (readers[i].complaint)
			FAIL("%s", readers[i].complaint);
		CHECK(readers[i].reads > 0);
	}
}
