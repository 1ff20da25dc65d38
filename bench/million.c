/* Fills a demonstration site with disclosures by the hundred thousand, in the form in which the steps
 * of a clerk and a leader would have left them: `dinh verify` finds nothing to say. What steps read and
 * check is left out, not what they write. The acts are folded in memory, and each dossier is written
 * once, as its last act leaves it.
 *
 * On the demonstration three of four belong to schools, which are added to the districts, the others to
 * communes; they lie between 2015 and 2020 in the order of their days. On a site of the whole country, as
 * `dinh init --unit VN` makes it, all communes get their officers and a school each, to which six of seven
 * belong; they lie between July 2025 and today. One in five hundred was never made known in the form that is
 * owed, so that there is something rare to look for.
 *
 *     bench_million FOLDER DOSSIERS     nobody may be serving the site; DINH_DB: on a PostgreSQL, and where
 *                                       that has no dossier yet, by bench/bulk.c */
#include "bench/million.h"
#include "bench/bulk.h"
#include "bench/codes.h"

#include "base/encode.h"
#include "ledger/log.h"
#include "main/home.h"
#include "modules/know/disclosure_steps.h"
#include "office/place.h"
#include "office/seal.h"
#include "office/step.h"
#include "office/tally.h"
#include "office/tally_total.h"
#include "store/engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 20000, ACTS_MOST = 8, MATTERS = 16 };

struct made {
	struct act act;
	struct sealed_act sealed;
};

struct mill {
	struct home home;
	struct arena *batch, *one; /* of a transaction, of a dossier */
	struct rng rng;
	struct tx tx;
	struct mill_units units;
	/* Of the dossier at hand. */
	const struct mill_unit *unit;
	struct fold fold;
	struct made acts[ACTS_MOST];
	size_t n;
	struct codes codes; /* that are taken */
	struct tally_total tally;
	/* On a PostgreSQL, for a site that was just made; otherwise NULL. */
	struct bulk *bulk;
	struct log_append append;
};

static _Noreturn void give_up(const char *what, enum err e, const char *why)
{
	fprintf(stderr, "bench_million: %s: %s %s\n", what, err_name(e), why);
	exit(3);
}

static int64_t draw(struct mill *m, int64_t least, int64_t most)
{
	return least + (int64_t)rng_below(&m->rng, (uint64_t)(most - least + 1));
}

/* --- One dossier, act by act --- */

static void *form_of(struct mill *m, const char *step)
{
	return step_form(m->one, kind_step(&disclosure_kind, str_of(step)));
}

static void act(struct mill *m, const char *name, void *form, struct date on,
		const struct appointment *by)
{
	struct dossier *d = m->fold.d;
	const struct step *s = kind_step(d->kind, str_of(name));
	struct made *made = &m->acts[m->n++];
	made->act = (struct act){
		.no = d->acts + 1,
		.step = s,
		.on = on,
		.at = date_instant(on, (int)draw(m, 8 * 60, 16 * 60)),
		.from = d->state,
		.to = s->to ? s->to : d->state,
		.appointment = by ? by->id : 0,
		.person = by ? by->person : 0,
		.channel = by ? CHANNEL_WEB : CHANNEL_SYSTEM,
		.data = act_data(m->one, s, form),
	};
	act_seal(m->one, &m->rng, d, &made->act, form, m->unit->code, &made->sealed);
	enum err e = fold_apply(&m->fold, &made->act);
	if (e)
		give_up(name, e, m->fold.why.at);
}

static struct disclosure *write_document(struct mill *m, struct date day)
{
	struct disclosure *x = form_of(m, "record");
	size_t which = (size_t)draw(m, 0, (int64_t)m->unit->matters - 1);
	fields_copy(disclosure_kind.fields, &m->unit->facts[which], x);
	mill_words(m->one, &m->rng, m->unit, day, x);
	x->issued_on = day;
	return x;
}

