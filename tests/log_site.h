/* A small site with a log, for tests of the stored log. */
#pragma once

#include "ledger/log.h"
#include "ledger/log_files.h"
#include "tests/log_vectors.h"
#include "tests/test_db.h"

#include <sys/stat.h>
#include <unistd.h>

#define CHECK_OK(call)                                       \
	do {                                                 \
		enum err e_ = (call);                        \
		if (e_)                                      \
			FAIL("%s: %s", #call, err_name(e_)); \
	} while (0)

static inline struct str dir_of(const struct tx *tx)
{
	return str_of(test_tx_dir(tx));
}

static inline const char *path_of(const struct tx *tx, const char *name)
{
	return str_z(test_arena(), str_printf(test_arena(), "%s/%s", test_tx_dir(tx), name));
}

static inline void write_file(const char *path, struct str bytes, unsigned mode)
{
	struct str why;

	CHECK_OK(file_replace(path, bytes, mode, test_arena(), &why));
	CHECK(chmod(path, mode) == 0);
}

static inline struct str read_file(const char *path)
{
	struct str bytes, why;

	CHECK_OK(file_read(path, NOTE_BYTES, test_arena(), &bytes, &why));
	return bytes;
}

/* A site with the vectors' key, as an empty log. */
static inline struct tx *site(void)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	write_file(path_of(tx, "log.key"),
		   S("PRIVATE+KEY+" VECTOR_ORIGIN
		     "+04ccf484+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"),
		   0600);
	CHECK_OK(log_init(tx, S(VECTOR_ORIGIN), S(VECTOR_VKEY)));
	test_commit(tx);
	return tx;
}

static inline struct log *open_log(struct tx *tx)
{
	struct log *log;
	struct str why = S("");
	enum err e = log_open(tx, dir_of(tx), S(""), &log, &why);

	if (e)
		FAIL("log_open: %s: %.*s", err_name(e), STR_ARG(why));
	arena_defer(test_arena(), (void (*)(void *))log_close, log);
	return log;
}

static inline int64_t queue(struct tx *tx, struct str entry)
{
	struct hash h;
	int64_t leaf;

	CHECK_OK(log_queue(tx, entry, &leaf, &h));
	return leaf;
}

static inline int64_t sequence(struct tx *tx, int64_t limit)
{
	int64_t given;

	CHECK_OK(log_sequence(tx, limit, &given));
	return given;
}

/* Entries "n", queued, sequenced and committed in batches of uneven size. */
static inline void grow(struct tx *tx, int64_t from, int64_t to)
{
	while (from < to) {
		for (int64_t batch = 1 + (int64_t)test_below(90); batch && from < to;
		     batch--, from++)
			queue(tx, str_printf(test_arena(), "{\"n\":%d}", (int)from));
		CHECK(sequence(tx, 1000) > 0);
	}
	test_commit(tx);
}

static inline struct log_published published(struct log *log)
{
	struct log_published p;

	CHECK_OK(log_checkpoint(log, test_arena(), &p));
	return p;
}
