/* The walk along the way that tests/find_way.c found: each act on a new site as it went there, under the
 * same numbers. */
#include "tests/walk.h"

#include "office/daily.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MISSED_MOST = 12 };

static const struct member nobody_but_the_clock = { .system = true };

struct tx walk_tx(const struct walk_site *s, const struct walk_act *act, struct arena *mem,
		  struct rng *rng)
{
	rng_seeded(rng, act->seed);
	return (struct tx){ .mem = mem,
			    .now = act->now,
			    .rng = rng,
			    .who = &nobody_but_the_clock,
			    .office = &s->office };
}

/* One of those who may, in turn: of some acts somebody else must decide than who did the one before. */
static enum role role_for(unsigned may, uint64_t turn)
{
	unsigned could[WALK_ROLES];
	size_t n = 0;
	for (unsigned bit = ADMIN; bit > CITIZEN; bit >>= 1)
		if (may & bit)
			could[n++] = bit;
	return n ? (enum role)could[turn % n] : CITIZEN;
}

enum walk_place walk_place_of(const struct walk_site *s, int64_t unit)
{
	for (int p = 0; p < PLACES; p++)
		if (s->unit[p] == unit)
			return (enum walk_place)p;
	FAIL("a dossier at a unit where nobody put one");
}

enum err walk_prepare(const struct walk_site *s, struct tx *tx, struct walk_act *act)
{
	struct dossier *d;
	void *form;
	if (!act->kind)
		return OK;
	enum err e = OK;
	if (act->dossier)
		e = dossier_load(tx, act->dossier, &d);
	else
		d = dossier_blank(tx->mem, act->kind, s->unit[act->place]);
	if (e)
		return e;
	enum role role = role_for(act->step->may, act->seed);
	act->author = d->author;
	act->holder = walk_place_of(s, act->step->at_home ? d->unit : d->holder);
	act->person = s->person[act->holder][walk_role_index(role)];
	if (role == CITIZEN && d->author)
		act->person = d->author;
	if (act->dossier)
		act->code = str_dup(act->mem, d->code);
	e = walk_fill(s, tx, d, act->step, &act->picks, act->mem, &form);
	act->form = e ? NULL : form;
	return e;
}

static enum err let_the_day_pass(struct tx *tx)
{
	struct daily walk = { 0 };
	enum err e;
	do
		e = daily_run(tx, 1000, &walk);
	while (!e && walk.more);
	return e || !walk.failed ? e : tx_fail(tx, ERR_IO, "%s", walk.why);
}

enum err walk_do(const struct walk_site *s, struct tx *tx, const struct walk_act *act,
		 struct str token, struct faults *faults)
{
	struct step_input in = {
		.on = NO_DATE, .channel = CHANNEL_COUNTER, .token = token, .reveals = true
	};
	if (!act->kind)
		return let_the_day_pass(tx);
	struct member *who = NEW(tx->mem, struct member);
	struct dossier *d;
	enum err e = member_load(tx, act->person, who);
	if (e)
		return e;
	tx->who = who;
	void *form = step_form(tx->mem, act->step);
	memcpy(form, act->form, act->step->size);
	if (!act->dossier)
		return dossier_open(tx, act->kind, s->unit[act->place], act->step->name, form, &in,
				    faults, &d);
	e = dossier_load(tx, act->dossier, &d);
	return e ? e : step_take(tx, d, act->step->name, form, &in, faults);
}

/* --- The way, as it is written down --- */

#define CALENDAR S("calendar")

void walk_write(struct buf *b, const struct walk_act *act, int64_t last)
{
	if (act->kind)
		buf_printf(b, "%s.%s", act->kind->name, act->step->name);
	else
		buf_put(b, CALENDAR);
	buf_printf(b, " %d %lld %llu %lld %lld ", (int)act->place, (long long)act->dossier,
		   (unsigned long long)act->seed, (long long)act->now.ms, (long long)last);
	size_t n = WALK_FIELDS;
	while (n && !act->picks.of[n - 1])
		n--;
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s%u", i ? "," : "", act->picks.of[i]);
	buf_putc(b, ' ');
	for (size_t i = 0; i < act->first.n; i++)
		buf_printf(b, "%s%.*s", i ? "," : "", STR_ARG(act->first.at[i]));
	buf_putc(b, '\n');
}