/* In every form that is owed; what hangs comes down by the calendar. */
static void make_known(struct mill *m, const struct disclosure *x, struct date on, struct date end)
{
	for (size_t i = 0; i < x->owed.n && !(x->any_form && i); i++) {
		struct str form = x->owed.at[x->any_form ? x->owed.n - 1 : i];
		if (str_eq(form, S("NIEMYET"))) {
			struct post_form *post = form_of(m, "post");
			post->place = m->unit->place;
			act(m, "post", post, on, &m->unit->clerk);
		} else if (str_eq(form, S("TRUYENTHANH"))) {
			struct broadcast_form *air = form_of(m, "broadcast");
			air->days = 3;
			air->times = 2;
			act(m, "broadcast", air, on, &m->unit->clerk);
		} else if (!str_eq(form, S("WEB"))) {
			struct use_form *use = form_of(m, "use_form");
			use->form = form;
			act(m, "use_form", use, on, &m->unit->clerk);
		}
	}
	const struct dossier *d = m->fold.d;
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (!disclosure_is_posting_run(y) || date_cmp(y->due, end) >= 0)
			continue;
		struct run_form *over = form_of(m, "run_over");
		over->sheet = str_printf(m->one, "%d", y->line);
		act(m, "run_over", over, date_add(y->due, 1), NULL);
	}
}

static void live(struct mill *m, struct date day, struct date end)
{
	const struct disclosure *x = write_document(m, day);
	struct checklist *check = form_of(m, "submit");
	struct date shown = date_add(day, (int)draw(m, 0, 2));
	bool late = draw(m, 1, 100) > 85, forgotten = draw(m, 1, 500) == 1;
	check->no_secret = check->names_lawful = true;
	act(m, "record", (void *)x, day, &m->unit->clerk);
	act(m, "submit", check, day, &m->unit->clerk);
	if (late)
		shown = date_add(day, (int)draw(m, 6, 30));
	if (date_cmp(shown, end) >= 0)
		return; /* still waits for its approval */
	struct disclosure *publish = form_of(m, "publish");
	fields_copy(disclosure_kind.fields, x, publish);
	act(m, "publish", publish, shown, &m->unit->leader);
	if (!forgotten)
		make_known(m, x, shown, end);
}

/* --- Storing it --- */

static enum err store_act(struct mill *m, struct made *made)
{
	struct tx *tx = &m->tx;
	const struct act *a = &made->act;
	const struct sealed_act *s = &made->sealed;
	struct hash hash;
	int64_t leaf;
	enum err e = log_queue(tx, s->entry, &leaf, &hash);
	if (!e && m->bulk)
		e = log_append_hash(&m->append, &hash);
	if (e)
		return e;
	struct query q =
		db_query(tx, "INSERT INTO act (dossier, no, step, happened_on, recorded_at,"
			     " from_state, to_state, appointment, person, substitute_of,"
			     " channel, data, leaf) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
			     " 0, $10, $11, $12) RETURNING id");
	BIND(&q, m->fold.d->id, (int64_t)a->no, str_of(a->step->name), a->on, a->at,
	     (int64_t)a->from, (int64_t)a->to, a->appointment, a->person, (int64_t)a->channel,
	     a->data, leaf);
	if ((e = db_one(&q)))
		return e;
	struct bytes public_salt = { s->salts[0], SALT_BYTES },
		     public_text = { s->pub.at, s->pub.len };
	struct bytes sealed_salt = { s->salts[1], SALT_BYTES },
		     sealed_text = { s->sealed.at, s->sealed.len };
	struct query c = db_query(tx, "INSERT INTO content (act, public_salt, public_bytes,"
				      " sealed_salt, sealed_bytes) VALUES ($1, $2, $3, $4, $5)");
	BIND(&c, col_int(&q, 0), public_salt, public_text, sealed_salt, sealed_text);
	return db_exec(&c);
}

/* A unit at a time, because the years are summed over all that is given at once. */
static enum err write_tally(struct mill *m)
{
	enum err e = OK;
	tally_total_settle(&m->tally);
	struct tally_deltas all = m->tally.sums;
	for (size_t i = 0, n; !e && i < all.n; i += n) {
		for (n = 1; i + n < all.n && all.at[i + n].unit == all.at[i].unit;)
			n++;
		struct fold sums = { .tally = { .at = &all.at[i], .n = n } };
		e = tally_add(&m->tx, &sums);
	}
	return e;
}

