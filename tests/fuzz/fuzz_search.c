/* What is typed into the search box: whatever it is, the question made of it is one the engine
 * understands. The first byte chooses between finished words and someone still typing. */
#include "store/migrate.h"
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct db *db;
static char dir[] = "/tmp/dinh-fuzz-search-XXXXXX";

static void clean(void)
{
	char path[64];

	db_close(db);
	snprintf(path, sizeof path, "%s/dinh.db", dir);
	unlink(path);
	rmdir(dir);
}

static void open_once(void)
{
	struct arena *a = arena_new(0);
	struct migrations none = { 0 };
	struct str why = { 0 };

	if (!mkdtemp(dir) || db_open(str_of(dir), DB_WRITE, &db, &why, a) ||
	    migrate(db, &none, (struct instant){ 0 }, NULL, &why, a))
		abort();
	atexit(clean);
	struct tx tx = { .mem = a };
	if (tx_begin(&tx, db, DB_WRITE) ||
	    search_put(&tx, 1, S("Công khai"), S("dự toán a b c"), S("CK-7K3Q-92MV")) ||
	    tx_end(&tx, OK))
		abort();
	arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!db)
		open_once();
	if (!size)
		return 0;
	struct arena *a = arena_new(0);
	struct tx tx = { .mem = a };
	struct search s;
	struct str typed = { (const char *)data + 1, size - 1 };
	if (tx_begin(&tx, db, DB_READ))
		abort();
	if (search_parse(a, typed, data[0] & 1 ? SEARCH_PREFIX : SEARCH_WORDS, &s))
		for (int tier = SEARCH_IN_TITLE; tier <= SEARCH_ELSEWHERE; tier++) {
			struct query q = search_query(&tx, &s, (enum search_tier)tier,
						      "SELECT id FROM ", " ORDER BY id DESC");
			while (db_next(&q))
				(void)col_int(&q, 0);
			if (q.err)
				abort();
		}
	if (tx_end(&tx, OK))
		abort();
	arena_free(a);
	return 0;
}