static int64_t next_int(struct str *rest, char end)
{
	struct str word;
	int64_t n;
	if (!str_next(rest, end, &word) || !str_int(word, &n))
		FAIL("the way is not as it was written: build it again");
	return n;
}

static void name_step(const struct walk_site *s, struct str name, struct walk_act *act)
{
	struct str kind;
	if (str_eq(name, CALENDAR))
		return;
	CHECK(str_next(&name, '.', &kind));
	act->kind = office_kind(&s->office, kind);
	act->step = act->kind ? kind_step(act->kind, name) : NULL;
	if (!act->step)
		FAIL("the way is of another program: build it again");
}

static struct walk_act read_act(const struct walk_site *s, struct str line, int64_t *last)
{
	struct arena *mem = test_arena();
	struct walk_act act = { .mem = mem, .code = S("") };
	struct str word;
	CHECK(str_next(&line, ' ', &word));
	name_step(s, word, &act);
	act.place = (enum walk_place)next_int(&line, ' ');
	act.dossier = next_int(&line, ' ');
	act.seed = (uint64_t)next_int(&line, ' ');
	act.now.ms = next_int(&line, ' ');
	*last = next_int(&line, ' ');
	CHECK(str_next(&line, ' ', &word));
	for (size_t i = 0; word.len && i < WALK_FIELDS; i++)
		act.picks.of[i] = (uint32_t)next_int(&word, ',');
	act.first.at = NEW_N(mem, struct str, line.len + 1);
	while (line.len && str_next(&line, ',', &word))
		act.first.at[act.first.n++] = word;
	return act;
}

/* --- Along it --- */

static void prepare(struct walk_site *s, struct db *db, struct walk_act *act)
{
	struct rng rng;
	struct arena *mem = test_arena();
	struct tx tx = walk_tx(s, act, mem, &rng);
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	enum err e = walk_prepare(s, &tx, act);
	enum err ended = tx_end(&tx, ERR_CONFLICT);
	(void)ended;
	if (e)
		FAIL("the way cannot be gone: %s", tx.why);
}

static void go(struct walk_site *s, struct db *db, const struct walk_act *act, int64_t last)
{
	struct rng rng;
	struct arena *mem = arena_new(0);
	struct tx tx = walk_tx(s, act, mem, &rng);
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	enum err e = walk_do(s, &tx, act, S(""), NULL);
	struct query newest = db_query(&tx, "SELECT MAX(id) FROM act");
	if (!e && !(e = db_one(&newest)))
		CHECK_INT(col_int(&newest, 0), last);
	db_end(&newest);
	if (tx_end(&tx, e))
		FAIL("what went when the way was found does not go now: %s", tx.why);
	arena_free(mem);
}

static void end_walk(void *db)
{
	db_close(*(struct db **)db);
}

void walk_all(struct walk_site *s,
	      void (*visit)(struct walk_site *s, const struct walk_act *act, void *what),
	      void *what)
{
	struct db **db = NEW(test_arena(), struct db *);
	const char *way = getenv("DINH_WAY");
	int missed = 0;
	if (!way)
		FAIL("DINH_WAY names the file of the way: `meson test` sets it");
	struct str rest = test_file(way), line;
	arena_defer(test_arena(), end_walk, db);
	*db = test_open(s->dir, DB_WRITE);
	while (str_next(&rest, '\n', &line) && line.len) {
		if (str_starts(line, WALK_MISSED)) {
			printf("# %.*s\n", STR_ARG(line));
			missed++;
			continue;
		}
		int64_t last;
		struct walk_act act = read_act(s, line, &last);
		prepare(s, *db, &act);
		if (act.first.n) {
			db_close(*db);
			*db = NULL;
			visit(s, &act, what);
			*db = test_open(s->dir, DB_WRITE);
		}
		go(s, *db, &act, last);
	}
	db_close(*db);
	*db = NULL;
	/* Some follow only from acts of another kind, in an order that chance takes long to find: a few may be
	 * left, and are named. What they do is tested by their own kinds. */
	if (missed > MISSED_MOST)
		FAIL("the walk never takes %d steps: tests/walk_form.c takes hints", missed);
}