static enum err store(struct mill *m)
{
	struct dossier *d = m->fold.d;
	enum err e = place_dossier_insert(&m->tx, d);
	for (size_t i = 0; !e && i < m->n; i++)
		e = store_act(m, &m->acts[i]);
	if (e || (e = place_changes(&m->tx, d, &(struct placed){ .facet = S("") })))
		return e;
	tally_total_add(&m->tally, &m->fold.tally);
	m->fold.tally.n = 0;
	return tally_add(&m->tx, &m->fold); /* the rows of figures */
}

static enum err one_more(struct mill *m, struct date day, struct date end)
{
	struct tx *tx = &m->tx;
	bool school = draw(m, 1, m->units.shares) > 1;
	m->unit = school ? &m->units.schools[draw(m, 0, (int64_t)m->units.school_n - 1)]
			 : &m->units.communes[draw(m, 0, (int64_t)m->units.commune_n - 1)];
	m->n = 0;
	m->fold = (struct fold){ .mem = m->one,
				 .law = tx->office->law,
				 .calendar = tx->office->calendar,
				 .d = dossier_blank(m->one, &disclosure_kind, m->unit->id) };
	tx->mem = m->one;
	do
		m->fold.d->code = code_make(m->one, S("CK"), rng_u64(&m->rng));
	while (!codes_add(&m->codes, m->fold.d->code));
	live(m, day, end);
	enum err e = store(m);
	tx->mem = m->batch;
	arena_clear(m->one);
	return e;
}

/* --- All of them --- */

static void begin(struct mill *m)
{
	enum err e = home_begin(&m->home, &m->tx, m->batch, DB_WRITE);
	if (e)
		give_up("begin", e, m->tx.why);
	m->tx.rng = &m->rng;
}

static void finish(struct mill *m, enum err e)
{
	int64_t given;
	if (!e)
		e = m->bulk ? log_append_end(&m->append) : log_sequence(&m->tx, INT32_MAX, &given);
	e = tx_end(&m->tx, e);
	if (e)
		give_up("commit", e, m->tx.why);
	arena_clear(m->batch);
}

static enum err take_codes(struct mill *m)
{
	struct query q = db_stream(&m->tx, "SELECT code FROM dossier");
	while (db_next(&q))
		codes_add(&m->codes, col_str(&q, 0));
	return q.err;
}

static void fill(struct mill *m, int64_t count)
{
	struct mill_days d = m->units.days;
	int64_t days = d.end.days - d.first.days;
	for (int64_t done = 0; done < count;) {
		enum err e = OK;
		begin(m);
		if (m->bulk)
			e = log_append_begin(&m->tx, &m->append);
		else if (!done)
			e = take_codes(m);
		for (int64_t i = 0; !e && i < BATCH && done < count; i++, done++)
			e = one_more(m, date_add(d.first, (int)(done * days / count)), d.end);
		if (!e && done == count)
			e = write_tally(m);
		finish(m, e);
		fprintf(stderr, "bench_million: %" PRId64 " of %" PRId64 "\r", done, count);
	}
	fputc('\n', stderr);
}

/* The checkpoint file must know them too. */
static void sign_log(struct mill *m)
{
	struct str why = S("");
	struct log *log = NULL;
	enum err e = home_begin(&m->home, &m->tx, m->batch, DB_READ);
	if (!e)
		e = tx_end(&m->tx, log_open(&m->tx, m->home.dir, S(""), &log, &why));
	if (e)
		give_up("sign", e, why.at);
	log_close(log);
}

/* Indexes that only readers need are made once all is there: sorting is faster than inserting. One list
 * of their names for both engines; each tells its own text of them. */
