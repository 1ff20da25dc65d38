/* Each change of the tree adds one to a number in the database. The first question about a unit in a
 * transaction reads that number; when it, or the day, is another than last time, everything is
 * forgotten. So what is remembered is what this transaction would have read.
 *
 * Counts stand in a table of fixed size, each where the hash of its question leads; one that another
 * has displaced is counted again. */
#include "office/unit_memory.h"

#include "office/site.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CHANGES "office.unit_changes"

enum { CHAINS = 1024, MOST = 20000, COUNTS = 512, QUESTION_MAX = 104 };

struct count {
	int64_t act, n; /* as that act left it */
	size_t len;
	char question[QUESTION_MAX];
};

struct memory {
	struct arena *a;
	int64_t transaction; /* in which the number was last read */
	struct str changes;
	struct date day;
	int64_t act, act_transaction; /* the newest act, as that transaction saw it */
	size_t n;
	struct unit_known *chains[CHAINS];
	struct count counts[COUNTS];
};

static void memory_drop(void *memory)
{
	struct memory *m = memory;

	arena_free(m->a);
	free(m);
}

static void memory_clear(struct memory *m)
{
	arena_clear(m->a);
	m->n = 0;
	for (int i = 0; i < CHAINS; i++)
		m->chains[i] = NULL;
	for (int i = 0; i < COUNTS; i++)
		m->counts[i].act = 0;
}

static struct memory *memory_of(struct db_keep *keep)
{
	if (!keep->what) {
		struct memory *m = calloc(1, sizeof *m);

		if (!m)
			abort();
		m->a = arena_new(0);
		keep->what = m;
		keep->drop = memory_drop;
	}
	return keep->what;
}

static bool is_fresh(struct tx *tx, struct memory *m, int64_t transaction)
{
	struct str changes;

	if (m->transaction == transaction)
		return true;
	if (site_get(tx, CHANGES, &changes))
		return false;
	if (date_cmp(m->day, tx_today(tx)) != 0 || !str_eq(m->changes, changes) || m->n > MOST) {
		memory_clear(m);
		m->day = tx_today(tx);
		m->changes = str_dup(m->a, changes);
	}
	m->transaction = transaction;
	return true;
}

/* What may be believed in this transaction; NULL: nothing. */
static struct memory *memory_fresh(struct tx *tx)
{
	struct db_keep *keep = tx_keep(tx);

	if (!keep)
		return NULL;
	struct memory *m = memory_of(keep);
	return is_fresh(tx, m, keep->transaction) ? m : NULL;
}

struct unit_known *unit_known(struct tx *tx, int64_t id, struct date day, struct arena **a)
{
	struct memory *m = date_cmp(day, tx_today(tx)) == 0 ? memory_fresh(tx) : NULL;

	if (!m)
		return NULL;
	struct unit_known **at = &m->chains[(uint64_t)id % CHAINS];
	while (*at && (*at)->id != id)
		at = &(*at)->next;
	if (!*at) {
		*at = NEW(m->a, struct unit_known);
		(*at)->id = id;
		m->n++;
	}
	*a = m->a;
	return *at;
}

static int64_t newest(struct tx *tx, struct memory *m)
{
	if (m->act_transaction != m->transaction) {
		struct query q = db_query(tx, "SELECT COALESCE(MAX(id), 0) FROM act");
		m->act = db_one(&q) ? 0 : col_int(&q, 0);
		m->act_transaction = m->transaction;
	}
	return m->act;
}

int64_t act_newest(struct tx *tx)
{
	struct memory *m = memory_fresh(tx);

	return m ? newest(tx, m) : 0;
}

int64_t *count_known(struct tx *tx, struct str question)
{
	struct memory *m = memory_fresh(tx);

	if (!m || question.len > QUESTION_MAX || !newest(tx, m))
		return NULL;
	struct count *c = &m->counts[str_hash(question) % COUNTS];
	if (c->act != m->act || !str_eq((struct str){ c->question, c->len }, question)) {
		*c = (struct count){ .act = m->act, .n = -1, .len = question.len };
		memcpy(c->question, question.at, question.len);
	}
	return &c->n;
}

MUST_USE enum err unit_changed(struct tx *tx)
{
	struct str changes;
	int64_t n = 0;
	enum err e = site_get(tx, CHANGES, &changes);

	if (e)
		return e;
	if (changes.len && !str_int(changes, &n))
		return tx_fail(tx, ERR_CORRUPT, "site: " CHANGES " is no number");
	return site_set(tx, CHANGES, str_printf(tx->mem, "%" PRId64, n + 1));
}

struct unit unit_copy(struct arena *a, const struct unit *u)
{
	struct unit copy = *u;

	copy.code = str_dup(a, u->code);
	copy.type = str_dup(a, u->type);
	copy.name = str_dup(a, u->name);
	copy.name_en = str_dup(a, u->name_en);
	return copy;
}

struct unit_list unit_list_copy(struct arena *a, const struct unit_list *list)
{
	struct unit_list copy = { arena_get_n(a, list->n, sizeof *copy.at), list->n };

	for (size_t i = 0; i < list->n; i++)
		copy.at[i] = unit_copy(a, &list->at[i]);
	return copy;
}
