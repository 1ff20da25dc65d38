/* bench_ledger [LEAVES [BATCH]]: what a leaf costs while the log grows, and what is read from it. The
 * cost of a leaf must not grow with the log. */
#include "ledger/verify.h"
#include "store/migrate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(enum err e, struct str why)
{
	if (!e)
		return;
	fprintf(stderr, "%s: %.*s\n", err_name(e), STR_ARG(why));
	exit(3);
}

static void begin(struct tx *tx, struct db *db, enum db_mode mode)
{
	arena_clear(tx->mem);
	must(tx_begin(tx, db, mode), S("begin"));
}

static void end(struct tx *tx)
{
	must(tx_end(tx, OK), str_of(tx->why));
}

/* One commit of `batch` acts: queued and sequenced together, then signed. */
static void add(struct tx *tx, struct db *db, struct log *log, int64_t from, int64_t batch)
{
	struct hash h;
	int64_t leaf, given;

	begin(tx, db, DB_WRITE);
	for (int64_t i = 0; i < batch; i++)
		must(log_queue(tx,
			       str_printf(tx->mem,
					  "{\"v\":1,\"act\":\"disclosure.post\",\"code\":\"CK-7K3Q-"
					  "92MV\",\"unit\":\"14359\","
					  "\"on\":\"2021-01-05\",\"at\":\"2021-01-05T01:00:00."
					  "000Z\",\"pub\":\"%064" PRId64
					  "\",\"sealed\":\"%064" PRId64 "\"}",
					  from + i, from + i),
			       &leaf, &h),
		     str_of(tx->why));
	must(log_sequence(tx, batch, &given), str_of(tx->why));
	end(tx);
	begin(tx, db, DB_READ);
	must(log_sign(log, tx), str_of(tx->why));
	end(tx);
}

static struct log *make_log(struct tx *tx, struct db *db, struct str dir)
{
	struct str vkey, why = S("");
	struct rng rng;
	struct log *log;

	rng_system(&rng);
	must(log_key_make(dir, S("bench.example/log"), &rng, tx->mem, &vkey, &why), why);
	must(tx_begin(tx, db, DB_WRITE), S("begin"));
	must(log_init(tx, S("bench.example/log"), vkey), str_of(tx->why));
	end(tx);
	begin(tx, db, DB_READ);
	must(log_open(tx, dir, S(""), &log, &why), why);
	end(tx);
	return log;
}

static void read_back(struct tx *tx, struct db *db, struct log *log, int64_t n)
{
	enum { TIMES = 2000 };
	struct log_report r = { .a = arena_new(0) };
	struct str out;
	bool entries;
	double start = seconds();

	for (int i = 0; i < TIMES; i++) {
		begin(tx, db, DB_READ);
		must(log_receipt(log, tx, 1 + random() % n, (struct str){ NULL, 0 }, &out),
		     str_of(tx->why));
		end(tx);
	}
	printf("receipt        %8.1f us\n", (seconds() - start) / TIMES * 1e6);
	start = seconds();
	for (int i = 0; i < TIMES; i++) {
		begin(tx, db, DB_READ);
		must(log_tile(log, tx, S("entries/000"), &out, &entries), S("bundle"));
		end(tx);
	}
	printf("bundle of 256  %8.1f us\n", (seconds() - start) / TIMES * 1e6);
	begin(tx, db, DB_READ);
	start = seconds();
	must(log_verify(tx, S(""), &r), str_of(tx->why));
	printf("verify         %8.2f us a leaf, %" PRIu64 " problems\n",
	       (seconds() - start) / (double)n * 1e6, r.count);
	end(tx);
	arena_free(r.a);
}

int main(int argc, char **argv)
{
	int64_t leaves = 100000, batch = 100;
	char dir[] = "/tmp/dinh-bench-XXXXXX";
	struct arena *a = arena_new(0);
	struct tx tx = { .mem = arena_new(0) };
	struct migrations all;
	struct str why = S("");
	struct db *db;

	if ((argc > 1 && !str_int(str_of(argv[1]), &leaves)) ||
	    (argc > 2 && !str_int(str_of(argv[2]), &batch)) || leaves < 10 || batch < 1 ||
	    !mkdtemp(dir))
		return 2;
	must(db_open(str_of(dir), DB_WRITE, &db, &why, a), why);
	migrations_embedded(a, &all);
	must(migrate(db, &all, (struct instant){ 0 }, NULL, &why, a), why);
	struct log *log = make_log(&tx, db, str_of(dir));
	double start = seconds(), last = start;
	for (int64_t n = 0, tenth = 1; n < leaves; n += batch) {
		add(&tx, db, log, n, batch);
		if (n + batch >= leaves / 10 * tenth && tenth <= 10) {
			printf("%10" PRId64 " leaves %8.1f us a leaf\n", n + batch,
			       (seconds() - last) / ((double)leaves / 10) * 1e6);
			last = seconds();
			tenth++;
		}
	}
	read_back(&tx, db, log, leaves);
	printf("in %s\n", dir);
	log_close(log);
	db_close(db);
	arena_free(tx.mem);
	arena_free(a);
	return 0;
}