#define FOR_READERS                                                                             \
	"('dossier_under_facet', 'dossier_under_dossier', 'dossier_under_timing', 'duty_open'," \
	" 'duty_open_due', 'duty_due', 'duty_rule', 'act_leaf', 'log_leaf_hash')"

static struct query readers_indexes(struct tx *tx, bool remote)
{
	if (remote)
		return db_query(
			tx, "SELECT CAST(indexname AS TEXT), indexdef FROM pg_indexes"
			    " WHERE schemaname = current_schema() AND indexname IN " FOR_READERS);
	return db_query(tx, "SELECT name, sql FROM sqlite_master WHERE name IN " FOR_READERS);
}

static const char *drop_indexes(struct mill *m, struct arena *a)
{
	struct buf drop = { .a = a }, make = { .a = a };
	enum err e = home_begin(&m->home, &m->tx, a, DB_READ);
	if (e)
		give_up("indexes", e, m->tx.why);
	struct query q = readers_indexes(&m->tx, m->home.remote);
	while (db_next(&q)) {
		buf_printf(&drop, "DROP INDEX %.*s;", STR_ARG(col_str(&q, 0)));
		buf_printf(&make, "%.*s;", STR_ARG(col_str(&q, 1)));
	}
	e = tx_end(&m->tx, q.err);
	buf_putc(&drop, '\0');
	buf_putc(&make, '\0');
	if (!e)
		e = m->home.db->engine->script(m->home.db, drop.at);
	if (e)
		give_up("indexes", e, m->home.db->engine->message(m->home.db));
	return make.at;
}

/* While it is filled, nothing is synced: a site that breaks meanwhile is made anew. */
static const char *hasten(const struct mill *m)
{
	return m->home.remote ? "SET synchronous_commit = off"
			      : "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000";
}

static const char *settle_down(const struct mill *m)
{
	return m->home.remote
		       ? "SET synchronous_commit = on; ANALYZE; CHECKPOINT"
		       : "PRAGMA synchronous = FULL; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)";
}

/* Row by row, with the indexes that only readers need made at the end. */
static enum err fill_slowly(struct mill *m, struct arena *a, int64_t count)
{
	struct db *db = m->home.db;
	const char *indexes = drop_indexes(m, a);
	enum err e = db->engine->script(db, hasten(m));
	if (!e) {
		fill(m, count);
		e = db->engine->script(db, indexes);
	}
	return e ? e : db->engine->script(db, settle_down(m));
}

static void fill_site(struct mill *m, struct arena *a, int64_t count)
{
	struct db *db = m->home.db;
	struct str why = S(""), where = str_of(getenv("DINH_DB") ? getenv("DINH_DB") : "");
	enum err e = m->home.remote ? bulk_begin(db, where, a, &m->bulk, &why) : ERR_CONFLICT;
	if (e == ERR_CONFLICT) {
		m->bulk = NULL;
		if ((e = fill_slowly(m, a, count)))
			give_up("database", e, db->engine->message(db));
		return;
	}
	if (!e) {
		fill(m, count);
		e = bulk_end(m->bulk, &why);
	}
	if (e)
		give_up("database", e, str_z(a, why));
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct mill m = { .home = { .lock = -1 },
			  .batch = arena_new(0),
			  .one = arena_new(0),
			  .tally = { .a = a } };
	struct str why = S("");

	if (argc != 3) {
		fputs("usage: bench_million FOLDER DOSSIERS\n", stderr);
		return 2;
	}
	enum err e = home_open(&m.home, a, &(struct home_where){ .data = str_of(argv[1]) },
			       DB_WRITE, &why);
	if (!e)
		e = home_lock(&m.home, &why);
	if (e)
		give_up(argv[1], e, why.at);
	rng_seeded(&m.rng, 1);
	begin(&m);
	m.tx.mem = a;
	finish(&m, mill_settle(&m.tx, m.home.site.root, &m.units));
	fill_site(&m, a, strtoll(argv[2], NULL, 10));
	sign_log(&m);
	codes_free(&m.codes);
	arena_free(m.one);
	arena_free(m.batch);
	home_close(&m.home);
	arena_free(a);
	return 0;
}
